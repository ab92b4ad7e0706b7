"""The passport as template values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.models import Skill
from matching.passports.checks import Check, Outcome
from matching.passports.passport import Evidence, EvidenceKind, Passport
from web import words
from web.languages import _
from web.learner.presenters import LevelLine
from web.passport.passport_words import BECAUSE, KINDS, OUTCOMES, SOURCES, SUBJECTS
from web.words import capitalised


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A skill of the passport: its level to change, how we know of it, and the evidence, as id and name."""

    level: LevelLine
    source: str
    pieces: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PieceLine:
    """A piece of evidence in words; `trouble` is why it does not count, "" where it does."""

    uid: str
    title: str
    kind: str
    facts: Sequence[tuple[str, str]]
    trouble: str
    skills: int
    is_badge: bool


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A check of a badge in words."""

    subject: str
    outcome: str
    because: str
    is_good: bool
    is_bad: bool


@dataclass(frozen=True, slots=True)
class TickLine:
    """A skill that one may attach evidence to."""

    uid: str
    label: str
    language: str
    is_ticked: bool


def skill_lines(passport: Passport, skills: Mapping[str, Skill], today: date) -> list[SkillLine]:
    """The skills, those known best first. Skills that no longer exist are left out."""
    lines = [
        SkillLine(
            LevelLine(one.skill, *words.named(skills[one.skill]), one.level),
            capitalised(SOURCES[passport.source(one, today)]),
            [(piece.uid, piece.title) for piece in passport.pieces_for(one)],
        )
        for one in passport.skills
        if one.skill in skills
    ]
    return sorted(lines, key=lambda line: (-line.level.level, line.level.label.casefold()))


def piece_lines(passport: Passport, today: date) -> list[PieceLine]:
    """All evidence."""
    return [piece_line(one, passport, today) for one in passport.evidence]


def piece_line(piece: Evidence, passport: Passport, today: date) -> PieceLine:
    """One piece of evidence."""
    linked = sum(piece.uid in one.evidence for one in passport.skills)
    return PieceLine(
        piece.uid,
        piece.title,
        capitalised(KINDS[piece.kind]),
        facts(piece),
        trouble(piece, today),
        linked,
        piece.kind is EvidenceKind.BADGE,
    )


def facts(piece: Evidence) -> list[tuple[str, str]]:
    """What is known of a piece of evidence, by name."""
    known = (
        (_("Van"), piece.issuer),
        (_("Gekregen op"), words.day(piece.issued)),
        (_("Geldig tot en met"), words.day(piece.expires)),
        (_("Niveau"), f"NLQF {piece.level}" if piece.level else ""),
        (_("Studiepunten"), f"{words.tenth(piece.ects)} EC" if piece.ects else ""),
    )
    return [(name, text) for name, text in known if text]


def trouble(piece: Evidence, today: date) -> str:
    """Why a piece of evidence does not count; "" where it does."""
    if not piece.is_sound:
        return _("Er klopt iets niet")
    return "" if piece.counts(today) else _("Niet meer geldig")


def check_lines(checks: Iterable[Check]) -> list[CheckLine]:
    """Checks in words."""
    return [
        CheckLine(
            str(SUBJECTS[one.subject]),
            str(OUTCOMES[one.outcome]),
            str(BECAUSE[one.because]),
            one.outcome is Outcome.GOOD,
            one.outcome is Outcome.BAD,
        )
        for one in checks
    ]


def tick_lines(passport: Passport, skills: Mapping[str, Skill], ticked: Collection[str]) -> list[TickLine]:
    """The skills of the passport to choose from, by name."""
    lines = [TickLine(one.skill, *words.named(skills[one.skill]), one.skill in ticked) for one in passport.skills if one.skill in skills]
    return sorted(lines, key=lambda line: line.label.casefold())


def offered_lines(suggested: Iterable[Skill], passport: Passport) -> list[LevelLine]:
    """Skills to confirm one by one: none of the levels is chosen yet. Without those that the passport holds."""
    return [LevelLine(one.uid, *words.named(one), -1) for one in suggested if passport.skill(one.uid) is None]

"""The skills of a demand while they are being chosen: its own, those that its text and its work suggest, and those looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalogue.models import Demand, Skill
from catalogue.skills.reads import occupations_by_id, skills_by_id, skills_of_occupation
from catalogue.vocabulary import Importance
from matching.goal_texts import named_goal
from web import words
from web.languages import _, language
from web.wiring import services

MOST_OF_TEXT = 12


@dataclass(frozen=True, slots=True)
class PairLine:
    """A skill with two levels: now, and needed; `evidence` says why it is offered, "" for what somebody chose."""

    uid: str
    label: str
    language: str
    now: int
    needed: int
    evidence: str = ""


def pair_line(skill: Skill, now: int, needed: int, evidence: str = "") -> PairLine:
    """A skill in the language of the page."""
    return PairLine(skill.uid, *words.named(skill), now, needed, evidence)


def own_pairs(demand: Demand, typed: Mapping[str, tuple[int, int]]) -> list[PairLine]:
    """A line for each skill of the demand, by name; `typed` levels by public id come before those that are kept."""
    lines = [pair_line(row.skill, *typed.get(row.skill.uid, (row.level_now, row.level_wanted))) for row in demand.skills]
    return sorted(lines, key=lambda line: line.label.casefold())


def found_pairs(skills: Sequence[Skill], beside: Sequence[PairLine]) -> list[PairLine]:
    """Lines for skills that were looked up, needed by nobody yet; without those that stand on the page already."""
    shown = {line.uid for line in beside}
    return [pair_line(skill, 0, 0) for skill in skills if skill.uid not in shown]


def pairs_of_text(session: Session, demand: Demand) -> list[PairLine]:
    """Skills that the text tells of and the demand does not have yet, surest first."""
    text = f"{demand.title}\n{demand.wish}"
    found = services().skills.recognise(text, MOST_OF_TEXT + len(demand.skills))
    known, taken = skills_by_id(session, [one.skill_id for one in found]), {row.skill_id for row in demand.skills}
    return [
        pair_line(known[one.skill_id], 0, one.level, _("in uw tekst: %(words)s", words=text[one.start : one.end]))
        for one in found
        if one.skill_id in known and one.skill_id not in taken
    ][:MOST_OF_TEXT]


def pairs_of_work(session: Session, demand: Demand, beside: Sequence[PairLine]) -> list[PairLine]:
    """Skills that the work of the demand cannot do without, by name; without those that it has or that stand on the page already."""
    if demand.occupation_id is None:
        return []
    work = occupations_by_id(session, [demand.occupation_id])[demand.occupation_id].label(language())
    shown = {row.skill.uid for row in demand.skills} | {line.uid for line in beside}
    evidence = _("hoort bij het werk van %(occupation)s", occupation=work)
    lines = [
        pair_line(need.skill, 0, need.level, evidence)
        for need in skills_of_occupation(session, demand.occupation_id)
        if need.importance == Importance.ESSENTIAL and need.skill.uid not in shown
    ]
    return sorted(lines, key=lambda line: line.label.casefold())


def named_occupation(title: str) -> int | None:
    """Key of the occupation that a title names; None where it names none."""
    return next(iter(named_goal(title, services().skills).occupations), None)

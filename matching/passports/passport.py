"""The passport as a plain value: skills with level and origin, the evidence for them, and how both belong together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Self

from pydantic import TypeAdapter

MOST_SKILLS = 150
MOST_EVIDENCE = 20


class EvidenceKind(StrEnum):
    """What a piece of evidence is. RECOGNISED is a certificate of recognised prior learning (EVC)."""

    CERTIFICATE = "certificate"
    RECOGNISED = "recognised"
    OTHER = "other"
    BADGE = "badge"


class Source(StrEnum):
    """How we know of a skill, the strongest last: the owner says so, whose work asks it, or shows evidence, or an advisor found it."""

    SELF = "self"
    OCCUPATION = "occupation"
    RECOGNISED = "recognised"
    BADGE = "badge"
    ADVISOR = "advisor"


ORIGINS = (Source.SELF, Source.OCCUPATION, Source.ADVISOR)
"""Sources that need no evidence. The others follow from what is attached, so that they end with it."""


class TooMuch(ValueError):
    """There is no room for another piece of evidence; `most` is how many there may be."""

    def __init__(self, most: int) -> None:
        super().__init__(f"at most {most}")
        self.most = most


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence. Its file, or the text of a badge, is kept apart under the same `uid`; `sha256` tells which it was.

    `is_sound`: nothing spoke against it when it came in. `level` is that of EQF and NLQF.
    """

    uid: str
    kind: EvidenceKind
    title: str
    issuer: str = ""
    issued: date | None = None
    expires: date | None = None
    level: int | None = None
    ects: float | None = None
    media_type: str = ""
    size_bytes: int = 0
    sha256: str = ""
    is_sound: bool = True

    def counts(self, today: date) -> bool:
        """Whether it proves something on a day."""
        return self.is_sound and (self.expires is None or self.expires >= today)


@dataclass(frozen=True, slots=True)
class PassportSkill:
    """A skill by its public id, at a level from 1 to 4, with the ids of the evidence for it."""

    skill: str
    level: int
    origin: Source = Source.SELF
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passport:
    """Skills, each once, and evidence, the newest first. Every change gives another value."""

    skills: tuple[PassportSkill, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def of(cls, stored: Any) -> Passport:
        """The passport that `stored` gave; an empty one for None. Raises pydantic.ValidationError for anything else."""
        return _ADAPTER.validate_python(stored) if stored else cls()

    def stored(self) -> dict[str, Any]:
        """As plain values."""
        plain: dict[str, Any] = _ADAPTER.dump_python(self, mode="json")
        return plain

    @property
    def levels(self) -> dict[str, int]:
        """Level by skill."""
        return {one.skill: one.level for one in self.skills}

    def skill(self, uid: str) -> PassportSkill | None:
        """A skill by its public id."""
        return next((one for one in self.skills if one.skill == uid), None)

    def piece(self, uid: str) -> Evidence | None:
        """A piece of evidence by its id."""
        return next((one for one in self.evidence if one.uid == uid), None)

    def shown_by(self, uid: str) -> list[str]:
        """The skills that a piece of evidence is attached to."""
        return [one.skill for one in self.skills if uid in one.evidence]

    def pieces_for(self, skill: PassportSkill) -> list[Evidence]:
        """The evidence for a skill."""
        return [one for one in self.evidence if one.uid in skill.evidence]

    def source(self, skill: PassportSkill, today: date) -> Source:
        """The strongest way in which we know of a skill on a day."""
        kinds = {one.kind for one in self.pieces_for(skill) if one.counts(today)}
        shown = [Source(kind) for kind in (EvidenceKind.RECOGNISED, EvidenceKind.BADGE) if kind in kinds]
        order = list(Source)
        return max([skill.origin, *shown], key=order.index)

    def with_levels(self, levels: Mapping[str, int], origin: Source = Source.SELF) -> Self:
        """With these skills at these levels, 0 taking one out; a skill that is there keeps its origin and evidence.

        What is beyond MOST_SKILLS is left out, as in the answers of the guided profile.
        """
        kept = [replace(one, level=levels.get(one.skill, one.level)) for one in self.skills]
        known = set(self.levels)
        added = [PassportSkill(uid, level, origin) for uid, level in levels.items() if uid not in known]
        return replace(self, skills=tuple(one for one in (*kept, *added) if one.level > 0)[:MOST_SKILLS])

    def with_evidence(self, piece: Evidence) -> Self:
        """With a piece of evidence on top; the same file again takes the place of what it was. Raises TooMuch."""
        others = tuple(one for one in self.evidence if one.uid != piece.uid)
        if len(others) >= MOST_EVIDENCE:
            raise TooMuch(MOST_EVIDENCE)
        return replace(self, evidence=(piece, *others))

    def linked(self, piece: str, skills: Iterable[str]) -> Self:
        """With a piece of evidence attached to exactly these skills."""
        wanted = set(skills)

        def attached(one: PassportSkill) -> PassportSkill:
            others = tuple(uid for uid in one.evidence if uid != piece)
            return replace(one, evidence=(*others, piece) if one.skill in wanted else others)

        return replace(self, skills=tuple(map(attached, self.skills)))

    def without_evidence(self, uid: str) -> Self:
        """Without a piece of evidence; its skills stay, as what their owner says."""
        return replace(self.linked(uid, ()), evidence=tuple(one for one in self.evidence if one.uid != uid))

    def without_answers(self) -> Self:
        """Without the skills that their owner, or the occupation, alone says; all evidence stays."""
        return replace(self, skills=tuple(one for one in self.skills if one.evidence or one.origin is Source.ADVISOR))

    def joined(self, other: Passport) -> Self:
        """With what another has more; of a skill in both the level of this one counts, and the evidence of both. What is beyond the limits
        is left out."""
        evidence = (*self.evidence, *(one for one in other.evidence if self.piece(one.uid) is None))[:MOST_EVIDENCE]
        kept = {one.uid for one in evidence}

        def with_both(one: PassportSkill) -> PassportSkill:
            theirs = other.skill(one.skill)
            together = dict.fromkeys((*one.evidence, *(theirs.evidence if theirs else ())))
            return replace(one, evidence=tuple(uid for uid in together if uid in kept))

        more = (one for one in other.skills if self.skill(one.skill) is None)
        return replace(self, skills=tuple(map(with_both, (*self.skills, *more)))[:MOST_SKILLS], evidence=evidence)


_ADAPTER = TypeAdapter(Passport)

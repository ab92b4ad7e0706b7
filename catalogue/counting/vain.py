"""What somebody asked in vain, as coarse as it may be kept: never their words, only a concept that the taxonomy has a name for.

A query counts for a skill or occupation when every word of it stands in a name of the taxonomy, or says nothing by itself ("cursus"), and
the best of what is found for it is right more often than not. Any other query, with a name or a number of somebody in it perhaps, counts
without a concept: that somebody searched in vain, and no more.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from catalogue.counting.cells import week_of
from catalogue.counting.counter import VainCell
from catalogue.language.dutch import base_form, tokens
from catalogue.language.thesaurus import thesaurus
from catalogue.language.word_keys import is_stop_word
from catalogue.models import Module, ModuleSkill, Place, SkillRelation, Theme
from catalogue.models.count import Vain
from catalogue.places import province_at
from catalogue.points import Point
from catalogue.skills.finder import Found
from catalogue.vocabulary import Level, Status

FEW = 3
"""Fewer modules than this are no choice: somebody who finds them has searched in vain."""
MOST_WORDS = 6
"""More words than this are a sentence, and may tell something about somebody."""
MOST_OF_A_GOAL = 20
"""Skills of one goal that count."""
LEAST_SURE = 0.6
"""So often at least the first finding must be right."""


class Names(Protocol):
    """What `catalogue.skills.knowledge.SkillKnowledge` knows of names."""

    def knows_word(self, word: str) -> bool:
        """Whether a folded word stands in any name."""

    def find_skills(self, query: str, limit: int) -> Sequence[Found]:
        """Skills by name, best first."""

    def find_occupations(self, query: str, limit: int) -> Sequence[Found]:
        """Occupations by name, best first."""


@dataclass(frozen=True, slots=True)
class Where:
    """For what place, theme and level something was asked; anything may be left open. Several levels or themes count as none."""

    near: Point | None = None
    places: Collection[str] = ()
    """Slugs."""
    themes: Collection[str] = ()
    """Slugs."""
    levels: Collection[str] = ()

    def cell(self, session: Session, today: date, vain: Vain, skill_id: int = 0, occupation_id: int = 0) -> VainCell:
        """The cell in which this counts."""
        return VainCell(week_of(today), vain, self._region(session), self._theme_id(session), self._sector(), skill_id, occupation_id)

    def _region(self, session: Session) -> str:
        if self.near is not None:
            return province_at(session, self.near)
        found = session.scalars(select(Place.province).where(Place.slug.in_(self.places)).distinct()).all() if self.places else ()
        return found[0] if len(found) == 1 else ""

    def _theme_id(self, session: Session) -> int:
        found = session.scalars(select(Theme.id).where(Theme.slug.in_(self.themes))).all() if self.themes else ()
        return found[0] if len(found) == 1 else 0

    def _sector(self) -> str:
        known = {level.value for level in Level}
        sectors = {Level(level).sector for level in self.levels if level in known}
        return str(*sectors) if len(sectors) == 1 and None not in sectors else ""


def searched_in_vain(session: Session, text: str, total: int, where: Where, names: Names, today: date) -> list[VainCell]:
    """The cell of a search that found `total` modules; none where it was not in vain.

    It was when next to nothing was found; and when it asked for a skill that no module teaches, whatever else was found.
    """
    skill_id, occupation_id = concept(text, names)
    if total >= FEW and not (skill_id and is_taught_nowhere(session, skill_id)):
        return []
    return [where.cell(session, today, Vain.SEARCH, skill_id, occupation_id)]


def goal_in_vain(session: Session, unclosed: Collection[int], out_of_reach: Collection[int], where: Where, today: date) -> list[VainCell]:
    """The cells of a goal: its skills, by key, that no module teaches (`unclosed`), and those that none within the wishes teaches."""
    missed = [(Vain.GOAL, key) for key in sorted(unclosed)] + [(Vain.WISHES, key) for key in sorted(set(out_of_reach) - set(unclosed))]
    return [where.cell(session, today, vain, key) for vain, key in missed[:MOST_OF_A_GOAL]]


def concept(text: str, names: Names) -> tuple[int, int]:
    """The keys of the skill and of the occupation that a query is about: at most one, the other is 0; both where nobody may know."""
    words = [word for parts in tokens(text) for word in parts]
    telling = [word for word in words if not _says_nothing(word)]
    if "@" in text or not telling or len(words) > MOST_WORDS or not all(map(names.knows_word, telling)):
        return 0, 0
    asked = " ".join(telling)
    skill, occupation = (next(iter(found), Found(0, 0.0)) for found in (names.find_skills(asked, 1), names.find_occupations(asked, 1)))
    if max(skill.score, occupation.score) < LEAST_SURE:
        return 0, 0
    return (skill.id, 0) if skill.score >= occupation.score else (0, occupation.id)


def is_taught_nowhere(session: Session, skill_id: int) -> bool:
    """Whether no published module teaches a skill, nor one that is a narrower sort of it."""
    narrower = select(SkillRelation.skill_id).where(SkillRelation.other_id == skill_id, SkillRelation.kind == SkillRelation.BROADER)
    is_it = or_(ModuleSkill.skill_id == skill_id, ModuleSkill.skill_id.in_(narrower))
    taught = select(Module.id).join(ModuleSkill, ModuleSkill.module_id == Module.id).where(is_it, ModuleSkill.role == ModuleSkill.TAUGHT)
    return session.scalar(taught.where(Module.status == Status.PUBLISHED).limit(1)) is None


def _says_nothing(word: str) -> bool:
    form = base_form(word)
    return is_stop_word(word, "nl") or form in thesaurus().filler or form in thesaurus().optional

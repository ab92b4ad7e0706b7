"""To which occupations a module leads, by the skills that it teaches; so that who types a job finds what one learns for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Occupation, OccupationAlias, OccupationSkill, SkillCollection
from catalogue.vocabulary import Importance

GENERAL_COLLECTIONS = ("transversal", "basic")
"""Skills of use in every trade: they lead to none."""
LEAST_SHARE = 0.4
"""A skill that n occupations need counts 1/n for each of them; so much together leads to one."""
MOST_OCCUPATIONS = 4
BATCH = 500


class OccupationNames:
    """The names of occupations by module; what was read is kept for the next batch."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._needed_by: dict[int, list[int]] = {}
        self._names: dict[int, list[str]] = {}

    def of(self, taught: Mapping[int, Sequence[int]]) -> dict[int, list[str]]:
        """Labels and other names in Dutch of the occupations to which each module leads, the likeliest occupation first.

        Args:
            taught: skill ids by module id.
        """
        self._learn_needs({skill_id for skills in taught.values() for skill_id in skills} - self._needed_by.keys())
        leads_to = {module_id: self._likeliest(skills) for module_id, skills in taught.items()}
        self._learn_names({occupation for some in leads_to.values() for occupation in some} - self._names.keys())
        return {module_id: [name for occupation in some for name in self._names[occupation]] for module_id, some in leads_to.items()}

    def _likeliest(self, skills: Iterable[int]) -> list[int]:
        shares: dict[int, float] = defaultdict(float)
        for skill_id in skills:
            needed_by = self._needed_by[skill_id]
            for occupation in needed_by:
                shares[occupation] += 1 / len(needed_by)
        likely = sorted((-share, occupation) for occupation, share in shares.items() if share >= LEAST_SHARE)
        return [occupation for _share, occupation in likely[:MOST_OCCUPATIONS]]

    def _learn_needs(self, skill_ids: Collection[int]) -> None:
        """Which occupations cannot do without each skill; () for one of every trade."""
        self._needed_by.update((skill_id, []) for skill_id in skill_ids)
        general = select(SkillCollection.skill_id).where(SkillCollection.name.in_(GENERAL_COLLECTIONS))
        needs = select(OccupationSkill.skill_id, OccupationSkill.occupation_id).where(
            OccupationSkill.importance == Importance.ESSENTIAL, OccupationSkill.skill_id.not_in(general)
        )
        for some in _batches(skill_ids):
            for need in self._session.execute(needs.where(OccupationSkill.skill_id.in_(some))):
                self._needed_by[need.skill_id].append(need.occupation_id)

    def _learn_names(self, occupation_ids: Collection[int]) -> None:
        aliases = select(OccupationAlias.occupation_id, OccupationAlias.text).where(OccupationAlias.language == "nl")
        for some in _batches(occupation_ids):
            labels = select(Occupation.id, Occupation.label_nl).where(Occupation.id.in_(some))
            self._names.update((row.id, list(filter(None, [row.label_nl]))) for row in self._session.execute(labels))
            for row in self._session.execute(aliases.where(OccupationAlias.occupation_id.in_(some)).order_by(OccupationAlias.text)):
                self._names[row.occupation_id].append(row.text)


def _batches(ids: Collection[int]) -> Iterator[list[int]]:
    waiting = iter(sorted(ids))
    while some := list(islice(waiting, BATCH)):
        yield some

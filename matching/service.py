"""From a learner profile to matches: gather, rank, explain, and put the database keys back."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from catalogue.database import Database
from catalogue.versions import MODULES, TAXONOMY, current_versions
from matching.core.arrays import Gap
from matching.core.gap import unclosed_skills
from matching.core.path.pins import too_heavy
from matching.core.ranking import best_offers, ranking, rankings
from matching.core.supply import Supply, supply
from matching.core.what_if import change_of, changes
from matching.explained import matches
from matching.exploring import Exploration, explored
from matching.gather import Catalogue, gather
from matching.keys import known, known_key
from matching.module_reach import ModuleReach, module_reach
from matching.planning import Planner
from matching.profile_arrays import gap_of, held_skills, unknown_to_us, wishes_of
from matching.profiles.profile import FEWEST_KNOWN_SKILLS, LearnerProfile
from matching.question import Question, SkillRecogniser, question_of
from matching.results import GapLine, Match, MatchResult, RankedModule, Run, WhatIf
from matching.snapshot import Snapshot
from matching.within_reach import near_miss, what_if

VERSION_CHECK_S = 0.25
"""A change in the catalogue is seen after at most this long; asking at every match would cost a query each."""

LEARNERS_AT_ONCE = 32
"""So many learners are ranked for in one pass: enough to share its fixed costs, and few enough for the arrays to stay small."""


class Matcher:
    """Ranks modules for learners. One for a process; threads may share it.

    Args:
        database: where the catalogue stands.
        skills: recognises the skills of a goal in free text.
    """

    def __init__(self, database: Database, skills: SkillRecogniser) -> None:
        self._database, self._skills = database, skills
        self._snapshot: Snapshot | None = None
        self._checked_at = -VERSION_CHECK_S
        self._lock = threading.Lock()

    def warm_up(self) -> None:
        """Loads the arrays, so that the first learner need not wait for them."""
        self._current()

    def match(self, profile: LearnerProfile, today: date, limit: int = 20, offset: int = 0) -> MatchResult:
        """Modules that close part of the gap and fit the hard constraints, best first.

        The same profile, day and catalogue give the same answer. A goal without skills gives an empty gap and no matches.

        Args:
            today: decides which editions are still open.
            limit, offset: the page; `total` counts all pages.
        """
        asked = self.question(profile, today)
        catalogue, gap, wishes = asked.catalogue, asked.gap, asked.wishes
        n_known = sum(not skill.source.is_inferred for skill in asked.held)
        ranked = ranking(catalogue.modules, catalogue.editions, gap, wishes, asked.similarity, limit=limit, offset=offset)
        offered = supply(gap, ranked.fitting, catalogue.modules, catalogue.editions, wishes)
        return MatchResult(
            gap=_lines(catalogue, gap, offered),
            matches=matches(asked.snapshot, gap, wishes, ranked),
            total=ranked.total,
            excluded=ranked.excluded,
            known_skills=n_known,
            is_too_little_known=n_known < FEWEST_KNOWN_SKILLS,
            unclosed=tuple(catalogue.skill_ids[unclosed_skills(gap, catalogue.modules)].tolist()),
            reached=_lines(
                catalogue, gap, dict.fromkeys(np.flatnonzero((gap.weight > 0) & (gap.goal <= gap.held)).tolist(), Supply(0, None))
            ),
            held=asked.held,
        )

    def what_if(self, profile: LearnerProfile, today: date, limit: int = 5) -> tuple[WhatIf, ...]:
        """Modules that one small change of one wish would bring among the first twenty, best first; see `matching.core.what_if`."""
        asked = self.question(profile, today)
        catalogue = asked.catalogue
        found = changes(catalogue.modules, catalogue.editions, asked.gap, asked.wishes, asked.similarity, limit=limit)
        return tuple(what_if(catalogue, change) for change in found)

    def what_if_of(self, profile: LearnerProfile, today: date, module_id: int) -> WhatIf | None:
        """The one small change of one wish with which this module would fit; None where there is none, or it fits already."""
        asked = self.question(profile, today)
        catalogue = asked.catalogue
        for row in catalogue.rows((module_id,)):
            if change := change_of(row, catalogue.modules, catalogue.editions, asked.gap, asked.wishes, asked.similarity):
                return what_if(catalogue, change)
        return None

    def reach_of(self, profile: LearnerProfile, today: date, module_id: int) -> ModuleReach | None:
        """All that is between a learner and one module, and what would take it away; None where the module is not online."""
        asked = self.question(profile, today)
        rows = asked.catalogue.rows((module_id,))
        return module_reach(asked.snapshot, asked.for_path(profile.constraints.budget_eur), rows[0]) if rows else None

    def matches_of(self, profile: LearnerProfile, today: date, module_ids: Collection[int]) -> dict[int, Match]:
        """What `match` says of these modules, by key; those that do not fit or close nothing are left out."""
        asked = self.question(profile, today)
        modules, editions = asked.catalogue.modules, asked.catalogue.editions
        ranked = ranking(modules, editions, asked.gap, asked.wishes, asked.similarity, limit=modules.n_modules)
        rows = np.array(asked.catalogue.rows(module_ids), dtype=np.int64)
        return {match.module_id: match for match in matches(asked.snapshot, asked.gap, asked.wishes, ranked.only(rows))}

    def runs_of(self, profile: LearnerProfile, today: date, module_ids: Collection[int]) -> dict[int, Run | None]:
        """The edition of each of these modules that `match` would show, whatever the goal; None where none fits the wishes.

        That a module was rejected does not count; modules that are not online are left out.
        """
        catalogue = self._current().catalogue
        wishes, rows = replace(wishes_of(profile, today, catalogue), rejected=None), np.array(catalogue.rows(module_ids), dtype=np.int64)
        best = best_offers(rows, catalogue.modules, catalogue.editions, wishes)
        found: dict[int, Run | None] = dict.fromkeys(catalogue.modules.key[rows].tolist())
        keys, editions = catalogue.modules.key[rows[best.candidate]].tolist(), catalogue.editions.key[best.edition].tolist()
        for key, edition, distance in zip(keys, editions, best.distance_km.tolist(), strict=True):
            found[key] = Run(known_key(edition), known(distance))
        return found

    def question(self, profile: LearnerProfile, today: date) -> Question:
        """A learner's question in the arrays of the present catalogue."""
        return question_of(profile, today, self._current(), self._skills)

    def rank_many(self, profiles: Sequence[LearnerProfile], today: date, limit: int = 10) -> list[tuple[RankedModule, ...]]:
        """What `match` puts first for each of many learners, without gap and reasons; some dozens go through the arrays at once.

        Returns:
            At most `limit` for each profile, best first, in the order of `profiles`.
        """
        snapshot = self._current()
        return [found for group in _groups(profiles, LEARNERS_AT_ONCE) for found in self._ranked(group, snapshot, today, limit)]

    def _ranked(
        self, profiles: Sequence[LearnerProfile], snapshot: Snapshot, today: date, limit: int
    ) -> Iterator[tuple[RankedModule, ...]]:
        catalogue = snapshot.catalogue
        asked = [question_of(profile, today, snapshot, self._skills) for profile in profiles]
        gaps, wishes, similarities = [one.gap for one in asked], [one.wishes for one in asked], [one.similarity for one in asked]
        for ranked in rankings(catalogue.modules, catalogue.editions, gaps, wishes, similarities, limit=limit):
            modules, editions = catalogue.modules.key[ranked.module].tolist(), catalogue.editions.key[ranked.offer.edition].tolist()
            yield tuple(
                RankedModule(module, known_key(edition), min(score, 1.0))
                for module, edition, score in zip(modules, editions, ranked.scores.tolist(), strict=True)
            )

    def explore(self, profile: LearnerProfile, today: date, limit: int = 10) -> Exploration:
        """Occupations within reach of a learner, and the modules that bring more of them there; the goal does not count.

        Args:
            limit: so many modules, and occupations of each sort.
        """
        snapshot = self._current()
        catalogue = snapshot.catalogue
        gap = gap_of(held_skills(profile, catalogue), (), unknown_to_us(profile, catalogue), catalogue)
        return explored(catalogue, snapshot.essential_needs, gap, wishes_of(profile, today, catalogue), profile.occupation_id, limit)

    def planner(
        self,
        profile: LearnerProfile,
        today: date,
        budget_eur: float | None,
        *,
        prefers_stacks: bool = False,
        keeps_to_goal: bool | None = False,
    ) -> Planner:
        """What plans paths for a learner over the present catalogue; see `Question.planner`."""
        return self.question(profile, today).planner(budget_eur, prefers_stacks=prefers_stacks, keeps_to_goal=keeps_to_goal)

    def too_heavy(self, profile: LearnerProfile, today: date) -> dict[int, float]:
        """The pinned modules that ask more hours a week than there are, by key with the fewest that they ask; no path can hold them."""
        question = self.question(profile, today).for_path(None)
        asked = {int(question.modules.key[row]): too_heavy(row, question) for row in question.pins}
        return {key: hours for key, hours in asked.items() if hours is not None}

    def _current(self) -> Snapshot:
        """The arrays of the present catalogue. While one thread reads a new version, others go on with the one before."""
        known = self._snapshot
        if known and time.monotonic() - self._checked_at < VERSION_CHECK_S:
            return known
        if known and self._lock.locked():
            return known
        with self._lock:
            if self._snapshot is None or time.monotonic() - self._checked_at >= VERSION_CHECK_S:
                self._refresh()
            assert self._snapshot is not None  # noqa: S101 - _refresh has just set it
            return self._snapshot

    def _refresh(self) -> None:
        with self._database.reading() as session:
            # The version comes before the rows: rows written in between make it too old, never too new, and are read again.
            versions = current_versions(session)
            version = (versions[MODULES], versions[TAXONOMY])
            if self._snapshot is None or self._snapshot.version != version:
                self._snapshot = Snapshot(version, gather(session))
        self._checked_at = time.monotonic()


def _groups(profiles: Sequence[LearnerProfile], size: int) -> Iterator[Sequence[LearnerProfile]]:
    return (profiles[first : first + size] for first in range(0, len(profiles), size))


def _lines(catalogue: Catalogue, gap: Gap, offered: Mapping[int, Supply]) -> tuple[GapLine, ...]:
    lines = [
        GapLine(
            skill_id=int(catalogue.skill_ids[column]),
            held=int(gap.held[column]),
            goal=int(gap.goal[column]),
            importance=float(gap.weight[column]),
            is_unknown=bool(gap.unknown[column]) and not gap.held[column],
            modules=found.modules,
            near_miss=near_miss(catalogue, found.near_miss) if found.near_miss else None,
            uncovered=found.uncovered,
        )
        for column, found in offered.items()
    ]
    return tuple(sorted(lines, key=lambda line: (-line.importance * (line.goal - line.held), -line.importance, line.skill_id)))

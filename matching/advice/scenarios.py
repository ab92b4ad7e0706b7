"""Change one thing: what the same learner would find with other wishes, beside what there is now, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from matching.core import scenarios as core
from matching.core.arrays import IntArray
from matching.core.exclusions import Exclusion
from matching.core.gap import open_skills
from matching.core.supply import Miss
from matching.explained import matches
from matching.gather import Catalogue
from matching.keys import edition_id, known, known_day
from matching.profile_arrays import wishes_of
from matching.profiles.profile import Constraints, LearnerProfile
from matching.results import Match, NearMiss
from matching.service import Matcher
from matching.within_reach import near_miss

NAMED_AMONG = 100
"""Of what comes in or falls out, only modules among so many best are named: who compares wishes does not look at the 800th."""


@dataclass(frozen=True, slots=True)
class Least:
    """The fitting edition that is the cheapest, the first or the nearest; `price_eur`, `start` and `distance_km` as far as known."""

    module_id: int
    edition_id: int | None
    price_eur: float | None
    start: date | None
    distance_km: float | None


@dataclass(frozen=True, slots=True)
class Moves:
    """Modules that come in or fall out: how many, how many of them each wish is in the way of, and the best of them.

    Each of `modules` names the wishes that keep it out on the other side: now, for what comes in; in the scenario, for what falls out.
    """

    total: int
    because: Mapping[Exclusion, int]
    modules: tuple[NearMiss, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one scenario gives.

    `best_share` is the share of the gap that a single module closes at most, `joint_share` that of all fitting modules together, both in
    [0, 1]. `opened` are skills that some fitting module closes part of and none does now, `closed` the other way round.
    """

    total: int
    matches: tuple[Match, ...]
    excluded: Mapping[Exclusion, int]
    best_share: float
    joint_share: float
    closable: int
    cheapest: Least | None
    earliest: Least | None
    nearest: Least | None
    entering: Moves
    leaving: Moves
    opened: tuple[int, ...]
    closed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The wishes as they are (`base`), and each scenario in the order asked. `gap_skills` counts the skills that are still open."""

    gap_skills: int
    base: Outcome
    outcomes: tuple[Outcome, ...]

    def named_modules(self) -> set[int]:
        """The keys of all modules that the answer names."""
        return {key for outcome in (self.base, *self.outcomes) for key in _modules_of(outcome)}

    def named_skills(self) -> set[int]:
        """The keys of all skills that the answer names as opened or closed."""
        return {skill_id for outcome in self.outcomes for skill_id in (*outcome.opened, *outcome.closed)}


def compare(matcher: Matcher, profile: LearnerProfile, scenarios: Sequence[Constraints], today: date, limit: int = 5) -> Comparison:
    """What a learner finds now and in each scenario.

    Skills and goal stay as they are, so the gap is worked out once and all wishes go through the catalogue in one pass. What asks more
    hours a week than there are does not fit, as in a path; `excluded` counts it.

    Args:
        scenarios: each all wishes as they would then be.
        limit: so many matches of each scenario, and so many of the modules that come in or fall out.
    """
    question = matcher.question(profile, today)
    catalogue, gap = question.catalogue, question.gap
    all_wishes = [
        replace(wishes_of(replace(profile, constraints=one), today, catalogue), keeps_to_hours=True)
        for one in (profile.constraints, *scenarios)
    ]
    found = core.outcomes(catalogue.modules, catalogue.editions, gap, all_wishes, question.similarity, limit=max(NAMED_AMONG, limit))
    best_now, closable_now = found[0].ranking.module, found[0].closable
    base, *others = (
        Outcome(
            total=one.ranking.total,
            matches=matches(question.snapshot, gap, wish, one.ranking.only(one.ranking.module[:limit])),
            excluded=one.ranking.excluded,
            best_share=one.best_share,
            joint_share=one.joint_share,
            closable=len(one.closable),
            cheapest=_least(catalogue, one, one.cheapest),
            earliest=_least(catalogue, one, one.earliest),
            nearest=_least(catalogue, one, one.nearest),
            entering=_moves(catalogue, one.entering, one.ranking.module, limit),
            leaving=_moves(catalogue, one.leaving, best_now, limit),
            opened=_skills(catalogue, np.setdiff1d(one.closable, closable_now)),
            closed=_skills(catalogue, np.setdiff1d(closable_now, one.closable)),
        )
        for wish, one in zip(all_wishes, found, strict=True)
    )
    return Comparison(len(open_skills(gap)), base, tuple(others))


def _least(catalogue: Catalogue, outcome: core.Outcome, at: int | None) -> Least | None:
    if at is None:
        return None
    offers = outcome.ranking.fitting_offers
    edition = int(offers.edition[at])
    return Least(
        module_id=int(catalogue.modules.key[catalogue.editions.module[edition]]),
        edition_id=edition_id(catalogue, edition),
        price_eur=known(offers.price_eur[at]),
        start=known_day(offers.start[at]),
        distance_km=known(offers.distance_km[at]),
    )


def _moves(catalogue: Catalogue, moved: core.Moved, best: IntArray, limit: int) -> Moves:
    place = {row: at for at, row in enumerate(moved.module.tolist())}
    named = [place[row] for row in best.tolist() if row in place][:limit]
    misses = (
        Miss(
            module=int(moved.module[at]),
            edition=int(moved.edition[at]),
            wishes=tuple(wish for wish, breaks in moved.in_the_way.items() if breaks[at]),
            distance_km=float(moved.distance_km[at]),
            price_eur=float(moved.price_eur[at]),
        )
        for at in named
    )
    because = {wish: int(np.count_nonzero(breaks)) for wish, breaks in moved.in_the_way.items()}
    return Moves(len(moved.module), because, tuple(near_miss(catalogue, miss) for miss in misses))


def _skills(catalogue: Catalogue, columns: IntArray) -> tuple[int, ...]:
    return tuple(catalogue.skill_ids[columns].tolist())


def _modules_of(outcome: Outcome) -> Iterable[int]:
    yield from (match.module_id for match in outcome.matches)
    yield from (one.module_id for moves in (outcome.entering, outcome.leaving) for one in moves.modules)
    yield from (one.module_id for one in (outcome.cheapest, outcome.earliest, outcome.nearest) if one)

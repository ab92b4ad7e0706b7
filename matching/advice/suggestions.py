"""Which single change of the wishes brings most: a handful of scenarios worth comparing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from catalogue.moments import Moment
from matching.advice.scenarios import Scenario
from matching.core.scenarios import brought_in
from matching.gather import FORMATS, LEVELS
from matching.learner import wishes_of
from matching.profiles.profile import Constraints, LearnerProfile
from matching.service import Matcher

MORE_EUR, MORE_KM, MORE_HOURS = 500.0, 25.0, 4.0
MORE_TIME = timedelta(days=91)
"""Steps that people recognise: 500 euro, 25 km, 4 hours a week, three months."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A scenario with one wish wider, named after the field of `Constraints` that it changes, and how many modules more would then fit."""

    scenario: Scenario
    brings: int


def suggested(
    matcher: Matcher, profile: LearnerProfile, today: date, languages: Collection[str] = (), limit: int = 5
) -> tuple[Suggestion, ...]:
    """The single changes that bring in most, at most one of each wish; those that bring in nothing are left out.

    Args:
        languages: those that may be proposed beside the wished ones.
        limit: so many, what brings most first; of equal ones in the order of `widenings`.
    """
    snapshot, gap, wishes, _ = matcher.question(profile, today)
    catalogue, groups = snapshot.catalogue, list(widenings(profile.constraints, today, languages))
    wider = [
        [wishes_of(replace(profile, constraints=one), today, catalogue) for one in (widest, *options)] for _, widest, options in groups
    ]
    counts = brought_in(catalogue.modules, catalogue.editions, gap, wishes, wider)
    # Of two equally good options of one wish the first.
    best = [
        Suggestion(Scenario(name, options[own.index(max(own))]), max(own)) for (name, _, options), own in zip(groups, counts, strict=True)
    ]
    return tuple(sorted((one for one in best if one.brings), key=lambda one: -one.brings)[:limit])


def widenings(wish: Constraints, today: date, languages: Collection[str]) -> Iterator[tuple[str, Constraints, list[Constraints]]]:
    """For each wish that somebody has: its field, all wishes without it, and the steps in which it could be wider."""
    if wish.budget_eur is not None:
        yield "budget_eur", replace(wish, budget_eur=None), [replace(wish, budget_eur=wish.budget_eur + MORE_EUR)]
    if wish.near and wish.max_km is not None:
        yield "max_km", replace(wish, max_km=None), [replace(wish, max_km=wish.max_km + MORE_KM)]
    if wish.moments:
        others = [part for part in Moment if part not in wish.moments and part is not Moment.OWN_TIME]
        if others:
            yield "moments", replace(wish, moments=frozenset()), [replace(wish, moments=wish.moments | {str(part)}) for part in others]
    for name, codes in (("formats", list(FORMATS)), ("languages", sorted(languages)), ("levels", list(LEVELS))):
        wanted: frozenset[str] = getattr(wish, name)
        others_of_name = [code for code in codes if code not in wanted]
        if wanted and others_of_name:
            widest, *options = (
                _with_codes(wish, name, codes) for codes in (frozenset[str](), *(wanted | {code} for code in others_of_name))
            )
            yield name, widest, options
    if wish.start_after and wish.start_after > today:
        yield "start_after", replace(wish, start_after=None), [replace(wish, start_after=max(today, wish.start_after - MORE_TIME))]
    if wish.finish_by:
        yield "finish_by", replace(wish, finish_by=None), [replace(wish, finish_by=wish.finish_by + MORE_TIME)]
        if wish.hours_per_week:
            yield "hours_per_week", replace(wish, hours_per_week=None), [replace(wish, hours_per_week=wish.hours_per_week + MORE_HOURS)]


def _with_codes(wish: Constraints, name: str, codes: frozenset[str]) -> Constraints:
    return replace(wish, **{name: codes})  # type: ignore[arg-type]

"""Which wider wishes bring most: a handful of scenarios worth comparing, one wish at a time or two together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from catalogue.moments import Moment
from matching.core.widening import Gain, Widening, gains
from matching.gather import FORMATS, LEVELS
from matching.profile_arrays import wishes_of
from matching.profiles.profile import Constraints, LearnerProfile
from matching.service import Matcher

MORE_EUR, MORE_KM, MORE_HOURS = 500.0, 25.0, 4.0
MORE_TIME = timedelta(days=91)
"""Steps that people recognise: 500 euro, 25 km, 4 hours a week, three months."""

CLEARLY_MORE = 1.5
"""Giving way in two wishes is worth a proposal where it brings half as much again as the best of each alone."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Wider wishes: the fields of `Constraints` that change, all wishes as they would then be, and what that would bring."""

    wishes: tuple[str, ...]
    constraints: Constraints
    gain: Gain


def suggested(matcher: Matcher, profile: LearnerProfile, today: date, limit: int = 5) -> tuple[Suggestion, ...]:
    """The changes that bring most: of one wish, of two where that is clearly better than either, of three where two bring nothing.

    What brings most of the gap comes first: the rise of what all fitting modules close together and of what one closes at most, summed;
    of equals what brings most modules, then in the order of `widenings`. Each wish stands at most once alone and once together with others.

    Args:
        limit: at most so many.
    """
    asked = matcher.question(profile, today)
    catalogue, options = asked.catalogue, list(widenings(profile.constraints, today, profile.known_languages))
    wider = [Widening(name, getattr(wishes_of(replace(profile, constraints=wish), today, catalogue), name)) for name, wish in options]
    arrays = (catalogue.modules, catalogue.editions, asked.gap, replace(asked.wishes, keeps_to_hours=True), wider)
    found = gains(*arrays, most=2) or gains(*arrays, most=3)
    order = sorted(found, key=lambda chosen: (_share(found[chosen]), found[chosen].modules, [-at for at in chosen]), reverse=True)
    best_first = [_suggestion(profile.constraints, [options[at] for at in chosen], found[chosen]) for chosen in order]
    return tuple(_worth_proposing(best_first))[:limit]


def _worth_proposing(best_first: Sequence[Suggestion]) -> Iterator[Suggestion]:
    alone: dict[str, Suggestion] = {}
    for one in best_first:
        if len(one.wishes) == 1:
            alone.setdefault(one.wishes[0], one)
    together = set[str]()
    for one in best_first:
        if len(one.wishes) == 1:
            if alone[one.wishes[0]] is one:
                yield one
        elif together.isdisjoint(one.wishes) and _is_clearly_more(one, [alone[name] for name in one.wishes if name in alone]):
            together.update(one.wishes)
            yield one


def _is_clearly_more(together: Suggestion, alone: Sequence[Suggestion]) -> bool:
    return not alone or _share(together.gain) > CLEARLY_MORE * max(_share(one.gain) for one in alone)


def _suggestion(wish: Constraints, changes: Sequence[tuple[str, Constraints]], gain: Gain) -> Suggestion:
    then = replace(wish, **{name: getattr(wider, name) for name, wider in changes})
    return Suggestion(tuple(name for name, _ in changes), then, gain)


def _share(gain: Gain) -> float:
    return round(gain.joint + gain.best, 9)


def widenings(wish: Constraints, today: date, languages: Collection[str]) -> Iterator[tuple[str, Constraints]]:
    """The steps in which each wish that somebody has could be wider: its field, and all wishes as they would then be.

    Args:
        languages: those that may be proposed beside the wished ones.
    """
    if wish.budget_eur is not None:
        yield "budget_eur", replace(wish, budget_eur=wish.budget_eur + MORE_EUR)
    if wish.near and wish.max_km is not None:
        yield "max_km", replace(wish, max_km=wish.max_km + MORE_KM)
    parts = [str(part) for part in Moment if part is not Moment.OWN_TIME]
    for name, codes in (("moments", parts), ("formats", list(FORMATS)), ("languages", sorted(languages)), ("levels", list(LEVELS))):
        wanted: frozenset[str] = getattr(wish, name)
        for code in codes:
            if wanted and code not in wanted:
                yield name, replace(wish, **{name: wanted | {code}})  # type: ignore[arg-type]
    if wish.start_after and wish.start_after > today:
        yield "start_after", replace(wish, start_after=max(today, wish.start_after - MORE_TIME))
    if wish.finish_by:
        yield "finish_by", replace(wish, finish_by=wish.finish_by + MORE_TIME)
    if wish.hours_per_week:
        yield "hours_per_week", replace(wish, hours_per_week=wish.hours_per_week + MORE_HOURS)

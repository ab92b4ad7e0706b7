"""The same answers as `matching.core`, slowly and in plain Python: one module, one edition, one skill at a time."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from matching.core.arrays import DIRECT, FIXED, ROLLING, UNKNOWN, Gap, Wishes
from matching.core.weights import TABLE, Component
from tests.matching_cases import ONLINE, PLACES, PlainEdition, PlainModule


def closed(gap: Gap, module: PlainModule, *, is_weighted: bool = True) -> float:
    total = 0.0
    for skill, reached in module.taught.items():
        begin = max(gap.held[skill], module.required.get(skill, 0))
        if gap.goal[skill] > gap.held[skill] and gap.weight[skill] > 0:
            total += max(min(reached, gap.goal[skill]) - begin, 0) * (gap.weight[skill] if is_weighted else 1)
    return total


def coverage(gap: Gap, module: PlainModule) -> float:
    whole = sum(w * max(g - h, 0) for h, g, w in zip(gap.held, gap.goal, gap.weight, strict=True))
    return 0.0 if whole == 0 else min(closed(gap, module) / min(whole, 8), 1)


def focus(gap: Gap, module: PlainModule) -> float:
    size = max(taught(module), (module.hours or 0) / 12)
    other = size - closed(gap, module, is_weighted=False) - known(gap, module, is_of_goal=True)
    return closed(gap, module) / (closed(gap, module) + other) if closed(gap, module) else 0.0


def asked(gap: Gap, module: PlainModule) -> dict[int, int]:
    """What counts of what is asked at entry: nothing that is a question."""
    return {skill: level for skill, level in module.required.items() if level > gap.unknown[skill]}


def readiness(gap: Gap, module: PlainModule) -> float:
    counted = asked(gap, module)
    whole = sum(counted.values())
    return sum(min(gap.held[skill], level) for skill, level in counted.items()) / whole if whole else 1.0


def taught(module: PlainModule) -> float:
    return sum(max(level - module.required.get(skill, 0), 0) for skill, level in module.taught.items())


def known(gap: Gap, module: PlainModule, *, is_of_goal: bool = False) -> float:
    counted = {skill: level for skill, level in module.taught.items() if gap.weight[skill] > 0 or not is_of_goal}
    held = gap.held if is_of_goal else [math.floor(level) for level in gap.held]
    return sum(max(min(level, held[skill]) - module.required.get(skill, 0), 0) for skill, level in counted.items())


def first_start(edition: PlainEdition, earliest: int) -> int | None:
    if edition.start_type == DIRECT:
        return earliest
    if edition.start_type == FIXED:
        return edition.start_on if edition.start_on >= earliest else None
    if edition.start_type == ROLLING:
        day = edition.start_on or earliest
        while day < earliest:
            day += 7 * edition.every_weeks
        return day
    return None


def distance(edition: PlainEdition, wishes: Wishes) -> float | None:
    if wishes.near is None:
        return None
    if edition.format == ONLINE:
        return 0.0
    if edition.place == UNKNOWN:
        return None
    (a, b), (c, d) = [(math.radians(x), math.radians(y)) for x, y in (wishes.near, PLACES[edition.place])]
    cosine = math.sin(a) * math.sin(c) + math.cos(a) * math.cos(c) * math.cos(b - d)
    return 6371 * math.acos(min(1.0, cosine))


def weeks_taken(module: PlainModule, edition: PlainEdition, wishes: Wishes) -> float:
    own = module.hours / wishes.hours_per_week if module.hours is not None and wishes.hours_per_week else 0
    if edition.weeks is not None and edition.start_type != DIRECT:
        return edition.weeks
    return max(edition.weeks or 0, own)


def why_not(module: PlainModule, edition: PlainEdition, wishes: Wishes) -> str | None:
    """The first wish that this edition does not fit."""
    return next(iter(broken(module, edition, wishes)), None)


def broken(module: PlainModule, edition: PlainEdition, wishes: Wishes) -> list[str]:
    """All wishes that this edition does not fit."""
    start, km = first_start(edition, wishes.earliest), distance(edition, wishes)
    begin = wishes.earliest if start is None else start
    checks = {
        "closed": edition.start_type == FIXED and edition.start_on < wishes.today,
        "language": wishes.languages is not None and module.language not in wishes.languages,
        "level": wishes.levels is not None and module.level not in wishes.levels,
        "format": wishes.formats is not None and edition.format not in (*wishes.formats, UNKNOWN),
        "moment": wishes.moments is not None and edition.moment not in (*wishes.moments, UNKNOWN),
        "distance": km is not None and wishes.max_km is not None and km > wishes.max_km + 1e-4,
        "budget": wishes.budget_eur is not None and (edition.price_eur or 0) > wishes.budget_eur,
        "start_after": wishes.start_after is not None and edition.start_type == FIXED and start is None,
        "hours_per_week": wishes.keeps_to_hours and asks_too_many_hours(module, edition, wishes),
        "finish_by": wishes.finish_by is not None and begin + math.ceil(weeks_taken(module, edition, wishes) * 7) > wishes.finish_by,
    }
    return [reason for reason, is_unfit in checks.items() if is_unfit]


def asks_too_many_hours(module: PlainModule, edition: PlainEdition, wishes: Wishes) -> bool:
    """Whether the timetable asks more a week than the learner has; what nobody states asks nothing."""
    if wishes.hours_per_week is None or module.hours is None or edition.weeks is None:
        return False
    return module.hours > wishes.hours_per_week * weeks_taken(module, edition, wishes) + 1e-6


def values(gap: Gap, module: PlainModule, edition: PlainEdition, wishes: Wishes) -> dict[str, float]:
    found = {
        "gap_coverage": coverage(gap, module),
        "entry_readiness": readiness(gap, module),
        "focus": focus(gap, module),
        "nothing_known": 1 - known(gap, module) / (taught(module) or 1),
    }
    found["credential_fit"] = module.credential
    if wishes.own_language is not None:
        found["language_fit"] = float(module.language == wishes.own_language)
    start = first_start(edition, wishes.earliest)
    found["start_fit"] = 0.5 if start is None else max(0, 1 - (start - wishes.earliest) / 182)
    if wishes.nlqf:
        low, high = wishes.nlqf
        found["level_fit"] = 0.5 if module.nlqf is None else max(0, 1 - max(low - module.nlqf, module.nlqf - high, 0) / 3)
    if wishes.hours_per_week is not None:
        if module.hours is None or edition.weeks is None:
            found["hours_fit"] = 0.5
        else:
            weeks = weeks_taken(module, edition, wishes)
            found["hours_fit"] = min(1, wishes.hours_per_week * weeks / module.hours) if module.hours else 1
    if wishes.budget_eur is not None:
        left = 1.0 if not edition.price_eur else 0.0 if not wishes.budget_eur else 1 - edition.price_eur / wishes.budget_eur
        found["price_fit"] = 0.5 if edition.price_eur is None else max(0, left)
    if wishes.near is not None:
        km, reach = distance(edition, wishes), 50 if wishes.max_km is None else wishes.max_km
        near = 1.0 if km is not None and km < 1e-4 else 0.0 if not reach else 1 - (km or 0) / reach
        found["distance_fit"] = 0.5 if km is None else max(0, near)
    return found


def score(parts: Mapping[str, float], emphasis: Mapping[Component, float]) -> float:
    shares = {name: TABLE[Component(name)].share * emphasis.get(Component(name), 1) for name in parts}
    return min(parts["focus"] / 0.3, 1) * sum(value * shares[name] / sum(shares.values()) for name, value in parts.items())


def ranked(modules: Sequence[PlainModule], gap: Gap, wishes: Wishes) -> dict[int, float]:
    """The score of each module that fits, by its key."""
    found = {}
    for module in modules:
        fitting = [edition for edition in module.editions if why_not(module, edition, wishes) is None]
        if closed(gap, module) > 0 and fitting:
            found[module.key] = max(score(values(gap, module, edition, wishes), wishes.emphasis) for edition in fitting)
    return found


def excluded(modules: Sequence[PlainModule], gap: Gap, wishes: Wishes) -> dict[str, int]:
    """Removed modules by the wish that removes their last edition."""
    order = ["closed", "language", "level", "format", "moment", "distance", "budget", "start_after", "finish_by"]
    counts: dict[str, int] = {}
    for module in modules:
        reasons = [why_not(module, edition, wishes) for edition in module.editions]
        if closed(gap, module) == 0:
            counts["nothing_to_close"] = counts.get("nothing_to_close", 0) + 1
        elif None not in reasons:
            last = max(map(str, reasons), key=order.index)
            counts[last] = counts.get(last, 0) + 1
    return counts

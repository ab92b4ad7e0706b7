"""The best path by trying everything: every set of modules, every choice of editions, every order. For a handful of modules."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, permutations, product

from matching.core.arrays import FIXED, ROLLING, Gap, Wishes
from tests.matching_cases import PlainEdition, PlainModule
from tests.matching_oracle import asked, broken, distance, first_start

FAR = 10**7


@dataclass(frozen=True)
class Run:
    """One edition of one module with the numbers that count."""

    module: PlainModule
    edition: PlainEdition
    price: float
    hours: float
    days: int
    km: float

    @property
    def load(self) -> float:
        return self.hours * 7 / self.days


def median(values: list[float]) -> float:
    ordered, half = sorted(values), len(values) // 2
    return 0.0 if not values else ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def fitting_runs(modules: Sequence[PlainModule], wishes: Wishes) -> dict[int, list[Run]]:
    """By key, the editions of each module that fit the wishes and is not rejected."""
    found: dict[int, list[Run]] = {}
    for run, unfit in seen_runs(modules, wishes):
        if not unfit:
            found.setdefault(run.module.key, []).append(run)
    return found


def fewest_hours_a_week(modules: Sequence[PlainModule], wishes: Wishes, key: int) -> float | None:
    """What a module asks where the hours a week are all that is in its way; None where they are not."""
    near = [(run.load, unfit) for run, unfit in seen_runs(modules, wishes) if run.module.key == key and unfit <= {"hours_per_week"}]
    return min(load for load, _unfit in near) if near and all(unfit for _load, unfit in near) else None


def seen_runs(modules: Sequence[PlainModule], wishes: Wishes) -> Iterator[tuple[Run, set[str]]]:
    """All editions with the wishes that each does not fit; what nobody states is the median of what is stated."""
    usual_price = median([e.price_eur for m in modules for e in m.editions if e.price_eur is not None])
    usual_hours = median([m.hours for m in modules if m.hours is not None])
    for row, module in enumerate(modules):
        hours = usual_hours if module.hours is None else module.hours
        for edition in module.editions:
            own = module.hours / wishes.hours_per_week if wishes.hours_per_week and module.hours is not None else 0
            weeks = edition.weeks
            if weeks is None:
                weeks = hours / (wishes.hours_per_week or 8)
            elif edition.start_type == 1:
                weeks = max(weeks, own)
            days = max(1, math.ceil(weeks * 7))
            away = distance(edition, wishes)
            km = 0.0 if wishes.near is None else 2 * (25.0 if away is None else away) * math.ceil(days / 7)
            run = Run(module, edition, usual_price if edition.price_eur is None else edition.price_eur, hours, days, km)
            begin = first_start(edition, wishes.earliest)
            begin = wishes.earliest if begin is None else begin
            own_checks = {
                "rejected": row in (wishes.rejected or ()),
                "budget": wishes.budget_eur is not None and run.price > wishes.budget_eur,
                "hours_per_week": wishes.hours_per_week is not None and run.load > wishes.hours_per_week + 1e-9,
                "finish_by": wishes.finish_by is not None and begin + days > wishes.finish_by,
            }
            others = set(broken(module, edition, wishes)) - own_checks.keys()
            yield run, others | {wish for wish, is_unfit in own_checks.items() if is_unfit}


def next_start(edition: PlainEdition, ready: int, earliest: int) -> int:
    """The first start from day `ready` on, a day number; FAR where there is none."""
    first = first_start(edition, earliest)
    if edition.start_type == FIXED:
        return first if first is not None and first >= ready else FAR
    if edition.start_type == ROLLING:
        day = first if first is not None else earliest
        while day < ready:
            day += 7 * edition.every_weeks
        return day
    return ready


def placed_in_turn(order: Sequence[Run], gap: Gap, wishes: Wishes) -> list[tuple[Run, int, int]] | None:
    """The runs placed in this order, each on its first day that fits those before it; None where one cannot be placed."""
    placed: list[tuple[Run, int, int]] = []
    for run in order:
        ready = wishes.earliest
        for skill, level in asked(gap, run.module).items():
            if gap.held[skill] < level:
                ends = [end for other, _, end in placed if other.module.taught.get(skill, 0) >= level]
                ready = max(ready, min(ends, default=FAR))
        day = next_start(run.edition, ready, wishes.earliest) if ready < FAR else FAR
        while day < FAR and wishes.hours_per_week is not None and is_too_busy(run, day, placed, wishes.hours_per_week):
            day = next_start(run.edition, day + 1, wishes.earliest)
        if day >= FAR or (wishes.finish_by is not None and day + run.days > wishes.finish_by):
            return None
        placed.append((run, day, day + run.days))
    return placed


def is_too_busy(run: Run, day: int, placed: Sequence[tuple[Run, int, int]], hours_per_week: float) -> bool:
    moments = [day, *(start for _, start, _ in placed if day < start < day + run.days)]
    loads = (sum(other.load for other, start, end in placed if start <= moment < end) + run.load for moment in moments)
    return any(load > hours_per_week + 1e-9 for load in loads)


def first_finish(runs: Sequence[Run], gap: Gap, wishes: Wishes) -> int | None:
    """The first day by which all can have ended; None where they do not go together."""
    finishes = [max(end for _, _, end in placed) for order in permutations(runs) if (placed := placed_in_turn(order, gap, wishes))]
    return min(finishes, default=None)


def covered(runs: Sequence[Run], gap: Gap) -> float:
    total = 0.0
    for skill, (held, goal, weight) in enumerate(zip(gap.held, gap.goal, gap.weight, strict=True)):
        spans = [(max(held, run.module.required.get(skill, 0)), run.module.taught.get(skill, 0)) for run in runs]
        for level in range(int(held) + 1, int(goal) + 1):
            if any(begin < level <= end for begin, end in spans):
                total += weight * (min(level, goal) - max(level - 1, held))
    return total


def choices(runs_of: dict[int, list[Run]]) -> Iterator[tuple[Run, ...]]:
    keys = sorted(runs_of)
    for chosen in chain.from_iterable(combinations(keys, size) for size in range(1, len(keys) + 1)):
        yield from product(*(runs_of[key] for key in chosen))


def best(
    modules: Sequence[PlainModule],
    gap: Gap,
    wishes: Wishes,
    objective: str,
    wanted: float,
    stack: Collection[int] = (),
    pins: Collection[int] = (),
) -> tuple[float, float]:
    """Weighted steps covered, at most those wanted, and the least aim with which that is possible.

    `stack`: keys of modules that all have to be there. `pins`: keys of modules of which there have to be as many as go together.
    """
    whole = sum(w * max(g - h, 0) for h, g, w in zip(gap.held, gap.goal, gap.weight, strict=True))
    wanted_pins, top, aims = most_pins(modules, gap, wishes, pins), 0.0, list[float]()
    ranked = sorted(
        (
            (-min(covered(runs, gap), wanted * whole), cost(runs, objective), number, runs)
            for number, runs in enumerate(choices(fitting_runs(modules, wishes)))
            if {run.module.key for run in runs}.issuperset(stack) and count(runs, pins) >= wanted_pins
        ),
        key=lambda row: (round(row[0], 9), row[1], row[2]),
    )
    for negative, price, _, runs in ranked:
        steps = -negative
        if steps < top - 1e-9 or (steps <= 1e-9 and not wanted_pins):
            break
        if objective != "duration" and aims:
            break
        finish = finish_within(runs, gap, wishes)
        if finish is not None:
            aims.append(finish - wishes.earliest if objective == "duration" else price)
            top = steps
    return top, min(aims, default=0.0)


def most_pins(modules: Sequence[PlainModule], gap: Gap, wishes: Wishes, pins: Collection[int], together: Wishes | None = None) -> int:
    """How many of some modules go together in one path, within the wishes; `together` are those for the path as a whole, if others."""
    several = (runs for runs in choices(fitting_runs(modules, wishes)) if count(runs, pins)) if pins else ()
    return max((count(runs, pins) for runs in several if finish_within(runs, gap, together or wishes) is not None), default=0)


def count(runs: Sequence[Run], pins: Collection[int]) -> int:
    return sum(run.module.key in pins for run in runs)


def finish_within(runs: Sequence[Run], gap: Gap, wishes: Wishes) -> int | None:
    """The first day by which all can have ended; None where they do not go together, or take more than the budget."""
    if wishes.budget_eur is not None and sum(run.price for run in runs) > wishes.budget_eur + 1e-9:
        return None
    return first_finish(runs, gap, wishes)


def cost(runs: Sequence[Run], objective: str) -> float:
    price, hours, km, count = (
        (sum(values) for values in zip(*((run.price, run.hours, run.km, 1) for run in runs), strict=True)) if runs else (0, 0, 0, 0)
    )
    return {
        "cost": price + 1e-4 * (hours + count),
        "hours": hours + 1e-4 * (price + count),
        "travel": km + 1e-4 * (price + hours + count),
        "duration": 0.0,
    }[objective]

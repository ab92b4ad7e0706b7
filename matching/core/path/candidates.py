"""What a path can be made of: modules that give and need levels, their runs, and how early each level can be had.

A *node* is a skill at a level, number `column * LEVELS + level - 1`. A module *gives* the nodes above the level that it asks of a skill
(and above the level held) up to the level that it teaches; it *needs* the node of each level that it asks and that is not held. Open
questions (everyday skills of which nobody has said anything) are not needed, as in the score.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.core.arrays import (
    FIXED,
    ROLLING,
    UNKNOWN,
    BoolArray,
    EditionArrays,
    FloatArray,
    Gap,
    IntArray,
    ModuleArrays,
    Wishes,
    cells_of,
    check_length,
    ranges,
)
from matching.core.editions import DAYS_A_WEEK, distances_km, seen_by
from matching.core.exclusions import TOLERANCE, Exclusion, unfit_offers
from matching.core.gap import is_open_question
from matching.core.tables import WishTable, pairs_of_one

LEVELS = 4
NEVER = 10_000_000
"""A day number later than any: what cannot be had."""

USUAL_HOURS_PER_WEEK = 8.0
"""A day a week: for an edition that does not say how long it takes, and a learner who names no hours."""

USUAL_KM = 25.0
"""For a place that nobody states: half of how far people usually go."""


@dataclass(frozen=True)
class Usual:
    """What counts where a provider states nothing, so that silence neither wins nor loses: the medians of the catalogue."""

    price_eur: float
    hours: float


def usual(modules: ModuleArrays, editions: EditionArrays) -> Usual:
    """The medians of what is stated; 0 where nothing is."""
    prices, hours = editions.price_eur[~np.isnan(editions.price_eur)], modules.hours[~np.isnan(modules.hours)]
    return Usual(float(np.median(prices)) if len(prices) else 0.0, float(np.median(hours)) if len(hours) else 0.0)


@dataclass(frozen=True)
class Runs:
    """Editions as a planner sees them. All arrays have shape (n_runs,), grouped by module, never descending.

    Attributes:
        module, edition: rows in ModuleArrays and EditionArrays.
        first: day number of the first possible start.
        period: days between possible starts: 1 for any day, 0 where `first` is the only one.
        days: how long it lasts, at least 1.
        load: hours a week while it lasts.
        price_eur: what counts as its price.
        travel_km: to go there and back once a week while it lasts; 0 online, and where the learner's place is not known.
    """

    module: IntArray
    edition: IntArray
    first: IntArray
    period: IntArray
    days: IntArray
    load: FloatArray
    price_eur: FloatArray
    travel_km: FloatArray

    def only(self, chosen: BoolArray | IntArray) -> Runs:
        """The chosen runs: a mask of shape (n_runs,), or positions."""
        return Runs(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))

    def starts(self, some: IntArray, ready: IntArray) -> IntArray:
        """The first possible start of some runs, by position, from day `ready` on; NEVER where there is none."""
        first, period = self.first[some], self.period[some]
        turns = -((first - ready) // np.maximum(period, 1))
        later = np.where(period > 0, first + turns * period, NEVER)
        return np.where(ready <= first, first, np.where(ready >= NEVER, NEVER, later))


def runs_of(rows: IntArray, modules: ModuleArrays, editions: EditionArrays, wishes: Wishes, assumed: Usual) -> Runs:
    """Those of some editions that fit the wishes."""
    runs, unfit = seen_runs(rows, modules, editions, wishes, assumed)
    fits = np.ones(len(runs.module), dtype=np.bool_)
    for is_unfit in unfit.values():
        fits &= ~is_unfit
    return runs.only(np.flatnonzero(fits))


def seen_runs(
    rows: IntArray, modules: ModuleArrays, editions: EditionArrays, wishes: Wishes, assumed: Usual
) -> tuple[Runs, dict[str, BoolArray]]:
    """Some editions as a planner sees them, whether they fit or not, and by code of each wish whether it rules them out."""
    everything = pairs_of_one(np.arange(modules.n_modules))
    offers = seen_by(editions.module[rows], rows, everything, modules, editions, WishTable.of([wishes]))
    hours = stated_hours(modules, assumed)[offers.candidate]
    price = np.where(np.isnan(offers.price_eur), assumed.price_eur, offers.price_eur)
    weeks = np.where(np.isnan(offers.weeks), hours / (wishes.hours_per_week or USUAL_HOURS_PER_WEEK), offers.weeks)
    days = np.maximum(np.ceil(weeks * DAYS_A_WEEK), 1).astype(np.int64)
    load = hours * DAYS_A_WEEK / days
    first = np.where(np.isnan(offers.start), wishes.earliest, offers.start).astype(np.int64)
    unfit = {str(wish): broken for wish, broken in unfit_offers(offers, np.arange(modules.n_modules), modules, editions, wishes)}
    # A price that is not stated counts as the usual one, and an undated run ends no sooner than its whole days: both are stricter here.
    if wishes.budget_eur is not None:
        unfit[str(Exclusion.BUDGET)] = price > wishes.budget_eur + TOLERANCE
    if wishes.hours_per_week is not None:
        unfit[str(Exclusion.HOURS_PER_WEEK)] = load > wishes.hours_per_week + TOLERANCE
    if wishes.finish_by is not None:
        unfit[str(Exclusion.FINISH_BY)] = first + days > wishes.finish_by
    kind, every_days = editions.start_type[rows], editions.every_weeks[rows] * DAYS_A_WEEK
    runs = Runs(
        module=offers.candidate,
        edition=rows,
        first=first,
        period=np.where(kind == FIXED, 0, np.where((kind == ROLLING) & (every_days > 0), every_days, 1)),
        days=days,
        load=load,
        price_eur=price,
        travel_km=_travel_km(offers.distance_km, days, wishes),
    )
    return runs, unfit


def likely_editions(modules: ModuleArrays, editions: EditionArrays, wishes: Wishes) -> IntArray:
    """Rows of the editions that a few cheap questions do not rule out: most of a large catalogue goes here."""
    likely = (editions.start_type != FIXED) | (editions.start_on >= wishes.earliest)
    for codes, accepted in ((modules.language, wishes.languages), (modules.level, wishes.levels)):
        if accepted is not None:
            likely &= np.isin(codes, [*accepted, UNKNOWN])[editions.module]
    rows = np.flatnonzero(likely)
    if wishes.near is not None and wishes.max_km is not None:
        rows = rows[~(distances_km(editions, rows, wishes.near) > wishes.max_km)]
    return rows


def _travel_km(distance_km: FloatArray, days: IntArray, wishes: Wishes) -> FloatArray:
    if wishes.near is None:
        return np.zeros(len(days))
    return 2 * np.where(np.isnan(distance_km), USUAL_KM, distance_km) * np.ceil(days / DAYS_A_WEEK)


def stated_hours(modules: ModuleArrays, assumed: Usual) -> FloatArray:
    """Study load of each module, the usual one where none is stated. Shape (n_modules,)."""
    return np.where(np.isnan(modules.hours), assumed.hours, modules.hours)


@dataclass(frozen=True)
class StepNodes:
    """What modules give and need, as seen by one learner, in cells grouped by module.

    Attributes:
        give_module, give_column: shape (n_give,), row and skill column.
        above, upto: shape (n_give,), levels: the module gives those above the one, up to the other.
        need_module, need_node: shape (n_need,).
        value: shape (n_nodes,), weighted steps of the gap that each node is worth.
        is_held: shape (n_nodes,).
        gap, modules: what they were made of.
    """

    give_module: IntArray
    give_column: IntArray
    above: IntArray
    upto: IntArray
    need_module: IntArray
    need_node: IntArray
    value: FloatArray
    is_held: BoolArray
    gap: Gap
    modules: ModuleArrays

    def givers(self, nodes: IntArray) -> tuple[IntArray, IntArray]:
        """Module and node of everything that gives one of `nodes`; touches only the skills of those."""
        wanted = np.zeros(len(self.value), dtype=np.bool_)
        wanted[nodes] = True
        taught, columns = self.modules.taught_by_skill, np.unique(nodes // LEVELS)
        at, cell = ranges(taught.indptr[columns], taught.indptr[columns + 1])
        column = columns[at]
        above = np.maximum(self.modules.entry_by_skill.data[cell], np.floor(self.gap.held[column])).astype(np.int64)
        upto = np.maximum(taught.data[cell].astype(np.int64), above)
        at, node = ranges(column * LEVELS + above, column * LEVELS + upto)
        module = taught.indices[cell][at]
        return module[wanted[node]].astype(np.int64), node[wanted[node]]

    def given_by(self, modules: IntArray) -> tuple[IntArray, IntArray]:
        """Position among `modules`, ascending, and node of each thing that they give."""
        giver, cell = cells_of(self.give_module, modules)
        lowest = self.give_column[cell] * LEVELS
        at, node = ranges(lowest + self.above[cell], lowest + self.upto[cell])
        return giver[at], node

    def needed_by(self, modules: IntArray) -> tuple[IntArray, IntArray]:
        """Position among `modules`, ascending, and node of each thing that they need."""
        asker, cell = cells_of(self.need_module, modules)
        return asker, self.need_node[cell]

    def only(self, is_open: BoolArray) -> StepNodes:
        """The cells of some modules; `givers` still knows all."""
        gives, needs = np.flatnonzero(is_open[self.give_module]), np.flatnonzero(is_open[self.need_module])
        return replace(
            self,
            give_module=self.give_module[gives],
            give_column=self.give_column[gives],
            above=self.above[gives],
            upto=self.upto[gives],
            need_module=self.need_module[needs],
            need_node=self.need_node[needs],
        )

    @cached_property
    def top_node(self) -> IntArray:
        """The highest node of each giving cell. Shape (n_give,)."""
        return self.give_column * LEVELS + self.upto - 1


def step_nodes_of(gap: Gap, modules: ModuleArrays, is_offered: BoolArray) -> StepNodes:
    """The steps of some modules for one learner.

    Args:
        is_offered: shape (n_modules,), whether each of them counts.

    Raises:
        ShapeMismatch: the skill columns of `gap` and `modules` differ.
    """
    check_length("gap", gap.held, modules.n_skills)
    taught, required = modules.taught, modules.required
    give_module, need_module = modules.taught_rows, modules.required_rows
    asked = np.maximum(modules.taught_entry, np.floor(gap.held).astype(np.int8)[taught.indices])
    gives = np.flatnonzero((taught.data > asked) & is_offered[give_module])
    is_needed = (required.data > gap.held[required.indices]) & ~is_open_question(gap.unknown[required.indices], required.data)
    needs = np.flatnonzero(is_needed & is_offered[need_module])
    level = np.arange(1, LEVELS + 1)[None, :]
    held, goal = gap.held[:, None], gap.goal[:, None]
    value = gap.weight[:, None] * np.maximum(np.minimum(level, goal) - np.maximum(level - 1, held), 0.0)
    return StepNodes(
        give_module=give_module[gives],
        give_column=taught.indices[gives].astype(np.int64),
        above=asked[gives].astype(np.int64),
        upto=taught.data[gives].astype(np.int64),
        need_module=need_module[needs],
        need_node=(required.indices[needs].astype(np.int64) * LEVELS + required.data[needs] - 1),
        value=value.ravel(),
        is_held=(held >= level).ravel(),
        gap=gap,
        modules=modules,
    )


_BITS: NDArray[np.uint8] = (1 << np.arange(LEVELS)).astype(np.uint8)
_LEVELS_BETWEEN = np.array([[_BITS[above:upto].sum() for upto in range(LEVELS + 1)] for above in range(LEVELS + 1)], dtype=np.uint8)
"""The levels above the one, up to the other, a bit for each."""


def useful(steps: StepNodes, wanted: BoolArray) -> BoolArray:
    """Whether each module closes part of the gap, is wanted, or gives what such a one needs, and so on. Shape (n_modules,).

    Args:
        wanted: shape (n_modules,), modules that count whatever they close.
    """
    gives, is_seen = _LEVELS_BETWEEN[steps.above, steps.upto], _by_skill(steps.is_held)
    found, new, asked = np.zeros(len(wanted), dtype=np.bool_), wanted.copy(), _by_skill(steps.value > 0)
    while True:
        new[steps.give_module[np.flatnonzero(gives & asked[steps.give_column])]] = True
        new &= ~found
        if not new.any():
            return found
        found |= new
        nodes = np.zeros(len(steps.value), dtype=np.bool_)
        nodes[steps.need_node[new[steps.need_module]]] = True
        asked = _by_skill(nodes) & ~is_seen
        is_seen |= asked
        new = np.zeros(len(wanted), dtype=np.bool_)


def _by_skill(nodes: BoolArray) -> NDArray[np.uint8]:
    """The levels of each skill that are among some nodes, a bit for each. Shape (n_skills,)."""
    return np.asarray(nodes.reshape(-1, LEVELS) @ _BITS, dtype=np.uint8)


def first_ends(steps: StepNodes, runs: Runs, n_modules: int, earliest: int, latest: int) -> tuple[IntArray, IntArray, IntArray]:
    """How early each run and module could end and each node be had, by whoever needs not wait for hours or money.

    A module starts when all that it needs can be had; of its runs the one that ends first counts. Repeated until nothing gets earlier.

    Args:
        latest: day number of the last day; what would end later cannot be had.

    Returns:
        Day numbers, shapes (n_runs,), (n_modules,) and (n_nodes,); NEVER for what cannot be had.
    """
    had = np.where(steps.is_held, earliest, NEVER)
    ends = np.full(n_modules, NEVER, dtype=np.int64)
    run_ends = np.full(len(runs.module), NEVER, dtype=np.int64)
    before = np.full(n_modules, -1, dtype=np.int64)
    while True:
        ready = np.full(n_modules, earliest, dtype=np.int64)
        np.maximum.at(ready, steps.need_module, had[steps.need_node])
        sooner = np.flatnonzero(((ready != before) & (ready < NEVER))[runs.module])
        module = runs.module[sooner]
        some_ends = runs.starts(sooner, ready[module]) + runs.days[sooner]
        some_ends[some_ends > latest] = NEVER
        run_ends[sooner] = some_ends
        np.minimum.at(ends, module, some_ends)
        before, found = ready, had.copy()
        np.minimum.at(found, steps.top_node, ends[steps.give_module])
        by_level = found.reshape(-1, LEVELS)
        for level in range(LEVELS - 2, -1, -1):
            np.minimum(by_level[:, level], by_level[:, level + 1], out=by_level[:, level])
        if np.array_equal(found, had):
            return run_ends, ends, np.where(_is_given(steps, ends < NEVER) | steps.is_held, had, NEVER)
        had = found


def _is_given(steps: StepNodes, is_open: BoolArray) -> BoolArray:
    """Whether some open module gives each node. A module that asks an everyday skill of which nothing is known gives none below."""
    kept, n_edges = is_open[steps.give_module], len(steps.value) // LEVELS * (LEVELS + 1)
    at = steps.give_column[kept] * (LEVELS + 1)
    edges = np.bincount(at + steps.above[kept], minlength=n_edges) - np.bincount(at + steps.upto[kept], minlength=n_edges)
    return np.asarray(np.cumsum(edges.reshape(-1, LEVELS + 1), axis=1)[:, :LEVELS].ravel() > 0, dtype=np.bool_)

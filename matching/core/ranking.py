"""One learner against all modules: gap, hard wishes, score, order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from matching.core import components as fit
from matching.core.arrays import EditionArrays, FloatArray, Gap, IntArray, ModuleArrays, Wishes, check_length
from matching.core.editions import Offers
from matching.core.exclusions import Exclusion, surviving
from matching.core.gap import closed_steps
from matching.core.rank import page
from matching.core.score import weighted_sum, weights_for
from matching.core.weights import Component

Values = dict[Component, FloatArray]


@dataclass(frozen=True)
class Ranking:
    """One page of ranked modules. Arrays have shape (n_ranked,), best first.

    Attributes:
        module: row in ModuleArrays.
        offer: the best fitting edition of each.
        scores: in [0, 1].
        values: of each component that says something for this learner, in [0, 1]; times `weights` and `on_goal` they sum to `scores`.
        weights: sum to 1.
        on_goal: what counts of each score, below 1 for modules that are mostly about something else.
        other_steps: steps of each beside the goal.
        closed_steps: weighted steps of the gap that each closes.
        net_hours: NaN where no load is stated.
        fitting: rows of all modules that fit, on all pages, ascending; not of shape (n_ranked,).
        excluded: how many modules each reason removed, first reason first.
    """

    module: IntArray
    offer: Offers
    scores: FloatArray
    values: Mapping[Component, FloatArray]
    weights: Mapping[Component, float]
    on_goal: FloatArray
    other_steps: FloatArray
    closed_steps: FloatArray
    net_hours: FloatArray
    fitting: IntArray
    excluded: Mapping[Exclusion, int]

    @property
    def total(self) -> int:
        """How many modules fit, on all pages."""
        return len(self.fitting)


def ranking(
    modules: ModuleArrays,
    editions: EditionArrays,
    gap: Gap,
    wishes: Wishes,
    text_similarity: FloatArray | None = None,
    *,
    limit: int = 20,
    offset: int = 0,
) -> Ranking:
    """The modules that close part of the gap and fit all hard wishes, best first.

    Args:
        text_similarity: shape (n_modules,), in [0, 1], where the goal is free text.

    Raises:
        ShapeMismatch: the skill columns differ, or `text_similarity` is not as long as there are modules.
    """
    if text_similarity is not None:
        check_length("text_similarity", text_similarity, modules.n_modules)
    closed = closed_steps(gap, modules)
    candidates = np.flatnonzero(closed > 0)
    excluded = {Exclusion.NOTHING_TO_CLOSE: modules.n_modules - len(candidates)}
    offers, removed = surviving(candidates, modules, editions, wishes)
    of_offer = _offer_values(offers, wishes)
    of_module = _module_values(modules, gap, wishes, text_similarity)
    weights = weights_for([*of_module, *of_offer])

    best = _best_of_each(offers.candidate, weighted_sum(of_offer, weights))
    rows = candidates[offers.candidate[best]]
    values = {name: value[rows] for name, value in of_module.items()} | {name: value[best] for name, value in of_offer.items()}
    on_goal = fit.on_goal(values[Component.FOCUS])
    scores = on_goal * weighted_sum(values, weights)
    hours = fit.net_hours(gap.held, modules)[rows]
    order = page(
        scores, (-closed[rows], offers.price_eur[best], hours), modules.key[rows], modules.course[rows], limit=limit, offset=offset
    )
    return Ranking(
        module=rows[order],
        offer=offers.only(best[order]),
        scores=scores[order],
        values={name: values[name][order] for name in weights},
        weights=weights,
        on_goal=on_goal[order],
        other_steps=fit.other_steps(gap, modules)[rows[order]],
        closed_steps=closed[rows[order]],
        net_hours=hours[order],
        fitting=rows,
        excluded={reason: count for reason, count in (excluded | removed).items() if count},
    )


def _module_values(modules: ModuleArrays, gap: Gap, wishes: Wishes, text_similarity: FloatArray | None) -> Values:
    values = {
        Component.GAP_COVERAGE: fit.gap_coverage(gap, modules),
        Component.ENTRY_READINESS: fit.entry_readiness(gap, modules),
        Component.FOCUS: fit.focus(gap, modules),
        Component.NOTHING_KNOWN: fit.nothing_known(gap.held, modules),
    }
    if wishes.nlqf is not None:
        values[Component.LEVEL_FIT] = fit.level_fit(modules.nlqf, wishes.nlqf)
    if text_similarity is not None:
        values[Component.TEXT_SIMILARITY] = text_similarity
    return values


def _offer_values(offers: Offers, wishes: Wishes) -> Values:
    values = {Component.START_FIT: fit.start_fit(offers, wishes.earliest)}
    if wishes.budget_eur is not None:
        values[Component.PRICE_FIT] = fit.price_fit(offers, wishes.budget_eur)
    if wishes.hours_per_week is not None:
        values[Component.HOURS_FIT] = fit.hours_fit(offers, wishes.hours_per_week)
    if wishes.near is not None:
        values[Component.DISTANCE_FIT] = fit.distance_fit(offers, reach_km(wishes))
    return values


def reach_km(wishes: Wishes) -> float:
    """Distance at which nothing of the distance fit is left."""
    return fit.USUAL_REACH_KM if wishes.max_km is None else wishes.max_km


def _best_of_each(groups: IntArray, scores: FloatArray) -> IntArray:
    """Position of the highest score of each group; the first one of a tie. `groups` never descends."""
    if not len(groups):
        return np.zeros(0, dtype=np.int64)
    starts = np.flatnonzero(np.diff(groups, prepend=groups[0] - 1))
    highest = np.maximum.reduceat(scores, starts)
    number = np.cumsum(np.diff(groups, prepend=groups[0]) > 0)
    positions = np.where(scores == highest[number], np.arange(len(scores)), len(scores))
    return np.minimum.reduceat(positions, starts)

"""Learners against all modules: gap, hard wishes, score, order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from matching.core import components as fit
from matching.core.arrays import EditionArrays, FloatArray, Gap, IntArray, ModuleArrays, Wishes, check_length
from matching.core.editions import Offers
from matching.core.exclusions import Exclusion, survivors
from matching.core.order import page
from matching.core.score import weighted_sum, weights_for
from matching.core.steps import Steps, closing_pairs, steps_of
from matching.core.tables import GapTable, Pairs, WishTable, each, pairs_of_one
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
        fitting_offers: all of their editions that fit, in the same order; not of shape (n_ranked,) either.
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
    fitting_offers: Offers
    excluded: Mapping[Exclusion, int]

    @property
    def total(self) -> int:
        """How many modules fit, on all pages."""
        return len(self.fitting)

    def only(self, rows: IntArray) -> Ranking:
        """Only the modules of these rows in ModuleArrays, as far as they were ranked; what is said of all pages stays."""
        kept = np.flatnonzero(np.isin(self.module, rows))
        return replace(
            self,
            module=self.module[kept],
            offer=self.offer.only(kept),
            scores=self.scores[kept],
            values={name: value[kept] for name, value in self.values.items()},
            on_goal=self.on_goal[kept],
            other_steps=self.other_steps[kept],
            closed_steps=self.closed_steps[kept],
            net_hours=self.net_hours[kept],
        )


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
    return rankings(modules, editions, [gap], [wishes], [text_similarity], limit=limit, offset=offset)[0]


def rankings(
    modules: ModuleArrays,
    editions: EditionArrays,
    gaps: Sequence[Gap],
    wishes: Sequence[Wishes],
    text_similarity: Sequence[FloatArray | None],
    *,
    limit: int = 20,
    offset: int = 0,
) -> list[Ranking]:
    """The same for several learners in one pass; as many gaps and wishes as learners, at least one."""
    for gap, similarity in zip(gaps, text_similarity, strict=True):
        check_length("gap", gap.held, modules.n_skills)
        if similarity is not None:
            check_length("text_similarity", similarity, modules.n_modules)
    gap_table, table = GapTable.of(gaps), WishTable.of(wishes)
    pairs = closing_pairs(gap_table, modules)
    n_closing = np.bincount(pairs.learner, minlength=len(gaps))
    offers, removed = survivors(pairs, modules, editions, table)
    # Only what is left is looked at more closely: each pair once, and of its offers the best.
    starts, of_pair = _groups(offers)
    pairs = pairs.only(offers.candidate[starts])
    steps = steps_of(pairs, gap_table, modules)
    weights = [weights_for(_said(wish, similarity), wish.emphasis) for wish, similarity in zip(wishes, text_similarity, strict=True)]
    offer_values = _offer_values(offers, table)
    best = _best_of_each(starts, of_pair, _weighted(offer_values, weights, offers.learner))
    values = _pair_values(pairs, steps, gaps, table, modules, text_similarity) | {name: value[best] for name, value in offer_values.items()}
    on_goal = fit.on_goal(values[Component.FOCUS])
    scores = on_goal * _weighted(values, weights, pairs.learner)
    hours, beside = fit.net_hours(steps), fit.other_steps(steps)
    bounds, offer_bounds = (np.searchsorted(learner, np.arange(len(gaps) + 1)).tolist() for learner in (pairs.learner, offers.learner))
    found = []
    for number, ((begin, end), offers_of_own) in enumerate(zip(pairwise(bounds), pairwise(offer_bounds), strict=True)):
        own = slice(begin, end)
        rows = pairs.row[own]
        ties = (-steps.closed[own], offers.price_eur[best[own]], hours[own])
        order = begin + page(scores[own], ties, modules.key[rows], modules.course[rows], limit=limit, offset=offset)
        excluded = {Exclusion.NOTHING_TO_CLOSE: modules.n_modules - int(n_closing[number])}
        excluded |= {reason: int(counts[number]) for reason, counts in removed.items()}
        found.append(
            Ranking(
                module=pairs.row[order],
                offer=offers.only(best[order]),
                scores=scores[order],
                values={name: values[name][order] for name in weights[number]},
                weights=weights[number],
                on_goal=on_goal[order],
                other_steps=beside[order],
                closed_steps=steps.closed[order],
                net_hours=hours[order],
                fitting=rows,
                fitting_offers=offers.only(slice(*offers_of_own)),
                excluded={reason: count for reason, count in excluded.items() if count},
            )
        )
    return found


def best_offers(rows: IntArray, modules: ModuleArrays, editions: EditionArrays, wishes: Wishes) -> Offers:
    """For one learner the edition of each of the modules `rows` (ascending) that fits best, as `ranking` has it, whatever a module teaches.

    `candidate` is the position in `rows`; a module of which no edition fits the hard wishes has no offer.
    """
    table = WishTable.of([wishes])
    offers, _removed = survivors(pairs_of_one(rows), modules, editions, table)
    scores = _weighted(_offer_values(offers, table), [weights_for(_said(wishes, None), wishes.emphasis)], offers.learner)
    return offers.only(_best_of_each(*_groups(offers), scores))


def _groups(offers: Offers) -> tuple[IntArray, IntArray]:
    """Where the offers of each pair begin, and for each offer the number of its group."""
    starts = np.flatnonzero(np.diff(offers.candidate, prepend=-1))
    return starts, np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(offers.candidate))))


def _said(wishes: Wishes, text_similarity: FloatArray | None) -> list[Component]:
    """The components that say something for a learner."""
    says = {
        Component.LEVEL_FIT: wishes.nlqf is not None,
        Component.LANGUAGE_FIT: wishes.own_language is not None,
        Component.TEXT_SIMILARITY: text_similarity is not None,
        Component.PRICE_FIT: wishes.budget_eur is not None,
        Component.HOURS_FIT: wishes.hours_per_week is not None,
        Component.DISTANCE_FIT: wishes.near is not None,
    }
    return [component for component in Component if says.get(component, True)]


def _pair_values(
    pairs: Pairs, steps: Steps, gaps: Sequence[Gap], wishes: WishTable, modules: ModuleArrays, text_similarity: Sequence[FloatArray | None]
) -> Values:
    full = np.array([fit.full_steps(gap) for gap in gaps])
    lowest, highest = each(wishes.lowest_nlqf, pairs.learner), each(wishes.highest_nlqf, pairs.learner)
    similarity = np.zeros(len(pairs.row))
    for number, own in enumerate(text_similarity):
        if own is not None:
            is_own = pairs.learner == number
            similarity[is_own] = own[pairs.row[is_own]]
    return {
        Component.GAP_COVERAGE: fit.gap_coverage(steps, each(full, pairs.learner)),
        Component.ENTRY_READINESS: fit.entry_readiness(steps),
        Component.FOCUS: fit.focus(steps),
        Component.NOTHING_KNOWN: fit.nothing_known(steps),
        Component.LEVEL_FIT: fit.level_fit(modules.nlqf[pairs.row], lowest, highest),
        Component.TEXT_SIMILARITY: similarity,
        Component.LANGUAGE_FIT: fit.language_fit(modules.language[pairs.row], each(wishes.own_language, pairs.learner)),
        Component.CREDENTIAL_FIT: fit.credential_fit(modules.credential[pairs.row]),
    }


def _offer_values(offers: Offers, wishes: WishTable) -> Values:
    reach = np.where(np.isnan(wishes.max_km), fit.USUAL_REACH_KM, wishes.max_km)
    return {
        Component.START_FIT: fit.start_fit(offers, each(wishes.earliest, offers.learner)),
        Component.PRICE_FIT: fit.price_fit(offers, each(wishes.budget_eur, offers.learner)),
        Component.HOURS_FIT: fit.hours_fit(offers, each(wishes.hours_per_week, offers.learner)),
        Component.DISTANCE_FIT: fit.distance_fit(offers, each(reach, offers.learner)),
    }


def _weighted(values: Values, weights: Sequence[Mapping[Component, float]], learner: IntArray) -> FloatArray:
    """The weighted sum of the values; a component that says nothing for a learner has no weight there."""
    if len(weights) == 1:
        return weighted_sum({name: value for name, value in values.items() if name in weights[0]}, weights[0])
    by_learner = {name: np.array([own.get(name, 0.0) for own in weights])[learner] for name in values}
    return weighted_sum(values, by_learner)


def reach_km(wishes: Wishes) -> float:
    """Distance at which nothing of the distance fit is left."""
    return fit.USUAL_REACH_KM if wishes.max_km is None else wishes.max_km


def _best_of_each(starts: IntArray, groups: IntArray, scores: FloatArray) -> IntArray:
    """Position of the highest score of each group; the first one of a tie. The groups are 0, 1, 2 ..., beginning at `starts`."""
    if not len(groups):
        return np.zeros(0, dtype=np.int64)
    highest = np.maximum.reduceat(scores, starts)
    positions = np.where(scores == highest[groups], np.arange(len(scores)), len(scores))
    return np.minimum.reduceat(positions, starts)

"""The components of a score: each a pure function of what is known, with values in [0, 1], 1 is best.

A component answers for modules or for offers. What a provider does not state counts halfway (`NOT_STATED`), as a value drawn at random
between worst and best would on average, so that silence neither wins nor loses. Formulas and
arguments: docs/scoring.md, docs/adr/0004-score-components.md
"""

from __future__ import annotations

import numpy as np

from matching.core.arrays import FloatArray, Gap, ModuleArrays
from matching.core.editions import Offers
from matching.core.gap import closed_steps, entry_steps, known_steps, width

NOT_STATED = 0.5

HALF_VALUE_STEPS = 6.0
"""Steps of a wide gap that earn half of the coverage: what an ordinary module teaches (three skills, to level two)."""

NLQF_TOLERANCE = 3.0
"""Levels of the qualifications framework outside the fitting range at which nothing of the level fit is left."""

USUAL_REACH_KM = 50.0
"""Where the learner names no maximum: about an hour of travel."""

LONGEST_WAIT_DAYS = 182.0
"""Half a year: most modules start at least twice a year, so waiting longer is a wait for the next but one."""


def gap_coverage(gap: Gap, modules: ModuleArrays) -> FloatArray:
    """How far each module brings the learner: 0 closes nothing, 1 closes the whole gap.

    With c the weighted steps closed, g the weighted steps of the gap and k HALF_VALUE_STEPS: c / (c + k) x (g + k) / g. A plain share c / g
    would let the size of the gap decide how much coverage counts: in a gap of 150 steps the best module closes 0.06 of it, and every
    convenience would outweigh it.

    Returns:
        Shape (n_modules,), rising with c. All zeros when there is no gap.

    Raises:
        ShapeMismatch: the skill columns differ; the message names both lengths.
    """
    whole = width(gap)
    closed = closed_steps(gap, modules)
    if whole == 0.0:
        return np.zeros(modules.n_modules)
    return np.minimum(closed / (closed + HALF_VALUE_STEPS) * (whole + HALF_VALUE_STEPS) / whole, 1.0)


def entry_readiness(gap: Gap, modules: ModuleArrays) -> FloatArray:
    """Share of the level steps asked at entry that the learner holds. Shape (n_modules,); 1 where nothing is asked.

    Everyday skills of which nobody has said anything are a question, and count on neither side.
    """
    asked, met = entry_steps(gap, modules)
    return _share(met, asked)


def focus(gap: Gap, modules: ModuleArrays) -> FloatArray:
    """Share of the taught level steps that the learner needs for the goal and does not have. Shape (n_modules,).

    Every step counts alike here: importance weighs in the coverage.
    """
    return _share(closed_steps(gap, modules, is_weighted=False), modules.taught_steps, empty=0.0)


def nothing_known(held: FloatArray, modules: ModuleArrays) -> FloatArray:
    """Share of the taught level steps that are new to the learner. Shape (n_modules,); 1 where nothing is taught."""
    return 1.0 - _share(known_steps(held, modules), modules.taught_steps, empty=0.0)


def net_hours(held: FloatArray, modules: ModuleArrays) -> FloatArray:
    """Study load less the share of the taught steps that is known already. Shape (n_modules,), NaN where no load is stated."""
    return modules.hours * nothing_known(held, modules)


def level_fit(nlqf: FloatArray, fitting: tuple[float, float]) -> FloatArray:
    """How near each level of the qualifications framework lies to the fitting range: 1 inside, 0 from NLQF_TOLERANCE levels outside.

    Args:
        nlqf: any shape, NaN for no level.
        fitting: lowest and highest fitting level.
    """
    outside = np.maximum(fitting[0] - nlqf, 0.0) + np.maximum(nlqf - fitting[1], 0.0)
    return _stated(1.0 - outside / NLQF_TOLERANCE)


def hours_fit(offers: Offers, hours_per_week: float) -> FloatArray:
    """Hours a week that the learner has, as share of what the edition asks; at most 1, and 1 at one's own pace. Shape (n_offers,).

    Counts the stated load, not the net one: nobody promises that a timetable shrinks by what one knows already.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        fit = hours_per_week / offers.asked_hours_per_week
    return _stated(np.where(offers.asked_hours_per_week == 0.0, 1.0, fit))


def price_fit(offers: Offers, budget_eur: float) -> FloatArray:
    """Share of the budget that is left. Shape (n_offers,); with a budget of nothing, free fits and all else does not."""
    if budget_eur == 0.0:
        return np.where(np.isnan(offers.price_eur), NOT_STATED, offers.price_eur == 0.0)
    return _stated(1.0 - offers.price_eur / budget_eur)


def distance_fit(offers: Offers, reach_km: float) -> FloatArray:
    """1 at home or online, 0 at `reach_km` or farther, a straight line between. Shape (n_offers,)."""
    if reach_km == 0.0:
        return np.where(np.isnan(offers.distance_km), NOT_STATED, offers.distance_km == 0.0)
    return _stated(1.0 - offers.distance_km / reach_km)


def start_fit(offers: Offers, earliest: int) -> FloatArray:
    """1 for a start on the first possible day, 0 after LONGEST_WAIT_DAYS, a straight line between. Shape (n_offers,)."""
    return _stated(1.0 - (offers.start - earliest) / LONGEST_WAIT_DAYS)


def _share(part: FloatArray, whole: FloatArray, empty: float = 1.0) -> FloatArray:
    return np.asarray(np.divide(part, whole, out=np.full(len(whole), empty), where=whole > 0), dtype=np.float64)


def _stated(fit: FloatArray) -> FloatArray:
    return np.clip(np.where(np.isnan(fit), NOT_STATED, fit), 0.0, 1.0)

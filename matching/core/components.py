"""The components of a score: each a pure function of what is known, with values in [0, 1], 1 is best.

A component answers for pairs of learner and module, or for offers. What a provider does not state counts halfway (`NOT_STATED`), as a
value drawn at random between worst and best would on average, so that silence neither wins nor loses. Formulas and arguments:
docs/scoring.md, docs/adr/0004-score-components.md
"""

from __future__ import annotations

import numpy as np

from matching.core.arrays import FloatArray, Gap, IntArray, ModuleArrays
from matching.core.editions import Offers
from matching.core.gap import width
from matching.core.steps import Steps, closing_pairs, steps_of
from matching.core.tables import GapTable

NOT_STATED = 0.5

FULL_STEPS = 8.0
"""Weighted steps that earn the whole coverage: as many as an ordinary module teaches in all (the median of the example catalogue)."""

HOURS_A_STEP = 12.0
"""A module names a few skills, whatever its length. What takes more hours than this for each step named, teaches more than it names: 60
percent of the modules of the example catalogue need fewer."""

LEAST_FOCUS = 0.3
"""Below this share of a module that counts for the goal, all of its score counts for proportionally less."""

NLQF_TOLERANCE = 3.0
"""Levels of the qualifications framework outside the fitting range at which nothing of the level fit is left."""

USUAL_REACH_KM = 50.0
"""Where the learner names no maximum: about an hour of travel."""

LONGEST_WAIT_DAYS = 182.0
"""Half a year: most modules start at least twice a year, so waiting longer is a wait for the next but one."""


def gap_coverage(steps: Steps, full: FloatArray) -> FloatArray:
    """How far each module brings the learner: 0 closes nothing, 1 closes the whole gap, or FULL_STEPS of a wide one.

    With c the weighted steps closed and g the weighted steps of the gap: c / min(g, FULL_STEPS), at most 1. A plain share c / g would let
    the size of the gap decide how much coverage counts: in a gap of 150 steps the best module closes 0.06 of it, and every convenience
    would outweigh it. A straight line lets a reader check the number.

    Args:
        full: shape (n_pairs,) or (1,), `full_steps` of each learner.

    Returns:
        Shape (n_pairs,), rising with c. All zeros when there is no gap.
    """
    full = np.broadcast_to(full, steps.closed.shape)
    return np.minimum(_share(steps.closed, full, empty=0.0), 1.0)


def full_steps(gap: Gap) -> float:
    """Weighted steps that earn the whole coverage."""
    return min(width(gap), FULL_STEPS)


def entry_readiness(steps: Steps) -> FloatArray:
    """Share of the level steps asked at entry that the learner holds. Shape (n_pairs,); 1 where nothing is asked.

    Everyday skills of which nobody has said anything are a question, and count on neither side.
    """
    return _share(steps.met, steps.asked)


def focus(steps: Steps) -> FloatArray:
    """Share of each module that counts for the goal: weighted steps closed, of those and the steps beside the goal. Shape (n_pairs,).

    The needed steps count by their importance in both, so that a module of generic skills in another trade has little focus, and one that
    teaches more of what is needed never has less.
    """
    return _share(steps.closed, steps.closed + other_steps(steps), empty=0.0)


def beside_goal(gap: Gap, modules: ModuleArrays) -> IntArray:
    """Rows of the modules that close part of a gap, and yet are mostly about something else: focus below LEAST_FOCUS. Ascending."""
    gaps = GapTable.of([gap])
    pairs = closing_pairs(gaps, modules)
    return pairs.row[focus(steps_of(pairs, gaps, modules)) < LEAST_FOCUS]


def other_steps(steps: Steps) -> FloatArray:
    """Steps of each module beside the goal: of those that it names, or of those that its hours stand for where that is more.

    What the learner knows already of a skill of the goal is beside it neither: `nothing_known` counts that.
    """
    return np.fmax(steps.taught, steps.hours / HOURS_A_STEP) - steps.closed_plain - steps.known_of_goal


def on_goal(focus_of_modules: FloatArray) -> FloatArray:
    """What counts of each score: all from LEAST_FOCUS on, proportionally less below. Same shape."""
    return np.minimum(focus_of_modules / LEAST_FOCUS, 1.0)


def nothing_known(steps: Steps) -> FloatArray:
    """Share of the taught level steps that are new to the learner. Shape (n_pairs,); 1 where nothing is taught.

    What we only assume to be held is new: hours are not promised away on a guess.
    """
    return 1.0 - _share(steps.known, steps.taught, empty=0.0)


def net_hours(steps: Steps) -> FloatArray:
    """Study load less the share of the taught steps that is known already. Shape (n_pairs,), NaN where no load is stated."""
    return steps.hours * nothing_known(steps)


def level_fit(nlqf: FloatArray, lowest: FloatArray, highest: FloatArray) -> FloatArray:
    """How near each level of the qualifications framework lies to the fitting range: 1 inside, 0 from NLQF_TOLERANCE levels outside.

    Args:
        nlqf: any shape, NaN for no level.
        lowest, highest: the fitting range; of the same shape, or one for all.
    """
    outside = np.maximum(lowest - nlqf, 0.0) + np.maximum(nlqf - highest, 0.0)
    return _stated(1.0 - outside / NLQF_TOLERANCE)


def language_fit(language: IntArray, own: FloatArray) -> FloatArray:
    """1 for lessons in the learner's own language, 0 for another accepted one. Shape of `language`.

    Args:
        own: the code of the own language; of the same shape, or one for all.
    """
    return np.asarray(language == own, dtype=np.float64)


def credential_fit(credential: FloatArray) -> FloatArray:
    """How widely known is what one holds afterwards: 1 a diploma, 0 nothing. Same shape."""
    return _stated(credential)


def hours_fit(offers: Offers, hours_per_week: FloatArray) -> FloatArray:
    """Hours a week that the learner has, as share of what the edition asks; at most 1, and 1 at one's own pace. Shape (n_offers,).

    Counts the stated load, not the net one: nobody promises that a timetable shrinks by what one knows already.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        fit = hours_per_week / offers.asked_hours_per_week
    return _stated(np.where(offers.asked_hours_per_week == 0.0, 1.0, fit))


def price_fit(offers: Offers, budget_eur: FloatArray) -> FloatArray:
    """Share of the budget that is left. Shape (n_offers,); with a budget of nothing, free fits and all else does not."""
    return _left(offers.price_eur, budget_eur)


def distance_fit(offers: Offers, reach_km: FloatArray) -> FloatArray:
    """1 at home or online, 0 at `reach_km` or farther, a straight line between. Shape (n_offers,)."""
    return _left(offers.distance_km, reach_km)


def start_fit(offers: Offers, earliest: FloatArray) -> FloatArray:
    """1 for a start on the first possible day, 0 after LONGEST_WAIT_DAYS, a straight line between. Shape (n_offers,)."""
    return _stated(1.0 - (offers.start - earliest) / LONGEST_WAIT_DAYS)


def _left(taken: FloatArray, limit: FloatArray) -> FloatArray:
    """The share of a limit that is left; of a limit of nothing, all where nothing is taken."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = 1.0 - taken / limit
    return _stated(np.where((limit == 0.0) & ~np.isnan(taken), taken == 0.0, share))


def _share(part: FloatArray, whole: FloatArray, empty: float = 1.0) -> FloatArray:
    return np.asarray(np.divide(part, whole, out=np.full(len(whole), empty), where=whole > 0), dtype=np.float64)


def _stated(fit: FloatArray) -> FloatArray:
    return np.clip(np.where(np.isnan(fit), NOT_STATED, fit), 0.0, 1.0)

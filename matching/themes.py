"""A transition theme as a goal: the skills that its modules teach, that its own more than others', and that work asks."""

from __future__ import annotations

import numpy as np

from matching.core.arrays import FloatArray
from matching.core.components import level_fit
from matching.gather import Catalogue
from matching.profile_arrays import SHARED_IMPORTANCE, Aim

THEME_SKILLS = 15
"""About as many as an occupation of the example catalogue asks: a goal that one can oversee."""

LEAST_IMPORTANCE = 0.1
"""What is among the chosen skills counts for something, however much the first ones lead."""

LEAST_COUNT = 0.1
"""Of a module whose level does not fit at all: a theme that has no others is still a goal."""


def theme_aims(theme_id: int, catalogue: Catalogue, fitting: tuple[float, float] | None) -> list[Aim]:
    """The goal skills of a theme, most important first; none for a theme without modules.

    A skill counts by the number of modules of the theme that teach it, times the share that they are of all modules that do: what a theme
    teaches often and others seldom is what it is about. A module counts as far as its level fits, since energy is something else to a
    fitter than to an engineer. Skills of use in every trade count for half, and those that no occupation needs for nothing. The level is
    the middle one of those that occupations ask, the lower of two. The first THEME_SKILLS are the goal; importance is relative to the
    first.

    Args:
        fitting: the levels of the qualifications framework that suit the learner, lowest and highest; None where they are not known.
    """
    taught = catalogue.modules.taught_by_skill
    column = np.repeat(np.arange(catalogue.modules.n_skills), np.diff(taught.indptr))
    is_own = catalogue.themes[taught.indices] == theme_id
    counts = _counts(catalogue, fitting)[taught.indices]
    own, every = (np.bincount(column, counts * part, minlength=catalogue.modules.n_skills) for part in (is_own, 1.0))
    needed = np.bincount(catalogue.occupations.column, minlength=len(own)) > 0
    worth = own * own / np.maximum(every, LEAST_COUNT) * np.where(catalogue.background.shared, SHARED_IMPORTANCE, 1.0) * needed
    best = np.lexsort((catalogue.skill_ids, -worth))[:THEME_SKILLS]
    best = best[worth[best] > 0]
    importance = np.maximum(worth[best] / worth[best].max(initial=1e-9), LEAST_IMPORTANCE)
    levels = (np.sort(catalogue.occupations.level[catalogue.occupations.column == skill]) for skill in best.tolist())
    return [
        Aim(int(key), int(asked[(len(asked) - 1) // 2]), float(weight))
        for key, asked, weight in zip(catalogue.skill_ids[best], levels, importance, strict=True)
    ]


def _counts(catalogue: Catalogue, fitting: tuple[float, float] | None) -> FloatArray:
    """How far each module counts for what a theme is about: as far as its level fits, and by LEAST_COUNT at least. Shape (n_modules,)."""
    if fitting is None:
        return np.ones(len(catalogue.themes))
    return np.maximum(level_fit(catalogue.modules.nlqf, *np.array(fitting)), LEAST_COUNT)

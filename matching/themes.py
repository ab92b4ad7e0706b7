"""A transition theme as a goal: the skills that its modules teach, that its own more than others', and that work asks."""

from __future__ import annotations

import numpy as np

from matching.gather import Catalogue
from matching.learner import SHARED_IMPORTANCE, Aim

THEME_SKILLS = 15
"""About as many as an occupation of the example catalogue asks: a goal that one can oversee."""

LEAST_IMPORTANCE = 0.1
"""What is among the chosen skills counts for something, however much the first ones lead."""


def theme_aims(theme_id: int, catalogue: Catalogue) -> list[Aim]:
    """The goal skills of a theme, most important first; none for a theme without modules.

    A skill counts by the number of modules of the theme that teach it, times the share that they are of all modules that do: what a theme
    teaches often and others seldom is what it is about. Skills of use in every trade count for half, and those that no occupation needs for
    nothing. The level is the middle one of those that occupations ask, the lower of two. The first THEME_SKILLS are the goal; importance is
    relative to the first.
    """
    taught = catalogue.modules.taught_by_skill
    column = np.repeat(np.arange(catalogue.modules.n_skills), np.diff(taught.indptr))
    is_own = catalogue.themes[taught.indices] == theme_id
    own, every = (np.bincount(cells, minlength=catalogue.modules.n_skills) for cells in (column[is_own], column))
    needed = np.bincount(catalogue.occupations.column, minlength=len(own)) > 0
    worth = own * own / np.maximum(every, 1) * np.where(catalogue.background.shared, SHARED_IMPORTANCE, 1.0) * needed
    best = np.lexsort((catalogue.skill_ids, -worth))[:THEME_SKILLS]
    best = best[worth[best] > 0]
    importance = np.maximum(worth[best] / worth[best].max(initial=1e-9), LEAST_IMPORTANCE)
    levels = (np.sort(catalogue.occupations.level[catalogue.occupations.column == skill]) for skill in best.tolist())
    return [
        Aim(int(key), int(asked[(len(asked) - 1) // 2]), float(weight))
        for key, asked, weight in zip(catalogue.skill_ids[best], levels, importance, strict=True)
    ]

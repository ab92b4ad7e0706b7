"""What people can do without anybody writing it down: the broader skill behind a narrower one, and what all work of a sort asks.

A list of an occupation's skills names what is special about it. That a heating fitter can use hand tools and lays pipes, who solders and
presses them, goes without saying, and so is not said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matching.core.arrays import BoolArray, IntArray

LEAST_SHARE = 0.5
"""What at least half of the occupations of a major group ask, counts for every occupation in it."""

LEVELS_LESS = 1
"""An inference counts one level lower than what it rests on: who can do a part independently, does the whole with some help."""

NEAR_FROM = 2
"""Who needs no explanation in a skill any more can bring something of it to a near one."""

MOST_NEAR = 10
"""A skill with more near ones than this is so wide that it says little of each."""


@dataclass(frozen=True)
class Background:
    """What follows from skills and from kinds of work.

    Attributes:
        everyday: shape (n_skills,), whether the skill belongs to no trade: people have it or not, whatever their work, and lists of
            occupations mostly leave it out. Reading, arithmetic, hand tools.
        shared: shape (n_skills,), whether the skill is an everyday one or of use in every trade (ESCO: transversal): presenting, reporting.
        broader: by skill column the columns of the skills one step broader; groups of skills, which nobody holds, are left out.
        near: by skill column the columns of the skills that it resembles: related ones, and those one step narrower.
        usual: by ISCO-08 major group (one digit) the everyday skills, as column and level, that work of that group asks.
    """

    everyday: BoolArray
    shared: BoolArray
    broader: Mapping[int, Sequence[int]]
    near: Mapping[int, Sequence[int]]
    usual: Mapping[str, Sequence[tuple[int, int]]]


def usual_skills(
    groups: Sequence[str], columns: Sequence[IntArray], levels: Sequence[IntArray], everyday: BoolArray
) -> dict[str, tuple[tuple[int, int], ...]]:
    """The everyday skills of each major group: those that LEAST_SHARE of its occupations ask, at their middle level, the lower of two.

    Occupations that name no everyday skill at all are not counted: their list says nothing about them.

    Args:
        groups: major group of each occupation, "" where not known.
        columns, levels: what each occupation needs.
    """
    asked: dict[str, dict[int, list[int]]] = {}
    counted: dict[str, int] = {}
    for group, own, at in zip(groups, columns, levels, strict=True):
        named = everyday[own]
        if group and named.any():
            counted[group] = counted.get(group, 0) + 1
            for column, level in zip(own[named].tolist(), at[named].tolist(), strict=True):
                asked.setdefault(group, {}).setdefault(column, []).append(level)
    return {
        group: tuple(
            (column, sorted(found)[(len(found) - 1) // 2])
            for column, found in sorted(skills.items())
            if len(found) >= LEAST_SHARE * counted[group]
        )
        for group, skills in asked.items()
    }


def implied_levels(levels: Mapping[int, int], group: str, background: Background) -> dict[int, int]:
    """What follows from skills held at `levels` (by column) in work of a major group, by column; what is held already is left out.

    A skill held at level n implies each broader one at n - 1, and that one the next. Levels end at 1, and so do chains and circles.
    """
    implied: dict[int, int] = {}
    usual = {column: level - LEVELS_LESS for column, level in background.usual.get(group, ())}
    waiting = [(column, level - LEVELS_LESS) for held, level in levels.items() for column in background.broader.get(held, ())]
    waiting += usual.items()
    while waiting:
        column, level = waiting.pop()
        if level > max(implied.get(column, 0), levels.get(column, 0)):
            implied[column] = level
            waiting += ((broad, level - LEVELS_LESS) for broad in background.broader.get(column, ()))
    return implied


def near_skills(levels: Mapping[int, int], background: Background) -> dict[int, int]:
    """Which of the skills held at `levels` (by column) each unheld near skill resembles most: the one held highest, then of lowest column.

    Only what is held at NEAR_FROM or above and has at most MOST_NEAR near ones helps; everyday skills are not helped: those are asked for.
    """
    found: dict[int, int] = {}
    for held in sorted(levels, key=lambda column: (-levels[column], column)):
        if levels[held] < NEAR_FROM:
            break
        near = background.near.get(held, ())
        for column in near if len(near) <= MOST_NEAR else ():
            if column not in levels and not background.everyday[column]:
                found.setdefault(column, held)
    return found


def unknown_skills(said: IntArray, background: Background) -> BoolArray:
    """Whether each skill is an everyday one about which nothing was said. Shape (n_skills,).

    Args:
        said: columns of which the learner or the occupation says something, "no" included.
    """
    unknown = background.everyday.copy()
    unknown[said] = False
    return np.asarray(unknown, dtype=np.bool_)

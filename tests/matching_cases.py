"""Small catalogues and learners as plain values, their arrays, and Hypothesis strategies that draw them."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
from hypothesis import strategies as st
from scipy.sparse import csr_array

from matching.core.arrays import AGREED, DIRECT, FIXED, ROLLING, UNKNOWN, WHEN_ENROLLED, EditionArrays, Gap, ModuleArrays, Wishes
from matching.core.path.candidates import usual
from matching.core.path.field import PathQuestion
from matching.core.steps import Steps, steps_of
from matching.core.tables import GapTable, pairs_of_one
from matching.core.weights import CHANGEABLE
from matching.gather import Catalogue

N_SKILLS = 6
TODAY = date(2026, 11, 23).toordinal()
PLACES = ((51.69, 5.30), (51.59, 4.78), (53.20, 5.80))
"""'s-Hertogenbosch, Breda, Leeuwarden."""
ONLINE = 1
"""Code of the online format."""
NOTHING: Any = None
"""What a path asks nothing of."""


@dataclass(frozen=True)
class PlainEdition:
    """One run, in the codes of the arrays; None where not stated."""

    start_type: int = AGREED
    start_on: int = 0
    every_weeks: int = 0
    weeks: float | None = None
    price_eur: float | None = None
    format: int = 0
    moment: int = 0
    place: int = 0


@dataclass(frozen=True)
class PlainModule:
    """One module with its editions; skills by column."""

    key: int
    taught: Mapping[int, int]
    required: Mapping[int, int] = field(default_factory=dict)
    hours: float | None = 40.0
    level: int = 0
    nlqf: float | None = 3.0
    language: int = 0
    credential: float = 0.5
    course: int | None = None
    editions: Sequence[PlainEdition] = (PlainEdition(),)


def steps_to(wanted: Gap, modules: ModuleArrays) -> Steps:
    """What every module means to one learner."""
    return steps_of(pairs_of_one(np.arange(modules.n_modules)), GapTable.of([wanted]), modules)


def module_arrays(modules: Sequence[PlainModule], n_skills: int = N_SKILLS) -> ModuleArrays:
    def levels(name: str) -> csr_array:
        dense = np.zeros((len(modules), n_skills), dtype=np.int8)
        for row, module in enumerate(modules):
            for column, level in getattr(module, name).items():
                dense[row, column] = level
        return csr_array(dense)

    return ModuleArrays(
        key=np.array([module.key for module in modules], dtype=np.int64),
        taught=levels("taught"),
        required=levels("required"),
        hours=np.array([module.hours for module in modules], dtype=np.float64),
        level=np.array([module.level for module in modules], dtype=np.int64),
        nlqf=np.array([module.nlqf for module in modules], dtype=np.float64),
        language=np.array([module.language for module in modules], dtype=np.int64),
        credential=np.array([module.credential for module in modules], dtype=np.float64),
        course=np.array([module.key if module.course is None else module.course for module in modules], dtype=np.int64),
    )


def edition_arrays(modules: Sequence[PlainModule]) -> EditionArrays:
    rows = [(row, edition) for row, module in enumerate(modules) for edition in module.editions]

    def column(name: str, dtype: type) -> np.ndarray:
        return np.array([getattr(edition, name) for _, edition in rows], dtype=dtype)

    return EditionArrays(
        key=np.arange(len(rows), dtype=np.int64),
        module=np.array([row for row, _ in rows], dtype=np.int64),
        start_type=column("start_type", np.int64),
        start_on=column("start_on", np.int64),
        every_weeks=column("every_weeks", np.int64),
        weeks=column("weeks", np.float64),
        price_eur=column("price_eur", np.float64),
        format=column("format", np.int64),
        moment=column("moment", np.int64),
        is_online=column("format", np.int64) == ONLINE,
        place=column("place", np.int64),
        latitude=np.array([place[0] for place in PLACES]),
        longitude=np.array([place[1] for place in PLACES]),
    )


def gap(
    held: Mapping[int, float],
    goal: Mapping[int, tuple[float, float]],
    unknown: Mapping[int, float] = MappingProxyType({}),
    n_skills: int = N_SKILLS,
) -> Gap:
    """`goal` maps a column to level and importance, `unknown` a column to the level up to which it is a question."""
    arrays = np.zeros((3, n_skills))
    for column, level in held.items():
        arrays[0, column] = level
    for column, (level, importance) in goal.items():
        arrays[1, column], arrays[2, column] = level, importance
    levels = np.zeros(n_skills)
    for column, level in unknown.items():
        levels[column] = level
    return Gap(*arrays, levels)


def question_of(
    modules: Sequence[PlainModule], wanted: Gap, wish: Wishes, pinned: Collection[int] = (), stacks: tuple[tuple[int, ...], ...] = ()
) -> PathQuestion:
    """What one learner asks of a path, for as much money in all as for each module; `pinned` are keys."""
    arrays, editions = module_arrays(modules), edition_arrays(modules)
    pins = tuple(row for row, module in enumerate(modules) if module.key in pinned)
    return PathQuestion(wanted, arrays, editions, wish, usual(arrays, editions), wish.budget_eur, stacks, pins)


def catalogue_of(modules: Sequence[PlainModule]) -> Catalogue:
    """As much of a catalogue as it takes to tell a path."""
    return Catalogue(
        modules=module_arrays(modules),
        editions=edition_arrays(modules),
        occupations=NOTHING,
        background=NOTHING,
        skill_ids=np.arange(N_SKILLS),
        languages={},
        titles=(),
        stacks={},
        themes=np.zeros(len(modules), dtype=np.int64),
    )


columns = st.integers(0, N_SKILLS - 1)
steps = st.integers(1, 4)
held_levels = st.dictionaries(columns, st.sampled_from([0.25, 0.5, 1, 2, 3, 4]), max_size=4)
"""Whole levels are known; a part of a step is assumed."""
goals = st.dictionaries(columns, st.tuples(steps, st.sampled_from([0.3, 0.72, 1.0])), min_size=3, max_size=N_SKILLS) | st.just({})
days = st.integers(TODAY - 60, TODAY + 200)


@st.composite
def editions(draw: st.DrawFn) -> PlainEdition:
    kind = draw(st.sampled_from([FIXED, DIRECT, AGREED, ROLLING, WHEN_ENROLLED]))
    is_dated = kind == FIXED or (kind == ROLLING and draw(st.booleans()))
    return PlainEdition(
        start_type=kind,
        start_on=draw(days) if is_dated else 0,
        every_weeks=draw(st.integers(1, 12)) if kind == ROLLING else 0,
        weeks=draw(st.sampled_from([None, 1.0, 6.0, 20.0])),
        price_eur=draw(st.sampled_from([None, 0.0, 250.0, 900.0])),
        format=draw(st.sampled_from([UNKNOWN, 0, ONLINE, 2])),
        moment=draw(st.sampled_from([UNKNOWN, 0, 1, 2])),
        place=draw(st.sampled_from([UNKNOWN, 0, 1, 2])),
    )


@st.composite
def catalogues(draw: st.DrawFn, min_size: int = 0, max_size: int = 6) -> list[PlainModule]:
    keys = draw(st.lists(st.integers(1, 99), unique=True, min_size=min_size, max_size=max_size))
    return [
        PlainModule(
            key=key,
            taught=draw(st.dictionaries(columns, steps, min_size=1, max_size=4)),
            required=draw(st.dictionaries(columns, steps, max_size=2)),
            hours=draw(st.sampled_from([None, 0.0, 12.0, 80.0])),
            level=draw(st.integers(0, 2)),
            nlqf=draw(st.sampled_from([None, 2.0, 4.0, 7.0])),
            language=draw(st.integers(0, 1)),
            credential=draw(st.sampled_from([0.0, 0.75, 1.0])),
            course=draw(st.sampled_from([None, 0])),
            editions=draw(st.lists(editions(), min_size=1, max_size=3)),
        )
        for key in keys
    ]


@st.composite
def wishes(draw: st.DrawFn) -> Wishes:
    """Mostly a few wishes: with many at once nothing is left of a small catalogue, and a property of nothing shows nothing."""
    codes = st.frozensets(st.integers(0, 2), min_size=1)
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "budget_eur": st.sampled_from([0.0, 300.0, 2000.0]),
        "hours_per_week": st.sampled_from([2.0, 8.0]),
        "near": st.sampled_from(PLACES),
        "max_km": st.sampled_from([0.0, 50.0]),
        "languages": codes,
        "formats": codes,
        "moments": codes,
        "levels": codes,
        "start_after": days,
        "finish_by": days,
        "nlqf": st.sampled_from([(2.0, 4.0), (6.0, 8.0)]),
        "own_language": st.integers(0, 1),
    }
    emphasis = draw(st.dictionaries(st.sampled_from(sorted(CHANGEABLE)), st.sampled_from([0.0, 0.25, 1.0, 3.0]), max_size=3))
    made = draw(st.sets(st.sampled_from(sorted(kinds)), max_size=3) | st.just(set(kinds)))
    return Wishes(today=TODAY, emphasis=emphasis, **{name: draw(kind) if name in made else None for name, kind in kinds.items()})


gaps = st.builds(gap, held_levels, goals, st.dictionaries(columns, st.sampled_from([1, 2]), max_size=2))


def random_case(chance: random.Random) -> tuple[list[PlainModule], Gap, Wishes]:
    """A catalogue of 3 to 12 modules, a gap and a few wishes, as random as the generator; far quicker than the strategies."""

    def levels(most: int) -> dict[int, int]:
        return {column: chance.randint(1, 4) for column in chance.sample(range(N_SKILLS), chance.randint(0, most))}

    def perhaps(values: Sequence[Any], share: float = 0.25) -> Any:
        return chance.choice(values) if chance.random() < share else None

    def edition() -> PlainEdition:
        kind = chance.choice([FIXED, DIRECT, AGREED, ROLLING, WHEN_ENROLLED])
        return PlainEdition(
            start_type=kind,
            start_on=TODAY + chance.randint(-60, 200) if kind in (FIXED, ROLLING) else 0,
            every_weeks=chance.randint(1, 12) if kind == ROLLING else 0,
            weeks=perhaps([1.0, 6.0, 20.0], 0.8),
            price_eur=perhaps([0.0, 250.0, 900.0, 1234.5], 0.8),
            format=chance.choice([UNKNOWN, 0, ONLINE, 2]),
            moment=chance.choice([UNKNOWN, 0, 1, 2]),
            place=chance.choice([UNKNOWN, 0, 1, 2]),
        )

    modules = [
        PlainModule(
            key=key,
            taught=levels(5),
            required=levels(2),
            hours=perhaps([0.0, 12.0, 37.5, 80.0, 240.0], 0.9),
            level=chance.randrange(3),
            nlqf=perhaps([2.0, 4.0, 7.0], 0.9),
            language=chance.randrange(2),
            credential=chance.choice([0.0, 0.75, 1.0]),
            course=perhaps([0], 0.3),
            editions=[edition() for _ in range(chance.randint(1, 3))],
        )
        for key in chance.sample(range(1, 100), chance.randint(3, 12))
    ]
    codes = [frozenset({code, other}) for code in range(3) for other in range(3)]
    wish = Wishes(
        today=TODAY,
        budget_eur=perhaps([0.0, 300.0, 2000.0]),
        hours_per_week=perhaps([2.0, 8.0]),
        near=perhaps(PLACES),
        max_km=perhaps([0.0, 50.0, 150.0]),
        languages=perhaps(codes),
        formats=perhaps(codes),
        moments=perhaps(codes),
        levels=perhaps(codes),
        start_after=perhaps(range(TODAY - 60, TODAY + 200)),
        finish_by=perhaps(range(TODAY, TODAY + 400)),
        nlqf=perhaps([(2.0, 4.0), (6.0, 8.0)]),
        own_language=perhaps([0, 1]),
        emphasis={name: chance.choice([0.0, 0.25, 3.0]) for name in chance.sample(sorted(CHANGEABLE), chance.randint(0, 3))},
    )
    goal = {column: (level, chance.choice([0.3, 0.72, 1.0])) for column, level in levels(N_SKILLS).items()}
    held = levels(4) | {column: chance.choice([0.25, 0.5]) for column in chance.sample(range(N_SKILLS), chance.randint(0, 2))}
    unknown = {column: chance.choice([1, 2]) for column in chance.sample(range(N_SKILLS), chance.randint(0, 2))}
    return modules, gap(held, goal, unknown), wish

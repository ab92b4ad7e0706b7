"""The arrays that matching works on. Orientation is always (modules, skills); unknown numbers are NaN, unknown codes -1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

from matching.core.weights import Component

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

UNKNOWN = -1
"""Code of a value that the provider does not state."""

FIXED, DIRECT, AGREED, ROLLING, WHEN_ENROLLED = range(5)
"""Codes of how an edition starts, in the order of `catalogue.vocabulary.StartType`."""


class ShapeMismatch(ValueError):
    """Two arrays that must be equally long are not: `name` is the one that differs, `expected` and `found` are the lengths."""

    def __init__(self, name: str, expected: int, found: int) -> None:
        super().__init__(f"{name} has length {found} where {expected} is expected")
        self.name, self.expected, self.found = name, expected, found


def check_length(name: str, array: Any, expected: int) -> None:
    """Raises ShapeMismatch unless the first axis of `array` is `expected` long."""
    if array.shape[0] != expected:
        raise ShapeMismatch(name, expected, array.shape[0])


def ranges(begin: NDArray[np.signedinteger[Any]], end: NDArray[np.signedinteger[Any]]) -> tuple[IntArray, IntArray]:
    """The numbers from each of `begin` up to its `end`, one run after the other: which run each is of, and the numbers."""
    sizes = (end - begin).astype(np.int64)
    owners = np.repeat(np.arange(len(sizes)), sizes)
    return owners, np.arange(len(owners)) + np.repeat(begin - np.cumsum(sizes) + sizes, sizes)


def cells_of(groups: IntArray, of: IntArray) -> tuple[IntArray, IntArray]:
    """Of cells whose group is given, never descending, those of some groups: position in `of`, and the cell."""
    return ranges(np.searchsorted(groups, of), np.searchsorted(groups, of, side="right"))


@dataclass(frozen=True)
class ModuleArrays:
    """All modules that can be matched.

    Attributes:
        key: shape (n_modules,), a number of the module that never changes; the last tie-break.
        taught: CSR, shape (n_modules, n_skills), level reached, 1-4.
        required: CSR, same shape, level asked at entry, 1-4.
        hours: shape (n_modules,), study load; NaN where not stated.
        level: shape (n_modules,), code of the education level.
        nlqf: shape (n_modules,), level in the Dutch qualifications framework, 1-8; NaN for no level.
        language: shape (n_modules,), code of the language of instruction.
        credential: shape (n_modules,), in [0, 1], how widely known is what one holds afterwards.
        course: shape (n_modules,), the same number for copies of one course (same title, same provider).

    Raises:
        ShapeMismatch: the arrays are not equally long, or the skill columns differ.
    """

    key: IntArray
    taught: csr_array[Any]
    required: csr_array[Any]
    hours: FloatArray
    level: IntArray
    nlqf: FloatArray
    language: IntArray
    credential: FloatArray
    course: IntArray

    def __post_init__(self) -> None:
        for name in ("taught", "required", "hours", "level", "nlqf", "language", "credential", "course"):
            check_length(name, getattr(self, name), len(self.key))
        if self.required.shape[1] != self.n_skills:
            raise ShapeMismatch("required skills", self.n_skills, self.required.shape[1])

    @property
    def n_modules(self) -> int:
        """How many modules there are."""
        return len(self.key)

    @property
    def n_skills(self) -> int:
        """How many skill columns there are."""
        return int(self.taught.shape[1])

    @cached_property
    def taught_by_skill(self) -> csc_array[Any]:
        """`taught` in column order, so that a question touches only the skills that it is about."""
        return _by_skill(self.taught)

    @cached_property
    def required_by_skill(self) -> csc_array[Any]:
        """`required` in column order."""
        return _by_skill(self.required)

    @cached_property
    def entry_by_skill(self) -> csc_array[Any]:
        """The cells of `taught_by_skill`, with the level that the module asks of that same skill at entry; 0 where it asks none.

        A module that asks level 2 and teaches level 3 teaches one step, and nothing to who stands at 0.
        """
        taught, required = self.taught_by_skill, self.required_by_skill
        asked, wanted = _cell_numbers(required), _cell_numbers(taught)
        levels = np.append(required.data, 0)
        at = np.searchsorted(asked, wanted)
        is_asked = np.append(asked, -1)[at] == wanted
        return csc_array((np.where(is_asked, levels[at], 0), taught.indices, taught.indptr), shape=taught.shape)

    @cached_property
    def taught_rows(self) -> IntArray:
        """The module row of each cell of `taught`."""
        return _rows(self.taught)

    @cached_property
    def required_rows(self) -> IntArray:
        """The module row of each cell of `required`."""
        return _rows(self.required)

    @cached_property
    def taught_entry(self) -> NDArray[Any]:
        """For each cell of `taught`, in its own order, the level that the module asks of that same skill at entry; 0 where it asks none."""
        asked, wanted = _numbers_by_row(self.required), _numbers_by_row(self.taught)
        levels = np.append(self.required.data, 0)
        at = np.searchsorted(asked, wanted)
        return np.asarray(np.where(np.append(asked, -1)[at] == wanted, levels[at], 0))

    @cached_property
    def taught_steps(self) -> FloatArray:
        """Shape (n_modules,): level steps that each module teaches, each skill counted from the level asked at entry."""
        taught = self.taught_by_skill
        steps = np.maximum(taught.data.astype(np.float64) - self.entry_by_skill.data, 0.0)
        return np.bincount(taught.indices, weights=steps, minlength=self.n_modules).astype(np.float64, copy=False)

    @cached_property
    def widest_steps(self) -> FloatArray:
        """Shape (n_modules,): steps of the skill that each module brings furthest."""
        taught, widest = self.taught_by_skill, np.zeros(self.n_modules)
        np.maximum.at(widest, taught.indices, taught.data.astype(np.float64) - self.entry_by_skill.data)
        return widest

    @cached_property
    def main_share(self) -> FloatArray:
        """For each cell of `taught_by_skill`, its share of the steps that the module teaches; 0 where another skill is brought further."""
        taught = self.taught_by_skill
        steps, rows = taught.data.astype(np.float64) - self.entry_by_skill.data, taught.indices
        share = np.divide(steps, self.taught_steps[rows], out=np.zeros(len(steps)), where=self.taught_steps[rows] > 0)
        return np.where(steps >= self.widest_steps[rows], share, 0.0)

    @cached_property
    def required_steps(self) -> FloatArray:
        """Shape (n_modules,): level steps that each module asks at entry."""
        return np.asarray(self.required.sum(axis=1, dtype=np.float64)).ravel()


def levels_of(levels: csr_array[Any], row: int) -> dict[int, int]:
    """The levels of one module by skill column; some hundred times as fast as asking the matrix for each."""
    cells = slice(levels.indptr[row], levels.indptr[row + 1])
    return dict(zip(levels.indices[cells].tolist(), levels.data[cells].tolist(), strict=True))


def _rows(table: csr_array[Any]) -> IntArray:
    return np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))


def _by_skill(levels: csr_array[Any]) -> csc_array[Any]:
    columns = levels.tocsc()
    columns.sort_indices()
    return columns


def _numbers_by_row(levels: csr_array[Any]) -> IntArray:
    """A number for each filled cell, ascending: the cells counted by row, then column."""
    n_rows, n_columns = levels.shape
    return np.repeat(np.arange(n_rows, dtype=np.int64), np.diff(levels.indptr)) * n_columns + levels.indices


def _cell_numbers(levels: csc_array[Any]) -> IntArray:
    """A number for each filled cell, ascending: the cells counted by column, then row."""
    n_rows, n_columns = levels.shape
    return np.repeat(np.arange(n_columns, dtype=np.int64), np.diff(levels.indptr)) * n_rows + levels.indices


@dataclass(frozen=True)
class EditionArrays:
    """All editions, grouped by module; a module without editions has one row with key -1 and everything unknown, starting by agreement.

    Attributes:
        key: shape (n_editions,), database key, or -1.
        module: shape (n_editions,), row in ModuleArrays, never descending.
        start_type: shape (n_editions,), FIXED, DIRECT, AGREED, ROLLING or WHEN_ENROLLED.
        start_on: shape (n_editions,), proleptic Gregorian day number of the (first) date; 0 where there is none.
        every_weeks: shape (n_editions,), weeks between rolling starts; 0 elsewhere.
        weeks: shape (n_editions,), how long a run takes; NaN where not stated.
        price_eur: shape (n_editions,), 0 is free; NaN where not stated.
        format: shape (n_editions,), code of where it is followed.
        moment: shape (n_editions,), code of the parts of the week that it takes.
        is_online: shape (n_editions,), whether no travel is needed.
        place: shape (n_editions,), row in the places, or -1.
        latitude, longitude: shape (n_places,), degrees. Editions share few places, so distances are computed once for each place.

    Raises:
        ShapeMismatch: the arrays are not equally long.
    """

    key: IntArray
    module: IntArray
    start_type: IntArray
    start_on: IntArray
    every_weeks: IntArray
    weeks: FloatArray
    price_eur: FloatArray
    format: IntArray
    moment: IntArray
    is_online: BoolArray
    place: IntArray
    latitude: FloatArray
    longitude: FloatArray

    def __post_init__(self) -> None:
        for name in ("module", "start_type", "start_on", "every_weeks", "weeks", "price_eur", "format", "moment", "is_online", "place"):
            check_length(name, getattr(self, name), len(self.key))
        check_length("longitude", self.longitude, len(self.latitude))

    @cached_property
    def begins(self) -> IntArray:
        """Shape (n_modules + 1,): the editions of module row i stand at `begins[i]:begins[i + 1]`."""
        return np.append(np.flatnonzero(np.diff(self.module, prepend=-1)), len(self.module))


@dataclass(frozen=True)
class Gap:
    """Goal minus held.

    Attributes:
        held: shape (n_skills,), level steps 0-4. A fraction is an expected level: a basic level that half of the people hold is 0.5. All
            sums over steps are straight lines between whole levels, so that they give what is to be expected too.
        goal: shape (n_skills,), level steps 0-4.
        weight: shape (n_skills,), importance in [0, 1]; 0 where no goal is.
        unknown: shape (n_skills,), the level up to which the skill, asked at entry, is neither held nor lacking but a question,
            since nobody has said anything about it; 0 where none is.
    """

    held: FloatArray
    goal: FloatArray
    weight: FloatArray
    unknown: FloatArray

    def __post_init__(self) -> None:
        check_length("goal", self.goal, len(self.held))
        check_length("weight", self.weight, len(self.held))
        check_length("unknown", self.unknown, len(self.held))


@dataclass(frozen=True)
class Wishes:
    """What a module has to fit, in codes and day numbers. None means: no wish.

    Attributes:
        today: day number of today; decides which editions are closed.
        start_after: day number of the first day on which the learner can start.
        finish_by: day number of the last day.
        near: latitude and longitude in degrees.
        languages, formats, moments, levels: accepted codes.
        nlqf: lowest and highest level of the qualifications framework that suits the learner's occupation; a preference, never hard.
        own_language: code of the accepted language that the learner reads best; a preference.
        emphasis: factors by which the learner weighs components, see `matching.core.weights.CHANGEABLE`.
        rejected: rows of modules that the learner does not want, whatever they are.
        known_languages: codes of the languages that may be proposed beside the accepted ones; None: any.
        keeps_to_hours: whether what asks more hours a week does not fit, as in a path; else it fits less well.
    """

    today: int
    budget_eur: float | None = None
    hours_per_week: float | None = None
    near: tuple[float, float] | None = None
    max_km: float | None = None
    languages: frozenset[int] | None = None
    formats: frozenset[int] | None = None
    moments: frozenset[int] | None = None
    levels: frozenset[int] | None = None
    start_after: int | None = None
    finish_by: int | None = None
    nlqf: tuple[float, float] | None = None
    own_language: int | None = None
    emphasis: Mapping[Component, float] = field(default_factory=dict)
    rejected: frozenset[int] | None = None
    known_languages: frozenset[int] | None = None
    keeps_to_hours: bool = False

    def without(self, name: str) -> Wishes:
        """The wishes without one of them, by its field. Languages that the learner does not know stay out."""
        if name == "languages" and self.languages is not None and self.known_languages is not None:
            return replace(self, languages=self.languages | self.known_languages)
        return replace(self, **{name: None})  # type: ignore[arg-type]

    @property
    def earliest(self) -> int:
        """Day number of the first day on which this learner could start anything."""
        return self.today if self.start_after is None else max(self.today, self.start_after)

"""Documents as columns: what filters, facets and sorting need of many modules, in numpy arrays.

A `Columns` holds a run of modules and their editions, in the same order. Values are small numbers from a `Dictionary`, which only ever
grows, so columns that were made at different times can be joined.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from catalogue.language.dutch import folded
from catalogue.points import Point
from catalogue.search.port import EDITION_FACETS, FACETS, MODULE_FACETS, EditionDocument, ModuleDocument, edition_value
from catalogue.starts import Start
from catalogue.vocabulary import StartType

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
CodeArray = NDArray[np.integer[Any]]

TITLE_BYTES = 96

Value = TypeVar("Value", bound=Hashable)


class Codes(Generic[Value]):
    """Numbers values in the order in which they come; `values[code]` gives them back."""

    def __init__(self) -> None:
        self.values: list[Value] = []
        self._codes: dict[Value, int] = {}

    def code(self, value: Value) -> int:
        """The number of `value`, a new one when it was not met before."""
        code = self._codes.get(value)
        if code is None:
            code = self._codes[value] = len(self.values)
            self.values.append(value)
        return code

    def known(self, values: Iterable[Value]) -> list[int]:
        """The numbers of those `values` that were met."""
        return [self._codes[value] for value in values if value in self._codes]


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The values behind the numbers: of each facet, of starts, and of points (None: no point)."""

    facets: dict[str, Codes[str]] = field(default_factory=lambda: {facet: Codes() for facet in FACETS})
    starts: Codes[Start] = field(default_factory=Codes)
    points: Codes[Point | None] = field(default_factory=Codes)

    def as_json(self) -> dict[str, list[Any]]:
        """All values in the order of their numbers; `codes_of` understands it."""
        kept: dict[str, list[Any]] = {facet: list(codes.values) for facet, codes in self.facets.items()}
        kept["start"] = [_start_row(start) for start in self.starts.values]
        kept["point"] = [_point_row(point) for point in self.points.values]
        return kept

    def codes_of(self, kept: Mapping[str, list[Any]]) -> dict[str, IntArray]:
        """For each group of values that another dictionary kept: our numbers, in the order of theirs."""
        found = {facet: [codes.code(value) for value in kept[facet]] for facet, codes in self.facets.items()}
        found["start"] = [self.starts.code(_start_of(row)) for row in kept["start"]]
        found["point"] = [self.points.code(_point_of(row)) for row in kept["point"]]
        return {name: np.array(codes, dtype=np.int64) for name, codes in found.items()}


@dataclass(frozen=True, slots=True)
class Columns:
    """n modules and their m editions.

    `module_ids`, `hours` (inf where not stated), `titles` (folded, UTF-8, cut) and each of `facets` have shape (n,). `module`, the row of
    the edition's module in ascending order, `number`, its index in the document, each of `edition_facets`, `start`, `point` (codes) and
    `price` (euro, inf where not stated) have shape (m,).
    """

    module_ids: IntArray
    hours: FloatArray
    titles: NDArray[np.bytes_]
    facets: dict[str, CodeArray]
    module: IntArray
    number: IntArray
    edition_facets: dict[str, CodeArray]
    start: IntArray
    point: IntArray
    price: FloatArray

    def __len__(self) -> int:
        return len(self.module_ids)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All of them by name, to be kept; `from_arrays` is the way back."""
        own = {name: getattr(self, name) for name in _PLAIN}
        own |= {f"{facet} of editions": codes for facet, codes in self.edition_facets.items()}
        return own | {f"{facet} of modules": codes for facet, codes in self.facets.items()}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], kept: Mapping[str, list[Any]], dictionary: Dictionary) -> Columns:
        """Columns from `arrays`, whose codes are those of the dictionary `kept` (`Dictionary.as_json`), in codes of `dictionary`."""
        turn = dictionary.codes_of(kept)
        plain = {name: np.array(arrays[name]) for name in _PLAIN}
        for name in ("start", "point"):
            plain[name] = turn[name][plain[name]]
        return cls(
            facets={facet: turn[facet][arrays[f"{facet} of modules"]] for facet in MODULE_FACETS},
            edition_facets={facet: turn[facet][arrays[f"{facet} of editions"]] for facet in EDITION_FACETS},
            **plain,
        )


_PLAIN = ("module_ids", "hours", "titles", "module", "number", "start", "point", "price")


def joined(parts: Sequence[Columns]) -> Columns:
    """All modules of `parts`, one after the other."""
    if not parts:
        return columns_of([], Dictionary())
    first_rows = np.cumsum([0, *map(len, parts)])[:-1]
    return Columns(
        module_ids=np.concatenate([part.module_ids for part in parts]),
        hours=np.concatenate([part.hours for part in parts]),
        titles=np.concatenate([part.titles for part in parts]),
        facets={facet: _small(np.concatenate([part.facets[facet] for part in parts])) for facet in MODULE_FACETS},
        module=np.concatenate([part.module + first for part, first in zip(parts, first_rows, strict=True)]),
        number=np.concatenate([part.number for part in parts]),
        edition_facets={facet: _small(np.concatenate([part.edition_facets[facet] for part in parts])) for facet in EDITION_FACETS},
        start=np.concatenate([part.start for part in parts]),
        point=np.concatenate([part.point for part in parts]),
        price=np.concatenate([part.price for part in parts]),
    )


def _small(codes: CodeArray) -> CodeArray:
    """In as few bytes as they fit: filters read all of them."""
    return codes.astype(np.min_scalar_type(int(codes.max(initial=0))))


def row_of(document: ModuleDocument) -> bytes:
    """What columns need of one document, to be kept in the index."""
    row = [
        document.module_id,
        document.title,
        document.hours,
        [document.facets.get(facet, "") for facet in MODULE_FACETS],
        [_edition_row(edition) for edition in document.editions],
    ]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()


def columns_of(rows: Iterable[bytes], dictionary: Dictionary) -> Columns:
    """The columns of rows made by `row_of`; new values are added to `dictionary`."""
    ids, titles, hours = [], [], []
    facets: dict[str, list[int]] = {facet: [] for facet in MODULE_FACETS}
    editions: list[tuple[int, ...]] = []
    prices: list[float] = []
    for position, row in enumerate(rows):
        module_id, title, hours_stated, values, edition_rows = json.loads(row)
        ids.append(module_id)
        titles.append(folded(title).encode()[:TITLE_BYTES])
        hours.append(np.inf if hours_stated is None else hours_stated)
        for facet, value in zip(MODULE_FACETS, values, strict=True):
            facets[facet].append(dictionary.facets[facet].code(value))
        for number, edition in enumerate(edition_rows):
            editions.append((position, number, *_edition_codes(edition, dictionary)))
            prices.append(np.inf if edition[-1] is None else edition[-1])
    module, places_in_module, start, point, *edition_facets = np.array(editions, np.int64).reshape(-1, 4 + len(EDITION_FACETS)).T.copy()
    return Columns(
        module_ids=np.array(ids, dtype=np.int64),
        hours=np.array(hours, dtype=np.float64),
        titles=np.array(titles, dtype=f"S{TITLE_BYTES}"),
        facets={facet: np.array(codes, dtype=np.int64) for facet, codes in facets.items()},
        module=module,
        number=places_in_module,
        edition_facets=dict(zip(EDITION_FACETS, edition_facets, strict=True)),
        start=start,
        point=point,
        price=np.array(prices, dtype=np.float64),
    )


def _edition_row(edition: EditionDocument) -> list[Any]:
    facets = [edition_value(edition, facet) for facet in EDITION_FACETS]
    return [_start_row(edition.start), _point_row(edition.point), facets, edition.price_eur]


def _edition_codes(row: list[Any], dictionary: Dictionary) -> tuple[int, ...]:
    start, point, facets, _price = row
    return (
        dictionary.starts.code(_start_of(start)),
        dictionary.points.code(_point_of(point)),
        *(dictionary.facets[facet].code(value) for facet, value in zip(EDITION_FACETS, facets, strict=True)),
    )


def _start_row(start: Start) -> list[Any]:
    return [start.type.value, start.on.isoformat() if start.on else None, start.every_weeks, start.when_enrolled]


def _start_of(row: list[Any]) -> Start:
    start_type, on, every_weeks, when_enrolled = row
    return Start(StartType(start_type), date.fromisoformat(on) if on else None, every_weeks, when_enrolled)


def _point_row(point: Point | None) -> list[float] | None:
    return [point.latitude, point.longitude] if point else None


def _point_of(row: list[float] | None) -> Point | None:
    return Point(*row) if row else None

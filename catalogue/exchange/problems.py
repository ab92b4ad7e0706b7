"""What can be wrong with an import file: codes and values. `web` makes sentences of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

MOST_PROBLEMS = 50
MOST_VALUE_CHARS = 80
WHOLE_FILE = 0
"""The row of a problem that is not in one row."""
FILE_FIELD = "file"
ROW_FIELD = "row"


class Reason(StrEnum):
    """Why a file, a row or a cell is refused."""

    # The file as a whole.
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    TOO_LARGE = "too-large"
    TOO_MANY_ROWS = "too-many-rows"
    TOO_MANY_COLUMNS = "too-many-columns"
    ENCODING = "encoding"
    COLUMN_MISSING = "column-missing"
    COLUMN_ABSENT = "column-absent"
    COLUMN_TWICE = "column-twice"
    FED_TWICE = "fed-twice"
    NO_COURSES = "no-courses"
    TOO_MANY_TO_READ = "too-many-to-read"
    # A row.
    QUOTES = "quotes"
    TOO_MANY_CELLS = "too-many-cells"
    NOT_JSON = "not-json"
    NOT_AN_OBJECT = "not-an-object"
    TOO_DEEP = "too-deep"
    COURSE_ABSENT = "course-absent"
    # A cell.
    MISSING = "missing"
    TOO_LONG = "too-long"
    BAD_CHARACTER = "bad-character"
    WRONG_SHAPE = "wrong-shape"
    NOT_A_NUMBER = "not-a-number"
    NOT_AN_AMOUNT = "not-an-amount"
    WITHOUT_TAX = "without-tax"
    NOT_A_LOAD = "not-a-load"
    NOT_A_START = "not-a-start"
    NOT_A_DAY = "not-a-day"
    NOT_A_URL = "not-a-url"
    OUT_OF_RANGE = "out-of-range"
    NOT_IN_LIST = "not-in-list"
    UNKNOWN_PLACE = "unknown-place"
    UNKNOWN_THEME = "unknown-theme"
    UNKNOWN_HUB = "unknown-hub"
    NOT_A_PARTNER = "not-a-partner"
    UNKNOWN_SKILL = "unknown-skill"
    AMBIGUOUS_SKILL = "ambiguous-skill"
    SKILL_TWICE = "skill-twice"
    BAD_LEVEL = "bad-level"
    OTHER_ORGANISATION = "other-organisation"
    DIFFERS = "differs"
    ROW_TWICE = "row-twice"
    AMBIGUOUS_TITLE = "ambiguous-title"
    # What is left out, and refuses nothing.
    NOT_OURS = "not-ours"
    COLUMN_UNNAMED = "column-unnamed"


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """One thing wrong.

    Attributes:
        row: as a spreadsheet counts, the header is row 1; the line for JSON Lines; `WHOLE_FILE` when it is in no single row.
        field: our name of the field, `ROW_FIELD` for a row as a whole, `FILE_FIELD` for the file.
        reason: why.
        value: what stands there, at most `MOST_VALUE_CHARS`.
        column: what the file calls the field; "" where it has no such column.
        known: what would have been good: allowed or similar values, or a limit.
    """

    row: int
    field: str
    reason: Reason
    value: str = ""
    column: str = ""
    known: tuple[str, ...] = ()


def problem_from(document: Mapping[str, Any]) -> ImportProblem:
    """A problem that was kept as JSON by its fields."""
    return ImportProblem(**{**document, "reason": Reason(document["reason"]), "known": tuple(document["known"])})


class ImportRefused(ValueError):
    """Nothing is imported. `problems` holds at most `MOST_PROBLEMS` of the `total` that were found."""

    def __init__(self, problems: list[ImportProblem], total: int = 0) -> None:
        self.problems, self.total = problems, max(total, len(problems))
        super().__init__("; ".join(f"row {one.row}, {one.field}: {one.reason}" for one in problems))


class BadCell(ValueError):
    """A text that is no value of its field; the reader of the row adds where it stands."""

    def __init__(self, reason: Reason, value: str = "", known: tuple[str, ...] = ()) -> None:
        super().__init__(f"{value!r}: {reason}")
        self.reason, self.value, self.known = reason, value, known


@dataclass(slots=True)
class Problems:
    """Collects problems; keeps the first ones and counts all. What follows from cells that slid out of their columns is not told too.

    `left_open` is what stands there and is not taken along: it refuses nothing, and is told.
    """

    kept: list[ImportProblem] = field(default_factory=list)
    total: int = 0
    left_open: list[ImportProblem] = field(default_factory=list)
    _slid: set[int] = field(default_factory=set)

    def add(self, row: int, name: str, reason: Reason, value: str = "", column: str = "", known: tuple[str, ...] = ()) -> None:
        """Notes one."""
        if row in self._slid:
            return
        if reason is Reason.TOO_MANY_CELLS:
            self._slid.add(row)
        self.total += 1
        if len(self.kept) < MOST_PROBLEMS:
            self.kept.append(ImportProblem(row, shortened(name), reason, shortened(value), shortened(column), tuple(map(shortened, known))))

    def leave_open(self, row: int, name: str, value: str, known: tuple[str, ...]) -> None:
        """Notes a field that stays empty, since what stands there is none of the words that are `known`."""
        self.left_open.append(ImportProblem(row, name, Reason.NOT_OURS, shortened(value), known=known))

    def leave_out(self, column: str, n_cells: int) -> None:
        """Notes a column that is not read, since nobody gave it a name."""
        self.left_open.append(ImportProblem(WHOLE_FILE, FILE_FIELD, Reason.COLUMN_UNNAMED, column=column, known=(str(n_cells),)))

    def refuse(self) -> None:
        """Raises ImportRefused when there is any, in the order of the rows."""
        if self.total:
            raise ImportRefused(sorted(self.kept, key=lambda problem: problem.row), self.total)


def refusal(reason: Reason, row: int = WHOLE_FILE, name: str = FILE_FIELD, value: str = "", known: tuple[str, ...] = ()) -> ImportRefused:
    """A refusal for one reason that makes reading on useless."""
    return ImportRefused([ImportProblem(row, name, reason, shortened(value), known=tuple(map(shortened, known)))])


def shortened(value: str) -> str:
    """`value` on one line, at most `MOST_VALUE_CHARS`, fit to print anywhere."""
    line = " ".join(value.encode("utf-8", "replace").decode("utf-8").split())
    printable = "".join(char if char.isprintable() else "�" for char in line[: MOST_VALUE_CHARS + 1])
    return printable if len(printable) <= MOST_VALUE_CHARS else printable[: MOST_VALUE_CHARS - 1] + "…"

"""Forecasts of skills, read from a file: all or nothing, and each source replaces what it said before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session, joinedload

from catalogue.exchange import cells, csv_file
from catalogue.exchange.lookups import Lookups
from catalogue.exchange.problems import ROW_FIELD, BadCell, Problems, Reason, refusal
from catalogue.exchange.table import Row
from catalogue.models import Confidence, Direction, Forecast, Skill

NEEDED = ("source", "published_on", "horizon_year", "skill", "direction", "confidence")
OPTIONAL = ("source_url", "region", "note")
LAST_YEAR = 2100
FIRST_YEAR = 2000

Read = Callable[[str, Lookups], object]


@dataclass(frozen=True, slots=True)
class ForecastsRead:
    """How many forecasts a file brought, of how many sources."""

    forecasts: int
    sources: int


def import_forecasts(session: Session, path: Path) -> ForecastsRead:
    """Puts the forecasts of a CSV file in the place of what its sources said before; other sources stay as they are.

    Raises:
        ImportRefused: names every problem by row and column; nothing is changed.
    """
    problems = Problems()
    lookups = Lookups(session)
    with csv_file.opened(path, problems) as table:
        _check_columns(table.columns)
        rows = [(row.number, values) for row in table.rows if (values := _values(row, lookups, problems)) is not None]
    if not rows and not problems.total:
        raise refusal(Reason.EMPTY)
    _refuse_twice(rows, problems)
    problems.refuse()
    sources = {values["source"] for _number, values in rows}
    session.execute(delete(Forecast).where(Forecast.source.in_(sources)))
    session.add_all(Forecast(**values) for _number, values in rows)
    session.flush()
    return ForecastsRead(len(rows), len(sources))


def forecasts(session: Session, region: str = "") -> Sequence[Forecast]:
    """All forecasts of a region and of the whole country, or of everywhere; those of one skill together, the newest source first."""
    found = select(Forecast).join(Forecast.skill).options(joinedload(Forecast.skill))
    if region:
        found = found.where(or_(Forecast.region == region, Forecast.region == ""))
    order = (Skill.label_nl, Forecast.skill_id, Forecast.horizon_year, Forecast.published_on.desc(), Forecast.source, Forecast.id)
    return session.scalars(found.order_by(*order)).all()


def forget_source(session: Session, source: str) -> int:
    """Deletes what one source said; returns how many forecasts that were."""
    return int(session.execute(delete(Forecast).where(Forecast.source == source)).rowcount)  # type: ignore[attr-defined]


def _check_columns(columns: Sequence[str]) -> None:
    problems = Problems()
    for name in NEEDED:
        if name not in columns:
            problems.add(1, name, Reason.COLUMN_ABSENT, known=tuple(columns))
    problems.refuse()


def _values(row: Row, lookups: Lookups, problems: Problems) -> dict[str, Any] | None:
    """The values of one row; None, with its problems noted, where it is not right."""
    values: dict[str, Any] = {}
    before = problems.total
    for name in (*NEEDED, *OPTIONAL):
        cell = row.cells.get(name, "")
        text = cell if isinstance(cell, str) else ""
        if not text and name in NEEDED:
            problems.add(row.number, name, Reason.MISSING, column=name)
            continue
        try:
            values["skill_id" if name == "skill" else name] = _READ[name](text, lookups)
        except BadCell as bad:
            problems.add(row.number, name, bad.reason, bad.value, name, bad.known)
    return values if problems.total == before else None


def _refuse_twice(rows: Sequence[tuple[int, Mapping[str, Any]]], problems: Problems) -> None:
    """A source says one thing of a skill, for a region and a year."""
    first: dict[tuple[object, ...], int] = {}
    for number, values in rows:
        said = tuple(values[name] for name in ("source", "region", "horizon_year", "skill_id"))
        if first.setdefault(said, number) != number:
            problems.add(number, ROW_FIELD, Reason.ROW_TWICE, known=(str(first[said]),))


def _one_of(codes: type[StrEnum], words: Mapping[str, StrEnum]) -> Read:
    known = {code.value: code for code in codes} | dict(words)

    def read(cell: str, _lookups: Lookups) -> StrEnum:
        found = known.get(cells.line(cell, 100).casefold())
        if found is None:
            raise BadCell(Reason.NOT_IN_LIST, cell, tuple(known))
        return found

    return read


_READ: dict[str, Read] = {
    "source": lambda cell, _lookups: cells.line(cell, 160),
    "source_url": lambda cell, _lookups: cells.url(cell),
    "published_on": lambda cell, _lookups: cells.day(cell),
    "region": lambda cell, lookups: lookups.province(cell) if cell else "",
    "horizon_year": lambda cell, _lookups: cells.number(cell, FIRST_YEAR, LAST_YEAR),
    "skill": lambda cell, lookups: lookups.skill(cells.line(cell, 300)),
    "direction": _one_of(Direction, {"meer": Direction.UP, "minder": Direction.DOWN, "gelijk": Direction.STABLE}),
    "confidence": _one_of(Confidence, {"laag": Confidence.LOW, "midden": Confidence.MEDIUM, "hoog": Confidence.HIGH}),
    "note": lambda cell, _lookups: cells.line(cell, 500),
}

"""The published catalogue as a file that an import reads back to an equal catalogue."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Collection, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from catalogue.exchange.columns import EDITION_FIELDS, EDITIONS, FIELDS, MODULE_FIELDS
from catalogue.exchange.formats import FileFormat
from catalogue.exchange.formulas import neutral
from catalogue.exchange.ooapi import v5
from catalogue.models import Edition, Module, ModuleSkill, Organisation
from catalogue.progress import Progress, silent
from catalogue.vocabulary import Status

MAX_XLSX_CELL_CHARS = 32_767
_AT_ONCE = 500


class CellTooLong(ValueError):
    """A text does not fit into a cell of Excel; CSV and JSON Lines hold it."""

    def __init__(self, title: str, name: str) -> None:
        super().__init__(f"{name} of {title!r} has more than {MAX_XLSX_CELL_CHARS:,} characters, too many for Excel; use csv or jsonl")
        self.title, self.name = title, name


def export_modules(
    session: Session,
    path: Path,
    file_format: FileFormat,
    today: date,
    organisation: Organisation | None = None,
    progress: Progress = silent,
    *,
    statuses: Collection[Status] = (Status.PUBLISHED,),
) -> int:
    """Writes all modules of these statuses, or those of one organisation; returns how many. Open starts in OOAPI count from `today`.

    Raises:
        CellTooLong: the format is XLSX and a text does not fit; no file is left behind.
    """
    writers: dict[FileFormat, Callable[[Path, Iterator[Module]], int]] = {
        FileFormat.CSV: _write_csv,
        FileFormat.XLSX: _write_xlsx,
        FileFormat.JSONL: _write_jsonl,
        FileFormat.OOAPI: lambda partial, modules: _write_ooapi(partial, modules, today),
    }
    partial = path.with_name(f"{path.name}.partial")
    try:
        count = writers[file_format](partial, _modules(session, organisation, statuses, progress))
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return count


def _modules(session: Session, organisation: Organisation | None, statuses: Collection[Status], progress: Progress) -> Iterator[Module]:
    def wanted(statement: Select[Any]) -> Select[Any]:
        statement = statement.where(Module.status.in_(statuses))
        return statement if organisation is None else statement.where(Module.organisation_id == organisation.id)

    total = session.scalar(wanted(select(func.count()).select_from(Module))) or 0
    done, last = 0, 0
    while True:
        progress("export modules", done, total)
        statement = (
            wanted(select(Module))
            .where(Module.id > last)
            .order_by(Module.id)
            .limit(_AT_ONCE)
            .options(
                joinedload(Module.organisation),
                joinedload(Module.theme),
                joinedload(Module.hub),
                selectinload(Module.skills).joinedload(ModuleSkill.skill),
                selectinload(Module.editions).joinedload(Edition.place),
            )
        )
        modules = session.scalars(statement).all()
        if not modules:
            return
        yield from modules
        done, last = done + len(modules), modules[-1].id


def _write_csv(path: Path, modules: Iterator[Module]) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(field.name for field in FIELDS)
        for module in modules:
            count += 1
            for row in _rows(module):
                writer.writerow(neutral(f"{cell}".replace(".", ",") if isinstance(cell, float) else f"{cell}") for cell in row)
    return count


def _write_xlsx(path: Path, modules: Iterator[Module]) -> int:
    count = 0
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("modules")
    sheet.append([field.name for field in FIELDS])
    for module in modules:
        count += 1
        for row in _rows(module):
            cells = [neutral(ILLEGAL_CHARACTERS_RE.sub("", cell)) if isinstance(cell, str) else cell for cell in row]
            for field, cell in zip(FIELDS, cells, strict=True):
                if isinstance(cell, str) and len(cell) > MAX_XLSX_CELL_CHARS:
                    workbook.close()
                    raise CellTooLong(module.title, field.name)
            sheet.append(cells)
    workbook.save(path)
    return count


def _write_jsonl(path: Path, modules: Iterator[Module]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for module in modules:
            count += 1
            file.write(json.dumps(entry_of(module), ensure_ascii=False) + "\n")
    return count


def entry_of(module: Module) -> dict[str, Any]:
    """A module as a line of JSON Lines has it, with its editions as a list."""
    lists = {"outcomes": module.outcomes, "skills_taught": _skills(module.taught), "skills_required": _skills(module.required)}
    editions = [_edition_cells(edition) | {"day_parts": edition.day_parts} for edition in module.editions]
    return _module_cells(module) | lists | {EDITIONS: editions}


def _write_ooapi(path: Path, modules: Iterator[Module], today: date) -> int:
    """One list, as a page of a service gives it: each course, and its offerings after it."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"items": [')
        for module in modules:
            documents = [v5.course(module, programs=()), *(v5.offering(module, edition, today) for edition in module.editions)]
            file.write(",\n" if count else "\n")
            file.write(",\n".join(json.dumps(document, ensure_ascii=False) for document in documents))
            count += 1
        file.write("\n]}\n")
    return count


def _rows(module: Module) -> Iterator[list[str | float | int]]:
    """One row an edition; a module without editions has one row too."""
    own = _module_cells(module)
    for edition_cells in [_edition_cells(edition) for edition in module.editions] or [dict.fromkeys(EDITION_FIELDS, "")]:
        cells = own | edition_cells
        yield ["" if cells[field.name] is None else cells[field.name] for field in FIELDS]


def _module_cells(module: Module) -> dict[str, Any]:
    cells = {
        "organisation": module.organisation.slug,
        "external_id": module.external_id or module.uid,
        "title": module.title,
        "description": module.description,
        "audience": module.audience,
        "entry_text": module.entry_text,
        "assessment": module.assessment,
        "outcomes": "\n".join(f"• {outcome}" for outcome in module.outcomes),
        "level": module.level.value,
        "kind": module.kind.value,
        "credential": module.credential.value,
        "assessment_form": module.assessment_form.value,
        "is_supervised": _yes_or_no(module.is_supervised),
        "is_identity_checked": _yes_or_no(module.is_identity_checked),
        "is_stackable": _yes_or_no(module.is_stackable),
        "quality_mark": module.quality_mark,
        "quality_url": module.quality_url,
        "language": module.language,
        "load": _load(module),
        "theme": module.theme.slug if module.theme else "",
        "hub": module.hub.slug if module.hub else "",
        "skills_taught": " | ".join(_skills(module.taught)),
        "skills_required": " | ".join(_skills(module.required)),
        "url": module.url,
    }
    return {name: cells[name] for name in MODULE_FIELDS}


def _edition_cells(edition: Edition) -> dict[str, Any]:
    price = edition.price_eur
    cells = {
        "start": str(edition.start),
        "weeks": edition.weeks,
        "place": edition.place.slug if edition.place else "",
        "format": edition.format.value,
        "day_parts": " | ".join(edition.day_parts),
        "price_eur": int(price) if price is not None and price.is_integer() else price,
        "capacity": edition.capacity,
        "minimum_group": edition.minimum_group,
    }
    return {name: cells[name] for name in EDITION_FIELDS}


def _yes_or_no(value: bool | None) -> str:  # noqa: FBT001 - the value itself, not a choice of the caller
    return "" if value is None else "yes" if value else "no"


def _load(module: Module) -> str:
    if module.workload_hours is None:
        return ""
    amount = f"{module.workload_hours / module.load_unit.hours_per_unit:.9f}".rstrip("0").rstrip(".")
    if len(amount.partition(".")[2]) == 3:
        amount += "0"  # "1.125" would be read as a thousand and more
    return f"{amount} {module.load_unit.value}"


def _skills(rows: list[ModuleSkill]) -> list[str]:
    """ "uri:level", with "?" for what was recognised and nobody has confirmed."""
    return sorted(f"{row.skill.uri or row.skill.uid}:{row.level}{'?' if row.is_recognised else ''}" for row in rows)

"""All that is kept of somebody, made from the inventory. Functions take the session first and never commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.modules import saved_modules
from catalogue.skills.reads import occupation_by_reference, skills_by_uid
from web.learner.forms import is_uid
from web.privacy.holding import Field, Given, Holding, Person
from web.privacy.inventory import INVENTORY

FORMAT = 1
"""Goes up when a program that reads the file has to change; `docs/privacy.md` describes it."""

SEALED = "is_set"
"""What stands for a value that is kept and not handed out: {"is_set": true}."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What one holding keeps of somebody: rows of plain values, by the names of its fields."""

    holding: Holding
    rows: tuple[Mapping[str, Any], ...]


def everything(session: Session, person: Person) -> list[Kept]:
    """All that is kept of a person, holding by holding, also those without rows."""
    return [Kept(holding, tuple(_rows(session, holding, person))) for holding in INVENTORY]


def names_in(session: Session, kept: list[Kept], language: str) -> dict[str, str]:
    """What the public ids in an export stand for: modules, skills and occupations that are still there."""
    uids = {text for one in kept for text in _texts(list(one.rows)) if is_uid(text)}
    names = {uid: module.title for uid, module in saved_modules(session, uids).items()}
    names |= {uid: skill.label(language) for uid, skill in skills_by_uid(session, uids - names.keys()).items()}
    for uid in sorted(uids - names.keys()):
        if occupation := occupation_by_reference(session, uid):
            names[uid] = occupation.label(language)
    return names


def as_document(session: Session, person: Person, now: datetime, language: str) -> dict[str, Any]:
    """The whole export as values that JSON knows; what each field is for stands beside it."""
    kept = everything(session, person)
    return {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "language": language,
        "data": {
            one.holding.name: {
                "what": str(one.holding.title),
                "kept": str(one.holding.kept),
                "fields": {name: _described(field) for name, field in one.holding.fields.items()},
                "entries": {
                    column: {key: _described(field) for key, field in entries.items()} for column, entries in one.holding.entries.items()
                },
                "rows": list(one.rows),
            }
            for one in kept
        },
        "names": names_in(session, kept, language),
    }


def _rows(session: Session, holding: Holding, person: Person) -> Iterator[dict[str, Any]]:
    if holding.mine is None:
        return
    columns = [holding.table.c[name] for name in holding.fields]
    for row in session.execute(select(*columns).where(holding.mine(person)).order_by(*holding.table.primary_key)):
        yield {
            name: _value(session, field, row._mapping[holding.table.c[name]], holding.entries.get(name))
            for name, field in holding.fields.items()
        }


def _value(session: Session, field: Field, value: Any, entries: Mapping[str, Field] | None) -> Any:
    if field.given is Given.IS_SET:
        return {SEALED: value is not None}
    if entries is not None:  # what no entry describes is not handed out: it might open something
        return {key: _value(session, entries[key], one, None) if key in entries else {SEALED: True} for key, one in value.items()}
    if field.names is not None and value is not None:
        key, name = field.names
        return session.scalar(select(name).where(key == value))
    return value.isoformat() if isinstance(value, date) else value  # a moment is a day too


def _described(field: Field) -> dict[str, str]:
    described = {"purpose": str(field.purpose)}
    return described | {"not_given_because": str(field.why_not)} if field.why_not is not None else described


def _texts(value: Any) -> Iterator[str]:
    """All texts in plain values, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield key
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)

"""What every model shares."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID, uuid4, uuid5

from sqlalchemy import JSON, DateTime, Enum, MetaData, String
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

LEERWIJZER = UUID("6f1c53c2-3f0e-5c5b-9d0a-6f6c65657277")
"""Namespace of the ids that follow from a name, so that the same record has the same id in every installation."""


def stable_uid(noun: str, name: str) -> str:
    """The id that a seed or taxonomy record has everywhere: a version 5 UUID of its noun and name."""
    return str(uuid5(LEERWIJZER, f"{noun}/{name}"))


def new_uid() -> str:
    """A fresh random id."""
    return str(uuid4())


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no time zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Refuses a moment without a time zone, and stores UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Puts UTC back where the database keeps no time zone."""
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Base(DeclarativeBase):
    """Base of all models; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        datetime: UtcDateTime(),
        list[str]: JSON(),
        dict[str, str]: JSON(),
        dict[str, Any]: JSON(),
        list[dict[str, Any]]: JSON(),
        # The codes of `catalogue.vocabulary` stand in the database as plain text, so that a new code needs no migration.
        StrEnum: Enum(StrEnum, native_enum=False, length=24, values_callable=lambda codes: [code.value for code in codes]),
    }


class HasUid:
    """A public id that never changes; the integer key stays inside."""

    uid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uid)


class HasSlug:
    """A readable name for addresses, unique in its table."""

    slug: Mapped[str] = mapped_column(String(160), unique=True)

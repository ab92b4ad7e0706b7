"""Counters that say when cached arrays are out of date."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base


class Version(Base):
    """How often a part of the data ("taxonomy", "modules" or "vectors") was written."""

    __tablename__ = "version"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    number: Mapped[int] = mapped_column(default=0)

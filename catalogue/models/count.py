"""How often, and never who: counts of modules, and of what was asked in vain."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base


class Event(StrEnum):
    """What can happen to a module."""

    SEEN = "seen"
    """Its page was opened."""
    MATCHED = "matched"
    """It stood on the first page of somebody's matches."""
    SAVED = "saved"
    COMPARED = "compared"
    ASKED = "asked"
    """Somebody went on to the provider's site, or took its start along in a calendar."""


class Vain(StrEnum):
    """In what way something was asked in vain."""

    SEARCH = "search"
    """A search found nothing, or next to nothing."""
    GOAL = "goal"
    """A skill of a goal that no module teaches."""
    WISHES = "wishes"
    """A skill of a goal that modules teach, but none within what somebody wishes."""


class ModuleCount(Base):
    """How often something happened to a module on a day. The keys are no foreign keys: a count may come after a module is gone."""

    __tablename__ = "module_count"
    __table_args__ = (Index("ix_module_count_day", "day"),)

    module_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(primary_key=True)
    event: Mapped[Event] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """The edition that it was about; 0 where it was about the module as a whole."""
    number: Mapped[int]


class VainCount(Base):
    """How many visitors asked something in vain in a week: a cell that is shown, or not, as a whole.

    What they typed is not there. The concept is one of the taxonomy; everything that may be unknown is 0 or "".
    """

    __tablename__ = "vain_count"

    week: Mapped[date] = mapped_column(primary_key=True)
    """Its Monday."""
    vain: Mapped[Vain] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String(40), primary_key=True)
    """A province."""
    theme_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sector: Mapped[str] = mapped_column(String(8), primary_key=True)
    """A `catalogue.vocabulary.Sector`."""
    skill_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    occupation_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    visitors: Mapped[int]

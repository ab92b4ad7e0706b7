"""Editions: the runs of a module."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, composite, mapped_column, relationship

from catalogue.models.base import Base, HasUid
from catalogue.models.place import Place
from catalogue.starts import Start
from catalogue.vocabulary import Format, StartType


class Edition(HasUid, Base):
    """One run of a module: how it starts, how long it takes, where, when in the week, and for how much.

    `price_cents` is None where the provider states no price; 0 is free. Online editions have no place.
    """

    __tablename__ = "edition"
    __table_args__ = (CheckConstraint("price_cents >= 0", name="price"), CheckConstraint("weeks >= 1", name="weeks"))

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id", ondelete="CASCADE"), index=True)
    start_type: Mapped[StartType]
    start_on: Mapped[date | None]
    start_every_weeks: Mapped[int | None]
    start_when_enrolled: Mapped[int | None]
    weeks: Mapped[int | None]
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    format: Mapped[Format]
    day_parts: Mapped[list[str]] = mapped_column(default=list)
    price_cents: Mapped[int | None]
    capacity: Mapped[int | None]
    minimum_group: Mapped[int | None]

    start: Mapped[Start] = composite("start_type", "start_on", "start_every_weeks", "start_when_enrolled")
    place: Mapped[Place | None] = relationship()

    @property
    def price_eur(self) -> float | None:
        """Price in euro; None where it is not stated."""
        return None if self.price_cents is None else self.price_cents / 100

    def end(self, start: date) -> date | None:
        """Last day of a run that begins on `start`; None where the length is not stated."""
        return start + timedelta(weeks=self.weeks) if self.weeks else None

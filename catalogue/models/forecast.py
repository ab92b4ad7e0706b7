"""Forecasts: what others expect of the skills that work will ask."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base
from catalogue.models.skill import Skill


class Direction(StrEnum):
    """Where the demand for a skill goes."""

    UP = "up"
    STABLE = "stable"
    DOWN = "down"


class Confidence(StrEnum):
    """How sure a source is of what it expects."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Forecast(Base):
    """What one source expects of one skill in a region, in a year. Sources that disagree stand side by side."""

    __tablename__ = "forecast"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(160), index=True)
    source_url: Mapped[str] = mapped_column(String(500), default="")
    published_on: Mapped[date]
    region: Mapped[str] = mapped_column(String(40), default="")
    """A province; "" for the whole country."""
    horizon_year: Mapped[int]
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id", ondelete="CASCADE"), index=True)
    direction: Mapped[Direction]
    confidence: Mapped[Confidence]
    note: Mapped[str] = mapped_column(String(500), default="")

    skill: Mapped[Skill] = relationship()

"""Places and postcodes: where things are."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base, HasSlug


class Place(HasSlug, Base):
    """A town or city. `other_names` are names people also use ("Den Bosch"). Degrees, WGS84."""

    __tablename__ = "place"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    other_names: Mapped[list[str]] = mapped_column(default=list)
    province: Mapped[str] = mapped_column(String(40))
    latitude: Mapped[float]
    longitude: Mapped[float]


class Postcode(Base):
    """The middle of a place's part of a four-digit postcode area; some areas hold several places. Degrees, WGS84."""

    __tablename__ = "postcode"

    digits: Mapped[str] = mapped_column(String(4), primary_key=True)
    place_name: Mapped[str] = mapped_column(String(80), primary_key=True, index=True)
    latitude: Mapped[float]
    longitude: Mapped[float]

"""Organisations that offer modules, and hubs where they publish together."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base, HasSlug, HasUid
from catalogue.models.place import Place
from catalogue.models.theme import Theme
from catalogue.vocabulary import OrganisationKind

hub_partner = Table(
    "hub_partner",
    Base.metadata,
    Column("hub_id", ForeignKey("hub.id", ondelete="CASCADE"), primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True),
)


class Organisation(HasUid, HasSlug, Base):
    """A school, company or private trainer. `brin` and `kvk` are the official numbers, where known."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[OrganisationKind]
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    region: Mapped[str] = mapped_column(String(80), default="")
    url: Mapped[str] = mapped_column(String(300), default="")
    brin: Mapped[str] = mapped_column(String(6), default="")
    kvk: Mapped[str] = mapped_column(String(8), default="")
    column_mapping: Mapped[dict[str, str]] = mapped_column(default=dict)
    """What this organisation calls our fields in its import files: theirs -> ours."""

    place: Mapped[Place | None] = relationship()
    hubs: Mapped[list[Hub]] = relationship(secondary=hub_partner, back_populates="partners", order_by="Hub.name")


class Hub(HasUid, HasSlug, Base):
    """A place and a theme where organisations publish together as one learning community."""

    __tablename__ = "hub"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(160))
    summary_nl: Mapped[str] = mapped_column(String(500), default="")
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    region: Mapped[str] = mapped_column(String(80), default="")

    theme: Mapped[Theme] = relationship()
    place: Mapped[Place | None] = relationship()
    partners: Mapped[list[Organisation]] = relationship(secondary=hub_partner, back_populates="hubs", order_by=Organisation.name)

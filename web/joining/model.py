"""Requests of organisations that want to offer modules."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base, HasUid
from catalogue.models.organisation import Organisation
from catalogue.vocabulary import OrganisationKind


class Answer(StrEnum):
    """What an administrator said."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


class JoinRequest(HasUid, Base):
    """Somebody asks in the name of an organisation. Nobody sees it before the owner of the address confirmed it from a letter."""

    __tablename__ = "join_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """Of the link in that letter."""
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[OrganisationKind]
    url: Mapped[str] = mapped_column(String(300))
    kvk: Mapped[str] = mapped_column(String(8))
    offer: Mapped[str] = mapped_column(Text())
    """What it would offer, in its own words."""
    contact_name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str] = mapped_column(String(254), index=True)
    language: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    answer: Mapped[Answer | None]
    answered_at: Mapped[datetime | None]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"))
    """Which organisation it was let in as; it was made for it, or there already."""

    organisation: Mapped[Organisation | None] = relationship()

"""Keys with which a program works for an organisation."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base
from catalogue.models.organisation import Organisation


class Scope(StrEnum):
    """What a program may do for one organisation, each more than the one before."""

    READ = "read"
    """Read its modules, also those that are not online."""
    WRITE = "write"
    """Also add and change modules that are not online; what is online changes when the new version is published by hand."""
    PUBLISH = "publish"
    """Also publish modules, change what is online, and withdraw."""

    def covers(self, other: Scope) -> bool:
        """Whether who may do this may do `other` too."""
        order = list(Scope)
        return order.index(other) <= order.index(self)


class ApiToken(Base):
    """A key of an organisation, not of a person: it goes on working when who made it leaves.

    Only the hash of it is kept; `beginning` is what it starts with, by which people tell one from another.
    """

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    beginning: Mapped[str] = mapped_column(String(12))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    scope: Mapped[Scope]
    created_at: Mapped[datetime]
    expires_on: Mapped[date]
    used_on: Mapped[date | None]
    """The last day on which it was used; None for never."""

    organisation: Mapped[Organisation] = relationship()

"""The central team of a hub: what it lays down for the modules of the hub, and what it says of each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base, HasUid
from catalogue.models.module import Module
from catalogue.models.organisation import Hub, Organisation


class HubTeam(Base):
    """The organisation whose publishers set the rules of a hub. A hub without one has no rules."""

    __tablename__ = "hub_team"

    hub_id: Mapped[int] = mapped_column(ForeignKey("hub.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    is_approving: Mapped[bool] = mapped_column(default=False)
    """Modules of the hub go online only after the team has approved what they say."""
    required: Mapped[list[str]] = mapped_column(default=list)
    """Codes of `catalogue.publishing.checks` that a module of the hub must pass."""

    hub: Mapped[Hub] = relationship()
    organisation: Mapped[Organisation] = relationship()


class HubTemplate(HasUid, Base):
    """What a new module of a hub begins with."""

    __tablename__ = "hub_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    hub_id: Mapped[int] = mapped_column(ForeignKey("hub.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Some values of a module, as `catalogue.publishing.documents` writes them."""

    hub: Mapped[Hub] = relationship()


class Approval(Base):
    """The last time that a module was laid before the central team: what it said then, and the answer."""

    __tablename__ = "approval"

    module_id: Mapped[int] = mapped_column(ForeignKey("module.id", ondelete="CASCADE"), primary_key=True)
    hub_id: Mapped[int] = mapped_column(ForeignKey("hub.id", ondelete="CASCADE"), index=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    is_approved: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")

    module: Mapped[Module] = relationship()

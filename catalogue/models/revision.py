"""What modules were: the state after each step and each import, and the next version while it is being written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base
from catalogue.vocabulary import Status, Way


class Revision(Base):
    """A step in the life of a module: when it was taken, and what the module said then (`catalogue.publishing.documents`).

    A file or feed changes a module without a step of a person; `before` holds, of the fields that it changed, what it found there.
    """

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("module_id", "number", name="uq_revision_module_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    """1 for the first; one more for each next."""
    status: Mapped[Status]
    created_at: Mapped[datetime]
    way: Mapped[Way] = mapped_column(default=Way.HAND)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class NextVersion(Base):
    """What a module that is online will say when it is published again. A module that is not online has none: it is changed itself."""

    __tablename__ = "next_version"

    module_id: Mapped[int] = mapped_column(ForeignKey("module.id", ondelete="CASCADE"), primary_key=True)
    updated_at: Mapped[datetime]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    overtaken: Mapped[list[str]] = mapped_column(default=list)
    """The fields that somebody changed here, and a file changed online meanwhile."""

"""Where a module was taken over from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base
from catalogue.models.module import Module


class ModuleOrigin(Base):
    """The module of another organisation on which a module is based, and what that one said when somebody last looked at it."""

    __tablename__ = "module_origin"

    module_id: Mapped[int] = mapped_column(ForeignKey("module.id", ondelete="CASCADE"), primary_key=True)
    origin_id: Mapped[int] = mapped_column(ForeignKey("module.id", ondelete="CASCADE"), index=True)
    taken_at: Mapped[datetime]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    """A document of `catalogue.publishing.documents`, without what belongs to the other organisation alone."""

    origin: Mapped[Module] = relationship(foreign_keys=origin_id)

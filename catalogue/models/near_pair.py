"""Modules that say nearly the same: which were found, what a provider said of them, and which went on as another."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base


class NearPair(Base):
    """Two modules that were nearly the same when they were last compared; the first has the lower key."""

    __tablename__ = "near_pair"

    first_id: Mapped[int] = mapped_column(ForeignKey("module.id", ondelete="CASCADE"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("module.id", ondelete="CASCADE"), primary_key=True, index=True)
    likeness: Mapped[float]
    """In [0, 1]; see `catalogue.publishing.duplicates`."""


class SettledPair(Base):
    """Two modules of which an organisation said that they are not the same. The other organisation may think otherwise."""

    __tablename__ = "settled_pair"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("module.id", ondelete="CASCADE"), primary_key=True, index=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("module.id", ondelete="CASCADE"), primary_key=True, index=True)
    settled_at: Mapped[datetime]


class MergedModule(Base):
    """A module that went on as another: who asks for it while it is not online itself gets that one."""

    __tablename__ = "merged_module"

    module_id: Mapped[int] = mapped_column(ForeignKey("module.id", ondelete="CASCADE"), primary_key=True)
    into_id: Mapped[int] = mapped_column(ForeignKey("module.id", ondelete="CASCADE"), index=True)
    merged_at: Mapped[datetime]

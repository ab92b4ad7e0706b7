"""Work that waits: changes for the search index, and jobs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base


class IndexChange(Base):
    """The outbox of the search index: a module was written, in the same transaction as this row.

    `module_id` is no foreign key: the row outlives a module that is gone, so that the index forgets it too.
    """

    __tablename__ = "index_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(index=True)
    created_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")


class Job(Base):
    """A piece of background work, claimed by lease: a worker that dies loses its claim when `claimed_until` passes."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_waiting", "finished_at", "run_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    unique_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    """Two jobs of the same effect share this key; the second is refused."""
    run_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    claimed_by: Mapped[str] = mapped_column(String(60), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")
    finished_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]

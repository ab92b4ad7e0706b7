"""How often somebody tried something."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base


class Attempt(Base):
    """Tries of one kind by one person within one window of time. `key_hash` tells neither who nor what."""

    __tablename__ = "attempt"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    window_number: Mapped[int] = mapped_column(primary_key=True)
    """Number of the window since 1970."""
    count: Mapped[int] = mapped_column(default=1)

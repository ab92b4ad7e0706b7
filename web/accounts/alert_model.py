"""Searches, profiles and chosen starts that somebody wants mail about."""

from __future__ import annotations

import secrets
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base


class Followed(StrEnum):
    """What somebody follows: new modules for a search or a profile, or what becomes of a start."""

    SEARCH = "search"
    PROFILE = "profile"
    START = "start"


def new_stamp() -> str:
    """A value that nobody can guess."""
    return secrets.token_hex(16)


class Alert(Base):
    """One thing that is followed at one address. It sends nothing until its owner has confirmed it from a letter."""

    __tablename__ = "alert"

    id: Mapped[int] = mapped_column(primary_key=True)
    stamp: Mapped[str] = mapped_column(String(32), default=new_stamp)
    """Stands in the links of its letters, beside the key."""
    email: Mapped[str] = mapped_column(String(254), index=True)
    language: Mapped[str] = mapped_column(String(2))
    followed: Mapped[Followed] = mapped_column(String(10))
    wish: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The parameters of the search, each with its values; the answers of the guided profile; or the module, edition and start chosen."""
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    looked_until: Mapped[datetime | None]
    """What was published up to then was looked at."""
    next_at: Mapped[datetime | None] = mapped_column(index=True)

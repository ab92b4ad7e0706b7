"""Documents that somebody shares by a link."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base, HasUid


class Share(HasUid, Base):
    """A document as it was when its owner shared it. Of both links only the hash is kept: who reads the database opens nothing.

    `account_id` is None for a guest, whose browser holds `uid` in its session, and who else withdraws with the second link.
    """

    __tablename__ = "share"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    withdraw_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    document: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)

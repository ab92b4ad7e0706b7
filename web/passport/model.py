"""The passport of somebody with an account, and the files of evidence of everybody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base, HasUid


class StoredPassport(Base):
    """The passport of an account, as `Passport.stored` gives it. Guests have theirs in their session; it is gone with it."""

    __tablename__ = "passport"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    updated_at: Mapped[datetime]


class EvidenceFile(HasUid, Base):
    """A certificate, or the text of a badge. Its name on somebody's computer is not kept.

    `account_id` is None for a guest, whose browser holds `uid` in its session; such a file goes at `expires_at`.
    """

    __tablename__ = "evidence_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    media_type: Mapped[str] = mapped_column(String(40))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None] = mapped_column(index=True)

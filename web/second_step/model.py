"""The second step of an account, and the codes for who has lost the app."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base


class SecondStep(Base):
    """An account that asks for a code. The key of the codes stands nowhere: it follows from `seed` and this site's own secret."""

    __tablename__ = "second_step"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    seed: Mapped[str] = mapped_column(String(64))
    last_used: Mapped[int]
    """Number of the half minute of the last code that was taken; that code and all before it are worthless."""
    created_at: Mapped[datetime]


class RecoveryCode(Base):
    """One code that signs in once instead of the app; gone when it is used."""

    __tablename__ = "recovery_code"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)

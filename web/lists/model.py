"""The list of somebody with an account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base


class StoredList(Base):
    """What an account keeps, as `SavedList.stored` gives it. Guests have theirs in their session; it is gone with it."""

    __tablename__ = "saved_list"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    items: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    updated_at: Mapped[datetime]

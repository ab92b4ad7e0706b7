"""The audit trail: its entries, where it ends, and who its keys stand for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base

HASH_LENGTH = 64
FIRST_HASH = "0" * HASH_LENGTH
"""What the first entry has as its previous hash."""


class AuditEntry(Base):
    """Somebody did something with a dossier. Rows are never changed or deleted, so nothing personal stands in them: only codes and random
    keys, which mean nothing once the account or the dossier that they stand for is gone."""

    __tablename__ = "audit_entry"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """1, 2, 3, without a gap."""
    moment: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(36), index=True)
    """The key of an account (`AuditActor`), or `CLIENT` or `SITE` of `web.audit.chain`."""
    dossier: Mapped[str] = mapped_column(String(36), index=True)
    """Its public id."""
    action: Mapped[str] = mapped_column(String(24))
    what: Mapped[str] = mapped_column(String(40))
    previous_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), unique=True)
    hash: Mapped[str] = mapped_column(String(HASH_LENGTH))


class AuditHead(Base):
    """Where the chain ends, in the only row of its table: without it nobody would see that the last entries are gone."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]
    hash: Mapped[str] = mapped_column(String(HASH_LENGTH))


class AuditActor(Base):
    """The random key that stands for an account in the chain. It goes with the account: then nobody knows any more who that was."""

    __tablename__ = "audit_actor"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(36), unique=True)

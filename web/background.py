"""What background work there is, and who does it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from catalogue.jobs import Handler
from catalogue.search.indexing import sync
from web.accounts.mail import deliver
from web.security.sessions import purge_expired
from web.wiring import Services


def handlers_for(parts: Services) -> Mapping[str, Handler]:
    """The function that does each kind of job."""

    def mail(_session: Session, payload: Mapping[str, Any], now: datetime) -> None:
        deliver(parts.settings, payload, now)

    def purge(session: Session, _payload: Mapping[str, Any], now: datetime) -> None:
        purge_expired(session, now)

    return {"mail": mail, "purge-sessions": purge}


def sync_index(parts: Services) -> int:
    """Brings waiting changes into the search index; returns how many modules."""
    return sync(parts.database, parts.search, parts.now())

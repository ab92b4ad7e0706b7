"""Limits on guessing: at most so many tries within a window of time, counted in the database so that all workers count together.

Two counters go up with each try: that of the e-mail address and that of the network address. Many people of one school share a network
address, so it may try more often. Who is counted stands there as a keyed hash only.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from flask import Response, abort, after_this_request, current_app, request
from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from web.logs import log
from web.security.attempt_model import Attempt
from web.wiring import services

WINDOW = timedelta(minutes=15)
MOST_PER_EMAIL = 10
MOST_PER_NETWORK = 30


def limit(action: str, email: str | None = None) -> None:
    """Counts a try of the current request; ends it with 429 when there were too many.

    When the database cannot count, the try goes on: a full disk must not keep people out. That is logged.
    """
    parts = services()
    allowed = {f"{action} network {request.remote_addr}": MOST_PER_NETWORK}
    if email:
        allowed[f"{action} email {email.strip().lower()}"] = MOST_PER_EMAIL
    now = parts.now()
    try:
        with parts.database.writing() as session:
            counts = [(count_try(session, hashed(who), now), most) for who, most in allowed.items()]
    except SQLAlchemyError as error:
        log.error("tries not counted", action=action, error=type(error).__name__)
        return
    if any(count > most for count, most in counts):
        log.warning("too many tries", action=action, network=hashed(f"network {request.remote_addr}")[:12])
        after_this_request(_say_when)
        abort(429)


def count_try(session: Session, key_hash: str, now: datetime) -> int:
    """Adds one try to the window of `now`; returns how many there are."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    first = insert(Attempt).values(key_hash=key_hash, window_number=_window(now), count=1)
    return session.scalars(
        first.on_conflict_do_update(index_elements=["key_hash", "window_number"], set_={"count": Attempt.count + 1}).returning(
            Attempt.count
        )
    ).one()


def purge_attempts(session: Session, now: datetime) -> None:
    """Deletes the counts of windows that are over."""
    session.execute(delete(Attempt).where(Attempt.window_number < _window(now)))


def hashed(text: str) -> str:
    """A keyed hash, 64 hexadecimal digits: the same for the same text, and of no use without this site's secret."""
    return hmac.new(str(current_app.secret_key).encode(), text.encode(), hashlib.sha256).hexdigest()


def _window(now: datetime) -> int:
    return int(now.timestamp() // WINDOW.total_seconds())


def _say_when(response: Response) -> Response:
    response.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
    return response

"""Sessions on the server.

The browser holds a random token and nothing else; the database holds the token's hash and what belongs to it. So nothing personal
leaves the server, a session can be ended from here, and a stolen database opens no session.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SessionInterface, SessionMixin
from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from web.security.session_model import StoredSession

if TYPE_CHECKING:
    from web.wiring import Services

LIFETIME = timedelta(hours=24)
"""After this long without use, a session and all that a guest told us is gone."""
LONGEST = timedelta(days=30)
"""A session that is used every day ends too: then somebody signs in again."""
RENEWED_AFTER = timedelta(hours=1)
PATHS_WITHOUT = ("/static/", "/healthz", "/readyz", "/metrics", "/api/", "/ooapi/")


class BrowserSession(SecureCookieSession):
    """Flask's own session mapping, which notices reads and changes, with the token that it is stored under ("" while it has none).

    `is_off` marks requests that have no session at all: files, the API, health.
    """

    def __init__(
        self, data: dict[str, Any] | None = None, token: str = "", expires_at: datetime | None = None, *, is_off: bool = False
    ) -> None:
        super().__init__(data)
        self.token, self.expires_at, self.is_off = token, expires_at, is_off
        self.former_token = ""

    def renew_token(self) -> None:
        """Gives this session another token, so that one from before signing in is worthless."""
        self.former_token, self.token, self.modified = self.token or self.former_token, "", True


class StoredSessions(SessionInterface):
    """Opens and saves sessions in the database."""

    def open_session(self, app: Flask, request: Request) -> BrowserSession:
        """The session of the request's token; a new, empty one when there is none or it is over."""
        token = request.cookies.get(cookie_name(app), "")
        if not token or request.path.startswith(PATHS_WITHOUT):
            return BrowserSession(is_off=request.path.startswith(PATHS_WITHOUT))
        parts: Services = app.extensions["leerwijzer"]
        with parts.database.reading() as session:
            stored = session.get(StoredSession, hash_of(token))
        if stored is None or stored.expires_at <= parts.now() or stored.created_at + LONGEST <= parts.now():
            return BrowserSession()
        return BrowserSession(dict(stored.data), token, stored.expires_at)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Writes what changed; an empty session leaves no row and no cookie."""
        assert isinstance(session, BrowserSession)  # noqa: S101 - Flask hands back what open_session gave
        if session.is_off:
            return
        if session.accessed:
            response.vary.add("Cookie")
        parts: Services = app.extensions["leerwijzer"]
        now = parts.now()
        is_due = session.expires_at is not None and session.expires_at - now < LIFETIME - RENEWED_AFTER
        if not session.modified and not (is_due and session.accessed):
            return
        with parts.database.writing() as writing:
            for token in {session.former_token, "" if session else session.token} - {""}:
                writing.execute(delete(StoredSession).where(StoredSession.token_hash == hash_of(token)))
            if session and not self._store(writing, session, now):
                session.clear()
        name, secure = cookie_name(app), bool(app.config["SESSION_COOKIE_SECURE"])
        if session:
            response.set_cookie(name, session.token, httponly=True, samesite="Lax", secure=secure, path="/")
        else:
            response.delete_cookie(name, httponly=True, samesite="Lax", secure=secure, path="/")

    @staticmethod
    def _store(writing: Session, session: BrowserSession, now: datetime) -> bool:
        """False for a session that was ended from elsewhere during this request: it must not come back to life."""
        stored = writing.get(StoredSession, hash_of(session.token)) if session.token else None
        if stored is None:
            if session.token:
                return False
            session.token = secrets.token_urlsafe(32)
            stored = StoredSession(token_hash=hash_of(session.token), created_at=now)
            writing.add(stored)
        stored.data = dict(session)
        stored.account_id = session.get("account_id")
        stored.expires_at = now + LIFETIME
        return True


def cookie_name(app: Flask) -> str:
    """The cookie's name; over https browsers then refuse it for any other host or path."""
    return "__Host-leerwijzer" if app.config["SESSION_COOKIE_SECURE"] else "leerwijzer"


def purge_expired(session: Session, now: datetime) -> None:
    """Deletes the sessions that are over."""
    session.execute(delete(StoredSession).where(or_(StoredSession.expires_at <= now, StoredSession.created_at <= now - LONGEST)))


def sessions_of(session: Session, account_id: int, now: datetime) -> Sequence[StoredSession]:
    """The sessions in which an account is signed in, the one used last first."""
    mine = (StoredSession.account_id == account_id, StoredSession.expires_at > now, StoredSession.created_at > now - LONGEST)
    return session.scalars(select(StoredSession).where(*mine).order_by(StoredSession.expires_at.desc())).all()


def end_all(session: Session, account_id: int, *, except_token: str = "") -> None:
    """Ends the sessions of an account in all browsers, but for the one with `except_token`."""
    session.execute(delete(StoredSession).where(StoredSession.account_id == account_id, StoredSession.token_hash != hash_of(except_token)))


def is_held_by(stored: StoredSession, token: str) -> bool:
    """Whether `token` opens this session."""
    return stored.token_hash == hash_of(token)


def hash_of(token: str) -> str:
    """What the database holds of a token."""
    return hashlib.sha256(token.encode()).hexdigest()

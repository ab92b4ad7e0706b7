"""Sessions on the server.

The browser holds a random token and nothing else; the database holds the token's hash and what belongs to it. So nothing personal
leaves the server, a session can be ended from here, and a stolen database opens no session.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SessionInterface, SessionMixin
from sqlalchemy import delete
from sqlalchemy.orm import Session

from web.security.session_model import StoredSession

if TYPE_CHECKING:
    from web.wiring import Services

LIFETIME = timedelta(hours=24)
"""After this long without use, a session and all that a guest told us is gone."""
RENEWED_AFTER = timedelta(hours=1)
PATHS_WITHOUT = ("/static/", "/healthz", "/readyz", "/metrics", "/api/")


class BrowserSession(SecureCookieSession):
    """Flask's own session mapping, which notices reads and changes, with the token that it is stored under ("" while it has none)."""

    def __init__(self, data: dict[str, Any] | None = None, token: str = "", expires_at: datetime | None = None) -> None:
        super().__init__(data)
        self.token, self.expires_at = token, expires_at
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
            return BrowserSession()
        parts: Services = app.extensions["leerwijzer"]
        with parts.database.reading() as session:
            stored = session.get(StoredSession, _hashed(token))
        if stored is None or stored.expires_at <= parts.now():
            return BrowserSession()
        return BrowserSession(dict(stored.data), token, stored.expires_at)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Writes what changed; an empty session leaves no row and no cookie."""
        assert isinstance(session, BrowserSession)  # noqa: S101 - Flask hands back what open_session gave
        if session.accessed:
            response.vary.add("Cookie")
        parts: Services = app.extensions["leerwijzer"]
        now = parts.now()
        is_due = session.expires_at is not None and session.expires_at - now < LIFETIME - RENEWED_AFTER
        if not session.modified and not (is_due and session.accessed):
            return
        with parts.database.writing() as writing:
            for token in {session.former_token, "" if session else session.token} - {""}:
                writing.execute(delete(StoredSession).where(StoredSession.token_hash == _hashed(token)))
            if session:
                session.token = session.token or secrets.token_urlsafe(32)
                self._store(writing, session, now)
        name, secure = cookie_name(app), bool(app.config["SESSION_COOKIE_SECURE"])
        if session:
            response.set_cookie(name, session.token, httponly=True, samesite="Lax", secure=secure, path="/")
        else:
            response.delete_cookie(name, httponly=True, samesite="Lax", secure=secure, path="/")

    @staticmethod
    def _store(writing: Session, session: BrowserSession, now: datetime) -> None:
        key = _hashed(session.token)
        stored = writing.get(StoredSession, key)
        if stored is None:
            stored = StoredSession(token_hash=key, created_at=now)
            writing.add(stored)
        stored.data = dict(session)
        stored.account_id = session.get("account_id")
        stored.expires_at = now + LIFETIME


def cookie_name(app: Flask) -> str:
    """The cookie's name; over https browsers then refuse it for any other host or path."""
    return "__Host-leerwijzer" if app.config["SESSION_COOKIE_SECURE"] else "leerwijzer"


def purge_expired(session: Session, now: datetime) -> None:
    """Deletes the sessions that are over."""
    session.execute(delete(StoredSession).where(StoredSession.expires_at <= now))


def end_all(session: Session, account_id: int) -> None:
    """Ends every session of an account, in all browsers."""
    session.execute(delete(StoredSession).where(StoredSession.account_id == account_id))


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

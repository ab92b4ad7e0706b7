"""Keys with which programs work for an organisation: made and taken away by who manages it.

Only the hash of a key is kept. Functions take the session first and never commit; `now` and `today` decide what is over.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, joinedload

from web.accounts.api_token_model import ApiToken, Scope
from web.security.sessions import hash_of

PREFIX = "lw_"
"""Every key begins so: programs that look for lost keys in public code know ours by it."""
SHOWN_CHARS = 9
MOST_TOKENS = 20
"""Keys of one organisation."""


class TooManyTokens(ValueError):
    """The organisation has `MOST_TOKENS` keys already."""


def issue(session: Session, organisation_id: int, name: str, scope: Scope, days: int, now: datetime) -> tuple[ApiToken, str]:
    """Makes a key that works for `days` days; returns it with its text, which nobody can read again. Raises TooManyTokens."""
    if (session.scalar(select(func.count()).where(ApiToken.organisation_id == organisation_id)) or 0) >= MOST_TOKENS:
        raise TooManyTokens
    text = PREFIX + secrets.token_urlsafe(32)
    made = ApiToken(
        token_hash=hash_of(text),
        beginning=text[:SHOWN_CHARS],
        organisation_id=organisation_id,
        name=name,
        scope=scope,
        created_at=now,
        expires_on=now.date() + timedelta(days=days),
    )
    session.add(made)
    session.flush()
    return made, text


def token_behind(session: Session, text: str, today: date) -> ApiToken | None:
    """The key with this text, with its organisation; None for one that is over, was taken away, or never was ours."""
    query = select(ApiToken).where(ApiToken.token_hash == hash_of(text), ApiToken.expires_on >= today)
    return session.scalar(query.options(joinedload(ApiToken.organisation)))


def note_use(session: Session, token_id: int, today: date) -> None:
    """Keeps that a key was used on this day."""
    found = session.get(ApiToken, token_id)
    if found is not None:
        found.used_on = today


def tokens_of(session: Session, organisation_id: int) -> Sequence[ApiToken]:
    """The keys of an organisation, the newest first, those that are over too."""
    query = select(ApiToken).where(ApiToken.organisation_id == organisation_id).order_by(ApiToken.id.desc())
    return session.scalars(query).all()


def revoke(session: Session, organisation_id: int, token_id: int) -> bool:
    """Takes a key away, at once; False where the organisation has no such key."""
    mine = (ApiToken.id == token_id, ApiToken.organisation_id == organisation_id)
    return bool(session.execute(delete(ApiToken).where(*mine)).rowcount)  # type: ignore[attr-defined]

"""Reads and writes of alerts. Functions take the session first and never commit.

An alert is confirmed from its own letter, so that nobody orders mail for somebody else. From then on it looks once a week at what was
published since it looked last, or once a day at a chosen start; where nothing is new it sends nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from web.accounts.alert_model import Alert, Followed

PAUSE = timedelta(days=7)
PAUSE_OF_START = timedelta(days=1)
"""Who is expected somewhere has to know soon that it is another day."""
CONFIRM_WITHIN = timedelta(hours=24)
"""An alert that nobody has confirmed by then is deleted."""
MOST_PER_EMAIL = 20


class TooManyAlerts(ValueError):
    """This address follows MOST_PER_EMAIL things already."""


class AlertGone(LookupError):
    """The alert was stopped, or the link was never ours."""


def follow(session: Session, email: str, followed: Followed, wish: dict[str, Any], language: str, now: datetime) -> Alert:
    """The alert of an address on something, not confirmed yet when it is new. Raises TooManyAlerts."""
    own = alerts_of(session, email)
    same = next((alert for alert in own if alert.followed == followed and alert.wish == wish), None)
    if same is not None:
        return same
    if len(own) >= MOST_PER_EMAIL:
        raise TooManyAlerts
    alert = Alert(email=email, followed=followed, wish=wish, language=language, created_at=now)
    session.add(alert)
    session.flush()
    return alert


def confirm(alert: Alert, now: datetime) -> None:
    """Its owner wants it. What is there already is not news."""
    if alert.confirmed_at is None:
        alert.confirmed_at = alert.looked_until = now
        alert.next_at = now + _pause(alert)


def alerts_of(session: Session, email: str) -> Sequence[Alert]:
    """What an address follows, the oldest first."""
    return session.scalars(select(Alert).where(Alert.email == email).order_by(Alert.id)).all()


def due(session: Session, now: datetime, limit: int) -> Sequence[Alert]:
    """Confirmed alerts whose pause is over, those that wait longest first."""
    return session.scalars(select(Alert).where(Alert.next_at <= now).order_by(Alert.next_at, Alert.id).limit(limit)).all()


def looked(alert: Alert, now: datetime) -> None:
    """It has looked until now, and rests; after a longer silence it keeps its day."""
    alert.looked_until = now
    while alert.next_at is not None and alert.next_at <= now:
        alert.next_at += _pause(alert)


def _pause(alert: Alert) -> timedelta:
    return PAUSE_OF_START if alert.followed == Followed.START else PAUSE


def stop(session: Session, alert: Alert) -> None:
    """Deletes an alert with all that it knows."""
    session.delete(alert)


def purge_unconfirmed_alerts(session: Session, now: datetime) -> None:
    """Deletes what was never confirmed."""
    session.execute(delete(Alert).where(Alert.confirmed_at.is_(None), Alert.created_at < now - CONFIRM_WITHIN))


def token_of(alert: Alert) -> str:
    """What its links carry. It works as long as the alert lasts."""
    return str(_signer().dumps([alert.id, alert.stamp]))


def alert_behind(session: Session, token: str) -> Alert:
    """The alert of a link. Raises AlertGone."""
    try:
        alert_id, stamp = _signer().loads(token)
    except (BadSignature, ValueError, TypeError):
        raise AlertGone from None
    alert = session.scalar(select(Alert).where(Alert.id == alert_id, Alert.stamp == stamp))
    if alert is None:
        raise AlertGone
    return alert


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="alert")

"""Between the two steps: who gave the right password or link in this browser, and must still give a code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import session, url_for
from sqlalchemy.orm import Session

from web.accounts import signing
from web.accounts.models import Account
from web.accounts.people import account_by_stamp
from web.second_step.keeping import is_on
from web.wiring import services

SESSION_KEY = "second_step"
WAITS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An account whose first step is done; `how` says by what, `onward` where its owner was going."""

    account: Account
    how: str
    onward: str


def first_step_done(account: Account, how: str, onward: str) -> str:
    """Signs in, or begins the second step for an account that has one; returns the path to go to."""
    with services().database.reading() as reading:
        has_second = is_on(reading, account.id)
    if not has_second:
        signing.sign_in(account, how)
        return onward
    until = services().now() + WAITS
    session[SESSION_KEY] = {"stamp": account.fs_uniquifier, "how": how, "onward": onward, "until": until.isoformat()}
    return url_for("second_step.ask")


def who_waits(reading: Session) -> Waiting | None:
    """Who must give a code in this browser; nobody after `WAITS`, or when the password was changed meanwhile."""
    kept = session.get(SESSION_KEY)
    if not kept or datetime.fromisoformat(kept["until"]) <= services().now():
        return None
    account = account_by_stamp(reading, kept["stamp"])
    return Waiting(account, kept["how"], kept["onward"]) if account else None


def second_step_done(waiting: Waiting) -> None:
    """Signs in."""
    session.pop(SESSION_KEY, None)
    signing.sign_in(waiting.account, f"{waiting.how}+code")

"""Signing in and out, in this browser."""

from __future__ import annotations

import time
from typing import cast

from flask import g, session
from flask_security import login_user, logout_user

from web.accounts.models import Account
from web.lists import keeping
from web.logs import log
from web.passport import keeping as passport_keeping
from web.security.sessions import BrowserSession
from web.shares import own

FRESH_SECONDS = 15 * 60


def sign_in(account: Account, how: str) -> None:
    """Makes this the browser of `account`, under a new session token. What its visitor told us as a guest stays.

    Another person's answers do not: when somebody else was signed in here, the session starts empty.
    """
    if session.get("account_id") not in (None, account.id):
        session.clear()
    session.pop("csrf_token", None)
    g.pop("csrf_token", None)
    login_user(account, remember=False, authn_via=[how])
    session["account_id"] = account.id
    keeping.move_to(account.id)
    own.move_to(account.id)
    passport_keeping.move_to(account.id)
    this_browser().renew_token()
    log.info("signed in", account=account.id, how=how)


def sign_out() -> None:
    """Forgets who was here and all that they answered: the next person at this computer finds nothing."""
    log.info("signed out", account=session.get("account_id"))
    logout_user()
    session.clear()
    this_browser().renew_token()


def is_fresh() -> bool:
    """Whether somebody signed in here only just now."""
    return bool(time.time() - session.get("fs_paa", 0) < FRESH_SECONDS)


def this_browser() -> BrowserSession:
    """The session of this request, with its token."""
    return cast(BrowserSession, session._get_current_object())  # type: ignore[attr-defined]

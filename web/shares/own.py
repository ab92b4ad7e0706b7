"""Whose shares this visitor may see and end."""

from __future__ import annotations

from flask import session

from web.security.access import current_actor
from web.security.owner import Owner
from web.shares.sharing import NewShare, give_to
from web.wiring import services

SESSION_KEY = "shares"


def this_owner() -> Owner:
    """The owner who makes this request."""
    return Owner(current_actor().account_id, session.get(SESSION_KEY, []))


def remember(made: NewShare) -> None:
    """Lets this browser end the share as long as its session lives."""
    session[SESSION_KEY] = [*session.get(SESSION_KEY, []), made.uid]


def move_to(account_id: int) -> None:
    """Gives what was shared in this session to the account that just signed in."""
    uids = session.pop(SESSION_KEY, [])
    if uids:
        with services().database.writing() as writing:
            give_to(writing, uids, account_id)

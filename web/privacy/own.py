"""Who makes this request, as the inventory asks for it."""

from __future__ import annotations

from flask import session

from web.accounts.people import account_by_id
from web.accounts.signing import this_browser
from web.passport import keeping as own_passport
from web.privacy import traces
from web.privacy.holding import Person
from web.security.access import current_actor
from web.security.sessions import hash_of
from web.shares import own as own_shares
from web.wiring import services


def this_person() -> Person:
    """The visitor: an account where one is signed in, and this browser."""
    account_id = current_actor().account_id
    email = ""
    if account_id is not None:
        with services().database.reading() as reading:
            email = account_by_id(reading, account_id).email
    return Person(
        account_id=account_id,
        email=email,
        session_hash=hash_of(this_browser().token),
        shares=tuple(session.get(own_shares.SESSION_KEY, ())),
        files=tuple(session.get(own_passport.FILES_KEY, ())),
        traces=traces.left(),
    )

"""Links in mail that let their reader do one thing, once, for a short time.

A link carries a token that Flask-Security signs: whose it is, and the account's stamp. Using it changes the stamp, so that it and all
links sent before it are worthless. It is used by POST only: programs that open links in mail to look for viruses use up nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from flask import current_app
from flask_security import check_and_get_token_status
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from web.accounts.models import Account, new_stamp
from web.accounts.people import CONFIRM_WITHIN, confirm
from web.security.address import site_address


class Purpose(StrEnum):
    """What a link is for; the names are those of Flask-Security's serializers."""

    SIGN_IN = "login"
    CONFIRM = "confirm"
    RESET = "reset"


ENDPOINTS: Mapping[Purpose, str] = {
    Purpose.SIGN_IN: "accounts.use_link",
    Purpose.CONFIRM: "accounts.confirm_address",
    Purpose.RESET: "accounts.reset_password",
}
VALID = {Purpose.SIGN_IN: timedelta(minutes=30), Purpose.CONFIRM: CONFIRM_WITHIN, Purpose.RESET: timedelta(hours=1)}


class LinkOver(ValueError):
    """The link was used, is too old, or was never ours."""


def new_link(account: Account, purpose: Purpose, following: str = "") -> str:
    """The whole address of a fresh link; `following` is the path to go to afterwards."""
    serializer = getattr(current_app.extensions["security"], f"{purpose}_serializer")
    token = serializer.dumps([account.fs_uniquifier, account.link_stamp])
    values = {"token": token} | ({"next": following} if following else {})
    return site_address() + current_app.url_map.bind("").build(ENDPOINTS[purpose], values)


def account_behind(session: Session, purpose: Purpose, token: str) -> Account:
    """Whose link this is. Raises LinkOver."""
    is_expired, is_invalid, data = check_and_get_token_status(token, purpose, VALID[purpose])
    if is_expired or is_invalid:
        raise LinkOver
    uniquifier, stamp = data
    account = session.scalar(
        select(Account).where(Account.fs_uniquifier == uniquifier, Account.link_stamp == stamp, Account.active.is_(True))
    )
    if account is None:
        raise LinkOver
    return account


def use_up(session: Session, purpose: Purpose, token: str, now: datetime) -> Account:
    """Whose link this is; it works no more, and the account's address is confirmed. Raises LinkOver, also for who comes second."""
    account = account_behind(session, purpose, token)
    mine = (Account.id == account.id, Account.link_stamp == account.link_stamp)
    changed = session.execute(update(Account).where(*mine).values(link_stamp=new_stamp()))
    if not changed.rowcount:  # type: ignore[attr-defined]
        raise LinkOver
    session.refresh(account)
    confirm(account, now)
    return account

"""Where the list of this visitor is kept: a guest's in the session, gone with it; that of an account in the database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import g, session
from sqlalchemy import select
from sqlalchemy.orm import Session

from web.lists.model import StoredList
from web.lists.saved import SavedItem, SavedList
from web.security.access import current_actor
from web.wiring import services

SESSION_KEY = "saved"
REMOVED_KEY = "saved_removed"


def own_list() -> SavedList:
    """The list of who makes this request; read at most once."""
    if "own_list" not in g:
        account_id = current_actor().account_id
        if account_id is None:
            g.own_list = SavedList.of(session.get(SESSION_KEY))
        else:
            with services().database.reading() as reading:
                g.own_list = list_of(reading, account_id)
    kept: SavedList = g.own_list
    return kept


def change(changed: Callable[[SavedList], SavedList]) -> SavedList:
    """Keeps the list that `changed` makes of the present one. Whatever `changed` raises leaves everything as it was."""
    account_id, parts = current_actor().account_id, services()
    if account_id is None:
        g.own_list = changed(SavedList.of(session.get(SESSION_KEY)))
        session[SESSION_KEY] = g.own_list.stored()
    else:
        with parts.database.writing() as writing:
            g.own_list = changed(_locked(writing, account_id))
            _store(writing, account_id, g.own_list)
    kept: SavedList = g.own_list
    return kept


def remove(modules: Sequence[str]) -> None:
    """Takes modules off the list, and remembers them for `put_back`."""
    removed: list[SavedItem] = []

    def without(kept: SavedList) -> SavedList:
        removed[:] = [item for item in kept.items if item.module in modules]
        return SavedList(tuple(item for item in kept.items if item.module not in modules))

    change(without)
    if removed:
        session[REMOVED_KEY] = SavedList(tuple(removed)).stored()


def removed_last() -> SavedList:
    """What was taken off last, in this session."""
    return SavedList.of(session.get(REMOVED_KEY))


def put_back() -> None:
    """Undoes the last `remove`."""
    back = SavedList.of(session.pop(REMOVED_KEY, None))
    change(lambda kept: kept.joined(back.items))


def move_to(account_id: int) -> None:
    """Gives a guest's list to the account that just signed in, together with what it had."""
    guest = SavedList.of(session.pop(SESSION_KEY, None))
    g.pop("own_list", None)
    if len(guest):
        with services().database.writing() as writing:
            _store(writing, account_id, guest.joined(_locked(writing, account_id).items))


def list_of(reading: Session, account_id: int) -> SavedList:
    """The list of an account."""
    stored = reading.get(StoredList, account_id)
    return SavedList.of(stored.items if stored else None)


def _locked(writing: Session, account_id: int) -> SavedList:
    """The list of an account; nobody else changes it before this transaction ends."""
    items: Any = writing.scalar(select(StoredList.items).where(StoredList.account_id == account_id).with_for_update())
    return SavedList.of(items)


def _store(writing: Session, account_id: int, kept: SavedList) -> None:
    writing.merge(StoredList(account_id=account_id, items=kept.stored(), updated_at=services().now()))

"""Deletes all that belongs to somebody."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table, delete, or_

from web.privacy.holding import Person
from web.privacy.inventory import INVENTORY
from web.wiring import Services


def erase(parts: Services, person: Person) -> None:
    """Deletes every row and file of the inventory that is a person's, or that their browser caused.

    Call `parts.database.scrub` once the request no longer reads: until then the files of SQLite still hold what was deleted.
    """
    with parts.database.writing() as session:
        for holding in INVENTORY:
            conditions = [condition(person) for condition in (holding.mine, holding.caused) if condition is not None]
            if conditions and not holding.stays:
                session.execute(delete(cast(Table, holding.table)).where(or_(*conditions)))
    for holding in INVENTORY:  # after the rows, so that a worker who sends a letter meanwhile has no row to send it from
        for path in list(holding.files(parts.settings, person)) if holding.files else ():
            path.unlink(missing_ok=True)

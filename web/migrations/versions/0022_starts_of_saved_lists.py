"""How the chosen starts of saved lists are now, so that it can be told when they move

Revision ID: 0022
Revises: 0021
"""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

LISTS = sa.table("saved_list", sa.column("account_id", sa.Integer), sa.column("items", sa.JSON))
EDITIONS = sa.table(
    "edition",
    sa.column("uid", sa.String),
    sa.column("start_type", sa.String),
    sa.column("start_on", sa.Date),
    sa.column("start_every_weeks", sa.Integer),
    sa.column("start_when_enrolled", sa.Integer),
)


def upgrade() -> None:
    connection = op.get_bind()
    for account_id, items in connection.execute(sa.select(LISTS)).all():
        starts = _starts(connection, [one["edition"] for one in items if one.get("edition")])
        if starts:
            _store(connection, account_id, [{**one, "start": starts.get(one.get("edition"), "")} for one in items])


def downgrade() -> None:
    connection = op.get_bind()
    for account_id, items in connection.execute(sa.select(LISTS)).all():
        _store(connection, account_id, [{name: value for name, value in one.items() if name != "start"} for one in items])


def _starts(connection: sa.Connection, chosen: list[str]) -> dict[str, str]:
    found = connection.execute(sa.select(EDITIONS).where(EDITIONS.c.uid.in_(chosen)))
    return {uid: _notation(*start) for uid, *start in found}


def _notation(kind: str, on: date | None, every_weeks: int | None, enrolled: int | None) -> str:
    """How import files wrote a start at this revision."""
    match kind:
        case "fixed" if on:
            return on.isoformat()
        case "rolling":
            return f"every {every_weeks} weeks" + (f" from {on.isoformat()}" if on else "")
        case "when-enrolled":
            return f"when {enrolled} enrolled"
        case _:
            return kind


def _store(connection: sa.Connection, account_id: int, items: list[dict[str, Any]]) -> None:
    connection.execute(sa.update(LISTS).where(LISTS.c.account_id == account_id).values(items=items))

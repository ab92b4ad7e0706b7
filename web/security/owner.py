"""Whose something is that guests may have too."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_


@dataclass(frozen=True, slots=True)
class Owner:
    """An account, and what this browser brought as a guest, by public id."""

    account_id: int | None
    uids: Collection[str] = ()

    def owns(self, table: Any) -> ColumnElement[bool]:
        """Which rows are theirs of a table with `account_id` and `uid`."""
        of_account = table.account_id == self.account_id if self.account_id is not None else false()
        return or_(of_account, and_(table.account_id.is_(None), table.uid.in_(self.uids)))

"""Who took a step with a module. It stands apart from the step, so that it goes with the account and the step stays."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ForeignKey, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from catalogue.models import Revision
from catalogue.models.base import Base
from web.accounts.models import Account


class RevisionAuthor(Base):
    """Whose step a revision was."""

    __tablename__ = "revision_author"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)


def sign(session: Session, revision: Revision, account_id: int | None) -> None:
    """Keeps who took a step; a command has nobody."""
    if account_id is not None:
        session.add(RevisionAuthor(revision_id=revision.id, account_id=account_id))
        session.flush()


def sign_all(session: Session, revision_ids: Collection[int], account_id: int | None) -> None:
    """Keeps who brought the file that changed many modules."""
    if account_id is not None and revision_ids:
        session.execute(insert(RevisionAuthor), [{"revision_id": one, "account_id": account_id} for one in revision_ids])


def authors(session: Session, revision_ids: Collection[int]) -> dict[int, str]:
    """The e-mail address of who took each step, where that account still exists."""
    query = select(RevisionAuthor.revision_id, Account.email).join(Account, Account.id == RevisionAuthor.account_id)
    return dict(session.execute(query.where(RevisionAuthor.revision_id.in_(revision_ids))).all())

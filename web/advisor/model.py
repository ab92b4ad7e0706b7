"""A dossier: an advisor's file on one client, with that client's consent, notes and tasks."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base, HasUid
from web.accounts.models import Account
from web.advisor.guidance_model import Attachment, Choice, ChoiceChange, Claim, Intake, Report


class How(StrEnum):
    """How a client gives consent."""

    ONLINE = "online"
    PAPER = "paper"
    """The advisor recorded that the client signed."""


class Standing(StrEnum):
    """Whether an advisor may look into a dossier on a day."""

    WAITING = "waiting"
    """The client has not answered yet."""
    OPEN = "open"
    CLOSED = "closed"
    """The guidance is done; reading is still possible."""
    WITHDRAWN = "withdrawn"
    OVER = "over"
    """The last day of the consent is past."""


ENDED = frozenset({Standing.WITHDRAWN, Standing.OVER})
"""Without consent that is valid now every door is closed for advisors."""


class Dossier(HasUid, Base):
    """What an advisor keeps of a client. `client_name` is what the advisor calls that person; everything but the uid is deleted with it."""

    __tablename__ = "dossier"

    id: Mapped[int] = mapped_column(primary_key=True)
    advisor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    """None once that account is gone: then only the client can still look."""
    client_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    """The client's own account, when there is one."""
    client_name: Mapped[str] = mapped_column(String(80))
    client_email: Mapped[str] = mapped_column(String(254))
    """"" when the client gets no mail from us."""
    goal: Mapped[str] = mapped_column(Text)
    situation: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """Of the token in the client's link: first to answer with, then, another one, to look with."""
    asked_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    """Of the token of the link with which the client agreed, which opens nothing any more; None once the consent is withdrawn."""
    warned_at: Mapped[datetime | None]
    """When we told that the dossier will be deleted."""

    advisor: Mapped[Account | None] = relationship(foreign_keys=[advisor_id])
    consent: Mapped[Consent] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    notes: Mapped[list[Note]] = relationship(cascade="all, delete-orphan", passive_deletes=True, order_by="Note.day.desc(), Note.id.desc()")
    tasks: Mapped[list[Task]] = relationship(cascade="all, delete-orphan", passive_deletes=True, order_by="Task.due, Task.id")
    intake: Mapped[Intake | None] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    choices: Mapped[list[Choice]] = relationship(cascade="all, delete-orphan", passive_deletes=True, order_by=Choice.id)
    changes: Mapped[list[ChoiceChange]] = relationship(cascade="all, delete-orphan", passive_deletes=True, order_by=ChoiceChange.id.desc())
    claims: Mapped[list[Claim]] = relationship(cascade="all, delete-orphan", passive_deletes=True, order_by=Claim.id)
    reports: Mapped[list[Report]] = relationship(cascade="all, delete-orphan", passive_deletes=True, order_by=Report.number.desc())
    attachments: Mapped[list[Attachment]] = relationship(cascade="all, delete-orphan", passive_deletes=True, order_by=Attachment.id)

    def standing(self, today: date) -> Standing:
        """Whether an advisor may look into it today."""
        if self.consent.withdrawn_at is not None:
            return Standing.WITHDRAWN
        if self.consent.until < today:
            return Standing.OVER
        if self.consent.given_at is None:
            return Standing.WAITING
        return Standing.OPEN if self.closed_at is None else Standing.CLOSED


class Consent(Base):
    """What a client was asked, and what they said to it."""

    __tablename__ = "consent"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(300))
    until: Mapped[date]
    """The last day on which the advisor may look."""
    how: Mapped[How]
    text_version: Mapped[int]
    """Which wording of the question it was; docs/advisors.md tells what changed."""
    asked_at: Mapped[datetime]
    given_at: Mapped[datetime | None]
    longer_until: Mapped[date | None]
    """A later last day that the advisor asks for; None where nothing is asked."""
    longer_asked_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class Note(Base):
    """What an advisor wrote about one talk."""

    __tablename__ = "dossier_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    day: Mapped[date]
    text: Mapped[str] = mapped_column(Text)


class Task(Base):
    """Something to do before a day, by the client or by the advisor."""

    __tablename__ = "dossier_task"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(String(200))
    due: Mapped[date]
    done_at: Mapped[datetime | None]

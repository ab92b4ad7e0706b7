"""What the guidance of a client leaves in a dossier: answers, choices, claims of what was learned before, reports and files."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base, HasUid


class Verdict(StrEnum):
    """What advisor and client think of a module."""

    MAYBE = "maybe"
    PINNED = "pinned"
    """It is in the advised path."""
    REJECTED = "rejected"
    """It is not proposed again; the reason stands with it, and anybody of the two can take it back."""


class Proof(StrEnum):
    """With what somebody shows that they have learned something before."""

    WORK = "work"
    DIPLOMA = "diploma"
    COURSE = "course"
    PRODUCT = "product"
    """Something that they made, with their own part in it."""
    VOLUNTEERING = "volunteering"
    REFERENCE = "reference"
    """Somebody who saw them do it tells so."""


class Intake(Base):
    """What was asked in the talks: one for a dossier. See `web.advisor.intake.talk` for what stands in the columns."""

    __tablename__ = "dossier_intake"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), primary_key=True)
    answers: Mapped[dict[str, Any]]
    """The answers that a learner gives too, as `web.learner.answers.Answers.stored` gives them."""
    talk: Mapped[dict[str, Any]]
    """What only a talk asks, as `web.advisor.intake.talk.Talk.stored` gives it."""
    paths: Mapped[dict[str, Any]]
    """The paths that were shown last, as `web.advisor.matching.paths` keeps them; they follow from the rest."""
    compared: Mapped[list[str]] = mapped_column(default=list)
    """Other wishes that are kept beside those of the answers, as `web.learner.scenario_form.code_of` gives them."""
    changed_at: Mapped[datetime]


class Choice(Base):
    """A module on the list that advisor and client share. `module` is its public id."""

    __tablename__ = "dossier_choice"
    __table_args__ = (UniqueConstraint("dossier_id", "module"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    module: Mapped[str] = mapped_column(String(36))
    verdict: Mapped[Verdict]
    reason_for: Mapped[str] = mapped_column(Text)
    reason_against: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)
    """Goes up with each change; who changes what another one changed meanwhile is told so."""

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own name


class ChoiceChange(Base):
    """Who did what with a module on the shared list."""

    __tablename__ = "dossier_choice_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    module: Mapped[str] = mapped_column(String(36))
    moment: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(36))
    """As in the audit trail: a key that stands for an account, or that of the client."""
    change: Mapped[str] = mapped_column(String(24))
    """A code of `web.advisor.together.choices`."""


class Claim(Base):
    """A skill that the client learned before and wants to have recognised. `skill` is its public id."""

    __tablename__ = "dossier_claim"
    __table_args__ = (UniqueConstraint("dossier_id", "skill"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    skill: Mapped[str] = mapped_column(String(36))
    level: Mapped[int]
    written_at: Mapped[datetime | None]
    """When somebody wrote it last; None where nobody kept that."""
    actor: Mapped[str | None] = mapped_column(String(36))
    """Who did, as in the audit trail."""

    evidence: Mapped[list[Evidence]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, lazy="selectin", order_by="Evidence.id"
    )
    """At least one piece."""


class Evidence(Base):
    """One piece of evidence for a claim."""

    __tablename__ = "dossier_evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("dossier_claim.id", ondelete="CASCADE"), index=True)
    proof: Mapped[Proof]
    year: Mapped[int | None]
    """Of which year it is; None where nobody said."""
    text: Mapped[str] = mapped_column(Text)
    """What it is, and where it can be found."""


class Report(Base):
    """One version of the advice report, as it was made: what changes in the catalogue later changes nothing in it."""

    __tablename__ = "dossier_report"
    __table_args__ = (UniqueConstraint("dossier_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    made_at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(36))
    """Who made it, as in the audit trail."""
    language: Mapped[str] = mapped_column(String(2))
    document: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    """As `web.documents.document.Document.stored` gives it; read only by who asks for it, since each holds dozens of pages."""


class Attachment(HasUid, Base):
    """A file in a dossier."""

    __tablename__ = "dossier_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(40))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    """Read only by who asks for it: twenty of them are a hundred megabytes."""
    added_at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(36))
    """Who brought it, as in the audit trail."""

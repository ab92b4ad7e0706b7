"""Stacks: modules that together earn a larger credential."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base, HasSlug, HasUid
from catalogue.models.module import Module
from catalogue.models.organisation import Organisation
from catalogue.vocabulary import Credential


class Stack(HasUid, HasSlug, Base):
    """An ordered set of modules with the credential that all of them together earn."""

    __tablename__ = "stack"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    title: Mapped[str] = mapped_column(String(300))
    description: Mapped[str] = mapped_column(Text, default="")
    credential: Mapped[Credential]

    organisation: Mapped[Organisation] = relationship()
    steps: Mapped[list[StackStep]] = relationship(cascade="all, delete-orphan", passive_deletes=True, order_by="StackStep.position")


class StackStep(Base):
    """One module of a stack."""

    __tablename__ = "stack_step"

    stack_id: Mapped[int] = mapped_column(ForeignKey("stack.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id", ondelete="CASCADE"), index=True)

    module: Mapped[Module] = relationship()

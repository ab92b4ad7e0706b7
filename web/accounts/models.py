"""People who sign in, their roles, and the organisations that they belong to."""

from __future__ import annotations

import secrets
from datetime import datetime
from enum import StrEnum

from flask_security import RoleMixin, UserMixin
from flask_security.datastore import AsaList
from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base
from catalogue.models.organisation import Organisation


class RoleName(StrEnum):
    """What an account may do in general; `Membership` says for which organisation."""

    LEARNER = "learner"
    HUB = "hub"
    ADVISOR = "advisor"
    ADMIN = "admin"


class MemberRole(StrEnum):
    """What a member does for one organisation, each more than the one before."""

    AUTHOR = "author"
    """Writes modules."""
    PUBLISHER = "publisher"
    """Also publishes and withdraws them."""
    MANAGER = "manager"
    """Also decides who the members are."""


def new_stamp() -> str:
    """A value that nobody can guess."""
    return secrets.token_hex(16)


account_role = Table(
    "account_role",
    Base.metadata,
    Column("account_id", ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id", ondelete="CASCADE"), primary_key=True),
)


class Role(RoleMixin, Base):
    """One of `RoleName`."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(20), unique=True)
    description: Mapped[str | None] = mapped_column(String(200))
    permissions: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))


class Account(UserMixin, Base):
    """A person who signs in. Field names that Flask-Security reads are its own; e-mail addresses are kept in lower case."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    """An argon2 hash; None for who signs in by mailed link only."""
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    link_stamp: Mapped[str] = mapped_column(String(32), default=new_stamp)
    """Stands in every mailed link; it changes when one is used, so that each works once."""
    confirmed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    roles: Mapped[list[Role]] = relationship(secondary=account_role, lazy="selectin")  # type: ignore[assignment]
    memberships: Mapped[list[Membership]] = relationship(cascade="all, delete-orphan", passive_deletes=True, back_populates="account")
    card: Mapped[AdvisorCard | None] = relationship(cascade="all, delete-orphan", passive_deletes=True)


class Membership(Base):
    """An account works for an organisation."""

    __tablename__ = "membership"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True, index=True)
    role: Mapped[MemberRole]

    account: Mapped[Account] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship()


class AdvisorCard(Base):
    """How an advisor is called and reached, in their own words. `organisation` and `phone` are "" where nothing was said."""

    __tablename__ = "advisor_card"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    organisation: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(40))

"""Demands: what companies and hubs want their people to learn, and what answered it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base, HasUid
from catalogue.models.module import Module
from catalogue.models.occupation import Occupation
from catalogue.models.organisation import Organisation
from catalogue.models.skill import Skill
from catalogue.models.theme import Theme
from catalogue.vocabulary import DemandStatus

_CENTS = 100


class Demand(HasUid, Base):
    """A question for learning: for which work, how many people, where and by when.

    Who filed it is kept apart (`web.accounts.demand_model`), so that it goes with the account. Degrees, WGS84.
    """

    __tablename__ = "demand"
    __table_args__ = (CheckConstraint("people > 0", name="people"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The organisation that asks, where it is one that publishes here too."""
    company: Mapped[str] = mapped_column(String(160), default="")
    is_company_shown: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str] = mapped_column(String(160))
    """The work or function that it is about."""
    wish: Mapped[str] = mapped_column(Text, default="")
    """What the people have to be able to do, in own words."""
    occupation_id: Mapped[int | None] = mapped_column(ForeignKey("occupation.id"))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    people: Mapped[int]
    place: Mapped[str] = mapped_column(String(80), default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    region: Mapped[str] = mapped_column(String(40), default="", index=True)
    """The province; "" where no place is given."""
    max_km: Mapped[int | None]
    is_online_ok: Mapped[bool] = mapped_column(default=True)
    needed_by: Mapped[date | None]
    budget_cents: Mapped[int | None]
    """For each person."""
    status: Mapped[DemandStatus] = mapped_column(default=DemandStatus.DRAFT, index=True)
    helper_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The organisation that picked it up."""
    is_example: Mapped[bool] = mapped_column(default=False)
    """Invented, to try Leerwijzer with; every page says so."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    organisation: Mapped[Organisation | None] = relationship(foreign_keys=[organisation_id])
    helper: Mapped[Organisation | None] = relationship(foreign_keys=[helper_id])
    occupation: Mapped[Occupation | None] = relationship()
    theme: Mapped[Theme | None] = relationship()
    skills: Mapped[list[DemandSkill]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    answers: Mapped[list[DemandAnswer]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="DemandAnswer.created_at, DemandAnswer.module_id"
    )
    steps: Mapped[list[DemandStep]] = relationship(cascade="all, delete-orphan", passive_deletes=True, order_by="DemandStep.id")

    @property
    def budget_eur(self) -> float | None:
        """The budget for each person in euro."""
        return None if self.budget_cents is None else self.budget_cents / _CENTS

    @property
    def shown_company(self) -> str:
        """Who asks, as everybody may see it; "" for who does not want that."""
        if not self.is_company_shown:
            return ""
        return self.organisation.name if self.organisation else self.company


class DemandSkill(Base):
    """A skill that people have now at one level (0 to 4) and need at a higher one."""

    __tablename__ = "demand_skill"
    __table_args__ = (CheckConstraint("level_wanted > level_now", name="levels"),)

    demand_id: Mapped[int] = mapped_column(ForeignKey("demand.id", ondelete="CASCADE"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"), primary_key=True, index=True)
    level_now: Mapped[int]
    level_wanted: Mapped[int]

    skill: Mapped[Skill] = relationship()


class DemandAnswer(Base):
    """A module that an organisation brings as an answer: a course, a learning community and a micro-intervention alike."""

    __tablename__ = "demand_answer"

    demand_id: Mapped[int] = mapped_column(ForeignKey("demand.id", ondelete="CASCADE"), primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id", ondelete="CASCADE"), primary_key=True, index=True)
    note: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime]

    module: Mapped[Module] = relationship()


class DemandStep(Base):
    """A step in the life of a demand; `organisation_id` is the one that took it in its name, None for who asks."""

    __tablename__ = "demand_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    demand_id: Mapped[int] = mapped_column(ForeignKey("demand.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    status: Mapped[DemandStatus]
    created_at: Mapped[datetime]

    organisation: Mapped[Organisation | None] = relationship()

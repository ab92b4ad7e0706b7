"""Modules: what can be learned, and which skills they teach and ask."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base, HasSlug, HasUid
from catalogue.models.edition import Edition
from catalogue.models.module_owner import ModuleOwner
from catalogue.models.organisation import Hub, Organisation
from catalogue.models.skill import Skill
from catalogue.models.theme import Theme
from catalogue.vocabulary import AssessmentForm, Credential, Kind, Level, LoadUnit, Status


class Module(HasUid, HasSlug, Base):
    """What can be learned. Not dated: its runs are editions.

    The study load is held once, in hours; `load_unit` is the unit that the provider states it in.
    """

    __tablename__ = "module"
    __table_args__ = (
        UniqueConstraint("organisation_id", "external_id", name="uq_module_organisation_external"),
        CheckConstraint("workload_hours >= 0", name="workload_hours"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    hub_id: Mapped[int | None] = mapped_column(ForeignKey("hub.id"), index=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    external_id: Mapped[str | None] = mapped_column(String(120))
    """The provider's own key, by which a second import finds the same module."""
    title: Mapped[str] = mapped_column(String(300))
    description: Mapped[str] = mapped_column(Text, default="")
    audience: Mapped[str] = mapped_column(Text, default="")
    entry_text: Mapped[str] = mapped_column(Text, default="")
    assessment: Mapped[str] = mapped_column(Text, default="")
    outcomes: Mapped[list[str]] = mapped_column(default=list)
    level: Mapped[Level] = mapped_column(default=Level.NONE)
    kind: Mapped[Kind] = mapped_column(default=Kind.MODULE)
    credential: Mapped[Credential] = mapped_column(default=Credential.NONE)
    assessment_form: Mapped[AssessmentForm] = mapped_column(default=AssessmentForm.UNKNOWN)
    is_supervised: Mapped[bool | None]
    """Whether somebody watches while a learner shows it; None where that is not stated, here and in the next two."""
    is_identity_checked: Mapped[bool | None]
    is_stackable: Mapped[bool | None]
    """Whether the credential counts towards a larger one."""
    quality_mark: Mapped[str] = mapped_column(String(160), default="")
    """Who guards the quality, or by which rules: "NVAO", "NRTO-keurmerk"."""
    quality_url: Mapped[str] = mapped_column(String(500), default="")
    language: Mapped[str] = mapped_column(String(3), default="nl")
    workload_hours: Mapped[float | None]
    load_unit: Mapped[LoadUnit] = mapped_column(default=LoadUnit.HOURS)
    url: Mapped[str] = mapped_column(String(500), default="")
    status: Mapped[Status] = mapped_column(default=Status.DRAFT, index=True)
    is_example: Mapped[bool] = mapped_column(default=False)
    """Invented, to try Leerwijzer with; every page says so."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()
    hub: Mapped[Hub | None] = relationship()
    theme: Mapped[Theme | None] = relationship()
    skills: Mapped[list[ModuleSkill]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    editions: Mapped[list[Edition]] = relationship(cascade="all, delete-orphan", passive_deletes=True, order_by=Edition.id)
    shares: Mapped[list[ModuleOwner]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    """Organisations that make it too, and those that were asked to."""

    @property
    def owner_ids(self) -> frozenset[int]:
        """Keys of the organisations that may change it: who offers it, and who accepted to make it too."""
        return frozenset({self.organisation_id, *(one.organisation_id for one in self.shares if one.accepted_at)})

    def edition(self, edition_id: int | None) -> Edition | None:
        """Its edition with this key; None for None, and where it has no such edition."""
        return next((one for one in self.editions if one.id == edition_id), None)

    @property
    def taught(self) -> list[ModuleSkill]:
        """The skills that this module teaches, with the level reached."""
        return [row for row in self.skills if row.role == ModuleSkill.TAUGHT]

    @property
    def required(self) -> list[ModuleSkill]:
        """The skills asked at entry, with the level asked."""
        return [row for row in self.skills if row.role == ModuleSkill.REQUIRED]


class ModuleSkill(Base):
    """A module teaches a skill up to a level, or requires it at a level (1 to 4)."""

    __tablename__ = "module_skill"
    __table_args__ = (Index("ix_module_skill_skill_id", "skill_id"),)
    TAUGHT: ClassVar[str] = "taught"
    REQUIRED: ClassVar[str] = "required"

    module_id: Mapped[int] = mapped_column(ForeignKey("module.id", ondelete="CASCADE"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(8), primary_key=True)
    level: Mapped[int]
    is_recognised: Mapped[bool] = mapped_column(default=False)
    """Found in the text by the recogniser, and not yet confirmed by a person."""

    skill: Mapped[Skill] = relationship()

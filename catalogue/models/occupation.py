"""Occupations, their other names, and the skills that they need."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base, HasUid
from catalogue.models.skill import HasLabels, Skill
from catalogue.vocabulary import Importance

ESSENTIAL_LEVEL = 3
OPTIONAL_LEVEL = 2
"""The level asked where a taxonomy gives none, as ESCO does: independently for essential skills, with help for optional ones."""


class OccupationGroup(Base):
    """A group of the International Standard Classification of Occupations, 2008. `broader_code` is one digit shorter."""

    __tablename__ = "occupation_group"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    uri: Mapped[str] = mapped_column(String(200), default="")
    label_nl: Mapped[str] = mapped_column(String(300), default="")
    label_en: Mapped[str] = mapped_column(String(300), default="")
    broader_code: Mapped[str] = mapped_column(String(8), default="")


class Occupation(HasUid, HasLabels, Base):
    """A job that one can have or want. `isco` is its unit group; `broader_id` the occupation that it specialises."""

    __tablename__ = "occupation"

    id: Mapped[int] = mapped_column(primary_key=True)
    isco: Mapped[str] = mapped_column(String(8), default="", index=True)
    code: Mapped[str] = mapped_column(String(20), default="")
    description_nl: Mapped[str] = mapped_column(Text, default="")
    description_en: Mapped[str] = mapped_column(Text, default="")
    broader_id: Mapped[int | None] = mapped_column(ForeignKey("occupation.id", ondelete="SET NULL"), index=True)

    aliases: Mapped[list[OccupationAlias]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    skills: Mapped[list[OccupationSkill]] = relationship(cascade="all, delete-orphan", passive_deletes=True)


class OccupationAlias(Base):
    """Another name of an occupation, feminine forms among them."""

    __tablename__ = "occupation_alias"

    occupation_id: Mapped[int] = mapped_column(ForeignKey("occupation.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    text: Mapped[str] = mapped_column(String(300), primary_key=True)


class OccupationSkill(Base):
    """An occupation needs a skill, at a level from 1 to 4."""

    __tablename__ = "occupation_skill"
    __table_args__ = (Index("ix_occupation_skill_skill_id", "skill_id"),)

    occupation_id: Mapped[int] = mapped_column(ForeignKey("occupation.id", ondelete="CASCADE"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id", ondelete="CASCADE"), primary_key=True)
    importance: Mapped[Importance]
    level: Mapped[int]

    skill: Mapped[Skill] = relationship()

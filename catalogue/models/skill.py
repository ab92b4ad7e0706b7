"""Skills: the taxonomy's concepts, their other names, collections and relations."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base, HasUid
from catalogue.vocabulary import SkillKind


class HasLabels:
    """Preferred names in Dutch and English; "" where there is none. `uri` is the official one, None for a concept of our own."""

    uri: Mapped[str | None] = mapped_column(String(200), unique=True)
    label_nl: Mapped[str] = mapped_column(String(300), default="")
    label_en: Mapped[str] = mapped_column(String(300), default="")
    source: Mapped[str] = mapped_column(String(20), default="own")
    """Who keeps the labels: "seed", "esco" or "own". A seed load leaves the labels of the others alone."""

    def label(self, language: str = "nl") -> str:
        """The name in `language`, else in the other one, else "" (known by its URI only)."""
        preferred, other = (self.label_en, self.label_nl) if language == "en" else (self.label_nl, self.label_en)
        return preferred or other

    def label_language(self, language: str = "nl") -> str:
        """The language that `label` answers in, so that a page can mark a name that is not in its own language."""
        if language == "en":
            return "en" if self.label_en else "nl"
        return "nl" if self.label_nl or not self.label_en else "en"


class Skill(HasUid, HasLabels, Base):
    """Something that one can do or know, or (kind group) a node of the hierarchy above them."""

    __tablename__ = "skill"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[SkillKind] = mapped_column(default=SkillKind.SKILL)
    reuse_level: Mapped[str] = mapped_column(String(30), default="")
    code: Mapped[str] = mapped_column(String(20), default="")
    description_nl: Mapped[str] = mapped_column(Text, default="")
    description_en: Mapped[str] = mapped_column(Text, default="")

    aliases: Mapped[list[SkillAlias]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    collections: Mapped[list[SkillCollection]] = relationship(cascade="all, delete-orphan", passive_deletes=True)


class SkillAlias(Base):
    """Another name of a skill."""

    __tablename__ = "skill_alias"

    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    text: Mapped[str] = mapped_column(String(300), primary_key=True)


class SkillCollection(Base):
    """A named set that a skill belongs to: green, digital, transversal, language or basic."""

    __tablename__ = "skill_collection"

    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(20), primary_key=True)


class SkillRelation(Base):
    """From a skill to a broader or a related one. Related counts both ways and is stored once."""

    __tablename__ = "skill_relation"
    __table_args__ = (Index("ix_skill_relation_other_id", "other_id"),)
    BROADER: ClassVar[str] = "broader"
    RELATED: ClassVar[str] = "related"

    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("skill.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)

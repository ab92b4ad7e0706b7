"""Transition themes: data, so that a new theme is a row and not a release."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base, HasSlug


class Theme(HasSlug, Base):
    """A transition theme, such as energy."""

    __tablename__ = "theme"

    id: Mapped[int] = mapped_column(primary_key=True)
    label_nl: Mapped[str] = mapped_column(String(80))
    label_en: Mapped[str] = mapped_column(String(80))
    summary_nl: Mapped[str] = mapped_column(String(300), default="")
    summary_en: Mapped[str] = mapped_column(String(300), default="", server_default="")
    position: Mapped[int] = mapped_column(default=0)

    def label(self, language: str) -> str:
        """The name in `language` ("nl" or "en")."""
        return self.label_en if language == "en" else self.label_nl

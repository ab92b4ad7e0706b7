"""What a module means, as numbers."""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base


class ModuleVector(Base):
    """The sentence vector of a module: made once for a text and a model, and made anew when either changes.

    `number` is the counter of vectors (`catalogue.versions`) at the time of writing: a process reads what is newer than it has.
    """

    __tablename__ = "module_vector"

    module_id: Mapped[int] = mapped_column(ForeignKey("module.id", ondelete="CASCADE"), primary_key=True)
    model: Mapped[str] = mapped_column(String(80))
    digest: Mapped[str] = mapped_column(String(32))
    vector: Mapped[bytes] = mapped_column(LargeBinary)
    number: Mapped[int] = mapped_column(index=True)

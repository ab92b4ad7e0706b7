"""Who filed a demand, and where to reach them. It stands apart from the demand, so that it goes with the account."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models import Demand
from catalogue.models.base import Base


class DemandOwner(Base):
    """The account that filed a demand, and the e-mail address that whoever picks it up may see."""

    __tablename__ = "demand_owner"

    demand_id: Mapped[int] = mapped_column(ForeignKey("demand.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    contact_email: Mapped[str] = mapped_column(String(254))


@dataclass(frozen=True, slots=True)
class FiledDemand:
    """A demand with who filed it; None for one whose account is gone, and for an example."""

    demand: Demand
    owner: DemandOwner | None

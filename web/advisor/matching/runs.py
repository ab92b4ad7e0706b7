"""The run of a module that fits a client: the same one wherever a dossier shows the module."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from catalogue.models import Edition, Module
from matching.core.path.pins import Obstacle
from matching.results import Run
from web.advisor.matching.left_out import WHY
from web.advisor.matching.profile import dossier_profile
from web.advisor.model import Dossier
from web.browse.cards import Card, card, first_open
from web.wiring import services


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs that fit the wishes in a dossier, by key of the module, as the matcher answers."""

    found: Mapping[int, Run | None]
    today: date

    def card(self, module: Module) -> Card:
        """The module with the run that fits; with the first one where none does."""
        run = self.found.get(module.id)
        return card(module, self.today, self.edition(module), run.distance_km if run else None)

    def edition(self, module: Module) -> Edition | None:
        """The run that fits; None where none does."""
        run = self.found.get(module.id)
        return module.edition(run.edition_id) if run else None

    def problem(self, module: Module) -> str:
        """Why no run fits, in words; "" where one does, or where the matcher does not know the module yet."""
        if self.found.get(module.id, True):
            return ""
        return str(WHY[Obstacle.WISHES if first_open(module, self.today) else Obstacle.CLOSED])


def runs_of(session: Session, dossier: Dossier, modules: Iterable[Module]) -> Runs:
    """The runs of modules that fit the wishes of the client."""
    parts = services()
    today = parts.today()
    return Runs(parts.matcher.runs_of(dossier_profile(session, dossier), today, {one.id for one in modules}), today)

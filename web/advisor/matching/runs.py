"""The run of a module that fits a client: the same one wherever a dossier shows the module."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from catalogue.models import Edition, Module
from catalogue.points import Point, distance_km
from catalogue.vocabulary import Format
from matching.core.components import USUAL_REACH_KM
from matching.core.path.pins import Obstacle
from matching.results import Run
from web.advisor.matching.left_out import WHY
from web.advisor.matching.profile import dossier_profile
from web.advisor.model import Dossier
from web.browse.cards import Card, card, first_open
from web.wiring import services


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs that fit the wishes in a dossier, by key of the module, as the matcher answers.

    `home` is where the client lives, where that is known, and `reach_km` how far is not too far.
    """

    found: Mapping[int, Run | None]
    today: date
    home: Point | None
    reach_km: float

    def card(self, module: Module) -> Card:
        """The module with the run that fits; with the first one where none does."""
        return card(module, self.today, self.edition(module), self._km(module))

    def is_far(self, module: Module) -> bool:
        """Whether the run on the card is too far away."""
        km = self._km(module)
        return km is not None and km > self.reach_km

    def near_first(self, modules: Iterable[Module]) -> list[Module]:
        """Those that fit before those that do not, the nearest first and online last; and all of them before what is too far away."""

        def place(module: Module) -> tuple[bool, bool, bool, float]:
            km = self._km(module)
            return self.is_far(module), self.found.get(module.id) is None, km is None, km or 0.0

        return sorted(modules, key=place)

    def edition(self, module: Module) -> Edition | None:
        """The run that fits; None where none does."""
        run = self.found.get(module.id)
        return module.edition(run.edition_id) if run else None

    def problem(self, module: Module) -> str:
        """Why no run fits, in words; "" where one does, or where the matcher does not know the module yet."""
        if self.found.get(module.id, True):
            return ""
        return str(WHY[Obstacle.WISHES if first_open(module, self.today) else Obstacle.CLOSED])

    def _km(self, module: Module) -> float | None:
        """How far the run on the card is; None online, and where a place is not known."""
        run = self.edition(module) or first_open(module, self.today)
        if self.home is None or run is None or run.place is None or run.format is Format.ONLINE:
            return None
        return distance_km(self.home, Point(run.place.latitude, run.place.longitude))


def runs_of(session: Session, dossier: Dossier, modules: Iterable[Module]) -> Runs:
    """The runs of modules that fit the wishes of the client."""
    parts, profile = services(), dossier_profile(session, dossier)
    today, wishes = parts.today(), profile.constraints
    reach_km = USUAL_REACH_KM if wishes.max_km is None else wishes.max_km
    return Runs(parts.matcher.runs_of(profile, today, {one.id for one in modules}), today, wishes.near, reach_km)

"""From which side this visitor looks at a demand, and so what they may do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.demands.status import ONLINE, Side
from catalogue.models import Organisation
from catalogue.vocabulary import DemandStatus
from web.accounts.demand_model import FiledDemand
from web.demands.own import is_helper
from web.demands.presenters import StepButton, step_buttons
from web.security.access import Action, allows, current_actor


@dataclass(frozen=True, slots=True)
class Sides:
    """What a visitor may do: as the one who asks, and as one who helps."""

    is_asker: bool
    can_change: bool
    asking: Sequence[StepButton]
    helping: Sequence[StepButton]
    can_answer: bool


def sides_of(filed: FiledDemand, own: Sequence[Organisation]) -> Sides:
    """What this visitor may do with a demand; `own` are the organisations that they work for."""
    demand = filed.demand
    is_asker = allows(current_actor(), Action.EDIT, filed)
    may_help = bool(own) and (demand.status is DemandStatus.OPEN or is_helper(demand))
    return Sides(
        is_asker=is_asker,
        can_change=is_asker and demand.status is not DemandStatus.CLOSED,
        asking=step_buttons(demand, Side.ASKER) if is_asker else (),
        helping=step_buttons(demand, Side.HELPER) if may_help else (),
        can_answer=bool(own) and demand.status in ONLINE - {DemandStatus.CLOSED},
    )

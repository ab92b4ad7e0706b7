"""The steps of a demand, and which side may take each: who asks, or the organisation that helps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from catalogue.models import Demand, DemandStep, Organisation
from catalogue.vocabulary import DemandStatus


class Side(StrEnum):
    """From which side somebody acts on a demand."""

    ASKER = "asker"
    HELPER = "helper"


_ASKER, _HELPER, _BOTH = frozenset({Side.ASKER}), frozenset({Side.HELPER}), frozenset(Side)

STEPS: Mapping[DemandStatus, Mapping[DemandStatus, frozenset[Side]]] = {
    DemandStatus.DRAFT: {DemandStatus.OPEN: _ASKER},
    DemandStatus.OPEN: {DemandStatus.PICKED_UP: _HELPER, DemandStatus.ANSWERED: _ASKER, DemandStatus.WITHDRAWN: _ASKER},
    DemandStatus.PICKED_UP: {DemandStatus.ANSWERED: _BOTH, DemandStatus.OPEN: _HELPER, DemandStatus.WITHDRAWN: _ASKER},
    DemandStatus.ANSWERED: {DemandStatus.CLOSED: _ASKER, DemandStatus.OPEN: _ASKER},
    DemandStatus.CLOSED: {},
    DemandStatus.WITHDRAWN: {DemandStatus.OPEN: _ASKER},
}
"""From where to where, and from which side. An answer that does not satisfy opens the demand again; what is closed stays so."""

WAITING = frozenset({DemandStatus.OPEN, DemandStatus.PICKED_UP})
"""Nothing has answered these yet."""

ONLINE = WAITING | {DemandStatus.ANSWERED, DemandStatus.CLOSED}
"""Everybody may read these."""


class DemandStepNotAllowed(ValueError):
    """A demand cannot go from `current` to `wanted`, or not from this side."""

    def __init__(self, current: DemandStatus, wanted: DemandStatus) -> None:
        super().__init__(f"a demand cannot go from {current} to {wanted}")
        self.current, self.wanted = current, wanted


class NothingWanted(ValueError):
    """A demand without skills cannot be put online."""


class NothingAnswers(ValueError):
    """A demand without an answer cannot be called answered."""


def possible_steps(demand: Demand, side: Side) -> list[DemandStatus]:
    """Where a demand may go from one side, in the order of `STEPS`."""
    return [wanted for wanted, sides in STEPS[demand.status].items() if side in sides]


def take_demand_step(demand: Demand, wanted: DemandStatus, side: Side, now: datetime, helper: Organisation | None = None) -> None:
    """Moves a demand to another status, and keeps that step.

    Args:
        helper: the organisation in whose name a helper acts; None for who asks.

    Raises:
        DemandStepNotAllowed: `STEPS` has no such step for this side, or another organisation picked the demand up.
        NothingWanted: it has no skills and would be open.
        NothingAnswers: it has no answers and would be answered.
    """
    is_of_another = side is Side.HELPER and demand.status is DemandStatus.PICKED_UP and helper is not demand.helper
    if wanted not in possible_steps(demand, side) or (side is Side.HELPER) != (helper is not None) or is_of_another:
        raise DemandStepNotAllowed(demand.status, wanted)
    if wanted is DemandStatus.OPEN and not demand.skills:
        raise NothingWanted
    if wanted is DemandStatus.ANSWERED and not demand.answers:
        raise NothingAnswers
    if wanted is DemandStatus.PICKED_UP:
        demand.helper = helper
    elif wanted is DemandStatus.OPEN:
        demand.helper = None
    demand.status = wanted
    demand.updated_at = now
    demand.steps.append(DemandStep(organisation=helper, status=wanted, created_at=now))

"""The steps of a demand, and whose they are."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import pytest

from catalogue.demands.status import (
    ONLINE,
    STEPS,
    WAITING,
    DemandStepNotAllowed,
    NothingAnswers,
    NothingWanted,
    Side,
    possible_steps,
    take_demand_step,
)
from catalogue.models import Demand, DemandAnswer, DemandSkill, Organisation
from catalogue.vocabulary import DemandStatus
from web.demands.demand_words import STATUSES, STEP_BUTTONS

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OURS, THEIRS = Organisation(id=1, name="Ons"), Organisation(id=2, name="Anders")


def demand(status: DemandStatus, *, skills: int = 1, answers: int = 1, helper: Organisation | None = None) -> Demand:
    return Demand(
        title="Monteur",
        people=4,
        status=status,
        helper=helper,
        skills=[DemandSkill(skill_id=number, level_now=0, level_wanted=3) for number in range(skills)],
        answers=[DemandAnswer(module_id=number, created_at=NOW) for number in range(answers)],
        steps=[],
    )


@pytest.mark.parametrize(("current", "wanted", "side"), list(product(DemandStatus, DemandStatus, Side)))
def test_only_the_steps_of_the_table_can_be_taken(current: DemandStatus, wanted: DemandStatus, side: Side) -> None:
    one = demand(current, helper=OURS if current is DemandStatus.PICKED_UP else None)
    helper = OURS if side is Side.HELPER else None
    if wanted in possible_steps(one, side):
        take_demand_step(one, wanted, side, NOW, helper)
        assert (one.status, one.updated_at) == (wanted, NOW)
        assert [(step.status, step.organisation) for step in one.steps] == [(wanted, helper)]
    else:
        with pytest.raises(DemandStepNotAllowed):
            take_demand_step(one, wanted, side, NOW, helper)
        assert (one.status, one.steps) == (current, [])


def test_every_step_has_a_button_and_no_other_has() -> None:
    taken = {(side, start, end) for start, ends in STEPS.items() for end, sides in ends.items() for side in sides}
    assert STEP_BUTTONS.keys() == taken
    assert STEPS.keys() == STATUSES.keys() == set(DemandStatus)
    assert WAITING < ONLINE < set(DemandStatus)


def test_every_status_can_be_reached() -> None:
    reached = {DemandStatus.DRAFT}
    while more := {end for start in reached for end in STEPS[start]} - reached:
        reached |= more
    assert reached == set(DemandStatus)


def test_a_demand_is_of_who_picked_it_up_until_it_is_given_back() -> None:
    one = demand(DemandStatus.OPEN)
    take_demand_step(one, DemandStatus.PICKED_UP, Side.HELPER, NOW, OURS)
    assert one.helper is OURS
    for wanted in (DemandStatus.ANSWERED, DemandStatus.OPEN):
        with pytest.raises(DemandStepNotAllowed):
            take_demand_step(one, wanted, Side.HELPER, NOW, THEIRS)
    take_demand_step(one, DemandStatus.OPEN, Side.HELPER, NOW, OURS)
    assert one.helper is None
    take_demand_step(one, DemandStatus.PICKED_UP, Side.HELPER, NOW, THEIRS)
    assert one.helper is THEIRS


def test_nobody_helps_without_a_name_or_asks_with_one() -> None:
    with pytest.raises(DemandStepNotAllowed):
        take_demand_step(demand(DemandStatus.OPEN), DemandStatus.PICKED_UP, Side.HELPER, NOW)
    with pytest.raises(DemandStepNotAllowed):
        take_demand_step(demand(DemandStatus.OPEN), DemandStatus.WITHDRAWN, Side.ASKER, NOW, OURS)


def test_what_is_asked_and_what_answers_must_be_there() -> None:
    with pytest.raises(NothingWanted):
        take_demand_step(demand(DemandStatus.DRAFT, skills=0), DemandStatus.OPEN, Side.ASKER, NOW)
    for side, helper in ((Side.ASKER, None), (Side.HELPER, OURS)):
        with pytest.raises(NothingAnswers):
            take_demand_step(demand(DemandStatus.PICKED_UP, answers=0, helper=OURS), DemandStatus.ANSWERED, side, NOW, helper)

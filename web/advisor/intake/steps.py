"""The steps of the guided intake: in which order they come, and how far somebody is. Pure functions on `Talk`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from web.advisor.intake.answer_codes import Route
from web.advisor.intake.talk import Talk


class Step(StrEnum):
    """A step; its page is the endpoint `advisor.intake_` with its name."""

    SITUATION = "situation"
    WORK = "work"
    SKILLS = "skills"
    ENERGY = "energy"
    GOAL = "goal"
    WISHES = "wishes"
    LANGUAGE = "language"
    BARRIERS = "barriers"


class State(StrEnum):
    """How a step stands."""

    DONE = "done"
    SKIPPED = "skipped"
    OPEN = "open"


_EARLY: Mapping[str, tuple[Step, ...]] = {
    Route.MIGRANT: (Step.SITUATION, Step.LANGUAGE),
    Route.SMALL_FIRM: (Step.SITUATION, Step.WORK, Step.GOAL, Step.WISHES),
}
"""What comes before the rest on a route."""


def steps_of(route: str) -> tuple[Step, ...]:
    """All steps, each once, in the order that suits a route; the usual order for a route that is not known."""
    early = _EARLY.get(route, ())
    return (*early, *(step for step in Step if step not in early))


def state_of(talk: Talk, step: Step) -> State:
    """Whether a step was answered, skipped, or neither."""
    if step in talk.done:
        return State.DONE
    return State.SKIPPED if step in talk.skipped else State.OPEN


def answered(talk: Talk, step: Step) -> Talk:
    """The talk with a step answered."""
    done = talk.done if step in talk.done else (*talk.done, step.value)
    return replace(talk, done=done, skipped=tuple(one for one in talk.skipped if one != step))


def skipped(talk: Talk, step: Step) -> Talk:
    """The talk with a step skipped; one that was answered before stays so."""
    return talk if state_of(talk, step) is not State.OPEN else replace(talk, skipped=(*talk.skipped, step.value))


def after(talk: Talk, step: Step) -> Step | None:
    """The first open step behind this one, so that nobody is led again through what was told; None where there is none."""
    behind = steps_of(talk.route)[steps_of(talk.route).index(step) + 1 :]
    return next((one for one in behind if state_of(talk, one) is State.OPEN), None)


def first_open(talk: Talk) -> Step | None:
    """Where the talk goes on; None when every step was answered or skipped."""
    return next((one for one in steps_of(talk.route) if state_of(talk, one) is State.OPEN), None)

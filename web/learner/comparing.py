"""Other wishes beside those of somebody: which ones to offer, and what each gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from catalogue.modules import modules_by_id
from catalogue.skills.reads import skills_by_id
from matching.advice.scenarios import compare
from matching.advice.suggestions import suggested
from matching.profiles.profile import LearnerProfile
from web.learner.answers import Answers
from web.learner.forms import ConstraintsForm
from web.learner.profile import learner_profile
from web.learner.scenario_cards import SHOWN_MODULES, Choice, Column, choice, columns
from web.learner.scenario_form import MOST_SCENARIOS, changed_by, code_of, proposed
from web.wiring import services

OWN = ("budget_eur", "hours_per_week", "near", "max_km", "moments", "formats")
"""The wishes that one can change by hand beside others; the page with all wishes has the rest."""

CHOSEN_AT_FIRST = 2


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Changes to choose from, and the wishes as they are beside those that were chosen."""

    choices: Sequence[Choice]
    columns: Sequence[Column]

    @property
    def chosen(self) -> list[str]:
        """The codes of what stands side by side, that of the wishes as they are among them."""
        return [column.code for column in self.columns]


def given_by_hand(asked: MultiDict[str, str]) -> dict[str, list[str]]:
    """What was filled in, of a request; a field that was left empty changes nothing."""
    return {name: asked.getlist(name) for name in OWN if any(asked.getlist(name))}


def own_change(now: Answers, form: ConstraintsForm, given: Mapping[str, object]) -> str:
    """The code of what was filled in in a form that was checked."""
    return code_of(now, now.changed(**{name: form.values[name] for name in given}))


def most_of(codes: Sequence[str]) -> list[str]:
    """Each code once, and no more than stand side by side."""
    return [code for code in dict.fromkeys(codes) if code][:MOST_SCENARIOS]


def side_by_side(session: Session, now: Answers, profile: LearnerProfile, codes: Sequence[str] | None) -> SideBySide:
    """The wishes `now` beside those that `codes` change; what makes no sense is passed over.

    Args:
        profile: of who has these wishes.
        codes: as `scenario_form.code_of` gives them; None takes what brings most.
    """
    thens = _changed(session, now, codes or ())
    choices = _choices(now, profile, thens)
    if codes is None:
        thens = _changed(session, now, [one.code for one in choices[:CHOSEN_AT_FIRST]])
    return SideBySide(choices, _columns(session, now, profile, thens))


def _changed(session: Session, now: Answers, codes: Sequence[str]) -> list[Answers]:
    """The answers with each change that makes sense, each once."""
    return [then for code in dict.fromkeys(codes) if (then := changed_by(session, now, code))][:MOST_SCENARIOS]


def _choices(now: Answers, profile: LearnerProfile, thens: Sequence[Answers]) -> list[Choice]:
    """The suggested changes, and those that were made by hand."""
    parts = services()
    found = suggested(parts.matcher, profile, parts.today())
    offered = [choice(now, then, one.gain) for one in found if (then := proposed(now, one))]
    known = {one.code for one in offered}
    return [*offered, *(own for then in thens if (own := choice(now, then)).code not in known)]


def _columns(session: Session, now: Answers, profile: LearnerProfile, thens: Sequence[Answers]) -> list[Column]:
    parts = services()
    scenarios = [learner_profile(session, then, profile.own_language).constraints for then in thens]
    found = compare(parts.matcher, profile, scenarios, parts.today(), SHOWN_MODULES)
    modules, skills = modules_by_id(session, found.named_modules()), skills_by_id(session, found.named_skills())
    return columns(found, now, thens, modules, skills, parts.today())

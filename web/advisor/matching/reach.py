"""How one module stands to a client: what it brings, what is in the way, and what would take that away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from sqlalchemy.orm import Session

from catalogue.models import Module, Skill
from catalogue.modules import modules_by_id
from catalogue.moments import JOINT
from catalogue.skills.reads import skills_by_id
from matching.core.exclusions import Exclusion
from matching.module_reach import ModuleReach, Way, WishChange
from matching.profiles.profile import LearnerProfile
from matching.results import Match, WhatIf
from web import words
from web.languages import _
from web.learner.answers import Answers
from web.learner.match_cards import MatchCard, MissingLine, match_card
from web.learner.scenario_form import code_of
from web.what_if import what_if_text
from web.wiring import services

MOST_WAYS = 3


@dataclass(frozen=True, slots=True)
class WayLine:
    """All that would have to change together, in words; `code` puts it beside the wishes as they are, "" where that cannot be shown."""

    text: str
    code: str


@dataclass(frozen=True, slots=True)
class Reach:
    """A module that fits, as a card with the reasons; else all that is in the way of it.

    Attributes:
        is_scored: whether enough is known of the client for a score.
        ways: each way in which wishes could give way for it.
        missing: what is asked at entry and not held.
        preparation: what the modules that bring it cost, and by when; "" where nothing is missing, or nothing brings all of it.
    """

    match: MatchCard | None
    is_scored: bool
    has_open_run: bool
    closes_something: bool
    ways: Sequence[WayLine]
    missing: Sequence[MissingLine]
    preparation: str


def reach_of(session: Session, profile: LearnerProfile, answers: Answers, module: Module) -> Reach | None:
    """How a module stands to a profile; that it was rejected does not count here. None for a module that the engine does not know."""
    parts, today = services(), services().today()
    found = parts.matcher.reach_of(profile, today, module.id)
    if found is None:
        return None
    open_to_it = replace(profile, rejected=profile.rejected - {module.id})
    match = parts.matcher.matches_of(open_to_it, today, [module.id]).get(module.id)
    named_modules = found.named_modules() | (match.named_modules() if match else set())
    modules = {**modules_by_id(session, named_modules), module.id: module}
    skills = skills_by_id(session, found.named_skills() | (match.named_skills() if match else set()))
    return Reach(
        match=match_card(match, modules, skills, today, {}) if match else None,
        is_scored=bool(match) and not parts.matcher.match(profile, today, 1).is_too_little_known,
        has_open_run=found.has_open_run,
        closes_something=bool(found.closes),
        ways=[_way(way, module, answers, profile) for way in found.ways[:MOST_WAYS]],
        missing=_missing(found, modules, skills),
        preparation=_preparation(found),
    )


def fitting(profile: LearnerProfile, modules: Mapping[int, Module]) -> dict[int, Match]:
    """Those of some modules that fit, by key; that one was rejected does not count."""
    parts = services()
    return parts.matcher.matches_of(replace(profile, rejected=frozenset()), parts.today(), modules)


def about_goal(profile: LearnerProfile, keys: Iterable[int]) -> set[int]:
    """Those of some modules that bring the goal further, whether or not they fit the wishes."""
    parts = services()
    return {key for key in keys if (found := parts.matcher.reach_of(profile, parts.today(), key)) and found.closes}


def _way(way: Way, module: Module, answers: Answers, profile: LearnerProfile) -> WayLine:
    texts = [_change(one, way, module, profile.constraints.budget_eur) for one in way.changes]
    can_be_shown = not any(one.wish is Exclusion.LEVEL for one in way.changes)
    return WayLine(words.all_of(texts), code_of(answers, _granted(answers, way, profile)) if can_be_shown else "")


def _change(one: WishChange, way: Way, module: Module, budget_eur: float | None) -> str:
    text = what_if_text(WhatIf(module.id, way.edition_id, one.wish, one.price_eur, one.distance_km, one.day), module, budget_eur)
    if one.hours_per_week:
        return _("%(change)s (of met %(hours)s per week)", change=text, hours=words.hours(ceil(one.hours_per_week)))
    return text


def _granted(answers: Answers, way: Way, profile: LearnerProfile) -> Answers:
    """The answers if the wishes of a way gave way, in whole euros and kilometres."""
    for one in way.changes:
        code = (one.code,) if one.code else ()
        match one.wish:
            case Exclusion.BUDGET if one.price_eur is not None:
                answers = answers.changed(budget_eur=float(ceil(one.price_eur)))
            case Exclusion.DISTANCE if one.distance_km is not None:
                answers = answers.changed(max_km=ceil(one.distance_km))
            case Exclusion.START_AFTER:
                answers = answers.changed(start_after=one.day)
            case Exclusion.FINISH_BY:
                answers = answers.changed(finish_by=one.day)
            case Exclusion.LANGUAGE:
                answers = answers.changed(languages=tuple(sorted({*profile.constraints.languages, *code})))
            case Exclusion.FORMAT:
                answers = answers.changed(formats=(*answers.formats, *code))
            case Exclusion.MOMENT:
                parts = [part for joined in code for part in joined.split(JOINT) if part not in answers.moments]
                answers = answers.changed(moments=(*answers.moments, *parts))
    return answers


def _missing(found: ModuleReach, modules: Mapping[int, Module], skills: Mapping[int, Skill]) -> list[MissingLine]:
    return [
        MissingLine(
            *words.named(skills[gap.skill_id]),
            str(words.SKILL_LEVELS[gap.asked]),
            next((modules[key] for key in gap.bridge_ids if key in modules), None),
            None,
        )
        for gap in found.missing_at_entry
        if gap.skill_id in skills
    ]


def _preparation(found: ModuleReach) -> str:
    path = found.preparation
    if path is None or not path.is_reached or path.finish is None:
        return ""
    return _("Dat kan voor %(price)s, en is klaar rond %(day)s.", price=words.price(path.price_eur), day=words.day(path.finish))

"""What follows from a visitor's answers, with all that a page, a file or a document about it names: matches, or paths."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import session
from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from catalogue.models import Module, Skill, Stack
from catalogue.modules import modules_by_id, stacks_by_id
from catalogue.overview import theme_by_slug
from catalogue.skills.reads import occupation_by_reference, occupations_by_id, skills_by_id, skills_by_uid
from catalogue.versions import current_versions
from matching.core.path.field import Objective
from matching.planning import PathResult
from matching.profiles.profile import LearnerProfile
from matching.results import MatchResult
from web.languages import language
from web.learner.answers import PATHS_KEY, Answers
from web.learner.explore_cards import ExplorePage, explore_page
from web.learner.own_words import heard_in_goal
from web.learner.path_form import AIMS, PathForm
from web.learner.presenters import AnswerLine, answer_lines
from web.learner.profile import learner_profile
from web.what_if import what_if_text
from web.wiring import services

ENOUGH_ABOUT_GOAL = 0.5
"""Share of what all modules close, from which on those about the goal are enough."""

_PATHS = TypeAdapter(dict[Objective, PathResult])
_SHAPE = hashlib.sha256(repr(_PATHS.json_schema()).encode()).hexdigest()
"""Another shape after an update of the program makes kept paths another question."""


SKILL_OPTIONS = 8
EXPLORED = 8
RECOGNISED_SKILLS = 25
RECOGNISED_WORK = 6


@dataclass(frozen=True, slots=True)
class FoundMatches:
    """One page of matches, with the modules and skills that it names by their keys."""

    result: MatchResult
    modules: Mapping[int, Module]
    skills: Mapping[int, Skill]


@dataclass(frozen=True, slots=True)
class FoundPaths:
    """Paths by what each is the least of, and which of them is shown, with the modules and skills that this one names by their keys,
    and the stacks that it earns.

    `with_beside`: the share of the gap that is within reach with modules that are mostly about something else, where we left these out;
    None where we did not.
    """

    paths: Mapping[Objective, PathResult]
    aim: Objective
    modules: Mapping[int, Module]
    skills: Mapping[int, Skill]
    stacks: Sequence[Stack]
    with_beside: float | None = None

    @property
    def shown(self) -> PathResult:
        """The path that is shown whole."""
        return self.paths[self.aim]


@dataclass(frozen=True, slots=True)
class Fit:
    """A module beside somebody's goal: how many of its skills it brings further; or, where it does not fit their wishes, the one small
    change with which it would, in words. `edition`: the public id of the one that fits best; "" where none does."""

    skills: int
    change: str
    edition: str = ""


def found_matches(reading: Session, profile: LearnerProfile, limit: int, offset: int = 0) -> FoundMatches:
    """The modules that fit somebody, best first."""
    parts = services()
    result = parts.matcher.match(profile, parts.today(), limit, offset)
    return FoundMatches(result, modules_by_id(reading, result.named_modules()), skills_by_id(reading, result.named_skills()))


def changes_within_reach(reading: Session, profile: LearnerProfile) -> list[tuple[Module, str]]:
    """Modules that one small change of one wish would bring near, each with that change in words."""
    parts = services()
    wider = parts.matcher.what_if(profile, parts.today())
    modules = modules_by_id(reading, {one.module_id for one in wider})
    near = [(one, modules[one.module_id]) for one in wider if one.module_id in modules]
    return [(module, what_if_text(one, module, profile.constraints.budget_eur)) for one, module in near]


def fit_of(reading: Session, answers: Answers, module: Module) -> Fit | None:
    """How one module stands to the goal of who has one; None without a goal, and for a module that has nothing to do with it."""
    if not answers.has_goal:
        return None
    parts, profile = services(), learner_profile(reading, answers)
    if match := parts.matcher.matches_of(profile, parts.today(), [module.id]).get(module.id):
        edition = module.edition(match.edition_id)
        return Fit(len(match.closes), "", edition.uid if edition else "")
    change = parts.matcher.what_if_of(profile, parts.today(), module.id)
    return Fit(0, what_if_text(change, module, answers.budget_eur)) if change else None


def own_paths(reading: Session, answers: Answers, form: PathForm, aim_word: str) -> FoundPaths:
    """The paths for a visitor's answers, kept in the browser's session; see `found_paths`."""
    follows_from = repr((answers, language()))
    return found_paths(reading, learner_profile(reading, answers), follows_from, form, aim_word, session, leaves_out=True)


def found_paths(
    reading: Session,
    profile: LearnerProfile,
    follows_from: str,
    form: PathForm,
    aim_word: str,
    kept_in: MutableMapping[str, Any],
    *,
    leaves_out: bool = False,
) -> FoundPaths:
    """The paths for a profile and the choices of `form`; `aim_word` of AIMS says which one is shown, else the cheapest.

    The same question gets the same answer for as long as the catalogue stays as it is: the search for a path ends by the clock, and a
    file or a print must hold the path that the page showed. A path also stays where more modules are pinned, all of which it holds, or
    rejected, of which it holds none: so who pins all of it gets just that path.

    Args:
        follows_from: what the profile follows from, pinned and rejected modules aside; the same text, the same profile.
        kept_in: holds the paths that were shown last below `PATHS_KEY`.
        leaves_out: whether we leave out what is beside a goal out of reach, where `form` leaves that to us.
    """
    parts, asked = services(), AIMS.get(aim_word, Objective.COST)
    question = _fingerprint(follows_from, form, _SHAPE, asked, parts.today(), current_versions(reading))
    kept, choices = kept_in.get(PATHS_KEY, {}), [sorted(profile.pinned), sorted(profile.rejected)]
    paths = _PATHS.validate_python(kept["paths"]) if kept.get("question") == question else {}
    with_beside = kept.get("with_beside") if paths else None
    if not paths or kept["choices"] != choices:
        known = {aim: path for aim, path in paths.items() if _stands(path, profile, *map(frozenset, kept["choices"]))}
        if with_beside is None or len(known) < len(paths):
            paths, with_beside = _planned(profile, form, asked, {} if with_beside is not None else known, leaves_out=leaves_out)
        dumped = _PATHS.dump_python(paths, mode="json")
        kept_in[PATHS_KEY] = {"question": question, "choices": choices, "paths": dumped, "with_beside": with_beside}
    aim = asked if asked in paths else Objective.COST
    modules, skills = modules_by_id(reading, paths[aim].named_modules()), skills_by_id(reading, paths[aim].named_skills())
    return FoundPaths(paths, aim, modules, skills, stacks_by_id(reading, paths[aim].stacks), with_beside)


def _planned(
    profile: LearnerProfile, form: PathForm, asked: Objective, known: Mapping[Objective, PathResult], *, leaves_out: bool
) -> tuple[dict[Objective, PathResult], float | None]:
    """The paths; and, where we leave out of them what is beside the goal, the share of the gap that is within reach with it.

    So we do where the goal is out of reach, and what is about the goal closes half as much at least: who is told to take a drone course
    for the writing of reports learns a little more, and trusts us no more.
    """
    parts = services()
    planner = parts.matcher.planner(profile, parts.today(), form.budget_eur, **form.planning)
    paths = planner.alternatives(asked, form.coverage, known=known)
    cheapest = paths[Objective.COST]
    is_ours = leaves_out and form.keeps_to_goal is None
    if not is_ours or cheapest.is_reached or not any(one.is_beside for one in cheapest.modules):
        return paths, None
    planner = parts.matcher.planner(profile, parts.today(), form.budget_eur, **form.planning | {"keeps_to_goal": True})
    about_goal = planner.alternatives(asked, form.coverage)
    is_enough = about_goal[Objective.COST].coverage >= cheapest.coverage * ENOUGH_ABOUT_GOAL
    return (about_goal, cheapest.coverage) if is_enough else (paths, None)


def _stands(path: PathResult, profile: LearnerProfile, pinned: frozenset[int], rejected: frozenset[int]) -> bool:
    """Whether a path that was found with some modules pinned and rejected is as good an answer with those of the profile."""
    holds = {module.module_id for module in path.modules}
    has_only_more = pinned <= profile.pinned and rejected <= profile.rejected
    return has_only_more and not path.left_out and holds >= profile.pinned and holds.isdisjoint(profile.rejected)


def _fingerprint(follows_from: str, form: PathForm, *others: object) -> str:
    question = repr((follows_from, form.coverage, form.budget_eur, form.stapel.data, form.keeps_to_goal, *others))
    return hashlib.sha256(question.encode()).hexdigest()


def near_work(reading: Session, profile: LearnerProfile) -> ExplorePage:
    """Occupations within reach of somebody, and modules that bring more of them there."""
    parts = services()
    found = parts.matcher.explore(profile, parts.today(), EXPLORED)
    modules, occupations = modules_by_id(reading, found.named_modules()), occupations_by_id(reading, found.named_occupations())
    return explore_page(found, modules, occupations, parts.today())


def goal_words(reading: Session, answers: Answers) -> Sequence[tuple[str, str]]:
    """What somebody wants, in words, each part with its language."""
    return next(line.values for line in told(reading, answers) if line.is_goal)


def told(reading: Session, answers: Answers) -> list[AnswerLine]:
    """All answers in words."""
    return answer_lines(
        answers,
        skills_by_uid(reading, [*answers.skills, *answers.goal_skills, *answers.goal_meant]),
        occupation_by_reference(reading, answers.occupation) if answers.occupation else None,
        occupation_by_reference(reading, answers.goal_occupation) if answers.goal_occupation else None,
        theme_by_slug(reading, answers.goal_theme) if answers.goal_theme else None,
        heard_in_goal(reading, answers.goal_text) if answers.goal_kind == "text" and answers.goal_text else (),
    )


def heard_in(reading: Session, text: str) -> tuple[dict[str, int], tuple[str, ...]]:
    """What a pasted text tells: skills with the level that it suggests, and the occupations that it names, by their public ids."""
    found = services().skills.recognise(text, RECOGNISED_SKILLS)
    skills = skills_by_id(reading, [one.skill_id for one in found])
    named = services().skills.occupations_named_in(text, RECOGNISED_WORK)
    work = occupations_by_id(reading, named)
    suggested = {skills[one.skill_id].uid: one.level for one in found if one.skill_id in skills}
    return suggested, tuple(work[key].uid for key in named if key in work)


def skills_named(reading: Session, typed: str) -> list[Skill]:
    """The skills that somebody may mean by what was typed, best first; none for nothing."""
    found = [one.id for one in services().skills.find_skills(typed, SKILL_OPTIONS)] if typed else []
    known = skills_by_id(reading, found)
    return [known[key] for key in found if key in known]

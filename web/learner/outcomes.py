"""What follows from a visitor's answers, with all that a page, a file or a document about it names: matches, or paths."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import session
from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from catalogue.models import Module, Skill, Stack
from catalogue.modules import modules_by_id, stacks_by_id
from catalogue.overview import theme_by_slug
from catalogue.search.port import Query
from catalogue.skills.reads import occupation_by_reference, occupations_by_id, skills_by_id, skills_by_uid
from catalogue.versions import current_versions
from matching.core.path.field import Objective
from matching.path_results import NO_PATHS, Alternatives, PathResult
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

_FOUND = TypeAdapter(Alternatives)
_SHAPE = hashlib.sha256(repr(_FOUND.json_schema()).encode()).hexdigest()
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
    and the stacks that it earns; `with_beside` is that of `Alternatives`."""

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
    change with which it would, in words."""

    skills: int
    change: str


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
        return Fit(len(match.closes), "")
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
        leaves_out: whether `Planner.alternatives` decides on what is beside the goal, where `form` leaves that to us.
    """
    parts, asked = services(), AIMS.get(aim_word, Objective.COST)
    question = _fingerprint(follows_from, form, _SHAPE, asked, parts.today(), current_versions(reading))
    kept, choices = kept_in.get(PATHS_KEY, {}), [sorted(profile.pinned), sorted(profile.rejected)]
    found = _FOUND.validate_python(kept["found"]) if kept.get("question") == question else NO_PATHS
    if not found.paths or kept["choices"] != choices:
        standing = {aim: path for aim, path in found.paths.items() if _stands(path, profile, *map(frozenset, kept["choices"]))}
        to_goal = form.keeps_to_goal if leaves_out else bool(form.keeps_to_goal)
        planner = parts.matcher.planner(profile, parts.today(), form.budget_eur, prefers_stacks=form.stapel.data, keeps_to_goal=to_goal)
        found = planner.alternatives(asked, form.coverage, known=replace(found, paths=standing))
        kept_in[PATHS_KEY] = {"question": question, "choices": choices, "found": _FOUND.dump_python(found, mode="json")}
    aim = asked if asked in found.paths else Objective.COST
    shown = found.paths[aim]
    modules, skills = modules_by_id(reading, shown.named_modules()), skills_by_id(reading, shown.named_skills())
    return FoundPaths(found.paths, aim, modules, skills, stacks_by_id(reading, shown.stacks), found.with_beside)


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
        occupation_by_reference(reading, answers.occupation),
        occupation_by_reference(reading, answers.goal_occupation),
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


def modules_named(typed: str, limit: int) -> list[int]:
    """The keys of the modules that somebody may mean by what was typed, best first; none for nothing."""
    if not typed:
        return []
    query = Query(today=services().today(), text=typed, per_page=limit, facets=())
    return [hit.module_id for hit in services().module_search.answer(query).result.hits]


def skills_named(reading: Session, typed: str) -> list[Skill]:
    """The skills that somebody may mean by what was typed, best first; none for nothing."""
    found = [one.id for one in services().skills.find_skills(typed, SKILL_OPTIONS)] if typed else []
    known = skills_by_id(reading, found)
    return [known[key] for key in found if key in known]

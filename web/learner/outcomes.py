"""What follows from a visitor's answers, with all that a page, a file or a document about it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalogue.models import Module, Skill
from catalogue.modules import modules_by_id
from catalogue.overview import theme_by_slug
from catalogue.search.port import Query
from catalogue.skills.reads import occupation_by_reference, occupations_by_id, skills_by_id, skills_by_uid
from matching.profiles.profile import LearnerProfile
from matching.results import MatchResult
from web.learner.answers import Answers
from web.learner.explore_cards import ExplorePage, explore_page
from web.learner.own_words import heard_in_goal
from web.learner.presenters import AnswerLine, answer_lines
from web.learner.profile import learner_profile
from web.what_if import what_if_text
from web.wiring import services

SKILL_OPTIONS = 8
EXPLORED = 8
RECOGNISED_SKILLS = 25
RECOGNISED_WORK = 6
ASKED_MATCHES = 30
OPEN_QUESTIONS = 8
LEAST_LIKE = 0.35
"""Of how much the best of a name is like it, the share from which on others may be meant too."""


@dataclass(frozen=True, slots=True)
class FoundMatches:
    """One page of matches, with the modules and skills that it names by their keys."""

    result: MatchResult
    modules: Mapping[int, Module]
    skills: Mapping[int, Skill]


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


def open_questions(reading: Session, profile: LearnerProfile) -> list[Skill]:
    """Everyday skills that the goal or modules for it ask and of which nobody said anything, the most asked first."""
    parts = services()
    asked = parts.matcher.match(profile, parts.today(), ASKED_MATCHES).open_questions(OPEN_QUESTIONS)
    skills = skills_by_id(reading, asked)
    return [skills[key] for key in asked if key in skills]


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


def near_work(reading: Session, profile: LearnerProfile) -> ExplorePage:
    """Occupations within reach of somebody, and modules that bring more of them there."""
    parts = services()
    found = parts.matcher.explore(profile, parts.today(), EXPLORED)
    modules, occupations = modules_by_id(reading, found.named_modules()), occupations_by_id(reading, found.named_occupations())
    return explore_page(found, modules, occupations, parts.today())


def goal_words(reading: Session, answers: Answers) -> Sequence[tuple[str, str]]:
    """What somebody wants, in words, each part with its language."""
    return next(line.values for line in told(reading, answers) if line.is_goal)


def as_search(reading: Session, answers: Answers) -> dict[str, object]:
    """A goal and wishes as the parameters of a search, for whom no module fits: it also finds what only comes near."""
    about = {"theme": answers.goal_theme} if answers.goal_kind == "theme" else {"q": next(iter(goal_words(reading, answers)), ("", ""))[0]}
    price = None if answers.budget_eur is None else f"{answers.budget_eur:g}"
    return {**about, "max_price_eur": price, "near": answers.near or None, "radius_km": answers.max_km}


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
    return [hit.module_id for hit in services().module_search.answer(query).result.hits if hit.score >= LEAST_LIKE]


def skills_named(reading: Session, typed: str) -> list[Skill]:
    """The skills that somebody may mean by what was typed, best first; none for nothing."""
    found = [one.id for one in services().skills.find_skills(typed, SKILL_OPTIONS)] if typed else []
    known = skills_by_id(reading, found)
    return [known[key] for key in found if key in known]

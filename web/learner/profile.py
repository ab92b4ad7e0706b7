"""From a visitor's answers to the profile that the matcher takes."""

from __future__ import annotations

from collections.abc import Mapping

from babel import Locale
from sqlalchemy.orm import Session

from catalogue.models import Occupation
from catalogue.overview import theme_by_slug
from catalogue.places import find_point
from catalogue.skills.reads import names_of_language_skills, occupation_by_reference, skills_by_uid
from matching.core.weights import CHANGEABLE, MOST_EMPHASIS, Component
from matching.profile_arrays import nlqf_of_isco
from matching.profiles.profile import Constraints, Goal, HeldSkill, LearnerProfile, SkillLevel, SkillSource
from web.languages import language
from web.learner.answers import Answers

FACTORS = {"little": 0.25, "normal": 1.0, "much": MOST_EMPHASIS}
"""How many times its usual weight something counts for who finds it of little or much importance."""

LEVEL_FOR_LESSONS = 2
"""Who knows a language at this level may be proposed lessons in it."""

LOWEST_NLQF_IN_ENGLISH = 6
"""From bachelor level on, part of the Dutch courses are taught in English."""


def learner_profile(session: Session, answers: Answers, own_language: str = "") -> LearnerProfile:
    """The profile behind the answers. Skills and occupations that no longer exist are left out.

    Args:
        own_language: which one the person reads best; "" for who reads this page oneself, in a language of one's own choice.
    """
    own_language = own_language or language()
    skills = skills_by_uid(session, [*answers.skills, *answers.goal_skills, *answers.goal_meant])
    keys = {uid: skill.id for uid, skill in skills.items()}
    occupation = occupation_by_reference(session, answers.occupation)
    return LearnerProfile(
        goal=_goal(session, answers, keys),
        occupation_id=occupation.id if occupation else None,
        # Level 0 goes along: it says that the learner lacks a skill that the occupation suggests.
        held=tuple(HeldSkill(keys[uid], level, _source(answers, uid)) for uid, level in answers.skills.items() if uid in keys),
        constraints=Constraints(
            budget_eur=answers.budget_eur,
            hours_per_week=answers.hours_per_week,
            near=find_point(session, answers.near) if answers.near else None,
            max_km=answers.max_km,
            languages=frozenset(answers.languages) or lesson_languages(own_language, _wanted(session, answers) or occupation),
            formats=frozenset(answers.formats),
            moments=frozenset(answers.moments),
            levels=frozenset(answers.levels),
            start_after=answers.start_after,
            finish_by=answers.finish_by,
        ),
        own_language=own_language,
        known_languages=known_languages(session, answers, own_language, keys),
        emphasis={
            Component(code): FACTORS[amount] for code, amount in answers.emphasis.items() if code in CHANGEABLE and amount in FACTORS
        },
    )


def known_languages(session: Session, answers: Answers, own_language: str, keys: Mapping[str, int]) -> frozenset[str]:
    """The languages that somebody reads best, wants lessons in, or says to know: a skill that is named after a language.

    Args:
        keys: of the skills, by public id.
    """
    held = [keys[uid] for uid, level in answers.skills.items() if level >= LEVEL_FOR_LESSONS and uid in keys]
    codes = {name.casefold(): code for code, name in Locale("nl").languages.items()}
    said = {codes[name.casefold()] for name in names_of_language_skills(session, held) if name.casefold() in codes}
    return frozenset({own_language, *answers.languages, *said})


def lesson_languages(own_language: str, occupation: Occupation | None) -> frozenset[str]:
    """The languages of lessons for who has not chosen any: Dutch, and English where one reads that or where such work is taught in it.

    Args:
        own_language: which one the person reads best.
        occupation: the wanted one, else the present one.
    """
    fitting = nlqf_of_isco(occupation.isco) if occupation else None
    is_taught_in_english = fitting is not None and fitting[0] >= LOWEST_NLQF_IN_ENGLISH
    return frozenset({"nl", own_language, *(["en"] if is_taught_in_english else [])})


def _source(answers: Answers, uid: str) -> SkillSource:
    return SkillSource(answers.sources.get(uid, SkillSource.SELF))


def _wanted(session: Session, answers: Answers) -> Occupation | None:
    return occupation_by_reference(session, answers.goal_occupation) if answers.goal_kind == "occupation" else None


def _goal(session: Session, answers: Answers, keys: Mapping[str, int]) -> Goal:
    if answers.goal_kind == "occupation":
        occupation = _wanted(session, answers)
        return Goal(occupation_id=occupation.id if occupation else None)
    if answers.goal_kind == "skills":
        return Goal(skills=_wanted_skills(answers.goal_skills, keys))
    if answers.goal_kind == "theme":
        theme = theme_by_slug(session, answers.goal_theme)
        return Goal(theme_id=theme.id if theme else None)
    return Goal(text=answers.goal_text, skills=_wanted_skills(answers.goal_meant, keys))


def _wanted_skills(levels: Mapping[str, int], keys: Mapping[str, int]) -> tuple[SkillLevel, ...]:
    return tuple(SkillLevel(keys[uid], level) for uid, level in levels.items() if level > 0 and uid in keys)

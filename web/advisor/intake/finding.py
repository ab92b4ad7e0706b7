"""What the steps of the intake find and show: occupations for a name, skills to confirm, what a goal may mean. Everything only reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalogue.models import Skill
from catalogue.skills.offering import offered_occupations
from catalogue.skills.reads import occupations_by_id, skills_by_uid, skills_of_occupation
from matching.profiles.profile import LearnerProfile
from web import words
from web.advisor.intake.presenters import Known, known_of
from web.advisor.intake.talk import Talk
from web.advisor.intake.told import told_levels
from web.advisor.intake.work import work_of
from web.languages import _
from web.learner.answers import Answers
from web.learner.outcomes import open_questions, skills_named
from web.learner.own_words import meant_by
from web.learner.presenters import LevelLine, Option, level_lines, occupation_lines, occupation_options, open_question_lines
from web.wiring import services

OCCUPATION_OPTIONS = 6
LEVEL_OF_A_NAME = 3
"""Who names a skill by its very name in a talk mostly does it alone; it can be changed on the page."""


@dataclass(frozen=True, slots=True)
class LevelGroup:
    """Skills under one heading; `language` is that of `name`, "" for that of the page."""

    heading: str
    name: str
    language: str
    lines: Sequence[LevelLine]


@dataclass(frozen=True, slots=True)
class SkillsPage:
    """The skills to confirm: what was found by name, what belongs to the work and to the text, and what may belong to the work too."""

    typed: str
    options: Sequence[LevelLine]
    groups: Sequence[LevelGroup]
    optional: Sequence[LevelLine]

    @property
    def levels(self) -> dict[str, int]:
        """All levels that it shows, by public id."""
        return {line.uid: line.level for line in (*self.options, *(line for group in self.groups for line in group.lines), *self.optional)}


@dataclass(frozen=True, slots=True)
class GoalPage:
    """What the goal page offers: occupations and skills that were found, the skills wanted, and those that the own words may mean."""

    typed: str
    occupations: Sequence[Option]
    typed_skill: str
    found: Sequence[LevelLine]
    wanted: Sequence[LevelLine]
    meant: Sequence[LevelLine]
    known: Known

    @property
    def levels(self) -> dict[str, int]:
        """All levels that it shows, by public id."""
        return {line.uid: line.level for line in (*self.found, *self.wanted, *self.meant)}


def occupations_named(session: Session, typed: str, none_hint: str) -> list[Option]:
    """Occupations that may be meant by what was typed, best first, and none of them; nothing for nothing."""
    if not typed:
        return []
    found = [one.id for one in offered_occupations(services().skills.find_occupations, typed, OCCUPATION_OPTIONS)]
    known = occupations_by_id(session, found)
    return occupation_options((known[key] for key in found if key in known), none_hint)


def skills_page(session: Session, talk: Talk, answers: Answers, sent: Mapping[str, int]) -> SkillsPage:
    """The skills to confirm, each once.

    Args:
        sent: levels that came in with a form that had a mistake elsewhere, by public id; they are shown as they came.
    """
    told = told_levels(session, talk)
    levels = {**told, **answers.recognised, **answers.skills, **sent}
    typed = answers.searched.get("skills", "")
    options = _named(skills_named(session, typed), levels, typed)
    shown, groups, optional = [*options], list[LevelGroup](), list[LevelLine]()
    work = work_of(talk, answers)
    for occupation in known_of(session, work=work).occupations.values():
        needed, useful = occupation_lines(skills_of_occupation(session, occupation.id), levels)
        lines = _others(needed, shown)
        groups.append(LevelGroup(_("Hoort bij:"), *words.named(occupation), lines))
        shown += lines
        optional += _others(useful, optional)
    mentioned = [uid for uid, level in levels.items() if level]
    headings = (
        (_("Verteld bij de stap Taal"), list(told)),
        (_("Gevonden in de tekst"), list(answers.recognised)),
        (_("Ook genoemd"), mentioned),
    )
    for heading, uids in headings:
        lines = level_lines(skills_by_uid(session, uids).values(), levels, beside=shown)
        groups.append(LevelGroup(heading, "", "", lines))
        shown += lines
    return SkillsPage(typed, options, [one for one in groups if one.lines], _others(optional, shown))


def asked_lines(session: Session, profile: LearnerProfile, shown: SkillsPage, sent: Mapping[str, int]) -> list[LevelLine]:
    """What modules for the goal ask and nobody told, beside what the page shows; none without a goal. `sent` as in `skills_page`."""
    return open_question_lines((one for one in open_questions(session, profile) if one.uid not in shown.levels), sent)


def goal_page(session: Session, answers: Answers, sent: Mapping[str, int]) -> GoalPage:
    """What the goal page offers; `sent` as in `skills_page`."""
    typed, typed_skill = answers.searched.get("goal_occupation", ""), answers.searched.get("goal_skills", "")
    meant = level_lines(meant_by(session, answers.goal_text), {**answers.goal_meant, **sent})
    levels = {**answers.goal_skills, **sent}
    found = _others(_named(skills_named(session, typed_skill), levels, typed_skill), meant)
    wanted = [uid for uid, level in levels.items() if level > 0]
    return GoalPage(
        typed=typed,
        occupations=occupations_named(session, typed, _("Zoek met een andere naam, of kies een ander soort doel.")),
        typed_skill=typed_skill,
        found=found,
        wanted=level_lines(skills_by_uid(session, wanted).values(), levels, beside=[*meant, *found]),
        meant=meant,
        known=known_of(session, answers),
    )


def _named(skills: Iterable[Skill], levels: Mapping[str, int], typed: str) -> list[LevelLine]:
    skills = list(skills)
    by_name = {one.uid: LEVEL_OF_A_NAME for one in skills if typed.casefold() in (one.label_nl.casefold(), one.label_en.casefold())}
    return level_lines(skills, {**by_name, **levels})


def _others(lines: Iterable[LevelLine], beside: Iterable[LevelLine]) -> list[LevelLine]:
    shown = {line.uid for line in beside}
    return [line for line in lines if line.uid not in shown]

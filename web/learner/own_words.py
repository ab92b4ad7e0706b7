"""What a goal in a visitor's own words says, to show and to ask about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalogue.models import Occupation, Skill, Theme
from catalogue.overview import themes_with_counts
from catalogue.skills.offering import offered_occupations
from catalogue.skills.reads import occupations_by_id, skills_by_id
from matching.goal_texts import heard_skills, is_broad, named_goal, named_theme, perhaps_meant
from matching.wished import told
from web.learner.answers import Answers
from web.wiring import services


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A goal in own words, as far as we understand it.

    Attributes:
        theme: what it names and nothing else.
        heard: what it names or describes clearly, and so counts.
        meant: what it may describe, which counts when confirmed.
        is_broad: whether it names so much that only a theme can be asked.
    """

    theme: Theme | None
    heard: Sequence[Skill | Occupation]
    meant: Sequence[Skill]
    is_broad: bool


def own_words(session: Session, text: str) -> OwnWords:
    """What we understand of a goal."""
    is_work = bool(named_goal(text, services().skills).occupations)
    theme = None if is_work else _theme(session, text)
    return OwnWords(theme, heard_in_goal(session, text), meant_by(session, text), is_broad(text))


def with_theme(answers: Answers, theme: Theme) -> Answers:
    """The answers with the theme that a goal in own words named; the words say nothing else, and are not kept."""
    return answers.changed(goal_kind="theme", goal_theme=theme.slug, goal_text="", goal_meant={})


def begun_with(session: Session, answers: Answers, text: str) -> Answers:
    """The answers with what a story says where nothing was answered yet: work to choose from, and a goal to go on with.

    A goal of which nothing is heard ("minder zwaar werk") begins with the work that is near.
    """
    work = told(text)
    if not answers.occupation and offered_occupations(services().skills.find_occupations, work, 1):
        answers = answers.with_search("occupation", work)
    if answers.has_goal:
        return answers
    said = own_words(session, text)
    is_heard = bool(said.heard or said.meant)
    kind = "text" if is_heard else "theme" if said.is_broad else "explore"
    return answers.changed(goal_kind=kind, goal_text=text if is_heard else "", goal_meant={})


def heard_in_goal(session: Session, text: str) -> list[Skill | Occupation]:
    """What a goal names or describes clearly."""
    skills = services().skills
    work = occupations_by_id(session, named_goal(text, skills).occupations)
    heard = heard_skills(text, skills)
    known = skills_by_id(session, heard)
    return [*work.values(), *(known[key] for key in heard if key in known)]


def meant_by(session: Session, text: str) -> list[Skill]:
    """Skills that a goal in own words may mean and does not name."""
    meant = perhaps_meant(text, services().skills) if text else []
    known = skills_by_id(session, meant)
    return [known[key] for key in meant if key in known]


def _theme(session: Session, text: str) -> Theme | None:
    themes = {theme.slug: theme for theme, _count in themes_with_counts(session)}
    slug = named_theme(text, {slug: (theme.label("nl"), theme.label("en")) for slug, theme in themes.items()})
    return themes[slug] if slug else None

"""The modules that fit a client, with what advisor and client decided about them, as template values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from catalogue.modules import saved_modules
from web.advisor.doors import WRITABLE, Opened
from web.advisor.guidance_model import Choice, Verdict
from web.advisor.intake.answer_codes import TOO_LITTLE_DUTCH
from web.advisor.intake.talk import answers_of, talk_of
from web.advisor.matching.left_out import LeftOutLine, too_heavy_lines
from web.advisor.matching.profile import dossier_profile
from web.advisor.model import Dossier
from web.browse.addresses import Paging, paging
from web.learner.answers import Answers
from web.learner.match_cards import MatchPage, match_page
from web.learner.outcomes import changes_within_reach, found_matches, goal_words
from web.learner.presenters import WeightLine, constraint_texts, weight_lines
from web.wiring import services

MATCHES_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class ChosenLine:
    """A module on the list; `title` is "" where it is not online any more, `reason` what was written against it."""

    uid: str
    title: str
    slug: str
    language: str
    reason: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """What advisor and client decided: the verdict by module, and the modules of each."""

    verdicts: Mapping[str, Verdict]
    pinned: Sequence[ChosenLine]
    listed: Sequence[ChosenLine]
    rejected: Sequence[ChosenLine]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on top of each page about the matching of a client."""

    uid: str
    name: str
    is_open: bool
    """Whether something can be decided; a closed dossier can be read only."""
    goal: Sequence[tuple[str, str]]
    """The goal in words, each part with its language; empty where there is none yet."""
    wishes: Sequence[str]
    little_dutch: str
    """How well the client knows Dutch where that is too little for most lessons in it, else ""."""


@dataclass(frozen=True, slots=True)
class Change:
    """A module that fits with one small change of the wishes, and which change."""

    uid: str
    title: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class MatchesPage:
    """The gap, one page of matches, what was decided, and what one can weigh."""

    head: Head
    chosen: Chosen
    too_heavy: Sequence[LeftOutLine]
    """What is pinned and cannot be in a path for its hours a week."""
    shown: MatchPage
    total: int
    """How many modules fit, on all pages."""
    weights: Sequence[WeightLine]
    is_weighed: bool
    changes: Sequence[Change]
    paging: Paging


def matches_page(opened: Opened, number: int) -> MatchesPage:
    """Page `number` of the modules for the client of a dossier that has a goal."""
    session, dossier, today = opened.session, opened.dossier, services().today()
    answers, profile = answers_of(dossier), dossier_profile(session, dossier)
    found = found_matches(session, profile, MATCHES_A_PAGE, (number - 1) * MATCHES_A_PAGE)
    nearby = changes_within_reach(session, profile) if number == 1 else []
    return MatchesPage(
        head=head_of(opened, answers),
        chosen=chosen_of(session, dossier),
        too_heavy=[*too_heavy_lines(session, dossier).values()],
        shown=match_page(found.result, found.modules, found.skills, today),
        total=found.result.total,
        weights=weight_lines(found.result, answers.emphasis),
        is_weighed=bool(answers.emphasis),
        changes=[Change(module.uid, module.title, module.language, text) for module, text in nearby],
        paging=paging("advisor.matches", MultiDict(), number, ceil(found.result.total / MATCHES_A_PAGE), uid=dossier.uid),
    )


def head_of(opened: Opened, answers: Answers) -> Head:
    """Whom a page is about, and what that client wants."""
    dossier, dutch = opened.dossier, talk_of(opened.dossier).dutch
    return Head(
        uid=dossier.uid,
        name=dossier.client_name,
        is_open=dossier.standing(services().today()) in WRITABLE,
        goal=goal_words(opened.session, answers) if answers.has_goal else (),
        wishes=constraint_texts(answers),
        little_dutch=dutch if dutch in TOO_LITTLE_DUTCH else "",
    )


def chosen_of(session: Session, dossier: Dossier) -> Chosen:
    """What was decided about modules so far."""
    online = saved_modules(session, [one.module for one in dossier.choices])

    def line(choice: Choice) -> ChosenLine:
        found = online.get(choice.module)
        named = (found.title, found.slug, found.language) if found else ("", "", "")
        return ChosenLine(choice.module, *named, choice.reason_against)

    lines = {verdict: [line(one) for one in dossier.choices if one.verdict is verdict] for verdict in Verdict}
    return Chosen(
        verdicts={(online[one.module].uid if one.module in online else one.module): one.verdict for one in dossier.choices},
        pinned=lines[Verdict.PINNED],
        listed=lines[Verdict.MAYBE],
        rejected=lines[Verdict.REJECTED],
    )

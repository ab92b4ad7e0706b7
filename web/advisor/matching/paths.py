"""The path of a client: the same one on the page, in the report and in files, for as long as what it follows from stays the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from matching.profiles.profile import LearnerProfile
from web.advisor.doors import READABLE
from web.advisor.intake.talk import answers_of, talk_of
from web.advisor.matching.profile import dossier_profile
from web.advisor.model import Dossier
from web.advisor.reading import dossier_by_uid
from web.learner.answers import PATHS_KEY
from web.learner.path_form import PathForm
from web.learner.paths import FoundPaths, found_paths
from web.wiring import services

ASKED = "asked"
"""Beside the paths: the choices with which they were looked for, as they stand in an address."""


@dataclass(frozen=True, slots=True)
class PathQuestion:
    """All that the paths of a client follow from, and those that were found last (empty for none)."""

    profile: LearnerProfile
    follows_from: str
    form: PathForm
    aim_word: str
    kept: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ClientsPath:
    """The paths of a client; `kept` is what the dossier is to keep of them, None where it does so already."""

    question: PathQuestion
    found: FoundPaths
    kept: dict[str, Any] | None


def path_question(session: Session, dossier: Dossier, asked: Mapping[str, str] | None = None) -> PathQuestion:
    """What the paths of a client follow from.

    Args:
        dossier: with a goal.
        asked: choices as they stand in the address of the page; None takes those with which somebody looked last.
    """
    kept = dossier.intake.paths if dossier.intake else {}
    choices = choices_of(dossier) if asked is None else asked
    form = PathForm(MultiDict(choices))
    form.validate()
    return PathQuestion(dossier_profile(session, dossier), _follows_from(dossier), form, choices.get("doel", ""), kept)


def path_answer(session: Session, question: PathQuestion) -> ClientsPath:
    """The paths, as they were found before or after looking for up to a second; nobody should hold a door open meanwhile."""
    held: dict[str, Any] = {PATHS_KEY: question.kept}
    found = found_paths(session, question.profile, question.follows_from, question.form, question.aim_word, held)
    if held[PATHS_KEY] is question.kept:
        return ClientsPath(question, found, None)
    choices = {name: value for name, value in question.form.address_values(question.aim_word).items() if value}
    return ClientsPath(question, found, {**held[PATHS_KEY], ASKED: choices})


def keep_path(session: Session, uid: str, path: ClientsPath) -> None:
    """Keeps paths in a dossier that may be read and from which they still follow."""
    dossier = dossier_by_uid(session, uid)
    if path.kept is None or dossier is None or dossier.intake is None or dossier.standing(services().today()) not in READABLE:
        return
    if _follows_from(dossier) == path.question.follows_from:
        dossier.intake.paths = path.kept


def path_of(session: Session, dossier: Dossier) -> FoundPaths:
    """The paths of a client as somebody looked at them last; as a rule they were kept, so that nobody waits."""
    path = path_answer(session, path_question(session, dossier))
    if path.kept is not None and dossier.intake is not None:
        dossier.intake.paths = path.kept
    return path.found


def choices_of(dossier: Dossier) -> Mapping[str, str]:
    """The choices with which somebody looked at the paths last, as they stand in an address."""
    return dossier.intake.paths.get(ASKED, {}) if dossier.intake else {}


def _follows_from(dossier: Dossier) -> str:
    """What the profile of a client follows from, choices of modules aside."""
    talk = talk_of(dossier)
    claims = sorted((one.skill, one.level) for one in dossier.claims)
    return repr((answers_of(dossier), talk.dutch, talk.digital, claims))

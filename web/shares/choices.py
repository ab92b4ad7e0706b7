"""What can be shared: the document of each kind, built anew from what its owner has now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import session
from sqlalchemy.orm import Session

from catalogue.modules import saved_modules
from catalogue.skills.reads import skills_by_uid
from web.documents.document import Document
from web.languages import lazy_gettext
from web.learner.answers import Answers
from web.learner.outcomes import found_matches
from web.learner.paths import own_paths
from web.learner.profile import learner_profile
from web.lists.documents import list_document, matches_document, path_document
from web.lists.file_views import MATCHES_IN_DOCUMENT
from web.lists.keeping import own_list
from web.passport.document import passport_document
from web.passport.keeping import own_passport, shared_skills
from web.wiring import services

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document to share. `personal` names what is left out unless its owner asks for it."""

    build: Callable[[Session, bool], Document | None]
    back: str
    personal: LazyString


def _list(reading: Session, has_personal: bool) -> Document | None:  # noqa: FBT001 - one shape for all kinds
    kept = own_list()
    modules = saved_modules(reading, [item.module for item in kept.items])
    return list_document(kept, modules, services().today(), has_notes=has_personal) if modules else None


def _matches(reading: Session, has_personal: bool) -> Document | None:  # noqa: FBT001
    answers = Answers.from_session(session)
    if not answers.has_goal:
        return None
    found = found_matches(reading, learner_profile(reading, answers), MATCHES_IN_DOCUMENT)
    return matches_document(found, services().today(), is_own=has_personal)


def _path(reading: Session, has_personal: bool) -> Document | None:  # noqa: FBT001
    answers = Answers.from_session(session)
    return path_document(*own_paths(reading, answers), services().today(), is_own=has_personal) if answers.has_goal else None


def _skills(reading: Session, has_personal: bool) -> Document | None:  # noqa: FBT001
    passport = own_passport()
    chosen = [uid for uid in shared_skills() if passport.skill(uid)]
    if not chosen:
        return None
    skills = skills_by_uid(reading, chosen)
    return passport_document(passport, skills, services().today(), chosen=chosen, has_evidence=has_personal)


KINDS: Mapping[str, Kind] = {
    "lijst": Kind(_list, "lists.overview", lazy_gettext("mijn notities")),
    "matches": Kind(_matches, "learner.matches", lazy_gettext("wat ik nu kan, en hoe ver elke plaats van mij is")),
    "leerroute": Kind(_path, "learner.path", lazy_gettext("wat ik nu kan, en hoe ver elke plaats van mij is")),
    "vaardigheden": Kind(_skills, "passport.choose_shared", lazy_gettext("hoe uw bewijzen heten")),
}
"""By their word in the address."""

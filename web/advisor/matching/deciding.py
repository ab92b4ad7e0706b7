"""What an advisor decides about a module on the pages that propose modules: pin it, list it, reject it, or leave it open again."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from catalogue.models import Module
from catalogue.modules import saved_modules
from web.advisor.doors import Opened
from web.advisor.guidance_model import Verdict
from web.advisor.together.choices import choose, drop_choice
from web.languages import lazy_gettext

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString


class Step(StrEnum):
    """What is done with a module; also the action in the audit trail."""

    PIN = "pinned"
    LIST = "put-on-list"
    LET_GO = "let-go"
    """No verdict is left."""
    REJECT = "rejected"


REASONS: Mapping[str, LazyString] = {
    "dear": lazy_gettext("Te duur"),
    "far": lazy_gettext("Te ver weg"),
    "times": lazy_gettext("Dagen of tijden passen niet"),
    "hard": lazy_gettext("Te moeilijk"),
    "easy": lazy_gettext("Te makkelijk"),
    "taste": lazy_gettext("Spreekt niet aan"),
}
"""The usual reasons against a module."""

_VERDICTS = {Step.PIN: Verdict.PINNED, Step.LIST: Verdict.MAYBE, Step.REJECT: Verdict.REJECTED}


class NotOnline(ValueError):
    """There is no such module on the site now."""


def module_of(opened: Opened, uid: str) -> Module:
    """The module with this public id, or the one that it was merged into. Raises NotOnline."""
    found = saved_modules(opened.session, [uid])
    if uid not in found:
        raise NotOnline
    return found[uid]


def decide(opened: Opened, uid: str, step: Step, reason_against: str | None = None) -> None:
    """Does a step and writes it down.

    Args:
        uid: the public id of the module.
        reason_against: why not, of a module that is rejected.

    Raises:
        NotOnline: the module is not on the site.
        ListFull: the list has no room for it.
    """
    if step is Step.LET_GO:
        drop_choice(opened.dossier, _listed_as(opened, uid), opened.actor, opened.now)
    else:
        listed_as = _listed_as(opened, module_of(opened, uid).uid)
        choose(opened.dossier, listed_as, _VERDICTS[step], opened.actor, opened.now, reason_against=reason_against)
    opened.noted(step, "matches")


def _listed_as(opened: Opened, uid: str) -> str:
    """By which public id a module stands on the list: its own, or that of one that was merged into it later."""
    online = saved_modules(opened.session, [one.module for one in opened.dossier.choices])
    return next((listed for listed, module in online.items() if module.uid == uid), uid)

"""Why a pinned module is not in the path of a client, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from catalogue.modules import modules_by_id
from matching.core.exclusions import Exclusion
from matching.core.path.pins import Obstacle
from matching.path_results import LeftOut
from web import words
from web.advisor.intake.talk import answers_of
from web.advisor.matching.profile import dossier_profile
from web.advisor.model import Dossier
from web.languages import _, language, lazy_gettext
from web.learner.paths import FoundPaths
from web.wiring import services

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

WHY: Mapping[Obstacle, LazyString] = {
    Obstacle.NOT_ONLINE: lazy_gettext("Deze module staat niet meer op de site."),
    Obstacle.REJECTED: lazy_gettext("Op de lijst staat dat deze module niet past."),
    Obstacle.CLOSED: lazy_gettext("Alle starts zijn al voorbij."),
    Obstacle.WISHES: lazy_gettext("Geen enkele start past bij alle wensen."),
    Obstacle.ENTRY: lazy_gettext("Wat men vooraf moet kunnen, is binnen de wensen niet te leren."),
    Obstacle.BUDGET: lazy_gettext("Samen met de rest kost het meer dan de route mag kosten."),
    Obstacle.HOURS_PER_WEEK: lazy_gettext("Samen met de rest kost het te veel uren per week."),
    Obstacle.CALENDAR: lazy_gettext("De dagen gaan niet samen met de rest."),
    Obstacle.UNDECIDED: lazy_gettext("Wij vonden er zo snel geen route mee."),
}


@dataclass(frozen=True, slots=True)
class LeftOutLine:
    """A pinned module without a place in the path, and why; `title` is "" for one that is gone."""

    title: str
    language: str
    why: str


def left_out_lines(found: FoundPaths, hours: float | None) -> list[LeftOutLine]:
    """The pinned modules that the shown path does not hold, for somebody with so many hours a week."""
    return [_line(one, found, hours) for one in found.shown.left_out]


def too_heavy_words(asked: float, hours: float | None) -> str:
    """That a module asks more hours a week than there are."""
    return _("Deze module vraagt %(asked)s per week, en er zijn %(hours)s.", asked=_hours(asked), hours=words.number(hours or 0.0))


def too_heavy_lines(session: Session, dossier: Dossier) -> dict[int, LeftOutLine]:
    """The pinned modules that no path can hold for their hours a week, by key."""
    found = services().matcher.too_heavy(dossier_profile(session, dossier), services().today())
    modules, hours, so = modules_by_id(session, found), answers_of(dossier).hours_per_week, _("Zo komt die niet in de route.")
    return {key: LeftOutLine(one.title, one.language, f"{too_heavy_words(found[key], hours)} {so}") for key, one in modules.items()}


def _line(one: LeftOut, found: FoundPaths, hours: float | None) -> LeftOutLine:
    module = found.modules.get(one.module_id)
    why = str(WHY[one.reason])
    if one.hours_per_week is not None:
        why = too_heavy_words(one.hours_per_week, hours)
    elif one.reason is Obstacle.HOURS_PER_WEEK and hours is not None:
        why = _("Samen met de rest kost het meer dan %(hours)s per week.", hours=_hours(hours))
    elif one.reason is Obstacle.WISHES and one.wishes:
        why = _("Niet mogelijk door %(wishes)s.", wishes=", ".join(str(words.EXCLUSIONS[Exclusion(code)]) for code in one.wishes))
    elif one.skills:
        names = ", ".join(found.skills[key].label(language()) for key in one.skills if key in found.skills)
        why = _("Men moet vooraf kunnen: %(skills)s. Dat is binnen de wensen niet te leren.", skills=names)
    return LeftOutLine(module.title if module else "", module.language if module else "", why)


def _hours(value: float) -> str:
    return words.hours(round(value, 1))

"""What lies open to who has no goal yet, as template values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from catalogue.models import Module, Occupation
from matching.exploring import Exploration, NearOccupation, Opening
from web.browse.cards import Card, card
from web.languages import language, lazy_gettext, ngettext

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

SHOWN_OCCUPATIONS = 4
_NOW = lazy_gettext("nu %(percent)s procent van wat nodig is")
_AFTER = lazy_gettext("met deze module %(percent)s procent van wat nodig is")


@dataclass(frozen=True, slots=True)
class OccupationLine:
    """An occupation to choose as a goal, and how much of it one can do."""

    uid: str
    label: str
    language: str
    share: str


@dataclass(frozen=True, slots=True)
class OpeningCard:
    """A module, and the occupations that it brings within reach."""

    card: Card
    heading: str
    occupations: Sequence[OccupationLine]
    rest: str
    """How many occupations more; "" for none."""


@dataclass(frozen=True, slots=True)
class ExplorePage:
    """Everything that the page shows."""

    within: Sequence[OccupationLine]
    within_heading: str
    nearest: Sequence[OccupationLine]
    openings: Sequence[OpeningCard]


def explore_page(found: Exploration, modules: Mapping[int, Module], occupations: Mapping[int, Occupation], today: date) -> ExplorePage:
    """The page for one exploration; an occupation that one module brings within reach is not named again among those that come later."""
    brought = {one.occupation_id for opening in found.openings for one in opening.brings[:SHOWN_OCCUPATIONS]}
    return ExplorePage(
        within=_lines(found.within, occupations),
        within_heading=ngettext("%(num)s beroep ligt al dichtbij", "%(num)s beroepen liggen al dichtbij", found.total_within),
        nearest=_lines([one for one in found.nearest if one.occupation_id not in brought], occupations),
        openings=[_opening(one, modules[one.module_id], occupations, today) for one in found.openings if one.module_id in modules],
    )


def brings_text(opening: Opening, occupations: Mapping[int, Occupation]) -> str:
    """Why a module is named, in one sentence."""
    names = ", ".join(line.label for line in _lines(opening.brings[:SHOWN_OCCUPATIONS], occupations))
    heading = _brings(len(opening.brings))
    return f"{heading}: {names}."


def _brings(count: int) -> str:
    return ngettext("Brengt %(num)s beroep binnen bereik", "Brengt %(num)s beroepen binnen bereik", count)


def _opening(opening: Opening, module: Module, occupations: Mapping[int, Occupation], today: date) -> OpeningCard:
    edition = module.edition(opening.edition_id)
    rest = len(opening.brings) - SHOWN_OCCUPATIONS
    return OpeningCard(
        card=card(module, today, edition, opening.distance_km),
        heading=_brings(len(opening.brings)),
        occupations=_lines(opening.brings[:SHOWN_OCCUPATIONS], occupations, _AFTER),
        rest=ngettext("en nog %(num)s", "en nog %(num)s", rest) if rest > 0 else "",
    )


def _lines(found: Sequence[NearOccupation], occupations: Mapping[int, Occupation], share: LazyString = _NOW) -> list[OccupationLine]:
    here = language()
    return [
        OccupationLine(
            uid=occupations[one.occupation_id].uid,
            label=occupations[one.occupation_id].label(here),
            language=occupations[one.occupation_id].label_language(here),
            share=str(share) % {"percent": int(one.share * 100 + 1e-6)},
        )
        for one in found
        if one.occupation_id in occupations
    ]

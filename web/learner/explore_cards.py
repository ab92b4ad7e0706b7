"""What lies open to who has no goal yet, as template values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.models import Module, Occupation
from matching.exploring import Exploration, NearOccupation, Opening
from web.browse.cards import Card, card
from web.languages import _, language, ngettext

SHOWN_OCCUPATIONS = 4


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
    """The page for one exploration."""
    return ExplorePage(
        within=_lines(found.within, occupations),
        within_heading=ngettext("%(num)s beroep ligt al dichtbij", "%(num)s beroepen liggen al dichtbij", found.total_within),
        nearest=_lines(found.nearest, occupations),
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
        occupations=_lines(opening.brings[:SHOWN_OCCUPATIONS], occupations),
        rest=ngettext("en nog %(num)s", "en nog %(num)s", rest) if rest > 0 else "",
    )


def _lines(found: Sequence[NearOccupation], occupations: Mapping[int, Occupation]) -> list[OccupationLine]:
    here = language()
    return [
        OccupationLine(
            uid=occupations[one.occupation_id].uid,
            label=occupations[one.occupation_id].label(here),
            language=occupations[one.occupation_id].label_language(here),
            share=_("%(percent)s procent van wat nodig is", percent=int(one.share * 100 + 1e-6)),
        )
        for one in found
        if one.occupation_id in occupations
    ]

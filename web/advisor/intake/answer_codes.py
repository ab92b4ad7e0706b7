"""What the guided intake asks by code, in words for the advisor and the client."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from web.languages import lazy_gettext

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString


class Route(StrEnum):
    """By which way somebody comes in; it changes the order of the talk and what is useful first."""

    CAREER = "career"
    MIGRANT = "migrant"
    SMALL_FIRM = "small-firm"
    OTHER = "other"


STEPS: Mapping[str, LazyString] = {
    "situation": lazy_gettext("Situatie"),
    "work": lazy_gettext("Werk"),
    "skills": lazy_gettext("Kunnen"),
    "energy": lazy_gettext("Energie"),
    "goal": lazy_gettext("Doel"),
    "wishes": lazy_gettext("Wensen"),
    "language": lazy_gettext("Taal"),
    "barriers": lazy_gettext("Drempels"),
}
"""The steps of the talk in a word."""


@dataclass(frozen=True, slots=True)
class Barrier:
    """Something that stands in the way, with the first step that an advisor can take."""

    name: LazyString
    first_step: LazyString


ROUTES: Mapping[str, tuple[LazyString, LazyString]] = {
    Route.CAREER: (lazy_gettext("Wil ander werk"), lazy_gettext("Wij kijken vooral wat iemand meeneemt uit het werk van nu.")),
    Route.MIGRANT: (
        lazy_gettext("Komt uit een ander land"),
        lazy_gettext("Wij vragen eerst naar Nederlands en naar een diploma uit een ander land."),
    ),
    Route.SMALL_FIRM: (
        lazy_gettext("Werkt bij een klein bedrijf"),
        lazy_gettext("Wij vragen eerst wat de baas wil, wie betaalt en in welke uren."),
    ),
    Route.OTHER: (lazy_gettext("Iets anders"), lazy_gettext("Wij vragen alles in de gewone volgorde.")),
}
"""The name of each route, and what it changes."""

DUTCH: Mapping[str, LazyString] = {
    "A1": lazy_gettext("losse woorden en korte zinnen"),
    "A2": lazy_gettext("korte gesprekken over gewone dingen"),
    "B1": lazy_gettext("redt zich op het werk en leest eenvoudige tekst"),
    "B2": lazy_gettext("leest vaktekst en praat vlot mee"),
    "C1": lazy_gettext("leest en schrijft moeilijke tekst"),
    "C2": lazy_gettext("als iemand die ermee opgroeide"),
}
TOO_LITTLE_DUTCH = frozenset({"A1", "A2"})
"""With so little Dutch most lessons in Dutch are too hard."""

DIGITAL: Mapping[str, LazyString] = {
    "none": lazy_gettext("Gebruikt bijna geen computer"),
    "help": lazy_gettext("Kan mailen en zoeken met hulp"),
    "alone": lazy_gettext("Kan mailen, zoeken en een formulier invullen"),
    "well": lazy_gettext("Werkt elke dag met een computer"),
}
TOO_LITTLE_DIGITAL = frozenset({"none", "help"})
"""With so little practice lessons online need help."""

BARRIERS: Mapping[str, Barrier] = {
    "money": Barrier(
        lazy_gettext("Geld voor een opleiding"),
        lazy_gettext("Vraag de aanbieder of betalen in delen kan. Vraag de baas of er geld voor leren is."),
    ),
    "benefit": Barrier(
        lazy_gettext("Een uitkering"), lazy_gettext("Bel UWV of de gemeente voordat de lessen beginnen. Vraag of leren mag.")
    ),
    "debts": Barrier(lazy_gettext("Schulden"), lazy_gettext("Bel samen met de hulp bij schulden van de gemeente.")),
    "time": Barrier(lazy_gettext("Te weinig tijd"), lazy_gettext("Schrijf samen een gewone week op. Zoek dan twee vaste uren.")),
    "care": Barrier(
        lazy_gettext("Zorg voor kinderen of familie"), lazy_gettext("Zoek lessen onder schooltijd of online. Vraag wie er kan oppassen.")
    ),
    "travel": Barrier(lazy_gettext("Vervoer"), lazy_gettext("Zoek samen de reis op naar de dichtste plek. Kijk ook naar lessen online.")),
    "language": Barrier(
        lazy_gettext("Nederlands lezen, schrijven of praten"),
        lazy_gettext("Vraag in de bibliotheek naar hulp met taal. Vraag de aanbieder om een proefles."),
    ),
    "digital": Barrier(
        lazy_gettext("Werken met een computer"),
        lazy_gettext("Vraag in de bibliotheek naar hulp met de computer. Oefen samen het inloggen."),
    ),
    "diploma": Barrier(
        lazy_gettext("Geen diploma, of een uit een ander land"),
        lazy_gettext("Is er een diploma uit een ander land? Vraag bij IDW wat het hier waard is."),
    ),
    "health": Barrier(lazy_gettext("Gezondheid"), lazy_gettext("Vraag wat wel gaat, en hoe lang achter elkaar. Zoek daar lessen bij.")),
    "confidence": Barrier(
        lazy_gettext("Weinig vertrouwen, of nare ervaring met school"),
        lazy_gettext("Begin met een korte module. Vraag of eerst komen kijken mag."),
    ),
    "employer": Barrier(
        lazy_gettext("De baas werkt niet mee"), lazy_gettext("Maak samen een kort plan: wat wint het bedrijf erbij? Vraag dan een gesprek.")
    ),
    "place": Barrier(lazy_gettext("Geen rustige plek om te leren"), lazy_gettext("Vraag in de bibliotheek of bij de school om een plek.")),
}
OFTEN: Mapping[str, tuple[str, ...]] = {
    Route.CAREER: ("money", "time", "confidence"),
    Route.MIGRANT: ("diploma", "language", "travel"),
    Route.SMALL_FIRM: ("employer", "time", "money"),
}
"""What often stands in the way of who comes in by a route; it is asked first."""


def barriers_of(route: str) -> list[str]:
    """The codes of all barriers, those that come often with a route first."""
    first = OFTEN.get(route, ())
    return [*first, *(code for code in BARRIERS if code not in first)]

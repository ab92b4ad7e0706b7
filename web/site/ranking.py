"""How ranking works, told from the weights that are at work: for people on a page, for registers of algorithms as a record."""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.search.ranking import FIELDS, MEANING_WEIGHT
from matching.core.weights import TABLE, Component
from web import words
from web.languages import lazy_gettext
from web.reasons import reason_name
from web.security.address import site_address

QUESTIONS = {
    Component.GAP_COVERAGE: lazy_gettext("Hoeveel stappen naar uw doel zet de module? Daar komt u voor."),
    Component.ENTRY_READINESS: lazy_gettext("Kunt u al wat de module vooraf vraagt? Dan kunt u meteen beginnen."),
    Component.FOCUS: lazy_gettext("Gaat de module vooral over uw doel? Wat u erbij leert, kost ook tijd en geld."),
    Component.LEVEL_FIT: lazy_gettext("Past het niveau bij uw werk en uw doel?"),
    Component.TEXT_SIMILARITY: lazy_gettext("Lijkt de titel op wat u schreef? Dit telt alleen als u uw doel zelf beschrijft."),
    Component.PRICE_FIT: lazy_gettext("Blijft er veel over van uw budget?"),
    Component.HOURS_FIT: lazy_gettext("Past de module in uw week?"),
    Component.DISTANCE_FIT: lazy_gettext("Is het dichtbij?"),
    Component.LANGUAGE_FIT: lazy_gettext("Is de les in een taal die u leest?"),
    Component.START_FIT: lazy_gettext("Begint de module snel?"),
    Component.CREDENTIAL_FIT: lazy_gettext("Krijgt u een bewijs waar u iets mee kunt?"),
    Component.NOTHING_KNOWN: lazy_gettext("Leert u iets nieuws? Wat u al kunt, kost alleen tijd."),
}
"""What each component asks of a module."""

FIELD_NAMES = {
    "title": lazy_gettext("de titel"),
    "skills": lazy_gettext("de vaardigheden die u leert"),
    "occupations": lazy_gettext("de beroepen die erbij horen"),
    "about": lazy_gettext("thema, school en plaats"),
    "outcomes": lazy_gettext("wat u na afloop kunt"),
    "description": lazy_gettext("de uitleg"),
}
"""Parts of a module in which search looks."""


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a score: its name, what it asks, and how much of the whole it is, as a number to draw (0-100) and in words."""

    name: str
    question: str
    percent: float
    percent_words: str


def match_shares() -> list[Share]:
    """What counts for a match, in the order of the table of weights."""
    return [
        Share(reason_name(component), str(QUESTIONS[component]), 100 * weight.share, f"{words.number(100 * weight.share)} %")
        for component, weight in TABLE.items()
    ]


def search_shares() -> list[Share]:
    """How heavily a word counts in each part of a module, the heaviest first; the heaviest is 100."""
    most = max(field.weight for field in FIELDS.values())
    ordered = sorted(FIELDS.items(), key=lambda pair: -pair[1].weight)
    return [Share(str(FIELD_NAMES[name]), "", 100 * field.weight / most, words.number(field.weight)) for name, field in ordered]


def record() -> dict[str, object]:
    """The record for a register of algorithms, in English.

    Who runs the site adds what no program knows: the organisation, the legal basis, and the day on which it began.
    """
    return {
        "name": "Leerwijzer: ranking of learning modules",
        "status": "in use",
        "url": site_address(),
        "lang": "en",
        "description_short": "Orders modules by how well they close the gap between what a person can do and what a goal asks.",
        "goal": "Help adults to find short courses that fit; show for each why it is there.",
        "impact": "Advice to a person about their own learning. Nobody is admitted, refused, paid or judged by it.",
        "human_intervention": "The person chooses. The same answers always give the same order, and an advisor can follow every point.",
        "risk_management": "Every score comes with its parts, which sum to it. No place can be bought. Age, sex and origin play no part.",
        "source_data": "Modules of providers; skills and occupations of ESCO; what the person fills in, which is gone after 24 hours.",
        "methods_and_models": "A weighted sum of the components below. Search scores words by field (BM25F) and adds likeness in meaning.",
        "components": [{"code": str(component), "share": weight.share, "argument": weight.argument} for component, weight in TABLE.items()],
        "search_fields": [{"name": name, "weight": field.weight} for name, field in FIELDS.items()],
        "search_meaning_weight": MEANING_WEIGHT,
    }

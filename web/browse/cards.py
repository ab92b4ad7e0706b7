"""A module as people see it in a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from catalogue.models import Edition, Module
from catalogue.vocabulary import Format, Level
from web import words

SUMMARY_CHARS = 190


@dataclass(frozen=True, slots=True)
class Card:
    """Texts of one module in a list. `language` is that of title and summary; `distance` is "" where it is not known."""

    uid: str
    slug: str
    title: str
    language: str
    provider: str
    provider_slug: str
    level: str
    kind: str
    place: str
    start: str
    hours: str
    price: str
    distance: str
    summary: str
    is_example: bool


def card(module: Module, today: date, edition: Edition | None = None, distance_km: float | None = None) -> Card:
    """The card of a module.

    Args:
        module: with organisation and editions loaded.
        edition: the run that fits best; None takes the first one that still can be joined.
    """
    chosen = edition or first_open(module, today)
    return Card(
        uid=module.uid,
        slug=module.slug,
        title=module.title,
        language=module.language,
        provider=module.organisation.name,
        provider_slug=module.organisation.slug,
        level="" if module.level is Level.NONE else str(words.LEVELS[module.level]),
        kind=str(words.KINDS[module.kind]),
        place=where(chosen) if chosen else "",
        start=words.start(chosen.start, today) if chosen else "",
        hours=words.hours(module.workload_hours),
        price=words.price(chosen.price_eur if chosen else None),
        distance=words.distance(distance_km) if chosen and chosen.place and chosen.format is not Format.ONLINE else "",
        summary=first_sentences(module.description),
        is_example=module.is_example,
    )


def first_open(module: Module, today: date) -> Edition | None:
    """The run that a learner can join first; those without a date come after those with one."""
    joinable = [edition for edition in module.editions if edition.start.is_open(today)]
    return min(joinable, key=lambda edition: (edition.start.next_start(today) or date.max, edition.id), default=None)


def where(edition: Edition) -> str:
    """Where an edition is followed: its place, with how, unless it is simply there."""
    manner = str(words.FORMATS[edition.format])
    if edition.place is None:
        return manner
    return edition.place.name if edition.format is Format.ON_SITE else f"{edition.place.name}, {manner}"


def first_sentences(text: str) -> str:
    """The beginning of a text: whole sentences where they fit, else whole words with an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= SUMMARY_CHARS:
        return text
    beginning = text[: SUMMARY_CHARS + 1]
    last = max(beginning.rfind(mark) for mark in (". ", "! ", "? "))
    return beginning[: last + 1] if last > SUMMARY_CHARS // 3 else beginning.rsplit(" ", 1)[0] + " …"

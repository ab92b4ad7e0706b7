"""What every version says of our records in the same way; foremost under `ext`: that for which the specifications have no place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from catalogue.models import Edition, Module, ModuleSkill, Organisation, Place, Stack
from catalogue.models.base import stable_uid
from catalogue.vocabulary import Format

Document = dict[str, Any]

OWN = "leerwijzer"
"""The name under `ext`."""
ROOT_UID = stable_uid("organisation", "leerwijzer")
"""The one organisation of type "root" that each service has: here the catalogue itself, and the providers below it."""


def of_organisation(provider: Organisation) -> Document:
    """The kind of provider and the region."""
    return {OWN: {"kind": provider.kind.value, "region": provider.region}}


def of_stack(stack: Stack) -> Document:
    """What it leads to."""
    return {OWN: {"credential": stack.credential.value}}


def of_module(module: Module) -> Document:
    """All of our own codes, and the skills with their levels."""
    own = {
        "provider": module.organisation.slug,
        "audience": module.audience,
        "level": module.level.value,
        "kind": module.kind.value,
        "credential": module.credential.value,
        "assessmentForm": module.assessment_form.value,
        "isSupervised": module.is_supervised,
        "isIdentityChecked": module.is_identity_checked,
        "isStackable": module.is_stackable,
        "qualityMark": module.quality_mark,
        "qualityUrl": module.quality_url,
        "theme": module.theme.slug if module.theme else None,
        "hub": module.hub.slug if module.hub else None,
        "isExample": module.is_example,
        "skillsTaught": _skills(module.taught),
        "skillsRequired": _skills(module.required),
    }
    return {OWN: own}


def of_edition(edition: Edition) -> Document:
    """How it starts in our notation, its length, place and parts of the week."""
    own = {
        "start": str(edition.start),
        "weeks": edition.weeks,
        "format": edition.format.value,
        "place": edition.place.slug if edition.place else None,
        "dayParts": edition.day_parts,
    }
    return {OWN: own}


def code(kind: str, value: str) -> Document:
    """An identifier, by the kind that the specification gives it."""
    return {"codeType": kind, "code": value}


def link(url: str) -> Document:
    """The attribute with a page about it, where there is one."""
    return {"link": url} if url else {}


def load_in_units(module: Module) -> float | None:
    """The study load in the unit that the provider states it in; a whole number where it is one."""
    if module.workload_hours is None:
        return None
    amount = round(module.workload_hours / module.load_unit.hours_per_unit, 9)
    return int(amount) if amount.is_integer() else amount


def price_amount(edition: Edition) -> str | None:
    """The price in euro with two decimals: "450.00"."""
    return None if edition.price_cents is None else f"{edition.price_cents // 100}.{edition.price_cents % 100:02}"


def shared_duration(module: Module) -> str | None:
    """How long every edition of the module takes, as a duration: "P10W". None where they differ or do not say."""
    lengths = {edition.weeks for edition in module.editions}
    weeks = lengths.pop() if len(lengths) == 1 else None
    return f"P{weeks}W" if weeks else None


def language(stack: Stack) -> str:
    """A stack has no language of its own: that of its first module."""
    return stack.steps[0].module.language if stack.steps else "nl"


def formats(module: Module) -> list[Format]:
    """The forms in which a module is given, each once."""
    given = {edition.format for edition in module.editions}
    return [one for one in Format if one in given]


def places(module: Module) -> list[Place]:
    """Where a module is given, each place once."""
    found = {edition.place.slug: edition.place for edition in module.editions if edition.place}
    return [place for _slug, place in sorted(found.items())]


def _skills(rows: Iterable[ModuleSkill]) -> list[Document]:
    """Skills by the URI of their taxonomy, or by their id where it has none."""
    found = [
        {"uri": row.skill.uri or row.skill.uid, "label": row.skill.label(), "level": row.level, "isRecognised": row.is_recognised}
        for row in rows
    ]
    return sorted(found, key=lambda skill: str(skill["uri"]))

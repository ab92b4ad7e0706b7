"""All that can be edited of a module as one document: JSON on the way in and out, values in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, cast

from catalogue.models import Module
from catalogue.publishing.differences import ROLES, edition_values, skill_levels
from catalogue.publishing.values import COLUMNS, EditionValues, ModuleValues, SkillLevel
from catalogue.starts import Start
from catalogue.vocabulary import AssessmentForm, Credential, Format, Kind, Level, LoadUnit

Document = dict[str, Any]
"""A `ModuleValues` in plain JSON. Skills are `[id, level, is_recognised]`, an edition has its start in the notation of import files."""

_CODES: Mapping[str, Callable[[str], object]] = {
    "level": Level,
    "kind": Kind,
    "credential": Credential,
    "assessment_form": AssessmentForm,
    "load_unit": LoadUnit,
}


def values_of(module: Module) -> ModuleValues:
    """All values of a stored module."""
    values: Document = {name: getattr(module, name) for name in sorted(COLUMNS)}
    values |= {name: skill_levels(module, role) for name, role in ROLES.items()}
    values |= {"uid": module.uid, "editions": [edition_values(edition) for edition in module.editions]}
    return cast(ModuleValues, values)


def to_document(values: ModuleValues) -> Document:
    """Values as JSON."""
    document: Document = dict(values)
    document |= {name: str(document[name]) for name in _CODES if name in document}
    document |= {
        name: [[skill.skill_id, skill.level, skill.is_recognised] for skill in document[name]] for name in ROLES if name in document
    }
    if "editions" in document:
        document["editions"] = [_edition_document(edition) for edition in document["editions"]]
    return document


def from_document(document: Document) -> ModuleValues:
    """Values out of JSON that `to_document` made."""
    values = dict(document)
    values |= {name: code(values[name]) for name, code in _CODES.items() if name in values}
    values |= {name: [SkillLevel(*skill) for skill in values[name]] for name in ROLES if name in values}
    if "editions" in values:
        values["editions"] = [_edition(edition) for edition in values["editions"]]
    return cast(ModuleValues, values)


def is_same(name: str, one: Any, other: Any) -> bool:
    """Whether two values of a field say the same. The ids of runs make no difference, nor does the order of runs and skills."""
    if name in ROLES and one and other:
        return sorted(one) == sorted(other)
    if name == "editions" and one and other:
        return Counter(map(_edition, one)) == Counter(map(_edition, other))
    return bool(one == other)


def _edition_document(edition: EditionValues) -> Document:
    return {
        "start": str(edition.start),
        "format": str(edition.format),
        "weeks": edition.weeks,
        "place": edition.place,
        "day_parts": list(edition.day_parts),
        "price_cents": edition.price_cents,
        "capacity": edition.capacity,
        "minimum_group": edition.minimum_group,
        "uid": edition.uid,
    }


def _edition(document: Document) -> EditionValues:
    given = document | {"start": Start.parse(document["start"]), "format": Format(document["format"])}
    return EditionValues(**given | {"day_parts": tuple(document["day_parts"])})

"""What differs between two states of a module, field by field, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalogue.models import Module, Skill
from catalogue.overview import all_themes, hubs
from catalogue.places import places_by_slug
from catalogue.publishing.documents import Document, from_document, is_same, to_document, values_of
from catalogue.publishing.history import next_versions, overtaken_fields
from catalogue.publishing.values import EditionValues, ModuleValues, SkillLevel
from catalogue.publishing.write import KnownModules
from catalogue.skills.reads import skills_by_id
from catalogue.vocabulary import Format, LoadUnit
from web import words
from web.languages import _, language
from web.wiring import services

_LOAD = {"workload_hours", "load_unit"}
"""Two fields that make one value for a person."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field that changed, in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedModule:
    """A module that a file changes: which fields, and where its next version says something else than the file does."""

    uid: str
    title: str
    language: str
    changes: Sequence[Change]
    overtaken: Sequence[Change]
    waits: bool


@dataclass(frozen=True, slots=True)
class Names:
    """What the keys in documents are called."""

    skills: Mapping[int, Skill]
    themes: Mapping[int, str]
    hubs: Mapping[int, str]
    places: Mapping[str, str]


def names_in(session: Session, documents: Sequence[Document]) -> Names:
    """The names of all that these documents speak of."""
    skills = {one[0] for document in documents for role in ("taught", "required") for one in document.get(role, ())}
    themes = {theme.id: theme.label(language()) for theme in all_themes(session)}
    places = places_by_slug(session, {run["place"] for document in documents for run in document.get("editions", ()) if run.get("place")})
    return Names(
        skills=skills_by_id(session, skills),
        themes=themes,
        hubs={hub.id: hub.name for hub in hubs(session)},
        places={slug: place.name for slug, place in places.items()},
    )


def changes(before: Document, after: Document, names: Names) -> list[Change]:
    """What differs between two states of a module."""
    found = [
        Change(name, _in_words(code, before.get(code), names), _in_words(code, after.get(code), names))
        for code, name in _field_names().items()
        if not is_same(code, before.get(code), after.get(code))
    ]
    if any(before.get(name) != after.get(name) for name in _LOAD):
        found.append(Change(_("Tijd"), _load(before), _load(after)))
    return found


def planned_changes(session: Session, organisation_id: int, many: Sequence[ModuleValues]) -> list[ChangedModule]:
    """What each of these values would change in the module that they mean."""
    known = KnownModules(session, organisation_id, many)
    pairs = [(module, values) for values in many if (module := known.find(values))]
    waiting = {one.module_id: one for one in next_versions(session, [module.id for module, _values in pairs])}
    told = [(module, to_document(values_of(module)), to_document(values)) for module, values in pairs]
    names = names_in(session, [document for _module, *both in told for document in both] + [one.document for one in waiting.values()])
    found = []
    for module, before, values in told:
        after, version = before | values, waiting.get(module.id)
        overtaken: list[Change] = []
        if version:
            both = [name for name in after if not is_same(name, before[name], after[name])]
            both = [name for name in both if not is_same(name, version.document.get(name), before[name])]
            overtaken = _of(both, after, version.document, names)
        found.append(
            ChangedModule(module.uid, module.title, module.language, changes(before, after, names), overtaken, waits=version is not None)
        )
    return found


def new_modules(session: Session, documents: Sequence[Document]) -> list[ChangedModule]:
    """What modules that are not there yet will hold: of each field that says something, what it says."""
    names = names_in(session, documents)
    found = []
    for document in documents:
        title = {"title": document["title"]}  # stands above it already
        said = [one for one in changes(title, document, names) if one.before != one.after]
        found.append(ChangedModule("", document["title"], document["language"], said, (), waits=False))
    return found


def waiting_changes(session: Session, module: Module) -> list[Change]:
    """What the next version of a module changes of what is online; nothing where none waits."""
    waiting = next_versions(session, [module.id])
    online = to_document(values_of(module))
    return changes(online, waiting[0].document, names_in(session, [online, waiting[0].document])) if waiting else []


def overtaken_changes(session: Session, module: Module) -> list[Change]:
    """Where a file changed what is online while somebody changed the same field in the next version: online, and the next version."""
    waiting = next_versions(session, [module.id])
    if not waiting or not waiting[0].overtaken:
        return []
    online, document = to_document(values_of(module)), waiting[0].document
    return _of(overtaken_fields(waiting[0], online), online, document, names_in(session, [online, document]))


def _of(fields: Iterable[str], before: Document, after: Document, names: Names) -> list[Change]:
    fields = set(fields)
    fields |= _LOAD if fields & _LOAD else set()
    return changes({name: before.get(name) for name in fields}, {name: after.get(name) for name in fields}, names)


def _field_names() -> dict[str, str]:
    return {
        "title": _("Naam"),
        "language": _("Taal"),
        "outcomes": _("Na afloop"),
        "description": _("Tekst"),
        "audience": _("Voor wie"),
        "level": _("Niveau"),
        "kind": _("Soort"),
        "credential": _("Bewijs"),
        "assessment": _("Toets"),
        "assessment_form": _("Soort toets"),
        "is_supervised": _("Er kijkt iemand mee"),
        "is_identity_checked": _("Er wordt gekeken wie het is"),
        "is_stackable": _("Telt mee voor een groter bewijs"),
        "quality_mark": _("Kwaliteit bewaakt door"),
        "quality_url": _("Adres over de kwaliteit"),
        "theme_id": _("Thema"),
        "hub_id": _("Hub"),
        "url": _("Adres"),
        "taught": _("Wat iemand leert"),
        "required": _("Vooraf nodig"),
        "entry_text": _("Vooraf nodig, in woorden"),
        "editions": _("Wanneer, waar en prijs"),
    }


def _load(document: Document) -> str:
    hours = document.get("workload_hours")
    return _("niets") if hours is None else words.hours(hours, LoadUnit(document.get("load_unit") or LoadUnit.HOURS))


_CODES = ((words.LEVELS, "level"), (words.KINDS, "kind"), (words.CREDENTIALS, "credential"), (words.ASSESSMENT_FORMS, "assessment_form"))


def _in_words(code: str, value: object, names: Names) -> str:
    """A value of a document for a person."""
    if value in (None, "", []):
        return _("niets")
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if code == "language":
        return words.language_name(str(value))
    for table, field in _CODES:
        if code == field:
            return str({str(key): word for key, word in table.items()}[str(value)])
    for known, field in ((names.themes, "theme_id"), (names.hubs, "hub_id")):
        if code == field and isinstance(value, int):
            return known.get(value, str(value))
    if code == "outcomes" and isinstance(value, list):
        return "; ".join(value)
    if code in ("taught", "required") and isinstance(value, list):
        named = [(names.skills.get(one.skill_id), one) for one in (SkillLevel(*each) for each in value)]
        return ", ".join(f"{skill.label(language())} ({words.SKILL_LEVELS[one.level]})" for skill, one in named if skill)
    if code == "editions" and isinstance(value, list):
        return "; ".join(_run(run, names) for run in from_document({"editions": value})["editions"])
    return str(value)


def _run(run: EditionValues, names: Names) -> str:
    where = str(words.FORMATS[run.format]) if run.format is Format.ONLINE or not run.place else names.places.get(run.place, run.place)
    price = words.price(None if run.price_cents is None else run.price_cents / 100)
    parts = (words.start(run.start, services().today()), where, words.day_parts(run.day_parts), price)
    return ", ".join(part for part in parts if part)

"""Our modules, stacks and lists in the vocabulary of schema.org, for search engines: pure functions of rows that are loaded already.

What a provider leaves open is left out. Runs that are over are not told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from catalogue.models import Edition, Module, ModuleSkill, Organisation, Stack
from catalogue.vocabulary import Credential, Format, Level, LoadUnit, StartType

Document = dict[str, Any]
Address = Callable[[Module], str]
"""The whole address of the page of a module."""

CONTEXT = "https://schema.org"
_MODES = {Format.ON_SITE: ["Onsite"], Format.ONLINE: ["Online"], Format.BLENDED: ["Blended"], Format.WORKPLACE: ["Onsite", "Workplace"]}


def module_page(module: Module, stacks: Iterable[Stack], address: Address, today: date) -> Document:
    """What the page of a module is about: the course, and the programmes that it is a part of."""
    return {"@context": CONTEXT, "@graph": [course(module, address, today), *(programme(stack, address) for stack in stacks)]}


def course(module: Module, address: Address, today: date) -> Document:
    """A module, with the runs that can still be joined."""
    where = address(module)
    found: Document = {
        "@type": "Course",
        "@id": where,
        "url": where,
        "name": module.title,
        "courseCode": module.external_id or module.uid,
        "provider": provider(module.organisation),
        "inLanguage": module.language,
        "hasCourseInstance": [run(module, edition, today) for edition in module.editions if _can_be_joined(edition, today)],
        "teaches": [*module.outcomes, *map(_skill, module.taught)],
        "competencyRequired": [*map(_skill, module.required)],
    }
    texts = {"description": module.description, "coursePrerequisites": module.entry_text, "sameAs": module.url}
    found |= {name: text for name, text in texts.items() if text}
    if module.audience:
        found["audience"] = {"@type": "EducationalAudience", "audienceType": module.audience}
    if module.level is not Level.NONE:
        found["educationalLevel"] = {"@type": "DefinedTerm", "name": module.level.value, "inDefinedTermSet": "https://www.nlqf.nl"}
    if module.credential is not Credential.NONE:
        found["educationalCredentialAwarded"] = _credential(module.credential)
    if module.workload_hours is not None:
        found["timeRequired"] = f"PT{module.workload_hours:.9g}H"
        if module.load_unit is LoadUnit.EC:
            amount = module.workload_hours / LoadUnit.EC.hours_per_unit
            found["numberOfCredits"] = {"@type": "StructuredValue", "value": round(amount, 9), "unitText": "ECTS"}
    if module.is_example:
        found["creativeWorkStatus"] = "Example"
    return {name: value for name, value in found.items() if value != []}


def run(module: Module, edition: Edition, today: date) -> Document:
    """An edition. One without a fixed date has a date only where its next start is known."""
    starts = edition.start.next_start(today)
    found: Document = {"@type": "CourseInstance", "courseMode": _MODES[edition.format], "inLanguage": module.language}
    if module.workload_hours is not None:
        found["courseWorkload"] = f"PT{module.workload_hours:.9g}H"
    if starts and edition.start.type in (StartType.FIXED, StartType.ROLLING):
        found["startDate"] = starts.isoformat()
        if ends := edition.end(starts):
            found["endDate"] = ends.isoformat()
    if edition.weeks:
        length = {"duration": f"P{edition.weeks}W", "repeatFrequency": "Weekly", "repeatCount": edition.weeks}
        found["courseSchedule"] = {"@type": "Schedule"} | length
    if edition.place:
        address = {"@type": "PostalAddress", "addressLocality": edition.place.name, "addressCountry": "NL"}
        found["location"] = {"@type": "Place", "name": edition.place.name, "address": address}
    if edition.capacity is not None:
        found["maximumAttendeeCapacity"] = edition.capacity
    if edition.price_cents is not None:
        price = f"{edition.price_cents / 100:.2f}"
        category = "Paid" if edition.price_cents else "Free"
        found["offers"] = {"@type": "Offer", "price": price, "priceCurrency": "EUR", "category": category}
    return found


def programme(stack: Stack, address: Address) -> Document:
    """A stack, with its modules in their order."""
    found: Document = {
        "@type": "EducationalOccupationalProgram",
        "@id": f"urn:uuid:{stack.uid}",
        "name": stack.title,
        "provider": provider(stack.organisation),
        "educationalCredentialAwarded": _credential(stack.credential),
        "hasCourse": [{"@type": "Course", "@id": address(step.module), "name": step.module.title} for step in stack.steps],
    }
    return found | ({"description": stack.description} if stack.description else {})


def item_list(pages: Sequence[tuple[str, str]], first: int, total: int) -> Document:
    """One page out of a list: name and address of each, the first at this place of all."""
    elements = [{"@type": "ListItem", "position": first + number, "name": name, "url": url} for number, (name, url) in enumerate(pages)]
    return {"@context": CONTEXT, "@type": "ItemList", "numberOfItems": total, "itemListElement": elements}


def provider(organisation: Organisation) -> Document:
    """Who gives it."""
    found: Document = {"@type": "EducationalOrganization", "name": organisation.name}
    if organisation.url:
        found["url"] = organisation.url
    if organisation.kvk:
        found["identifier"] = {"@type": "PropertyValue", "propertyID": "KvK", "value": organisation.kvk}
    return found


def _skill(row: ModuleSkill) -> Document:
    taxonomy = {"@type": "DefinedTermSet", "name": "ESCO" if row.skill.uri else "Leerwijzer"}
    key = row.skill.uri or f"urn:uuid:{row.skill.uid}"
    return {"@type": "DefinedTerm", "@id": key, "name": row.skill.label(), "inDefinedTermSet": taxonomy}


def _credential(credential: Credential) -> Document:
    return {"@type": "EducationalOccupationalCredential", "credentialCategory": credential.value}


def _can_be_joined(edition: Edition, today: date) -> bool:
    return edition.start.type is not StartType.FIXED or (edition.start.on is not None and edition.start.on >= today)

"""A course as schema.org describes it, in our own fields. What it leaves open or says in several ways stays open: nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from math import ceil
from typing import Any

from catalogue.exchange import cells
from catalogue.exchange.columns import EDITIONS
from catalogue.exchange.problems import BadCell
from catalogue.exchange.schema_org.page import Thing, types_of
from catalogue.vocabulary import OrganisationKind

_MODES = {
    "online": "online",
    "distance": "online",
    "onsite": "on-site",
    "onlocation": "on-site",
    "classroom": "on-site",
    "inperson": "on-site",
    "blended": "blended",
    "mixed": "blended",
    "hybrid": "blended",
    "workplace": "workplace",
    "workbased": "workplace",
}
_HOURS = re.compile(r"PT([0-9]+(?:\.[0-9]+)?)H")
_WEEKS = re.compile(r"P([0-9]+)W")
_CREDITS = frozenset({"ec", "ects", "ectscredits"})
_TITLE_CHARS = 300


def entry_of(course: Thing, page: str) -> Thing:
    """A course as a line of a file of ours; `page` is the address where it stands, which names it where it has no code of its own."""
    own = _text(course.get("url")) or page
    return {
        "external_id": (_text(course.get("courseCode")) or _text(course.get("identifier")) or own)[-120:],
        "title": _text(course.get("name"))[:_TITLE_CHARS],
        "description": _text(course.get("description")),
        "audience": _text(_of(course.get("audience"), "audienceType", "name")),
        "entry_text": "\n".join(_texts(course.get("coursePrerequisites") or course.get("programPrerequisites"))),
        "outcomes": _texts([one for one in _list(course.get("teaches")) if not _is_skill(one)]),
        "level": _level(course),
        "language": _language(course),
        "load": _load(course),
        "url": own,
        EDITIONS: [edition for one in _instances(course) if (edition := _edition(one, course)) is not None],
    }


def _instances(course: Thing) -> list[Thing]:
    """The runs of a course, which may stand below a schedule of several; a programme with a date of its own is its own run."""
    found = [one for one in _list(course.get("hasCourseInstance")) if isinstance(one, dict)]
    return found or ([course] if course.get("startDate") else [])


def _edition(instance: Thing, course: Thing) -> Thing | None:
    """One run; none where it has no date of its own, or does not say how it is given."""
    starts = _day(instance.get("startDate"))
    place = _place(instance.get("location"))
    how = _format(_texts(instance.get("courseMode") or instance.get("educationalProgramMode"))) or ("on-site" if place else "")
    if not starts or not how:
        return None
    return {
        "start": starts,
        "weeks": _weeks(instance),
        "place": place,
        "format": how,
        "price_eur": _price(instance.get("offers") or course.get("offers")),
    }


def _level(course: Thing) -> str:
    """The level where one is named that we know; a word such as "beginner", or "bachelor" without more, is none."""
    named = [_text(_of(one, "name", "termCode")) for one in _list(course.get("educationalLevel"))]
    found = set()
    for one in filter(None, named):
        try:
            found.add(str(cells.level(one, OrganisationKind.PRIVATE)))
        except BadCell:
            return ""
    if len(found) != 1 or any(one.strip().casefold() in ("bachelor", "master") for one in named):
        return ""
    return found.pop()


def _language(course: Thing) -> str:
    """The language in which it is taught where exactly one is named."""
    found = {_text(_of(one, "alternateName", "name")) for one in _list(course.get("inLanguage"))}
    found |= {_text(one) for instance in _instances(course) for one in _list(instance.get("inLanguage")) if isinstance(one, str)}
    codes = {code for one in found if one for code in [_known_language(one)]}
    return codes.pop() if len(codes) == 1 else ""


def _known_language(word: str) -> str:
    try:
        return cells.language(word.partition("-")[0])
    except BadCell:
        return ""


def _load(course: Thing) -> str:
    """The whole time that it takes, or its credits where they are European ones."""
    earned = course.get("numberOfCredits")
    if isinstance(earned, dict) and re.sub(r"[^a-z]", "", _text(earned.get("unitText") or earned.get("name")).casefold()) in _CREDITS:
        return f"{_text(earned.get('value'))} EC"
    if match := _HOURS.fullmatch(_text(course.get("timeRequired"))):
        return f"{float(match[1]):g} uur"
    return ""


def _price(offers: object) -> str:
    """The price in euro where there is one; none where several are named, as for members and others."""
    found = {_price_of(offer) for offer in _list(offers)}
    return found.pop() if len(found) == 1 else ""


def _price_of(offer: object) -> str:
    """The price of one offer; "" where it is no price in euro, or a range of prices."""
    if not isinstance(offer, dict) or "AggregateOffer" in types_of(offer):
        return ""
    specified = _list(offer.get("priceSpecification"))
    told = specified[0] if len(specified) == 1 and isinstance(specified[0], dict) and not offer.get("price") else offer
    if told.get("price") in (None, ""):
        return "0" if _text(offer.get("category")).casefold() == "free" else ""
    return _amount(told["price"]) if told.get("priceCurrency", offer.get("priceCurrency")) == "EUR" else ""


def _amount(told: object) -> str:
    try:
        return f"{float(str(told)):.2f}"
    except ValueError:
        return ""


def _weeks(instance: Thing) -> int | str:
    """From the duration, else from the days between begin and end."""
    if match := _WEEKS.fullmatch(_text(_of(instance.get("courseSchedule"), "duration")) or _text(instance.get("duration"))):
        return int(match[1]) or ""
    starts, ends = _day(instance.get("startDate")), _day(instance.get("endDate"))
    if not starts or not ends:
        return ""
    days = (datetime.fromisoformat(ends) - datetime.fromisoformat(starts)).days
    return ceil(days / 7) if days > 0 else ""


def _place(location: object) -> str:
    """The town; the address of a web page is no place."""
    for one in _list(location):
        address = one.get("address") if isinstance(one, dict) and "VirtualLocation" not in types_of(one) else None
        if isinstance(address, dict) and (town := _text(address.get("addressLocality"))):
            return town
    return ""


def _format(modes: Iterable[str]) -> str:
    """One of our formats; several together are blended."""
    words = {re.sub(r"[^a-z]", "", mode.rpartition("/")[2].casefold()) for mode in modes}
    found = {_MODES[word] for word in words if word in _MODES}
    return "blended" if len(found) > 1 else next(iter(found), "")


def _day(told: object) -> str:
    try:
        return datetime.fromisoformat(_text(told)).date().isoformat()
    except ValueError:
        return ""


def _of(thing: object, *names: str) -> object:
    """A thing's value by the first of these names that it has; a text as it is."""
    if isinstance(thing, list):
        thing = thing[0] if thing else ""
    if isinstance(thing, dict):
        return next((thing[name] for name in names if thing.get(name)), "")
    return thing


def _is_skill(taught: object) -> bool:
    """Whether it is a term of some taxonomy, and no outcome in the words of the provider. Skills are recognised in the text."""
    return isinstance(taught, dict) and bool(taught.get("inDefinedTermSet"))


def _texts(found: object) -> list[str]:
    named = [_text(_of(one, "name", "description")) for one in _list(found)]
    return [one for one in named if one]


def _text(found: object) -> str:
    """A text or number on its own, without the tags that some sites write into texts; "" for anything else."""
    if isinstance(found, list) and len(found) == 1:
        found = found[0]
    if isinstance(found, dict):
        found = found.get("@value", found.get("@id"))
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return ""
    return re.sub(r"<[^<>]{1,200}>", " ", str(found)).strip()


def _list(found: object) -> list[Any]:
    return found if isinstance(found, list) else [] if found is None else [found]

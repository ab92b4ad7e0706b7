"""The query parameters of the Open Onderwijs API, checked. Each function raises BadRequest that names the parameter."""

from __future__ import annotations

import re
from datetime import date, datetime

from flask import request
from werkzeug.exceptions import BadRequest

from catalogue.exchange.ooapi.lists import Asked
from catalogue.exchange.ooapi.own import Document
from catalogue.vocabulary import Format
from web.ooapi.dialects import Dialect

PAGE_SIZES = (10, 20, 50, 100, 250)
MOST_PAGES = 1_000_000
MOST_CHARS = 200
EXTENDED = "x-"


def list_query(dialect: Dialect, sortable: tuple[str, ...], default: str = "name") -> Asked:
    """What the current request asks of a list that can be sorted by the attributes `sortable`."""
    size = _number("pageSize", 10)
    if size not in PAGE_SIZES:
        raise _bad("pageSize", f"is one of {', '.join(map(str, PAGE_SIZES))}")
    number = _number("pageNumber", 1)
    if not 1 <= number <= MOST_PAGES:
        raise _bad("pageNumber", f"is a number from 1 to {MOST_PAGES}")
    choices = {name: chosen for name in dialect.choices if (chosen := _choice(name, dialect))}
    language = _language(dialect)
    level = choices.get("level")
    return Asked(
        size=size,
        number=number,
        sort=_sort(sortable, default),
        text=_text("q"),
        primary_code=_text("primaryCode"),
        languages=frozenset(dialect.languages(language)) if language else None,
        levels=frozenset(dialect.levels(level)) if level else None,
        formats=_formats(dialect),
        result_expected=_boolean("resultExpected"),
        since=_day("since"),
        until=_day("until"),
        choices=choices | ({"teachingLanguage": language} if language else {}),
    )


def expansions(known: tuple[str, ...]) -> frozenset[str]:
    """The references that the current request wants to see whole, of those that the object has; as attributes: academicSession, also for
    academic_session, as version 6 has it.
    """
    wanted = frozenset(name for text in _texts("expand") for name in text.split(",") if name)
    if not wanted <= set(known):
        raise _bad("expand", f"names some of {', '.join(known)}")
    return frozenset(re.sub("_([a-z])", lambda letter: letter[1].upper(), name) for name in wanted)


def overrides() -> Document:
    """No object here has other values at another time; who asks for those gets an empty list."""
    return {"timelineOverrides": []} if _boolean("returnTimelineOverrides") else {}


def _sort(sortable: tuple[str, ...], default: str) -> tuple[tuple[str, bool], ...]:
    """The order asked for; a list that cannot be sorted has its own, whatever is asked."""
    if not sortable:
        return ((default, False),)
    names = [name for text in _texts("sort") or [default] for name in text.split(",")]
    if not all(name.removeprefix("-") in sortable for name in names) or len(names) > 2 * len(sortable):
        raise _bad("sort", f"names some of {', '.join(sortable)}, each with a - in front to go down")
    return tuple((name.removeprefix("-"), name.startswith("-")) for name in names)


def _formats(dialect: Dialect) -> frozenset[Format] | None:
    modes = [name for text in _texts("modeOfDelivery") for name in text.split(",")]
    known = [mode for mode in modes if mode in dialect.formats or _is_extended(mode, dialect)]
    if known != modes:
        raise _bad("modeOfDelivery", f"is one of {', '.join(dialect.formats)}")
    return frozenset().union(*(dialect.formats.get(mode, frozenset()) for mode in modes)) if modes else None


def _language(dialect: Dialect) -> str:
    language = _text("teachingLanguage")
    if language and not dialect.language.fullmatch(language):
        raise _bad("teachingLanguage", f"is the code of a language, such as {dialect.example}")
    return language


def _choice(name: str, dialect: Dialect) -> str:
    chosen, known = _text(name), dialect.choices[name]
    if chosen and chosen not in known and not _is_extended(chosen, dialect):
        raise _bad(name, f"is one of {', '.join(known)}")
    return chosen


def _is_extended(word: str, dialect: Dialect) -> bool:
    return dialect.is_extensible and word.startswith(EXTENDED)


def _number(name: str, default: int) -> int:
    text = _text(name)
    if not text:
        return default
    if not re.fullmatch("[0-9]{1,9}", text):
        raise _bad(name, "is a whole number")
    return int(text)


def _boolean(name: str) -> bool | None:
    text = _text(name)
    if text not in ("", "true", "false"):
        raise _bad(name, "is true or false")
    return text == "true" if text else None


def _day(name: str) -> date | None:
    """A day, or a moment of which only the day counts. In an address a plus sign may have become a space."""
    text = _text(name).replace(" ", "+")
    try:
        return datetime.fromisoformat(text).date() if text else None
    except ValueError:
        raise _bad(name, "is a day, such as 2027-02-08, or a moment, such as 2027-02-08T09:00:00Z") from None


def _text(name: str) -> str:
    return next(iter(_texts(name)), "")


def _texts(name: str) -> list[str]:
    """All values of one parameter; a database takes no NUL, and nobody sends one by accident."""
    texts = request.args.getlist(name)
    if any("\x00" in text or len(text) > MOST_CHARS for text in texts):
        raise _bad(name, f"is a text of at most {MOST_CHARS} characters")
    return texts


def _bad(name: str, rule: str) -> BadRequest:
    return BadRequest(f"{name} {rule}.")

"""The query parameters of the Open Onderwijs API, checked. Each function raises BadRequest that names the parameter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from flask import request
from werkzeug.exceptions import BadRequest

from catalogue.exchange.ooapi.lists import Asked

PAGE_SIZES = (10, 20, 50, 100, 250)
MOST_PAGES = 1_000_000
MOST_CHARS = 200
_MBO = "secondary vocational education"
CHOICES: Mapping[str, tuple[str, ...]] = {
    "level": (
        *(_MBO, f"{_MBO} 1", f"{_MBO} 2", f"{_MBO} 3", f"{_MBO} 4", "associate degree", "bachelor", "master", "doctoral"),
        *("undefined", "undivided", "nt2-1", "nt2-2"),
    ),
    "organizationType": ("root", "institute", "department", "faculty", "branch", "academy", "school"),
    "programType": ("program", "minor", "honours", "specialization", "track"),
    "qualificationAwarded": ("AD", "BA", "BSc", "LLB", "MA", "MSc", "LLM", "Phd", "None"),
    "levelOfQualification": ("1", "2", "3", "4", "4+", "5", "6", "7", "8"),
    "sector": (_MBO, "higher professional education", "university education"),
    "educationSpecificationType": ("program", "privateProgram", "cluster", "course"),
    "offeringType": ("program", "course", "component"),
}
"""The closed lists of the specification by which lists can be filtered."""
_MODES = ("distance-learning", "on campus", "online", "hybrid", "situated")
_LANGUAGE = re.compile("[a-z]{3}")


def list_query(sortable: tuple[str, ...], default: str = "name") -> Asked:
    """What the current request asks of a list that can be sorted by the attributes `sortable`."""
    size = _number("pageSize", 10)
    if size not in PAGE_SIZES:
        raise _bad("pageSize", f"is one of {', '.join(map(str, PAGE_SIZES))}")
    number = _number("pageNumber", 1)
    if not 1 <= number <= MOST_PAGES:
        raise _bad("pageNumber", f"is a number from 1 to {MOST_PAGES}")
    language = _text("teachingLanguage")
    if language and not _LANGUAGE.fullmatch(language):
        raise _bad("teachingLanguage", "is a code of three letters, such as nld")
    return Asked(
        size=size,
        number=number,
        sort=_sort(sortable, default),
        text=_text("q"),
        primary_code=_text("primaryCode"),
        language=language,
        level=_choice("level", CHOICES["level"]),
        modes=_modes(),
        result_expected=_boolean("resultExpected"),
        since=_day("since"),
        until=_day("until"),
        choices={name: chosen for name, known in CHOICES.items() if (chosen := _choice(name, known))},
    )


def expansions(known: tuple[str, ...]) -> frozenset[str]:
    """The references that the current request wants to see whole, of those that the object has."""
    wanted = frozenset(name for text in _texts("expand") for name in text.split(",") if name)
    if not wanted <= set(known):
        raise _bad("expand", f"names some of {', '.join(known)}")
    return wanted


def wants_overrides() -> bool:
    """Whether the current request asks for timeline overrides."""
    return bool(_boolean("returnTimelineOverrides"))


def _sort(sortable: tuple[str, ...], default: str) -> tuple[tuple[str, bool], ...]:
    names = [name for text in _texts("sort") or [default] for name in text.split(",")]
    if not all(name.removeprefix("-") in sortable for name in names) or len(names) > 2 * len(sortable):
        raise _bad("sort", f"names some of {', '.join(sortable)}, each with a - in front to go down")
    return tuple((name.removeprefix("-"), name.startswith("-")) for name in names)


def _modes() -> frozenset[str]:
    modes = frozenset(name for text in _texts("modeOfDelivery") for name in text.split(","))
    if not modes <= set(_MODES):
        raise _bad("modeOfDelivery", f"is one of {', '.join(_MODES)}")
    return modes


def _choice(name: str, known: tuple[str, ...]) -> str:
    chosen = _text(name)
    if chosen and chosen not in known:
        raise _bad(name, f"is one of {', '.join(known)}")
    return chosen


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
    text = _text(name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise _bad(name, "is a day, such as 2027-02-08") from None


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

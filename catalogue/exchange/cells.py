"""From the text of one cell to a value, in the ways that Dutch and English speakers write it. Each raises `BadCell` with its reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from catalogue.exchange.cell_words import (
    ASSESSMENT_FORMS,
    CREDENTIALS,
    DAY_PART_WORDS,
    FORMATS,
    KINDS,
    LANGUAGES,
    LEVELS,
    LOAD_UNITS,
    MONTHS,
    YES_OR_NO,
)
from catalogue.exchange.columns import plain_name
from catalogue.exchange.problems import BadCell, Reason
from catalogue.starts import Start, StartNotUnderstood
from catalogue.vocabulary import DAY_PARTS, AssessmentForm, Credential, Format, Kind, Level, LoadUnit, OrganisationKind, StartType

MAX_PRICE_EUR = 1_000_000
MAX_HOURS = 20_000
YEARS = range(1990, 2101)

Code = TypeVar("Code", bound=StrEnum)

_CONTROL = re.compile(r"[\x01-\x08\x0b-\x1f\x7f]")
_AMOUNT = re.compile(
    r"(?:€|eur|euro)?\s*([0-9][0-9.,]*)(?:,-|,–|,—|,=)?\s*(?:€|eur|euro)?(?:\s*(?:p\.?p\.?|per (?:persoon|deelnemer)))?", re.IGNORECASE
)
_WITH_TAX = re.compile(
    r"[\s,(]+(?:(?:incl\.?|inclusief|including|met|with) (?:btw|vat)|btw[- ]?vrij|vrij van btw|geen btw)\)?$", re.IGNORECASE
)
_WITHOUT_TAX = re.compile(r"\b(?:ex|excl|exclusief|excluding|zonder|without)\b|[+] ?(?:btw|vat)\b", re.IGNORECASE)
_DIGITS = re.compile(r"([0-9]{1,9})")
_WEEKS = re.compile(r"([0-9]{1,9})(?: ?(?:weken|weeks?|wk)\.?)?", re.IGNORECASE)
_PEOPLE = re.compile(
    r"(?:(?:max|min)(?:\.|imaal|imum)? ?)?([0-9]{1,9})(?: (?:personen|deelnemers|mensen|plaatsen|plekken|people))?", re.IGNORECASE
)
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")
_LOAD = re.compile(r"([0-9][0-9.,]*)\s*([a-z]*)\.?", re.IGNORECASE)
_BULLET = re.compile(r"(?:^|(?<=[;:.,])\s+|(?<=\n))\s*[-•*–]\s+")
_LIST_BREAK = re.compile(r"[|;,\n]")
_DAY_OF_WEEK = re.compile(r"(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|ma|di|wo|do|vr|za|zo)[.,]? ")
_DUTCH_DATE = re.compile(r"([0-9]{1,2})(?: ?[-/.] ?| )([0-9]{1,2}|[a-z]{3,9})(?: ?[-/.] ?| )([0-9]{4})")
_ISO_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[t ][0-9:.]+z?")
_EVERY = re.compile(r"(?:elke|iedere|every) (?:([0-9]{1,2}) )?(?:week|weken|weeks)(?: (?:vanaf|from) (.+))?")
_ENROLLED = re.compile(r"(?:bij|vanaf|when) ([0-9]{1,4}) (?:aanmelding|inschrijving|deelnemer|enrolled)(?:en|s)?")
_DIRECT = frozenset(("direct", "doorlopend", "direct starten", "op elk moment", "per direct"))
_AGREED = frozenset(
    (
        "agreed",
        "in overleg",
        "nader te bepalen",
        "n.t.b.",
        "ntb",
        "nog niet bekend",
        "op aanvraag",
        "op afspraak",
        "by agreement",
        "on request",
    )
)
_FREE = frozenset(("gratis", "free", "kosteloos"))
_NOT_STATED = frozenset(
    ("op aanvraag", "on request", "nader te bepalen", "n.t.b.", "ntb", "onbekend", "nog niet bekend", "unknown", "n.v.t.", "nvt", "-", "–")
)


def text(cell: str) -> str:
    """Text with line ends as \\n and without control characters."""
    if "\0" in cell:
        raise BadCell(Reason.BAD_CHARACTER, "NUL")
    if any("\ud800" <= char <= "\udfff" for char in cell):
        raise BadCell(Reason.BAD_CHARACTER, cell)
    return _CONTROL.sub("", cell.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")).strip()


def line(cell: str, most: int) -> str:
    """Text on one line of at most `most` characters."""
    one = " ".join(text(cell).split())
    if len(one) > most:
        raise BadCell(Reason.TOO_LONG, one, (str(most),))
    return one


def url(cell: str) -> str:
    """An address that begins with https:// or http://."""
    address = line(cell, 500)
    if address and not re.fullmatch(r"https?://[^\s/]+\.\S+", address):
        raise BadCell(Reason.NOT_A_URL, address)
    return address


def outcomes(cell: str | tuple[str, ...]) -> list[str]:
    """Learning outcomes: a list, or one text split at line ends, at "|" or at its bullets; an introduction that ends in ":" is left out.

    Lines that begin with "•", as our own export writes them, are each one outcome, whatever stands in them.
    """
    if isinstance(cell, tuple):
        return [item for part in cell if (item := " ".join(text(part).split()))]
    whole = text(cell)
    if whole.startswith("•"):
        parts = [part.removeprefix("•") for part in whole.split("\n")]
    else:
        parts = [item for part in re.split(r"[|\n]", whole) for item in _BULLET.split(part)]
        parts = [part for part in parts if not part.rstrip().endswith(":")] or parts
    return [item for part in parts if (item := " ".join(part.split()))]


def number(cell: str, least: int, most: int, written: re.Pattern[str] = _DIGITS) -> int | None:
    """A whole number; `written` may allow words around it."""
    stated = line(cell, 100)
    if not stated:
        return None
    match = written.fullmatch(stated)
    if match is None:
        raise BadCell(Reason.NOT_A_NUMBER, stated)
    if not least <= int(match[1]) <= most:
        raise BadCell(Reason.OUT_OF_RANGE, stated, (str(least), str(most)))
    return int(match[1])


def weeks(cell: str, most: int) -> int | None:
    """How many weeks something takes: "10", "10 weken"."""
    return number(cell, 1, most, _WEEKS)


def people(cell: str, most: int) -> int | None:
    """How many people: "12", "max. 12 personen"."""
    return number(cell, 1, most, _PEOPLE)


def price_cents(cell: str) -> int | None:
    """An amount in euro: "1.250,00", "1250.00", "€ 495", "495,-", "€ 495 p.p.", "gratis"; None where none is stated: "", "op aanvraag".

    What a person pays has the tax in it. How much tax there is on an amount without it, only the provider knows.
    """
    amount = line(cell, 100)
    if not amount or amount.casefold() in _NOT_STATED:
        return None
    if amount.casefold() in _FREE:
        return 0
    match = _AMOUNT.fullmatch(_WITH_TAX.sub("", amount))
    value = _decimal(match[1]) if match else None
    if value is None:
        raise BadCell(Reason.WITHOUT_TAX if _WITHOUT_TAX.search(amount) else Reason.NOT_AN_AMOUNT, amount)
    if value > MAX_PRICE_EUR:
        raise BadCell(Reason.OUT_OF_RANGE, amount, ("0", str(MAX_PRICE_EUR)))
    return round(value * 100)


def load(cell: str) -> tuple[float | None, LoadUnit]:
    """A study load as hours and the unit that it is stated in: "3 EC", "80 SBU", "84 uur", "84"."""
    stated = line(cell, 100)
    if not stated:
        return None, LoadUnit.HOURS
    match = _LOAD.fullmatch(stated)
    value = _decimal(match[1]) if match else None
    unit = LOAD_UNITS.get(match[2].casefold()) if match else None
    if value is None or unit is None:
        raise BadCell(Reason.NOT_A_LOAD, stated)
    hours = round(value * unit.hours_per_unit, 6)
    if hours > MAX_HOURS:
        raise BadCell(Reason.OUT_OF_RANGE, stated, ("0", str(MAX_HOURS)))
    return hours, unit


def level(cell: str, provider: OrganisationKind) -> Level:
    """An education level; "" is none. A bare "bachelor" or "master" is of wo at a university, and else of hbo."""
    plain = plain_name(line(cell, 100))
    if plain in ("bachelor", "master"):
        return Level(f"{'wo' if provider is OrganisationKind.WO else 'hbo'}-{plain}")
    return _code(cell, Level, LEVELS, Level.NONE)


def kind(cell: str) -> Kind:
    """A kind of module; "" is module."""
    return _code(cell, Kind, KINDS, Kind.MODULE)


def credential(cell: str) -> Credential:
    """A credential; "" is none."""
    return _code(cell, Credential, CREDENTIALS, Credential.NONE)


def assessment_form(cell: str) -> AssessmentForm:
    """How a learner shows what was learnt; "" is unknown."""
    return _code(cell, AssessmentForm, ASSESSMENT_FORMS, AssessmentForm.UNKNOWN)


def yes_or_no(cell: str) -> bool | None:
    """Whether something is so; None where "" leaves it open."""
    stated = line(cell, 100)
    if stated and stated.casefold() not in YES_OR_NO:
        raise BadCell(Reason.NOT_IN_LIST, stated, ("yes", "no"))
    return YES_OR_NO.get(stated.casefold())


def edition_format(cell: str) -> Format | None:
    """Where an edition is followed; None for ""."""
    return _code(cell, Format, FORMATS, Format.ON_SITE) if cell.strip() else None


def is_online(cell: str | tuple[str, ...]) -> bool:
    """Whether the text in the place of a town says that there is none, since one follows it online."""
    return isinstance(cell, str) and plain_name(cell) in ("online", "digitaal", "op_afstand")


def language(cell: str) -> str:
    """A language as its code of two letters: "nl", "nld", "Nederlands", "Dutch"."""
    word = line(cell, 100)
    found = LANGUAGES.get(word.casefold())
    if found is None:
        raise BadCell(Reason.NOT_IN_LIST, word, tuple(dict.fromkeys(LANGUAGES.values())))
    return found


def day_parts(cell: str | tuple[str, ...]) -> tuple[str, ...]:
    """Parts of the week in the order of `DAY_PARTS`: "thursday-evening | friday-morning", "donderdagavond, vrijdagochtend"."""
    parts = cell if isinstance(cell, tuple) else _LIST_BREAK.split(cell)
    found = set()
    for part in (line(part, 100) for part in parts):
        if not part:
            continue
        code = DAY_PART_WORDS.get(plain_name(part).replace("_", ""))
        if code is None:
            raise BadCell(Reason.NOT_IN_LIST, part, ("donderdagavond", "thursday-evening"))
        found.add(code)
    return tuple(code for code in DAY_PARTS if code in found)


def start(cell: str) -> Start | None:
    """When an edition starts: the notation of `catalogue.starts`, Dutch dates and Dutch words."""
    stated = line(cell, 100)
    words = stated.casefold()
    if not words:
        return None
    if words in _DIRECT:
        return Start(StartType.DIRECT)
    if words in _AGREED:
        return Start(StartType.AGREED)
    if match := _EVERY.fullmatch(words):
        weeks = int(match[1] or 1)
        first = _day(match[2], stated) if match[2] else None
        if weeks:
            return Start(StartType.ROLLING, on=first, every_weeks=weeks)
    if (match := _ENROLLED.fullmatch(words)) and int(match[1]):
        return Start(StartType.WHEN_ENROLLED, when_enrolled=int(match[1]))
    return Start(StartType.FIXED, on=_day(words, stated))


def day(cell: str) -> date:
    """A day: "2027-02-08", "8-2-2027", "8 februari 2027", "ma 8 feb. 2027"."""
    stated = line(cell, 100)
    try:
        return _day(stated.casefold(), stated)
    except BadCell:
        raise BadCell(Reason.NOT_A_DAY, stated) from None


def _day(words: str, stated: str) -> date:
    try:
        if match := _DUTCH_DATE.fullmatch(_DAY_OF_WEEK.sub("", words)):
            month = MONTHS.get(match[2][:3]) if match[2].isalpha() else int(match[2])
            day = date(int(match[3]), month or 0, int(match[1]))
        else:
            moment = _ISO_MOMENT.fullmatch(words)
            day = Start.parse(moment[1] if moment else words).on or date.min
    except (ValueError, StartNotUnderstood):
        raise BadCell(Reason.NOT_A_START, stated) from None
    if day.year not in YEARS:
        raise BadCell(Reason.NOT_A_START, stated)
    return day


def _decimal(digits: str) -> float | None:
    """A number as the Dutch or the English write it; a sign before exactly three digits parts thousands, the last sign before one or
    two digits is the decimal one.
    """
    if len(digits) > 20:
        return None
    if _THOUSANDS.fullmatch(digits):
        return float(re.sub(r"[.,]", "", digits))
    whole, sign, decimals = digits, "", ""
    if match := re.fullmatch(r"(.*)([.,])([0-9]*)", digits):
        whole, sign, decimals = match.groups()
    if (sign in whole and sign) or not re.fullmatch(r"[0-9]+|[0-9]{1,3}(?:[.,][0-9]{3})+", whole):
        return None
    return float(f"{re.sub('[.,]', '', whole)}.{decimals or 0}")


def _code(cell: str, codes: type[Code], words: Mapping[str, Code], empty: Code) -> Code:
    stated = line(cell, 100)
    if not stated:
        return empty
    plain = plain_name(stated)
    for code in codes:
        if plain == plain_name(code.value):
            return code
    if plain in words:
        return words[plain]
    raise BadCell(Reason.NOT_IN_LIST, stated, tuple(code.value for code in codes))

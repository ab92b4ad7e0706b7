"""Form fields that take what people really type."""

from __future__ import annotations

import re
from typing import Any

from wtforms import DateField, DecimalField, Field, IntegerField, SelectMultipleField, StringField
from wtforms.validators import Length, NumberRange, ValidationError

from catalogue.exchange import cells
from catalogue.exchange.problems import BadCell
from catalogue.places import AskedPlace
from web.accounts.people import EmailNotValid, normal_email
from web.languages import _, lazy_gettext

MAX_TYPED_CHARS = 2_000
MAX_VALUES = 50
"""More values than this in one group of filters are no wish of a person."""

MAX_VALUE_CHARS = 160
MAX_NUMBER_CHARS = 20

LARGEST_KEY = 2**31 - 1
"""The largest number that every database takes as a key."""

KEYS = NumberRange(1, LARGEST_KEY)

_AROUND_NUMBER = re.compile(r"^(?:€|eur(?:o)?)|(?:,-|euro?s?|€|km|kilometers?|kilometres?|uur|uren|hours?)$", re.IGNORECASE)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[., ]\d{3})+(?=[.,]\d{1,2}$|$)", re.ASCII)
_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|1[0-2])[-/.]20\d\d", re.ASCII)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII)


def clean(text: str | None) -> str:
    """Typed text on one line: no control characters, single spaces, at most `MAX_TYPED_CHARS`."""
    printable = "".join(sign if sign.isprintable() else " " for sign in (text or "")[:MAX_TYPED_CHARS])
    return " ".join(printable.split())


def lines(text: str | None) -> str:
    """Typed text of several lines, with plain line ends and nothing around it."""
    return (text or "").replace("\r\n", "\n").replace("\x00", "").strip()


def email_address(_form: Any, field: Field) -> None:
    """Brings an address into the form that we keep."""
    try:
        field.data = normal_email(field.data)
    except EmailNotValid:
        raise ValidationError(_("Schrijf een heel mailadres, zoals naam@bedrijf.nl.")) from None


def number_in(text: str) -> str | None:
    """The number that somebody wrote, in digits with a point before the decimals: "€ 1.500,50" -> "1500.50"; None for none or a long one.

    A point, comma or space before exactly three digits keeps thousands apart: "1.500" is fifteen hundred, in Dutch as in English.
    """
    bare = text.strip()
    if len(bare) > MAX_NUMBER_CHARS:
        return None
    while (trimmed := _AROUND_NUMBER.sub("", bare).strip()) != bare:
        bare = trimmed
    if thousands := _THOUSANDS.match(bare):
        bare = re.sub(r"[., ]", "", thousands[0]) + bare[thousands.end() :]
    return bare.replace(",", ".") if _NUMBER.fullmatch(bare) else None


def _first(values: list[str]) -> str:
    """The first of the values that were sent, without space around it; "" for none."""
    return values[0].strip() if values else ""


class _Typed:
    """Shows what was typed again, cleaned; else the value."""

    raw_data: list[str] | None
    data: Any

    def _value(self) -> str:
        return clean(self.raw_data[0])[:MAX_NUMBER_CHARS] if self.raw_data else self._shown()

    def _shown(self) -> str:
        return "" if self.data is None else str(self.data)


class Values(SelectMultipleField):  # type: ignore[misc]
    """The wanted values of one facet. Values that do not occur find nothing; they are no mistake."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validate_choice=False, choices=[], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keeps each value once."""
        wanted = (clean(value)[:MAX_VALUE_CHARS] for value in valuelist[:MAX_VALUES])
        self.data = list(dict.fromkeys(value for value in wanted if value))


class Amount(_Typed, DecimalField):  # type: ignore[misc]
    """A number as people write it: "1.500,50", "€ 12", "8 uur". `example` stands in the message for what is none."""

    def __init__(self, label: Any, validators: Any = None, *, example: int = 500, **options: Any) -> None:
        super().__init__(label, validators, **options)
        self.example = example

    def process_formdata(self, valuelist: list[str]) -> None:
        """Reads the number; an empty text is none, also where the form began with one."""
        self.data = None
        if written := _first(valuelist):
            number = number_in(written)
            if number is None:
                raise ValueError(_("Schrijf een getal, bijvoorbeeld %(example)s.", example=self.example))
            super().process_formdata([number])

    def _shown(self) -> str:
        return "" if self.data is None else f"{self.data:g}"


class PlaceName(StringField):  # type: ignore[misc]
    """A postcode or the name of a place. The view looks it up before the form is checked, and puts the answer in `asked`."""

    asked = AskedPlace()

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(label, filters=[clean], **options)

    def pre_validate(self, _form: Any) -> None:
        """Refuses a place that is not there, and names some that are."""
        if not self.data or self.asked.point:
            return
        if self.asked.similar:
            raise ValidationError(
                _("Deze plaats of postcode kennen wij niet. Probeer bijvoorbeeld: %(places)s.", places=", ".join(self.asked.similar))
            )
        raise ValidationError(_("Deze plaats kennen wij niet. Schrijf een plaats of een postcode in Nederland."))


class Whole(_Typed, IntegerField):  # type: ignore[misc]
    """A whole number as people write it: "30", "30 km"; `example` as for an amount."""

    def __init__(self, label: Any, validators: Any = None, *, example: int = 25, **options: Any) -> None:
        super().__init__(label, validators, **options)
        self.example = example

    def process_formdata(self, valuelist: list[str]) -> None:
        """Reads the number; an empty text is none, also where the form began with one."""
        self.data = None
        if written := _first(valuelist):
            number = number_in(written)
            if number is None or not number.isdigit():
                raise ValueError(_("Schrijf een heel getal, bijvoorbeeld %(example)s.", example=self.example))
            super().process_formdata([number])


class Day(_Typed, DateField):  # type: ignore[misc]
    """A day; browsers send it as 2027-02-08, people may also type 8-2-2027 or 8 februari 2027."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Reads the day; an empty text is none, also where the form began with one."""
        self.data = None
        if not (written := _first(valuelist)[:MAX_NUMBER_CHARS]):
            return
        try:
            self.data = cells.day(written)
        except BadCell:
            raise ValueError(_("Deze dag bestaat niet.") if _DAY.fullmatch(written) else _("Schrijf een datum als 8-2-2027.")) from None


def at_most(chars: int) -> Length:
    """Refuses longer texts, in plain words."""
    return Length(max=chars, message=lazy_gettext("Dit is te lang. Gebruik hoogstens %(max)d tekens."))


def between(least: int, most: int) -> NumberRange:
    """Refuses numbers outside a range, in plain words."""
    return NumberRange(least, most, lazy_gettext("Schrijf een getal tussen %(least)s en %(most)s.", least=least, most=most))

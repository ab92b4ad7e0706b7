"""Form fields that take what people really type."""

from __future__ import annotations

from typing import Any

from wtforms import DateField, DecimalField, IntegerField, SelectMultipleField
from wtforms.validators import NumberRange

from web.languages import _, lazy_gettext

MAX_TYPED_CHARS = 2_000
MAX_VALUES = 50
"""More values than this in one group of filters are no wish of a person."""

MAX_VALUE_CHARS = 160
MAX_NUMBER_CHARS = 12


def clean(text: str | None) -> str:
    """Typed text on one line: no control characters, single spaces, at most `MAX_TYPED_CHARS`."""
    printable = "".join(sign if sign.isprintable() else " " for sign in (text or "")[:MAX_TYPED_CHARS])
    return " ".join(printable.split())


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
    """A number as people write it: with a comma or a point, with or without a euro sign."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Reads the number; an empty text is none, also where the form began with one."""
        self.data = None
        written = valuelist[0].replace("€", "").strip().replace(",", ".") if valuelist else ""
        if not written:
            return
        if len(written) > MAX_NUMBER_CHARS or not all(sign in "0123456789." for sign in written):
            raise ValueError(_("Schrijf een getal, bijvoorbeeld 500."))
        try:
            super().process_formdata([written])
        except ValueError:
            raise ValueError(_("Schrijf een getal, bijvoorbeeld 500.")) from None

    def _shown(self) -> str:
        return "" if self.data is None else f"{self.data:g}"


class Whole(_Typed, IntegerField):  # type: ignore[misc]
    """A whole number."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Reads the number; an empty text is none, also where the form began with one."""
        self.data = None
        written = valuelist[0].strip() if valuelist else ""
        if not written:
            return
        if len(written) > MAX_NUMBER_CHARS or not (written.isascii() and written.isdigit()):
            raise ValueError(_("Schrijf een heel getal, bijvoorbeeld 25."))
        super().process_formdata([written])


class Day(_Typed, DateField):  # type: ignore[misc]
    """A day; browsers send it as 2027-02-08, people may also type 8-2-2027."""

    def __init__(self, label: Any, validators: Any = None, **options: Any) -> None:
        super().__init__(label, validators, format=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Reads the day; an empty text is none, also where the form began with one."""
        self.data = None
        written = valuelist[0].strip()[:MAX_NUMBER_CHARS] if valuelist else ""
        if not written:
            return
        try:
            super().process_formdata([written])
        except ValueError:
            raise ValueError(_("Schrijf een datum als 8-2-2027.")) from None


def between(least: int, most: int) -> NumberRange:
    """Refuses numbers outside a range, in plain words."""
    return NumberRange(least, most, lazy_gettext("Schrijf een getal tussen %(least)s en %(most)s.", least=least, most=most))

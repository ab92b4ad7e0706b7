"""The fields of a JSON object from elsewhere, read with care: each error names the field, and text loses what no page should show."""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from matching.passports.problems import Reason, Unreadable

MOST_TEXT_CHARS = 4_000
MOST_LISTED = 50
"""Of a list no more is read than this: no badge has so many skills or tags that one could confirm them all."""


def json_object(text: str, field: str = "") -> dict[str, Any]:
    """The object that a JSON text holds. Raises Unreadable."""
    try:
        found = json.loads(text)
    except RecursionError:
        raise Unreadable(Reason.TOO_DEEP, field) from None
    except ValueError:
        raise Unreadable(Reason.NOT_JSON, field) from None
    if not isinstance(found, dict):
        raise Unreadable(Reason.NOT_AN_OBJECT, field)
    return found


def clean_text(value: object, most: int = MOST_TEXT_CHARS) -> str:
    """The words of a value, at most so many characters; "" for what is no text. Signs that steer a screen or a database are dropped."""
    if isinstance(value, Mapping):  # JSON-LD may say the language of a text
        value = value.get("@value", "")
    if not isinstance(value, str):
        return ""
    kept = (sign if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn") else " " for sign in value[:most])
    return "".join(kept).strip()


class Fields:
    """An object of a badge, that knows where in the file it stands."""

    def __init__(self, values: Mapping[str, Any], path: str = "") -> None:
        self.values, self.path = values, path

    def at(self, name: str) -> str:
        """Where a field stands."""
        return f"{self.path}.{name}" if self.path else name

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) not in (None, "", [], {})

    def text(self, *names: str) -> str:
        """The first of these fields that holds words; "" where none does."""
        return next((text for name in names if (text := clean_text(self.values.get(name)))), "")

    def needed_text(self, *names: str) -> str:
        """The same. Raises Unreadable where none holds words."""
        found = self.text(*names)
        if not found:
            raise Unreadable(Reason.MISSING, self.at(names[0]))
        return found

    def object(self, name: str) -> Fields:
        """An object within. Raises Unreadable where there is none, or only the address of one."""
        value = self.values.get(name)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, str) and value:
            raise Unreadable(Reason.ONLY_AN_ADDRESS, self.at(name))
        if not isinstance(value, Mapping):
            raise Unreadable(Reason.MISSING if value is None else Reason.NOT_AN_OBJECT, self.at(name))
        return Fields(value, self.at(name))

    def objects(self, name: str) -> Iterator[Fields]:
        """The objects within, one or a list; what is no object is passed over."""
        value = self.values.get(name)
        for one in (value if isinstance(value, list) else [value])[:MOST_LISTED]:
            if isinstance(one, Mapping):
                yield Fields(one, self.at(name))

    def texts(self, name: str) -> tuple[str, ...]:
        """The words within, one or a list."""
        value = self.values.get(name)
        found = (clean_text(one) for one in (value if isinstance(value, list) else [value])[:MOST_LISTED])
        return tuple(text for text in found if text)

    def day(self, *names: str) -> date | None:
        """The day of the first of these fields that is filled in, as its issuer wrote it. Raises Unreadable for what is no date."""
        name = next((name for name in names if name in self), None)
        if name is None:
            return None
        try:
            return datetime.fromisoformat(clean_text(self.values[name])).date()
        except ValueError:
            raise Unreadable(Reason.NOT_A_DATE, self.at(name)) from None

    def needed_day(self, *names: str) -> date:
        """The same. Raises Unreadable where none is filled in, too."""
        found = self.day(*names)
        if found is None:
            raise Unreadable(Reason.MISSING, self.at(names[0]))
        return found

    def number(self, name: str) -> float | None:
        """A number above 0; None where there is none."""
        value = self.values.get(name)
        try:
            found = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else 0.0
        except (ValueError, OverflowError):
            return None
        return found if math.isfinite(found) and found > 0 else None

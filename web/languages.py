"""The languages of the interface, and the functions that put a text into the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flask_babel
from flask_babel import get_locale, lazy_gettext

if TYPE_CHECKING:
    from babel import Locale

__all__ = ["LANGUAGES", "_", "language", "lazy_gettext", "locale", "ngettext"]

LANGUAGES = {"nl": "Nederlands", "en": "English"}
"""Each language in its own words. Texts stand in Dutch in the code and the templates; `web/translations` holds the others."""


def _(text: str, /, **values: object) -> str:
    """`text` in the reader's language, with `%(name)s` filled in."""
    return str(flask_babel.gettext(text, **values))


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """`one` or `many` in the reader's language; `%(num)s` is the number."""
    return str(flask_babel.ngettext(one, many, num, **values))


def locale() -> Locale | None:
    """The reader's locale; None outside a request."""
    found: Locale | None = get_locale()
    return found


def language() -> str:
    """The language of this page: "nl" or "en"."""
    found = locale()
    return found.language if found and found.language in LANGUAGES else "nl"

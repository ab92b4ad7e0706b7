"""Readable, unique names for addresses. A slug is given once and never changes, so that links keep working."""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Module

MAX_WORDS_CHARS = 80
_MOST_NUMBERS = 9
_UID_CHARS = 8
_SPECIAL = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "’": "", "'": ""})


def slug_of(text: str) -> str:
    """`text` in lower-case letters a-z and digits, joined by hyphens, at most `MAX_WORDS_CHARS`; "" when nothing is left."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_SPECIAL))
    words = re.findall(r"[a-z0-9]+", "".join(char for char in plain if not unicodedata.combining(char)))
    slug = "-".join(words)
    if len(slug) <= MAX_WORDS_CHARS:
        return slug
    return slug[: MAX_WORDS_CHARS + 1].rpartition("-")[0] or slug[:MAX_WORDS_CHARS]


class ModuleSlugs:
    """Gives slugs to new modules. Reads the taken ones once, so that an import of thousands asks the database one question."""

    def __init__(self, session: Session) -> None:
        self._taken = set(session.scalars(select(Module.slug)))

    def new(self, title: str, organisation_slug: str, uid: str) -> str:
        """A slug that no module has: the title, else with the organisation, else with a number, else with the start of the uid."""
        words = slug_of(title) or "module"
        longer = f"{words}-{organisation_slug}"[:140].rstrip("-")
        numbered = (f"{longer}-{number}" for number in range(2, _MOST_NUMBERS + 1))
        for slug in (words, longer, *numbered, f"{words}-{uid[:_UID_CHARS]}", f"{words}-{uid}"):
            if slug not in self._taken:
                break
        self._taken.add(slug)
        return slug

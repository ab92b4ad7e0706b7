"""Finds words that stand in a template without translation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment

TEMPLATES = Path(__file__).parents[1] / "templates"
READ_ALOUD = frozenset({"alt", "aria-label", "aria-description", "aria-roledescription", "data-label", "label", "placeholder", "title"})
"""Attributes whose value a person sees or hears."""

SAME_IN_EVERY_LANGUAGE = frozenset({"Leerwijzer", "NLQF", "EQF"})
IN_ITS_OWN_LANGUAGE = frozenset({"api/docs.html"})
"""Templates that are in one language on purpose, and say so in `lang`."""

SEAM = "\n"
"""What stands for a block, so that the words of its branches stay apart."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_LOOSE_ATTRIBUTE = re.compile(r'[\w-]+="[^"]*"')
"""A macro may write an attribute alone; it becomes part of a tag elsewhere."""


class _Words(HTMLParser):
    """Collects what a person would read, but for what stands in an element that names its own language."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_own_language: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if self._in_own_language or values.get("lang"):
            self._in_own_language += [tag] if tag not in ("br", "input", "meta", "link", "hr") else []
        else:
            self._keep(*(value or "" for name, value in attrs if name in READ_ALOUD))

    def handle_endtag(self, tag: str) -> None:
        if self._in_own_language and self._in_own_language[-1] == tag:
            self._in_own_language.pop()

    def handle_data(self, data: str) -> None:
        if not self._in_own_language:
            self._keep(_LOOSE_ATTRIBUTE.sub("", data))

    def _keep(self, *texts: str) -> None:
        self.found += [word for text in texts for word in _WORD.findall(text) if word not in SAME_IN_EVERY_LANGUAGE]


def words_in(template: str) -> list[str]:
    """The untranslated words of a template: its text and the attributes that are read aloud, without what Jinja fills in."""
    parser = _Words()
    pieces = (
        value if kind == "data" else SEAM if kind == "block_begin" else ""
        for _line, kind, value in Environment(autoescape=True).lex(template)
    )
    parser.feed("".join(pieces))
    parser.close()
    return parser.found


def problems(folder: Path = TEMPLATES) -> Iterator[str]:
    """What stands in the templates of a folder without translation, one line a file."""
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        if name not in IN_ITS_OWN_LANGUAGE and (found := words_in(path.read_text(encoding="utf-8"))):
            yield f"{name}: {' '.join(found)}"

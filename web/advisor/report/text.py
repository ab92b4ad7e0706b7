"""Small pieces of text in a report: what somebody typed, and names in their own language."""

from __future__ import annotations

import re

from flask import url_for

from catalogue.language.word_keys import language_of
from catalogue.models import Module, Occupation, Skill, Theme
from web.documents.document import Text
from web.languages import _, language

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


def paragraphs(typed: str) -> tuple[Text, ...]:
    """What somebody typed, in paragraphs; a blank line ends one."""
    return tuple(written(part.strip("\n")) for part in _BLANK_LINE.split(typed.strip()) if part.strip())


def written(typed: str, before: str = "") -> Text:
    """What somebody typed, behind words of the report; marked as Dutch in a report in English, unless it is English by its words."""
    if typed and (ours := _(typed)) != typed:  # one of the usual reasons, which a button wrote down
        return Text(f"{before} {ours}".strip())
    if not typed or language() in ("nl", language_of(typed)):
        return Text(f"{before} {typed}".strip())
    return Text(typed, "nl", before=before)


def typed(lead: tuple[Text, ...]) -> str:
    """What `paragraphs` were made of."""
    return "\n\n".join(one.text for one in lead)


def named(one: Skill | Occupation, after: str = "") -> Text:
    """The name of a skill or an occupation in the language of the report; in its own language, and said so, where it has no such name."""
    here = language()
    own = one.label_language(here)
    return Text(one.label(here) + after, "" if own == here else own)


def label(text: str, own: str, after: str = "") -> Text:
    """A name of which the language is known."""
    return Text(text + after, "" if own == language() else own)


def of_goal(one: Occupation | Theme) -> Text:
    """What somebody wants to become, or what it is to be about."""
    return named(one) if isinstance(one, Occupation) else Text(one.label(language()))


def title(module: Module) -> Text:
    """The title of a module in its own language, with the way to its page."""
    return Text(module.title, "" if module.language == language() else module.language, url_for("browse.module", slug=module.slug))

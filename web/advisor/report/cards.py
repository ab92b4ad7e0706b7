"""Versions of the report as template values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from web.accounts.presenters import moment
from web.advisor.report.document import PARTS
from web.advisor.report.versions import Version
from web.languages import LANGUAGES, _


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in a list."""

    number: int
    made: str
    by: str
    language: str
    difference: str
    """In which parts it differs from the one before it in the same language."""


def version_lines(found: Sequence[Version], people: Mapping[str, str]) -> list[VersionLine]:
    """Versions in a list; `people` are names by what the audit trail calls them."""
    return [
        VersionLine(
            number=one.number, made=moment(one.made_at), by=people[one.actor], language=LANGUAGES[one.language], difference=_difference(one)
        )
        for one in found
    ]


def _difference(one: Version) -> str:
    if one.before is None:
        return _("De eerste versie in deze taal.")
    if not one.changed:
        return _("Hetzelfde als versie %(number)s.", number=one.before)
    parts = ", ".join(f"\N{LEFT SINGLE QUOTATION MARK}{PARTS[code]}\N{RIGHT SINGLE QUOTATION MARK}" for code in one.changed)
    return _("Anders dan in versie %(number)s: %(parts)s.", number=one.before, parts=parts)

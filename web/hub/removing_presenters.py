"""What can be thrown away, as template values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import url_for

from catalogue.models import Module
from catalogue.publishing.removing import BroughtFile
from web.hub.feed_presenters import moment_words
from web.languages import _

_IN_ADDRESSES = "%Y%m%dT%H%M%S%f"


@dataclass(frozen=True, slots=True)
class BroughtLine:
    """A file that somebody brought, where it is taken back, and how many modules would go."""

    address: str
    when: str
    n_modules: int


def brought_lines(slug: str, files: Sequence[BroughtFile]) -> list[BroughtLine]:
    """The files that can be taken back."""
    return [
        BroughtLine(
            address=url_for("uploads.take_back", slug=slug, moment=one.moment.astimezone(UTC).strftime(_IN_ADDRESSES)),
            when=moment_words(one.moment),
            n_modules=one.n_modules,
        )
        for one in files
    ]


def moment_in(address: str) -> datetime | None:
    """When a file was brought, as an address holds it; None for what is no moment."""
    try:
        return datetime.strptime(address, _IN_ADDRESSES).replace(tzinfo=UTC)
    except ValueError:
        return None


def why_it_stays(module: Module) -> str:
    """Why a module that a file brought is not taken back."""
    if module.published_at:
        return _("stond online")
    return _("is daarna veranderd") if module.updated_at != module.created_at else _("is met anderen gedeeld")

"""Where a module was taken over from, as template values."""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.models import ModuleOrigin
from catalogue.publishing.copies import origin_now
from catalogue.vocabulary import Status
from web.wiring import local_day
from web.words import day


@dataclass(frozen=True, slots=True)
class OriginLine:
    """The module on which another is based; `slug` is "" while it is not online, and its name is then that of when it was taken over."""

    slug: str
    title: str
    language: str
    provider: str
    provider_slug: str
    taken: str


def origin_line(kept: ModuleOrigin | None) -> OriginLine | None:
    """The origin of a module; None for one that was not taken over."""
    if kept is None:
        return None
    origin, shown = kept.origin, origin_now(kept) or kept.document
    return OriginLine(
        slug=origin.slug if origin.status is Status.PUBLISHED else "",
        title=shown["title"],
        language=shown["language"],
        provider=origin.organisation.name,
        provider_slug=origin.organisation.slug,
        taken=day(local_day(kept.taken_at)),
    )

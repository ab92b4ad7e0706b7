"""The way back from a module to the list that a visitor came from, filters and page included."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import request, url_for

from web.languages import _


@dataclass(frozen=True, slots=True)
class WayBack:
    """Where a link leads, and its words."""

    address: str
    text: str


def way_back(elsewhere: WayBack | None = None) -> WayBack:
    """Back to the results or matches that this request came from; for who came from elsewhere to `elsewhere`, else to all modules.

    The browser tells where it came from, within this site only (`Referrer-Policy: same-origin`), so nothing has to be kept.
    """
    results, matches = url_for("browse.search"), url_for("learner.matches")
    came_from = urlsplit(request.referrer or "")
    words = {results: _("Terug naar uw resultaten"), matches: _("Terug naar de modules die bij u passen")}
    if came_from.netloc != request.host or came_from.path not in words:
        return elsewhere or WayBack(results, _("Alle modules"))
    query = f"?{came_from.query}" if came_from.query else ""
    return WayBack(came_from.path + query, words[came_from.path])

"""An Atom feed for any search: what was published lately, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial

from flask import Blueprint, Response, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from catalogue.models import Module
from catalogue.modules import facet_labels, modules_by_id
from catalogue.places import asked_place
from web.browse.addresses import address
from web.browse.cards import card
from web.browse.forms import search_form
from web.browse.search_page import chosen_filters
from web.languages import _, language
from web.security.address import site_address
from web.wiring import services

FEED_AGE = timedelta(days=90)
MOST_ENTRIES = 50

bp = Blueprint("feeds", __name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """One module in a feed; times are RFC 3339."""

    uid: str
    title: str
    language: str
    address: str
    provider: str
    published: str
    updated: str
    summary: str


@bp.get("/modules.atom")
def modules() -> BaseResponse:
    """The newest modules of a search; takes the same parameters as the search page. Asked again unchanged, it answers 304."""
    parts = services()
    now = parts.now()
    with parts.database.reading() as session:
        form = search_form(request.args, partial(asked_place, session))
        ids = parts.module_search.newest(form.query(parts.today(), 1), now - FEED_AGE, MOST_ENTRIES)
        found = modules_by_id(session, ids)
        entries = [entry_of(found[key], parts.today()) for key in ids if key in found]
        parameters = form.parameters()
        labels = [label for label, _without in chosen_filters(form, parameters, facet_labels(session, language()))]
    text = render_template(
        "following/feed.xml",
        title=feed_title(form.q.data, labels),
        page_address=site_address() + address("browse.search", parameters),
        feed_address=site_address() + address("feeds.modules", parameters),
        updated=max((entry.updated for entry in entries), default=rfc3339(datetime(now.year, 1, 1, tzinfo=UTC))),
        entries=entries,
    )
    response = Response(text, mimetype="application/atom+xml")
    response.cache_control.max_age = 600
    response.add_etag()
    return response.make_conditional(request)


def feed_title(words: str, labels: list[str]) -> str:
    """What a search looks for, in one line."""
    asked = ", ".join(filter(None, [f"“{words}”" if words else "", *labels]))
    return _("Nieuwe modules: %(asked)s", asked=asked) if asked else _("Nieuwe modules")


def entry_of(module: Module, today: date) -> Entry:
    """A module as a feed tells it: what decides first, then what it is about."""
    shown = card(module, today)
    facts = " · ".join(filter(None, [shown.kind, shown.level, shown.hours, shown.price, shown.place, shown.start]))
    published = module.published_at or module.updated_at
    return Entry(
        uid=f"urn:uuid:{module.uid}",
        title=shown.title,
        language=shown.language,
        address=site_address() + url_for("browse.module", slug=shown.slug),
        provider=shown.provider,
        published=rfc3339(published),
        updated=rfc3339(max(published, module.updated_at)),
        summary=f"{facts}. {shown.summary}",
    )


def rfc3339(moment: datetime) -> str:
    """A moment with its zone, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")

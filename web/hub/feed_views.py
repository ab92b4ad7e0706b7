"""Routes for who manages an organisation: addresses from where its modules are fetched, and how that goes."""

from __future__ import annotations

from math import ceil

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from catalogue.exchange import feeds
from catalogue.models import Feed, Organisation
from catalogue.publishing.history import last_of_feed
from web.browse.addresses import asked_page, paging
from web.hub.feed_forms import DetailsForm, FeedForm
from web.hub.feed_presenters import feed_changes, feed_lines, moment_words
from web.hub.own import own_organisation
from web.languages import _
from web.security.access import Action
from web.wiring import services

SHOWN = 20
"""Modules on one page of what changed."""

bp = Blueprint("sources", __name__, url_prefix="/hub/organisaties/<slug>/feeds")


@bp.route("", methods=["GET", "POST"])
def overview(slug: str) -> str | Response:
    """All feeds and how they go; a POST adds one."""
    organisation, form = own_organisation(slug, Action.MANAGE), DetailsForm()
    if form.validate_on_submit() and _added(organisation, form):
        flash(_("Het adres staat erbij. Wij halen het bestand zo op."))
        return redirect(url_for(".overview", slug=slug), 303)
    with services().database.reading() as session:
        lines = feed_lines(feeds.feeds(session, organisation.id), services().now())
    return render_template("hub/feeds.html", organisation=organisation, lines=lines, form=form)


@bp.route("/<int:feed_id>", methods=["GET", "POST"])
def edit(slug: str, feed_id: int) -> str | Response:
    """Where a feed is fetched, and how; a POST changes that."""
    organisation = own_organisation(slug, Action.MANAGE)
    with services().database.reading() as session:
        feed = _own(session, organisation, feed_id)
        given = {"kind": feeds.FeedKind(feed.file_format), "every_hours": feed.every_hours, "is_publishing": feed.is_publishing}
    form = DetailsForm(data=given | {"url": feed.url})
    form.allow(feed.every_hours)
    if form.validate_on_submit() and _changed(organisation, feed_id, form):
        flash(_("Bewaard."))
        return redirect(url_for(".overview", slug=slug), 303)
    return render_template("hub/feed.html", organisation=organisation, form=form)


@bp.get("/<int:feed_id>/wijzigingen")
def changes(slug: str, feed_id: int) -> str:
    """What a feed did the last time that it did anything, and which modules are gone from it when it waits for an answer."""
    organisation, number = own_organisation(slug, Action.MANAGE), asked_page()
    with services().database.reading() as session:
        feed = _own(session, organisation, feed_id)
        found, total = last_of_feed(session, feed.id, (number - 1) * SHOWN, SHOWN)
        gone = feed.problem.get("titles", ())
        lines = feed_changes(session, found)
        moment = moment_words(found[0][0].created_at) if found else ""
    if number > max(1, pages := ceil(total / SHOWN)):
        abort(404)
    way = paging("sources.changes", MultiDict(), number, pages, slug=slug, feed_id=feed_id)
    given = {"lines": lines, "gone": gone, "moment": moment, "total": total, "paging": way}
    return render_template("hub/feed_changes.html", organisation=organisation, url=feed.url, **given)


@bp.post("/nu")
def try_now(slug: str) -> Response:
    """Has one feed read in full, as soon as background work comes to it."""
    organisation, form = own_organisation(slug, Action.MANAGE), FeedForm()
    if not form.validate_on_submit():
        abort(400)
    with services().database.writing() as session:
        feeds.ask_now(session, _own(session, organisation, form.feed.data), services().now(), form.accepted_gone.data or 0)
    flash(_("Wij halen het bestand zo op. Kijk over een minuut nog eens."))
    return redirect(url_for(".overview", slug=slug), 303)


@bp.post("/haal-weg")
def remove(slug: str) -> Response:
    """Forgets a feed."""
    organisation, form = own_organisation(slug, Action.MANAGE), FeedForm()
    if not form.validate_on_submit():
        abort(400)
    with services().database.writing() as session:
        feeds.remove_feed(session, _own(session, organisation, form.feed.data))
    flash(_("Wij halen dit bestand niet meer op. De modules blijven."))
    return redirect(url_for(".overview", slug=slug), 303)


def _own(session: Session, organisation: Organisation, feed_id: int) -> Feed:
    """A feed of the organisation; ends the request when it is gone, or another organisation's."""
    try:
        return feeds.feed_by_id(session, feed_id, organisation.id)
    except feeds.FeedUnknown:
        abort(404)


def _added(organisation: Organisation, form: DetailsForm) -> bool:
    """Adds the feed; says in the form when it cannot be."""
    parts = services()
    try:
        with parts.database.writing() as session:
            feeds.add_feed(session, organisation.id, form.url.data, form.kind.data, parts.now(), **form.others)
    except feeds.FeedExists:
        form.url.errors = [_("Dit adres staat er al.")]
        return False
    except feeds.TooManyFeeds:
        form.url.errors = [_("Er zijn al %(most)s adressen. Haal er eerst een weg.", most=feeds.MOST_FEEDS)]
        return False
    return True


def _changed(organisation: Organisation, feed_id: int, form: DetailsForm) -> bool:
    """Changes the feed; says in the form when it cannot be."""
    parts = services()
    try:
        with parts.database.writing() as session:
            feed = _own(session, organisation, feed_id)
            feeds.change_feed(session, feed, form.url.data, form.kind.data, parts.now(), **form.others)
    except feeds.FeedExists:
        form.url.errors = [_("Dit adres staat er al.")]
        return False
    return True

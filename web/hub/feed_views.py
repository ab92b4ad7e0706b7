"""Routes for who manages an organisation: addresses from where its modules are fetched, and how that goes."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from catalogue.exchange import feeds
from catalogue.models import Feed, Organisation
from web.accounts.models import RoleName
from web.hub.feed_forms import AddFeedForm, FeedForm
from web.hub.feed_presenters import feed_lines
from web.hub.own import own_organisation
from web.languages import _
from web.security.access import Action, role_required
from web.wiring import services

bp = Blueprint("sources", __name__, url_prefix="/hub/organisaties/<slug>/feeds")


@bp.route("", methods=["GET", "POST"])
@role_required(RoleName.HUB)
def overview(slug: str) -> str | Response:
    """All feeds and how they go; a POST adds one."""
    organisation, form = own_organisation(slug, Action.MANAGE), AddFeedForm()
    if form.validate_on_submit() and _added(organisation, form):
        flash(_("Het adres staat erbij. Wij halen het bestand zo op."))
        return redirect(url_for(".overview", slug=slug), 303)
    with services().database.reading() as session:
        lines = feed_lines(feeds.feeds(session, organisation.id), services().now())
    return render_template("hub/feeds.html", organisation=organisation, lines=lines, form=form)


@bp.post("/nu")
@role_required(RoleName.HUB)
def try_now(slug: str) -> Response:
    """Has one feed read in full, as soon as background work comes to it."""
    organisation, form = own_organisation(slug, Action.MANAGE), FeedForm()
    if not form.validate_on_submit():
        abort(400)
    with services().database.writing() as session:
        feeds.ask_now(session, _own(session, organisation, form), services().now(), form.accepted_gone.data or 0)
    flash(_("Wij halen het bestand zo op. Kijk over een minuut nog eens."))
    return redirect(url_for(".overview", slug=slug), 303)


@bp.post("/haal-weg")
@role_required(RoleName.HUB)
def remove(slug: str) -> Response:
    """Forgets a feed."""
    organisation, form = own_organisation(slug, Action.MANAGE), FeedForm()
    if not form.validate_on_submit():
        abort(400)
    with services().database.writing() as session:
        feeds.remove_feed(session, _own(session, organisation, form))
    flash(_("Wij halen dit bestand niet meer op. De modules blijven."))
    return redirect(url_for(".overview", slug=slug), 303)


def _own(session: Session, organisation: Organisation, form: FeedForm) -> Feed:
    """The feed that the form names; ends the request when it is gone, or another organisation's."""
    try:
        return feeds.feed_by_id(session, form.feed.data, organisation.id)
    except feeds.FeedUnknown:
        abort(404)


def _added(organisation: Organisation, form: AddFeedForm) -> bool:
    """Adds the feed; says in the form when it cannot be."""
    parts = services()
    try:
        with parts.database.writing() as session:
            feeds.add_feed(
                session,
                organisation.id,
                form.url.data,
                form.file_format.data,
                parts.now(),
                every_hours=form.every_hours.data,
                is_publishing=form.is_publishing.data,
            )
    except feeds.FeedExists:
        form.url.errors = [_("Dit adres staat er al.")]
        return False
    except feeds.TooManyFeeds:
        form.url.errors = [_("Er zijn al %(most)s adressen. Haal er eerst een weg.", most=feeds.MOST_FEEDS)]
        return False
    return True

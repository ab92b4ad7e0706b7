"""Routes for modules that are nearly the same: which there are, two of them side by side, and what to do with them."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from catalogue.publishing.merging import merge
from catalogue.publishing.pairs import FoundPair, pair_of, pairs_of, settle
from web.button import ButtonForm
from web.hub.authors import sign
from web.hub.double_presenters import pair_lines, pair_page
from web.hub.own import form_session, own_module, own_organisation
from web.languages import _, lazy_gettext
from web.logs import log
from web.security.access import Action, current_actor
from web.wiring import services

bp = Blueprint("double", __name__, url_prefix="/hub/organisaties/<slug>/dubbel")


class MergeForm(FlaskForm):  # type: ignore[misc]
    """Which of two modules stays, and whether the runs of the other come along."""

    keep = RadioField(lazy_gettext("Welke module blijft online?"), [InputRequired(lazy_gettext("Kies welke module blijft."))])
    with_runs = BooleanField(lazy_gettext("Neem de starts van de andere module mee"), default=True)


@bp.get("")
def overview(slug: str) -> str:
    """The pairs with a module of this organisation."""
    organisation = own_organisation(slug, Action.PUBLISH)
    with services().database.reading() as session:
        lines = pair_lines(pairs_of(session, organisation.id), organisation.id)
    return render_template("hub/doubles.html", organisation=organisation, lines=lines)


@bp.route("/<uid>/<other>", methods=["GET", "POST"])
def side_by_side(slug: str, uid: str, other: str) -> str | Response:
    """Two modules beside each other; a POST merges two of one's own."""
    organisation, form = own_organisation(slug, Action.PUBLISH), MergeForm()
    with form_session() as session:
        pair = _pair(session, organisation.id, uid, other)
        form.keep.choices = [(one.uid, one.title) for one in (pair.first, pair.second)]
        if form.validate_on_submit():
            _merge(session, pair, form.keep.data, with_runs=form.with_runs.data)
            flash(_("Er is nu één module. Het oude adres leidt naar wat bleef."))
            return redirect(url_for(".overview", slug=slug), 303)
        page = pair_page(session, pair, organisation)
    return render_template("hub/double.html", organisation=organisation, page=page, form=form)


@bp.post("/<uid>/<other>/niet-dubbel")
def settled(slug: str, uid: str, other: str) -> Response:
    """Remembers that two modules are not the same."""
    organisation = own_organisation(slug, Action.PUBLISH)
    with services().database.writing() as session:
        pair = _pair(session, organisation.id, uid, other)
        if ButtonForm().validate_on_submit():
            settle(session, organisation.id, pair, services().now())
            flash(_("Goed. U ziet deze twee hier niet meer."))
    return redirect(url_for(".overview", slug=slug), 303)


def _pair(session: Session, organisation_id: int, uid: str, other: str) -> FoundPair:
    return pair_of(session, organisation_id, uid, other) or abort(404)


def _merge(session: Session, pair: FoundPair, kept_uid: str, *, with_runs: bool) -> None:
    """Merges two modules, both of which one may publish; else the request ends with 403."""
    first, second = (own_module(session, one.uid, Action.PUBLISH) for one in (pair.first, pair.second))
    kept, gone = (first, second) if first.uid == kept_uid else (second, first)
    sign(session, merge(session, kept, gone, services().now(), with_runs=with_runs), current_actor().account_id)
    log.info("merged", module=gone.id, into=kept.id)

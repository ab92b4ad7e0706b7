"""Routes to throw away what was never online: one module, or those that a file brought."""

from __future__ import annotations

from collections.abc import Collection

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from catalogue.publishing import removing
from catalogue.publishing.removing import WasOnline
from web.audit.chain import actor_key, noted
from web.button import ButtonForm
from web.hub.editor import bp
from web.hub.feed_presenters import moment_words
from web.hub.own import form_session, own_module, own_organisation
from web.hub.removing_presenters import moment_in, why_it_stays
from web.hub.upload_views import bp as uploads
from web.languages import _, ngettext
from web.logs import log
from web.security.access import Action, current_actor
from web.wiring import services

REMOVED = "removed-module"
"""The action in the audit trail."""


@bp.errorhandler(WasOnline)
def was_online(_error: WasOnline) -> Response:
    """Says why a module stays."""
    flash(_("Wat ooit online stond, blijft bewaard. U kunt de module wel offline halen."), "refused")
    return redirect(url_for(".overview_page", **request.view_args or {}), 303)


@bp.route("/<uid>/weg", methods=["GET", "POST"])
def remove(uid: str) -> str | Response:
    """Asks whether a module that was never online has to go, and throws it away."""
    form = ButtonForm()
    with form_session() as session:
        module = own_module(session, uid, Action.PUBLISH)
        if module.published_at:
            raise WasOnline
        if form.validate_on_submit():
            title = module.title
            removing.remove(session, module, services().now())
            _note(session, [uid])
            flash(_("Weggegooid: %(title)s.", title=title))
            return redirect(url_for("hub.start"), 303)
        partners = sorted(one.organisation.name for one in module.shares if one.accepted_at)
        known = {
            "uid": uid,
            "title": module.title,
            "module_language": module.language,
            "n_runs": len(module.editions),
            "partners": partners,
        }
        return render_template("hub/remove.html", form=form, is_fetched=removing.is_fetched(session, module), **known)


@uploads.route("/bestand/terug/<moment>", methods=["GET", "POST"])
def take_back(slug: str, moment: str) -> str | Response:
    """Asks whether the modules that a file brought have to go, and throws those away that nobody touched since."""
    organisation, brought_at, form = own_organisation(slug, Action.PUBLISH), moment_in(moment) or abort(404), ButtonForm()
    with form_session() as session:
        if form.validate_on_submit():
            gone = removing.take_back(session, organisation.id, brought_at, services().now())
            _note(session, gone)
            flash(ngettext("%(num)s module is weggegooid.", "%(num)s modules zijn weggegooid.", len(gone)))
            return redirect(url_for(".upload", slug=slug), 303)
        found = removing.brought(session, organisation.id, brought_at)
    if not found.going:
        abort(404)
    staying = [(one, why_it_stays(one)) for one in found.staying]
    given = {"going": found.going, "staying": staying, "when": moment_words(brought_at)}
    return render_template("hub/take_back.html", form=form, organisation=organisation, moment=moment, **given)


def _note(session: Session, uids: Collection[str]) -> None:
    """Writes down who threw modules away."""
    actor, now = current_actor().account_id or abort(403), services().now()
    key = actor_key(session, actor)
    for uid in uids:
        noted(session, key, "", REMOVED, uid, now)
    log.info("modules removed", modules=len(uids), by=actor)

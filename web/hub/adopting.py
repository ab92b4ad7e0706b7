"""Routes for taking a module over from another organisation, and for looking whether the first one has changed since."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectField

from catalogue import overview
from catalogue.modules import published_module
from catalogue.publishing import copies
from web.browse.origins import origin_line
from web.button import ButtonForm
from web.hub.changes import changes, names_in
from web.hub.editor import bp as editor
from web.hub.own import form_session, own_module
from web.languages import _, lazy_gettext
from web.logs import log
from web.security.access import Action, current_actor, require
from web.wiring import services

bp = Blueprint("adopting", __name__, url_prefix="/hub/overnemen")


class AdoptForm(FlaskForm):  # type: ignore[misc]
    """For which of one's own organisations."""

    organisation = SelectField(lazy_gettext("Voor welke organisatie?"), coerce=int)


@bp.route("/<slug>", methods=["GET", "POST"])
def adopt(slug: str) -> str | Response:
    """Takes a module that is online over, as a draft of one's own."""
    actor, form = current_actor(), AdoptForm()
    with form_session() as session:
        module = published_module(session, slug) or abort(404)
        require(Action.ADOPT, module)
        mine = overview.organisations(session, None if actor.is_admin else actor.organisation_ids)
        own = [one for one in mine if one.id not in module.owner_ids] or abort(403)
        form.organisation.choices = [(one.id, one.name) for one in own]
        if form.validate_on_submit():
            taker = next(one for one in own if one.id == form.organisation.data)
            made = copies.adopted(session, module, taker, services().now())
            log.info("taken over", module=made.id, origin=module.id)
            flash(_("Dit is uw eigen module. Vul aan wat bij u anders is."))
            return redirect(url_for("editor.overview_page", uid=made.uid), 303)
        return render_template("hub/adopt.html", form=form, module=module, own=own)


@editor.route("/<uid>/herkomst", methods=["GET", "POST"])
def origin(uid: str) -> str | Response:
    """What changed in the module on which this one is based; a POST says that it was seen."""
    with form_session() as session:
        module = own_module(session, uid)
        kept = copies.origin_of(session, module.id) or abort(404)
        if ButtonForm().validate_on_submit():
            copies.look_again(session, kept, services().now())
            flash(_("Gezien. Wij laten het weten als er weer iets verandert."))
            return redirect(url_for("editor.overview_page", uid=uid), 303)
        said, says = kept.document, copies.origin_now(kept)
        found = changes(said, says, names_in(session, [said, says])) if says else []
        line = origin_line(kept)
    return render_template("hub/origin.html", uid=uid, title=module.title, origin=line, changes=found, form=ButtonForm())

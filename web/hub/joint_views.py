"""Routes for modules that several organisations make together: who is asked, who accepts, and who stops."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from catalogue import overview
from catalogue.publishing import owners
from web.button import ButtonForm
from web.hub.editor import bp as editor
from web.hub.joint_forms import AskForm
from web.hub.joint_presenters import question_lines, together_page
from web.hub.own import form_session, may, own_module, own_organisation
from web.languages import _
from web.logs import log
from web.security.access import Action, current_actor
from web.wiring import services

bp = Blueprint("joint", __name__, url_prefix="/hub/organisaties/<slug>/samen")


@editor.route("/<uid>/samen", methods=["GET", "POST"])
def together(uid: str) -> str | Response:
    """Who makes this module too; a POST asks an organisation."""
    with form_session() as session:
        module = own_module(session, uid)
        known = {module.organisation_id, *(one.organisation_id for one in module.shares)}
        others = [one for one in overview.organisations(session, None) if one.id not in known]
        form = AskForm(others, {hub.id for hub in module.organisation.hubs}, data={"organisation": request.args.get("met", "")})
        if form.is_submitted():
            own_module(session, uid, Action.MANAGE)
        if form.validate_on_submit():
            asked = next(one for one in others if one.slug == form.organisation.data)
            owners.ask(session, module, asked, services().now())
            log.info("asked to make a module too", module=module.id, organisation=asked.id)
            flash(_("Gevraagd. De ander ziet uw vraag bij zijn modules."))
            return redirect(url_for(".together", uid=uid), 303)
        page = together_page(module, current_actor().organisation_ids, may_decide=may(Action.MANAGE, module))
        return render_template("hub/together.html", form=form, uid=uid, title=module.title, page=page)


@editor.post("/<uid>/samen/<slug>/stop")
def stop_together(uid: str, slug: str) -> Response:
    """Ends that an organisation makes this module too."""
    with services().database.writing() as session:
        module = own_module(session, uid, Action.MANAGE)
        partner = overview.organisation_by_slug(session, slug) or abort(404)
        if ButtonForm().validate_on_submit() and owners.end(session, module.uid, partner.id):
            flash(_("%(name)s maakt deze module niet meer mee.", name=partner.name))
    return redirect(url_for("editor.together", uid=uid), 303)


@bp.get("")
def overview_page(slug: str) -> str:
    """What an organisation makes with others: what it was asked, and what it said yes to."""
    organisation = own_organisation(slug, Action.PUBLISH)
    with services().database.reading() as session:
        lines = question_lines(owners.made_together(session, organisation.id))
    return render_template("hub/joint.html", organisation=organisation, lines=lines, form=ButtonForm())


@bp.post("/<uid>/ja")
def accept(slug: str, uid: str) -> Response:
    """Says yes to a module that was asked."""
    organisation = own_organisation(slug, Action.PUBLISH)
    with services().database.writing() as session:
        module = owners.accept(session, uid, organisation.id, services().now()) if ButtonForm().validate_on_submit() else None
        if module is None:
            abort(404)
        log.info("makes a module too", module=module.id, organisation=organisation.id)
    flash(_("U maakt deze module nu samen."))
    return redirect(url_for("editor.overview_page", uid=uid), 303)


@bp.post("/<uid>/nee")
def leave(slug: str, uid: str) -> Response:
    """Says no, or stops making a module too."""
    organisation = own_organisation(slug, Action.PUBLISH)
    with services().database.writing() as session:
        if not (ButtonForm().validate_on_submit() and owners.end(session, uid, organisation.id)):
            abort(404)
    flash(_("U maakt deze module niet mee."))
    return redirect(url_for(".overview_page", slug=slug), 303)

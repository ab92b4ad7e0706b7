"""Routes for the central team of a hub: its rules and templates, and what waits for its approval; and for authors, to ask for it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from catalogue import overview as catalogue_overview
from catalogue.models import HubTeam
from catalogue.publishing import approvals
from catalogue.publishing.hub_rules import set_rules, team_by_slug
from catalogue.publishing.status import NotPublishable
from catalogue.publishing.templates import keep_template, remove_template, template_by_uid, templates_of
from web.button import ButtonForm
from web.hub.central_forms import APPROVED, RulesForm, TemplateForm, VerdictForm
from web.hub.central_presenters import asked_changes, waiting_line, waiting_lines
from web.hub.editor import bp as editor
from web.hub.module_words import CHECKS
from web.hub.own import form_session, own_module
from web.languages import _, language
from web.logs import log
from web.security.access import Action, require
from web.wiring import services

bp = Blueprint("central", __name__, url_prefix="/hub/hubs/<slug>")


@bp.route("", methods=["GET", "POST"])
def overview(slug: str) -> str | Response:
    """What waits, the templates, and the rules; a POST changes the rules."""
    with form_session() as session:
        team = _own_team(session, slug)
        form = RulesForm(data={"is_approving": team.is_approving, "required": list(team.required)})
        if form.validate_on_submit():
            set_rules(session, team, is_approving=form.is_approving.data, required=form.checks)
            flash(_("Bewaard."))
            return redirect(url_for(".overview", slug=slug), 303)
        lines = waiting_lines(approvals.waiting(session, team.hub_id))
        templates = templates_of(session, team.hub_id)
    return render_template("hub/central.html", hub=team.hub, form=form, lines=lines, templates=templates)


@bp.route("/sjabloon", methods=["GET", "POST"])
@bp.route("/sjabloon/<uid>", methods=["GET", "POST"])
def template(slug: str, uid: str = "") -> str | Response:
    """A new template, or another one."""
    with form_session() as session:
        team = _own_team(session, slug)
        found = (template_by_uid(session, team.hub_id, uid) or abort(404)) if uid else None
        themes = [(theme.id, theme.label(language())) for theme in catalogue_overview.all_themes(session)]
        known = {**found.document, "name": found.name, "theme": found.document.get("theme_id") or 0} if found else {}
        form = TemplateForm(themes, data=known or {"theme": team.hub.theme_id})
        if form.validate_on_submit():
            keep_template(session, team.hub_id, found, form.name.data, form.values)
            flash(_("Bewaard."))
            return redirect(url_for(".overview", slug=slug), 303)
    return render_template("hub/template.html", hub=team.hub, form=form, uid=uid)


@bp.post("/sjabloon/<uid>/weg")
def remove(slug: str, uid: str) -> Response:
    """Takes a template away."""
    with services().database.writing() as session:
        team = _own_team(session, slug)
        found = template_by_uid(session, team.hub_id, uid) or abort(404)
        if ButtonForm().validate_on_submit():
            remove_template(session, found)
            flash(_("Het sjabloon is weg. Modules die ermee begonnen, blijven zo."))
    return redirect(url_for(".overview", slug=slug), 303)


@bp.route("/wacht/<uid>", methods=["GET", "POST"])
def look(slug: str, uid: str) -> str | Response:
    """One module that waits: what it says or would change, and the answer."""
    form = VerdictForm()
    with form_session() as session:
        team = _own_team(session, slug)
        asked = approvals.asked_for(session, team.hub_id, uid) or abort(404)
        if form.validate_on_submit():
            is_approved = form.verdict.data == APPROVED
            approvals.decide(session, asked, services().now(), is_approved=is_approved, reason=form.reason.data)
            log.info("answered", module=asked.module_id, approved=is_approved)
            flash(_("Gedaan. De maker ziet uw antwoord."))
            return redirect(url_for(".overview", slug=slug), 303)
        line, changes = waiting_line(asked), asked_changes(session, asked)
    return render_template("hub/verdict.html", hub=team.hub, form=form, line=line, changes=changes)


@editor.post("/<uid>/akkoord")
def ask_approval(uid: str) -> Response:
    """Lays a module before the central team of its hub."""
    with services().database.writing() as session:
        module = own_module(session, uid)
        if ButtonForm().validate_on_submit() and approvals.standing(session, module) is not approvals.Standing.FREE:
            try:
                approvals.ask(session, module, services().now())
                flash(_("Gevraagd. Het centrale team kijkt ernaar."))
            except NotPublishable as missing:
                flash(str(CHECKS[missing.checks[0]][1]), "refused")
    return redirect(url_for("editor.overview_page", uid=uid), 303)


def _own_team(session: Session, slug: str) -> HubTeam:
    """The central team of a hub, for who may speak for it; else the request ends with 404 or 403."""
    team = team_by_slug(session, slug) or abort(404)
    require(Action.MANAGE, team)
    return team

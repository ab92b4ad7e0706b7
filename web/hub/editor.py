"""Routes of the editor: a new module, its parts, and the steps that bring it online."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from catalogue import overview
from catalogue.exchange.prose import module_in
from catalogue.models import Module
from catalogue.publishing import copies, editing
from catalogue.publishing.templates import template_values, templates_for
from catalogue.publishing.values import ModuleValues
from catalogue.publishing.write import save_module
from catalogue.vocabulary import LoadUnit
from web.browse.origins import origin_line
from web.button import ButtonForm
from web.hub import pages
from web.hub.alike import alike_lines
from web.hub.central_presenters import central_note
from web.hub.changes import changes, names_in, overtaken_changes, waiting_changes
from web.hub.forms import BadgeForm, FactsForm, NewModuleForm, SkillsForm, TextForm
from web.hub.own import form_session, may, own_module, saved
from web.hub.skills import chosen_skills, likely_lines, own_lines, suggestions
from web.languages import _, language
from web.learner.forms import SEARCH
from web.learner.outcomes import skills_named
from web.learner.presenters import level_lines
from web.security.access import Action, current_actor
from web.wiring import services

bp = Blueprint("editor", __name__, url_prefix="/hub/modules")


@bp.route("/nieuw", methods=["GET", "POST"])
def new() -> str | Response:
    """A new module, out of a text that exists or from nothing."""
    actor, parts, form = current_actor(), services(), NewModuleForm()
    with form_session() as session:
        own = overview.organisations(session, None if actor.is_admin else actor.organisation_ids)
        form.organisation.choices = [(one.id, one.name) for one in own]
        form.offer(templates_for(session, [one.id for one in own]))
        if form.validate_on_submit():
            found = module_in(form.text.data)
            title = form.title.data or found.get("title") or _("Nieuwe module")
            provider = next(one for one in own if one.id == form.organisation.data)
            begin = template_values(session, form.template.data, provider)
            module = save_module(session, provider, ModuleValues(**begin | found | {"title": title}), parts.now()).module  # type: ignore[typeddict-item]
            return redirect(url_for(".overview_page", uid=module.uid), 303)
    return render_template("hub/new.html", form=form, has_choice=len(own) > 1, is_member=bool(own))


@bp.get("/<uid>")
def overview_page(uid: str) -> str:
    """What there is of a module, what it lacks, and the steps to take."""
    with services().database.trying() as session:
        module = own_module(session, uid)
        waiting, overtaken = editing.next_version(session, module), overtaken_changes(session, module)
        coming = waiting_changes(session, module)
        shown = editing.edited(session, module, services().now())
        page = pages.editor_page(shown, waiting, overtaken, may_publish=may(Action.PUBLISH, module))
        around = _around(session, module)
    return render_template("hub/editor.html", page=page, coming=coming, form=ButtonForm(), **around)


def _around(session: Session, module: Module) -> dict[str, object]:
    """What there is beside a module: those that are alike, the one that it is based on, and those that are based on it."""
    kept = copies.origin_of(session, module.id)
    says = copies.origin_now(kept) if kept else None
    return {
        "central": central_note(session, module),
        "alike": alike_lines(session, module),
        "origin": origin_line(kept),
        "origin_changed": bool(kept and says and changes(kept.document, says, names_in(session, [kept.document, says]))),
        "adoptions": pages.adoption_lines(copies.adoptions(session, module.id)),
    }


@bp.route("/<uid>/tekst", methods=["GET", "POST"])
def text(uid: str) -> str | Response:
    """What the module is about."""
    with form_session() as session:
        module = own_module(session, uid)
        values = editing.edited_values(session, module)
        form = TextForm(data=dict(values) | {"outcomes": "\n".join(values["outcomes"])})
        if form.validate_on_submit():
            editing.keep(session, module, form.values, services().now())
            return saved(session, module, "editor.facts")
    ease = pages.ease_note(form.description.data or "", str(form.language.data))
    return render_template("hub/text.html", form=form, uid=uid, title=values["title"], ease=ease)


@bp.route("/<uid>/niveau", methods=["GET", "POST"])
def facts(uid: str) -> str | Response:
    """Level, load, theme and what one gets for it."""
    with form_session() as session:
        module = own_module(session, uid)
        values = editing.edited_values(session, module)
        themes = [(theme.id, theme.label(language())) for theme in overview.all_themes(session)]
        form = FactsForm(themes, [(hub.id, hub.name) for hub in overview.hubs_of(session, module.organisation_id)], data=_fact_data(values))
        if form.validate_on_submit():
            editing.keep(session, module, form.values, services().now())
            return saved(session, module, "editor.skills")
    return render_template("hub/facts.html", form=form, uid=uid, title=values["title"])


@bp.route("/<uid>/badge", methods=["GET", "POST"])
def badge(uid: str) -> str | Response:
    """What a badge or microcredential says besides what the module says already."""
    with form_session() as session:
        module = own_module(session, uid)
        values = editing.edited_values(session, module)
        form = BadgeForm(values)
        if form.validate_on_submit():
            editing.keep(session, module, form.values, services().now())
            return saved(session, module, "editor.overview_page")
    return render_template("hub/badge.html", form=form, uid=uid, title=values["title"])


@bp.route("/<uid>/vaardigheden", methods=["GET", "POST"])
def skills(uid: str) -> str | Response:
    """What somebody learns: what the text tells, to accept one by one, and what is looked up by name."""
    return _skills(uid, "taught", "hub/skills.html", "editor.entry")


@bp.route("/<uid>/instap", methods=["GET", "POST"])
def entry(uid: str) -> str | Response:
    """What somebody has to be able to do before."""
    return _skills(uid, "required", "hub/entry.html", "editor.runs")


def _skills(uid: str, role: str, template: str, following: str) -> str | Response:
    with form_session() as session:
        module = own_module(session, uid)
        values = editing.edited_values(session, module)
        form = SkillsForm(data={"entry_text": values["entry_text"]})
        if form.validate_on_submit():
            kept = chosen_skills(session, values, role, form.levels) | ({"entry_text": form.entry_text.data} if role == "required" else {})
            editing.keep(session, module, ModuleValues(**kept), services().now())  # type: ignore[typeddict-item]
            if form.q.data or request.form.get("actie") == SEARCH:
                return redirect(url_for(request.endpoint or "", uid=uid, zoek=form.q.data, _anchor="gevonden"), 303)
            return saved(session, module, following)
        typed = request.args.get("zoek", "")[:120]
        options = level_lines(skills_named(session, typed), {})
        lines = own_lines(session, values, role)
        suggested = suggestions(session, values, role)
        likely = likely_lines(session, values, suggested) if role == "taught" else []
    told = {"lines": lines, "suggested": suggested, "likely": likely, "typed": typed, "options": options}
    return render_template(template, form=form, uid=uid, title=values["title"], **told)


def _fact_data(values: ModuleValues) -> dict[str, object]:
    unit = LoadUnit(values["load_unit"])
    hours = values["workload_hours"]
    load = None if hours is None else hours / unit.hours_per_unit
    return dict(values) | {"theme": values["theme_id"] or 0, "hub": values["hub_id"] or 0, "load": load}


@bp.post("/<uid>/kopie")
def copy(uid: str) -> Response:
    """A new draft that says the same."""
    parts = services()
    with parts.database.writing() as session:
        module = own_module(session, uid)
        if not ButtonForm().validate_on_submit():
            return redirect(url_for(".overview_page", uid=uid), 303)
        title = _("%(title)s (kopie)", title=module.title)[:300]
        made = copies.copied(session, module, title, parts.now())
    flash(_("Dit is de kopie. De eerste module blijft zoals zij was."))
    return redirect(url_for(".overview_page", uid=made.uid), 303)

"""Routes of a module in a dossier: looking one up by name, and what would bring it into reach."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.advisor.doors import READABLE, advisors_door
from web.advisor.matching.deciding import REASONS, NotOnline, module_of
from web.advisor.matching.module_page import found_page, module_page
from web.advisor.views import bp
from web.button import ButtonForm
from web.fields import clean
from web.languages import _
from web.learner.outcomes import modules_named

MOST_FOUND = 10
MAX_NAME_CHARS = 120


@bp.get("/dossiers/<uid>/modules")
def modules(uid: str) -> str:
    """Modules by name, with how each stands to the goal."""
    typed = (clean(request.args.get("q")) or "")[:MAX_NAME_CHARS]
    found = modules_named(typed, MOST_FOUND)  # before the door, behind which others who write have to wait
    with advisors_door(uid, "modules", READABLE) as opened:
        page = found_page(opened, typed, found)
    return render_template("advisor/modules.html", page=page)


@bp.get("/dossiers/<uid>/modules/<module>")
def module(uid: str, module: str) -> str | Response:
    """One module: what it brings the client, or what would bring it into reach."""
    with advisors_door(uid, "module", READABLE) as opened:
        try:
            page = module_page(opened, module_of(opened, module))
        except NotOnline:
            flash(_("Deze module staat niet meer op de site."), "refused")
            return redirect(url_for(".matches", uid=uid), 303)
    return render_template("advisor/module.html", page=page, form=ButtonForm(), reasons=REASONS)

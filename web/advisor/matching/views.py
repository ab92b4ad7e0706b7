"""Routes of the matching of a client: modules that fit, what counts in it, and what was decided about them."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.advisor.doors import READABLE, Opened, advisors_door
from web.advisor.intake.talk import answers_of, keep_intake
from web.advisor.matching.deciding import REASONS, NotOnline, Step, decide, module_of
from web.advisor.matching.forms import DecideForm, RejectForm, wishes_of
from web.advisor.matching.left_out import too_heavy_lines
from web.advisor.matching.page import head_of, matches_page
from web.advisor.together.choices import ListFull
from web.advisor.views import bp
from web.browse.addresses import asked_page
from web.button import ButtonForm
from web.languages import _
from web.learner.forms import ConstraintsForm, EmphasisForm
from web.learner.presenters import AMOUNTS

PAGES = {"matches": "advisor.matches", "leerroute": "advisor.path", "module": "advisor.module"}
"""Where somebody decides about a module, by its word in the forms, to come back there."""


@bp.get("/dossiers/<uid>/matches")
def matches(uid: str) -> str:
    """The gap, the modules that fit, and what was decided."""
    with advisors_door(uid, "matches", READABLE) as opened:
        return shown(opened, wishes_of(opened.session, answers_of(opened.dossier)))


def shown(opened: Opened, wishes: ConstraintsForm) -> str:
    """The page of matches with a form for the wishes; or what is needed first, where there is no goal."""
    answers = answers_of(opened.dossier)
    if not answers.has_goal:
        return render_template("advisor/no_goal.html", head=head_of(opened, answers))
    page = matches_page(opened, asked_page())
    return render_template("advisor/matches.html", page=page, wishes=wishes, form=ButtonForm(), amounts=AMOUNTS, reasons=REASONS)


@bp.post("/dossiers/<uid>/matches/belangrijk")
def weigh(uid: str) -> Response:
    """Keeps what counts much or little for the client."""
    form = EmphasisForm()
    with advisors_door(uid, "matches") as opened:
        if form.validate_on_submit():
            keep_intake(opened.dossier, opened.now, answers=answers_of(opened.dossier).changed(emphasis=form.emphasis))
            opened.noted("weighed", "matches")
    return redirect(url_for(".matches", uid=uid, _anchor="matches"), 303)


@bp.post("/dossiers/<uid>/matches/wensen")
def wishes(uid: str) -> str | Response:
    """Keeps what a module has to fit, and shows the modules that do."""
    with advisors_door(uid, "matches") as opened:
        answers = answers_of(opened.dossier)
        form = wishes_of(opened.session, answers)
        if not form.validate_on_submit():
            return shown(opened, form)
        keep_intake(opened.dossier, opened.now, answers=answers.changed(**form.values))
        opened.noted("wished", "matches")
    flash(_("De wensen zijn bewaard."))
    return redirect(url_for(".matches", uid=uid), 303)


@bp.post("/dossiers/<uid>/keuze")
def decide_module(uid: str) -> Response:
    """Pins a module, puts it on the list, rejects it for a usual reason, or leaves it open again."""
    form, step = DecideForm(), None
    with advisors_door(uid, "matches") as opened:
        try:
            if form.validate_on_submit() and (step := form.step):
                decide(opened, form.module, step, form.reason)
                if step is Step.PIN and (line := too_heavy_lines(opened.session, opened.dossier).get(module_of(opened, form.module).id)):
                    flash(f"{line.title}. {line.why}")
        except NotOnline:
            flash(_("Deze module staat niet meer op de site."), "refused")
        except ListFull:
            flash(_("De lijst is vol. Haal er eerst een module af."), "refused")
    return back(uid, form.module, keeps_place=step is not Step.REJECT)


@bp.route("/dossiers/<uid>/modules/<module>/past-niet", methods=["GET", "POST"])
def reject(uid: str, module: str) -> str | Response:
    """Asks why a module does not fit, in own words."""
    form = RejectForm()
    with advisors_door(uid, "matches") as opened:
        name = opened.dossier.client_name
        try:
            found = module_of(opened, module)
            if form.validate_on_submit():
                decide(opened, module, Step.REJECT, form.words)
                flash(_("Deze module wordt niet meer voorgesteld."))
                return back(uid, module)
            return render_template("advisor/reject.html", form=form, uid=uid, name=name, module=found)
        except NotOnline:
            flash(_("Deze module staat niet meer op de site."), "refused")
    return back(uid, module)


def back(uid: str, module: str, *, keeps_place: bool = False) -> Response:
    """To the page where somebody decided about a module, at that module if it is still there."""
    word = request.values.get("naar", "")
    endpoint = PAGES.get(word, "advisor.matches")
    page = request.values.get("page", 1, type=int)
    values: dict[str, Any] = {"module": module} if endpoint == "advisor.module" else {"page": page} if page > 1 else {}
    anchor = f"module-{module}" if keeps_place else "matches"
    return redirect(url_for(endpoint, uid=uid, _anchor=anchor if endpoint == "advisor.matches" else None, **values), 303)

"""Routes of the path of a client: its alternatives, pinning all of it, and another module instead of one of its own."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.advisor.doors import READABLE, Opened, advisors_door
from web.advisor.intake.talk import answers_of
from web.advisor.matching.deciding import NotOnline, Step, decide, module_of
from web.advisor.matching.left_out import left_out_lines
from web.advisor.matching.page import chosen_of, head_of
from web.advisor.matching.paths import keep_path, path_answer, path_of, path_question
from web.advisor.matching.replacing import options
from web.advisor.together.choices import MOST_REASON_CHARS, ListFull
from web.advisor.views import bp
from web.button import ButtonForm
from web.languages import _
from web.learner.path_cards import path_page
from web.wiring import services

MOST_INSTEAD = 10
"""More modules never come instead of one."""


@bp.get("/dossiers/<uid>/leerroute")
def path(uid: str) -> str:
    """Modules in order and with dates that together bring the client to the goal."""
    parts, address = services(), partial(url_for, ".path", uid=uid)
    with advisors_door(uid, "path", READABLE) as opened:
        answers, chosen = answers_of(opened.dossier), chosen_of(opened.session, opened.dossier)
        head = head_of(opened, answers)
        if not answers.has_goal:
            return render_template("advisor/no_goal.html", head=head)
        question = path_question(opened.session, opened.dossier, request.args.to_dict() or None)
    with parts.database.reading() as reading:
        own = path_answer(reading, question)
        shown = path_page(own.found, question.form, parts.today(), answers, address)
        values = {
            "shown": shown,
            "left_out": left_out_lines(own.found, answers.hours_per_week),
            "asked": question.form,
            "doel": question.aim_word,
        }
    if own.kept is not None:
        with parts.database.writing() as writing:
            keep_path(writing, uid, own)
    return render_template("advisor/path.html", head=head, chosen=chosen, form=ButtonForm(), **values)


@bp.post("/dossiers/<uid>/leerroute/vast")
def pin_path(uid: str) -> Response:
    """Pins all modules of the path that was shown last."""
    with advisors_door(uid, "path") as opened:
        if ButtonForm().validate_on_submit() and answers_of(opened.dossier).has_goal:
            found = path_of(opened.session, opened.dossier)
            _pin_all(opened, [found.modules[one.module_id].uid for one in found.shown.modules])
    return redirect(url_for(".path", uid=uid, _anchor="route"), 303)


def _pin_all(opened: Opened, modules: list[str]) -> None:
    try:
        for module in modules:
            decide(opened, module, Step.PIN)
        flash(_("De hele route staat in het advies."))
    except ListFull:
        flash(_("De lijst is vol. Haal er eerst een module af."), "refused")


@bp.route("/dossiers/<uid>/leerroute/<module>/vervang", methods=["GET", "POST"])
def replace(uid: str, module: str) -> str | Response:
    """Other paths without one of its modules; what comes instead is pinned, and that module is not proposed again."""
    with advisors_door(uid, "path") as opened:
        answers = answers_of(opened.dossier)
        own = path_of(opened.session, opened.dossier) if answers.has_goal else None
        leaving = next((one for one in own.shown.modules if own.modules[one.module_id].uid == module), None) if own else None
        if own is None or leaving is None:
            flash(_("Deze module staat niet in de route."), "refused")
            return redirect(url_for(".path", uid=uid), 303)
        if ButtonForm().validate_on_submit() and "kies" in request.form:
            _replaced(opened, module, request.form.getlist("door")[:MOST_INSTEAD])
            return redirect(url_for(".path", uid=uid, _anchor="route"), 303)
        head, question = head_of(opened, answers), path_question(opened.session, opened.dossier)
    with services().database.reading() as reading:
        found = options(reading, question, own, leaving.module_id)
    return render_template("advisor/replace.html", head=head, module=own.modules[leaving.module_id], found=found, form=ButtonForm())


def _replaced(opened: Opened, module: str, others: list[str]) -> None:
    try:
        instead = [module_of(opened, other) for other in others]
        for one in instead:
            decide(opened, one.uid, Step.PIN)
        reason = _("Vervangen door %(title)s", title=" + ".join(one.title for one in instead)) if instead else _("De route kan zonder")
        decide(opened, module, Step.REJECT, reason[:MOST_REASON_CHARS])
        flash(_("De module is vervangen."))
    except NotOnline:
        flash(_("Deze module staat niet meer op de site."), "refused")
    except ListFull:
        flash(_("De lijst is vol. Haal er eerst een module af."), "refused")

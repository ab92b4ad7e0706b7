"""Routes of "what if" in a dossier: other wishes beside those of the client, some of them kept, and taking one over."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.advisor.doors import READABLE, advisors_door
from web.advisor.intake.talk import answers_of, keep_intake
from web.advisor.matching.page import head_of
from web.advisor.matching.profile import dossier_profile
from web.advisor.views import bp
from web.button import ButtonForm
from web.languages import _
from web.learner import comparing
from web.learner.scenario_form import WISH, changed_by, show_only, wishes_form


@bp.get("/dossiers/<uid>/wat-als")
def what_if(uid: str) -> str | Response:
    """What other wishes would give; those that were kept, where nobody asks for others."""
    codes, given = request.args.getlist(WISH), comparing.given_by_hand(request.args)
    with advisors_door(uid, "scenarios", READABLE) as opened:
        now = answers_of(opened.dossier)
        head, kept = head_of(opened, now), opened.dossier.intake.compared if opened.dossier.intake else []
        if not now.has_goal:
            return render_template("advisor/no_goal.html", head=head)
        form = wishes_form(opened.session, now, given)
        if given and form.validate():
            chosen = comparing.most_of([comparing.own_change(now, form, given), *codes])
            return redirect(url_for(".what_if", uid=uid, _anchor="naast-elkaar", **{WISH: chosen or [""]}), 303)  # type: ignore[arg-type]
        asked = codes if WISH in request.args else (kept or None)
        shown = comparing.side_by_side(opened.session, now, dossier_profile(opened.session, opened.dossier), asked)
    show_only(form, given)
    is_kept = [code for code in shown.chosen if code] == kept
    values = {"form": form, "given": given, "shown": shown, "is_kept": is_kept}
    return render_template("advisor/what_if.html", head=head, wish=WISH, token=ButtonForm(), **values)


@bp.post("/dossiers/<uid>/wat-als")
def take_over(uid: str) -> Response:
    """Makes one of the compared wishes that of the client."""
    with advisors_door(uid, "scenarios") as opened:
        then = changed_by(opened.session, answers_of(opened.dossier), request.form.get(WISH, ""))
        if ButtonForm().validate_on_submit() and then:
            keep_intake(opened.dossier, opened.now, answers=then)
            opened.noted("took-wish", "scenarios")
            flash(_("De wensen zijn gewijzigd."))
    return redirect(url_for(".matches", uid=uid), 303)


@bp.post("/dossiers/<uid>/wat-als/bewaar")
def keep_compared(uid: str) -> Response:
    """Keeps what stands side by side, for the next talk."""
    with advisors_door(uid, "scenarios") as opened:
        now, intake = answers_of(opened.dossier), opened.dossier.intake
        codes = [code for code in comparing.most_of(request.form.getlist(WISH)) if changed_by(opened.session, now, code)]
        if ButtonForm().validate_on_submit() and intake is not None:
            intake.compared = codes
            opened.noted("kept-wishes", "scenarios")
            flash(_("De vergelijking staat in het dossier."))
    return redirect(url_for(".what_if", uid=uid, _anchor="naast-elkaar"), 303)

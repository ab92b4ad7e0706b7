"""The overview of the guided intake: how far it is, all answers in words, first steps as tasks, and answers of this browser."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from web.advisor.doors import READABLE, Opened, advisors_door
from web.advisor.dossiers import add_task
from web.advisor.intake.forms import FirstStepsForm
from web.advisor.intake.page import AtStep, step_address
from web.advisor.intake.presenters import intake_page
from web.advisor.intake.prompts import tasks_of
from web.advisor.intake.steps import Step
from web.advisor.intake.taking_over import TakeForm, offer, taken
from web.advisor.intake.talk import answers_of, keep_intake, talk_of
from web.advisor.views import bp
from web.button import ButtonForm
from web.languages import _, ngettext
from web.learner.answers import Answers
from web.wiring import services


@bp.get("/dossiers/<uid>/intake")
def intake(uid: str) -> str:
    """How far the intake is, and all that was told, in words."""
    with advisors_door(uid, "intake", READABLE) as opened:
        page = intake_page(opened.session, opened.dossier, services().today())
    own = Answers.from_session(session)
    return render_template("advisor/intake/overview.html", page=page, uid=uid, has_own=own != Answers())


@bp.post("/dossiers/<uid>/intake/sla-over")
def intake_skip(uid: str) -> Response:
    """Skips a step, which the field `stap` names, and keeps nothing of what is on its page."""
    step = request.form.get("stap", "")
    with advisors_door(uid, "intake") as opened:
        if not ButtonForm().validate_on_submit() or step not in set(Step):
            return redirect(step_address(uid, None), 303)
        return AtStep.of(opened, Step(step)).skip()


@bp.route("/dossiers/<uid>/intake/eerste-stappen", methods=["GET", "POST"])
def intake_first_steps(uid: str) -> str | Response:
    """Puts first steps that follow from the talk among the tasks, as the advisor chooses."""
    with advisors_door(uid, "intake") as opened:
        proposed = _not_yet_tasks(opened)
        form, name = FirstStepsForm(services().today(), proposed), opened.dossier.client_name
        if form.validate_on_submit():
            for code in form.steps.data:
                add_task(opened.dossier, proposed[code], form.due.data)
                opened.noted("planned", "task")
            flash(ngettext("%(num)s taak staat in het dossier.", "%(num)s taken staan in het dossier.", len(form.steps.data)))
            return redirect(url_for(".dossier", uid=uid, _anchor="taken"), 303)
    return render_template("advisor/intake/first_steps.html", form=form, uid=uid, name=name)


def _not_yet_tasks(opened: Opened) -> dict[str, str]:
    planned = {task.text for task in opened.dossier.tasks}
    return {code: str(text) for code, text in tasks_of(talk_of(opened.dossier)) if str(text) not in planned}


@bp.route("/dossiers/<uid>/intake/overnemen", methods=["GET", "POST"])
def intake_take(uid: str) -> str | Response:
    """Takes the answers of this browser over, for a talk that began on the open pages."""
    with advisors_door(uid, "intake") as opened:
        form, kept, own = TakeForm(), answers_of(opened.dossier), Answers.from_session(session)
        shown, name = offer(opened.session, kept, own), opened.dossier.client_name
        if form.validate_on_submit() and not shown.is_empty:
            keep_intake(opened.dossier, opened.now, answers=taken(kept, own, form))
            opened.noted("took-answers", "intake")
            flash(_("De antwoorden staan in het dossier."))
            return redirect(step_address(uid, None), 303)
    return render_template("advisor/intake/take.html", form=form, shown=shown, uid=uid, name=name)

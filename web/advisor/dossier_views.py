"""Routes of one dossier, for its advisor. Each goes through `advisors_door`."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.accounts.letters import send
from web.accounts.models import Account
from web.advisor.doors import EVEN_WAITING, READABLE, Opened, advisors_door
from web.advisor.dossiers import NoAdvisor, add_note, add_task, ask_longer, colleague_of, new_link, note_of, remove_note, turn_task
from web.advisor.forms import HandOverForm, LongerForm, NoteForm, StoryForm, TaskForm
from web.advisor.intake.presenters import stands_at
from web.advisor.intake.steps import Step
from web.advisor.letters import consent_asked, handed_over, longer_asked, longer_given, other_advisor, own_link
from web.advisor.model import How
from web.advisor.news import news_lines, news_of
from web.advisor.people import advisor_name, clients_keys, names
from web.advisor.presenters import HANDED_OVER, DossierPage, dossier_page
from web.advisor.retention import deleted_at
from web.advisor.stages import progress_of
from web.advisor.views import bp, show_link
from web.audit.chain import actor_key, entries_about
from web.button import ButtonForm
from web.languages import _
from web.security.attempts import limit
from web.wiring import local_day, services

MOST_ENTRIES = 300


@bp.get("/dossiers/<uid>")
def dossier(uid: str) -> str:
    """The dossier; before the client has answered, how that stands."""
    with advisors_door(uid, "dossier", EVEN_WAITING) as opened:
        page, progress = page_of(opened), progress_of(opened.dossier)
        news = news_lines(uid, news_of(opened.session, [opened.dossier.id]).get(uid, ()))
    return render_template("advisor/dossier.html", page=page, progress=progress, news=news, form=ButtonForm())


def page_of(opened: Opened) -> DossierPage:
    """A dossier in words, with which others than the client looked."""
    entries = entries_about(opened.session, opened.dossier.uid, MOST_ENTRIES, clients_keys(opened))
    given = {entry.what for entry in entries if entry.action == HANDED_OVER and entry.what != "dossier"}
    people = names(opened, {entry.actor for entry in entries} | given)
    chosen_goal = stands_at(opened.session, opened.dossier, Step.GOAL)
    return dossier_page(opened.dossier, chosen_goal, entries, people, services().today())


@bp.route("/dossiers/<uid>/doel", methods=["GET", "POST"])
def story(uid: str) -> str | Response:
    """What the client wants, and how things are now."""
    with advisors_door(uid, "story") as opened:
        form, name = StoryForm(obj=opened.dossier), opened.dossier.client_name
        if form.validate_on_submit():
            form.populate_obj(opened.dossier)
            opened.noted("wrote", "story")
            return _back(uid, _("Bewaard."))
    return render_template("advisor/story.html", form=form, uid=uid, name=name)


@bp.route("/dossiers/<uid>/notitie", methods=["GET", "POST"])
def note(uid: str) -> str | Response:
    """A note about a talk."""
    with advisors_door(uid, "note") as opened:
        form, name = NoteForm(services().today()), opened.dossier.client_name
        if form.validate_on_submit():
            add_note(opened.dossier, form.day.data, form.text.data)
            opened.noted("noted", "note")
            return _back(uid, _("De notitie staat in het dossier."))
    return render_template("advisor/note.html", form=form, uid=uid, name=name)


@bp.route("/dossiers/<uid>/notities/<int:number>", methods=["GET", "POST"])
def edit_note(uid: str, number: int) -> str | Response:
    """Another day or other words for a note."""
    with advisors_door(uid, "note") as opened:
        found = note_of(opened.dossier, number) or abort(404)
        form, name = NoteForm(services().today(), found), opened.dossier.client_name
        if form.validate_on_submit():
            found.day, found.text = form.day.data, form.text.data
            opened.noted("changed-note", "note")
            return _back(uid, _("Bewaard."))
    return render_template("advisor/note.html", form=form, uid=uid, name=name)


@bp.post("/dossiers/<uid>/notities/<int:number>/wis")
def drop_note(uid: str, number: int) -> Response:
    """Deletes a note."""
    with advisors_door(uid, "note") as opened:
        if ButtonForm().validate_on_submit() and remove_note(opened.session, opened.dossier, number):
            opened.noted("removed-note", "note")
    return _back(uid, _("De notitie is gewist."))


@bp.route("/dossiers/<uid>/taak", methods=["GET", "POST"])
def task(uid: str) -> str | Response:
    """Something to do until a day."""
    with advisors_door(uid, "task") as opened:
        form, name = TaskForm(services().today()), opened.dossier.client_name
        if form.validate_on_submit():
            add_task(opened.dossier, form.text.data, form.due.data)
            opened.noted("planned", "task")
            return _back(uid, _("De taak staat in het dossier."))
    return render_template("advisor/task.html", form=form, uid=uid, name=name)


@bp.post("/dossiers/<uid>/taken/<int:number>")
def turn(uid: str, number: int) -> Response:
    """Marks a task as done, or as not done after all."""
    with advisors_door(uid, "task") as opened:
        if ButtonForm().validate_on_submit() and turn_task(opened.session, opened.dossier, number, opened.now):
            opened.noted("turned-task", "task")
    return redirect(url_for(".dossier", uid=uid, _anchor="taken"), 303)


@bp.post("/dossiers/<uid>/stand")
def state(uid: str) -> Response:
    """Closes the dossier, or opens it again while the consent is valid."""
    with advisors_door(uid, "dossier", READABLE) as opened:
        is_closing = request.form.get("naar") == "closed"
        if ButtonForm().validate_on_submit():
            opened.dossier.closed_at, opened.dossier.warned_at = opened.now if is_closing else None, None
            opened.noted("closed" if is_closing else "reopened", "dossier")
    return _back(uid, _("Het dossier is gesloten.") if is_closing else _("Het dossier is weer open."))


@bp.route("/dossiers/<uid>/langer", methods=["GET", "POST"])
def longer(uid: str) -> str | Response:
    """Asks the client for a later last day, or records it on paper."""
    with advisors_door(uid, "consent", READABLE) as opened:
        form, found = LongerForm(services().today(), opened.dossier.consent.until), opened.dossier
        name, until = found.client_name, found.consent.until
        if form.validate_on_submit():
            how = How(form.how.data)
            ask_longer(found, form.until.data, how, opened.now)
            opened.noted("renewed" if how is How.PAPER else "asked-longer", "consent")
            if found.client_email:
                send(opened.session, found.client_email, longer_given() if how is How.PAPER else longer_asked(), opened.now)
            return _back(uid, _("Bewaard.") if how is How.PAPER else _("Uw klant ziet de vraag in het dossier."))
    return render_template("advisor/longer.html", form=form, uid=uid, name=name, until=until)


@bp.post("/dossiers/<uid>/link")
def link(uid: str) -> str | Response:
    """Gives the client a new link, by mail too where we have the address; it is shown once."""
    limit("dossier")
    with advisors_door(uid, "link", EVEN_WAITING) as opened:
        if not ButtonForm().validate_on_submit():
            return _back(uid, _("Dat ging niet goed. Probeer het nog eens."))
        token, found = new_link(opened.dossier), opened.dossier
        opened.noted("new-link", "link")
        if found.client_email:
            is_asked = found.consent.given_at is None
            letter = consent_asked(token, local_day(deleted_at(found))) if is_asked else own_link(token)
            send(opened.session, found.client_email, letter, opened.now)
    return show_link(found, token)


@bp.route("/dossiers/<uid>/overdragen", methods=["GET", "POST"])
def to_colleague(uid: str) -> str | Response:
    """Says to whom a dossier would go, and once that is right makes them its advisor; who was so cannot come in any more."""
    form = HandOverForm()
    with advisors_door(uid, "hand-over", READABLE) as opened:
        name = opened.dossier.client_name
        if form.validate_on_submit():
            try:
                colleague = colleague_of(opened.session, opened.dossier, form.email.data)
                if form.is_sure.data:
                    return _handed_over(opened, colleague)
                return render_template("advisor/hand_over_look.html", form=form, uid=uid, name=name, colleague=colleague)
            except NoAdvisor:
                form.email.errors = [_("Met dit adres kennen wij geen andere adviseur.")]
    return render_template("advisor/hand_over.html", form=form, uid=uid, name=name)


def _handed_over(opened: Opened, colleague: Account) -> Response:
    found = opened.dossier
    found.advisor_id = colleague.id
    opened.noted(HANDED_OVER, actor_key(opened.session, colleague.id))
    send(opened.session, colleague.email, handed_over(found.uid), opened.now)
    if found.client_email:
        send(opened.session, found.client_email, other_advisor(), opened.now)
    flash(_("Het dossier is nu van %(advisor)s.", advisor=advisor_name(colleague)))
    return redirect(url_for(".start"), 303)


def _back(uid: str, said: str) -> Response:
    flash(said)
    return redirect(url_for(".dossier", uid=uid), 303)

"""Routes of the own passport: see it, change levels, add and remove skills."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from catalogue.skills.reads import skills_by_uid
from web.button import ButtonForm
from web.languages import _
from web.learner.answers import Answers
from web.learner.forms import SEARCH, SkillForm, is_uid
from web.learner.outcomes import skills_named
from web.learner.presenters import level_lines
from web.passport import keeping, presenters
from web.passport.files import keep_longer
from web.passport.forms import SkillsForm
from web.wiring import services

QUESTION = "passport"

bp = Blueprint("passport", __name__, url_prefix="/mijn-vaardigheden")


@bp.route("", methods=["GET", "POST"])
def overview() -> str | Response:
    """The whole passport; a POST keeps other levels."""
    form, parts = SkillsForm(), services()
    if form.validate_on_submit():
        known = keeping.own_passport().levels
        keeping.change(lambda kept: kept.with_levels({uid: level for uid, level in form.levels.items() if uid in known}))
        flash(_("Uw vaardigheden zijn bewaard."))
        return redirect(url_for(".overview"), 303)
    passport = keeping.own_passport()
    keeping.tell_answers(passport)
    if (mine := keeping.owner()).uids:
        with parts.database.writing() as writing:
            keep_longer(writing, mine, parts.now())
    with parts.database.reading() as reading:
        lines = presenters.skill_lines(passport, skills_by_uid(reading, passport.levels), parts.today())
    pieces = presenters.piece_lines(passport, parts.today())
    return render_template("passport/overview.html", lines=lines, pieces=pieces, form=form, has_goal=Answers.from_session(session).has_goal)


@bp.route("/voeg-toe", methods=["GET", "POST"])
def add() -> str | Response:
    """Finds skills by name, and adds them at a level."""
    form, answers = SkillForm(), Answers.from_session(session)
    if form.validate_on_submit():
        keeping.take_levels(form.levels)
        is_search = bool(form.q.data) or request.form.get("actie") == SEARCH
        Answers.from_session(session).with_search(QUESTION, form.q.data).keep(session)
        return redirect(url_for(".add", _anchor="gevonden") if is_search else url_for(".overview"), 303)
    typed, passport = answers.searched.get(QUESTION, ""), keeping.own_passport()
    with services().database.reading() as reading:
        options = level_lines(skills_named(reading, typed), passport.levels)
    return render_template("passport/add.html", form=form, typed=typed, options=options)


@bp.post("/haal-weg")
def remove() -> Response:
    """Takes one skill out; its evidence stays."""
    uid = request.form.get("vaardigheid", "")
    if ButtonForm().validate_on_submit() and is_uid(uid):
        keeping.change(lambda kept: kept.with_levels({uid: 0}) if kept.skill(uid) else kept)
        flash(_("De vaardigheid is weg."))
    return redirect(url_for(".overview"), 303)

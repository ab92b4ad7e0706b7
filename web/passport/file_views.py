"""Routes to take the passport along and to bring it back: JSON and PDF, and the choice of what to share."""

from __future__ import annotations

import json

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from catalogue.skills.reads import skills_by_uid
from matching.passports import exchange
from matching.passports.problems import Unreadable
from web.button import ButtonForm
from web.downloads import download
from web.languages import _, language
from web.lists.documents import document_pdf
from web.passport import keeping, presenters
from web.passport.document import passport_document
from web.passport.evidence import badge_text
from web.passport.files import files_of
from web.passport.forms import PassportFileForm, ticked_skills
from web.passport.passport_words import what_is_wrong
from web.passport.reading_in import known_skills, reread, take_over
from web.passport.views import bp
from web.security.attempts import limit
from web.security.uploads import with_upload
from web.wiring import services


@bp.get("/vaardigheden.json")
def as_json() -> Response:
    """The passport in the shape of `docs/passport.md`."""
    passport, parts = keeping.own_passport(), services()
    with parts.database.reading() as reading:
        skills = skills_by_uid(reading, passport.levels)
        names = {uid: (skill.uri, skill.label(language())) for uid, skill in skills.items()}
        texts = {uid: text for uid, kept in files_of(reading, keeping.owner()).items() if (text := badge_text(kept))}
    content = json.dumps(exchange.written(passport, names, texts, parts.today()), ensure_ascii=False, indent=2)
    return download(content.encode(), "application/json", "vaardigheden.json")


@bp.get("/schema.json")
def schema() -> Response:
    """The shape of that file, as JSON Schema."""
    return Response(json.dumps(exchange.schema(), indent=2), content_type="application/schema+json")


@bp.get("/vaardigheden.pdf")
def as_pdf() -> Response:
    """The passport as a PDF."""
    passport, parts = keeping.own_passport(), services()
    with parts.database.reading() as reading:
        document = passport_document(passport, skills_by_uid(reading, passport.levels), parts.today())
    return download(document_pdf(document), "application/pdf", "vaardigheden.pdf")


@bp.route("/lees-in", methods=["GET", "POST"])
@with_upload
def read_in() -> str | Response:
    """Takes over a passport from a file; what is there already stays."""
    form, own = PassportFileForm(), keeping.own_passport()
    if form.validate_on_submit():
        limit("evidence")
        try:
            found = exchange.read_passport(form.content, reread, known_skills, own)
        except Unreadable as wrong:
            form.file.errors = [*form.file.errors, what_is_wrong(wrong)]
        else:
            keeping.change(take_over(found, own).joined)
            flash(_("Uw vaardigheden zijn ingelezen."))
            return redirect(url_for(".overview"), 303)
    return render_template("passport/read_in.html", form=form)


@bp.route("/delen", methods=["GET", "POST"])
def choose_shared() -> str | Response:
    """Asks which skills to share."""
    form, passport = ButtonForm(), keeping.own_passport()
    if not passport.skills:
        return redirect(url_for(".overview"), 303)
    chosen = ticked_skills() if form.is_submitted() else keeping.shared_skills() or list(passport.levels)
    if form.validate_on_submit() and chosen:
        keeping.share_skills(chosen)
        return redirect(url_for("shares.new", kind="vaardigheden"), 303)
    with services().database.reading() as reading:
        ticks = presenters.tick_lines(passport, skills_by_uid(reading, passport.levels), chosen)
    return render_template("passport/choose.html", form=form, ticks=ticks, is_wrong=form.is_submitted())

"""Routes of evidence: bring a certificate or a badge, see what is known of it, attach it to skills, take it away."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from catalogue.skills.reads import skills_by_uid
from matching.passports.exchange import BadgeText
from matching.passports.passport import Evidence, EvidenceKind, TooMuch
from matching.passports.problems import Unreadable
from web.button import ButtonForm
from web.downloads import download
from web.languages import _
from web.passport import keeping, presenters
from web.passport.evidence import (
    BADGE_TYPE,
    ENDINGS,
    badge_evidence,
    badge_text,
    certificate,
    checked,
    media_type,
    stored_badge,
    suggested_skills,
)
from web.passport.files import FilesFull, delete_files, file_of
from web.passport.forms import BadgeForm, CertificateForm, SkillsForm, ticked_skills
from web.passport.views import bp
from web.security.attempts import limit
from web.security.uploads import with_upload
from web.wiring import services


def own_email() -> str:
    """The address of who is signed in; "" for a guest."""
    return current_user.email if current_user.is_authenticated else ""


@bp.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> tuple[str, int]:
    """Says how large a file may be, and leads back."""
    return render_template("passport/too_large.html"), 413


@bp.errorhandler(TooMuch)
@bp.errorhandler(FilesFull)
def full(_error: Exception) -> Response:
    """Says that something must go first."""
    flash(_("Er past geen bewijs meer bij. Haal er eerst een weg."), "refused")
    return redirect(url_for(".overview", _anchor="bewijzen"), 303)


@bp.route("/bewijs", methods=["GET", "POST"])
@with_upload
def add_certificate() -> str | Response:
    """Keeps a certificate."""
    form = CertificateForm()
    if form.validate_on_submit():
        limit("evidence")
        _check_room()
        [uid] = keeping.add_files([form.content], media_type(form.content))
        piece = certificate(uid, EvidenceKind(form.kind.data), form.title.data, form.issuer.data, form.content, form.issued.data)
        return _kept(piece)
    return render_template("passport/certificate.html", form=form)


@bp.route("/badge", methods=["GET", "POST"])
@with_upload
def add_badge() -> str | Response:
    """Reads a badge, checks what can be checked here, and keeps it."""
    form = BadgeForm()
    if form.validate_on_submit():
        limit("evidence")
        _check_room()
        text = BadgeText(form.credential, (form.key.data or "").strip())
        try:
            found = checked(text, own_email(), services().today())
        except Unreadable as wrong:
            form.say_wrong(wrong)
        else:
            [uid] = keeping.add_files([stored_badge(text)], BADGE_TYPE)
            return _kept(badge_evidence(uid, text, found))
    return render_template("passport/badge.html", form=form)


@bp.route("/bewijs/<uid>", methods=["GET", "POST"])
def piece(uid: str) -> str | Response:
    """What is known of a piece of evidence, and which skills it shows: a POST attaches it to those that are confirmed."""
    form, shown, parts = SkillsForm(), _own_piece(uid), services()
    if form.validate_on_submit():
        confirmed = {skill: level for skill, level in form.levels.items() if level > 0}
        ticked = {*ticked_skills(), *confirmed}
        if not ticked and not keeping.own_passport().shown_by(uid):
            flash(_("U koos nog niets. Kies bij een vaardigheid hoe goed u die kunt, of zet er een vinkje bij."), "refused")
            return redirect(url_for(".piece", uid=uid), 303)
        keeping.change(lambda kept: kept.with_levels(confirmed).linked(uid, ticked))
        flash(_("Uw keuze is bewaard."))
        return redirect(url_for(".overview"), 303)
    passport, checks, suggested = keeping.own_passport(), [], []
    with parts.database.reading() as reading:
        kept = file_of(reading, keeping.owner(), uid)
        if kept and (text := badge_text(kept)):
            found = checked(text, own_email(), parts.today())
            checks, suggested = presenters.check_lines(found.checks), suggested_skills(reading, found.credential.badge)
        skills = skills_by_uid(reading, passport.levels)
    linked = passport.shown_by(uid)
    lines = {"offered": presenters.offered_lines(suggested, passport), "ticks": presenters.tick_lines(passport, skills, linked)}
    line = presenters.piece_line(shown, passport, parts.today())
    return render_template("passport/piece.html", form=form, piece=line, checks=checks, has_file=kept is not None, **lines)


@bp.get("/bewijs/<uid>/bestand")
def piece_file(uid: str) -> Response:
    """The file itself, for its owner alone."""
    with services().database.reading() as reading:
        kept = file_of(reading, keeping.owner(), uid) or abort(404)
        text = badge_text(kept)
        content, kind = (text.credential.encode(), "application/octet-stream") if text else (kept.content, kept.media_type)
        return download(content, kind, f"bewijs.{ENDINGS[kept.media_type]}")


@bp.post("/bewijs/<uid>/haal-weg")
def remove_piece(uid: str) -> Response:
    """Takes a piece of evidence away, with its file. The skills stay."""
    _own_piece(uid)
    if ButtonForm().validate_on_submit():
        keeping.change(lambda kept: kept.without_evidence(uid))
        with services().database.writing() as writing:
            delete_files(writing, keeping.owner(), [uid])
        flash(_("Het bewijs is weg."))
    return redirect(url_for(".overview", _anchor="bewijzen"), 303)


def _own_piece(uid: str) -> Evidence:
    return keeping.own_passport().piece(uid) or abort(404)


def _check_room() -> None:
    """Refuses one more before its file is kept."""
    keeping.own_passport().with_evidence(Evidence("", EvidenceKind.OTHER, ""))


def _kept(made: Evidence) -> Response:
    keeping.change(lambda kept: kept.with_evidence(made))
    return redirect(url_for(".piece", uid=made.uid), 303)

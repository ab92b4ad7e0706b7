"""Routes for many modules at once: bring a file, see what would change, take it over; and fetch one's own as a file."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from catalogue.exchange.exporting import export_modules
from catalogue.exchange.formats import FileFormat, format_of
from catalogue.exchange.import_file import ImportFile
from catalogue.exchange.importing import apply_plan, plan_import
from catalogue.exchange.problems import ImportRefused
from catalogue.exchange.template import template
from catalogue.models import Organisation
from catalogue.overview import modules_beside
from catalogue.publishing.documents import from_document
from catalogue.vocabulary import Status
from web.accounts.models import RoleName
from web.browse.addresses import paging
from web.hub import uploads
from web.hub.authors import sign_all
from web.hub.changes import planned_changes
from web.hub.limited_reader import LimitedReader, TooManyToRead
from web.hub.own import form_session, own_organisation
from web.hub.template_words import examples, explained, headings
from web.hub.upload_forms import TYPES, TakeOverForm, UploadForm
from web.languages import _, language, ngettext
from web.problem_texts import problem_text
from web.security.access import Action, current_actor, role_required
from web.security.uploads import with_upload
from web.wiring import services

MOST_TO_READ = 1_000
"""Modules without skills in one file: the text of each is read for them, which takes some hundredths of a second."""

SHOWN = 20
"""Modules on one page of what would change."""
bp = Blueprint("uploads", __name__, url_prefix="/hub/organisaties/<slug>")


@bp.route("/bestand", methods=["GET", "POST"])
@with_upload
@role_required(RoleName.HUB)
def upload(slug: str) -> str | AnyResponse:
    """A file with modules: read as a whole, and written only after somebody has seen what would change."""
    organisation, form = own_organisation(slug, Action.PUBLISH), UploadForm()
    if form.validate_on_submit():
        try:
            return redirect(url_for(".look", slug=slug, token=_looked_at(organisation, form.name, form.content)), 303)
        except TooManyToRead:
            form.file.errors = [
                _("Dit zijn te veel modules zonder vaardigheden. Verdeel ze over bestanden van hoogstens %(most)s.", most=MOST_TO_READ)
            ]
    return render_template("hub/upload.html", form=form, organisation=organisation)


@bp.route("/bestand/<token>", methods=["GET", "POST"])
@role_required(RoleName.HUB)
def look(slug: str, token: str) -> str | AnyResponse:
    """What would change, or what is wrong; a POST writes it."""
    parts, form, organisation = services(), TakeOverForm(), own_organisation(slug, Action.PUBLISH)
    with form_session() as session:
        document = uploads.kept(parts.settings.instance_dir, organisation.id, token) or abort(404)
        if "plan" in document and form.validate_on_submit():
            result = apply_plan(session, uploads.plan_in(document, publish=form.publish.data), parts.now())
            sign_all(session, result.revision_ids, current_actor().account_id)
            uploads.forget(parts.settings.instance_dir, token)
            number = result.n_added + result.n_changed
            taken = ngettext("%(num)s module is overgenomen.", "%(num)s modules zijn overgenomen.", number)
            flash(taken if number else _("Er is niets veranderd."))
            return redirect(url_for("hub.start"), 303)
    if "plan" in document:
        with parts.database.reading() as session:
            n_beside = len(modules_beside(session, organisation.id, document["plan"]["known_ids"]))
        given = {"name": document["name"], "plan": document["plan"], "token": token, "n_beside": n_beside}
        return render_template("hub/upload_plan.html", form=form, organisation=organisation, **given)
    problems = [problem_text(problem, "en" if language() == "en" else "nl", on_a_page=True) for problem in uploads.problems_in(document)]
    return render_template(
        "hub/upload_refused.html", organisation=organisation, name=document["name"], problems=problems, total=document["total"]
    )


@bp.get("/bestand/<token>/<part>")
@role_required(RoleName.HUB)
def details(slug: str, token: str, part: str) -> str:
    """A part of what would change, a page at a time: which modules are new, what changes in which, and which the file does not have."""
    parts, organisation = services(), own_organisation(slug, Action.PUBLISH)
    document = uploads.kept(parts.settings.instance_dir, organisation.id, token) or abort(404)
    if "plan" not in document or part not in ("nieuw", "gewijzigd", "niet-in-het-bestand"):
        abort(404)
    with parts.database.reading() as session:
        rows = _rows(session, organisation.id, document["plan"], part)
        pages = ceil(len(rows) / SHOWN) or abort(404)
        number = min(max(request.args.get("page", 1, type=int), 1), pages)
        shown = rows[(number - 1) * SHOWN : number * SHOWN]
        changed = planned_changes(session, organisation.id, [from_document(one) for one in shown]) if part == "gewijzigd" else []
    way = paging("uploads.details", MultiDict(), number, pages, slug=slug, token=token, part=part)
    given = {"name": document["name"], "token": token, "part": part, "total": len(rows)}
    return render_template("hub/upload_details.html", organisation=organisation, shown=shown, changed=changed, paging=way, **given)


@bp.get("/modules.<extension>")
@role_required(RoleName.HUB)
def own_file(slug: str, extension: str) -> Response:
    """One's own modules as a file, which can be changed and brought back: what is online, and what is not yet."""
    file_format = FileFormat(extension) if extension in {one.value for one in TYPES} else abort(404)
    organisation = own_organisation(slug, Action.EDIT)
    with services().database.reading() as session, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"modules.{extension}"
        export_modules(session, path, file_format, services().today(), organisation, statuses=set(Status) - {Status.WITHDRAWN})
        content = path.read_bytes()
    head = {"Content-Disposition": f'attachment; filename="{slug}.{extension}"'}
    return Response(content, content_type=TYPES[file_format], headers=head)


@bp.get("/sjabloon.xlsx")
@role_required(RoleName.HUB)
def template_file(slug: str) -> Response:
    """The workbook to fill in, with what each field holds."""
    own_organisation(slug, Action.EDIT)
    content = template(headings(), explained(), (_("modules"), _("uitleg")), examples())
    head = {"Content-Disposition": 'attachment; filename="leerwijzer-modules.xlsx"'}
    return Response(content, content_type=TYPES[FileFormat.XLSX], headers=head)


def _rows(session: Session, organisation_id: int, plan: Mapping[str, Any], part: str) -> Sequence[Any]:
    """All modules of one part: values as documents, or those that stand beside the file."""
    if part == "niet-in-het-bestand":
        beside = modules_beside(session, organisation_id, plan["known_ids"])
        return [{"uid": uid, "title": title, "language": its_language} for uid, title, its_language in beside]
    found: Sequence[Any] = plan["added" if part == "nieuw" else "changed"]
    return found


def _looked_at(organisation: Organisation, name: str, content: bytes) -> str:
    """Reads a file, and keeps what would change or what is wrong; its token."""
    parts = services()
    instance_dir = parts.settings.instance_dir
    with tempfile.TemporaryDirectory() as folder, parts.database.reading() as session:
        file_format = format_of(Path(name))
        path = Path(folder) / f"modules.{file_format}"
        path.write_bytes(content)
        try:
            plan = plan_import(session, organisation, ImportFile(path, file_format), LimitedReader(MOST_TO_READ))
        except ImportRefused as refused:
            return uploads.keep_refusal(instance_dir, organisation.id, name, refused, parts.now())
    return uploads.keep_plan(instance_dir, organisation.id, name, plan, parts.now())

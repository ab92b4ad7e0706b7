"""Routes for many modules at once: bring a file, see what would change, take it over; and fetch one's own as a file."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path
from typing import Any, Literal

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from catalogue.exchange.exporting import export_modules
from catalogue.exchange.formats import FileFormat
from catalogue.exchange.guesses import Column, read_columns
from catalogue.exchange.importing import apply_plan, plan_import
from catalogue.exchange.mapping import UNUSED, worth_remembering
from catalogue.exchange.problems import ImportProblem, ImportRefused, Reason
from catalogue.exchange.template import template
from catalogue.models import Organisation
from catalogue.overview import modules_beside
from catalogue.publishing.documents import from_document
from catalogue.publishing.removing import files_to_take_back
from catalogue.vocabulary import Status
from web.browse.addresses import paging
from web.downloads import download
from web.hub import uploads
from web.hub.authors import sign_all
from web.hub.changes import ChangedModule, new_modules, planned_changes
from web.hub.column_presenters import column_errors, columns_question, field_words
from web.hub.limited_reader import LimitedReader
from web.hub.own import form_session, own_organisation
from web.hub.removing_presenters import brought_lines
from web.hub.template_words import examples, explained, headings
from web.hub.upload_forms import TYPES, ColumnsForm, TakeOverForm, UploadForm
from web.languages import _, language, ngettext
from web.problem_texts import problem_text
from web.security.access import Action, current_actor
from web.security.uploads import with_upload
from web.wiring import services

MOST_TO_READ = 1_000
"""Modules without skills in one file: the text of each is read for them, which takes some hundredths of a second."""

SHOWN = 20
"""Modules on one page of what would change."""
bp = Blueprint("uploads", __name__, url_prefix="/hub/organisaties/<slug>")


@bp.route("/bestand", methods=["GET", "POST"])
@with_upload
def upload(slug: str) -> str | AnyResponse:
    """A file with modules: read as a whole, and written only after somebody has seen what would change.

    `na` is an earlier file of which something was wrong; what was said of its columns counts for this one too.
    """
    organisation, form = own_organisation(slug, Action.PUBLISH), UploadForm()
    if form.validate_on_submit():
        instance_dir = services().settings.instance_dir
        earlier = uploads.kept(instance_dir, organisation.id, request.args.get("na", ""))
        document = uploads.document_of(organisation.id, form.name, form.format, earlier["said"] if earlier else {})
        token = uploads.keep_file(instance_dir, document, form.content, services().now())
        return redirect(url_for(_next_page(organisation, token, document), slug=slug, token=token), 303)
    with services().database.reading() as session:
        brought = brought_lines(slug, files_to_take_back(session, organisation.id))
    return render_template("hub/upload.html", form=form, organisation=organisation, brought=brought)


@bp.route("/bestand/<token>/kolommen", methods=["GET", "POST"])
def columns(slug: str, token: str) -> str | AnyResponse:
    """Which column of the file is which field of ours."""
    parts, form, organisation = services(), ColumnsForm(), own_organisation(slug, Action.PUBLISH)
    document = uploads.kept(parts.settings.instance_dir, organisation.id, token) or abort(404)
    found = _columns(organisation, token, document) or abort(404)
    told, errors = {}, []
    if form.validate_on_submit():
        told = form.told(found)
        errors = column_errors(found, told)
        if not errors:
            _look_at(organisation, token, document, told)
            return redirect(url_for(".look", slug=slug, token=token), 303)
    question = columns_question(found, told)
    given = {"name": document["name"], "question": question, "errors": errors, "explained": explained(), "fields": field_words()}
    return render_template("hub/upload_columns.html", form=form, organisation=organisation, token=token, **given)


@bp.route("/bestand/<token>", methods=["GET", "POST"])
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
        has_columns = document["format"] != FileFormat.OOAPI
        given = {"name": document["name"], "plan": document["plan"], "token": token, "n_beside": n_beside, "has_columns": has_columns}
        left_open = uploads.left_open_in(document)
        unnamed = [one for one in left_open if one.reason is Reason.COLUMN_UNNAMED]
        given["unnamed"] = _sentences(document, unnamed)
        given["left_open"] = _sentences(document, [one for one in left_open if one not in unnamed])
        return render_template("hub/upload_plan.html", form=form, organisation=organisation, **given)
    return render_template("hub/upload_refused.html", form=UploadForm(), organisation=organisation, token=token, **_refused(document))


@bp.get("/bestand/<token>/<part>")
def details(slug: str, token: str, part: str) -> str:
    """A part of what would change, a page at a time: what is in new modules, what changes in which, and which the file does not have."""
    parts, organisation = services(), own_organisation(slug, Action.PUBLISH)
    document = uploads.kept(parts.settings.instance_dir, organisation.id, token) or abort(404)
    if "plan" not in document or part not in ("nieuw", "gewijzigd", "niet-in-het-bestand"):
        abort(404)
    with parts.database.reading() as session:
        rows = _rows(session, organisation.id, document["plan"], part)
        pages = ceil(len(rows) / SHOWN) or abort(404)
        number = min(max(request.args.get("page", 1, type=int), 1), pages)
        shown = rows[(number - 1) * SHOWN : number * SHOWN]
        changed = _modules(session, organisation.id, part, shown)
    way = paging("uploads.details", MultiDict(), number, pages, slug=slug, token=token, part=part)
    given = {"name": document["name"], "token": token, "part": part, "total": len(rows)}
    return render_template("hub/upload_details.html", organisation=organisation, shown=shown, changed=changed, paging=way, **given)


@bp.get("/modules.<extension>")
def own_file(slug: str, extension: str) -> Response:
    """One's own modules as a file, which can be changed and brought back: what is online, and what is not yet."""
    file_format = FileFormat(extension) if extension in {one.value for one in TYPES} else abort(404)
    organisation = own_organisation(slug, Action.EDIT)
    with services().database.reading() as session, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"modules.{extension}"
        export_modules(session, path, file_format, services().today(), organisation, statuses=set(Status) - {Status.WITHDRAWN})
        content = path.read_bytes()
    return download(content, TYPES[file_format], f"{slug}.{extension}")


@bp.get("/sjabloon.xlsx")
def template_file(slug: str) -> Response:
    """The workbook to fill in, with what each field holds."""
    own_organisation(slug, Action.EDIT)
    content = template(headings(), explained(), (_("modules"), _("uitleg")), examples())
    return download(content, TYPES[FileFormat.XLSX], "leerwijzer-modules.xlsx")


def _modules(session: Session, organisation_id: int, part: str, shown: Sequence[Any]) -> Sequence[ChangedModule]:
    """What the file says of some modules, field by field."""
    if part == "gewijzigd":
        return planned_changes(session, organisation_id, [from_document(one) for one in shown])
    return new_modules(session, shown) if part == "nieuw" else []


def _rows(session: Session, organisation_id: int, plan: Mapping[str, Any], part: str) -> Sequence[Any]:
    """All modules of one part: values as documents, or those that stand beside the file."""
    if part == "niet-in-het-bestand":
        beside = modules_beside(session, organisation_id, plan["known_ids"])
        return [{"uid": uid, "title": title, "language": its_language} for uid, title, its_language in beside]
    found: Sequence[Any] = plan["added" if part == "nieuw" else "changed"]
    return found


def _refused(document: uploads.Document) -> dict[str, Any]:
    """What is wrong with a file, in words."""
    problems = _sentences(document, uploads.problems_in(document))
    return {"name": document["name"], "problems": problems, "total": document["total"], "has_columns": bool(document["said"])}


def _sentences(document: uploads.Document, problems: Sequence[ImportProblem]) -> list[str]:
    """What was found in a file, each as a sentence."""
    spoken: Literal["nl", "en"] = "en" if language() == "en" else "nl"
    given: dict[str, Any] = {"file_format": FileFormat(document["format"]), "names": headings(), "on_a_page": True}
    return [problem_text(problem, spoken, **given) for problem in problems]


def _next_page(organisation: Organisation, token: str, document: uploads.Document) -> str:
    """Where to go with a file: to the question about its columns, or to what it would change where every column is known."""
    try:
        found = _columns(organisation, token, document)
    except ImportRefused as refused:
        uploads.keep_refusal(services().settings.instance_dir, token, document, refused, services().now())
        return ".look"
    told = {column.name: column.field.name if column.field else UNUSED for column in found}
    if found and not ("title" in told.values() and all(column.is_sure for column in found)):
        return ".columns"
    _look_at(organisation, token, document, told)
    return ".look"


def _columns(organisation: Organisation, token: str, document: uploads.Document) -> list[Column]:
    """The columns of a file; none where its format says itself what is what."""
    if document["format"] == FileFormat.OOAPI:
        return []
    file = uploads.file_in(services().settings.instance_dir, token, document)
    return read_columns(file, {**organisation.column_mapping, **document["said"]})


def _look_at(organisation: Organisation, token: str, document: uploads.Document, told: Mapping[str, str]) -> None:
    """Reads a file, and keeps what would change or what is wrong."""
    parts = services()
    instance_dir = parts.settings.instance_dir
    document = uploads.document_of(organisation.id, document["name"], document["format"], told)
    try:
        with parts.database.reading() as session:
            plan = plan_import(session, organisation, uploads.file_in(instance_dir, token, document), LimitedReader(MOST_TO_READ))
    except ImportRefused as refused:
        uploads.keep_refusal(instance_dir, token, document, refused, parts.now())
    else:
        plan.column_mapping = worth_remembering(organisation.column_mapping, told)
        uploads.keep_plan(instance_dir, token, document, plan, parts.now())

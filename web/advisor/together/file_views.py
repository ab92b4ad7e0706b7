"""Routes of the files in a dossier. Each is there twice: behind the advisor's door and behind the client's."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, flash, render_template, request
from werkzeug.datastructures import Headers
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from web.accounts.presenters import moment
from web.advisor.client_views import bp as client_bp
from web.advisor.doors import READABLE, WRITABLE, Opened
from web.advisor.forms import FileForm
from web.advisor.people import names
from web.advisor.together.files import MOST_FILES, FilesFull, add_file, drop_file, file_of, files_of
from web.advisor.together.sides import Answer, Side, both_sides
from web.advisor.views import bp as advisor_bp
from web.button import ButtonForm
from web.languages import _
from web.security.attempts import limit
from web.wiring import services
from web.words import number

KIBIBYTE = 1024


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file on the page: its name, and who brought it when; `size` in words."""

    uid: str
    name: str
    size: str
    who: str
    when: str


@advisor_bp.errorhandler(RequestEntityTooLarge)
@client_bp.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> tuple[str, int]:
    """Says how large a file may be."""
    return render_template("advisor/too_large.html", back=request.path), 413


@both_sides("/bestanden", methods=["GET", "POST"], takes_file=True)
def files(side: Side) -> Answer:
    """The files; a POST puts one more in the dossier."""
    form, is_writing = FileForm(), request.method == "POST"
    if is_writing:
        limit("evidence")
    is_sound = form.validate_on_submit()  # reads the file before the door, behind which others wait
    with side.door("files", WRITABLE if is_writing else READABLE) as opened:
        if is_sound:
            return _kept(side, opened, form)
        page = {"lines": _lines(opened), "can_write": opened.dossier.standing(services().today()) in WRITABLE}
    return render_template("advisor/files.html", form=form, side=side, most=MOST_FILES, button=ButtonForm(), **page)


@both_sides("/bestanden/<file>")
def fetch_file(side: Side, file: str) -> Response:
    """One file: always to keep, never to show, so that no browser runs what may stand in it."""
    with side.door("files", READABLE) as opened:
        found = file_of(opened.session, opened.dossier, file) or abort(404)
        opened.noted("fetched-file", "files")
        head = Headers({"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"})
        head.set("Content-Disposition", "attachment", filename=found.name)
        return Response(found.content, content_type=found.media_type, headers=head)


@both_sides("/bestanden/<file>/wis", methods=["POST"])
def remove_file(side: Side, file: str) -> Answer:
    """Deletes a file."""
    with side.door("files") as opened:
        if ButtonForm().validate_on_submit() and drop_file(opened.session, opened.dossier, file):
            opened.noted("removed-file", "files")
            flash(_("Het bestand is gewist."))
    return side.back("files")


def _kept(side: Side, opened: Opened, form: FileForm) -> Answer:
    try:
        add_file(opened.session, opened.dossier, form.file.data.filename or "", form.content, opened.actor, opened.now)
        opened.noted("added-file", "files")
        flash(_("Het bestand staat in het dossier."))
    except FilesFull:
        flash(_("Er passen niet meer bestanden in. Wis er eerst een."), "refused")
    return side.back("files")


def _lines(opened: Opened) -> list[FileLine]:
    found = files_of(opened.session, opened.dossier)
    people = names(opened, {one.actor for one in found})
    return [FileLine(one.uid, one.name, _size(one.size_bytes), people[one.actor], moment(one.added_at)) for one in found]


def _size(size_bytes: int) -> str:
    kib = max(size_bytes / KIBIBYTE, 1)
    return f"{number(kib / KIBIBYTE)} MB" if kib >= KIBIBYTE else f"{round(kib)} kB"

"""Own modules: who may do what with them, and where to go after saving."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import abort, flash, make_response, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from catalogue.models import Module, Organisation
from catalogue.overview import organisation_by_slug
from catalogue.publishing.editing import module_to_edit, next_version
from web.languages import _
from web.security.access import Action, allows, current_actor, require
from web.wiring import services

AUTOSAVE = "X-Autosave"
"""The header of what the page saves by itself while somebody writes."""


@contextmanager
def form_session() -> Iterator[Session]:
    """A session for a page with a form: one that writes where the form was sent, else one that reads."""
    database = services().database
    with database.writing() if request.method == "POST" else database.reading() as session:
        yield session


def own_module(session: Session, uid: str, action: Action = Action.EDIT) -> Module:
    """A module that who asks may do `action` with; else the request ends with 404, or 403 where it may be seen."""
    module = module_to_edit(session, uid) or abort(404)
    require(action, module)
    return module


def own_organisation(slug: str, action: Action) -> Organisation:
    """An organisation in which who asks may do `action`; else the request ends with 404 or 403."""
    with services().database.reading() as session:
        found = organisation_by_slug(session, slug) or abort(404)
    require(action, found)
    return found


def may(action: Action, module: Module) -> bool:
    """Whether who asks may do that with a module."""
    return allows(current_actor(), action, module)


def saved(session: Session, module: Module, following: str) -> Response:
    """After saving a part: on to the next one, back to all parts, or nowhere for what the page saves by itself."""
    if request.headers.get(AUTOSAVE):
        return make_response("", 204)
    flash(_("Bewaard. Anderen zien dit pas als u de nieuwe versie online zet.") if next_version(session, module) else _("Bewaard."))
    onward = following if request.form.get("actie") == "verder" else "editor.overview_page"
    return redirect(url_for(onward, uid=module.uid), 303)

"""Routes of the steps of a module: online and off, what was before, and how learners will see it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from catalogue.publishing import editing
from catalogue.publishing.hub_rules import NotApproved
from catalogue.publishing.status import NotPublishable, StepNotAllowed
from catalogue.vocabulary import Status
from web.browse.module_page import module_page
from web.browse.way_back import WayBack
from web.button import ButtonForm
from web.hub import pages
from web.hub.authors import authors, sign
from web.hub.changes import names_in
from web.hub.editor import bp
from web.hub.module_words import CHECKS
from web.hub.own import own_module
from web.languages import _
from web.security.access import Action, current_actor, require
from web.wiring import services

NEED_PUBLISHING = frozenset({Status.PUBLISHED, Status.WITHDRAWN})


@bp.get("/<uid>/voorbeeld")
def preview(uid: str) -> str:
    """The module as learners will see it."""
    parts = services()
    with parts.database.trying() as session:
        module = editing.edited(session, own_module(session, uid), services().now())
        return render_template(
            "browse/module.html",
            module=module,
            page=module_page(session, module, parts.today()),
            back=WayBack(url_for("editor.overview_page", uid=uid), _("Terug naar de module")),
            is_preview=True,
        )


@bp.post("/<uid>/stap")
def step(uid: str) -> Response:
    """Takes a module to another status, or its next version online."""
    parts, wanted = services(), request.form.get("naar", "")
    is_known = wanted in {status.value for status in Status}
    with parts.database.writing() as session:
        module = own_module(session, uid)
        public = is_known and {Status(wanted), module.status} & NEED_PUBLISHING
        require(Action.PUBLISH if public else Action.EDIT, module)
        if is_known and ButtonForm().validate_on_submit():
            try:
                sign(session, editing.step(session, module, Status(wanted), parts.now()), current_actor().account_id)
                flash(_("Gedaan. De module %(status)s.", status=pages.status_words(module.status)))
            except NotPublishable as missing:
                flash(str(CHECKS[missing.checks[0]][1]), "refused")
            except NotApproved:
                flash(_("Het centrale team van de hub moet eerst akkoord geven."), "refused")
            except StepNotAllowed:
                flash(_("Dat kan nu niet. Misschien was een collega u voor."), "refused")
    return redirect(url_for("editor.overview_page", uid=uid), 303)


@bp.post("/<uid>/versie-weg")
def discard(uid: str) -> Response:
    """Throws away what is not online yet."""
    with services().database.writing() as session:
        module = own_module(session, uid)
        if ButtonForm().validate_on_submit():
            editing.discard(session, module)
            flash(_("De nieuwe versie is weg. Wat online stond, staat er nog."))
    return redirect(url_for("editor.overview_page", uid=uid), 303)


@bp.get("/<uid>/versies")
def versions(uid: str) -> str:
    """What was before: each step with who took it, when, and what it changed."""
    with services().database.reading() as session:
        module = own_module(session, uid)
        steps = editing.revisions(session, module)
        names = names_in(session, [document for one in steps for document in (one.document, one.before)])
        lines = pages.revision_lines(steps, authors(session, [one.id for one in steps]), names)
    return render_template("hub/versions.html", uid=uid, title=module.title, lines=lines)

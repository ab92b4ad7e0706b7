"""Routes of the own list. Buttons on cards work before anything is known of a visitor; the list begins with the first press."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from catalogue.modules import module_of_edition, published_modules
from web.languages import _
from web.lists import keeping
from web.lists.forms import ItemForm, ListForm
from web.lists.presenters import list_page
from web.lists.saved import ListFull
from web.presentation import is_local
from web.security.origin import token_or_origin
from web.wiring import services

bp = Blueprint("lists", __name__)


def back(module: str = "") -> Response:
    """To the page where the button was, at that button; to the list for who came from nowhere."""
    target = request.form.get("verder", "")
    if not is_local(target):
        return redirect(url_for("lists.overview"), 303)
    return redirect(f"{target.partition('#')[0]}#bewaar-{module}" if module else target, 303)


@bp.route("/lijst", methods=["GET", "POST"])
def overview() -> str | Response:
    """The kept modules; a POST keeps the note and the edition of one."""
    form, parts = ItemForm(), services()
    if form.validate_on_submit():
        keeping.change(lambda kept: kept.changed(form.module.data, note=form.note.data, edition=form.edition.data))
        return redirect(url_for(".overview") + f"#lijst-{form.module.data}", 303)
    kept, removed = keeping.own_list(), keeping.removed_last()
    with parts.database.reading() as session:
        modules = published_modules(session, [item.module for item in (*kept.items, *removed.items)])
        page = list_page(kept, removed, modules, parts.today())
    return render_template("lists/overview.html", page=page, form=form, list_form=ListForm())


@bp.post("/lijst/bewaar")
@token_or_origin
def save() -> Response:
    """Keeps the module of the button `module`, or the edition of the button `uitvoering` with its module."""
    uid, edition = request.form.get("module", ""), request.form.get("uitvoering", "")
    with services().database.reading() as session:
        module = module_of_edition(session, edition) if edition else published_modules(session, [uid]).get(uid)
        found = module.uid if module else ""
    if not found:
        flash(_("Deze module staat niet meer op de site."))
        return back()
    try:
        keeping.change(lambda kept: kept.with_module(found, edition))
    except ListFull as full:
        flash(_("Uw lijst is vol. Er passen %(most)s modules op. Haal er eerst een weg.", most=full.most))
        return redirect(url_for(".overview"), 303)
    return back(found)


@bp.post("/lijst/haal-weg")
@token_or_origin
def remove() -> Response:
    """Takes one module off the list."""
    uid = request.form.get("module", "")
    keeping.remove([uid])
    return back(uid if uid in keeping.removed_last() else "")


@bp.post("/lijst/leeg")
def empty() -> Response:
    """Takes everything off the list."""
    if ListForm().validate_on_submit():
        keeping.remove([item.module for item in keeping.own_list().items])
    return redirect(url_for(".overview"), 303)


@bp.post("/lijst/zet-terug")
def put_back() -> Response:
    """Undoes the last removal."""
    if ListForm().validate_on_submit():
        keeping.put_back()
    return redirect(url_for(".overview"), 303)

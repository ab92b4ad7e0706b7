"""Routes of the own list. Buttons on cards work before anything is known of a visitor; the list begins with the first press."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from catalogue.models import Event
from catalogue.modules import module_of_edition, saved_modules, starts_of, titles_of
from web.browse.cards import card
from web.browse.way_back import WayBack, way_back
from web.button import ButtonForm
from web.counting import happened_to_kept
from web.languages import _, ngettext
from web.learner.answers import Answers
from web.learner.profile import learner_profile
from web.lists import keeping
from web.lists.compare import MOST_COMPARED, Addresses, side_by_side, to_compare
from web.lists.forms import ItemForm
from web.lists.presenters import list_page
from web.lists.saved import MAX_ITEMS, ListFull, SavedItem
from web.presentation import is_local
from web.security.origin import token_or_origin
from web.wiring import services

bp = Blueprint("lists", __name__)
PUBLIC = Addresses(lambda module: url_for("browse.module", slug=module.slug), lambda slugs: url_for("lists.compare", m=slugs))


@bp.errorhandler(ListFull)
def full(_error: ListFull) -> Response:
    """Says that something must go first."""
    flash(_("Uw lijst is vol. Er passen %(most)s modules op. Haal er eerst een weg.", most=MAX_ITEMS), "refused")
    return redirect(url_for(".overview"), 303)


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
        with parts.database.reading() as reading:
            edition, start = next(iter(starts_of(reading, [form.edition.data]).items()), ("", ""))
        keeping.change(lambda kept: kept.changed(form.module.data, note=form.note.data, edition=edition, start=start))
        return redirect(url_for(".overview") + f"#lijst-{form.module.data}", 303)
    kept, removed = keeping.own_list(), keeping.removed_last()
    with parts.database.reading() as reading:
        modules = saved_modules(reading, [item.module for item in (*kept.items, *removed.items)])
        titles = titles_of(reading, [item.module for item in kept.items])
        page = list_page(kept, removed, modules, titles, parts.today())
    return render_template("lists/overview.html", page=page, form=form, list_form=ButtonForm())


@bp.get("/vergelijk")
def compare() -> str:
    """Two to four modules side by side; for another number, a choice among them. Who ticked none on the list means all of it."""
    parts, answers = services(), Answers.from_session(session)
    with parts.database.reading() as reading:
        chosen = to_compare(reading, request.args.getlist("m"))
        listed = [item.module for item in keeping.own_list().items] if "lijst" in request.args and not chosen else []
        modules = chosen or list(dict.fromkeys(saved_modules(reading, listed).values()))
        if not 2 <= len(modules) <= MOST_COMPARED:
            cards = [card(module, parts.today()) for module in modules]
            return render_template("lists/choose.html", cards=cards, is_chosen=bool(chosen), most=MOST_COMPARED)
        happened_to_kept(Event.COMPARED, [], modules)
        page = side_by_side(reading, modules, learner_profile(reading, answers), PUBLIC, has_goal=answers.has_goal)
    own = WayBack(url_for(".overview"), _("Mijn lijst"))
    return render_template("lists/compare.html", page=page, back=way_back(own))


@bp.post("/lijst/bewaar")
@token_or_origin
def save() -> Response:
    """Keeps the module of the button `module`, or the edition of the button `uitvoering` with its module."""
    uid, edition = request.form.get("module", ""), request.form.get("uitvoering", "")
    with services().database.reading() as reading:
        module = module_of_edition(reading, edition) if edition else saved_modules(reading, [uid]).get(uid)
        item = SavedItem(module.uid, edition, starts_of(reading, [edition]).get(edition, "")) if module else None
    if module is None or item is None:
        flash(_("Deze module staat niet meer op de site."), "refused")
        return back()
    keeping.change(lambda kept: kept.with_item(item))
    happened_to_kept(Event.SAVED, [item], [module])
    return back(item.module)


@bp.post("/lijst/bewaar-leerroute")
@token_or_origin
def save_path() -> Response:
    """Keeps the modules of a path, each with its edition, the first one on top."""
    stops = list(zip(request.form.getlist("module"), request.form.getlist("uitvoering"), strict=False))[:MAX_ITEMS]
    with services().database.reading() as reading:
        modules = saved_modules(reading, [uid for uid, _edition in stops])
        starts = {one.uid: str(one.start) for module in modules.values() for one in module.editions}
    found = [SavedItem(uid, edition if edition in starts else "", starts.get(edition, "")) for uid, edition in stops if uid in modules]
    keeping.change(lambda kept: kept.with_items(found))
    happened_to_kept(Event.SAVED, found, modules.values())
    flash(ngettext("%(num)s module van uw route staat op uw lijst.", "%(num)s modules van uw route staan op uw lijst.", len(found)))
    return redirect(url_for(".overview"), 303)


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
    if ButtonForm().validate_on_submit():
        keeping.remove([item.module for item in keeping.own_list().items])
    return redirect(url_for(".overview"), 303)


@bp.post("/lijst/zet-terug")
def put_back() -> Response:
    """Undoes the last removal."""
    if ButtonForm().validate_on_submit():
        keeping.put_back()
    return redirect(url_for(".overview"), 303)

"""Routes of the runs of a module: when, where and for how much."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from catalogue.places import asked_place, places_by_slug
from catalogue.publishing import editing
from catalogue.publishing.places import place_slug
from catalogue.publishing.values import EditionValues, ModuleValues
from web.button import ButtonForm
from web.hub import pages
from web.hub.editor import bp
from web.hub.forms import FREE, KNOWN, UNKNOWN, RunForm
from web.hub.own import form_session, own_module, saved
from web.languages import _
from web.wiring import services


@bp.get("/<uid>/uitvoeringen")
def runs(uid: str) -> str:
    """All runs of a module."""
    with services().database.reading() as session:
        values = editing.edited_values(session, own_module(session, uid))
        lines = pages.run_lines(values, place_names(session, values))
    has_dates = any(line.is_dated for line in lines)
    return render_template("hub/runs.html", uid=uid, title=values["title"], lines=lines, has_dates=has_dates, form=ButtonForm())


@bp.route("/<uid>/uitvoeringen/nieuw", methods=["GET", "POST"])
@bp.route("/<uid>/uitvoeringen/<int:at>", methods=["GET", "POST"])
def run(uid: str, at: int | None = None) -> str | Response:
    """One run: a new one, a changed one, or a copy of another (`als`)."""
    with form_session() as session:
        module = own_module(session, uid)
        values = editing.edited_values(session, module)
        example = at if at is not None else request.args.get("als", type=int)
        shown = _run_at(values, example)
        form = RunForm(data=_run_data(shown, place_names(session, values)) if shown else None)
        form.near.asked = asked_place(session, form.near.data or "")
        if form.validate_on_submit():
            wanted = form.values(place_slug(session, form.near.data or "") or "")
            kept = ModuleValues(editions=editing.with_run(values, at, wanted))
            editing.keep(session, module, kept, services().now())
            return saved(session, module, "editor.runs")
    return render_template("hub/run.html", uid=uid, title=values["title"], form=form, at=at)


@bp.post("/<uid>/uitvoeringen/<int:at>/weg")
def remove_run(uid: str, at: int) -> Response:
    """Takes one run away."""
    with form_session() as session:
        module = own_module(session, uid)
        values = editing.edited_values(session, module)
        if ButtonForm().validate_on_submit() and _run_at(values, at):
            kept = ModuleValues(editions=editing.with_run(values, at, None))
            editing.keep(session, module, kept, services().now())
            flash(_("De uitvoering is weg."))
    return redirect(url_for("editor.runs", uid=uid), 303)


def _run_at(values: ModuleValues, at: int | None) -> EditionValues | None:
    """The run at a position; None without one. Ends the request with 404 where there is none."""
    if at is None:
        return None
    return values["editions"][at] if 0 <= at < len(values["editions"]) else abort(404)


def place_names(session: Session, values: ModuleValues) -> dict[str, str]:
    """The names of the places where the runs are, by slug."""
    found = places_by_slug(session, {run.place for run in values["editions"] if run.place})
    return {run.place: found[run.place].name if run.place in found else run.place for run in values["editions"] if run.place}


def _run_data(shown: EditionValues, places: dict[str, str]) -> dict[str, object]:
    price = UNKNOWN if shown.price_cents is None else KNOWN if shown.price_cents else FREE
    return {
        "start": str(shown.start.type),
        "on": shown.start.on,
        "every_weeks": shown.start.every_weeks,
        "when_enrolled": shown.start.when_enrolled,
        "weeks": shown.weeks,
        "format": str(shown.format),
        "near": places.get(shown.place, ""),
        "day_parts": list(shown.day_parts),
        "price": price,
        "price_eur": shown.price_cents / 100 if shown.price_cents else None,
        "capacity": shown.capacity,
        "minimum_group": shown.minimum_group,
    }

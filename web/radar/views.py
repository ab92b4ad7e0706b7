"""Routes of the radar."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from catalogue.counting.cells import LEAST
from catalogue.counting.radar import Choice, provinces
from catalogue.overview import all_themes
from web.downloads import csv_file
from web.radar.forms import RadarForm
from web.radar.sections import SECTIONS
from web.wiring import services

bp = Blueprint("radar", __name__, url_prefix="/radar")


@bp.get("")
def overview() -> str:
    """All parts of the radar."""
    with services().database.reading() as session:
        form, choice = _asked(session)
        sections = [make(session, choice) for make in SECTIONS.values()]
    return render_template("radar/overview.html", form=form, sections=sections, parameters=form.parameters(choice), least=LEAST)


@bp.get("/<part>.csv")
def table(part: str) -> Response:
    """One part as a file, with the same choice."""
    make = SECTIONS.get(part) or abort(404)
    with services().database.reading() as session:
        section = make(session, _asked(session)[1])
    return csv_file(f"radar-{part}", section.header, [[cell.text for cell in row] for row in section.rows])


def _asked(session: Session) -> tuple[RadarForm, Choice]:
    form, regions, themes = RadarForm(request.args), provinces(session), all_themes(session)
    form.offer(regions, themes)
    return form, form.choice(regions, themes, services().today())

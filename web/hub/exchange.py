"""What other systems read of a module, as a page of the editor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, url_for

from catalogue.exchange.ooapi.gaps import OPEN_ON_PAGES, TOLD, Gap, gaps
from catalogue.publishing import editing
from web.hub.editor import bp
from web.hub.module_words import EXCHANGE_GAPS
from web.hub.own import own_module
from web.languages import _
from web.wiring import services


@dataclass(frozen=True, slots=True)
class GapLine:
    """Something that is empty or said by us; `address` is where one can fill it in, "" where one cannot.

    `names` are what the field is called there, each with where it is called so.
    """

    text: str
    address: str
    names: Sequence[tuple[str, str]]


@bp.get("/<uid>/uitwisseling")
def exchange(uid: str) -> str:
    """What other systems find empty in this module, and where we say something because the provider does not."""
    with services().database.trying() as session:
        module = editing.edited(session, own_module(session, uid), services().now())
        found, title = gaps(module), module.title
    empty = [gap_line(uid, gap) for gap in found if not TOLD[gap].is_guessed]
    ours = [gap_line(uid, gap) for gap in found if TOLD[gap].is_guessed]
    return render_template("hub/exchange.html", uid=uid, title=title, empty=empty, ours=ours)


def gap_line(uid: str, gap: Gap) -> GapLine:
    """One gap in words."""
    part, text = EXCHANGE_GAPS[gap]
    told = TOLD[gap]
    names = [(told.v5, "Open Onderwijs API")]
    if told.v5 != told.v6:
        names = [(told.v5, _("Open Onderwijs API, versie 5")), (told.v6, _("Open Onderwijs API, versie 6"))]
    names.append((told.schema_org, _("schema.org, daar leeg") if gap in OPEN_ON_PAGES else "schema.org"))
    return GapLine(str(text), url_for(f"editor.{part}", uid=uid) if part else "", [one for one in names if one[0]])

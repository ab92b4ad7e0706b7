"""What other systems read of a module, as a page of the editor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, url_for

from catalogue.exchange.ooapi.gaps import TOLD, Gap, gaps
from catalogue.publishing import editing
from web.accounts.models import RoleName
from web.hub.own import own_module
from web.hub.series import bp
from web.hub.words import EXCHANGE_GAPS
from web.security.access import role_required
from web.wiring import services

__all__ = ["bp"]


@dataclass(frozen=True, slots=True)
class GapLine:
    """Something that is empty or said by us; `address` is where one can fill it in, "" where one cannot.

    `names` are what the field is called there, each with the version that calls it so; 0 for both.
    """

    text: str
    address: str
    names: Sequence[tuple[str, int]]


@bp.get("/<uid>/uitwisseling")
@role_required(RoleName.HUB)
def exchange(uid: str) -> str:
    """What other systems find empty in this module, and where we say something because the provider does not."""
    with services().database.trying() as session:
        module = editing.edited(session, own_module(session, uid))
        found, title = gaps(module), module.title
    empty = [gap_line(uid, gap) for gap in found if not TOLD[gap].is_guessed]
    ours = [gap_line(uid, gap) for gap in found if TOLD[gap].is_guessed]
    return render_template("hub/exchange.html", uid=uid, title=title, empty=empty, ours=ours)


def gap_line(uid: str, gap: Gap) -> GapLine:
    """One gap in words."""
    part, text = EXCHANGE_GAPS[gap]
    told = TOLD[gap]
    names = [(told.v5, 0)] if told.v5 == told.v6 else [(told.v5, 5), (told.v6, 6)]
    return GapLine(str(text), url_for(f"editor.{part}", uid=uid) if part else "", [one for one in names if one[0]])

"""Routes for those who publish modules."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from flask import Blueprint, render_template, request
from sqlalchemy.orm import Session

from catalogue import overview
from catalogue.models import Organisation
from catalogue.publishing import approvals, desk
from catalogue.publishing.hub_rules import teams_of
from catalogue.publishing.owners import open_questions
from web.browse.addresses import asked_page, paging
from web.hub.desk_forms import DeskForm
from web.hub.presenters import start_page
from web.joining.asking import count_waiting
from web.security.access import Action, allows, current_actor
from web.wiring import services

PER_PAGE = 50

bp = Blueprint("hub", __name__, url_prefix="/hub")


@bp.get("")
def start() -> str:
    """One's own organisations, and a page of their modules: where they stand and what they lack."""
    actor, today = current_actor(), services().today()
    with services().database.reading() as session:
        organisations = overview.organisations(session, None if actor.is_admin else actor.organisation_ids)
        ids = [one.id for one in organisations]
        form = DeskForm(request.args, desk.count_lacking(session, ids, today))
        total = desk.count_on_desk(session, ids, form.wanted, today)
        pages = max(1, ceil(total / PER_PAGE))
        number = asked_page(pages)
        modules = desk.modules_on_desk(session, ids, form.wanted, today, PER_PAGE, (number - 1) * PER_PAGE)
        page = start_page(
            organisations,
            modules,
            overview.count_by_status(session, ids),
            waiting=desk.waiting_ids(session, [one.id for one in modules]),
            **_may_do(session, organisations),
        )
    turning = paging("hub.start", form.parameters(), number, pages)
    return render_template("hub/start.html", page=page, form=form, total=total, paging=turning)


def _may_do(session: Session, organisations: Sequence[Organisation]) -> dict[str, Any]:
    """What somebody may do for which of these organisations, and what waits for an answer there."""
    actor = current_actor()
    publishing = [one for one in organisations if allows(actor, Action.PUBLISH, one)]
    ids = [one.id for one in publishing]
    return {
        "managed": [one for one in organisations if allows(actor, Action.MANAGE, one)],
        "publishing": publishing,
        "teams": [(team, len(approvals.waiting(session, team.hub_id))) for team in teams_of(session, ids)],
        "questions": open_questions(session, ids),
        "n_asking": count_waiting(session) if actor.is_admin else 0,
    }

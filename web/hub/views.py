"""Routes for those who publish modules."""

from __future__ import annotations

from flask import Blueprint, render_template

from catalogue import overview
from catalogue.publishing.hub_rules import teams_of
from catalogue.publishing.owners import open_questions
from web.accounts.models import RoleName
from web.hub.presenters import start_page
from web.security.access import Action, allows, current_actor, role_required
from web.wiring import services

SHOWN_MODULES = 200

bp = Blueprint("hub", __name__, url_prefix="/hub")


@bp.get("")
@role_required(RoleName.HUB)
def start() -> str:
    """One's own organisations, and where their modules stand."""
    actor = current_actor()
    with services().database.reading() as session:
        organisations = overview.organisations(session, None if actor.is_admin else actor.organisation_ids)
        ids = [one.id for one in organisations]
        publishing = [one for one in organisations if allows(actor, Action.PUBLISH, one)]
        page = start_page(
            organisations,
            overview.modules_of_organisations(session, ids, SHOWN_MODULES),
            overview.count_by_status(session, ids),
            managed=[one for one in organisations if allows(actor, Action.MANAGE, one)],
            publishing=publishing,
            teams=teams_of(session, [one.id for one in publishing]),
            questions=open_questions(session, [one.id for one in publishing]),
        )
    return render_template("hub/start.html", page=page)

"""Routes for everyone: the demands that wait, as a list and as a file, and one of them."""

from __future__ import annotations

from math import ceil

from flask import Blueprint, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from catalogue.demands.reading import DemandFilter, demand_regions, demands_online
from catalogue.models import Demand
from catalogue.modules import modules_by_id
from catalogue.overview import all_themes, modules_of_organisations
from catalogue.skills.reads import skills_by_id
from catalogue.vocabulary import Status
from matching.demands import outlook
from web.accounts.demand_model import FiledDemand
from web.browse.addresses import address, asked_page, paging
from web.button import ButtonForm
from web.demands import presenters
from web.demands.forms import AnswerForm, DemandSearchForm
from web.demands.own import filed_demand, is_helper, own_organisations
from web.demands.sides import sides_of
from web.demands.table_file import COLUMNS, cells
from web.downloads import csv_file
from web.security.access import Action
from web.wiring import services

PER_PAGE = 20
MOST_IN_FILE = 5_000
SHOWN_MODULES = 5
OWN_MODULES = 300

bp = Blueprint("demands", __name__, url_prefix="/leervragen")


@bp.get("")
def overview() -> str:
    """The demands that nothing has answered yet, or that somebody looks for."""
    number = asked_page()
    with services().database.reading() as session:
        form = DemandSearchForm(request.args, demand_regions(session), all_themes(session))
        found, total = demands_online(session, form.wanted, PER_PAGE, (number - 1) * PER_PAGE)
        lines = [_line(demand) for demand in found]
    return render_template(
        "demands/overview.html",
        form=form,
        lines=lines,
        total=total,
        paging=paging("demands.overview", form.parameters(), number, max(1, ceil(total / PER_PAGE))),
        file=address("demands.as_csv", form.parameters()),
    )


def _line(demand: Demand) -> presenters.DemandLine:
    parts = services()
    return presenters.demand_line(demand, outlook(parts.matcher, demand, parts.today(), 1))


@bp.get("/leervragen.csv")
def as_csv() -> Response:
    """The same demands as a table for a spreadsheet."""
    with services().database.reading() as session:
        wanted: DemandFilter = DemandSearchForm(request.args, (), ()).wanted
        found, _total = demands_online(session, wanted, MOST_IN_FILE)
        return csv_file("leervragen", COLUMNS, map(cells, found), delimiter=",")


@bp.get("/<uid>")
def demand(uid: str) -> str:
    """One demand: what it asks, what exists already, what remains, and what was brought as an answer."""
    with services().database.reading() as session:
        filed = filed_demand(session, uid, Action.VIEW)
        own = own_organisations(session)
        page = _page(session, filed, frozenset(one.id for one in own))
        sides, answer = sides_of(filed, own), AnswerForm()
        answer.module.choices = _modules_to_bring(session, (sides.can_answer and [one.id for one in own]) or [])
        contact = filed.owner.contact_email if filed.owner and is_helper(filed.demand) else ""
    return render_template(
        "demands/demand.html",
        page=page,
        sides=sides,
        own=own,
        answer=answer,
        form=ButtonForm(),
        contact=contact,
        is_example=filed.demand.is_example,
    )


def _page(session: Session, filed: FiledDemand, own_ids: frozenset[int]) -> presenters.DemandPage:
    parts = services()
    found = outlook(parts.matcher, filed.demand, parts.today(), SHOWN_MODULES)
    modules = modules_by_id(session, found.result.named_modules())
    skills = skills_by_id(session, found.result.named_skills())
    return presenters.demand_page(filed.demand, found, modules, skills, parts.today(), own_ids=own_ids)


def _modules_to_bring(session: Session, organisation_ids: list[int]) -> list[tuple[str, str]]:
    """One's own modules that are online, as choices by title."""
    own = modules_of_organisations(session, organisation_ids, OWN_MODULES) if organisation_ids else ()
    return sorted(((one.uid, one.title) for one in own if one.status is Status.PUBLISHED), key=lambda pair: pair[1].casefold())

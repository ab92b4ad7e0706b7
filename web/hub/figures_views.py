"""Routes for who works at a provider: how often its modules are seen, and what follows."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response
from wtforms import Form, SelectField
from wtforms.fields import SelectChoice

from catalogue.counting.cells import week_of
from catalogue.counting.figures import provider_figures, provider_weeks
from catalogue.models import Event
from web.downloads import csv_file
from web.hub.figures import EVENTS, figures_page, rows
from web.hub.own import own_organisation
from web.languages import lazy_gettext
from web.security.access import Action
from web.wiring import services

PERIODS = {4: lazy_gettext("4 weken"), 12: lazy_gettext("12 weken"), 52: lazy_gettext("een jaar")}

bp = Blueprint("figures", __name__, url_prefix="/hub/organisaties/<slug>/cijfers")


class FiguresForm(Form):  # type: ignore[misc]
    """Over how long, and what the charts are about; what is not among the choices is taken as the first."""

    weken = SelectField(
        lazy_gettext("Over hoe lang?"),
        choices=[SelectChoice(*one) for one in PERIODS.items()],
        coerce=int,
        default=4,
        validate_choice=False,
    )
    wat = SelectField(
        lazy_gettext("Wat ziet u in de grafiek?"),
        choices=[SelectChoice(*one) for one in EVENTS.items()],
        default=Event.SEEN,
        validate_choice=False,
    )

    @property
    def event(self) -> Event:
        """What the charts are about."""
        return Event(self.wat.data) if self.wat.data in set(Event) else Event.SEEN

    @property
    def first_day(self) -> date:
        """A Monday: this week is the last one."""
        weeks = self.weken.data if self.weken.data in PERIODS else min(PERIODS)
        return week_of(services().today()) - timedelta(weeks=weeks - 1)


@bp.get("")
def overview(slug: str) -> str:
    """Charts and a table of every module."""
    organisation, form, today = own_organisation(slug, Action.EDIT), FiguresForm(request.args), services().today()
    with services().database.reading() as session:
        found = provider_figures(session, organisation.id, form.first_day, today)
        page = figures_page(found, provider_weeks(session, organisation.id, form.event, form.first_day, today), form.event)
    return render_template("hub/figures.html", organisation=organisation, form=form, page=page, event=EVENTS[form.event])


@bp.get("/cijfers.csv")
def table(slug: str) -> Response:
    """The same as a file."""
    organisation, form = own_organisation(slug, Action.EDIT), FiguresForm(request.args)
    with services().database.reading() as session:
        header, lines = rows(provider_figures(session, organisation.id, form.first_day, services().today()))
    return csv_file(f"cijfers-{organisation.slug}", header, lines)

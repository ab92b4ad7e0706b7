"""The figures of a provider: right, for its members only, and nothing below five."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.counting.figures import FEWEST_OTHERS, provider_figures, provider_weeks
from catalogue.counting.writing import add_module_counts
from catalogue.models import Event, Module
from catalogue.vocabulary import Status
from tests.accounts import parts_of
from tests.counts import busy, figures_of
from tests.members import signed_in_member
from tests.page_table import MODULE
from tests.pages import get
from web.accounts.models import MemberRole

PAGE = figures_of("curio")


@pytest.fixture
def author(own_seeded_app: Flask) -> FlaskClient:
    return signed_in_member(own_seeded_app, "noor@example.org", "curio", MemberRole.AUTHOR)


def module(session: Session) -> Module:
    return session.scalars(select(Module).where(Module.slug == MODULE)).one()


def file_of(client: FlaskClient, query: str = "") -> dict[tuple[str, str], list[str]]:
    text = client.get(f"{PAGE}/cijfers.csv{query}").get_data(as_text=True).removeprefix("\ufeff")
    return {(row[0], row[1]): row[2:] for row in csv.reader(io.StringIO(text), delimiter=";")}


def test_figures_are_sums_of_the_period_beside_the_median_of_others(own_seeded_app: Flask) -> None:
    parts, today = parts_of(own_seeded_app), parts_of(own_seeded_app).today()
    with parts.database.writing() as session:
        own = module(session)
        is_other = (Module.theme_id == own.theme_id) & (Module.organisation_id != own.organisation_id) & (Module.status == Status.PUBLISHED)
        others = session.scalars(select(Module.id).where(is_other).order_by(Module.id)).all()
        assert len(others) >= FEWEST_OTHERS
        edition = own.editions[0].id
        counts = {
            (own.id, today, Event.SEEN, 0): 7,
            (own.id, today - timedelta(days=27), Event.SEEN, 0): 4,
            (own.id, today - timedelta(days=28), Event.SEEN, 0): 100,
            (own.id, today, Event.MATCHED, edition): 9,
            (own.id, today, Event.MATCHED, 0): 1,
        }
        half = len(others) // 2 + 1
        add_module_counts(session, counts | {(other, today, Event.SEEN, 0): 40 + place for place, other in enumerate(others[:half])})
    with parts.database.reading() as session:
        own = module(session)
        found = {one.module.id: one for one in provider_figures(session, own.organisation_id, today - timedelta(days=27), today)}
        weeks = provider_weeks(session, own.organisation_id, Event.SEEN, today - timedelta(days=27), today)
    figures = found[own.id]
    assert (figures.totals[Event.SEEN], figures.totals[Event.MATCHED], figures.totals[Event.ASKED]) == (11, 10, 0)
    assert figures.by_edition == {edition: {Event.MATCHED: 9}}
    assert figures.others[Event.SEEN] == (40 if len(others) % 2 else 20), "the module in the middle, those with nothing counted too"
    assert figures.others[Event.SAVED] == 0
    assert list(weeks.values()) == [4, 0, 0, 0, 7]


def test_a_theme_with_few_others_has_no_median(own_seeded_app: Flask) -> None:
    parts = parts_of(own_seeded_app)
    with parts.database.writing() as session:
        own = module(session)
        others = session.scalars(select(Module).where(Module.theme_id == own.theme_id, Module.organisation_id != own.organisation_id)).all()
        for other in others[FEWEST_OTHERS - 1 :]:
            other.status = Status.WITHDRAWN
    with parts.database.reading() as session:
        found = {one.module.id: one for one in provider_figures(session, own.organisation_id, parts.today(), parts.today())}
    assert found[own.id].others == {}


def test_the_page_and_its_file_say_the_same(own_seeded_app: Flask, author: FlaskClient) -> None:
    busy(own_seeded_app)
    page = get(author, f"{PAGE}?weken=12&wat=saved")
    assert page.text("h1") == "Cijfers van Curio"
    assert len(page.with_class("lw-chart")) == 2
    rows = file_of(author, "?weken=12")
    header = rows.pop(("Module", "Uitvoering"))
    assert header[:5] == ["gezien", "past bij iemand", "bewaard", "vergeleken", "doorgeklikt"]
    assert len(rows) == len(page.all("tbody")[-1].findall("tr"))
    title = next(name for name, edition in rows if not edition)
    [row] = [one for one in page.all("tbody")[-1].iter("tr") if "".join(one[0].itertext()).strip() == title]
    shown = [" ".join("".join(cell.itertext()).split()) for cell in row[1:]]
    assert shown == [f"{mine} ({others})" for mine, others in zip(rows[title, ""][:5], rows[title, ""][5:], strict=True)]
    assert get(author, "/hub").all("a", href=PAGE)


def test_nothing_below_five_is_told(own_seeded_app: Flask, author: FlaskClient) -> None:
    parts = parts_of(own_seeded_app)
    with parts.database.writing() as session:
        own = module(session)
        add_module_counts(session, {(own.id, parts.today(), event, 0): number for number, event in enumerate(Event)})
        title = own.title
    assert file_of(author)[title, ""][:5] == ["0", *["minder dan 5"] * 4]
    page = get(author, f"{PAGE}?wat=asked")
    assert "Er is nog te weinig om te tekenen." in page.text("main")
    assert page.with_class("lw-chart") == []


@pytest.mark.parametrize("query", ["weken=0&wat=niets", "weken=x", "weken=999999999999", "wat="])
def test_nonsense_counts_as_the_first_choice(author: FlaskClient, query: str) -> None:
    assert get(author, f"{PAGE}?{query}").text("h1") == "Cijfers van Curio"


def test_only_members_see_them(own_seeded_app: Flask, author: FlaskClient) -> None:
    stranger = signed_in_member(own_seeded_app, "elders@example.org", "avans", MemberRole.MANAGER)
    routes = [rule for rule in own_seeded_app.url_map.iter_rules() if rule.endpoint.startswith("figures.")]
    assert len(routes) == 2
    for rule in routes:
        path = own_seeded_app.url_map.bind("").build(rule.endpoint, {"slug": "curio"})
        assert author.get(path).status_code == 200
        assert stranger.get(path).status_code == 403
        assert own_seeded_app.test_client().get(path).location == f"/inloggen?next={path}"
        assert author.get(path.replace("curio", "bestaat-niet")).status_code == 404

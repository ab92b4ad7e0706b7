"""The radar: what is looked for in vain, what is offered and what others expect; and that no number below five comes out of it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from catalogue.counting.cells import LEAST, week_of
from catalogue.counting.writing import VainKey
from catalogue.models import Demand, DemandSkill, Forecast, Skill, Theme, Vain
from catalogue.vocabulary import DemandStatus, Sector
from tests.accounts import command, parts_of
from tests.conftest import NOW
from tests.counts import FORECASTS, busy, with_forecasts
from tests.pages import get
from web.radar.forms import USUAL_WEEKS, WEEKS
from web.radar.sections import SECTIONS

PARTS = tuple(SECTIONS)
IN_VAIN = ("gezocht", "doelen", "verloop", "leervragen")


@pytest.fixture
def cells(own_seeded_app: Flask) -> dict[VainKey, int]:
    return busy(own_seeded_app)


@pytest.fixture
def visitor(own_seeded_app: Flask) -> FlaskClient:
    return own_seeded_app.test_client()


def file_of(client: FlaskClient, part: str, **choice: object) -> list[list[str]]:
    answer = client.get(f"/radar/{part}.csv", query_string=choice)
    assert answer.status_code == 200
    assert answer.content_type == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff")), delimiter=";"))


def choices(app: Flask) -> Iterator[dict[str, object]]:
    with parts_of(app).database.reading() as session:
        slugs = session.scalars(select(Theme.slug).order_by(Theme.id).limit(3)).all()
    for regio, thema, niveau, weken in product(["", "Limburg", "Noord-Brabant"], ["", *slugs], ["", *Sector], WEEKS):
        yield {"regio": regio, "thema": thema, "niveau": niveau, "weken": weken}


def numbers_in(rows: list[list[str]]) -> list[int]:
    """The numbers of visitors of a file: the second column, and of the weeks the third too."""
    is_weekly = rows[0][0] == "Week van"
    return [int(cell.replace(".", "")) for row in rows[1:] for cell in row[1 : 3 if is_weekly else 2] if cell]


def test_no_choice_brings_out_a_number_below_five(own_seeded_app: Flask, visitor: FlaskClient, cells: dict[VainKey, int]) -> None:
    assert min(cells.values()) < LEAST <= max(cells.values())
    found: dict[tuple[object, ...], dict[str, int]] = {}
    for choice in choices(own_seeded_app):
        for part in IN_VAIN:
            rows = file_of(visitor, part, **choice)
            assert all(number >= LEAST for number in numbers_in(rows)), (choice, part)
            found[(part, *choice.values())] = {row[0]: int((row[1] or "0").replace(".", "")) for row in rows[1:]}
    compared = 0
    for (part, regio, thema, niveau, weken), numbers in found.items():  # no difference between two choices either
        wider = [
            (part, "", thema, niveau, weken),
            (part, regio, "", niveau, weken),
            (part, regio, thema, "", weken),
            (part, regio, thema, niveau, 52),
        ]
        for other in wider:
            for what, number in numbers.items():
                difference = found[other].get(what, 0) - number
                assert difference == 0 or difference >= LEAST, (part, what, other)
                compared += difference > 0
    assert compared > 100


def test_the_page_tells_no_more_than_its_files(own_seeded_app: Flask, visitor: FlaskClient, cells: dict[VainKey, int]) -> None:
    assert cells
    drawn = 0
    for choice in list(choices(own_seeded_app))[::7]:
        page = get(visitor, "/radar?" + "&".join(f"{name}={value}" for name, value in choice.items()))
        for part in IN_VAIN:
            [heading] = page.all("h2", id=part)
            section = next(one for one in page.all("section") if heading in list(one.iter()))
            told = {
                int(str(one.text).replace(".", "")) for one in section.iter() if one.get("class") in ("lw-chart__value", "lw-chart__top")
            }
            drawn += len(told)
            rows = file_of(visitor, part, **choice)
            told_by_file = set(numbers_in(rows)) | {sum(numbers_in([rows[0], row])) for row in rows[1:]}
            assert told <= told_by_file, (part, choice)
            assert all(number >= LEAST for number in told)
    assert drawn > 50


def test_what_is_shown_is_the_sum_of_the_large_cells(own_seeded_app: Flask, visitor: FlaskClient, cells: dict[VainKey, int]) -> None:
    first = week_of(parts_of(own_seeded_app).today()) - timedelta(weeks=USUAL_WEEKS - 1)
    sums: Counter[int] = Counter()
    for (week, vain, _region, _theme, _sector, skill, _work), number in cells.items():
        if week >= first and vain is not Vain.SEARCH and number >= LEAST:
            sums[skill] += number
    with parts_of(own_seeded_app).database.reading() as session:
        names = {skill.label_nl: sums[skill.id] for skill in session.scalars(select(Skill).where(Skill.id.in_(sums)))}
    assert {row[0]: int(row[1]) for row in file_of(visitor, "doelen")[1:]} == names
    assert [int(row[1]) for row in file_of(visitor, "doelen")[1:]] == sorted(names.values(), reverse=True)
    limburg = file_of(visitor, "doelen", regio="Limburg", weken=4)
    assert 1 < len(limburg) < len(names)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_part_is_there_with_its_file(visitor: FlaskClient, own_seeded_app: Flask, cells: dict[VainKey, int], language: str) -> None:
    assert cells
    with_forecasts(own_seeded_app)
    visitor.set_cookie("taal", language)
    page = get(visitor, "/radar?regio=Noord-Brabant&weken=26")
    for part in PARTS:
        assert page.all("h2", id=part)
        assert page.all("a", href=f"/radar/{part}.csv?regio=Noord-Brabant&weken=26")
        assert len(file_of(visitor, part, regio="Noord-Brabant", weken=26)) > 1
    assert len(page.with_class("lw-chart")) == 5
    assert visitor.get("/radar/bestaat-niet.csv").status_code == 404


def test_without_anything_counted_it_says_so(visitor: FlaskClient) -> None:
    text = get(visitor, "/radar").text("main")
    assert text.count("Er is nog te weinig om te laten zien.") == 3
    assert "Er zijn nog geen verwachtingen ingelezen." in text


@pytest.mark.parametrize("query", ["regio=Nergens&thema=x&niveau=wo-master&weken=-1", "weken=1e9", "regio=%00&weken=", "weken=4&weken=12"])
def test_nonsense_counts_as_no_choice(visitor: FlaskClient, query: str) -> None:
    everything = get(visitor, "/radar").text("main")
    assert get(visitor, f"/radar?{query}").text("main") == everything != get(visitor, "/radar?regio=Limburg").text("main")


def test_supply_is_that_of_the_choice(own_seeded_app: Flask, visitor: FlaskClient) -> None:
    everything = {row[0]: row[1:] for row in file_of(visitor, "aanbod")[1:]}
    modules, editions, hours, price = everything["lassen"]
    assert int(modules) >= 1
    assert int(editions) >= int(modules)
    assert hours.endswith(" uur")
    assert "€" in price or price == "gratis"
    brabant = {row[0]: row[1:] for row in file_of(visitor, "aanbod", regio="Noord-Brabant")[1:]}
    assert 0 < len(brabant) < len(everything)
    assert all(int(brabant[name][0]) <= int(everything[name][0]) for name in brabant.keys() & everything.keys())
    by_sector = [file_of(visitor, "aanbod", niveau=sector) for sector in Sector]
    assert all(1 < len(rows) <= len(everything) for rows in by_sector)


def kept(app: Flask) -> list[tuple[str, str, int, str]]:
    with parts_of(app).database.reading() as session:
        rows = session.scalars(select(Forecast).order_by(Forecast.id))
        return [(row.source, row.region, row.horizon_year, row.direction) for row in rows]


def bring(app: Flask, tmp_path: Path, content: str) -> tuple[int, str]:
    path = tmp_path / "verwachtingen.csv"
    path.write_text(content, encoding="utf-8")
    result = app.test_cli_runner().invoke(args=["radar", "import", str(path)])
    return result.exit_code, result.output


def test_sources_that_disagree_stand_side_by_side(own_seeded_app: Flask, visitor: FlaskClient) -> None:
    with_forecasts(own_seeded_app)
    told = [(row[0], row[1], row[3], row[5]) for row in file_of(visitor, "verwachtingen")[1:]]
    assert told[:2] == [
        ("lassen", "minder vraag", "Limburg", "Voorbeeldbureau B, 1 oktober 2026"),
        ("lassen", "meer vraag", "heel Nederland", "Voorbeeldbureau A, 1 september 2026"),
    ]
    assert "'=1+1" in visitor.get("/radar/verwachtingen.csv").get_data(as_text=True), "no cell runs as a formula"
    assert get(visitor, "/radar").all("a", href="https://a.example/")
    assert [row[0] for row in file_of(visitor, "verwachtingen", regio="Zeeland")[1:]] == ["lassen", "waterstof"]


def test_a_source_replaces_itself_and_nothing_else(own_seeded_app: Flask, tmp_path: Path) -> None:
    with_forecasts(own_seeded_app)
    header = FORECASTS.splitlines()[0]
    code, output = bring(own_seeded_app, tmp_path, f"{header}\nVoorbeeldbureau B;;1-11-2026;;2031;lassen;stable;low;\n")
    assert (code, output) == (0, "1 forecasts of 1 sources imported.\n")
    assert kept(own_seeded_app) == [("Voorbeeldbureau A", "", 2030, "up"), ("Voorbeeldbureau B", "", 2031, "stable")]
    command(own_seeded_app, "radar", "remove", "Voorbeeldbureau A")
    assert len(kept(own_seeded_app)) == 1
    assert own_seeded_app.test_cli_runner().invoke(args=["radar", "remove", "Niemand"]).exit_code == 1


def test_a_file_with_mistakes_changes_nothing_and_names_each(own_seeded_app: Flask, tmp_path: Path) -> None:
    with_forecasts(own_seeded_app)
    before = kept(own_seeded_app)
    rows = [
        FORECASTS.splitlines()[0],
        "Voorbeeldbureau A;geen-adres;gisteren;Lapland;2199;toveren;omhoog;zeker;",
        "Voorbeeldbureau A;;2026-10-01;;2028;waterstof;meer;hoog;",
        "Voorbeeldbureau A;;2026-10-01;;2028;waterstof;minder;hoog;",
        ";;;;;;;;alleen een opmerking",
    ]
    code, output = bring(own_seeded_app, tmp_path, "\n".join(rows))
    assert code == 1
    assert "er is niets geïmporteerd" in output
    for message in (
        "Rij 2, kolom source_url: 'geen-adres' is geen webadres",
        "Rij 2, kolom published_on: 'gisteren' is geen datum",
        "Rij 2, kolom region: 'Lapland'",
        "Rij 2, kolom horizon_year: 2199 ligt niet tussen 2000 en 2100",
        "Rij 2, kolom skill: 'toveren' is geen vaardigheid",
        "Rij 2, kolom direction: 'omhoog' kennen we niet",
        "Rij 2, kolom confidence: 'zeker' kennen we niet",
        "Rij 4, hele rij: dit staat ook al in rij 3",
        "Rij 5, kolom source: dit is niet ingevuld",
    ):
        assert message in output, output
    assert kept(own_seeded_app) == before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "Bestand, rij 1: er staat niets in."),
        ("source;skill\nx;lassen\n", "kolom published_on: deze kolom ontbreekt. De kolommen zijn: source, skill."),
        (FORECASTS.splitlines()[0], "Heel het bestand: er staat niets in."),
    ],
)
def test_a_file_that_is_no_list_of_forecasts_is_refused(own_seeded_app: Flask, tmp_path: Path, content: str, message: str) -> None:
    code, output = bring(own_seeded_app, tmp_path, content)
    assert code == 1
    assert message in output


def test_what_companies_ask_for_five_people_or_more_is_on_the_radar(own_seeded_app: Flask, visitor: FlaskClient) -> None:
    with parts_of(own_seeded_app).database.writing() as session:
        session.execute(delete(Demand))
        for people, region in ((4, "Utrecht"), (6, "Utrecht"), (7, "Limburg")):
            demand = Demand(title="Monteur", people=people, region=region, status=DemandStatus.OPEN, created_at=NOW, updated_at=NOW)
            skill = session.scalars(select(Skill.id).order_by(Skill.id).offset(0 if people > 4 else 1).limit(1)).one()
            demand.skills = [DemandSkill(skill_id=skill, level_now=0, level_wanted=3)]
            session.add(demand)
    rows = file_of(visitor, "leervragen")[1:]
    assert [row[1:3] for row in rows] == [["13", "2"]], "what four people need is told nowhere"
    assert [row[1:3] for row in file_of(visitor, "leervragen", regio="Limburg")[1:]] == [["7", "1"]]
    assert file_of(visitor, "leervragen", regio="Drenthe")[1:] == []

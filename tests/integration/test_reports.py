"""Advice reports: what they tell, that a version never changes, who reads them, and the mail about them; on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale
from sqlalchemy import inspect, select, update

from catalogue.models import Edition, Module
from tests.accounts import add_account, letters_to, parts_of, sign_in
from tests.conftest import NOW
from tests.dossiers import ADVISOR, CLIENT_EMAIL, Made, advisor, agree, entries, log_on, opened, press
from tests.guidance import give_goal
from tests.pages import Page, get, parsed
from tests.pdf import parsed_pdf
from tests.reports import AGAINST, FOR, GOAL_WORDS, OWN_WORDS, WANTED, WHY, guided, make_report
from web.advisor.guidance_model import Report, Verdict
from web.advisor.intake.talk import Talk, answers_of, keep_intake
from web.advisor.model import Consent, Dossier
from web.advisor.report.text import written
from web.advisor.report.versions import MOST_VERSIONS
from web.advisor.together.choices import choose
from web.documents.document import Text

DEAR_CENTS = 200_000
"""More than any client here has for a route."""

HEADINGS = [
    "Woorden van uw adviseur",
    "Wie u bent",
    "Wat u kunt",
    "Waar u heen wilt",
    "Wat u nog mist",
    "De route die wij adviseren",
    "Wat er ook kan",
    "Wat het kost",
    "Uw eerste stappen",
]


@pytest.fixture
def maker(own_seeded_app: Flask) -> FlaskClient:
    return advisor(own_seeded_app)


@pytest.fixture
def made(own_seeded_app: Flask, maker: FlaskClient) -> Made:
    """A dossier after a guidance, whose client agreed online and has a mail address."""
    dossier = opened(maker, client_email=CLIENT_EMAIL)
    private = agree(own_seeded_app.test_client(), dossier.link)
    guided(own_seeded_app, dossier)
    return Made(dossier.page, private)


def chapters(page: Page) -> list[str]:
    """The headings of the parts of a report on a page."""
    return ["".join(one[0].itertext()) for one in page.with_class("lw-chapter")]


def text_of(page: Page, code: str) -> str:
    """The words of one part."""
    return page.text("section", aria_labelledby=f"deel-{code}")


def test_it_tells_what_the_dossier_holds_own_words_first(maker: FlaskClient, made: Made) -> None:
    answer = make_report(maker, made)
    assert answer.location == f"{made.page}/verslag/1"
    page = get(maker, answer.location)
    assert chapters(page) == HEADINGS
    words = page.text("article")
    assert words.index("begin klein") < words.index(GOAL_WORDS) < words.index("Uw eerste stappen") + len(words)
    assert all(part in text_of(page, "who") for part in ("Werkt nu vier dagen", "kassa", "magazijn", "B1", "Samen iets maken"))
    assert "dat zegt een badge" in text_of(page, "skills")
    learned = ("Werk, 2019: Zes jaar kassa bij de supermarkt", "Dit is nog nodig", "meer dan 5 jaar oud")
    assert all(part in text_of(page, "skills") for part in learned)
    assert all(part in text_of(page, "goal") for part in (GOAL_WORDS, WANTED, "Hoogstens € 900", "12 uur per week", "Vanaf Breda"))
    assert "Bel de school, keer 1" in text_of(page, "steps")
    assert "1 december 2026" in text_of(page, "steps")
    assert all(part in text_of(page, "alternatives") for part in (FOR, AGAINST, WHY, "Ook bekeken", "Niet gekozen"))
    assert "Snelste route" in text_of(page, "alternatives") or "goedkoopst en ook het snelst" in text_of(page, "alternatives")
    assert "Dit is een advies. U kiest zelf." in words
    assert "tot en met 1 november 2027" in words


def test_the_picture_of_the_gap_says_what_the_table_says(maker: FlaskClient, made: Made) -> None:
    page = get(maker, make_report(maker, made).location)
    (chart, _timeline) = page.with_class("lw-picture")
    told = next(one for one in chart if one.get("role") == "img").get("aria-label") or ""
    (table,) = [one for one in page.all("table") if "Alles op een rij" in "".join(one.itertext())]
    rows = [["".join(cell.itertext()) for cell in row] for row in next(table.iter("tbody"))]
    assert len(rows) > 10
    for skill, held, wanted, after in rows[:14]:
        assert f"{skill[0].upper()}{skill[1:]}: nu {held}, na de route {after}, nodig {wanted}." in told
    bars = [one for one in chart.iter("div") if one.get("class") == "lw-bars__row"]
    levels = ["nog niet", "de basis", "met hulp", "zelfstandig", "leert het anderen"]
    for bar, (_skill, held, wanted, after) in zip(bars, rows, strict=False):
        kinds = [(step.get("class") or "").rpartition(" ")[2] for step in list(bar)[1:]]
        assert kinds.count("is-held") == (levels.index(held) if held in levels else 0), "what is not certain is not drawn as held"
        assert kinds.count("is-held") + kinds.count("is-added") == levels.index(after)
        assert 4 - kinds.count("is-beyond") == max(levels.index(wanted), levels.index(after))


def test_costs_add_up_and_say_what_is_not_known(maker: FlaskClient, made: Made) -> None:
    page = get(maker, make_report(maker, made).location)
    (table,) = [one for one in page.all("table") if "Prijs en tijd per module" in "".join(one.itertext())]
    rows = [["".join(cell.itertext()) for cell in row] for row in next(table.iter("tbody"))]
    prices = [row[2] for row in rows]
    known = [float(price.removeprefix("€\xa0").replace(".", "").replace(",", ".")) for price in prices if "€" in price]
    total = "".join(list(next(table.iter("tfoot"))[0])[2].itertext())
    assert f"{sum(known):,.0f}".replace(",", ".") in total
    assert ("zonder prijs" in total) == any(price == "prijs niet bekend" for price in prices)
    assert "Alleen de route kost" not in page.text("main")


def test_what_the_list_adds_to_the_price_of_the_route_is_said(own_seeded_app: Flask, maker: FlaskClient, made: Made) -> None:
    with parts_of(own_seeded_app).database.writing() as session:
        dear = session.scalars(select(Module).join(Module.editions).where(Edition.price_cents > DEAR_CENTS).order_by(Module.id)).first()
        assert dear is not None
        dossier = session.scalars(select(Dossier).where(Dossier.uid == made.uid)).one()
        choose(dossier, dear.uid, Verdict.PINNED, "test", NOW)
    assert "Alleen de route kost" in get(maker, make_report(maker, made).location).text("main")


def test_no_money_and_nothing_reached_are_said_plainly(own_seeded_app: Flask, maker: FlaskClient, made: Made) -> None:
    assert "hoogstens € 900" in get(maker, make_report(maker, made).location).text("main").replace("\xa0", " ")
    with parts_of(own_seeded_app).database.writing() as session:
        dossier = session.scalars(select(Dossier).where(Dossier.uid == made.uid)).one()
        keep_intake(dossier, NOW, answers=answers_of(dossier).changed(budget_eur=0.0))
    text = get(maker, make_report(maker, made).location).text("main")
    assert "U wilt alleen modules die gratis zijn." in text
    assert "hoogstens gratis" not in text
    assert "Bij 0 haalt u" not in text


def test_a_version_never_changes_and_the_next_says_what_did(own_seeded_app: Flask, maker: FlaskClient, made: Made) -> None:
    first = make_report(maker, made).location
    before = get(maker, first).text("article")
    form = get(maker, f"{made.page}/verslag")
    assert form.text("textarea", id="own_words") == " ".join(OWN_WORDS.split()), "the next version goes on from these"
    with parts_of(own_seeded_app).database.writing() as session:
        session.execute(update(Module).values(title="Heel anders"))
    press(maker, f"{made.page}/doel", goal="Toch liever binnen werken", situation="")
    second = make_report(maker, made, own_words="Dit is nieuw.").location
    assert second == f"{made.page}/verslag/2"
    assert get(maker, first).text("article") == before
    page = get(maker, f"{made.page}/verslag")
    newest, oldest = [" ".join("".join(one.itertext()).split()) for one in page.with_class("lw-versions")[0]]
    assert "Anders dan in versie 1: ‘Woorden van uw adviseur’, ‘Wie u bent’, ‘Waar u heen wilt’" in newest
    assert "‘Wat u kunt’" not in newest
    assert "De eerste versie in deze taal." in oldest
    assert "U, 23 november 2026, 10:00, Nederlands" in newest
    for _ in range(2):
        make_report(maker, made, own_words="Dit is nieuw.", parts=["who", "skills"])
    assert "Hetzelfde als versie 3." in get(maker, f"{made.page}/verslag").text("main")


def test_a_report_is_all_in_one_language(maker: FlaskClient, made: Made) -> None:
    make_report(maker, made)
    page = get(maker, make_report(maker, made, language="en").location)
    article = page.all("article")[0]
    assert article.get("lang") == "en"
    words = page.text("article")
    assert all(part in words for part in ("Words of your advisor", "What you still lack", "on your own", "Made on", "23 November 2026"))
    assert not any(heading in words for heading in HEADINGS)
    assert {one.get("lang") for one in article.iter("h3") for one in one.iter("span")} == {"nl"}, "titles of modules are Dutch"
    found = parsed_pdf(maker.get(f"{made.page}/verslag/2.pdf"))
    assert found.root["/Lang"] == "en"
    assert "What else is in it" in found.text
    assert "De eerste versie in deze taal." in get(maker, f"{made.page}/verslag").text("main")


@pytest.mark.parametrize(
    ("locale", "typed", "text"),
    [
        ("en", "Zes jaar kassa", Text("Zes jaar kassa", "nl", before="Work:")),
        ("en", "Six years at the counter", Text("Work: Six years at the counter")),
        ("en", "", Text("Work:")),
        ("en", "Te duur", Text("Work: Too expensive")),
        ("nl", "Te duur", Text("Work: Te duur")),
        ("nl", "Zes jaar kassa", Text("Work: Zes jaar kassa")),
        ("nl", "Six years at the counter", Text("Work: Six years at the counter")),
    ],
)
def test_what_somebody_typed_is_marked_where_it_is_no_english(own_seeded_app: Flask, locale: str, typed: str, text: Text) -> None:
    with own_seeded_app.test_request_context(), force_locale(locale):
        assert written(typed, "Work:") == text


def test_only_what_was_chosen_goes_in(maker: FlaskClient, made: Made) -> None:
    page = get(maker, make_report(maker, made, parts=["goal", "path"]).location)
    assert chapters(page) == ["Woorden van uw adviseur", "Waar u heen wilt", "De route die wij adviseren"]
    assert "Werkt nu vier dagen" not in page.text("article")


def test_an_empty_dossier_gives_own_words_alone(own_seeded_app: Flask, maker: FlaskClient) -> None:
    page = get(maker, make_report(maker, opened(maker, how="paper")).location)
    assert chapters(page) == ["Woorden van uw adviseur"]


def test_the_advised_path_is_the_one_that_the_advisor_chose(maker: FlaskClient, made: Made) -> None:
    page = get(maker, make_report(maker, made, aim="tijd").location)
    assert "Snelste route." in text_of(page, "path")
    others = text_of(page, "alternatives")
    assert "Snelste route (deze adviseren wij)" in others or "goedkoopst en ook het snelst" in others


def test_the_advised_path_is_the_one_on_the_page_of_the_path(maker: FlaskClient, made: Made) -> None:
    page = get(maker, f"{made.page}/leerroute?doel=tijd&deel=60")
    stops = ["".join(one.itertext()).strip() for one in page.with_class("lw-way")[0].iter("h3")]
    form = get(maker, f"{made.page}/verslag")
    (chosen,) = [one.get("value") for one in form.all("input", name="aim") if one.get("checked") is not None]
    assert chosen == "tijd"
    report = get(maker, make_report(maker, made, aim="tijd").location)
    (timeline,) = [one for one in report.with_class("lw-picture") if "Wanneer u wat doet" in "".join(one.itertext())]
    names = ["".join(one.itertext()) for one in timeline.iter("span") if one.get("class") == "lw-bars__name"]
    assert names == [f"{number}. {title}" for number, title in enumerate(stops, 1)]


def test_what_the_route_leaves_out_is_told_on_the_page_and_in_the_report(own_seeded_app: Flask, maker: FlaskClient, made: Made) -> None:
    give_goal(own_seeded_app, made, "verpleegkundige", "data-analist", hours_per_week=8.0)
    told = "Wij lieten modules weg die vooral over iets anders gaan."
    page = get(maker, f"{made.page}/leerroute")
    assert told in page.text("main")
    assert page.all("input", id="gericht", checked="")
    report = text_of(get(maker, make_report(maker, made).location), "path")
    assert told in report
    assert "Haal dan hierboven het vinkje weg" not in report
    assert told not in get(maker, f"{made.page}/leerroute?gericht=n").text("main")
    assert told not in text_of(get(maker, make_report(maker, made).location), "path")


def test_a_way_in_that_says_nothing_is_not_told(own_seeded_app: Flask, maker: FlaskClient, made: Made) -> None:
    assert "Hoe u bij ons kwam" in text_of(get(maker, make_report(maker, made).location), "who")
    with parts_of(own_seeded_app).database.writing() as session:
        dossier = session.scalars(select(Dossier).where(Dossier.uid == made.uid)).one()
        keep_intake(dossier, NOW, talk=Talk(route="other", energy="Samen iets maken"))
    told = text_of(get(maker, make_report(maker, made).location), "who")
    assert "Hoe u bij ons kwam" not in told
    assert "Samen iets maken" in told


def test_one_route_that_falls_short_is_not_praised(own_seeded_app: Flask, maker: FlaskClient, made: Made) -> None:
    give_goal(own_seeded_app, made, "logistiek medewerker", "planner transport", hours_per_week=4.0, budget_eur=300.0)
    page = get(maker, make_report(maker, made).location)
    assert "Die vonden wij niet binnen uw wensen." in text_of(page, "path")
    assert "goedkoopst en ook het snelst" not in page.text("article")


def test_looking_first_keeps_nothing(own_seeded_app: Flask, maker: FlaskClient, made: Made) -> None:
    answer = make_report(maker, made, doe="bekijk", own_words="Nog niet af")
    page = parsed(answer)
    assert chapters(page) == HEADINGS
    assert page.text("textarea", id="own_words") == "Nog niet af"
    with parts_of(own_seeded_app).database.reading() as session:
        assert session.scalars(select(Report)).all() == []
    assert letters_to(own_seeded_app, CLIENT_EMAIL)[-1]["Subject"] != "Uw adviesverslag is klaar"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"own_words": " "}, "Schrijf een paar zinnen voor uw klant"),
        ({"own_words": "x" * 8_001}, "Dit is te lang"),
        ({"language": "fr"}, "Geen geldige keuze"),
    ],
)
def test_what_is_wrong_is_told_by_the_field(maker: FlaskClient, made: Made, values: dict[str, str], said: str) -> None:
    answer = make_report(maker, made, **values)
    assert answer.status_code == 200
    page = parsed(answer)
    assert page.with_class("lw-errors")
    assert said in page.text("main") or "language" in values
    assert get(maker, f"{made.page}/verslag/1", status=404)


def test_the_client_reads_it_and_hears_of_it_without_what_it_says(own_seeded_app: Flask, maker: FlaskClient, made: Made) -> None:
    make_report(maker, made)
    (letter,) = [one for one in letters_to(own_seeded_app, CLIENT_EMAIL) if one["Subject"] == "Uw adviesverslag is klaar"]
    assert not any(word in letter.get_content() for word in ("Samira", "begin klein", ADVISOR, WANTED, "http"))
    client = own_seeded_app.test_client()
    own = get(client, made.link)
    (link,) = {one.get("href") or "" for one in own.all("a") if "/verslag/" in (one.get("href") or "")}
    assert "Versie 1" in get(client, f"{made.link}/verslag").text("main")
    page = get(client, link)
    assert page.text("article") == get(maker, f"{made.page}/verslag/1").text("article").replace("Alle versies", "")
    found = parsed_pdf(client.get(f"{link}.pdf"))
    assert "begin klein" in found.text
    assert {"read", "downloaded-report"} <= {action for action, what in entries(own_seeded_app, made) if what == "report"}
    assert "Samira haalde een adviesverslag op" in log_on(get(maker, made.page))
    get(client, made.link + "/verslag/2", status=404)
    assert client.get(made.link + "/verslag/2.pdf").status_code == 404


@pytest.mark.parametrize("how", ["withdrawn", "over"])
def test_without_consent_a_link_shows_no_report_and_the_own_account_does(own_seeded_app: Flask, maker: FlaskClient, how: str) -> None:
    dossier, own = opened(maker), own_seeded_app.test_client()
    sign_in(own, add_account(own_seeded_app, CLIENT_EMAIL))
    private = agree(own, dossier.link)
    make_report(maker, dossier)
    if how == "withdrawn":
        press(own, f"{private}/trek-in")
    else:
        with parts_of(own_seeded_app).database.writing() as session:
            session.execute(update(Consent).values(until=NOW.date() - timedelta(days=1)))
    guest = own_seeded_app.test_client()
    for path in ("/verslag", "/verslag/1", "/verslag/1.pdf"):
        assert guest.get(private + path).location == private
        assert maker.get(dossier.page + path).status_code == 410
        assert own.get(f"/dossier/{dossier.uid}{path}").status_code == 200
    assert not [one for one in get(guest, private).all("a") if "/verslag" in (one.get("href") or "")]
    assert get(own, f"/dossier/{dossier.uid}").all("a", href=f"/dossier/{dossier.uid}/verslag/1")
    assert not get(own, f"/dossier/{dossier.uid}/verslag").with_class("lw-parts")


def test_a_closed_dossier_is_read_and_not_written(maker: FlaskClient, made: Made) -> None:
    make_report(maker, made)
    form = get(maker, f"{made.page}/verslag").value("csrf_token")
    press(maker, f"{made.page}/stand", naar="closed")
    assert not get(maker, f"{made.page}/verslag").all("textarea")
    maker.post(f"{made.page}/verslag", data={"csrf_token": form, "doe": "maak", "own_words": "x", "aim": "kosten", "language": "nl"})
    assert get(maker, f"{made.page}/verslag/1")
    get(maker, f"{made.page}/verslag/2", status=404)


def test_what_versions_say_is_read_only_where_it_is_asked_for(own_seeded_app: Flask, maker: FlaskClient, made: Made) -> None:
    make_report(maker, made)
    make_report(maker, made)
    with parts_of(own_seeded_app).database.reading() as session:
        reports = session.scalars(select(Dossier).where(Dossier.uid == made.uid)).one().reports
        assert [inspect(one).unloaded for one in reports] == [{"document"}] * 2
        assert reports[1].document["title"] == "Adviesverslag voor Samira"
        assert [inspect(one).unloaded for one in reports] == [{"document"}, set()]


def test_there_is_an_end_to_versions(own_seeded_app: Flask, maker: FlaskClient) -> None:
    dossier = opened(maker, how="paper")
    make_report(maker, dossier)
    with parts_of(own_seeded_app).database.writing() as session:
        first = session.scalars(select(Report)).one()
        values = {"dossier_id": first.dossier_id, "made_at": NOW, "actor": "x", "language": "nl", "document": first.document}
        session.add_all(Report(number=number, **values) for number in range(2, MOST_VERSIONS + 1))
    assert make_report(maker, dossier).location == f"{dossier.page}/verslag"
    assert "te veel versies" in get(maker, f"{dossier.page}/verslag").text("main")
    get(maker, f"{dossier.page}/verslag/{MOST_VERSIONS + 1}", status=404)

"""Learning demands: asked in steps, matched at once, picked up and answered; who may do what; and what is left of an account that goes."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalogue.demands.reading import open_demand_steps
from catalogue.models import Demand
from catalogue.vocabulary import DemandStatus, Kind, Status
from tests.accounts import PASSWORD, add_account, letters_to, parts_of, sign_in, token_on
from tests.demands import ASK, LIMITS, asked, limited, number_of, online, press, stored_demand, ticked, uid_in
from tests.editing import FACTS, made, publish, stored
from tests.members import signed_in_member
from tests.pages import get, parsed, post
from web.accounts.models import MemberRole

CHIEF = "chef@vandam.example"
PARTS = ("vraag", "vaardigheden", "grenzen")
FORMS = ("stap", "help", "antwoord", "antwoord/weg", "module")


@pytest.fixture
def chief(own_seeded_app: Flask) -> FlaskClient:
    """Somebody of a company, with an account and nothing else."""
    client = own_seeded_app.test_client()
    sign_in(client, add_account(own_seeded_app, CHIEF))
    return client


@pytest.fixture
def helper(own_seeded_app: Flask) -> FlaskClient:
    return signed_in_member(own_seeded_app, "lid@curio.example", "curio", MemberRole.PUBLISHER)


@pytest.fixture
def other(own_seeded_app: Flask) -> FlaskClient:
    return signed_in_member(own_seeded_app, "lid@saxion.example", "saxion", MemberRole.MANAGER)


def gap_of(page_text: str) -> str:
    return page_text[page_text.index("Wat mensen moeten leren") :]


def test_a_company_asks_in_steps_and_sees_at_once_what_exists(own_seeded_app: Flask, chief: FlaskClient) -> None:
    address = asked(chief)
    page = get(chief, f"{address}/vaardigheden")
    assert "in uw tekst: warmtepompen plaatsen" in page.text("main")
    assert "hoort bij het werk van warmtepompinstallateur" in page.text("details")
    uids = ticked(chief, address)
    assert len(uids) == 3
    limited(chief, address)
    page = get(chief, address)
    assert "Warmtepompen plaatsen en inregelen" in page.text("section", aria_labelledby="modules")
    assert "Voor 3 van de 9 stappen past nog geen module." in page.text("section", aria_labelledby="gat")
    assert "valt af door het budget" in page.text("main")
    demand = stored_demand(own_seeded_app, address)
    assert (demand.people, demand.region, demand.budget_eur, demand.status) == (7, "Noord-Brabant", 900.0, DemandStatus.DRAFT)
    assert {(row.level_now, row.level_wanted) for row in demand.skills} == {(0, 3)}
    assert demand.theme is not None
    assert demand.theme.slug == "energie"


def test_a_draft_is_of_who_asks_until_it_is_online(own_seeded_app: Flask, chief: FlaskClient, helper: FlaskClient) -> None:
    address = asked(chief)
    for client in (own_seeded_app.test_client(), helper):
        assert client.get(address).status_code == 404
    values = {"csrf_token": token_on(chief, address), "naar": "open"}
    refused = parsed(chief.post(f"{address}/stap", data=values, follow_redirects=True))
    assert "Kies eerst wat uw mensen moeten kunnen." in refused.text("div", class_="lw-note"), "no green tick beside what did not happen"
    ticked(chief, address)
    press(chief, f"{address}/stap", naar="open")
    page = get(own_seeded_app.test_client(), address)
    assert "Monteur warmtepompen" in page.text("h1")
    assert "Monteur warmtepompen" in get(own_seeded_app.test_client(), "/leervragen").text("main")


def test_nobody_reads_who_asks_unless_they_want_that(own_seeded_app: Flask, chief: FlaskClient, helper: FlaskClient) -> None:
    address = online(chief)
    guest = own_seeded_app.test_client()
    pages = [address, "/leervragen", "/leervragen/leervragen.csv", "/api/v1/demands"]
    for path in pages:
        text = guest.get(path).text
        assert uid_in(address) in text
        assert CHIEF not in text
        assert "Van Dam" not in text
    assert CHIEF not in helper.get(address).text
    press(helper, f"{address}/help", naar="picked-up", organisation=number_of(own_seeded_app, "curio"))
    assert CHIEF in helper.get(address).text
    assert CHIEF not in guest.get(address).text
    post(chief, f"{address}/grenzen", **LIMITS, is_company_shown="y")
    assert all("Van Dam" in guest.get(path).text for path in ["/leervragen?status=picked-up", address])


def test_a_hub_picks_up_and_answers_with_what_it_has(own_seeded_app: Flask, chief: FlaskClient, helper: FlaskClient) -> None:
    address, curio = online(chief), number_of(own_seeded_app, "curio")
    assert press(helper, f"{address}/help", naar="picked-up", organisation=curio).status_code == 303
    assert "Curio pakt uw leervraag op" in letters_to(own_seeded_app, CHIEF)[-1].get_content()
    press(helper, f"{address}/help", naar="answered", organisation=curio)
    assert stored_demand(own_seeded_app, address).status is DemandStatus.PICKED_UP  # nothing answers it yet
    for kind in (Kind.CBLC, Kind.MICRO_INTERVENTION, Kind.WORKSHOP):
        module = made(helper, f"Warmtepompen samen leren: {kind}\n\nJe leert warmtepompen onderhouden.")
        assert press(helper, f"{address}/antwoord", module=module.rsplit("/", 1)[1], note="").status_code == 303
        assert not [one for one in stored_demand(own_seeded_app, address).answers if one.module.kind is kind]  # it is not online
        post(helper, f"{module}/niveau", **FACTS | {"kind": str(kind)})
        run = {"start": "agreed", "format": "on-site", "near": "Breda", "price": "gratis"}
        post(helper, f"{module}/uitvoeringen/nieuw", **run)
        publish(helper, module)
        if stored(own_seeded_app, module).status is Status.PUBLISHED:
            press(helper, f"{address}/antwoord", module=module.rsplit("/", 1)[1], note="Kom kijken")
    answers = stored_demand(own_seeded_app, address).answers
    assert {one.module.kind for one in answers} == {Kind.CBLC, Kind.MICRO_INTERVENTION, Kind.WORKSHOP}
    press(helper, f"{address}/antwoord/weg", module=answers[0].module.uid)
    press(helper, f"{address}/help", naar="answered", organisation=curio)
    page = get(chief, address)
    assert "beantwoord door Curio" in page.text("main")
    assert "leergemeenschap rond een opdracht" not in page.text("section", aria_labelledby="antwoorden").split("Kom kijken")[0]
    press(chief, f"{address}/stap", naar="closed")
    demand = stored_demand(own_seeded_app, address)
    assert [step.status for step in demand.steps] == [DemandStatus.OPEN, DemandStatus.PICKED_UP, DemandStatus.ANSWERED, DemandStatus.CLOSED]
    assert press(helper, f"{address}/antwoord", module=answers[0].module.uid).status_code == 404


def test_a_module_that_answers_whole_leaves_no_gap(own_seeded_app: Flask, chief: FlaskClient, helper: FlaskClient) -> None:
    address = online(chief)
    assert "past nog geen module" in get(chief, address).text("section", aria_labelledby="gat")
    module = str(press(helper, f"{address}/module", organisation=number_of(own_seeded_app, "curio")).location)
    draft = stored(own_seeded_app, module)
    demand = stored_demand(own_seeded_app, address)
    assert {(row.skill_id, row.level) for row in draft.taught} == {(row.skill_id, row.level_wanted) for row in demand.skills}
    assert (draft.title, draft.status, draft.theme_id) == (demand.title, Status.DRAFT, demand.theme_id)
    post(helper, f"{module}/tekst", title=draft.title, language="nl", outcomes="U plaatst een warmtepomp.", description="Over warmte.")
    post(helper, f"{module}/niveau", **FACTS)
    post(helper, f"{module}/uitvoeringen/nieuw", start="agreed", format="on-site", near="Breda", price="gratis")
    publish(helper, module)
    assert stored(own_seeded_app, module).status is Status.PUBLISHED
    assert "Voor alle stappen is er een module die past." in get(chief, address).text("section", aria_labelledby="gat")


def test_only_the_helper_goes_on_and_another_can_bring_a_module_too(
    own_seeded_app: Flask, chief: FlaskClient, helper: FlaskClient, other: FlaskClient
) -> None:
    address = online(chief)
    curio, saxion = (number_of(own_seeded_app, slug) for slug in ("curio", "saxion"))
    assert press(other, f"{address}/help", naar="picked-up", organisation=curio).status_code == 403
    press(helper, f"{address}/help", naar="picked-up", organisation=curio)
    press(other, f"{address}/help", naar="open", organisation=saxion)
    demand = stored_demand(own_seeded_app, address)
    assert (demand.status, demand.helper_id) == (DemandStatus.PICKED_UP, curio)
    choices = [option.get("value", "") for option in get(other, address).all("select", id="module")[0].iter("option")]
    assert press(other, f"{address}/antwoord", module=choices[0]).status_code == 303
    assert [one.module.uid for one in stored_demand(own_seeded_app, address).answers] == [choices[0]]
    assert press(helper, f"{address}/antwoord/weg", module=choices[0]).status_code == 403
    assert press(helper, f"{address}/antwoord", module=choices[0]).status_code == 403


def test_nobody_changes_what_somebody_else_asks(own_seeded_app: Flask, chief: FlaskClient, helper: FlaskClient, other: FlaskClient) -> None:
    """Every page and form of a demand, as a draft and online, for who did not ask it."""
    neighbour = own_seeded_app.test_client()
    sign_in(neighbour, add_account(own_seeded_app, "buur@example.org"))
    draft, shown = asked(chief), online(chief)
    before = [stored_demand(own_seeded_app, address).updated_at for address in (draft, shown)]
    for address, refused in ((draft, 404), (shown, 403)):
        for client in (neighbour, helper, other):
            for part in PARTS:
                assert client.get(f"{address}/{part}").status_code == refused
                assert press(client, f"{address}/{part}", **ASK, **LIMITS).status_code == refused
            assert press(client, f"{address}/stap", naar="withdrawn").status_code == refused
        for form in FORMS[1:]:
            assert press(neighbour, f"{address}/{form}", naar="picked-up", organisation=1, module="x").status_code in (403, 404)
            assert address == shown or press(helper, f"{address}/{form}", naar="picked-up", organisation=1).status_code == 404
    assert [stored_demand(own_seeded_app, address).updated_at for address in (draft, shown)] == before
    guest = own_seeded_app.test_client()
    assert guest.get(f"{shown}/vraag").location == f"/inloggen?next={shown}/vraag"
    assert shown not in get(neighbour, "/leervragen/van-u").text("main")


def test_no_route_of_a_demand_is_left_out(seeded_app: Flask) -> None:
    """Who may do what is tested above for each of these; a new one has to be added there."""
    below = {rule.rule for rule in seeded_app.url_map.iter_rules() if rule.rule.startswith("/leervragen/<uid>")}
    assert below == {"/leervragen/<uid>", *(f"/leervragen/<uid>/{part}" for part in (*PARTS, *FORMS))}


def test_what_an_organisation_asks_is_of_its_members(own_seeded_app: Flask, helper: FlaskClient, other: FlaskClient) -> None:
    curio = number_of(own_seeded_app, "curio")
    address = online(helper, organisation=str(curio), is_company_shown="y")
    colleague = signed_in_member(own_seeded_app, "collega@curio.example", "curio", MemberRole.AUTHOR)
    page = get(colleague, f"{address}/grenzen")
    assert not page.all("input", id="contact_email")
    values = {name: value for name, value in LIMITS.items() if name not in ("organisation", "contact_email")}
    assert post(colleague, f"{address}/grenzen", **values | {"budget_eur": "100"}, is_company_shown="y").status_code == 303
    demand = stored_demand(own_seeded_app, address)
    assert (demand.budget_eur, demand.organisation_id) == (100.0, curio)
    assert "Curio" in get(own_seeded_app.test_client(), address).text("main")
    assert "Monteur warmtepompen" in get(colleague, "/leervragen/van-u").text("main")
    assert other.get(f"{address}/vraag").status_code == 403
    forged = post(other, "/leervragen/nieuw", **ASK)
    answer = post(other, f"/leervragen/{uid_in(str(forged.location))}/grenzen", **LIMITS | {"organisation": str(curio)})
    assert answer.status_code == 200  # not one of their own: refused in the form
    assert stored_demand(own_seeded_app, str(forged.location)).organisation_id is None


@pytest.mark.parametrize(
    ("part", "values", "field"),
    [
        ("vraag", {"title": ""}, "title"),
        ("vraag", {"people": "0"}, "people"),
        ("vraag", {"people": "veel"}, "people"),
        ("grenzen", {"near": "Nergenshuizen"}, "near"),
        ("grenzen", {"near": "", "max_km": "30"}, "max_km"),
        ("grenzen", {"needed_by": "1-1-2020"}, "needed_by"),
        ("grenzen", {"needed_by": "ooit"}, "needed_by"),
        ("grenzen", {"budget_eur": "-5"}, "budget_eur"),
        ("grenzen", {"contact_email": "geen adres"}, "contact_email"),
        ("grenzen", {"theme": "9999"}, "theme"),
    ],
)
def test_mistakes_are_told_by_the_field(chief: FlaskClient, part: str, values: dict[str, str], field: str) -> None:
    address = asked(chief)
    page = parsed(post(chief, f"{address}/{part}", **(ASK if part == "vraag" else LIMITS) | values))
    assert page.title.startswith("Fout:")
    assert page.all("a", href=f"#{field}")
    assert page.all("span", id=f"{field}-fout")


def test_what_is_needed_is_more_than_what_is_there(own_seeded_app: Flask, chief: FlaskClient) -> None:
    address = asked(chief)
    uid = get(chief, f"{address}/vaardigheden").all("input", name="neem")[0].get("value", "")
    page = parsed(post(chief, f"{address}/vaardigheden", **{"neem": uid, f"nu-{uid}": "3", f"nodig-{uid}": "2"}))
    assert page.title.startswith("Fout:")
    assert page.all("a", href=f"#nu-{uid}")
    assert stored_demand(own_seeded_app, address).skills == []
    post(chief, f"{address}/vaardigheden", **{"neem": uid, f"nu-{uid}": "1", f"nodig-{uid}": "2"})
    assert [(row.level_now, row.level_wanted) for row in stored_demand(own_seeded_app, address).skills] == [(1, 2)]
    post(chief, f"{address}/vaardigheden", **{f"nu-{uid}": "1", f"niveau-{uid}": "0"})
    assert stored_demand(own_seeded_app, address).skills == []


def test_a_skill_is_looked_up_by_name(own_seeded_app: Flask, chief: FlaskClient) -> None:
    address = asked(chief)
    answer = post(chief, f"{address}/vaardigheden", q="druppelirrigatie", actie="zoek")
    page = get(chief, str(answer.location).split("#")[0])
    uid = next(box.get("id", "").removeprefix("niveau-") for box in page.all("select") if (box.get("id") or "").startswith("niveau-"))
    post(chief, f"{address}/vaardigheden", **{f"nu-{uid}": "0", f"niveau-{uid}": "4"})
    (row,) = stored_demand(own_seeded_app, address).skills
    assert (row.skill.label(), row.level_wanted) == ("druppelirrigatie aanleggen en instellen", 4)


def test_the_list_can_be_narrowed_and_taken_along(own_seeded_app: Flask, chief: FlaskClient) -> None:
    online(chief, near="Leeuwarden")
    guest = own_seeded_app.test_client()
    assert get(guest, "/leervragen").text("h2", id="gevonden") == "7 leervragen"
    assert get(guest, "/leervragen?region=Frysl%C3%A2n").text("h2", id="gevonden") == "1 leervraag"
    assert get(guest, "/leervragen?theme=energie").text("h2", id="gevonden") == "3 leervragen"
    assert get(guest, "/leervragen?status=closed").text("h2", id="gevonden") == "0 leervragen"
    assert get(guest, "/leervragen?status=draft&page=99").text("h2", id="gevonden") == "7 leervragen"
    link = get(guest, "/leervragen?region=Groningen").all("a", href="/leervragen/leervragen.csv?region=Groningen")
    assert link
    rows = list(csv.DictReader(io.StringIO(guest.get("/leervragen/leervragen.csv?region=Groningen").text.lstrip("\ufeff"))))
    assert [(row["title"], row["people"], row["example"]) for row in rows] == [("Onderhoudsmonteur wind", "20", "yes")]


def test_the_file_runs_no_formula(own_seeded_app: Flask, chief: FlaskClient) -> None:
    address = asked(chief, title="=HYPERLINK(1)")
    ticked(chief, address)
    press(chief, f"{address}/stap", naar="open")
    text = own_seeded_app.test_client().get("/leervragen/leervragen.csv").text
    assert ",'=HYPERLINK(1)," in text


def test_sums_for_the_radar(own_seeded_app: Flask, chief: FlaskClient) -> None:
    first, second = online(chief), online(chief)
    uids = {row.skill_id for row in stored_demand(own_seeded_app, first).skills}
    with parts_of(own_seeded_app).database.reading() as session:
        found = {row.skill_id: row for row in open_demand_steps(session) if row.skill_id in uids}
    assert {(row.region, row.people, row.demands) for row in found.values()} <= {("Noord-Brabant", 14, 2), ("Noord-Brabant", 26, 3)}
    press(chief, f"{second}/stap", naar="withdrawn")
    with parts_of(own_seeded_app).database.reading() as session:
        later = {row.skill_id: row.people for row in open_demand_steps(session) if row.skill_id in uids}
    assert later == {skill_id: row.people - 7 for skill_id, row in found.items()}


def test_an_account_that_goes_takes_its_own_demands_along(own_seeded_app: Flask, helper: FlaskClient) -> None:
    """What was asked in the name of an organisation stays, without the address of who asked it."""
    own, shared = online(helper), online(helper, organisation=str(number_of(own_seeded_app, "curio")))
    assert "Monteur warmtepompen" in get(helper, "/uw-gegevens/bekijk").text("main")
    assert CHIEF in helper.get("/uw-gegevens.json").text
    answer = post(helper, "/account/wissen", current_password=PASSWORD, is_sure="y")
    assert answer.status_code == 303
    assert own_seeded_app.test_client().get(own).status_code == 404
    assert get(own_seeded_app.test_client(), shared).text("h1") == "Monteur warmtepompen"
    with parts_of(own_seeded_app).database.reading() as session:
        assert session.query(Demand).filter(Demand.uid == uid_in(own)).count() == 0
    database = parts_of(own_seeded_app).settings.instance_dir / "leerwijzer.sqlite"
    assert not database.exists() or CHIEF.encode() not in database.read_bytes()


def test_nonsense_is_refused(chief: FlaskClient, helper: FlaskClient, own_seeded_app: Flask) -> None:
    address = online(chief)
    assert press(chief, f"{address}/stap", naar="koning").status_code == 400
    assert press(helper, f"{address}/help", naar="koning", organisation=number_of(own_seeded_app, "curio")).status_code == 400
    for number in ("", "x", "9" * 40, "-1"):
        assert press(helper, f"{address}/help", naar="picked-up", organisation=number).status_code == 404
    assert press(chief, f"{address}/stap", naar="closed").status_code == 303
    assert stored_demand(own_seeded_app, address).status is DemandStatus.OPEN
    assert own_seeded_app.test_client().get("/leervragen/geen-echte").status_code == 404


def test_too_many_questions_at_once(chief: FlaskClient) -> None:
    answers = {post(chief, "/leervragen/nieuw", title="", people="1").status_code for _ in range(30)}
    assert answers == {200}
    assert press(chief, "/leervragen/nieuw", title="", people="1").status_code == 429

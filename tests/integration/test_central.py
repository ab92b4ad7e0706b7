"""A hub with a central team: templates, what has to be filled in, and approval before a module goes online."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalogue.models import HubTemplate
from catalogue.vocabulary import Credential, Kind, Level, Status
from tests.accounts import command, parts_of
from tests.central import CENTRAL, HUB, TEMPLATE, appoint, ask_approval, decide, facts_in_hub
from tests.editing import FACTS, TEXT_VALUES, made, member, publish, send, step, stored
from tests.integration.test_api_tokens import OWN, key
from tests.joint import FORM
from tests.members import signed_in_member
from tests.pages import get, parsed, post
from web.accounts.api_token_model import Scope
from web.accounts.models import MemberRole


@pytest.fixture
def team(own_seeded_app: Flask) -> FlaskClient:
    """A manager of the organisation that is the central team."""
    return member(own_seeded_app, "avans", email="centraal@example.org")


@pytest.fixture
def author(own_seeded_app: Flask) -> FlaskClient:
    return signed_in_member(own_seeded_app, "auteur@example.org", "curio", MemberRole.AUTHOR)


@pytest.fixture
def publisher(own_seeded_app: Flask) -> FlaskClient:
    return signed_in_member(own_seeded_app, "redactie@example.org", "curio", MemberRole.PUBLISHER)


def in_hub(app: Flask, client: FlaskClient) -> str:
    """The editor of a new module of the hub."""
    address = made(client)
    post(client, f"{address}/niveau", **facts_in_hub(app))
    return address


def test_a_module_goes_online_after_the_central_team_approved_it(
    own_seeded_app: Flask, team: FlaskClient, author: FlaskClient, publisher: FlaskClient
) -> None:
    appoint(own_seeded_app, team)
    address = in_hub(own_seeded_app, author)
    assert "Zet de module online" not in get(publisher, address).text("main")
    assert "eerst akkoord geven" in publish(publisher, address), "nor by a request that the page does not offer"
    assert "Wacht op akkoord van Avans Hogeschool" in ask_approval(author, address)
    assert stored(own_seeded_app, address).status is Status.IN_REVIEW
    assert "Warmtepompen plaatsen en onderhouden" in get(team, CENTRAL).text("main")
    assert "Je maakt een warmteverliesberekening" in get(team, f"{CENTRAL}/wacht/{address.rsplit('/', 1)[1]}").text("main")
    decide(team, address)
    assert "Er wacht nu niets." in get(team, CENTRAL).text("main")
    assert "Akkoord van Avans Hogeschool" in get(author, address).text("main")
    assert "staat online" in publish(publisher, address)


def test_what_is_sent_back_says_why_and_is_a_draft_again(own_seeded_app: Flask, team: FlaskClient, author: FlaskClient) -> None:
    appoint(own_seeded_app, team)
    address = in_hub(own_seeded_app, author)
    ask_approval(author, address)
    page = f"{CENTRAL}/wacht/{address.rsplit('/', 1)[1]}"
    assert "Schrijf wat er anders moet" in parsed(send(team, page, page, verdict="terug")).text("main")
    assert "Kies een antwoord" in parsed(send(team, page, page)).text("main")
    decide(team, address, "terug", "De uren kloppen niet.")
    shown = get(author, address).text("main")
    assert "stuurde de module terug. De uren kloppen niet." in shown
    assert stored(own_seeded_app, address).status is Status.DRAFT
    assert team.get(page).status_code == 404, "it waits no more"
    assert "Wacht op akkoord" in ask_approval(author, address)
    step(author, address, "draft")
    assert team.get(page).status_code == 404, "who takes it back asks nothing"


def test_what_changes_after_the_approval_has_to_be_approved_again(own_seeded_app: Flask, team: FlaskClient, publisher: FlaskClient) -> None:
    appoint(own_seeded_app, team)
    address = in_hub(own_seeded_app, publisher)
    ask_approval(publisher, address)
    decide(team, address)
    post(publisher, f"{address}/tekst", actie="bewaar", **TEXT_VALUES | {"title": "Heel iets anders"})
    assert "eerst akkoord geven" in publish(publisher, address)
    assert stored(own_seeded_app, address).status is Status.IN_REVIEW
    ask_approval(publisher, address)
    decide(team, address)
    post(publisher, f"{address}/uitvoeringen/nieuw", start="direct", format="online", price="gratis")
    assert "staat online" in publish(publisher, address), "when and for how much is the provider's own business"
    post(publisher, f"{address}/niveau", **facts_in_hub(own_seeded_app, level="mbo-4"))
    assert "eerst akkoord geven" in publish(publisher, address)
    assert stored(own_seeded_app, address).level is Level.MBO_3, "what is online stays"
    ask_approval(publisher, address)
    asked = get(team, f"{CENTRAL}/wacht/{address.rsplit('/', 1)[1]}").text("main")
    assert "mbo niveau 3mbo niveau 4" in asked
    decide(team, address)
    publish(publisher, address)
    assert stored(own_seeded_app, address).level is Level.MBO_4


def test_what_the_hub_requires_has_to_be_there(own_seeded_app: Flask, team: FlaskClient, publisher: FlaskClient) -> None:
    appoint(own_seeded_app, team, "editions-missing", is_approving=False)
    address = in_hub(own_seeded_app, publisher)
    assert "De hub vraagt nog dit:Zeg wanneer" in get(publisher, address).text("main")
    publish(publisher, address)
    assert stored(own_seeded_app, address).status is Status.DRAFT
    post(publisher, f"{address}/uitvoeringen/nieuw", start="direct", format="online", price="gratis")
    assert "staat online" in publish(publisher, address)
    appoint(own_seeded_app, team, "skills-missing")
    post(publisher, f"{address}/niveau", **facts_in_hub(own_seeded_app, level="mbo-4"))
    assert "Wacht op akkoord" not in ask_approval(publisher, address)


def test_a_new_module_begins_with_a_template(own_seeded_app: Flask, team: FlaskClient, author: FlaskClient) -> None:
    assert "sjabloon" not in get(author, FORM).text("main")
    command(own_seeded_app, "organisations", "central", HUB, "avans")
    chosen = [one.get("value") for one in get(team, f"{CENTRAL}/sjabloon").all("option") if one.get("selected") is not None]
    assert chosen[:3] == ["module", "none", "none"], "nothing is promised that nobody chose"
    assert post(team, f"{CENTRAL}/sjabloon", **TEMPLATE).status_code == 303
    with parts_of(own_seeded_app).database.reading() as session:
        uid = session.query(HubTemplate).one().uid
    address = made(author, "Kitten\n\nJe leert kitten.", template=uid)
    module = stored(own_seeded_app, address)
    assert (module.kind, module.level, module.credential) == (Kind.WORKSHOP, Level.MBO_3, Credential.BADGE)
    assert (module.title, module.description, module.audience) == ("Kitten", "Je leert kitten.", "Iedereen in de bouw.")
    assert module.hub_id is not None
    assert stored(own_seeded_app, made(author, template=uid)).level is Level.MBO_4, "what the text says goes first"
    changed = f"{CENTRAL}/sjabloon/{uid}"
    assert get(team, changed).value("name") == "Workshop van een dag"
    assert post(team, changed, **TEMPLATE | {"name": ""}).status_code == 200
    assert post(team, changed, **TEMPLATE | {"name": "Anders"}).status_code == 303
    assert "Anders" in get(team, CENTRAL).text("main")
    stranger = member(own_seeded_app, "saxion", email="ver@example.org")
    assert "sjabloon" not in get(stranger, FORM).text("main")
    assert send(team, f"{changed}/weg", CENTRAL).status_code == 303
    assert stored(own_seeded_app, address).audience == "Iedereen in de bouw."


def test_hubs_without_a_central_team_work_as_before(own_seeded_app: Flask, team: FlaskClient, publisher: FlaskClient) -> None:
    address = in_hub(own_seeded_app, publisher)
    assert "staat online" in publish(publisher, address)
    assert team.get(CENTRAL).status_code == 404
    appoint(own_seeded_app, team)
    command(own_seeded_app, "organisations", "central", HUB)
    assert "staat online" in publish(publisher, in_hub(own_seeded_app, publisher))
    other = made(publisher)
    post(publisher, f"{other}/niveau", **FACTS)
    send(publisher, f"{other}/akkoord", other)
    assert stored(own_seeded_app, other).status is Status.DRAFT, "there is nobody to ask"


def test_a_file_brings_no_module_online_past_the_team(own_seeded_app: Flask, team: FlaskClient, tmp_path: object) -> None:
    appoint(own_seeded_app, team)
    path = f"{tmp_path}/modules.csv"
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123 - a path out of a fixture without its type
        file.write(f"code,titel,hub,vaardigheden\nA1,Uit een bestand,{HUB},\nA2,Zonder hub,,\n")
    command(own_seeded_app, "modules", "import", path, "--organisation", "curio", "--publish")
    guest = own_seeded_app.test_client()
    assert guest.get("/modules/uit-een-bestand").status_code == 404
    assert guest.get("/modules/zonder-hub").status_code == 200


def test_a_key_brings_no_module_online_past_the_team(own_seeded_app: Flask, team: FlaskClient, publisher: FlaskClient) -> None:
    appoint(own_seeded_app, team)
    address = in_hub(own_seeded_app, publisher)
    path = f"{OWN}/{address.rsplit('/', 1)[1]}"
    answer = own_seeded_app.test_client().patch(path, json={"status": "published"}, headers=key(own_seeded_app, Scope.PUBLISH))
    assert answer.status_code == 422
    assert "centrale team" in answer.get_data(as_text=True)
    assert stored(own_seeded_app, address).status is Status.DRAFT


def test_only_publishers_of_the_central_team_speak_for_it(own_seeded_app: Flask, team: FlaskClient, publisher: FlaskClient) -> None:
    appoint(own_seeded_app, team)
    address = in_hub(own_seeded_app, publisher)
    ask_approval(publisher, address)
    post(team, f"{CENTRAL}/sjabloon", **TEMPLATE)
    with parts_of(own_seeded_app).database.reading() as session:
        template = session.query(HubTemplate).one().uid
    writer = signed_in_member(own_seeded_app, "schrijver@example.org", "avans", MemberRole.AUTHOR)
    routes = [rule for rule in own_seeded_app.url_map.iter_rules() if rule.endpoint.startswith("central.")]
    assert len(routes) == 5
    for client in (publisher, writer):
        token = get(client, FORM).value("csrf_token")
        for rule in routes:
            known = {"slug": HUB, "uid": template if "sjabloon" in rule.rule else address.rsplit("/", 1)[1]}
            path = own_seeded_app.url_map.bind("").build(rule.endpoint, {name: known[name] for name in rule.arguments})
            for method in rule.methods & {"GET", "POST"}:
                values = {"csrf_token": token, "verdict": "akkoord", "name": "Gekaapt"}
                assert client.open(path, method=method, data=values).status_code == 403, (method, path)
    assert stored(own_seeded_app, address).status is Status.IN_REVIEW
    assert "Workshop van een dag" in get(team, CENTRAL).text("main")

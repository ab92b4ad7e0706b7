"""Who comes into a dossier: every route out of the URL map, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.routing import Rule

from catalogue.models import Skill
from tests.accounts import add_account, command, parts_of, sign_in
from tests.conftest import NOW
from tests.dossiers import ADVISOR, CLIENT_EMAIL, Made, agree, entries, fill, numbers_in, opened, press
from tests.intake import INTAKE_ROUTES
from tests.members import signed_in_member
from tests.pages import get, post
from tests.reports import make_report
from web.accounts.models import MemberRole
from web.advisor.guidance_model import Attachment
from web.advisor.model import Consent
from web.advisor.reading import dossier_by_uid
from web.advisor.together.files import add_file

NAME = "Samira"
LISTED = {
    "advisor": {
        *("dossier", "story", "note", "drop_note", "task", "turn", "state", "link", "to_colleague"),
        *("matches", "weigh", "wishes", "decide_module", "reject", "modules", "module"),
        *("what_if", "take_over", "keep_compared", "path", "pin_path", "replace"),
        *(
            "choices",
            "compare",
            "change_choice",
            "remove_choice",
            "claims",
            "claim",
            "remove_claim",
            "remove_evidence",
            "files",
            "fetch_file",
            "remove_file",
            "edit_note",
            "longer",
        ),
        *("report", "report_version", "report_pdf"),
    },
    "client": {
        *("look", "agree", "withdraw", "wipe", "report", "report_version", "report_pdf"),
        *("choices", "compare", "change_choice", "remove_choice", "take_own_list"),
        *("claims", "claim", "remove_claim", "remove_evidence", "files", "fetch_file", "remove_file", "longer"),
    },
}
LISTED["advisor"] |= {"intake", *(f"intake_{page}" for page in INTAKE_ROUTES)}
LISTED["client"] |= {"answers", "give_answers", "take_answers"}
"""The routes about one dossier. A new one takes part in all tests below; it stands here so that none disappears unseen."""


@pytest.fixture
def made(app: Flask, maker: FlaskClient) -> Made:
    """A dossier with something in every part, whose client agreed online."""
    dossier = opened(maker, client_name=NAME)
    private = agree(app.test_client(), dossier.link)
    fill(maker, dossier.page)
    assert make_report(maker, dossier).status_code == 303
    with parts_of(app).database.writing() as session:
        session.add(Skill(uid=OTHER_VALUES["skill"], uri="own:known-by-its-address"))
    with_file(app, dossier)
    return Made(dossier.page, private)


def with_file(app: Flask, made: Made) -> None:
    """Puts a file in a dossier, with a known id."""
    with parts_of(app).database.writing() as session:
        found = dossier_by_uid(session, made.uid)
        assert found
        add_file(session, found, "brief.pdf", b"%PDF-1.7", "client", NOW)
        session.flush()
        session.execute(update(Attachment).values(uid=OTHER_VALUES["file"]))


def routes(app: Flask, blueprint: str) -> list[Rule]:
    """All routes of a blueprint that are about one dossier."""
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(f"{blueprint}.") and rule.arguments]


OTHER_VALUES = {"module": "een-module", "skill": "een-vaardigheid", "file": "een-bestand"}
"""What stands in addresses besides a dossier and the number of a part of it."""
LAST = ("client.agree", "client.withdraw", "client.wipe")
"""What ends a dossier for its client comes last, in this order."""


def ways(app: Flask, made: Made, blueprint: str = "advisor") -> Iterator[tuple[str, str, str]]:
    """Endpoint, method and address of everything that an advisor, or the client, can ask about a dossier."""
    note, task = numbers_in(app, made)
    for rule in sorted(routes(app, blueprint), key=lambda rule: LAST.index(rule.endpoint) if rule.endpoint in LAST else -1):
        number = note if "note" in rule.endpoint else 1 if "report" in rule.endpoint else task
        values = {"uid": made.uid, "key": made.link.rpartition("/")[2], "number": number, **OTHER_VALUES}
        path = app.url_map.bind("").build(rule.endpoint, {name: values[name] for name in rule.arguments})
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield rule.endpoint, method, path


def asked(client: FlaskClient, method: str, path: str) -> tuple[int, str]:
    """The answer to a request with a token of this visitor, and where it leads."""
    answer = client.get(path) if method == "GET" else press(client, path, naar="closed", email="ander@example.org")
    assert NAME.encode() not in answer.data or answer.status_code == 200
    return answer.status_code, answer.location or ""


def test_no_route_is_unlisted(app: Flask) -> None:
    for blueprint, names in LISTED.items():
        assert {rule.endpoint.partition(".")[2] for rule in routes(app, blueprint)} == names
    with_a_dossier = {rule.endpoint for rule in app.url_map.iter_rules() if "dossier" in rule.rule and rule.arguments}
    assert with_a_dossier == {f"{blueprint}.{name}" for blueprint, names in LISTED.items() for name in names}


@pytest.mark.parametrize(("who", "status"), [("advisor", 404), ("admin", 404), ("hub", 403), ("learner", 403), ("guest", 302)])
def test_everybody_else_is_refused_at_every_route(app: Flask, made: Made, who: str, status: int) -> None:
    if who == "hub":
        command(app, "organisations", "add", "onze-school", "Onze School")
        stranger = signed_in_member(app, "hub@example.org", "onze-school", MemberRole.MANAGER)
    else:
        stranger = app.test_client()
        if who != "guest":
            sign_in(stranger, add_account(app, f"vreemde.{who}@example.org", who))
    before = entries(app, made)
    for endpoint, method, path in ways(app, made):
        found, location = asked(stranger, method, path)
        assert found == status, (endpoint, method)
        assert who != "guest" or location.startswith("/inloggen")
    assert entries(app, made) == before


def test_every_route_writes_who_looked(app: Flask, made: Made, maker: FlaskClient) -> None:
    """The one that hands over needs another advisor to do it; its form is shown again, which is a read too."""
    for endpoint, method, path in ways(app, made):
        before = len(entries(app, made))
        status, _location = asked(maker, method, path)
        assert status in (200, 303), (endpoint, method)
        assert entries(app, made)[before][0] == "read", (endpoint, method)
        press(maker, f"{made.page}/stand", naar="open")
    client = app.test_client()
    link = press(maker, f"{made.page}/link").text
    private = link[link.index("/dossier/") :].partition('"')[0]
    with_file(app, made)
    for endpoint, method, path in ways(app, Made(made.page, private), "client"):
        before = len(entries(app, made))
        assert asked(client, method, path)[0] in (200, 303), (endpoint, method)
        assert entries(app, made)[before][0] == "read", (endpoint, method)


@pytest.mark.parametrize("how", ["withdrawn", "over"])
def test_without_valid_consent_every_door_is_closed_at_once(app: Flask, made: Made, maker: FlaskClient, how: str) -> None:
    assert get(maker, made.page).text("h1").startswith(f"Dossier van {NAME}")
    everything = list(ways(app, made))
    if how == "withdrawn":
        assert press(app.test_client(), f"{made.link}/trek-in").location == made.link
    else:
        end(app, made)
    before = entries(app, made)
    for endpoint, method, path in everything:
        assert asked(maker, method, path) == (410, ""), (endpoint, method)
    assert entries(app, made) == before
    page = get(maker, "/adviseur").text("main")
    assert NAME not in page
    assert "toestemming voorbij of ingetrokken" in page
    seen = get(app.test_client(), made.link).text("main")
    assert "kan niet meer in dit dossier" in seen
    assert ADVISOR in seen
    assert "lassen" not in seen
    for endpoint, method, path in ways(app, made, "client"):
        if endpoint not in ("client.look", *LAST):
            assert asked(app.test_client(), method, path) == (303, made.link), (endpoint, method)
    assert {what for what, _part in entries(app, made)[len(before) :]} == {"read"}


def end(app: Flask, made: Made) -> None:
    """Lets the last day of the consent be yesterday."""
    with parts_of(app).database.writing() as session:
        session.execute(update(Consent).values(until=NOW.date() - timedelta(days=1)))


def test_before_the_client_answers_nothing_can_be_written(app: Flask, maker: FlaskClient) -> None:
    waiting = opened(maker, client_name=NAME)
    assert "nog geen ja gezegd" in get(maker, waiting.page).text("main")
    for part in ("doel", "notitie", "taak", "overdragen"):
        assert maker.get(f"{waiting.page}/{part}").location == waiting.page
        assert press(maker, f"{waiting.page}/{part}", goal="x", text="x", day="2026-11-20", due="2026-12-01").location == waiting.page
    assert press(maker, f"{waiting.page}/stand", naar="closed").location == waiting.page


def test_an_advisor_cannot_answer_for_the_client(app: Flask, maker: FlaskClient) -> None:
    waiting = opened(maker)
    assert maker.get(waiting.link).status_code == 403
    for what in ("akkoord", "trek-in", "wis"):
        assert press(maker, f"{waiting.link}/{what}").status_code == 403
    agree(app.test_client(), waiting.link)
    get(app.test_client(), waiting.link, status=410)  # the link that the advisor saw is over


def test_a_clients_account_opens_the_own_dossier_and_no_other(app: Flask, maker: FlaskClient) -> None:
    first, second = opened(maker, client_name=NAME), opened(maker, client_name="Ander")
    own, other = app.test_client(), app.test_client()
    sign_in(own, add_account(app, CLIENT_EMAIL))
    sign_in(other, add_account(app, "ander@example.org"))
    agree(own, first.link)
    agree(other, second.link)
    assert get(own, "/dossier").all("a", href=f"/dossier/{first.uid}")
    assert not get(own, "/dossier").all("a", href=f"/dossier/{second.uid}")
    get(own, f"/dossier/{first.uid}")
    get(own, f"/dossier/{second.uid}", status=410)
    get(app.test_client(), f"/dossier/{first.uid}", status=410)
    post(maker, f"{first.page}/doel", goal="Wil graag lassen", situation="")
    assert press(own, f"/dossier/{first.uid}/trek-in").status_code == 303
    assert "Wil graag lassen" in get(own, f"/dossier/{first.uid}").text("main")

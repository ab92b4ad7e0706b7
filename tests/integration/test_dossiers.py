"""What advisors and clients do with a dossier: consent, writing, handing over, closing, deleting; and what is left of it afterwards."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text

from tests.accounts import add_account, command, letters_to, link_in, parts_of, sign_in
from tests.conftest import NOW, Clock
from tests.dossiers import (
    ADVISOR,
    CALLED,
    CARD,
    CLIENT_EMAIL,
    NEW,
    advisor,
    agree,
    entries,
    fill,
    hand_over,
    links_mailed,
    log_on,
    numbers_in,
    opened,
    press,
)
from tests.integration.test_cli import run
from tests.pages import get, parsed, post
from tests.traces import CANARY
from web.advisor.model import Consent, Dossier, Note, Task
from web.advisor.retention import KEPT, KEPT_WITHDRAWN, NOTICE
from web.audit.chain import noted, verified
from web.audit.model import AuditEntry
from web.qr import qr_code

COLLEAGUE = "collega@example.org"


def is_whole(app: Flask) -> bool:
    return "The last one is" in command(app, "advisor", "verify")


def count(app: Flask, model: type) -> int:
    with parts_of(app).database.reading() as session:
        return session.scalars(select(func.count()).select_from(model)).one()


def test_a_client_reads_what_is_asked_and_agrees(app: Flask, maker: FlaskClient) -> None:
    made, client = opened(maker, client_email=CLIENT_EMAIL), app.test_client()
    (letter,) = letters_to(app, CLIENT_EMAIL)
    assert link_in(letter.get_content()) == made.link
    asked = get(client, made.link).text("main")
    assert all(words in asked for words in (NEW["purpose"], ADVISOR, "1 november 2027", "U kunt elke dag stoppen"))
    private = agree(client, made.link)
    assert links_mailed(app, CLIENT_EMAIL) == {made.link, private}
    fill(maker, made.page)
    seen = get(client, private)
    assert seen.response.headers["Cache-Control"] == "no-store"
    words = seen.text("main")
    assert all(part in words for part in ("Wil leren: lassen", "Nu nog niet: lassen", "Gesprek over lassen", "Bel over lassen"))
    assert {f"{ADVISOR} schreef een notitie", "U gaf toestemming"} <= set(log_on(seen))
    assert ("agreed", "consent") in entries(app, made)
    assert is_whole(app)


def test_the_log_leaves_out_the_looks_of_the_client(app: Flask, maker: FlaskClient) -> None:
    made, client = opened(maker), app.test_client()
    sign_in(client, add_account(app, CLIENT_EMAIL))
    private = agree(client, made.link)
    get(maker, made.page)
    for address in (private, f"/dossier/{made.uid}"):
        assert log_on(get(client, address)) == [f"{ADVISOR} keek in het dossier", "U gaf toestemming", f"{ADVISOR} maakte het dossier"]
    assert log_on(get(maker, made.page)) == ["U keek in het dossier (2 bladzijden)", "Samira gaf toestemming", "U maakte het dossier"]


def test_the_way_to_the_end_leads_to_what_it_says(app: Flask, maker: FlaskClient) -> None:
    made, client = opened(maker), app.test_client()
    private = agree(client, made.link)
    for heading in ("Stoppen of wissen", "Wissen"):
        page = get(client, private)
        assert page.text("a", href="#einde") == page.text("h2", id="einde") == heading
        assert page.all("form", action=f"{private}/wis")
        press(client, f"{private}/trek-in")
    assert "Op 23 december 2026 wissen wij alles" in get(client, private).text("main")


def test_a_client_says_no_and_nothing_is_left(app: Flask, maker: FlaskClient) -> None:
    made = opened(maker)
    assert press(app.test_client(), f"{made.link}/wis").location == "/"
    assert count(app, Dossier) == count(app, Consent) == 0
    assert maker.get(made.page).status_code == 404


def test_consent_on_paper_opens_at_once_and_the_client_has_a_link(app: Flask, maker: FlaskClient) -> None:
    made = opened(maker, how="paper", client_email=CLIENT_EMAIL)
    fill(maker, made.page)
    assert "op papier" in get(maker, made.page).text("main")
    assert link_in(letters_to(app, CLIENT_EMAIL)[0].get_content()) == made.link
    assert "Wil leren: lassen" in get(app.test_client(), made.link).text("main")


def test_a_telephone_reads_the_link_from_the_screen(maker: FlaskClient) -> None:
    answer = post(maker, "/adviseur/nieuw", **NEW)
    link = parsed(answer).all("input", id="link")[0].get("value", "")
    assert parsed(answer).all("img", src=qr_code(link), alt="QR-code met de link voor uw klant")


def test_a_lost_link_is_replaced(app: Flask, maker: FlaskClient) -> None:
    made = opened(maker, how="paper", client_email=CLIENT_EMAIL)
    assert press(maker, f"{made.page}/link").status_code == 200
    (fresh,) = links_mailed(app, CLIENT_EMAIL) - {made.link}
    get(app.test_client(), made.link, status=410)
    get(app.test_client(), fresh)


@pytest.mark.parametrize(
    ("path", "values", "field"),
    [
        ("/adviseur/nieuw", {**NEW, "client_name": " "}, "client_name"),
        ("/adviseur/nieuw", {**NEW, "client_email": "geen mail"}, "client_email"),
        ("/adviseur/nieuw", {**NEW, "purpose": ""}, "purpose"),
        ("/adviseur/nieuw", {**NEW, "purpose": "x" * 301}, "purpose"),
        ("/adviseur/nieuw", {**NEW, "until": "2026-11-22"}, "until"),
        ("/adviseur/nieuw", {**NEW, "until": "2029-01-01"}, "until"),
        ("/adviseur/nieuw", {**NEW, "until": "morgen"}, "until"),
        ("/adviseur/nieuw", {**NEW, "how": "gefluisterd"}, "how"),
        ("doel", {"goal": "x" * 4_001, "situation": ""}, "goal"),
        ("notitie", {"day": "2026-11-24", "text": "later"}, "day"),
        ("notitie", {"day": "2026-11-20", "text": " "}, "text"),
        ("taak", {"text": "", "due": "2026-12-01"}, "text"),
        ("taak", {"text": "bellen", "due": "2026-11-22"}, "due"),
        ("overdragen", {"email": "wie?"}, "email"),
        ("overdragen", {"email": "niemand@example.org"}, "email"),
        ("overdragen", {"email": ADVISOR}, "email"),
        ("overdragen", {"email": "lerende@example.org"}, "email"),
    ],
)
def test_what_is_wrong_is_told_by_the_field(small_app: Flask, path: str, values: dict[str, str], field: str) -> None:
    add_account(small_app, "lerende@example.org")
    maker = advisor(small_app)
    made = opened(maker, how="paper")
    page = parsed(post(maker, path if path.startswith("/") else f"{made.page}/{path}", **values))
    assert page.title.startswith("Fout:")
    assert page.all("span", id=f"{field}-fout")
    assert count(small_app, Dossier) == 1
    assert count(small_app, Note) == count(small_app, Task) == 0


def test_notes_and_tasks_come_and_go(app: Flask, maker: FlaskClient) -> None:
    made, other = opened(maker, how="paper"), opened(maker, how="paper")
    fill(maker, made.page)
    note, task = numbers_in(app, made)
    press(maker, f"{other.page}/notities/{note}/wis")
    press(maker, f"{other.page}/taken/{task}")
    assert "te laat" not in get(maker, made.page).text("main")
    assert count(app, Note) == 1
    press(maker, f"{made.page}/taken/{task}")
    assert "Toch niet gedaan" in get(maker, made.page).text("main")
    press(maker, f"{made.page}/notities/{note}/wis")
    assert count(app, Note) == 0
    done = [action for action, _what in entries(app, made) if action != "read"]
    assert done == ["opened", "wrote", "noted", "planned", "turned-task", "removed-note"]
    assert [action for action, _what in entries(app, other) if action != "read"] == ["opened"]


def test_the_caseload_puts_first_what_is_due_first(small_app: Flask) -> None:
    maker = advisor(small_app)
    for name, due in (("Anna", ""), ("Bram", "2026-12-24"), ("Cem", "2026-11-30")):
        made = opened(maker, how="paper", client_name=name)
        if due:
            post(maker, f"{made.page}/taak", text="Bellen", due=due)
    waiting = opened(maker, client_name="Daan")
    closed = opened(maker, how="paper", client_name="Eva")
    press(maker, f"{closed.page}/stand", naar="closed")

    def names(show: str = "") -> list[str]:
        page = get(maker, f"/adviseur?toon={show}")
        return ["".join(cell.itertext()) for table in page.all("tbody") for cell in table.iter("th")]

    assert names() == ["Cem", "Bram", "Anna", "Daan", "Eva"]
    assert names("due") == ["Cem", "Bram"]
    assert names("waiting") == ["Daan"]
    assert names("closed") == ["Eva"]
    assert names("open") == ["Cem", "Bram", "Anna"]
    assert names("bestaat-niet") == names()
    agree(small_app.test_client(), waiting.link)
    assert names("waiting") == []


def test_a_closed_dossier_is_read_and_opened_again(app: Flask, maker: FlaskClient) -> None:
    made = opened(maker, how="paper")
    fill(maker, made.page)
    press(maker, f"{made.page}/stand", naar="closed")
    assert "Gesprek over lassen" in get(maker, made.page).text("main")
    assert maker.get(f"{made.page}/notitie").location == made.page
    press(maker, f"{made.page}/stand", naar="open")
    get(maker, f"{made.page}/notitie")


def test_handing_over_moves_the_door(app: Flask, maker: FlaskClient) -> None:
    made, colleague = opened(maker, how="paper", client_email=CLIENT_EMAIL), advisor(app, COLLEAGUE)
    fill(maker, made.page)
    assert colleague.get(made.page).status_code == 404
    assert hand_over(maker, made.page, COLLEAGUE.upper()).location == "/adviseur"
    assert "Dit dossier is niet van u, of niet meer." in get(maker, made.page, status=404).text("main")
    assert "U hebt nu geen dossier." in get(maker, "/adviseur").text("main")
    assert link_in(letters_to(app, COLLEAGUE)[0].get_content()) == made.page
    assert "Gesprek over lassen" in get(colleague, made.page).text("main")
    told = log_on(get(app.test_client(), made.link))
    assert {f"{ADVISOR} droeg het dossier over aan: {COLLEAGUE}", f"{COLLEAGUE} keek in het dossier"} <= set(told)
    assert "U hebt een andere adviseur" in {letter["Subject"] for letter in letters_to(app, CLIENT_EMAIL)}


def test_who_hands_over_sees_to_whom_first(app: Flask, maker: FlaskClient) -> None:
    made, colleague = opened(maker, how="paper"), advisor(app, COLLEAGUE)
    path = f"{made.page}/overdragen"
    look = parsed(post(maker, path, email=COLLEAGUE)).text("main")
    assert all(words in look for words in ("Samira", COLLEAGUE, "U kunt er daarna niet meer in"))
    post(colleague, "/adviseur/kaartje", **CARD)
    assert f"{CALLED}013 123 45 67, {COLLEAGUE}" in parsed(post(maker, path, email=COLLEAGUE)).text("main")
    assert colleague.get(made.page).status_code == 404
    assert "handed-over" not in {action for action, _what in entries(app, made)}
    assert "geen andere adviseur" in parsed(press(maker, path, email=ADVISOR, is_sure="y")).text("main")
    assert press(maker, path, email=COLLEAGUE, is_sure="y").location == "/adviseur"
    assert f"Het dossier is nu van {CALLED}." in get(maker, "/adviseur").text("main")
    get(colleague, made.page)


def test_agreeing_twice_or_after_stopping_changes_nothing(app: Flask, maker: FlaskClient) -> None:
    made, client = opened(maker), app.test_client()
    private = agree(client, made.link)
    assert press(client, f"{private}/akkoord").location == private
    press(client, f"{private}/trek-in")
    assert press(client, f"{private}/akkoord").location == private
    assert maker.get(made.page).status_code == 410
    press(client, f"{private}/trek-in")
    assert [action for action, _what in entries(app, made)].count("withdrew") == 1


def test_wiping_leaves_no_word_and_a_chain_that_is_whole(small_app: Flask) -> None:
    maker, client = advisor(small_app), small_app.test_client()
    made = opened(maker, how="paper", client_name=CANARY)
    fill(maker, made.page, CANARY)
    folder = Path(parts_of(small_app).database.url.removeprefix("sqlite:///")).parent
    assert any(CANARY.encode() in path.read_bytes() for path in folder.glob("test.sqlite*"))
    assert press(client, f"{made.link}/wis").location == "/"
    assert not any(CANARY.encode() in path.read_bytes() for path in folder.glob("test.sqlite*"))
    assert entries(small_app, made)[-1] == ("wiped", "dossier")
    assert is_whole(small_app)


def test_when_an_advisor_leaves_the_client_keeps_the_dossier(app: Flask, maker: FlaskClient) -> None:
    made = opened(maker, how="paper")
    fill(maker, made.page)
    command(app, "accounts", "remove", ADVISOR)
    seen = get(app.test_client(), made.link)
    assert "Wil leren: lassen" in seen.text("main")
    assert ADVISOR not in seen.text("main")
    assert "iemand wiens account gewist is schreef een notitie" in log_on(seen)
    assert is_whole(app)


def test_verify_names_what_was_altered_and_fails(app: Flask, maker: FlaskClient) -> None:
    made = opened(maker, how="paper")
    fill(maker, made.page)
    shown = command(app, "advisor", "verify")
    last = shown.split()[-1]
    assert command(app, "advisor", "verify", "--known", last) == shown
    with parts_of(app).database.writing() as session:
        session.execute(text("UPDATE audit_entry SET action = 'closed' WHERE number = 2"))
        session.execute(text("DELETE FROM audit_entry WHERE number = (SELECT max(number) FROM audit_entry)"))
    result = run(app, "advisor", "verify")
    assert result.exit_code == 1
    assert "entry 2 was altered" in result.output
    assert f"entry {last.partition(':')[0]} was removed" in result.output
    assert run(app, "advisor", "verify", "--known", "iets").exit_code == 1


def test_many_writers_keep_one_chain(app: Flask) -> None:
    database = parts_of(app).database

    def write(number: int) -> None:
        for _ in range(10):
            with database.writing() as session:
                noted(session, f"actor {number}", "dossier", "read", "dossier", NOW)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    with database.reading() as session:
        verdict = verified(session)
        assert (verdict.count, verdict.findings) == (40, ())
        assert session.scalars(select(func.count()).select_from(AuditEntry)).one() == 40


def left(app: Flask, clock: Clock, moment: datetime) -> int:
    """How many dossiers are left when the clean-up of that hour is done."""
    clock.now = moment
    command(app, "jobs", "run", "--once")
    return count(app, Dossier)


def test_a_question_without_an_answer_is_deleted(small_app: Flask, clock: Clock) -> None:
    made = opened(advisor(small_app))
    assert left(small_app, clock, NOW + timedelta(days=13, hours=23)) == 1
    clock.now = NOW + timedelta(days=14)
    get(small_app.test_client(), made.link, status=410)  # also before the clean-up
    assert left(small_app, clock, NOW + timedelta(days=14)) == 0


def test_a_closed_dossier_is_deleted_after_a_year_and_a_warning(small_app: Flask, clock: Clock) -> None:
    maker = advisor(small_app)
    made = opened(maker, how="paper", client_email=CLIENT_EMAIL)
    press(maker, f"{made.page}/stand", naar="closed")
    before = len(letters_to(small_app, ADVISOR)), len(letters_to(small_app, CLIENT_EMAIL))
    assert left(small_app, clock, NOW + KEPT - NOTICE) == 1
    warned = letters_to(small_app, ADVISOR)[before[0] :]
    assert [letter["Subject"] for letter in warned] == ["Een dossier wordt binnenkort gewist"]
    assert len([one for one in letters_to(small_app, CLIENT_EMAIL) if "gewist" in one["Subject"]]) == 1
    assert left(small_app, clock, NOW + KEPT - timedelta(hours=2)) == 1
    assert left(small_app, clock, NOW + KEPT) == 0
    assert entries(small_app, made)[-1] == ("wiped", "dossier")
    assert is_whole(small_app)


def test_nothing_is_deleted_without_the_warning(small_app: Flask, clock: Clock) -> None:
    """A site that was down for a year warns first."""
    made = opened(advisor(small_app), how="paper", until="2026-11-30")
    later = NOW + KEPT + timedelta(days=100)
    assert left(small_app, clock, later) == 1
    assert left(small_app, clock, later + NOTICE - timedelta(hours=1)) == 1
    assert left(small_app, clock, later + NOTICE) == 0
    assert entries(small_app, made)[-1][0] == "wiped"


def test_what_was_withdrawn_goes_after_a_month(small_app: Flask, clock: Clock) -> None:
    made = opened(advisor(small_app), how="paper")
    press(small_app.test_client(), f"{made.link}/trek-in")
    assert left(small_app, clock, NOW + KEPT_WITHDRAWN - timedelta(hours=1)) == 1
    assert left(small_app, clock, NOW + KEPT_WITHDRAWN) == 0


def test_a_clients_account_exports_and_deletes_it(app: Flask, maker: FlaskClient) -> None:
    made, client = opened(maker, client_name="Samira"), app.test_client()
    sign_in(client, add_account(app, CLIENT_EMAIL))
    agree(client, made.link)
    fill(maker, made.page)
    told = client.get("/uw-gegevens.json").get_json()["data"]
    assert told["dossier"]["rows"][0]["goal"] == "Wil leren: lassen"
    assert told["dossier"]["rows"][0]["advisor_id"] == ADVISOR
    assert told["dossier_note"]["rows"][0]["text"] == "Gesprek over lassen"
    assert "read" in {row["action"] for row in told["audit_entry"]["rows"]}
    command(app, "accounts", "remove", CLIENT_EMAIL)
    assert count(app, Dossier) == count(app, Note) == count(app, Task) == count(app, Consent) == 0
    assert maker.get(made.page).status_code == 404
    assert is_whole(app)

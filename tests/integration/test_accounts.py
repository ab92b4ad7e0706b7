"""Accounts from the first page to the last: make, confirm, sign in, recover, change, delete. On SQLite and PostgreSQL."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from catalogue.models import Base, Job
from tests.accounts import (
    PASSWORD,
    account_text,
    add_account,
    command,
    is_signed_in,
    letters_to,
    link_in,
    link_to,
    parts_of,
    sign_in,
    token_on,
)
from tests.conftest import NOW
from tests.pages import get, parsed, post
from web.accounts import links
from web.accounts.models import Account
from web.accounts.people import CONFIRM_WITHIN, account_by_email, purge_unconfirmed

EMAIL = "noor@example.org"
OTHER_PASSWORD = "regen dak kist peer"


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    return app.test_client()


def account(app: Flask, email: str = EMAIL) -> Account | None:
    with parts_of(app).database.reading() as session:
        return account_by_email(session, email)


def tell_wish(browser: FlaskClient) -> None:
    """Answers a question of the guided profile."""
    post(browser, "/profiel/wensen", hours_per_week="7")
    assert knows_wish(browser)


def knows_wish(browser: FlaskClient) -> bool:
    """Whether that answer is still known in this browser."""
    return get(browser, "/profiel/wensen").value("hours_per_week") == "7"


def test_a_learner_makes_an_account(app: Flask, browser: FlaskClient) -> None:
    assert post(browser, "/account-maken", email=" Noor@Example.org ").location == "/kijk-in-uw-mail"
    found = account(app)
    assert found is not None
    assert found.confirmed_at is None
    answer = post(browser, link_to(app, EMAIL), password=PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/account")
    text = account_text(browser)
    assert EMAIL in text
    assert "lerende" in text
    assert "deze browser" in text
    assert account(app).confirmed_at is not None  # type: ignore[union-attr]
    sign_in(app.test_client(), EMAIL)


def test_a_password_is_not_needed(app: Flask, browser: FlaskClient) -> None:
    post(browser, "/account-maken", email=EMAIL)
    assert post(browser, link_to(app, EMAIL), password="").status_code == 303
    assert "u logt in met een link" in account_text(browser)
    for typed in ("", "None", PASSWORD):
        refused = post(app.test_client(), "/inloggen", email=EMAIL, password=typed, how="password")
        assert refused.status_code == 200


def test_nobody_chooses_the_password_of_an_address_that_is_not_theirs(app: Flask, browser: FlaskClient) -> None:
    post(browser, "/account-maken", email=EMAIL, password=PASSWORD)
    assert account(app).password is None  # type: ignore[union-attr]


def test_a_mailed_link_signs_in_once(app: Flask, browser: FlaskClient) -> None:
    add_account(app, EMAIL)
    assert post(browser, "/inloggen", email=EMAIL, how="link").location == "/kijk-in-uw-mail"
    link = link_to(app, EMAIL)
    scanner = app.test_client()
    assert EMAIL in get(scanner, link).text("main")  # a program that opens the link uses up nothing
    assert not is_signed_in(scanner)
    assert post(browser, link).location == "/account"
    assert is_signed_in(browser)
    get(app.test_client(), link, status=410)


def test_a_link_is_over_after_its_time_or_with_another_token(app: Flask, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    add_account(app, EMAIL)
    post(browser, "/inloggen", email=EMAIL, how="link")
    link = link_to(app, EMAIL)
    assert browser.get(link[:-4] + "AAAA").status_code == 410
    assert browser.get(link.replace("/inloggen/", "/wachtwoord-vergeten/")).status_code == 410  # made for something else
    assert browser.get("/inloggen/x").status_code == 410
    monkeypatch.setitem(links.VALID, links.Purpose.SIGN_IN, timedelta(seconds=-1))
    assert "werkt niet meer" in get(browser, link, status=410).text("h1")


def test_two_browsers_with_one_link_cannot_both_use_it(app: Flask, browser: FlaskClient) -> None:
    add_account(app, EMAIL)
    post(browser, "/inloggen", email=EMAIL, how="link")
    link = link_to(app, EMAIL)
    first, second = app.test_client(), app.test_client()
    tokens = token_on(first, link), token_on(second, link)
    assert first.post(link, data={"csrf_token": tokens[0]}).status_code == 303
    assert second.post(link, data={"csrf_token": tokens[1]}).status_code == 410
    assert not is_signed_in(second)


def test_a_forgotten_password_is_replaced_and_other_browsers_are_signed_out(app: Flask, browser: FlaskClient) -> None:
    add_account(app, EMAIL)
    elsewhere = app.test_client()
    sign_in(elsewhere, EMAIL)
    post(browser, "/wachtwoord-vergeten", email=EMAIL)
    link = link_to(app, EMAIL)
    assert post(browser, link, password=OTHER_PASSWORD).status_code == 303
    assert is_signed_in(browser)
    assert not is_signed_in(elsewhere)
    assert post(app.test_client(), "/inloggen", email=EMAIL, password=PASSWORD, how="password").status_code == 200
    sign_in(app.test_client(), EMAIL, OTHER_PASSWORD)
    assert "Uw wachtwoord is veranderd" in {letter["Subject"] for letter in letters_to(app, EMAIL)}
    get(app.test_client(), link, status=410)


@pytest.mark.parametrize(
    ("typed", "reason"), [("", "minstens 8 tekens"), ("wachtwoord1", "makkelijk te raden"), (EMAIL, "niet uw e-mailadres")]
)
def test_a_weak_password_is_refused_in_words(app: Flask, browser: FlaskClient, typed: str, reason: str) -> None:
    add_account(app, EMAIL)
    post(browser, "/wachtwoord-vergeten", email=EMAIL)
    page = parsed(post(browser, link_to(app, EMAIL), password=typed))
    assert page.title.startswith("Fout:")
    assert reason in page.text("div", class_="lw-errors")
    assert not page.value("password")


def test_the_password_is_changed_with_the_old_one(app: Flask, browser: FlaskClient) -> None:
    add_account(app, EMAIL)
    elsewhere = app.test_client()
    sign_in(browser, EMAIL)
    sign_in(elsewhere, EMAIL)
    wrong = parsed(post(browser, "/account/wachtwoord", current_password="geraden woord", password=OTHER_PASSWORD))
    assert "niet uw wachtwoord van nu" in wrong.text("div", class_="lw-errors")
    assert is_signed_in(elsewhere)
    assert post(browser, "/account/wachtwoord", current_password=PASSWORD, password=OTHER_PASSWORD).location == "/account"
    assert is_signed_in(browser)
    assert not is_signed_in(elsewhere)


def test_without_a_password_one_signs_in_again_for_what_matters(app: Flask, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    link = link_in(command(app, "accounts", "add", EMAIL, "--role", "learner"))
    post(browser, link)
    get(browser, "/account/wissen")
    with browser.session_transaction() as kept:
        kept["fs_paa"] = time.time() - 3600
    for path in ("/account/wissen", "/account/wachtwoord"):
        assert browser.get(path).location == f"/inloggen?next={path}"


def test_all_other_sessions_end(app: Flask, browser: FlaskClient) -> None:
    add_account(app, EMAIL)
    others = [app.test_client(), app.test_client()]
    for one in (browser, *others):
        sign_in(one, EMAIL)
    page = get(browser, "/account")
    assert len(list(page.all("tbody")[0].iter("tr"))) == 3
    assert browser.post("/account/sessies", data={"csrf_token": page.value("csrf_token")}).location == "/account"
    assert is_signed_in(browser)
    assert [is_signed_in(one) for one in others] == [False, False]


def test_signing_out_leaves_nothing_behind(app: Flask, browser: FlaskClient) -> None:
    add_account(app, EMAIL)
    sign_in(browser, EMAIL)
    tell_wish(browser)
    answer = browser.post("/uitloggen", data={"csrf_token": token_on(browser, "/account")})
    assert answer.location == "/"
    assert not is_signed_in(browser)
    assert not knows_wish(browser)
    assert browser.get("/uitloggen").status_code == 405


def test_what_a_guest_told_us_moves_along(app: Flask, browser: FlaskClient) -> None:
    add_account(app, EMAIL)
    tell_wish(browser)
    sign_in(browser, EMAIL)
    assert knows_wish(browser)


def test_the_answers_of_another_person_do_not_move_along(app: Flask, browser: FlaskClient) -> None:
    add_account(app, EMAIL)
    add_account(app, "sam@example.org")
    sign_in(browser, EMAIL)
    tell_wish(browser)
    sign_in(browser, "sam@example.org")
    assert "sam@example.org" in account_text(browser)
    assert not knows_wish(browser)


def test_after_deleting_nothing_is_left(app: Flask, browser: FlaskClient) -> None:
    canary = "kanarie.geel@example.org"
    add_account(app, canary)
    post(browser, "/inloggen", email=canary, how="link")
    assert letters_to(app, canary)
    post(browser, "/wachtwoord-vergeten", email=canary)  # this letter still waits when its reader is gone
    sign_in(browser, canary)
    assert parsed(post(browser, "/account/wissen", current_password=PASSWORD)).title.startswith("Fout:")
    assert parsed(post(browser, "/account/wissen", current_password="fout", is_sure="y")).title.startswith("Fout:")
    assert is_signed_in(browser)
    assert canary in everything_kept(app)
    assert post(browser, "/account/wissen", current_password=PASSWORD, is_sure="y").location == "/"
    assert "gewist" in get(browser, "/").text("main")
    assert not is_signed_in(browser)
    assert "kanarie" not in everything_kept(app)
    assert letters_to(app, canary) == []


def everything_kept(app: Flask) -> str:
    """All rows of all tables, and the mail folder."""
    parts = parts_of(app)
    with parts.database.reading() as session:
        rows = [str(row) for table in Base.metadata.sorted_tables for row in session.execute(select(table))]
    folder = parts.settings.instance_dir / "mail"
    return "\n".join([*rows, *(path.name + path.read_text() for path in folder.glob("*"))])


@pytest.mark.parametrize("path", ["/account-maken", "/wachtwoord-vergeten", "/inloggen"])
def test_known_and_unknown_addresses_get_the_same_answer(app: Flask, path: str) -> None:
    add_account(app, EMAIL)

    def answer(email: str) -> tuple[object, ...]:
        response = post(app.test_client(), path, email=email, how="link")
        with parts_of(app).database.reading() as session:
            return response.status_code, response.location, response.data, session.scalar(select(func.count()).select_from(Job))

    known, unknown = answer(EMAIL), answer("niemand@example.org")
    assert known[:3] == unknown[:3]
    assert (known[3], unknown[3]) == (1, 2)  # a letter each: only who reads that mailbox learns which
    subjects = {letters_to(app, email)[0]["Subject"] for email in (EMAIL, "niemand@example.org")}
    assert len(subjects) == 2


def test_a_wrong_password_and_an_unknown_address_look_and_last_the_same(app: Flask) -> None:
    add_account(app, EMAIL)
    link_only = "link@example.org"
    command(app, "accounts", "add", link_only, "--role", "learner")

    def attempt(email: str) -> tuple[str, float]:
        client = app.test_client()
        token = token_on(client, "/inloggen")
        started = time.process_time()  # What other programs do meanwhile says nothing about this one.
        answer = client.post("/inloggen", data={"csrf_token": token, "email": email, "password": "geraden woord", "how": "password"})
        took = time.process_time() - started
        return parsed(answer).text("div", class_="lw-errors"), took

    attempt("eerst@example.org")  # the first one makes the hash to compare with
    rounds = [[attempt(email) for email in (EMAIL, link_only, "niemand@example.org")] for _ in range(6)]
    tries = list(zip(*rounds, strict=True))
    assert len({text for made in tries for text, _ in made}) == 1
    fastest = [min(took for _, took in made) for made in tries]
    assert max(fastest) < 2 * min(fastest)


def test_an_account_that_is_switched_off_cannot_sign_in(app: Flask, browser: FlaskClient) -> None:
    add_account(app, EMAIL)
    sign_in(browser, EMAIL)
    with parts_of(app).database.writing() as session:
        account_by_email(session, EMAIL).active = False  # type: ignore[union-attr]
    assert not is_signed_in(browser)
    assert post(app.test_client(), "/inloggen", email=EMAIL, password=PASSWORD, how="password").status_code == 200


@pytest.mark.parametrize("email", ["", "noor", "noor@", "noor@example.org\r\nBcc: x@example.org", "a" * 300 + "@example.org"])
def test_what_is_no_address_is_refused_in_words(browser: FlaskClient, email: str) -> None:
    page = parsed(post(browser, "/account-maken", email=email))
    assert "naam@voorbeeld.nl" in page.text("div", class_="lw-errors")


def test_unconfirmed_accounts_do_not_stay(app: Flask, browser: FlaskClient) -> None:
    post(browser, "/account-maken", email=EMAIL)
    add_account(app, "blijft@example.org")
    with parts_of(app).database.writing() as session:
        purge_unconfirmed(session, NOW + CONFIRM_WITHIN)
    assert account(app) is not None
    with parts_of(app).database.writing() as session:
        purge_unconfirmed(session, NOW + CONFIRM_WITHIN + timedelta(seconds=1))
    assert account(app) is None
    assert account(app, "blijft@example.org") is not None


def test_many_people_sign_in_at_once(app: Flask) -> None:
    people = [add_account(app, f"mens{number}@example.org") for number in range(6)]

    def come_and_go(email: str) -> bool:
        client = app.test_client()
        for _ in range(3):
            sign_in(client, email)
            tell_wish(client)
        return is_signed_in(client)

    with ThreadPoolExecutor(len(people)) as pool:
        assert all(pool.map(come_and_go, people))


def test_administration_by_command(app: Flask) -> None:
    command(app, "organisations", "add", "onze-school", "Onze School")
    add_account(app, "hub@example.org", "hub", "onze-school")
    command(app, "accounts", "add", "HUB@example.org", "--role", "advisor")
    assert command(app, "accounts", "list").split() == ["hub@example.org", "advisor,", "hub", "onze-school", "(manager)"]
    client = app.test_client()
    sign_in(client, "hub@example.org")  # adding a role left the password as it was
    assert "Onze School" in account_text(client)
    assert client.get("/hub").status_code == client.get("/adviseur").status_code == 200
    command(app, "accounts", "remove", "hub@example.org")
    assert not is_signed_in(client)
    assert command(app, "accounts", "list") == ""


@pytest.mark.parametrize(
    ("arguments", "given", "reason"),
    [
        (["add", "geen-adres", "--role", "hub"], "", "no e-mail address"),
        (["add", EMAIL, "--role", "hub", "--organisation", "onbekend"], "", "no organisation"),
        (["add", EMAIL, "--role", "hub", "--password-stdin"], "kort\n", "short"),
        (["add", EMAIL, "--role", "hub", "--password-stdin"], "", "short"),
        (["add", EMAIL, "--role", "koning"], "", "koning"),
        (["remove", EMAIL], "", "no account"),
        (["link", EMAIL], "", "no account"),
    ],
)
def test_commands_refuse_in_words_and_change_nothing(app: Flask, arguments: list[str], given: str, reason: str) -> None:
    result = app.test_cli_runner().invoke(args=["accounts", *arguments], input=given)
    assert result.exit_code != 0
    assert reason in result.output
    assert "Traceback" not in result.output
    assert account(app) is None

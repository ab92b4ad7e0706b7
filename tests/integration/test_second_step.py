"""The second step: switched on with a code, asked after password and mailed link, each code once, and a way in without the app."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.accounts import PASSWORD, add_account, command, is_signed_in, letters_to, link_in, parts_of, sign_in
from tests.conftest import NOW, Clock
from tests.pages import get, parsed, post
from tests.second_step import key_on, switch_on
from web.second_step.codes import RECOVERY_CODES, STEP_SECONDS, key_of, matching_step, new_seed, picture_for_app
from web.second_step.model import RecoveryCode, SecondStep
from web.second_step.waiting import WAITS
from web.security.attempts import MOST_PER_EMAIL

EMAIL = "noor@example.org"
STEP = timedelta(seconds=STEP_SECONDS)


@pytest.fixture
def app(app: Flask) -> Flask:
    """An app with somebody in it."""
    add_account(app, EMAIL)
    return app


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    client = app.test_client()
    sign_in(client, EMAIL)
    return client


def test_who_has_the_app_on_the_same_device_opens_it_by_a_link(app: Flask, browser: FlaskClient) -> None:
    page = get(browser, "/account/tweede-stap/aan")
    [address] = [link.get("href") or "" for link in page.all("a") if (link.get("href") or "").startswith("otpauth:")]
    assert pyotp.parse_uri(address).secret == key_on(page)


def first_step(app: Flask) -> FlaskClient:
    """Another browser, after the password."""
    client = app.test_client()
    answer = post(client, "/inloggen", email=EMAIL, password=PASSWORD, how="password")
    assert answer.location == "/inloggen/code"
    assert not is_signed_in(client)
    return client


def gets_in(client: FlaskClient, code: str) -> bool:
    """Whether a code signs in; otherwise the page says that it is wrong."""
    answer = post(client, "/inloggen/code", code=code)
    if answer.status_code != 303:
        assert "klopt niet" in parsed(answer).text("div", class_="lw-errors")
    return is_signed_in(client)


def test_codes_are_those_of_the_standard(app: Flask) -> None:
    """RFC 6238, appendix B, by an app that knows only the key; a code is right for its half minute and one on either side."""
    with app.app_context():
        seed = new_seed()
        assert len(key_of(seed)) == 32
        code = pyotp.TOTP(key_of(seed)).at(NOW)
        now = int(NOW.timestamp()) // STEP_SECONDS
        assert [matching_step(seed, code, NOW + STEP * off) for off in range(-2, 3)] == [None, now, now, now, None]
        assert matching_step(seed, f"{code[:3]} {code[3:]}", NOW) == now
        assert matching_step(seed, code, NOW, after=now) is None
        assert [matching_step(seed, typed, NOW) for typed in ("", "0", code[:5], code + "0", "é" * 6)] == [None] * 5
        assert key_of(new_seed()) != key_of(seed)
        assert picture_for_app(seed, EMAIL).startswith("data:image/svg+xml")
    assert pyotp.TOTP("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", digits=8).at(59) == "94287082"


def test_the_second_step_is_asked_after_the_password(app: Flask, browser: FlaskClient, clock: Clock) -> None:
    key, _codes = switch_on(app, browser)
    assert "staat aan" in get(browser, "/account").text("main")
    clock.now += STEP
    client = first_step(app)
    assert not gets_in(client, "000000")
    assert gets_in(client, pyotp.TOTP(key).at(clock.now))
    assert client.get("/inloggen/code").location == "/inloggen"
    assert [letter["Subject"] for letter in letters_to(app, EMAIL)] == ["Uw tweede stap staat aan"]


def test_it_is_asked_after_a_mailed_link_and_a_new_password_too(app: Flask, browser: FlaskClient, clock: Clock) -> None:
    key, _codes = switch_on(app, browser)
    letters_to(app, EMAIL)  # the letter about switching on goes first
    for path, values in (("/inloggen", {"how": "link"}), ("/wachtwoord-vergeten", {})):
        clock.now += 2 * STEP
        client = app.test_client()
        post(client, path, email=EMAIL, **values)
        letter = letters_to(app, EMAIL)[-1]
        answer = post(client, link_in(letter.get_content()), password="regen dak kist peer")
        assert answer.location == "/inloggen/code", path
        assert not is_signed_in(client)
        assert gets_in(client, pyotp.TOTP(key).at(clock.now))


def test_a_code_works_once(app: Flask, browser: FlaskClient, clock: Clock) -> None:
    key, _codes = switch_on(app, browser)
    used = pyotp.TOTP(key).at(clock.now)
    assert not gets_in(first_step(app), used), "the code that switched it on"
    clock.now += STEP
    code = pyotp.TOTP(key).at(clock.now)
    assert gets_in(first_step(app), code)
    assert not gets_in(first_step(app), code)
    assert not gets_in(first_step(app), used), "an earlier one within its time"


def test_a_recovery_code_works_once_and_only_its_hash_is_kept(app: Flask, browser: FlaskClient) -> None:
    _key, codes = switch_on(app, browser)
    with parts_of(app).database.reading() as session:
        kept = " ".join(session.scalars(select(RecoveryCode.code_hash)))
    assert [code for code in codes if code in kept or code.replace("-", "") in kept] == []
    assert codes[0] not in get(browser, "/account/tweede-stap").response.text
    assert gets_in(first_step(app), codes[0].lower().replace("-", " "))
    assert not gets_in(first_step(app), codes[0])
    assert f"nog {RECOVERY_CODES - 1} van de {RECOVERY_CODES}" in get(browser, "/account/tweede-stap").text("main")


def test_fresh_recovery_codes_replace_the_old(app: Flask, browser: FlaskClient, clock: Clock) -> None:
    key, codes = switch_on(app, browser)
    assert parsed(post(browser, "/account/tweede-stap/herstelcodes", code="000000")).title.startswith("Fout:")
    clock.now += STEP
    page = parsed(post(browser, "/account/tweede-stap/herstelcodes", code=pyotp.TOTP(key).at(clock.now)))
    fresh = ["".join(item.itertext()) for item in page.with_class("lw-codes")[0].iter("code")]
    assert not set(fresh) & set(codes)
    assert not gets_in(first_step(app), codes[0])
    assert gets_in(first_step(app), fresh[0])


def test_guessing_codes_is_limited(app: Flask, browser: FlaskClient, clock: Clock) -> None:
    key, _codes = switch_on(app, browser)
    clock.now += STEP
    client = first_step(app)
    tries = [post(client, "/inloggen/code", code="000000").status_code for _ in range(MOST_PER_EMAIL)]
    assert tries == [200] * MOST_PER_EMAIL
    token = get(client, "/inloggen/code").value("csrf_token")
    answer = client.post("/inloggen/code", data={"csrf_token": token, "code": pyotp.TOTP(key).at(clock.now)})
    assert answer.status_code == 429
    assert not is_signed_in(client)


def test_it_is_switched_off_with_a_code(app: Flask, browser: FlaskClient, clock: Clock) -> None:
    key, codes = switch_on(app, browser)
    assert parsed(post(browser, "/account/tweede-stap/uit", code="000000")).title.startswith("Fout:")
    clock.now += STEP
    assert post(browser, "/account/tweede-stap/uit", code=pyotp.TOTP(key).at(clock.now)).location == "/account/tweede-stap"
    sign_in(app.test_client(), EMAIL)
    with parts_of(app).database.reading() as session:
        assert session.scalars(select(SecondStep)).all() == session.scalars(select(RecoveryCode)).all() == []
    again, _codes = switch_on(app, browser)
    assert again != key
    assert not gets_in(first_step(app), codes[0])


def test_switching_on_needs_the_password_and_a_right_code(app: Flask, browser: FlaskClient) -> None:
    key = key_on(get(browser, "/account/tweede-stap/aan"))
    right = pyotp.TOTP(key).at(NOW)
    for values in ({"code": "000000", "current_password": PASSWORD}, {"code": right, "current_password": "fout"}, {"code": ""}):
        page = parsed(post(browser, "/account/tweede-stap/aan", **values))
        assert page.title.startswith("Fout:")
        assert key_on(page) == key, "the app that was just set up goes on fitting"
    sign_in(app.test_client(), EMAIL)


def test_who_waits_too_long_or_has_another_password_begins_again(app: Flask, browser: FlaskClient, clock: Clock) -> None:
    key, _codes = switch_on(app, browser)
    client, late = first_step(app), first_step(app)
    post(browser, "/account/wachtwoord", current_password=PASSWORD, password="regen dak kist peer")
    assert client.get("/inloggen/code").location == "/inloggen"
    clock.now += WAITS
    assert late.get("/inloggen/code").location == "/inloggen"
    assert post_code(late, pyotp.TOTP(key).at(clock.now)) == "/inloggen"


def post_code(client: FlaskClient, code: str) -> str | None:
    token = get(client, "/inloggen").value("csrf_token")
    return client.post("/inloggen/code", data={"csrf_token": token, "code": code}).location


def test_it_leads_to_where_one_was_going(app: Flask, browser: FlaskClient, clock: Clock) -> None:
    key, _codes = switch_on(app, browser)
    clock.now += STEP
    client = app.test_client()
    post(client, "/inloggen?next=/lijst", email=EMAIL, password=PASSWORD, how="password")
    assert post(client, "/inloggen/code", code=pyotp.TOTP(key).at(clock.now)).location == "/lijst"


def test_the_key_stands_nowhere(app: Flask, browser: FlaskClient) -> None:
    key, _codes = switch_on(app, browser)
    with parts_of(app).database.reading() as session:
        [own] = session.scalars(select(SecondStep))
    assert re.fullmatch(r"[0-9a-f]{64}", own.seed)
    assert key not in str(vars(own))
    with app.app_context():
        assert key_of(own.seed) == key
        app.config["SECRET_KEY"] = "another secret, as long as it has to be"
        assert key_of(own.seed) != key


def test_the_command_helps_who_lost_everything(app: Flask, browser: FlaskClient) -> None:
    switch_on(app, browser)
    command(app, "accounts", "second-step-off", EMAIL)
    again = app.test_client()
    sign_in(again, EMAIL)
    assert is_signed_in(again)

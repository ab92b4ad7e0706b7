"""What holds for every route: who may come, form tokens, headers; and sessions, limits, redirects, logs, mail."""

from __future__ import annotations

import io
import logging
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from catalogue.database import Database
from tests.accounts import PASSWORD, add_account, command, guess, is_signed_in, letters_to, link_in, session_token, sign_in, token_on
from tests.allowed_routes import ALLOWED, GUEST, VALUES, WHO
from tests.conftest import NOW, app_in
from tests.pages import get, parsed, post
from web.accounts.models import RoleName
from web.logs import configure_logs
from web.security.attempts import MOST_PER_EMAIL
from web.security.headers import CONTENT_SECURITY_POLICY

EMAIL = "noor@example.org"


@pytest.fixture(scope="module")
def seeded(seeded_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An app over a copy of the seed catalogue, for this file alone."""
    return app_in(Path(shutil.copytree(seeded_instance, tmp_path_factory.mktemp("own") / "instance", symlinks=True)))


def rules(app: Flask, method: str) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]


def path_of(app: Flask, rule: Rule) -> str:
    return app.url_map.bind("").build(rule.endpoint, {name: VALUES[name] for name in rule.arguments})


def test_every_route_is_in_the_table(seeded: Flask) -> None:
    assert {rule.endpoint for rule in seeded.url_map.iter_rules()} == ALLOWED.keys()


@pytest.mark.parametrize("who", WHO)
def test_who_may_reach_what(seeded: Flask, who: str) -> None:
    client = seeded.test_client()
    if who != GUEST:
        post(client, link_in(command(seeded, "accounts", "add", f"{who}@example.org", "--role", who)))

    def came_in(response: TestResponse) -> bool:
        return response.status_code not in (401, 403) and not (response.location or "").startswith("/inloggen")

    reached = {}
    for rule in rules(seeded, "GET"):
        reached[rule.endpoint] = came_in(client.get(path_of(seeded, rule), buffered=True))
    token = token_on(client, "/account-maken")
    last = ["privacy.wipe", "accounts.sign_out"]  # these end the session, and its token with it
    for rule in sorted(rules(seeded, "POST"), key=lambda rule: last.index(rule.endpoint) if rule.endpoint in last else -1):
        token = token_on(client, "/account-maken") if rule.endpoint in last else token
        answer = client.post(path_of(seeded, rule), data={"csrf_token": token})
        assert answer.status_code != 400, rule.endpoint
        assert reached.get(rule.endpoint, came_in(answer)) is came_in(answer), f"{rule.endpoint} treats GET and POST unlike"
        reached[rule.endpoint] = came_in(answer)
    assert {endpoint for endpoint, is_open in reached.items() if is_open} == {name for name, allowed in ALLOWED.items() if who in allowed}
    assert not is_signed_in(client)  # signing out came last


@pytest.mark.parametrize("who", [GUEST, RoleName.ADMIN.value])
def test_every_form_needs_its_token(seeded: Flask, who: str) -> None:
    client = seeded.test_client()
    if who != GUEST:
        post(client, link_in(command(seeded, "accounts", "add", "vorm@example.org", "--role", who)))

    def is_refused(answer: TestResponse) -> bool:  # a guest who brings a file is asked first who it is
        return answer.status_code == 400 or answer.location == "/inloggen"

    without = {rule.endpoint for rule in rules(seeded, "POST") if not is_refused(client.post(path_of(seeded, rule), data={"text": "x"}))}
    # A mail program stops an alert without having seen a form; the address holds a secret instead.
    assert without == {rule.endpoint for rule in rules(seeded, "POST") if rule.rule.startswith("/api/v1/")} | {"following.stop"}
    forged = {"csrf_token": token_on(seeded.test_client(), "/account-maken")}  # a token of another visitor
    assert client.post("/account-maken", data=forged).status_code == 400


def test_the_api_signs_nobody_in(seeded: Flask) -> None:
    client = seeded.test_client()
    add_account(seeded, "api@example.org")
    sign_in(client, "api@example.org")
    answer = client.get("/api/v1/modules")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.vary


def boom() -> str:
    raise RuntimeError("for the test")


@pytest.mark.parametrize("is_secure", [True, False])
def test_headers_stand_on_every_kind_of_answer(sqlite_database: Database, tmp_path: Path, is_secure: bool) -> None:
    app = app_in(tmp_path / "instance", database_url=sqlite_database.url, search_url="memory:", secure_cookies=is_secure)
    app.add_url_rule("/boem", "boom", boom)
    client = app.test_client()
    paths = ["/", "/static/leerwijzer.css", "/static/x", "/nergens", "/boem", "/healthz", "/uitloggen"]
    paths += ["/account", "/taal/en", "/api/v1/modules/x", "/api/v1/openapi.json"]
    answers = {path: client.get(path, buffered=True) for path in paths}
    answers["csrf"] = client.post("/uitloggen")
    assert {path: answer.status_code for path, answer in answers.items() if path != "/"} == {
        "/static/leerwijzer.css": 200,
        "/static/x": 404,
        "/nergens": 404,
        "/boem": 500,
        "/healthz": 200,
        "/uitloggen": 405,
        "/account": 302,
        "/taal/en": 303,
        "/api/v1/modules/x": 404,
        "/api/v1/openapi.json": 200,
        "csrf": 400,
    }
    for path, answer in answers.items():
        assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY, path
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path
        assert answer.headers["X-Frame-Options"] == "DENY", path
        assert answer.headers["Referrer-Policy"] == "same-origin", path
        assert answer.headers["Cache-Control"], path
        assert ("Strict-Transport-Security" in answer.headers) is is_secure, path
    assert "for the test" not in answers["/boem"].text


def test_the_policy_allows_no_inline_and_no_foreign_source() -> None:
    sources = {word for directive in CONTENT_SECURITY_POLICY.split("; ") for word in directive.split()[1:]}
    assert sources == {"'none'", "'self'", "data:"}
    assert "img-src 'self' data:" in CONTENT_SECURITY_POLICY
    assert CONTENT_SECURITY_POLICY.count("data:") == 1


def test_pages_with_something_personal_are_not_kept_by_caches(small_app: Flask) -> None:
    client = small_app.test_client()
    assert client.get("/toegankelijkheid").headers["Cache-Control"] == "no-cache"
    add_account(small_app, EMAIL)
    sign_in(client, EMAIL)
    assert client.get("/toegankelijkheid").headers["Cache-Control"] == "no-store"
    assert "Cookie" not in client.get("/static/leerwijzer.css", buffered=True).vary


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(sqlite_database: Database, tmp_path: Path) -> None:
    app = app_in(tmp_path / "instance", database_url=sqlite_database.url, search_url="memory:", secure_cookies=True)
    for answer in (app.test_client().get("/inloggen"), app.test_client().get("/taal/en")):
        (cookie,) = answer.headers.getlist("Set-Cookie")
        assert all(flag in cookie for flag in ("HttpOnly", "Secure", "SameSite=Lax", "Path=/"))
        assert "Domain" not in cookie
    assert app.test_client().get("/inloggen").headers["Set-Cookie"].startswith("__Host-leerwijzer=")


@pytest.mark.parametrize(
    "target", ["https://elders.example", "//elders.example", "/\\elders.example", "javascript:alert(1)", "elders", "/a\tb"]
)
def test_signing_in_never_leads_to_another_site(small_app: Flask, target: str) -> None:
    add_account(small_app, EMAIL)
    client = small_app.test_client()
    page = parsed(client.get("/inloggen", query_string={"next": target}))
    assert page.all("form", action="/inloggen")
    token = token_on(client, "/inloggen")
    values = {"csrf_token": token, "email": EMAIL, "password": PASSWORD, "how": "password"}
    assert client.post("/inloggen", data=values, query_string={"next": target}).location == "/account"


def test_signing_in_leads_to_where_one_was_going(small_app: Flask) -> None:
    add_account(small_app, EMAIL, "hub")
    client = small_app.test_client()
    asked = client.get("/hub").location
    assert asked == "/inloggen?next=/hub"
    assert post(client, asked, email=EMAIL, how="link").status_code == 303
    (letter,) = letters_to(small_app, EMAIL)
    assert post(client, link_in(letter.get_content())).location == "/hub"


def test_links_in_mail_never_lead_to_a_host_that_a_request_claims(small_app: Flask) -> None:
    client = small_app.test_client()
    evil = "http://elders.example"
    token = token_on(client, "/wachtwoord-vergeten")
    add_account(small_app, EMAIL)
    client.set_cookie("leerwijzer", session_token(client), domain="elders.example")
    answer = client.post("/wachtwoord-vergeten", data={"csrf_token": token, "email": EMAIL}, base_url=evil)
    assert answer.status_code == 303
    (letter,) = letters_to(small_app, EMAIL)
    assert "elders" not in letter.get_content()
    assert "http://127.0.0.1:8000/wachtwoord-vergeten/" in letter.get_content()


@pytest.fixture
def logged(sqlite_database: Database, tmp_path: Path) -> Iterator[tuple[Flask, io.StringIO]]:
    """An app that logs everything, and what it logged."""
    app = app_in(tmp_path / "instance", database_url=sqlite_database.url, search_url="memory:", log_level="debug", log_format="json")
    written = io.StringIO()
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(written)
    yield app, written
    configure_logs("error", "console")


def test_logs_and_addresses_tell_nothing_personal(logged: tuple[Flask, io.StringIO]) -> None:
    app, written = logged
    client = app.test_client()
    visited: list[str] = []

    def step(path: str, **values: str) -> TestResponse:
        answer = post(client, path, **values)
        visited.append(answer.location or "")
        return answer

    step("/account-maken", email=EMAIL)
    (letter,) = letters_to(app, EMAIL)
    link = link_in(letter.get_content())
    step(link, password=PASSWORD)
    step("/inloggen", email=EMAIL, password="geraden woord", how="password")
    step("/inloggen", email=EMAIL, password=PASSWORD, how="password")
    step("/profiel/doel/eigen-woorden", text="iets over mijn gezondheid")
    client.get("/modules?q=zoekwoord-van-noor&near=5611")
    for _ in range(MOST_PER_EMAIL + 1):
        guess(client, EMAIL)
    lines = written.getvalue()
    assert '"signed in"' in lines
    assert '"too many tries"' in lines
    secrets = [
        EMAIL,
        "noor",
        PASSWORD,
        "geraden",
        "gezondheid",
        "5611",
        link.rpartition("/")[2],
        "127.0.0.1",
        "192.0.2.1",
        session_token(client),
    ]
    assert [secret for secret in secrets if secret in lines] == []
    assert [place for place in visited if "noor" in place or "@" in place] == []


def test_security_txt_says_whom_to_tell(client: FlaskClient) -> None:
    answer = client.get("/.well-known/security.txt")
    assert answer.mimetype == "text/plain"
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields["Contact"].startswith("mailto:")
    expires = datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=30) < expires - NOW < timedelta(days=365)


def test_each_page_asks_who_is_there_at_most_once(small_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files and health ask nothing at all."""
    asked: list[str] = []
    reading: Callable[..., object] = Database.reading
    monkeypatch.setattr(Database, "reading", lambda self: asked.append("session") or reading(self))
    client = small_app.test_client()
    client.set_cookie("leerwijzer", "x")
    for path in ("/static/leerwijzer.css", "/healthz"):
        client.get(path, buffered=True)
    assert asked == []
    get(client, "/toegankelijkheid")
    assert asked == ["session"]

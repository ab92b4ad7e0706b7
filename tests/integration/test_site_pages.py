"""Pages about the site: how ranking works, the style page, a theme, and a site that is closed for a while."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalogue.search.ranking import FIELDS
from matching.core.weights import TABLE, Component
from tests.accounts import command, parts_of
from tests.conftest import app_in
from tests.page_table import MODULE
from tests.pages import get, problems
from web.maintenance import sign
from web.reasons import NAMES, reason_name
from web.settings import Settings, SettingsBroken
from web.site import ranking, theme
from web.site.specimens import ICONS

TEMPLATES = Path(theme.__file__).parents[1] / "templates"
_ICON = re.compile(r'name == "([\w-]+)"')


def test_how_we_rank_shows_the_weights_that_are_at_work(client: FlaskClient) -> None:
    page = get(client, "/hoe-wij-kiezen")
    [matches, search] = page.with_class("lw-shares")
    rows = [" ".join("".join(row.itertext()).split()) for row in matches.iter("tr")][1:]
    assert len(rows) == len(TABLE)
    for row, (component, weight) in zip(rows, TABLE.items(), strict=True):
        assert row.startswith(str(NAMES[component]))
        assert row.endswith(f"{100 * weight.share:g} %".replace(".", ","))
    assert len(list(search.iter("tr"))) == len(FIELDS) + 1


def test_every_component_and_field_has_words(seeded_app: Flask) -> None:
    assert ranking.QUESTIONS.keys() == set(Component)
    assert ranking.FIELD_NAMES.keys() == FIELDS.keys()
    with seeded_app.test_request_context():
        shares = ranking.match_shares()
        assert [share.name for share in shares] == [reason_name(component) for component in TABLE]
        assert sum(share.percent for share in shares) == pytest.approx(100)


def test_the_record_holds_the_live_weights(client: FlaskClient) -> None:
    record = client.get("/hoe-wij-kiezen.json").get_json()
    assert {row["code"]: row["share"] for row in record["components"]} == {str(code): weight.share for code, weight in TABLE.items()}
    assert {row["name"]: row["weight"] for row in record["search_fields"]} == {name: field.weight for name, field in FIELDS.items()}
    assert record["human_intervention"]


def test_the_style_page_shows_every_token_and_icon(client: FlaskClient) -> None:
    page = get(client, "/stijl")
    shown = {"".join(code.itertext()) for code in page.all("code")}
    css = (theme.TOKENS).read_text(encoding="utf-8")
    assert shown == set(re.findall(r"(--lw-[\w-]+):", css))
    drawn = set(_ICON.findall((TEMPLATES / "parts" / "icons.html").read_text(encoding="utf-8")))
    themes = {path["name"] for path in parts_themes(client)}
    assert drawn - ICONS.keys() <= themes
    assert ICONS.keys() <= drawn


def parts_themes(client: FlaskClient) -> list[dict[str, str]]:
    """The slugs of all themes, as the API names them."""
    answer = client.get("/api/v1/modules?per_page=1").get_json()
    return [{"name": value["value"]} for value in answer["facets"]["theme"]]


def test_a_theme_of_ones_own_comes_after_ours(seeded_instance: Path, tmp_path: Path, client: FlaskClient) -> None:
    own = tmp_path / "brabant.css"
    own.write_text(":root { --lw-color-green: #7a0019; }", encoding="utf-8")
    themed = app_in(seeded_instance, counting=False, theme_css=own).test_client()
    sheets = [link.get("href") for link in get(themed, "/").all("link", rel="stylesheet")]
    assert sheets[-1] == "/thema.css"
    answer = themed.get("/thema.css", buffered=True)
    assert (answer.mimetype, answer.text) == ("text/css", own.read_text(encoding="utf-8"))
    assert "/thema.css" not in client.get("/").text
    assert client.get("/thema.css").status_code == 404


def test_a_theme_that_is_not_there_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THEME_CSS", "nergens.css")
    with pytest.raises(SettingsBroken, match="THEME_CSS"):
        Settings.from_env()


def test_a_closed_site_says_so_on_every_page_and_opens_again(small_app: Flask) -> None:
    client = small_app.test_client()
    command(small_app, "maintenance", "on")
    assert sign(parts_of(small_app).settings.instance_dir).exists()
    page = get(client, "/modules?q=zon", status=503)
    assert page.response.headers["Retry-After"] == "300"
    assert "default-src 'none'" in page.response.headers["Content-Security-Policy"]
    assert problems(page.root) == []
    assert client.get("/static/leerwijzer.css", buffered=True).status_code == 200
    assert client.get("/healthz").status_code == 200
    command(small_app, "maintenance", "off")
    assert client.get("/hulp").status_code == 200


def test_help_and_contact_stand_on_every_page(client: FlaskClient) -> None:
    for path in ("/", "/modules", "/profiel", "/bestaat-niet"):
        footer = get(client, path, status=404 if path == "/bestaat-niet" else 200).all("footer")[0]
        always = {"/hulp", "/wie-betaalt-mee", "/contact", "/hoe-wij-kiezen", "/toegankelijkheid", "/privacy"}
        assert always <= {link.get("href") for link in footer.iter("a")}


def test_who_may_help_to_pay_is_named_where_something_costs_money(client: FlaskClient) -> None:
    page = get(client, "/wie-betaalt-mee")
    assert all(who in page.text("main") for who in ("werkgever", "O&O-fonds", "UWV", "gemeente", "DUO", "Leeroverzicht"))
    assert not re.search(r"€|\d", page.text("main"))
    cards = get(client, "/modules?max_price_eur=0").with_class("lw-card")
    free = {price_told(client, next(card.iter("a")).get("href", "")) for card in cards}
    assert "gratis" in free
    assert all(price == "gratis" or price.endswith("Wie betaalt mee?") for price in free)
    assert price_told(client, f"/modules/{MODULE}").endswith("Wie betaalt mee?")


def price_told(client: FlaskClient, path: str) -> str:
    """What stands at the price on the page of a module."""
    terms = get(client, path).with_class("lw-terms")[0].iter("div")
    told = [" ".join("".join(one.itertext()).split()) for one in terms]
    return next(text.removeprefix("Prijs").strip() for text in told if text.startswith("Prijs"))


def test_contact_names_an_address_only_where_there_is_one(client: FlaskClient, seeded_instance: Path) -> None:
    assert not [link for link in get(client, "/contact").all("a") if (link.get("href") or "").startswith("mailto:")]
    reachable = app_in(seeded_instance, counting=False, contact_email="fout@leren.example").test_client()
    assert get(reachable, "/contact").all("a", href="mailto:fout@leren.example")

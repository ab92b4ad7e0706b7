"""Modules that are nearly the same: found for their providers, laid side by side, settled, or merged with nothing lost."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from catalogue.models import Edition, Module
from catalogue.vocabulary import Status
from tests.accounts import add_account, command, parts_of, sign_in
from tests.editing import FACTS, member, publish, send, stored
from tests.joint import FORM, PAIRED, doubles, online, pairs_side_by_side, side_by_side
from tests.lists import press
from tests.members import signed_in_member
from tests.pages import get, parsed, post
from web.accounts.models import MemberRole
from web.background import look_for_pairs

RUN = {"start": "direct", "format": "online", "price": "gratis"}


@pytest.fixture
def ours(own_seeded_app: Flask) -> FlaskClient:
    return member(own_seeded_app, "curio")


@pytest.fixture
def pairs(own_seeded_app: Flask) -> tuple[str, str]:
    """The addresses of a pair of one's own, and of one with another organisation."""
    client = own_seeded_app.test_client()
    sign_in(client, add_account(own_seeded_app, "baas@example.org", "admin"))
    return pairs_side_by_side(own_seeded_app, client)


def parts(pair: str) -> tuple[str, str]:
    """The editors of the two modules of a pair."""
    one, other = pair.rsplit("/", 2)[1:]
    return f"/hub/modules/{one}", f"/hub/modules/{other}"


def test_a_provider_sees_its_pairs_and_what_is_different(ours: FlaskClient, pairs: tuple[str, str]) -> None:
    page = get(ours, doubles(pairs[0]))
    assert page.text("tbody").count("Manden vlechten") == 6 + 3  # two names a row, and the own one again in the link
    assert page.all("a", href=pairs[0]) or page.all("a", href=pairs[1])
    shown = get(ours, pairs[0]).text("main")
    assert "Morgen weer." in shown
    assert "Hieronder staat alleen wat verschilt." in shown
    assert "Alle velden zijn gelijk." in get(ours, pairs[1]).text("main")


def test_what_is_not_double_is_not_shown_again_to_who_said_so(own_seeded_app: Flask, ours: FlaskClient, pairs: tuple[str, str]) -> None:
    assert send(ours, f"{pairs[1]}/niet-dubbel", FORM).location == doubles(pairs[1])
    assert ours.get(pairs[1]).status_code == 404
    command(own_seeded_app, "modules", "duplicates")
    assert ours.get(pairs[1]).status_code == 404, "also after comparing again"
    theirs = member(own_seeded_app, "avans", email="ander@example.org")
    assert "Manden vlechten" in get(theirs, "/hub/organisaties/avans/dubbel").text("main"), "the other did not say so"


def test_two_become_one_and_nothing_is_lost(own_seeded_app: Flask, ours: FlaskClient, pairs: tuple[str, str]) -> None:
    kept, gone = parts(pairs[0])
    for address in (kept, gone):
        post(ours, f"{address}/uitvoeringen/nieuw", **RUN)
        publish(ours, address)
    old, new = stored(own_seeded_app, gone), stored(own_seeded_app, kept)
    guest = own_seeded_app.test_client()
    assert press(guest, "/lijst/bewaar", uitvoering=old.editions[0].uid).status_code == 303
    assert post(ours, pairs[0], keep=new.uid, with_runs="y").location == doubles(pairs[0])
    assert stored(own_seeded_app, gone).status is Status.WITHDRAWN
    answer = guest.get(f"/modules/{old.slug}")
    assert (answer.status_code, answer.location) == (301, f"/modules/{new.slug}")
    for reference in (old.uid, old.slug):
        answer = guest.get(f"/api/v1/modules/{reference}")
        assert (answer.status_code, answer.location) == (301, f"/api/v1/modules/{new.uid}")
    shown = get(guest, "/lijst")
    assert shown.all("a", href=f"/modules/{new.slug}")
    assert {one.uid for one in stored(own_seeded_app, kept).editions} == {old.editions[0].uid, new.editions[0].uid}
    compared = parsed(guest.get(f"/vergelijk?m={old.slug}&m=zonnepanelen-inspecteren"))
    assert "Manden vlechten" in compared.text("main")
    assert "wat nu online staat" not in get(ours, gone).text("main")
    assert "Stap 3: teruggetrokken" in get(ours, f"{gone}/versies").text("main")


def test_runs_stay_behind_by_choice_and_a_next_version_takes_moved_ones_along(
    own_seeded_app: Flask, ours: FlaskClient, pairs: tuple[str, str]
) -> None:
    kept, gone = parts(pairs[0])
    post(ours, f"{gone}/uitvoeringen/nieuw", **RUN)
    publish(ours, gone)
    post(ours, f"{kept}/niveau", **FACTS)
    uid = kept.rsplit("/", 1)[1]
    page = post(ours, pairs[0], with_runs="y")
    assert parsed(page).title.startswith("Fout:")
    assert "Kies welke module blijft." in parsed(page).text("main")
    assert post(ours, pairs[0], keep=uid, with_runs="y").status_code == 303
    publish(ours, kept)
    assert len(stored(own_seeded_app, kept).editions) == 1
    third = online(own_seeded_app, ours, "curio", PAIRED)
    post(ours, f"/hub/modules/{third}/uitvoeringen/nieuw", **RUN)
    publish(ours, f"/hub/modules/{third}")
    command(own_seeded_app, "modules", "duplicates")
    assert post(ours, side_by_side("curio", uid, third), keep=uid).status_code == 303
    assert len(stored(own_seeded_app, kept).editions) == 1
    assert len(stored(own_seeded_app, f"/hub/modules/{third}").editions) == 1, "nothing was deleted"


def test_an_address_that_went_on_twice_leads_to_the_last(own_seeded_app: Flask, ours: FlaskClient, pairs: tuple[str, str]) -> None:
    first, second = (stored(own_seeded_app, one) for one in parts(pairs[0]))
    third = online(own_seeded_app, ours, "curio", PAIRED)
    command(own_seeded_app, "modules", "duplicates")
    assert post(ours, pairs[0], keep=second.uid).status_code == 303
    assert post(ours, side_by_side("curio", second.uid, third), keep=third).status_code == 303
    last = stored(own_seeded_app, f"/hub/modules/{third}").slug
    guest = own_seeded_app.test_client()
    assert {guest.get(f"/modules/{one.slug}").location for one in (first, second)} == {f"/modules/{last}"}
    publish(ours, f"/hub/modules/{first.uid}")
    assert get(guest, f"/modules/{first.slug}").text("h1"), "what comes back online has its own page again"


def test_nobody_merges_a_module_of_another(own_seeded_app: Flask, ours: FlaskClient, pairs: tuple[str, str]) -> None:
    page = get(ours, pairs[1])
    assert "Maak er één van" not in page.text("main")
    (link,) = [one.get("href") for one in page.all("a") if "met=avans" in one.get("href", "")]
    chosen = [one.get("value") for one in get(ours, link).all("option") if one.get("selected") is not None]
    assert chosen == ["avans"]
    theirs = pairs[1].rsplit("/", 1)[1]
    assert post(ours, pairs[1], keep=pairs[1].rsplit("/", 2)[1], with_runs="y").status_code == 403
    assert stored(own_seeded_app, f"/hub/modules/{theirs}").status is Status.PUBLISHED
    third = member(own_seeded_app, "buas", email="derde@example.org")
    token = get(third, FORM).value("csrf_token")
    routes = [rule for rule in own_seeded_app.url_map.iter_rules() if rule.endpoint.startswith("double.")]
    assert len(routes) == 3
    for rule in routes:
        for slug, status in (("curio", 403), ("buas", 404 if "uid" in rule.arguments else 200)):
            known = {"slug": slug, "uid": pairs[0].rsplit("/", 2)[1], "other": theirs}
            path = own_seeded_app.url_map.bind("").build(rule.endpoint, {name: known[name] for name in rule.arguments})
            for method in rule.methods & {"GET", "POST"}:
                assert third.open(path, method=method, data={"csrf_token": token, "keep": theirs}).status_code == status, (method, path)
    author = signed_in_member(own_seeded_app, "auteur@example.org", "curio", MemberRole.AUTHOR)
    assert author.get(doubles(pairs[0])).status_code == 403


def test_modules_are_compared_again_only_when_one_changed(own_seeded_app: Flask, ours: FlaskClient) -> None:
    app_parts = parts_of(own_seeded_app)
    before = look_for_pairs(app_parts)
    assert before is not None
    assert look_for_pairs(app_parts) is None
    online(own_seeded_app, ours, "curio", PAIRED)
    online(own_seeded_app, ours, "curio", PAIRED)
    assert look_for_pairs(app_parts) == before + 1
    with app_parts.database.reading() as session:
        assert session.scalars(select(Module.id).where(Module.title == "Manden vlechten")).all()
        assert session.scalars(select(Edition.id)).first()

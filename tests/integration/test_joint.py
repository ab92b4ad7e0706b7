"""Modules that several organisations make: asked, accepted, changed by both, and ended."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from catalogue.vocabulary import Status
from tests.accounts import parts_of
from tests.editing import TEXT_VALUES, made, member, publish, send, stored
from tests.joint import FORM, answer, ask, joint
from tests.members import signed_in_member
from tests.pages import get, post
from web.accounts.models import MemberRole


def both(app: Flask) -> tuple[FlaskClient, FlaskClient, str]:
    """Somebody of each organisation, and a module that they make together."""
    ours, theirs = member(app, "curio"), member(app, "avans", email="ander@example.org")
    address = made(ours)
    assert ask(ours, address, "avans").status_code == 303
    assert answer(theirs, "avans", address).location == address
    return ours, theirs, address


def test_two_organisations_make_a_module_and_both_names_stand_on_it(own_seeded_app: Flask) -> None:
    ours, theirs, address = both(own_seeded_app)
    post(theirs, f"{address}/tekst", actie="bewaar", **TEXT_VALUES | {"title": "Door ons allebei"})
    assert stored(own_seeded_app, address).title == "Door ons allebei"
    assert "Curio, samen met Avans Hogeschool" in get(ours, address).text("main")
    assert "staat online" in publish(theirs, address)
    guest, slug = own_seeded_app.test_client(), stored(own_seeded_app, address).slug
    page = get(guest, f"/modules/{slug}")
    assert "Curio · samen met Avans Hogeschool" in page.text("main")
    assert page.all("a", href="/aanbieders/avans")
    titles = [get(guest, f"/aanbieders/{one}?page={number}").text("main") for one, number in (("curio", 1), ("avans", 1), ("avans", 2))]
    assert "Door ons allebei" in titles[0]
    assert "Door ons allebei" in "".join(titles[1:])
    assert "Door ons allebei" in get(theirs, "/hub").text("main")


def test_who_was_asked_sees_the_draft_only_after_saying_yes(own_seeded_app: Flask) -> None:
    ours, theirs = member(own_seeded_app, "curio"), member(own_seeded_app, "avans", email="ander@example.org")
    address = made(ours)
    assert "vraagt u om" not in get(theirs, "/hub").text("main")
    ask(ours, address, "avans")
    assert "gevraagd op" in get(ours, f"{address}/samen").text("main")
    assert theirs.get(address).status_code == 404
    assert "Iemand vraagt u om 1 module samen te maken" in get(theirs, "/hub").text("main")
    assert "Warmtepompen plaatsen en onderhouden" in get(theirs, joint("avans")).text("main")
    assert answer(theirs, "avans", address, "nee").status_code == 303
    assert theirs.get(address).status_code == 404
    assert "Nog niemand vroeg u." in get(theirs, joint("avans")).text("main")
    assert answer(theirs, "avans", address).status_code == 404, "there is nothing left to accept"


def test_either_side_ends_it_and_the_module_stays(own_seeded_app: Flask) -> None:
    ours, theirs, address = both(own_seeded_app)
    assert answer(theirs, "avans", address, "nee").location == joint("avans")
    assert theirs.get(address).status_code == 404
    ask(ours, address, "avans")
    answer(theirs, "avans", address)
    assert send(ours, f"{address}/samen/avans/stop", f"{address}/samen").status_code == 303
    assert theirs.get(address).status_code == 404
    assert stored(own_seeded_app, address).status is Status.DRAFT
    get(ours, address)


def test_only_the_organisation_that_offers_a_module_decides_who_makes_it(own_seeded_app: Flask) -> None:
    ours, theirs, address = both(own_seeded_app)
    assert ask(theirs, address, "buas").status_code == 403
    assert send(theirs, f"{address}/samen/avans/stop", FORM).status_code == 403
    author = signed_in_member(own_seeded_app, "auteur@example.org", "curio", MemberRole.AUTHOR)
    assert ask(author, address, "buas").status_code == 403
    page = get(author, f"{address}/samen")
    assert "kiest een redacteur" in page.text("main")
    for wrong in ("", "curio", "avans", "bestaat-niet"):
        assert ask(ours, address, wrong).status_code == 200, wrong
    with parts_of(own_seeded_app).database.reading() as session:
        module = session.merge(stored(own_seeded_app, address))
        shares = module.shares
        assert [one.organisation.slug for one in shares] == ["avans"]


def test_an_author_of_a_partner_writes_and_does_not_publish(own_seeded_app: Flask) -> None:
    _ours, _theirs, address = both(own_seeded_app)
    author = signed_in_member(own_seeded_app, "auteur@example.org", "avans", MemberRole.AUTHOR)
    post(author, f"{address}/tekst", actie="bewaar", **TEXT_VALUES | {"title": "Van de schrijver"})
    assert stored(own_seeded_app, address).title == "Van de schrijver"
    assert send(author, f"{address}/stap", address, naar="published").status_code == 403
    assert author.get(joint("avans")).status_code == 403


def test_a_third_organisation_sees_no_draft_and_changes_nothing(own_seeded_app: Flask) -> None:
    ours, _theirs, address = both(own_seeded_app)
    third = member(own_seeded_app, "buas", email="derde@example.org")
    token = get(third, "/hub/modules/nieuw").value("csrf_token")
    routes = [
        rule
        for rule in own_seeded_app.url_map.iter_rules()
        if rule.endpoint.startswith(("editor.", "joint.")) and rule.arguments & {"uid", "slug"}
    ]
    assert len(routes) >= 17
    for status in (404, 403):
        for rule in routes:
            known = {"uid": address.rsplit("/", 1)[1], "at": 0, "slug": "avans"}
            path = own_seeded_app.url_map.bind("").build(rule.endpoint, {name: known[name] for name in rule.arguments})
            for method in rule.methods & {"GET", "POST"}:
                refused = 403 if rule.endpoint.startswith("joint.") else status
                values = {"csrf_token": token, "title": "Gekaapt", "naar": "withdrawn", "language": "nl", "organisation": "buas"}
                assert third.open(path, method=method, data=values).status_code == refused, (method, path)
        publish(ours, address)
    after = stored(own_seeded_app, address)
    assert (after.title, after.status) == ("Warmtepompen plaatsen en onderhouden", Status.PUBLISHED)
    assert "Avans Hogeschool" in get(ours, f"{address}/samen").text("main")
    assert "gevraagd op" not in get(ours, f"{address}/samen").text("main")

"""The editor of modules: from a text to a module online, what waits, what was before, and who may do what."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from catalogue.models import Edition, NextVersion, Revision
from catalogue.vocabulary import Credential, Format, Level, LoadUnit, StartType, Status
from tests.accounts import command, parts_of
from tests.editing import FACTS, TEXT_VALUES, made, member, publish, send, step, stored
from tests.members import signed_in_member
from tests.pages import get, parsed, post
from web.accounts.models import MemberRole


def test_a_text_finds_its_places(own_seeded_app: Flask) -> None:
    address = made(member(own_seeded_app, "curio"))
    module = stored(own_seeded_app, address)
    assert (module.title, module.status, module.level) == ("Warmtepompen plaatsen en onderhouden", Status.DRAFT, Level.MBO_4)
    assert (module.workload_hours, module.load_unit) == (80.0, LoadUnit.SBU)
    assert module.outcomes[0] == "Je kiest een warmtepomp die past bij een woning"
    assert "monteurs" in module.audience
    assert "vca" in module.entry_text.lower()
    assert "praktijkopdracht" in module.assessment
    assert "Leerdoelen" not in module.description


def test_from_a_text_to_a_module_that_others_find(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    address = made(client)
    skills = get(client, f"{address}/vaardigheden")
    ticks = [one.get("value") for one in skills.all("input") if one.get("name") == "neem"]
    assert ticks
    levels = {f"stand-{uid}": "3" for uid in ticks}
    send(client, f"{address}/vaardigheden", f"{address}/vaardigheden", neem=ticks[:2], actie="verder", **levels)
    run = {"start": "fixed", "on": "8-2-2027", "weeks": "10 weken", "format": "on-site", "near": "Breda", "price": "bedrag"}
    run["capacity"] = "max. 12 personen"
    run["price_eur"] = "€ 450,- incl. btw"
    assert post(client, f"{address}/uitvoeringen/nieuw", actie="verder", **run).status_code == 303
    assert "staat online" in publish(client, address)
    command(own_seeded_app, "jobs", "run", "--once")
    module = stored(own_seeded_app, address)
    assert len(module.skills) == 2
    assert all(not row.is_recognised and row.level == 3 for row in module.skills)
    (edition,) = module.editions
    assert (edition.start_type, edition.format, edition.price_cents) == (StartType.FIXED, Format.ON_SITE, 45_000)
    assert (edition.weeks, edition.capacity) == (10, 12)
    assert edition.place is not None
    assert edition.place.name == "Breda"
    assert module.title in get(own_seeded_app.test_client(), "/modules?q=warmtepompen+plaatsen+en+onderhouden").text("main")


def test_what_is_online_stays_until_the_next_version_is_published(own_seeded_app: Flask) -> None:
    client, guest = member(own_seeded_app, "curio"), own_seeded_app.test_client()
    address = made(client)
    publish(client, address)
    slug = stored(own_seeded_app, address).slug
    text = {
        "title": "Warmtepompen voor gevorderden",
        "language": "nl",
        "outcomes": "een ding\nnog een",
        "description": "Nieuw.",
        "audience": "",
    }
    post(client, f"{address}/tekst", actie="bewaar", **text)
    assert "Warmtepompen plaatsen" in get(guest, f"/modules/{slug}").text("h1")
    assert "Er is een nieuwe versie" in get(client, address).text("main")
    assert "gevorderden" in get(client, f"{address}/voorbeeld").text("h1")
    assert "Warmtepompen plaatsen" in get(guest, f"/modules/{slug}").text("h1"), "a preview changes nothing"
    publish(client, address)
    assert "gevorderden" in get(guest, f"/modules/{slug}").text("h1")
    versions = get(client, f"{address}/versies").text("main")
    assert "Stap 2: staat online" in versions
    assert "Warmtepompen plaatsen en onderhouden" in versions
    assert "hub@example.org" in versions


def test_a_new_module_has_nothing_that_changed_before(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    assert "Er is nog niets gebeurd" in get(client, f"{made(client)}/versies").text("main")


def test_a_next_version_can_be_thrown_away(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    address = made(client)
    publish(client, address)
    post(client, f"{address}/niveau", **FACTS)
    with parts_of(own_seeded_app).database.reading() as session:
        assert session.scalars(select(NextVersion)).one().document["workload_hours"] == 84
    send(client, f"{address}/versie-weg", address)
    with parts_of(own_seeded_app).database.reading() as session:
        assert session.scalars(select(NextVersion)).first() is None
    assert stored(own_seeded_app, address).credential is not Credential.BADGE


def test_review_withdrawing_and_coming_back(own_seeded_app: Flask) -> None:
    client, guest = member(own_seeded_app, "curio"), own_seeded_app.test_client()
    address = made(client)
    assert "wordt bekeken" in step(client, address, "in-review")
    assert "concept" in step(client, address, "draft")
    publish(client, address)
    slug = stored(own_seeded_app, address).slug
    step(client, address, "withdrawn")
    assert guest.get(f"/modules/{slug}").status_code == 410
    publish(client, address)
    assert guest.get(f"/modules/{slug}").status_code == 200
    with parts_of(own_seeded_app).database.reading() as session:
        module_id = stored(own_seeded_app, address).id
        steps = session.scalars(select(Revision.status).where(Revision.module_id == module_id).order_by(Revision.number)).all()
    assert steps == [Status.IN_REVIEW, Status.DRAFT, Status.PUBLISHED, Status.WITHDRAWN, Status.PUBLISHED]


@pytest.mark.parametrize("to", ["published", "nonsense", "draft", ""])
def test_a_step_that_cannot_be_taken_says_so_and_changes_nothing(own_seeded_app: Flask, to: str) -> None:
    client = member(own_seeded_app, "curio")
    address = made(client)
    publish(client, address)
    step(client, address, to)
    with parts_of(own_seeded_app).database.reading() as session:
        assert len(session.scalars(select(Revision)).all()) == 1


def test_runs_are_added_copied_changed_and_taken_away(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    address = made(client)
    runs = f"{address}/uitvoeringen"
    online = {"start": "rolling", "every_weeks": "4", "on": "2027-01-11", "format": "online", "price": "gratis"}
    post(client, f"{runs}/nieuw", **online)
    again = online | {"price": "onbekend", "day_parts": "monday-evening", "capacity": "12"}
    post(client, f"{runs}/nieuw?als=0", **again)
    post(client, f"{runs}/0", **online | {"every_weeks": "6"})
    kept = {
        (one.start_every_weeks, one.price_cents, tuple(one.day_parts), one.capacity) for one in stored(own_seeded_app, address).editions
    }
    assert kept == {(6, 0, (), None), (4, None, ("monday-evening",), 12)}
    ticks = [one for one in get(client, f"{runs}/1").all("input") if one.get("name") == "day_parts" and one.get("checked") is not None]
    assert [one.get("value") for one in ticks] == ["monday-evening"]
    send(client, f"{runs}/0/weg", runs)
    (left,) = stored(own_seeded_app, address).editions
    assert left.capacity == 12
    assert client.get(f"{runs}/7").status_code == 404


BADGE = {"assessment_form": "practice", "is_supervised": "ja", "is_identity_checked": "nee", "is_stackable": "", "quality_mark": "NVAO"}


def test_what_a_microcredential_asks_is_filled_in_and_shown(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    address = made(client)
    assert "microcredential" not in get(client, address).text("main"), "only where one gets such a thing"
    post(client, f"{address}/niveau", **FACTS | {"credential": "microcredential"})
    assert "Zeg wie de kwaliteit bewaakt." in get(client, address).text("main")
    post(client, f"{address}/badge", **BADGE, quality_url="https://example.org/nvao")
    shown = get(client, address).text("main")
    assert "Zeg wie de kwaliteit bewaakt." not in shown
    assert "Zeg of het meetelt voor een groter bewijs." in shown
    assert "Niveau, tijd en bewijs: Schrijf hoe iemand laat zien wat hij kan." in shown, "it is asked for in another part"
    assert "Fout:" in parsed(post(client, f"{address}/badge", **BADGE, quality_url="geen adres")).text("title")
    module = stored(own_seeded_app, address)
    assert (module.is_supervised, module.is_identity_checked, module.is_stackable, module.quality_mark) == (True, False, None, "NVAO")
    publish(client, address)
    page = get(client, f"/modules/{module.slug}")
    assert "Door het te doen" in page.text("main")
    assert "https://example.org/nvao" in [one.get("href") for one in page.all("a")]
    assert "groter bewijs" not in page.text("main"), "what is not stated is not shown"


def test_the_badge_of_a_module_is_a_file_that_programs_read(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    address = made(client)
    client.post(f"{address}/vaardigheden")
    post(client, f"{address}/niveau", **FACTS | {"credential": "microcredential", "assessment": "Een opdracht op het werk."})
    slug = stored(own_seeded_app, address).slug
    assert client.get(f"/modules/{slug}/badge.json").status_code == 404, "not online"
    publish(client, address)
    document = client.get(f"/modules/{slug}/badge.json").get_json(force=True)
    assert document["id"].endswith(f"/modules/{slug}/badge.json")
    assert (document["type"], document["achievementType"], document["creditsAvailable"]) == (["Achievement"], "MicroCredential", 3)
    assert document["criteria"]["narrative"].endswith("Een opdracht op het werk.")
    post(client, f"{address}/niveau", **FACTS | {"credential": "diploma"})
    publish(client, address)
    assert client.get(f"/modules/{slug}/badge.json").status_code == 404


def test_a_series_adds_the_days_that_stay_ticked(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    address = made(client)
    run = {
        "start": "fixed",
        "on": "31-1-2027",
        "format": "on-site",
        "near": "Breda",
        "price": "bedrag",
        "price_eur": "95",
        "capacity": "12",
    }
    post(client, f"{address}/uitvoeringen/nieuw", **run)
    post(client, f"{address}/uitvoeringen/nieuw", **run | {"on": "28-2-2027", "capacity": "8"})
    shown = f"{address}/uitvoeringen/reeks?van=0&every=1&unit=months&times=3"
    ticks = [one for one in get(client, shown).all("input") if one.get("name") == "neem"]
    assert [one.get("checked") is not None for one in ticks] == [False, True, True], "what stands there already is not added again"
    assert send(client, shown, shown, neem=["1", "2"]).status_code == 303
    runs = {one.start_on: one for one in stored(own_seeded_app, address).editions}
    assert set(runs) == {date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)}
    added = runs[date(2027, 4, 30)]
    assert (added.price_cents, added.capacity, added.place and added.place.name) == (9500, 12, "Breda")


def test_all_runs_come_again_next_year(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    address = made(client)
    series = f"{address}/uitvoeringen/reeks"
    assert client.get(series).status_code == 404, "nothing to repeat"
    online = {"format": "online", "price": "gratis"}
    for day in ("8-2-2027", "13-9-2027"):
        post(client, f"{address}/uitvoeringen/nieuw", start="fixed", on=day, **online)
    post(client, f"{address}/uitvoeringen/nieuw", start="direct", **online)
    send(client, f"{series}?every=52&unit=weeks&times=1", f"{series}?every=52&unit=weeks&times=1", neem=["0", "1"])
    starts = [one.start_on for one in stored(own_seeded_app, address).editions]
    assert starts == [date(2027, 2, 8), date(2027, 9, 13), None, date(2028, 2, 7), date(2028, 9, 11)]
    for wrong in ("van=2", "van=9", "van=-1"):
        assert client.get(f"{series}?{wrong}").status_code == 404


@pytest.mark.parametrize("asked", ["every=0&unit=weeks&times=1", "every=2&unit=jaren&times=1", "every=&unit=weeks&times=99", "every=x"])
def test_a_series_that_cannot_be_says_why(own_seeded_app: Flask, asked: str) -> None:
    client = member(own_seeded_app, "curio")
    address = made(client)
    post(client, f"{address}/uitvoeringen/nieuw", start="fixed", on="8-2-2027", format="online", price="gratis")
    page = get(client, f"{address}/uitvoeringen/reeks?{asked}")
    assert "Fout:" in page.text("title")
    assert not [one for one in page.all("input") if one.get("name") == "neem"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"start": "fixed"}, "Schrijf de datum van de start."),
        ({"start": "rolling"}, "om de hoeveel weken"),
        ({"start": "when-enrolled"}, "op hoeveel mensen"),
        ({"format": "on-site"}, "in welke plaats"),
        ({"format": "on-site", "near": "Nergenshuizen"}, "kennen wij niet"),
        ({"price": "bedrag"}, "Schrijf een bedrag"),
        ({"price": "bedrag", "price_eur": "veel"}, "Schrijf een getal"),
        ({"price": "bedrag", "price_eur": "€ 1.250,- excl. btw"}, "Dit is zonder btw."),
        ({"weeks": "0"}, "tussen 1 en 520"),
        ({"weeks": "600 weken"}, "tussen 1 en 520"),
        ({"weeks": "tien weken"}, "Schrijf een heel getal"),
    ],
)
def test_a_run_with_a_mistake_keeps_what_was_typed(own_seeded_app: Flask, wrong: dict[str, str], says: str) -> None:
    client = member(own_seeded_app, "curio")
    address = made(client)
    right = {"start": "direct", "format": "online", "price": "gratis", "weeks": "12"}
    answer = post(client, f"{address}/uitvoeringen/nieuw", **right | wrong)
    assert answer.status_code == 200
    page = parsed(answer)
    assert says in page.text("main")
    assert page.value("weeks") == wrong.get("weeks", "12")
    assert not stored(own_seeded_app, address).editions


def test_what_a_page_saves_by_itself_answers_nothing(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    address = made(client)
    text = TEXT_VALUES | {"title": "Anders"}
    assert send(client, f"{address}/tekst", f"{address}/tekst", {"X-Autosave": "1"}, **text).status_code == 204
    assert stored(own_seeded_app, address).title == "Anders"
    assert send(client, f"{address}/tekst", f"{address}/tekst", {"X-Autosave": "1"}, **text | {"title": ""}).status_code == 200
    assert stored(own_seeded_app, address).title == "Anders"


def test_a_copy_is_a_draft_of_its_own(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    address = made(client)
    publish(client, address)
    copy = str(send(client, f"{address}/kopie", address).location)
    assert copy != address
    assert (stored(own_seeded_app, copy).status, stored(own_seeded_app, copy).description) == (
        Status.DRAFT,
        stored(own_seeded_app, address).description,
    )


def test_somebody_of_another_hub_sees_no_draft_and_changes_nothing(own_seeded_app: Flask) -> None:
    owner, other = member(own_seeded_app, "curio"), member(own_seeded_app, "avans", email="ander@example.org")
    address = made(owner)
    before = stored(own_seeded_app, address)
    token = parsed(other.get("/hub/modules/nieuw")).value("csrf_token")
    routes = [rule for rule in own_seeded_app.url_map.iter_rules() if rule.endpoint.startswith("editor.") and "uid" in rule.arguments]
    assert len(routes) >= 12
    for status in (404, 403):
        for rule in routes:
            known = {"uid": address.rsplit("/", 1)[1], "at": 0, "slug": "avans"}
            path = own_seeded_app.url_map.bind("").build(rule.endpoint, {name: known[name] for name in rule.arguments})
            for method in rule.methods & {"GET", "POST"}:
                values = {"csrf_token": token, "title": "Gekaapt", "naar": "withdrawn", "language": "nl"}
                assert other.open(path, method=method, data=values).status_code == status, (method, path)
        publish(owner, address)
    after = stored(own_seeded_app, address)
    assert (after.title, after.status) == (before.title, Status.PUBLISHED)
    answer = post(other, "/hub/modules/nieuw", organisation=str(before.organisation_id), title="Onder een andere naam")
    assert answer.status_code == 200, "only one's own organisations can be chosen"


def test_a_guest_signs_in_first(own_seeded_app: Flask) -> None:
    answer = own_seeded_app.test_client().get("/hub/modules/nieuw")
    assert answer.status_code == 302
    assert "/inloggen" in str(answer.location)


def test_editions_keep_their_public_id(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    address = made(client)
    run = {"start": "direct", "format": "online", "price": "gratis"}
    post(client, f"{address}/uitvoeringen/nieuw", **run)
    publish(client, address)
    uid = stored(own_seeded_app, address).editions[0].uid
    post(client, f"{address}/uitvoeringen/0", **run | {"price": "bedrag", "price_eur": "20"})
    publish(client, address)
    with parts_of(own_seeded_app).database.reading() as session:
        assert session.scalars(select(Edition).where(Edition.uid == uid)).one().price_cents == 2_000


def test_who_writes_what_is_online_already_is_told(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    first = made(client)
    assert "lijkt veel op" not in get(client, first).text("main")
    publish(client, first)
    command(own_seeded_app, "jobs", "run", "--once")
    second = get(client, made(client)).text("main")
    assert "lijkt veel op" in second
    assert "Warmtepompen plaatsen en onderhouden (Curio)" in second
    assert "lijkt veel op" not in get(client, first).text("main"), "a module is not alike to itself"
    shown = command(own_seeded_app, "modules", "duplicates", "--organisation", "curio")
    assert "0 pairs" in shown
    publish(client, str(send(client, f"{first}/kopie", first).location))
    assert "1 pairs" in command(own_seeded_app, "modules", "duplicates", "--organisation", "curio")


def test_an_author_asks_and_a_publisher_publishes(own_seeded_app: Flask) -> None:
    author = signed_in_member(own_seeded_app, "auteur@example.org", "curio", MemberRole.AUTHOR)
    publisher = signed_in_member(own_seeded_app, "uitgever@example.org", "curio", MemberRole.PUBLISHER)
    address = made(author)
    buttons = get(author, address).text("form", action=f"{address}/stap")
    assert "Vraag een collega" in buttons
    assert "online" not in buttons
    assert send(author, f"{address}/stap", address, naar="published").status_code == 403
    step(author, address, "in-review")
    assert "staat online" in publish(publisher, address)
    assert send(author, f"{address}/stap", address, naar="withdrawn").status_code == 403
    assert stored(own_seeded_app, address).status is Status.PUBLISHED


def test_one_sees_what_other_systems_miss_and_where_to_fill_it_in(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    address = made(client)
    page = get(client, f"{address}/uitwisseling")
    assert "Er is geen start." in page.text("main")
    assert "CourseOffering" in page.text("main")
    assert "Er staan geen uren of EC." not in page.text("main")
    assert f"{address}/uitvoeringen" in [one.get("href") for one in page.all("a")]
    run = {"start": "agreed", "format": "online", "price": "onbekend"}
    assert post(client, f"{address}/uitvoeringen/nieuw", actie="verder", **run).status_code == 303
    told = get(client, f"{address}/uitwisseling").text("main")
    assert "Er is geen start." not in told
    assert "Er is een start zonder vaste dag." in told
    assert "Er is een start zonder prijs." in told
    other = member(own_seeded_app, "avans", email="ander@example.org")
    assert other.get(f"{address}/uitwisseling").status_code == 404


def test_choices_speak_the_language_of_the_reader(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    address = made(client)
    for language, level, place in (("nl", "Mbo niveau 1", "Op locatie"), ("en", "Mbo level 1", "On site")):
        client.set_cookie("taal", language)
        assert level in [one.text for one in get(client, f"{address}/niveau").all("option")]
        assert place in [one.text for one in get(client, f"{address}/uitvoeringen/nieuw").all("option")]

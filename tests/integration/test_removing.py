"""What was never online can be thrown away: one module, or those that a file brought; what was online stays."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.database import Database
from catalogue.models import Base, Edition, Feed, FeedModule, IndexChange, Module, NearPair, Organisation
from catalogue.organisations import add_organisation, organisation_by_slug
from catalogue.publishing import editing, owners
from catalogue.publishing.history import BY_FILE, keep_revisions
from catalogue.publishing.removing import WasOnline, brought, files_to_take_back, remove, take_back
from catalogue.publishing.values import EditionValues, ModuleValues
from catalogue.publishing.write import save_module, save_modules
from catalogue.search.indexing import check, rebuild, sync
from catalogue.search.memory import MemoryEngine
from catalogue.starts import Start
from catalogue.vocabulary import Format, OrganisationKind, StartType, Status
from tests.accounts import command, parts_of
from tests.conftest import NOW, Clock
from tests.editing import TEXT_VALUES, made, member, publish, stored
from tests.integration.test_upload import CSV, PAGE, number_of_modules, sent
from tests.integration.test_upload import brought as bring
from tests.members import signed_in_member
from tests.pages import get, post
from web.accounts.models import MemberRole
from web.audit.model import AuditEntry

LATER = NOW + timedelta(hours=1)
RUN = EditionValues(Start(StartType.DIRECT), format=Format.ONLINE)


def school_in(session: Session) -> Organisation:
    return organisation_by_slug(session, "school") or pytest.fail("there is no school")


def by_file(session: Session, *titles: str, now: datetime = NOW, publish: bool = False) -> None:
    """Writes modules as a file does."""
    many = [ModuleValues(external_id=title, title=title, editions=[RUN]) for title in titles]
    keep_revisions(session, save_modules(session, school_in(session), many, now, publish=publish), BY_FILE, now)


def named(session: Session, title: str) -> Module:
    return session.scalars(select(Module).where(Module.title == title)).one()


def titles(session: Session) -> set[str]:
    return set(session.scalars(select(Module.title)))


def pointing_at(session: Session, module_id: int) -> dict[str, int]:
    """How many rows of each table point at a module."""
    keys = [key for table in Base.metadata.tables.values() for key in table.foreign_keys if key.column is Module.__table__.c.id]
    counts = {f"{key.parent}": session.scalar(select(func.count()).where(key.parent == module_id)) or 0 for key in keys}
    return {name: count for name, count in counts.items() if count}


def test_nothing_of_a_removed_module_stays(school: Database) -> None:
    with school.writing() as session:
        by_file(session, "Solderen", "Lassen")
        draft, other = named(session, "Solderen"), named(session, "Lassen")
        feed = Feed(organisation=school_in(session), url="https://x.example/m", file_format="csv", every_hours=24, is_publishing=False)
        feed.most_gone_percent, feed.created_at, feed.next_at = 50, NOW, NOW
        session.add(feed)
        session.flush()
        session.add_all([FeedModule(feed_id=feed.id, module_id=draft.id), NearPair(first_id=draft.id, second_id=other.id, likeness=0.9)])
        owners.ask(session, draft, add_organisation(session, "ander", "De Ander", OrganisationKind.MBO), NOW)
        draft_id, other_id = draft.id, other.id
        expected = {"edition.module_id", "revision.module_id", "feed_module.module_id", "near_pair.first_id", "module_owner.module_id"}
        assert pointing_at(session, draft_id).keys() == expected
    with school.writing() as session:
        remove(session, named(session, "Solderen"), LATER)
    with school.reading() as session:
        assert titles(session) == {"Lassen"}
        assert not pointing_at(session, draft_id)
        assert pointing_at(session, other_id) == {"edition.module_id": 1, "revision.module_id": 1}
        assert session.scalars(select(func.count()).select_from(Edition)).one() == 1
        assert draft_id in session.scalars(select(IndexChange.module_id)).all()


def test_the_index_stays_equal_to_the_database(school: Database) -> None:
    engine = MemoryEngine()
    with school.writing() as session:
        by_file(session, "Lassen", publish=True)
        by_file(session, "Solderen")
    rebuild(school, engine)
    with school.writing() as session:
        remove(session, named(session, "Solderen"), LATER)
        by_file(session, "Frezen", publish=True)  # SQLite gives the key of the removed module out again
    sync(school, engine, LATER)
    assert check(school, engine).is_none


def test_what_was_online_once_is_not_removed(school: Database) -> None:
    with school.writing() as session:
        by_file(session, "Solderen", publish=True)
        module = named(session, "Solderen")
        editing.step(session, module, Status.WITHDRAWN, LATER)
        editing.step(session, module, Status.DRAFT, LATER)
        with pytest.raises(WasOnline):
            remove(session, module, LATER)
        assert titles(session) == {"Solderen"}


def test_a_file_is_taken_back_but_for_what_somebody_touched(school: Database) -> None:
    with school.writing() as session:
        save_module(session, school_in(session), ModuleValues(external_id="Oud", title="Oud"), NOW - timedelta(days=1))
        by_file(session, "Oud", "Ander bestand", now=NOW - timedelta(hours=1))
        by_file(session, "Blijft weg", "Ook weg", "Gewijzigd", "Online", "Gedeeld", "Oud")
        editing.keep(session, named(session, "Gewijzigd"), ModuleValues(audience="Iedereen"), LATER)
        editing.step(session, named(session, "Online"), Status.PUBLISHED, LATER)
        owners.ask(session, named(session, "Gedeeld"), add_organisation(session, "ander", "De Ander", OrganisationKind.MBO), LATER)
    with school.writing() as session:
        organisation_id = school_in(session).id
        assert [(one.moment, one.n_modules) for one in files_to_take_back(session, organisation_id)] == [
            (NOW, 2),
            (NOW - timedelta(hours=1), 1),
        ]
        found = brought(session, organisation_id, NOW)
        assert [one.title for one in found.going] == ["Blijft weg", "Ook weg"]
        assert [one.title for one in found.staying] == ["Gedeeld", "Gewijzigd", "Online"]
        other = organisation_by_slug(session, "ander")
        assert other is not None
        assert not take_back(session, other.id, NOW, LATER), "it is another organisation's"
        assert len(take_back(session, organisation_id, NOW, LATER)) == 2
        assert not take_back(session, organisation_id, NOW, LATER), "once"
        assert titles(session) == {"Oud", "Ander bestand", "Gewijzigd", "Online", "Gedeeld"}


def taken_over(client: FlaskClient, content: str, page: str = PAGE) -> str:
    """Brings a file and writes it, not online; the address where it is taken back."""
    assert sent(client, str(bring(client, content, page=page).location)).status_code == 303
    return next(str(one.get("href")) for one in get(client, page).all("a") if "/bestand/terug/" in str(one.get("href")))


def audited(app: Flask) -> list[tuple[str, str]]:
    with parts_of(app).database.reading() as session:
        return [(one.action, one.what) for one in session.scalars(select(AuditEntry).order_by(AuditEntry.number))]


def test_somebody_throws_away_a_draft(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    address = made(client, title="Per ongeluk")
    page = get(client, address)
    assert f"{address}/weg" in [one.get("href") for one in page.all("a")]
    asked = get(client, f"{address}/weg").text("main")
    assert "Per ongeluk" in asked
    assert "kunt u niet terugdraaien" in asked
    uid = stored(own_seeded_app, address).uid
    assert post(client, f"{address}/weg").status_code == 303
    assert "Weggegooid: Per ongeluk." in get(client, "/hub").text("main")
    assert client.get(address).status_code == 404
    assert audited(own_seeded_app) == [("removed-module", uid)]
    assert "1 entries" in command(own_seeded_app, "advisor", "verify")


def test_what_was_online_is_kept_whatever_is_sent(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    address, other = made(client), made(client)
    publish(client, address)
    assert f"{address}/weg" not in [one.get("href") for one in get(client, address).all("a")]
    token = get(client, f"{other}/weg").value("csrf_token")
    for answer in (client.get(f"{address}/weg"), client.post(f"{address}/weg", data={"csrf_token": token})):
        assert (answer.status_code, answer.location) == (303, address)
    assert "Wat ooit online stond, blijft bewaard." in get(client, address).text("main")
    assert not audited(own_seeded_app)


def test_only_who_may_publish_throws_away(own_seeded_app: Flask) -> None:
    author = signed_in_member(own_seeded_app, "a@example.org", "curio", MemberRole.AUTHOR)
    publisher = signed_in_member(own_seeded_app, "p@example.org", "curio", MemberRole.PUBLISHER)
    stranger = signed_in_member(own_seeded_app, "s@example.org", "avans", MemberRole.MANAGER)
    address, file = made(author), taken_over(publisher, CSV)
    assert f"{address}/weg" not in [one.get("href") for one in get(author, address).all("a")]
    for page in (f"{address}/weg", file):
        assert author.get(page).status_code == 403
        assert stranger.get(page).status_code in (403, 404)
        assert publisher.get(page).status_code == 200


def test_a_wrong_file_is_taken_back(own_seeded_app: Flask, clock: Clock) -> None:
    client, before = member(own_seeded_app, "curio"), number_of_modules(own_seeded_app)
    address = taken_over(client, CSV + "M3;Zilver smeden;direct;online;95\n")
    clock.now = LATER
    with parts_of(own_seeded_app).database.reading() as session:
        changed = session.scalars(select(Module.uid).where(Module.external_id == "M1")).one()
    post(client, f"/hub/modules/{changed}/tekst", actie="bewaar", **TEXT_VALUES | {"title": "Boeken binden met goud"})
    page = " ".join(get(client, address).text("main").split())
    assert "23 november 2026 om 10:00 uur" in page
    assert "2 modules gaan weg" in page
    assert "1 module blijft" in page
    assert "Boeken binden met goud (is daarna veranderd)" in page
    assert post(client, address).status_code == 303
    assert "2 modules zijn weggegooid." in get(client, PAGE).text("main")
    assert number_of_modules(own_seeded_app) == before + 1
    assert [action for action, _what in audited(own_seeded_app)] == ["removed-module"] * 2
    assert client.get(address).status_code == 404, "there is nothing left to take back"
    assert "/bestand/terug/" not in client.get(PAGE).get_data(as_text=True)


@pytest.mark.parametrize("moment", ["gisteren", "20261123T090000000000"])
def test_a_moment_at_which_no_file_came_is_no_page(own_seeded_app: Flask, moment: str) -> None:
    assert member(own_seeded_app, "curio").get(f"{PAGE}/terug/{moment}").status_code == 404


def test_of_a_fetched_module_the_page_says_that_it_comes_back(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    address = made(client)
    assert "Wij halen deze module op" not in get(client, f"{address}/weg").text("main")
    module = stored(own_seeded_app, address)
    with parts_of(own_seeded_app).database.writing() as session:
        feed = Feed(organisation_id=module.organisation_id, url="https://x.example/m", file_format="csv", every_hours=24)
        feed.is_publishing, feed.most_gone_percent, feed.created_at, feed.next_at = False, 50, NOW, NOW
        session.add(feed)
        session.flush()
        session.add(FeedModule(feed_id=feed.id, module_id=module.id))
    assert "Wij halen deze module op" in get(client, f"{address}/weg").text("main")

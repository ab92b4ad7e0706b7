"""What an import leaves behind: revisions of what it changed, next versions that lose nothing, and modules that stay offline."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.database import Database
from catalogue.exchange.formats import FileFormat
from catalogue.exchange.import_file import ImportFile
from catalogue.exchange.importing import ImportPlan, apply_plan, plan_import
from catalogue.models import Module, NextVersion, Revision
from catalogue.organisations import organisation_by_slug
from catalogue.publishing import editing
from catalogue.publishing.documents import to_document, values_of
from catalogue.publishing.history import last_of_feed, overtaken_fields
from catalogue.publishing.values import ModuleValues
from catalogue.vocabulary import Status, Way
from tests.conftest import NOW
from tests.feeds import TEN, World, csv_of, recognise
from tests.other_site import other_site

LATER = NOW + timedelta(hours=1)
HEADER = "code;titel;beschrijving;doelgroep;start;vorm;prijs"
FIRST = "M1;Solderen;U leert solderen.;Iedereen;direct;online;95"


def brought(database: Database, folder: Path, *rows: str, publish: bool = True) -> ImportPlan:
    path = folder / "modules.csv"
    path.write_text("\n".join((HEADER, *rows)), encoding="utf-8")
    with database.writing() as session:
        file = ImportFile(path, FileFormat.CSV)
        plan = plan_import(session, organisation_by_slug(session, "school"), file, recognise, publish=publish)
        apply_plan(session, plan, LATER)
    return plan


def module(session: Session, key: str = "M1") -> Module:
    return session.scalars(select(Module).where(Module.external_id == key)).one()


def next_version(database: Database, **values: Any) -> None:
    with database.writing() as session:
        editing.keep(session, module(session), ModuleValues(**values), NOW)  # type: ignore[typeddict-item]


def waiting(session: Session) -> NextVersion | None:
    return session.scalars(select(NextVersion)).one_or_none()


def revisions(database: Database) -> list[tuple[int, Status, Way, dict[str, Any]]]:
    with database.reading() as session:
        rows = session.scalars(select(Revision).order_by(Revision.module_id, Revision.number))
        return [(one.number, one.status, one.way, one.before) for one in rows]


def test_what_an_import_adds_and_changes_is_kept_with_what_was_there(school: Database, tmp_path: Path) -> None:
    brought(school, tmp_path, FIRST, "M2;Lassen;;;;;", publish=False)
    assert revisions(school) == [(1, Status.DRAFT, Way.FILE, {})] * 2
    brought(school, tmp_path, FIRST.replace("95", "120").replace("Iedereen", "Monteurs"), "M2;Lassen;;;;;", publish=False)
    found = revisions(school)
    assert [one[:3] for one in found] == [(1, Status.DRAFT, Way.FILE), (2, Status.DRAFT, Way.FILE), (1, Status.DRAFT, Way.FILE)]
    before = found[1][3]
    assert before.keys() == {"audience", "editions"}
    assert (before["audience"], before["editions"][0]["price_cents"]) == ("Iedereen", 9500)
    brought(school, tmp_path, FIRST.replace("95", "120").replace("Iedereen", "Monteurs"), "M2;Lassen;;;;;", publish=True)
    assert [one for one in revisions(school) if one[1] is Status.PUBLISHED] == [
        (3, Status.PUBLISHED, Way.FILE, {}),
        (2, Status.PUBLISHED, Way.FILE, {}),
    ]


def test_a_file_that_changes_nothing_keeps_nothing(school: Database, tmp_path: Path) -> None:
    brought(school, tmp_path, FIRST)
    before = revisions(school)
    brought(school, tmp_path, FIRST)
    assert revisions(school) == before


def test_a_next_version_follows_the_file_where_nobody_touched_it(school: Database, tmp_path: Path) -> None:
    brought(school, tmp_path, FIRST)
    next_version(school, description="Wij schreven dit zelf.")
    plan = brought(school, tmp_path, FIRST.replace("Iedereen", "Monteurs").replace("95", "120"))
    assert plan.n_waiting == 1
    with school.writing() as session:
        found = module(session)
        version = waiting(session)
        assert version is not None
        assert version.overtaken == []
        editing.step(session, found, Status.PUBLISHED, LATER)
    with school.reading() as session:
        found = module(session)
        assert (found.description, found.audience, found.editions[0].price_cents) == ("Wij schreven dit zelf.", "Monteurs", 12000)


def test_where_both_changed_a_field_both_are_kept_and_it_is_told(school: Database, tmp_path: Path) -> None:
    brought(school, tmp_path, FIRST)
    next_version(school, description="Wij schreven dit zelf.")
    brought(school, tmp_path, FIRST.replace("U leert", "Men leert"))
    with school.reading() as session:
        version, online = waiting(session), module(session)
        assert version is not None
        assert (online.description, version.document["description"]) == ("Men leert solderen.", "Wij schreven dit zelf.")
        assert overtaken_fields(version, to_document(values_of(online))) == ["description"]
    next_version(school, description="Men leert solderen.")
    with school.reading() as session:
        version, online = waiting(session), module(session)
        assert version is None or overtaken_fields(version, to_document(values_of(online))) == []


def test_a_next_version_that_the_file_says_too_is_none_any_more(school: Database, tmp_path: Path) -> None:
    brought(school, tmp_path, FIRST)
    next_version(school, description="Men leert solderen.")
    brought(school, tmp_path, FIRST.replace("U leert", "Men leert"))
    with school.reading() as session:
        assert waiting(session) is None


def test_a_feed_leaves_offline_what_a_person_took_offline(database: Database) -> None:
    with other_site() as site:
        world = World(database, site)
        world.change(most_gone_percent=50)
        world.read(TEN)
        with database.writing() as session:
            editing.step(session, module(session, "M3"), Status.WITHDRAWN, world.clock())
        world.read(csv_of(*range(8), title="Anders"))  # M8 and M9 are gone from the file
        assert world.titles(Status.WITHDRAWN) == ["Anders 3", "Café openen 8", "Café openen 9"]
        world.read(csv_of(*range(10), title="Anders"))
        assert world.titles(Status.WITHDRAWN) == ["Anders 3"], "what the feed took offline comes back, what a person did does not"
        assert world.read(csv_of(*range(10), title="Anders")).problem == {}
        assert world.feed().difference["unchanged"] == 10
        with database.writing() as session:
            editing.step(session, module(session, "M3"), Status.PUBLISHED, world.clock())
        world.read(csv_of(*range(3), *range(4, 10), title="Anders"))
        world.read(csv_of(*range(10), title="Anders"))
        assert world.titles(Status.WITHDRAWN) == []


def test_what_a_feed_did_last_can_be_read_page_by_page(database: Database) -> None:
    with other_site() as site:
        world = World(database, site)
        world.read(TEN)
        world.read(csv_of(*range(8), title="Anders"))
        with database.reading() as session:
            page, total = last_of_feed(session, world.feed_id, 4, 4)
            assert (total, len(page)) == (10, 4)
            assert {revision.before.get("title") for revision, _module in page} == {f"Café openen {number}" for number in range(4, 8)}
            rest, _total = last_of_feed(session, world.feed_id, 8, 4)
            assert [(revision.status, revision.way) for revision, _module in rest] == [(Status.WITHDRAWN, Way.FEED)] * 2
        world.read(csv_of(*range(8), title="Anders"))  # nothing new: what was done before stays to be seen
        with database.reading() as session:
            assert last_of_feed(session, world.feed_id, 0, 4)[1] == 10

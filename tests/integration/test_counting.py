"""What is counted, and what never: how often, and never who."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from catalogue.counting.cells import LEAST, week_of
from catalogue.counting.counter import MOST_WAITING, WRITTEN_EVERY, Counter, ModuleEvent, VainCell
from catalogue.counting.writing import KEPT, forget_counts
from catalogue.database import Database
from catalogue.models import Base, Event, Module, ModuleCount, ModuleSkill, Occupation, Skill, SkillRelation, Vain, VainCount
from catalogue.versions import MODULES, bump_version
from tests.accounts import parts_of
from tests.conftest import NOW, Clock, app_in
from tests.guided import walk
from tests.lists import save
from tests.members import signed_in_member
from tests.page_table import MODULE
from tests.pages import get
from web.accounts.models import MemberRole
from web.counting import write

TODAY = date(2026, 11, 23)
SEEN = ModuleEvent(TODAY, 1, Event.SEEN)
CELL = VainCell(TODAY, Vain.SEARCH, skill_id=7)


def module_counts(database: Database) -> dict[tuple[int, str, int], int]:
    with database.reading() as session:
        return {(row.module_id, row.event, row.edition_id): row.number for row in session.scalars(select(ModuleCount))}


def visitors(database: Database) -> dict[VainCell, int]:
    with database.reading() as session:
        return {
            VainCell(row.week, row.vain, row.region, row.theme_id, row.sector, row.skill_id, row.occupation_id): row.visitors
            for row in session.scalars(select(VainCount))
        }


def always(_session: Session) -> list[VainCell]:
    return [CELL]


def test_counts_are_written_together_when_it_is_time(sqlite_database: Database) -> None:
    counter = Counter(sqlite_database)
    assert not counter.is_due(NOW)
    counter.count(SEEN, NOW)
    counter.count(SEEN, NOW + timedelta(seconds=1))
    assert not counter.is_due(NOW + WRITTEN_EVERY - timedelta(seconds=1))
    assert counter.is_due(NOW + WRITTEN_EVERY)
    assert module_counts(sqlite_database) == {}
    counter.write()
    assert module_counts(sqlite_database) == {(1, "seen", 0): 2}
    assert not counter.is_due(NOW + WRITTEN_EVERY), "nothing waits"
    counter.write()
    assert module_counts(sqlite_database) == {(1, "seen", 0): 2}, "nothing is written twice"
    for number in range(MOST_WAITING):
        counter.count(ModuleEvent(TODAY, number, Event.SEEN), NOW)
    assert counter.is_due(NOW), "many do not wait"


def test_counts_of_several_processes_add_up(database: Database) -> None:
    def work(counter: Counter) -> None:
        for _ in range(20):
            counter.count(SEEN, NOW)
            counter.count(ModuleEvent(TODAY, 2, Event.SAVED, 9), NOW)
            counter.ask(always, "the same visitor", TODAY, NOW)
            counter.write()

    workers = [threading.Thread(target=work, args=(Counter(database),)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert module_counts(database) == {(1, "seen", 0): 80, (2, "saved", 9): 80}
    assert visitors(database) == {CELL: 4}, "one process tells that the visitor is the same, four do not"


def test_a_visitor_counts_once_a_day(sqlite_database: Database) -> None:
    counter = Counter(sqlite_database)
    for _ in range(5):
        counter.ask(always, "one", TODAY, NOW)
        counter.write()
    assert visitors(sqlite_database) == {CELL: 1}
    counter.ask(always, "other", TODAY, NOW)
    counter.ask(always, "one", TODAY + timedelta(days=1), NOW)
    counter.write()
    assert visitors(sqlite_database) == {CELL: 3}


def test_switched_off_nothing_is_counted(sqlite_database: Database) -> None:
    counter = Counter(sqlite_database, is_on=False)
    counter.count(SEEN, NOW)
    counter.ask(always, "one", TODAY, NOW)
    counter.write()
    assert (module_counts(sqlite_database), visitors(sqlite_database)) == ({}, {})


def test_what_few_asked_and_what_is_old_goes(sqlite_database: Database) -> None:
    this_week = week_of(TODAY)
    ages = {"now": 0, "last week": 1, "over": 2, "old": KEPT.days // 7 + 1}
    with sqlite_database.writing() as session:
        for weeks in ages.values():
            for number in (LEAST - 1, LEAST):
                session.add(
                    VainCount(week=this_week - timedelta(weeks=weeks), vain=Vain.GOAL, region="", theme_id=0, sector="", skill_id=number,
                              occupation_id=0, visitors=number)
                )  # fmt: skip
        for day in (TODAY, TODAY - KEPT, TODAY - KEPT - timedelta(days=1)):
            session.add(ModuleCount(module_id=1, day=day, event=Event.SEEN, edition_id=0, number=1))
        session.flush()
        forget_counts(session, TODAY)
    left = {(cell.week, number) for cell, number in visitors(sqlite_database).items()}
    assert left == {
        (this_week, 4), (this_week, 5), (this_week - timedelta(weeks=1), 4), (this_week - timedelta(weeks=1), 5),
        (this_week - timedelta(weeks=2), 5),
    }  # fmt: skip
    with sqlite_database.reading() as session:
        assert sorted(session.scalars(select(ModuleCount.day))) == [TODAY - KEPT, TODAY]


@pytest.fixture
def parts_app(own_seeded_app: Flask) -> Iterator[Flask]:
    yield own_seeded_app
    parts_of(own_seeded_app).counter.write()


def key_of(app: Flask, slug: str = MODULE) -> int:
    with parts_of(app).database.reading() as session:
        return session.scalars(select(Module.id).where(Module.slug == slug)).one()


def counted(app: Flask) -> dict[tuple[int, str, int], int]:
    parts_of(app).counter.write()
    return module_counts(parts_of(app).database)


def test_all_that_happens_to_a_module_is_counted(parts_app: Flask) -> None:
    client, key = parts_app.test_client(), key_of(parts_app)
    save(client)  # from the page of the module
    client.get(f"/modules/{MODULE}/naar-de-aanbieder")
    get(client, f"/vergelijk?m={MODULE}&m=zonnepanelen-inspecteren")
    found = {event: number for (module, event, _edition), number in counted(parts_app).items() if module == key}
    assert found == {"seen": 1, "saved": 1, "asked": 1, "compared": 1}
    client.get("/lijst/agenda.ics")
    assert counted(parts_app)[key, "asked", 0] == 2


def test_matches_count_once_for_the_first_page(parts_app: Flask) -> None:
    client = parts_app.test_client()
    walk(client)
    get(client, "/matches")
    first = counted(parts_app)
    matched = {key: number for key, number in first.items() if key[1] == "matched"}
    assert len(matched) == 10
    assert all(edition for _module, _event, edition in matched), "each with its edition"
    get(client, "/matches?page=2")
    assert counted(parts_app) == first


@pytest.mark.parametrize("agent", ["", "Googlebot/2.1 (+http://www.google.com/bot.html)", "curl/8.1", "python-requests/2.3"])
def test_programs_are_not_counted(parts_app: Flask, agent: str) -> None:
    client = parts_app.test_client()
    client.get(f"/modules/{MODULE}", headers={"User-Agent": agent})
    client.get("/modules?q=warmtepomp&max_price_eur=0&level=wo-master", headers={"User-Agent": agent})
    assert counted(parts_app) == {}
    assert visitors(parts_of(parts_app).database) == {}


def test_the_own_provider_is_not_counted(parts_app: Flask) -> None:
    get(signed_in_member(parts_app, "noor@example.org", "curio", MemberRole.AUTHOR), f"/modules/{MODULE}")
    assert counted(parts_app) == {}
    get(signed_in_member(parts_app, "noor@elders.example", "avans", MemberRole.AUTHOR), f"/modules/{MODULE}")
    assert list(counted(parts_app).values()) == [1]


def asked_in_vain(app: Flask, client: FlaskClient, query: str) -> list[VainCell]:
    before = visitors(parts_of(app).database)
    client.get(f"/modules?{query}")
    parts_of(app).counter.write()
    after = visitors(parts_of(app).database)
    return [cell for cell in after if after[cell] != before.get(cell)]


def test_a_search_in_vain_counts_for_what_it_was_about(parts_app: Flask) -> None:
    client = parts_app.test_client()
    with parts_of(parts_app).database.reading() as session:
        lassen = session.scalars(select(Skill.id).where(Skill.label_nl == "lassen")).one()
        kok = session.scalars(select(Occupation.id).where(Occupation.label_nl == "kok")).one()
    assert asked_in_vain(parts_app, client, "q=lassen") == [], "much is found"
    assert asked_in_vain(parts_app, client, "q=cursus+lassen&near=Maastricht&radius_km=1&level=wo-master") == [
        VainCell(TODAY, Vain.SEARCH, "Limburg", 0, "wo", lassen, 0)
    ]
    assert asked_in_vain(parts_app, client, "q=kok&max_price_eur=0&level=mbo-3&level=mbo-4&theme=energie") == [
        VainCell(TODAY, Vain.SEARCH, "", theme_id(parts_app, "energie"), "mbo", 0, kok)
    ]


def theme_id(app: Flask, slug: str) -> int:
    with parts_of(app).database.reading() as session:
        return int(session.execute(text("SELECT id FROM theme WHERE slug = :slug"), {"slug": slug}).scalar_one())


def test_a_skill_that_nobody_teaches_is_in_vain_whatever_else_is_found(parts_app: Flask) -> None:
    parts = parts_of(parts_app)
    with parts.database.writing() as session:
        lassen = session.scalars(select(Skill.id).where(Skill.label_nl == "lassen")).one()
        narrower = select(SkillRelation.skill_id).where(SkillRelation.other_id == lassen, SkillRelation.kind == SkillRelation.BROADER)
        unteach(session, [lassen, *session.scalars(narrower)])
    assert asked_in_vain(parts_app, parts_app.test_client(), "q=lassen") == [VainCell(TODAY, Vain.SEARCH, skill_id=lassen)]


def test_the_skills_of_a_goal_without_a_module_are_counted(parts_app: Flask) -> None:
    parts, client = parts_of(parts_app), parts_app.test_client()
    walk(client)
    get(client, "/matches")
    parts.counter.write()
    assert Vain.GOAL not in {cell.vain for cell in visitors(parts.database)}, "modules teach all of it"
    with parts.database.writing() as session:
        unteach(session, session.scalars(select(ModuleSkill.skill_id).distinct()).all()[::2])
        bump_version(session, MODULES)
    get(client, "/matches")
    get(client, "/matches")
    parts.counter.write()
    found = {cell: number for cell, number in visitors(parts.database).items() if cell.vain is Vain.GOAL}
    assert found
    assert all(cell.skill_id and number == 1 for cell, number in found.items())


def unteach(session: Session, skill_ids: Sequence[int]) -> None:
    session.execute(delete(ModuleSkill).where(ModuleSkill.skill_id.in_(skill_ids)))


PERSONAL = [
    "anneke de vries", "jan.bakker@example.org", "06 12345678", "lassen bij jan bakker", "lassen anneke@example.org", "bsn 123456782",
    "lassen 0612345678", "ik ben anneke en ik wil lassen leren", "lassen Bloemstraat 12",
]  # fmt: skip


@pytest.mark.parametrize("query", PERSONAL)
def test_nothing_of_a_person_in_a_query_lands_anywhere(parts_app: Flask, query: str) -> None:
    parts = parts_of(parts_app)
    client = parts_app.test_client()
    known = everything(parts.database)
    client.get(
        "/modules", query_string={"q": query, "max_price_eur": "0", "level": "wo-master"}, headers={"X-Forwarded-For": "203.0.113.9"}
    )
    parts.counter.write()
    (cell,) = visitors(parts.database)
    assert (cell.skill_id, cell.occupation_id) == (0, 0), "counted, and not for what"
    new = everything(parts.database) - known
    told = {"anneke", "vries", "bakker", "jan.bakker", "example.org", "12345678", "0612345678", "123456782", "bloemstraat", "127.0.0.1"}
    assert not [row for row in new if any(word in row.casefold() for word in told)], new


def everything(database: Database) -> set[str]:
    """Every row of every table, as text, but for what the visitor's own session holds."""
    with database.reading() as session:
        return {
            f"{table.name}: {tuple(row)}"
            for table in Base.metadata.sorted_tables
            if table.name != "session"
            for row in session.execute(table.select())
        }


def test_nothing_is_counted_where_that_is_switched_off(seeded_instance: Path, tmp_path: Path) -> None:
    app = app_in(Path(shutil.copytree(seeded_instance, tmp_path / "instance", symlinks=True)), counting=False)
    get(app.test_client(), f"/modules/{MODULE}")
    assert counted(app) == {}


def test_the_way_to_a_provider_leads_to_its_site_only(client: FlaskClient) -> None:
    assert client.get(f"/modules/{MODULE}/naar-de-aanbieder").location == "https://www.curio.nl"
    assert client.get("/modules/bestaat-niet/naar-de-aanbieder").status_code == 404


def test_a_thread_writes_after_an_answer_when_it_is_time(own_seeded_app: Flask, clock: Clock) -> None:
    app, client = own_seeded_app, own_seeded_app.test_client()
    for seconds, written in ((0, 0), (9, 0), (10, 3), (15, 3), (24, 3), (25, 6)):
        clock.now = NOW + timedelta(seconds=seconds)
        get(client, f"/modules/{MODULE}")
        for thread in threading.enumerate():
            if thread.name == "counting":
                thread.join()
        assert sum(module_counts(parts_of(app).database).values()) == written, seconds


def test_counts_that_cannot_be_written_are_lost_and_harm_nobody(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    counter = Counter(Database(f"sqlite:///{tmp_path / 'nowhere' / 'x.sqlite'}"))
    counter.count(SEEN, NOW)
    write(counter)
    assert not counter.is_due(NOW + WRITTEN_EVERY)
    assert "counts were lost" in caplog.text


def test_no_more_is_kept_than_there_is_room_for(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalogue.counting.counter.MOST_KEPT", 3)
    monkeypatch.setattr("catalogue.counting.counter.MOST_REMEMBERED", 2)
    counter = Counter(sqlite_database)
    for number in range(5):
        counter.count(ModuleEvent(TODAY, number, Event.SEEN), NOW)
        counter.ask(always, f"visitor {number}", TODAY, NOW)
    counter.write()
    assert len(module_counts(sqlite_database)) == 3
    assert visitors(sqlite_database) == {CELL: 2}

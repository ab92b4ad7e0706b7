"""From a change in the database to the searcher, on both databases."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from catalogue.database import Database
from catalogue.models import Edition, IndexChange, Module, ModuleSkill, Organisation, Place, Skill, SkillAlias, Theme
from catalogue.search import indexing
from catalogue.search.documents import published_documents
from catalogue.search.finding import search_modules
from catalogue.search.meaning import ModuleMeanings
from catalogue.search.memory import MemoryEngine
from catalogue.search.port import ModuleDocument, Query, SearchUnavailable
from catalogue.search.whoosh_engine import WhooshEngine
from catalogue.starts import Start
from catalogue.vocabulary import Credential, Format, Level, Status
from tests.conftest import NOW

TODAY = NOW.date()


def words_only(database: Database) -> ModuleMeanings:
    return ModuleMeanings(database, lambda: None)


@pytest.fixture
def catalogue(database: Database) -> Database:
    """Three published modules and a draft."""
    with database.writing() as session:
        breda = Place(slug="breda", name="Breda", other_names=["Bréda"], province="Noord-Brabant", latitude=51.58, longitude=4.77)
        curio = Organisation(slug="curio", name="Curio", kind="mbo", region="West-Brabant")
        energy = Theme(slug="energie", label_nl="Energie", label_en="Energy")
        skill = Skill(label_nl="warmtepompen plaatsen", label_en="install heat pumps")
        skill.aliases.append(SkillAlias(language="nl", text="warmtepompinstallatie"))
        for number, title in enumerate(("Warmtepompen", "Lassen in het café", "Boren", "Frezen"), 1):
            module = Module(
                slug=f"module-{number}",
                organisation=curio,
                theme=energy,
                title=title,
                description="Een beschrijving met 100 % aandacht.",
                audience="Voor monteurs.",
                outcomes=["U kunt het."],
                level=Level.MBO_3,
                credential=Credential.CERTIFICATE,
                workload_hours=40.0,
                status=Status.DRAFT if title == "Frezen" else Status.PUBLISHED,
                created_at=NOW,
                updated_at=NOW,
            )
            module.editions.append(
                Edition(
                    start=Start.parse("2027-02-01"), format=Format.ON_SITE, place=breda, price_cents=49_550, day_parts=["saturday-morning"]
                )
            )
            if number == 1:
                module.skills.append(ModuleSkill(skill=skill, role=ModuleSkill.TAUGHT, level=3))
            session.add(module)
    return database


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    return WhooshEngine(tmp_path / "index")


def found(engine: WhooshEngine, text: str) -> list[int]:
    return [hit.module_id for hit in engine.search(Query(today=TODAY, text=text)).hits]


def module_id(database: Database, title: str) -> int:
    with database.reading() as session:
        return session.scalars(select(Module.id).where(Module.title == title)).one()


def change(database: Database, called: str, **values: object) -> int:
    """Changes a module and says so in the outbox, as publishing does."""
    with database.writing() as session:
        module = session.scalars(select(Module).where(Module.title == called)).one()
        for name, value in values.items():
            setattr(module, name, value)
        indexing.queue(session, [module.id], NOW)
        return module.id


def waiting(database: Database) -> list[IndexChange]:
    with database.reading() as session:
        return list(session.scalars(select(IndexChange).order_by(IndexChange.id)))


def test_documents_hold_what_one_may_search_for(catalogue: Database) -> None:
    with catalogue.reading() as session:
        documents = list(published_documents(session))
    assert [document.title for document in documents] == ["Warmtepompen", "Lassen in het café", "Boren"]
    first = documents[0]
    assert first.skills == ["warmtepompen plaatsen", "install heat pumps", "warmtepompinstallatie"]
    assert first.facets == {
        "level": "mbo-3",
        "theme": "energie",
        "provider": "curio",
        "kind": "module",
        "credential": "certificate",
        "language": "nl",
    }
    (edition,) = first.editions
    assert (str(edition.start), edition.format, edition.place, edition.price_eur) == ("2027-02-01", "on-site", "breda", 495.5)
    assert first.place_names == ["Breda", "Bréda", "Noord-Brabant", "West-Brabant"]
    assert {"Energie", "Energy", "mbo-3", "on-site", "saturday-morning"} <= set(first.keywords)


def test_a_rebuild_takes_everything_and_empties_the_outbox(catalogue: Database, engine: WhooshEngine) -> None:
    change(catalogue, "Boren", title="Draaien")
    seen: list[tuple[str, int, int]] = []
    assert indexing.rebuild(catalogue, engine, lambda *told: seen.append(told)) == 3
    assert (seen[0], seen[-1]) == (("search index", 0, 3), ("search index", 3, 3))
    assert found(engine, "draaien mbo-3 zaterdag breda") == [module_id(catalogue, "Draaien")]
    assert waiting(catalogue) == []
    assert indexing.check(catalogue, engine).is_none


def test_changes_reach_the_index(catalogue: Database, engine: WhooshEngine) -> None:
    indexing.rebuild(catalogue, engine)
    published = change(catalogue, "Frezen", status=Status.PUBLISHED)
    withdrawn = change(catalogue, "Boren", status=Status.WITHDRAWN)
    change(catalogue, "Warmtepompen", title="Airco")
    change(catalogue, "Airco", description="Nog eens")
    difference = indexing.check(catalogue, engine)
    assert (difference.missing, difference.surplus) == ({published}, {withdrawn})
    assert indexing.sync(catalogue, engine, NOW) == 3
    assert found(engine, "frezen") == [published]
    assert found(engine, "boren") == []
    assert found(engine, "airco") == [module_id(catalogue, "Airco")]
    assert (waiting(catalogue), indexing.check(catalogue, engine).is_none, indexing.sync(catalogue, engine, NOW)) == ([], True, 0)


def test_a_module_that_is_deleted_leaves_the_index(catalogue: Database, engine: WhooshEngine) -> None:
    indexing.rebuild(catalogue, engine)
    gone = module_id(catalogue, "Boren")
    with catalogue.writing() as session:
        session.delete(session.get_one(Module, gone))
        indexing.queue(session, [gone], NOW)
    assert indexing.sync(catalogue, engine, NOW) == 1
    assert gone not in engine.module_ids()


def test_a_failure_stays_visible_and_is_tried_again_later(catalogue: Database, engine: WhooshEngine) -> None:
    published = change(catalogue, "Frezen", status=Status.PUBLISHED)
    assert indexing.sync(catalogue, engine, NOW) == 0  # there is no index yet
    (row,) = waiting(catalogue)
    assert row.attempts == 1
    assert "SearchUnavailable" in row.error
    assert indexing.sync(catalogue, engine, NOW + timedelta(seconds=1)) == 0
    assert waiting(catalogue)[0].attempts == 1
    with catalogue.writing() as session:
        engine.rebuild(published_documents(session, [module_id(catalogue, "Boren")]))
    assert indexing.sync(catalogue, engine, NOW + timedelta(seconds=30)) == 1
    assert published in engine.module_ids()
    assert waiting(catalogue) == []


class Choosy(MemoryEngine):
    """Chokes on one module."""

    def __init__(self, disliked: int) -> None:
        super().__init__()
        self.disliked = disliked

    def update(self, documents: Iterable[ModuleDocument], removed: Iterable[int] = ()) -> None:
        given = list(documents)
        if any(document.module_id == self.disliked for document in given):
            raise ValueError("too salty")
        super().update(given, removed)


def test_one_bad_module_does_not_hold_up_the_others(catalogue: Database) -> None:
    bad = change(catalogue, "Lassen in het café", description="Zout")
    good = change(catalogue, "Boren", description="Zoet")
    engine = Choosy(bad)
    assert indexing.sync(catalogue, engine, NOW) == 1
    assert engine.module_ids() == {good}
    (row,) = waiting(catalogue)
    assert (row.module_id, row.error) == (bad, "ValueError: too salty")


class Meanwhile(MemoryEngine):
    """Lets another worker look at the outbox in the middle of an update."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.database, self.others = database, MemoryEngine()

    def update(self, documents: Iterable[ModuleDocument], removed: Iterable[int] = ()) -> None:
        assert indexing.sync(self.database, self.others, NOW) == 0
        super().update(documents, removed)


def test_two_workers_never_hold_the_same_row(catalogue: Database) -> None:
    changed = change(catalogue, "Boren", description="Anders")
    engine = Meanwhile(catalogue)
    assert indexing.sync(catalogue, engine, NOW) == 1
    assert (engine.module_ids(), engine.others.module_ids()) == ({changed}, set())


class Dying(MemoryEngine):
    """Is killed in the middle of an update."""

    def update(self, documents: Iterable[ModuleDocument], removed: Iterable[int] = ()) -> None:
        super().update(documents, removed)
        raise KeyboardInterrupt


def test_the_rows_of_a_dead_worker_are_taken_over_after_the_lease(catalogue: Database) -> None:
    changed = change(catalogue, "Boren", description="Anders")
    with pytest.raises(KeyboardInterrupt):
        indexing.sync(catalogue, Dying(), NOW)
    engine = MemoryEngine()
    assert indexing.sync(catalogue, engine, NOW + indexing.LEASE / 2) == 0
    assert indexing.sync(catalogue, engine, NOW + indexing.LEASE * 2) == 1
    assert engine.module_ids() == {changed}


class TestWithoutAnIndex:
    """`search_modules` while the index is away."""

    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            (Query(today=TODAY), ["Boren", "Lassen in het café", "Warmtepompen"]),
            (Query(today=TODAY, text="lassen"), ["Lassen in het café"]),
            (Query(today=TODAY, text="curio beschrijving boren"), ["Boren"]),
            (Query(today=TODAY, text="frezen"), []),
            (Query(today=TODAY, text="%"), ["Boren", "Lassen in het café", "Warmtepompen"]),
            (Query(today=TODAY, filters={"place": frozenset(["breda"])}, max_price_eur=100.0), []),
            (Query(today=TODAY, filters={"level": frozenset(["mbo-3"])}, max_price_eur=500.0, per_page=1), ["Boren"]),
        ],
    )
    def test_the_database_answers(self, catalogue: Database, engine: WhooshEngine, query: Query, titles: list[str]) -> None:
        result, is_degraded = search_modules(catalogue, engine, words_only(catalogue), query)
        with catalogue.reading() as session:
            names = dict(session.execute(select(Module.id, Module.title)).all())
        assert is_degraded
        assert [names[hit.module_id] for hit in result.hits] == titles
        if not query.filters:
            assert result.facets["place"] == ({"breda": len(titles)} if titles else {})

    def test_it_heals(self, catalogue: Database, engine: WhooshEngine) -> None:
        assert search_modules(catalogue, engine, words_only(catalogue), Query(today=TODAY))[1]
        indexing.rebuild(catalogue, engine)
        result, is_degraded = search_modules(catalogue, engine, words_only(catalogue), Query(today=TODAY, text="warmtepompinstallatie"))
        assert (result.total, is_degraded) == (1, False)

    def test_check_says_so(self, catalogue: Database, engine: WhooshEngine) -> None:
        with pytest.raises(SearchUnavailable):
            indexing.check(catalogue, engine)

"""The embedded index among processes: searched while it is rebuilt again and again, and written by workers that are killed."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from datetime import timedelta
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

from sqlalchemy import select

from catalogue.database import Database
from catalogue.models import Module, Organisation
from catalogue.search import indexing
from catalogue.search.port import Query, SearchUnavailable
from catalogue.search.whoosh_engine import WhooshEngine
from catalogue.vocabulary import Credential, Level, Status
from tests.conftest import NOW
from tests.contracts.search_documents import TODAY, document

N_SEARCHERS, N_REBUILDS, N_KILLS = 4, 50, 200
N_DOCUMENTS = 120
PROCESSES = multiprocessing.get_context("fork")


def _search_until(folder: Path, is_over: Synchronized[int], wrong: Synchronized[int], asked: Synchronized[int]) -> None:
    engine = WhooshEngine(folder)
    while not is_over.value:
        try:
            result = engine.search(Query(today=TODAY, text="lassen"))
            is_right = result.total == N_DOCUMENTS and len(result.hits) == 20 and result.facets["level"] == {"mbo-3": N_DOCUMENTS}
        except SearchUnavailable:
            is_right = False
        asked.value += 1
        wrong.value += not is_right


def test_rebuilds_under_load_never_fail_a_search_and_never_show_half_an_index(tmp_path: Path) -> None:
    documents = [document(number, f"Lassen deel {number}") for number in range(N_DOCUMENTS)]
    engine = WhooshEngine(tmp_path)
    engine.rebuild(documents)
    is_over = PROCESSES.Value("i", 0)
    counts = [(PROCESSES.Value("i", 0), PROCESSES.Value("i", 0)) for _ in range(N_SEARCHERS)]
    searchers = [PROCESSES.Process(target=_search_until, args=(tmp_path, is_over, wrong, asked)) for wrong, asked in counts]
    for searcher in searchers:
        searcher.start()
    for _ in range(N_REBUILDS):
        engine.rebuild(documents)
    is_over.value = 1
    for searcher in searchers:
        searcher.join(timeout=30)
    assert [searcher.exitcode for searcher in searchers] == [0] * N_SEARCHERS
    assert [wrong.value for wrong, _ in counts] == [0] * N_SEARCHERS
    assert all(asked.value > 0 for _, asked in counts)


def _sync(url: str, folder: Path, turn: int) -> None:
    # Every worker comes after the leases of those before it have ended.
    indexing.sync(Database(url), WhooshEngine(folder), NOW + turn * 2 * indexing.LEASE)
    os._exit(0)


def test_workers_that_are_killed_lose_no_change(sqlite_database: Database, tmp_path: Path) -> None:
    chance, folder = random.Random(7), tmp_path / "index"
    with sqlite_database.writing() as session:
        school = Organisation(slug="curio", name="Curio", kind="mbo", region="West-Brabant")
        modules = [
            Module(
                slug=f"m{number}", organisation=school, title=f"Lassen {number}", description="", audience="", outcomes=[],
                level=Level.MBO_3, credential=Credential.CERTIFICATE, status=Status.PUBLISHED, created_at=NOW, updated_at=NOW,
            )
            for number in range(40)
        ]  # fmt: skip
        session.add_all(modules)
    engine = WhooshEngine(folder)
    indexing.rebuild(sqlite_database, engine)
    n_killed = 0
    for turn in range(1, N_KILLS + 1):
        with sqlite_database.writing() as session:
            changed = chance.sample(session.scalars(select(Module)).all(), 3)
            for module in changed:
                module.title = f"Lassen {'abcdefghij'[turn % 10]}{turn}"
                module.status = chance.choice([Status.PUBLISHED, Status.PUBLISHED, Status.WITHDRAWN])
            indexing.queue(session, [module.id for module in changed], NOW)
        worker = PROCESSES.Process(target=_sync, args=(str(sqlite_database.url), folder, turn))
        worker.start()
        time.sleep(chance.random() * 0.06)
        if worker.is_alive() and worker.pid:
            os.kill(worker.pid, signal.SIGKILL)
        worker.join()
        n_killed += worker.exitcode == -signal.SIGKILL
    indexing.sync(sqlite_database, engine, NOW + (N_KILLS + 1) * 2 * indexing.LEASE + timedelta(hours=2))
    assert n_killed > N_KILLS / 4
    assert indexing.waiting(sqlite_database) == 0
    assert indexing.check(sqlite_database, engine).is_none
    with sqlite_database.reading() as session:
        published = dict(session.execute(select(Module.id, Module.title).where(Module.status == Status.PUBLISHED)).all())
    for title in set(published.values()):
        found = engine.search(Query(today=TODAY, text=title, per_page=100))
        assert {hit.module_id for hit in found.hits} == {key for key, own in published.items() if own == title}, title

"""A server loads everything once and forks into workers: none of them may wait for a thread that stayed behind."""

from __future__ import annotations

import multiprocessing
import threading
import time
from pathlib import Path

import pytest

from catalogue.database import Database
from catalogue.language.embedder import Embedder, UniversalSentenceEncoder, installed_embedder
from catalogue.skills.knowledge import SkillKnowledge
from seed.files import read
from seed.load import load_seed
from tests.conftest import NOW

PATIENCE_SECONDS = 60.0
FORK = multiprocessing.get_context("fork")


@pytest.fixture
def embedder() -> Embedder:
    found = installed_embedder()
    if found is None:
        pytest.skip("the sentence model is not installed")
    return found


def test_a_worker_encodes_although_the_lock_was_held_when_it_began(embedder: UniversalSentenceEncoder) -> None:
    embedder.encode(["leren"])
    with embedder._lock:
        worker = FORK.Process(target=embedder.encode, args=(["lassen"],))
        worker.start()
        worker.join(timeout=PATIENCE_SECONDS)
    is_stuck = worker.is_alive()
    worker.kill()
    assert not is_stuck
    assert worker.exitcode == 0


def test_nothing_goes_on_in_another_thread_when_names_are_prepared(sqlite_database: Database, embedder: Embedder, tmp_path: Path) -> None:
    with sqlite_database.writing() as session:
        load_seed(session, read(), NOW)
    knowledge = SkillKnowledge(sqlite_database, cache_dir=tmp_path, embedder=lambda: SlowEmbedder(embedder))
    knowledge.prepare()
    assert "encode-names" not in {thread.name for thread in threading.enumerate()}
    assert knowledge.find_skills("lassen", 1)


class SlowEmbedder:
    """So slow that what should not be running would be seen."""

    def __init__(self, inner: Embedder) -> None:
        self._inner, self.name, self.dimensions = inner, inner.name, inner.dimensions

    def encode(self, texts: list[str]):
        time.sleep(0.05)
        return self._inner.encode(texts)

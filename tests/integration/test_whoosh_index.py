"""The embedded index on disk: other processes, broken files, locks and old generations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from catalogue.search import whoosh_engine
from catalogue.search.port import ModuleDocument, Query, SearchUnavailable
from catalogue.search.whoosh_engine import WhooshEngine
from tests.contracts.search_documents import TODAY, document

LASSEN = Query(today=TODAY, text="lassen")


def test_without_an_index_search_is_unavailable(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path / "index")
    assert not engine.is_ready()
    with pytest.raises(SearchUnavailable, match="index rebuild"):
        engine.search(LASSEN)
    with pytest.raises(SearchUnavailable):
        engine.update([document(1, "Lassen")])


def test_another_engine_on_the_same_folder_sees_every_commit(tmp_path: Path) -> None:
    writer, reader = WhooshEngine(tmp_path), WhooshEngine(tmp_path)
    writer.rebuild([])
    assert (reader.search(LASSEN).total, reader.is_ready()) == (0, True)
    for number in range(1, 16):
        writer.update([document(number, "Lassen")])
        assert reader.search(LASSEN).total == number
    writer.update([], removed=range(1, 11))
    assert reader.search(LASSEN).total == 5
    writer.rebuild([document(99, "Lassen")])
    assert reader.module_ids() == {99}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves a file open when the next one is broken
@pytest.mark.parametrize("pattern", ["*.toc", "*.trm", "*.row.col", "CURRENT"])
def test_broken_files_make_it_unavailable_until_a_rebuild(tmp_path: Path, pattern: str) -> None:
    WhooshEngine(tmp_path).rebuild([document(1, "Lassen"), document(2, "Lassen en boren")])
    damaged = [path for path in tmp_path.rglob(pattern) if path.is_file()]
    assert damaged
    for path in damaged:
        path.write_bytes(b"rubbish")
    engine = WhooshEngine(tmp_path)
    with pytest.raises(SearchUnavailable):
        engine.search(LASSEN)
    assert engine.rebuild([document(1, "Lassen")]) == 1
    assert engine.search(LASSEN).total == 1


def test_only_one_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whoosh_engine, "LOCK_SECONDS", 0.2)
    engine, other = WhooshEngine(tmp_path), WhooshEngine(tmp_path)
    engine.rebuild([document(1, "Lassen")])

    def documents_while_another_tries() -> Iterator[ModuleDocument]:
        with pytest.raises(SearchUnavailable, match="another process"):
            other.update([document(2, "Lassen")])
        yield document(3, "Lassen")

    engine.rebuild(documents_while_another_tries())
    assert other.module_ids() == {3}


def test_old_generations_and_half_built_ones_go(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    (tmp_path / "generation-000007").mkdir()
    for _ in range(4):
        engine.rebuild([document(1, "Lassen")])
    assert sorted(path.name for path in tmp_path.glob("generation-*")) == ["generation-000010", "generation-000011"]
    assert (tmp_path / "CURRENT").read_text() == "generation-000011"


def test_a_reader_survives_many_merges(tmp_path: Path) -> None:
    writer, reader = WhooshEngine(tmp_path), WhooshEngine(tmp_path)
    writer.rebuild([document(number, f"Lassen {number}") for number in range(50)])
    for number in range(60):
        writer.update([document(number % 50, f"Lassen opnieuw {number}")])
        assert reader.search(LASSEN).total == 50

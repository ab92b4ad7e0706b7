"""Search beside two peers, building, and how soon a change is found."""

from __future__ import annotations

import random
import time
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from catalogue.search.documents import published_documents
from catalogue.search.dutch import warm_up
from catalogue.search.port import ModuleDocument, Query
from catalogue.search.whoosh_engine import WhooshEngine
from tests.benchmarks.measuring import ROOT, Report, interleaved, seconds
from tests.benchmarks.peers import FullTextSql, PlainWhoosh
from web.wiring import Services

OURS, WHOOSH, FTS = "Leerwijzer", "Whoosh, its own search", "SQLite FTS5"
SHARE_WITH_FILTER = 0.3
N_QUESTIONS = 150
N_CHANGES = 20
N_WHOOSH_CHANGES = 5


def search_report(name: str, parts: Services, folder: Path, today: date) -> Report:
    """Builds all three over the published modules of `parts`, in empty `folder`, and measures them."""
    folder.mkdir(parents=True)
    with parts.database.reading() as session:
        documents = list(published_documents(session))
    report = Report(name, f"{len(documents):,} modules")
    report.add("load the Dutch words, once a process", OURS, [seconds(warm_up)], "s")
    ours, whoosh, fts = WhooshEngine(folder / "ours"), _plain_whoosh(folder), FullTextSql(folder / "fts.sqlite")
    report.compare(
        "build the index",
        {
            OURS: [seconds(lambda: ours.rebuild(documents))],
            WHOOSH: [seconds(lambda: whoosh.build(documents))],
            FTS: [seconds(lambda: fts.build(documents))],
        },
        "s",
    )
    ways = {OURS: ours.search, WHOOSH: whoosh.search, FTS: fts.search}
    questions = _questions(documents, today)
    report.compare("best 20, total and facet counts", interleaved(questions, ways))
    found = [[ours.search(question).total, whoosh.search(question)[0], fts.search(question)[0]] for question in questions]
    for who, totals in zip(ways, zip(*found, strict=True), strict=True):
        report.add("found by a query", who, totals, "")
    changes: dict[str, list[float]] = {OURS: [], WHOOSH: [], FTS: []}
    for number, document in enumerate(documents[:: max(1, len(documents) // N_CHANGES)][:N_CHANGES]):
        changed = replace(document, title=f"{document.title} kwispelstaart{number}")
        asked = Query(today=today, text=f"kwispelstaart{number}")
        for who, engine in ((OURS, ours), (WHOOSH, whoosh), (FTS, fts)):
            if who == WHOOSH and number >= N_WHOOSH_CHANGES:
                continue
            changes[who].append(1000 * _seconds_until_found(engine, changed, asked))
    report.compare("one change made and found", changes)
    return report


def _plain_whoosh(folder: Path) -> PlainWhoosh:
    (folder / "whoosh").mkdir()
    return PlainWhoosh(folder / "whoosh")


def _seconds_until_found(engine: WhooshEngine | PlainWhoosh | FullTextSql, changed: ModuleDocument, asked: Query) -> float:
    started = time.perf_counter()
    if isinstance(engine, WhooshEngine):
        engine.update([changed])
        total = engine.search(asked).total
    else:
        engine.change(changed)
        total = engine.search(asked)[0]
    took = time.perf_counter() - started
    if total != 1:
        raise RuntimeError(f"{type(engine).__name__} found a changed module {total} times")
    return took


def _questions(documents: Sequence[ModuleDocument], today: date) -> list[Query]:
    """The judged queries of the relevance tests, and words from titles; some with a filter on level and theme."""
    random_words = random.Random(1)
    judged = tomllib.loads((ROOT / "tests" / "relevance" / "judgements.toml").read_text(encoding="utf-8"))["query"]
    texts = [one["text"] for one in judged]
    while len(texts) < N_QUESTIONS:
        words = [word for word in random_words.choice(documents).title.split() if word.isalpha() and len(word) > 3]
        if words:
            texts.append(" ".join(random_words.sample(words, random_words.randint(1, min(3, len(words))))))
    questions = []
    for text in texts:
        facets = random_words.choice(documents).facets
        has_filter = random_words.random() < SHARE_WITH_FILTER
        questions.append(Query(today, text, filters={name: frozenset([facets[name]]) for name in ("level", "theme")} if has_filter else {}))
    return questions

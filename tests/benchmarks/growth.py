"""Search over a catalogue that does not fit in memory as documents: ours and tantivy, one change, meaning, memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path

from sqlalchemy import func, select

from catalogue.models import Module
from catalogue.search.documents import published_documents
from catalogue.search.port import ModuleDocument
from catalogue.search.whoosh_engine import WhooshEngine
from catalogue.vocabulary import Status
from tests.benchmarks.measuring import Report, interleaved, seconds
from tests.benchmarks.peers import Tantivy
from tests.benchmarks.search import OURS, Ours, add_meaning, changes, first_answer, megabytes, questions_of
from web.server import settle
from web.wiring import Services

SAMPLE = 20_000
"""Documents from which the questions and the changes are taken, spread over all of them."""


def growth_report(name: str, parts: Services, folder: Path, today: date) -> Report:
    """Builds both engines over the published modules of `parts`, in empty `folder`, without holding them all in memory."""
    (folder / "tantivy").mkdir(parents=True)
    engines = {OURS: Ours(WhooshEngine(folder / OURS), WhooshEngine(folder / OURS), today), "tantivy": Tantivy(folder / "tantivy")}
    with parts.database.reading() as session:
        count = session.scalar(select(func.count()).where(Module.status == Status.PUBLISHED)) or 0
    report = Report(name, f"{count:,} modules")

    def build(engine: Ours | Tantivy) -> None:
        with _documents(parts) as documents:
            engine.build(documents)

    report.compare(
        "read the documents and build the index", {who: [seconds(lambda one=one: build(one))] for who, one in engines.items()}, "s"
    )
    settle()
    report.add("size on disk", OURS, [megabytes(folder / OURS)], "MB")
    report.add("open the index, first answer", OURS, [seconds(lambda: first_answer(folder / OURS, today))], "s")
    with _documents(parts) as documents:
        sample = list(islice(documents, 0, None, max(1, count // SAMPLE)))
    for kind, is_any in (("all words", False), ("any word", True)):
        times = interleaved(questions_of(sample, is_any=is_any), {who: engine.search for who, engine in engines.items()})
        report.compare(f"{kind}: best 20, total, 5 facets", times)
    report.compare("one change made and found", changes(engines, sample))
    add_meaning(report, parts, folder / OURS, questions_of(sample, is_any=False), today)
    return report


@contextmanager
def _documents(parts: Services) -> Iterator[Iterable[ModuleDocument]]:
    with parts.database.reading() as session:
        yield published_documents(session)

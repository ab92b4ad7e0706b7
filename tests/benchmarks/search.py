"""Search beside its peers: building, answering, and how soon a change is found."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import sqlalchemy

from catalogue.language.dutch import warm_up
from catalogue.search.documents import published_documents
from catalogue.search.port import ModuleDocument, Query, SearchEngine
from catalogue.search.postgresql_engine import PostgresqlEngine
from catalogue.search.ranking import spelling_words
from catalogue.search.spelling import Speller
from catalogue.search.whoosh_engine import WhooshEngine
from tests.benchmarks.measuring import Report, interleaved, seconds
from tests.benchmarks.peers import FACETS, Answer, FullTextSql, Peer, PlainWhoosh, PostgresText, Question, Tantivy
from tests.postgres import PostgresMissing, running_postgres
from web.server import settle
from web.wiring import Services

OURS = "Leerwijzer"
OURS_ON_POSTGRESQL = "Leerwijzer, index in PostgreSQL"
SHARE_WITH_FILTER = 0.3
N_QUESTIONS = 300
N_CHANGES = 40
N_SLOW_CHANGES = 5
N_SLOW_QUESTIONS = 40
SLOW = "Whoosh, its own search"
LEAST_LETTERS = 4


class Ours:
    """Our engine behind the protocol of its peers; one object writes and another reads, as in different processes."""

    def __init__(self, writer: SearchEngine, reader: SearchEngine, today: date) -> None:
        self._writer, self._reader, self._today = writer, reader, today

    def build(self, documents: Iterable[ModuleDocument]) -> None:
        """See `Peer.build`."""
        self._writer.rebuild(documents)

    def change(self, document: ModuleDocument) -> None:
        """See `Peer.change`."""
        self._writer.update([document])

    def search(self, question: Question) -> Answer:
        """See `Peer.search`."""
        filters = {facet: frozenset([value]) for facet, value in question.filters.items()}
        found = self._reader.search(Query(self._today, " ".join(question.words), filters=filters, facets=FACETS))
        return found.total, [hit.module_id for hit in found.hits], [dict(found.facets[name]) for name in FACETS]


def search_report(name: str, parts: Services, folder: Path, today: date) -> Report:
    """Builds all engines over the published modules of `parts`, in empty `folder`, and measures them in turns."""
    folder.mkdir(parents=True)
    with parts.database.reading() as session:
        documents = list(published_documents(session))
    report = Report(name, f"{len(documents):,} modules")
    report.add("load the Dutch words, once a process", OURS, [seconds(warm_up)], "s")
    with _engines(folder, today) as engines:
        report.compare("build the index", {who: [seconds(lambda one=one: one.build(documents))] for who, one in engines.items()}, "s")
        settle()
        report.add("size on disk", OURS, [megabytes(folder / OURS)], "MB")
        report.add("open the index, first answer", OURS, [seconds(lambda: first_answer(folder / OURS, today))], "s")
        both: dict[str, list[float]] = {who: [] for who in engines}
        for kind, questions in (("all words", questions_of(documents, is_any=False)), ("any word", questions_of(documents, is_any=True))):
            ways: dict[str, Callable[[Question], object]] = {who: engine.search for who, engine in engines.items()}
            times = interleaved(questions, ways, {SLOW: N_SLOW_QUESTIONS})
            report.compare(f"{kind}: best 20, total, 5 facets", times)
            both = {who: both[who] + times[who] for who in engines}
            for who in (OURS, "tantivy"):
                report.add(f"{kind}: modules found", who, [engines[who].search(question)[0] for question in questions], "")
        report.compare("all words and any word together", both)
        report.compare("one change made and found", changes(engines, documents))
        add_meaning(report, parts, folder / OURS, questions_of(documents, is_any=False), today)
        _add_words(report, parts, documents)
    return report


@contextmanager
def _engines(folder: Path, today: date) -> Iterator[dict[str, Peer]]:
    """Ours first; PostgreSQL only where its server is installed."""
    (folder / "tantivy").mkdir()
    (folder / "whoosh").mkdir()
    with ExitStack() as stack:
        found: dict[str, Peer] = {
            OURS: Ours(WhooshEngine(folder / OURS), WhooshEngine(folder / OURS), today),
            "tantivy": Tantivy(folder / "tantivy"),
            "SQLite FTS5": FullTextSql(folder / "fts.sqlite"),
            SLOW: PlainWhoosh(folder / "whoosh"),
        }
        try:
            server = stack.enter_context(running_postgres())
        except PostgresMissing as error:
            print(f"PostgreSQL is not measured: {error}")
        else:
            address = server.format(name="postgres")
            found[OURS_ON_POSTGRESQL] = Ours(PostgresqlEngine(address), PostgresqlEngine(address), today)
            url = sqlalchemy.make_url(address).set(drivername="postgresql")
            found["PostgreSQL full text"] = PostgresText(url.render_as_string(hide_password=False))
        yield found
    shutil.rmtree(folder / "whoosh")


def first_answer(folder: Path, today: date) -> None:
    WhooshEngine(folder).search(Query(today, "warmtepomp"))


def add_meaning(report: Report, parts: Services, folder: Path, questions: Sequence[Question], today: date) -> None:
    """Searches with meaning, each text for the first time, so that its vector has to be made."""
    report.add("vectors read", OURS, [seconds(lambda: parts.meanings.alike("leren"))], "s")
    engine = WhooshEngine(folder)
    engine.search(Query(today, "leren"))
    whole: list[float] = []
    near: list[float] = []
    for text in dict.fromkeys(" ".join(question.words) for question in questions):
        started = time.perf_counter()
        alike = parts.meanings.alike(text)
        found = time.perf_counter()
        engine.search(Query(today, text, alike=alike))
        whole.append(1000 * (time.perf_counter() - started))
        near.append(1000 * (found - started))
    report.add("near in meaning, the query's vector included", OURS, near)
    report.add("with meaning and all facets", OURS, whole)


def _add_words(report: Report, parts: Services, documents: Sequence[ModuleDocument]) -> None:
    """Completion of half a name, and the nearest word to a misspelt one."""
    chance = random.Random(4)
    report.add("read all names", OURS, [seconds(lambda: parts.names.complete("leren"))], "s")
    titles = [chance.choice(documents).title for _ in range(N_QUESTIONS)]
    halves = [title[: chance.randint(2, 14)] for title in titles]
    report.add("completion", OURS, _milliseconds(halves, lambda text: parts.names.complete(text, limit=8)))
    words: dict[str, int] = {}
    for document in documents:
        for word in spelling_words(document):
            words[word] = words.get(word, 0) + 1
    speller = Speller(words)
    report.add("words to correct to", OURS, [len(words)], "")
    long_ones = sorted(word for word in words if len(word) > LEAST_LETTERS)
    misspelt = [_misspelt(chance.choice(long_ones), chance) for _ in range(N_QUESTIONS)]
    report.add("nearest word to a misspelt one", OURS, _milliseconds(misspelt, lambda word: speller.near(word, 2)))


def _milliseconds(texts: Sequence[str], ask: Callable[[str], object]) -> list[float]:
    return [1000 * seconds(lambda text=text: ask(text)) for text in texts]


def _misspelt(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word))
    return word[:place] + chance.choice("abcdefghijklmnopqrstuvwxyz") + word[place + 1 :]


def megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1_000_000


def changes(engines: Mapping[str, Peer], documents: Sequence[ModuleDocument]) -> dict[str, list[float]]:
    """Milliseconds from handing over a changed module until a search finds it."""
    times: dict[str, list[float]] = {who: [] for who in engines}
    for number, document in enumerate(documents[:: max(1, len(documents) // N_CHANGES)][:N_CHANGES]):
        word = f"kwispelstaart{'abcdefghij'[number % 10]}{'abcdefghij'[number // 10]}"
        changed = replace(document, title=f"{document.title} {word}")
        for who, engine in engines.items():
            if who == SLOW and number >= N_SLOW_CHANGES:
                continue
            started = time.perf_counter()
            engine.change(changed)
            total = engine.search(Question((word,)))[0]
            times[who].append(1000 * (time.perf_counter() - started))
            if total != 1:
                raise RuntimeError(f"{who} found a changed module {total} times")
    return times


def questions_of(documents: Sequence[ModuleDocument], *, is_any: bool) -> list[Question]:
    """One to four words of one module, or, where any is enough, two to four words of different modules; some with level and theme."""
    chance = random.Random(2 if is_any else 1)
    questions = []
    while len(questions) < N_QUESTIONS:
        document = chance.choice(documents)
        texts = chance.choices(documents, k=chance.randint(2, 4)) if is_any else [document] * chance.randint(1, 4)
        words = [chance.choice(known) for text in texts if (known := _words_of(text))]
        if len(words) < len(texts):
            continue
        has_filter = chance.random() < SHARE_WITH_FILTER and document.facets["theme"]
        filters = {facet: document.facets[facet] for facet in ("level", "theme")} if has_filter else {}
        questions.append(Question(tuple(dict.fromkeys(words)), filters, is_any))
    return questions


def _words_of(document: ModuleDocument) -> list[str]:
    """Plain words that every engine's own analysis takes for one word."""
    return sorted(word for word in spelling_words(document) if word.isascii() and len(word) >= LEAST_LETTERS)

"""What a developer would take instead of our search: tantivy, Whoosh as it comes, SQLite's FTS5 and PostgreSQL with facets in SQL.

The same text, the same filters, and the same wish: the best twenty, the exact total, and counts on five facets. Each is asked for all
words or for any word, as the question says; none knows Dutch compounds, synonyms or misspellings.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import psycopg
import tantivy
from whoosh import fields, index
from whoosh.query import And, Or, Term

from catalogue.search.port import ModuleDocument

FACETS = ("level", "theme", "provider", "kind", "language")
TEXTS = ("title", "skills", "outcomes", "description")
BEST = 20
INSERT_TEXT = f"INSERT INTO text (rowid, {', '.join(TEXTS)}) VALUES (?, ?, ?, ?, ?)"
INSERT_FACETS = f"INSERT INTO facet VALUES (?, {', '.join('?' * len(FACETS))})"


Answer = tuple[int, list[int], list[dict[str, int]]]
"""Total, best twenty, and the counts of each facet."""


@dataclass(frozen=True, slots=True)
class Question:
    """Plain words, and one wanted value for some facets; `is_any`: one of the words is enough."""

    words: tuple[str, ...]
    filters: dict[str, str] = field(default_factory=dict)
    is_any: bool = False


class Peer(Protocol):
    """An engine beside ours."""

    def build(self, documents: Iterable[ModuleDocument]) -> None:
        """Indexes all of them, once."""

    def change(self, document: ModuleDocument) -> None:
        """Replaces one module, so that the next search finds it."""

    def search(self, question: Question) -> Answer:
        """Answers one question."""


def texts_of(document: ModuleDocument) -> dict[str, str]:
    """The four texts of a module."""
    return {
        "title": document.title,
        "skills": "\n".join(document.skills),
        "outcomes": document.outcomes,
        "description": document.description,
    }


class PlainWhoosh:
    """Whoosh 2.7.4 with its own analysis, search and facets."""

    def __init__(self, folder: Path) -> None:
        texts = {name: fields.TEXT(field_boost=3.0 if name == "title" else 1.0) for name in TEXTS}
        facets = {name: fields.ID(sortable=True) for name in FACETS}
        self._index = index.create_in(folder, fields.Schema(module=fields.ID(stored=True, unique=True), **texts, **facets))
        self._searcher = self._index.searcher()

    def build(self, documents: Iterable[ModuleDocument]) -> None:
        writer = self._index.writer(limitmb=128)
        for document in documents:
            writer.add_document(**self._values(document))
        writer.commit()
        self._searcher = self._index.searcher()

    def change(self, document: ModuleDocument) -> None:
        writer = self._index.writer()
        writer.update_document(**self._values(document))
        writer.commit()
        self._searcher = self._index.searcher()

    def search(self, question: Question) -> Answer:
        """See `Peer.search`."""
        fits = [Or([Term(name, word, boost=3.0 if name == "title" else 1.0) for name in TEXTS]) for word in question.words]
        wanted = Or(fits) if question.is_any else And(fits)
        for facet, value in question.filters.items():
            wanted = And([wanted, Term(facet, value)])
        found = self._searcher.search(wanted, limit=BEST, groupedby=list(FACETS))
        counts = [{value: len(group) for value, group in found.groups(facet).items()} for facet in FACETS]
        return len(found), [int(hit["module"]) for hit in found], counts

    @staticmethod
    def _values(document: ModuleDocument) -> dict[str, str]:
        return {"module": str(document.module_id)} | texts_of(document) | {facet: document.facets[facet] for facet in FACETS}


class FullTextSql:
    """SQLite FTS5 with bm25 and one query for each facet."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute(f"CREATE VIRTUAL TABLE text USING fts5({', '.join(TEXTS)}, tokenize='unicode61 remove_diacritics 2')")
        self._database.execute(f"CREATE TABLE facet (id INTEGER PRIMARY KEY, {', '.join(FACETS)})")

    def build(self, documents: Iterable[ModuleDocument]) -> None:
        self._database.execute("BEGIN")
        for document in documents:
            self._insert(document)
        self._database.execute("COMMIT")
        for facet in FACETS:
            self._database.execute(f"CREATE INDEX by_{facet} ON facet ({facet})")

    def change(self, document: ModuleDocument) -> None:
        self._database.execute("BEGIN IMMEDIATE")
        self._database.execute("DELETE FROM text WHERE rowid = ?", (document.module_id,))
        self._database.execute("DELETE FROM facet WHERE id = ?", (document.module_id,))
        self._insert(document)
        self._database.execute("COMMIT")

    def search(self, question: Question) -> Answer:
        """See `Peer.search`."""
        joint = " OR " if question.is_any else " AND "
        where, values = "text MATCH ?", [joint.join(f'"{word}"' for word in question.words)]
        for facet, wanted in question.filters.items():
            where += f" AND facet.{facet} = ?"
            values.append(wanted)
        source = f"FROM text JOIN facet ON facet.id = text.rowid WHERE {where}"
        best = self._database.execute(f"SELECT facet.id {source} ORDER BY bm25(text, 3, 1, 1, 1) LIMIT {BEST}", values).fetchall()
        total = self._database.execute(f"SELECT count(*) {source}", values).fetchone()[0]
        counts = [
            dict(self._database.execute(f"SELECT facet.{facet}, count(*) {source} GROUP BY 1", values).fetchall()) for facet in FACETS
        ]
        return total, [row[0] for row in best], counts

    def _insert(self, document: ModuleDocument) -> None:
        self._database.execute(INSERT_TEXT, (document.module_id, *texts_of(document).values()))
        self._database.execute(INSERT_FACETS, (document.module_id, *(document.facets[facet] for facet in FACETS)))


class Tantivy:
    """The native engine, with its default analysis, facets as fast fields."""

    def __init__(self, folder: Path) -> None:
        schema = tantivy.SchemaBuilder()
        schema.add_integer_field("module", stored=True, indexed=True, fast=True)
        for name in TEXTS:
            schema.add_text_field(name)
        for name in FACETS:
            schema.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
        self._schema = schema.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._facets = {name: {"terms": {"field": name, "size": 1000}} for name in FACETS}

    def build(self, documents: Iterable[ModuleDocument]) -> None:
        """See `Peer.build`."""
        writer = self._index.writer(heap_size=200_000_000)
        for document in documents:
            writer.add_document(self._document(document))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def change(self, document: ModuleDocument) -> None:
        """See `Peer.change`."""
        writer = self._index.writer(heap_size=20_000_000, num_threads=1)
        writer.delete_documents_by_term("module", document.module_id)
        writer.add_document(self._document(document))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, question: Question) -> Answer:
        """See `Peer.search`."""
        occur = tantivy.Occur.Should if question.is_any else tantivy.Occur.Must
        words = tantivy.Query.boolean_query([(occur, self._anywhere(word)) for word in question.words])
        filters = [(tantivy.Occur.Must, tantivy.Query.term_query(self._schema, facet, value)) for facet, value in question.filters.items()]
        wanted = tantivy.Query.boolean_query([(tantivy.Occur.Must, words), *filters]) if filters else words
        searcher = self._index.searcher()
        found = searcher.search(wanted, BEST)
        counted = searcher.aggregate(wanted, self._facets)
        ids = [searcher.doc(address)["module"][0] for _, address in found.hits]
        return found.count or 0, ids, [{row["key"]: row["doc_count"] for row in counted[name]["buckets"]} for name in FACETS]

    def _anywhere(self, word: str) -> Any:
        fields_ = [(tantivy.Occur.Should, tantivy.Query.term_query(self._schema, name, word)) for name in TEXTS]
        fields_[0] = (tantivy.Occur.Should, tantivy.Query.boost_query(fields_[0][1], 3.0))
        return tantivy.Query.boolean_query(fields_)

    def _document(self, document: ModuleDocument) -> Any:
        values: dict[str, Any] = {"module": document.module_id}
        return tantivy.Document(**values, **texts_of(document), **{name: document.facets[name] for name in FACETS})


class PostgresText:
    """PostgreSQL's full text search with its own Dutch dictionary, the best twenty, total and facets in one statement."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True)
        facets = ", ".join(f"{name} text" for name in FACETS)
        self._connection.execute(f"CREATE TABLE module (id integer PRIMARY KEY, words tsvector, {facets})")

    def build(self, documents: Iterable[ModuleDocument]) -> None:
        """See `Peer.build`."""
        with self._connection.transaction():
            for document in documents:
                self._insert(document)
        self._connection.execute("CREATE INDEX ON module USING gin (words)")
        self._connection.execute("ANALYZE module")

    def change(self, document: ModuleDocument) -> None:
        """See `Peer.change`."""
        with self._connection.transaction():
            self._connection.execute("DELETE FROM module WHERE id = %s", (document.module_id,))
            self._insert(document)

    def search(self, question: Question) -> Answer:
        """See `Peer.search`."""
        joint = " | " if question.is_any else " & "
        where, values = "words @@ query", [joint.join(question.words)]
        for facet, wanted in question.filters.items():
            where += f" AND {facet} = %s"
            values.append(wanted)
        counts = " UNION ALL ".join(f"SELECT '{name}', {name}, count(*) FROM found GROUP BY 2" for name in FACETS)
        statement = f"""
            WITH found AS MATERIALIZED
                 (SELECT id, words, query, {", ".join(FACETS)} FROM module, to_tsquery('dutch', %s) query WHERE {where}),
                 best AS (SELECT id FROM found ORDER BY ts_rank(words, query) DESC LIMIT {BEST})
            SELECT 'total', '', count(*) FROM found UNION ALL SELECT 'best', id::text, 0 FROM best UNION ALL {counts}"""
        rows = self._connection.execute(statement, values).fetchall()
        groups = [{value: count for name, value, count in rows if name == facet} for facet in FACETS]
        return rows[0][2], [int(value) for name, value, _ in rows if name == "best"], groups

    def _insert(self, document: ModuleDocument) -> None:
        texts = texts_of(document)
        words = " || ".join(f"setweight(to_tsvector('dutch', %s), '{weight}')" for weight in "ABCD")
        marks = ", ".join(["%s"] * len(FACETS))
        values = (document.module_id, *(texts[name] for name in TEXTS), *(document.facets[name] for name in FACETS))
        self._connection.execute(f"INSERT INTO module VALUES (%s, {words}, {marks})", values)

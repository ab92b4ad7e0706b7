"""What a developer would take instead of our search: Whoosh as it comes, and SQLite's FTS5 with facets in SQL. The same text, the same
filters, and the same wish: the best twenty, the exact total, and counts on five facets. Both ask for all words, which is their fastest
way; neither knows Dutch compounds, synonyms or misspellings.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from whoosh import fields, index
from whoosh.qparser import MultifieldParser
from whoosh.query import And, Or, Term

from catalogue.search.port import ModuleDocument, Query

FACETS = ("level", "theme", "provider", "kind", "language")
TEXTS = ("title", "skills", "outcomes", "description")
BEST = 20
INSERT_TEXT = f"INSERT INTO text (rowid, {', '.join(TEXTS)}) VALUES (?, ?, ?, ?, ?)"  # noqa: S608 - our own constants
INSERT_FACETS = f"INSERT INTO facet VALUES (?, {', '.join('?' * len(FACETS))})"  # noqa: S608


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
        self._parser = MultifieldParser(list(TEXTS), self._index.schema)
        self._searcher = self._index.searcher()

    def build(self, documents: Sequence[ModuleDocument]) -> None:
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

    def search(self, query: Query) -> tuple[int, list[int], list[dict[str, int]]]:
        """Total, best twenty, and facet counts."""
        wanted = self._parser.parse(re.sub(r"\W", " ", query.text))
        for facet, values in query.filters.items():
            wanted = And([wanted, Or([Term(facet, value) for value in values])])
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

    def build(self, documents: Sequence[ModuleDocument]) -> None:
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

    def search(self, query: Query) -> tuple[int, list[int], list[dict[str, int]]]:
        """Total, best twenty, and facet counts."""
        where, values = "text MATCH ?", [" AND ".join(f'"{word}"' for word in re.findall(r"\w+", query.text))]
        for facet, wanted in query.filters.items():
            where += f" AND facet.{facet} IN ({', '.join('?' * len(wanted))})"
            values += wanted
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

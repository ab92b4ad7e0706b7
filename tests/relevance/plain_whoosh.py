"""What a developer gets from Whoosh 2.7.4 without further work: its own analysis, its query parser over four fields, any word, BM25F."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from whoosh import fields, index
from whoosh.analysis import StandardAnalyzer
from whoosh.qparser import MultifieldParser, OrGroup
from whoosh.scoring import BM25F

from catalogue.search.port import ModuleDocument

TEXTS = ("title", "skills", "outcomes", "description")
TITLE_BOOST = 3.0


def plain_whoosh(folder: Path, documents: Iterable[ModuleDocument], best: int) -> Callable[[str], Sequence[int]]:
    """A search that gives the ids of the `best` modules for a text."""
    texts = {name: fields.TEXT(StandardAnalyzer(), field_boost=TITLE_BOOST if name == "title" else 1.0) for name in TEXTS}
    opened = index.create_in(folder, fields.Schema(module=fields.STORED, **texts))
    writer = opened.writer()
    for document in documents:
        writer.add_document(
            module=document.module_id,
            title=document.title,
            skills="\n".join(document.skills),
            outcomes=document.outcomes,
            description=document.description,
        )
    writer.commit()
    searcher = opened.searcher(weighting=BM25F())
    parser = MultifieldParser(list(TEXTS), opened.schema, group=OrGroup)

    def search(text: str) -> Sequence[int]:
        # Signs would be read as operators of the query language.
        return [hit["module"] for hit in searcher.search(parser.parse(re.sub(r"\W", " ", text)), limit=best)]

    return search

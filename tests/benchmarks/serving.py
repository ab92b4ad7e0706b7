"""Answers queries over an index and a database with vectors, and prints the most memory that it had, in megabytes."""

from __future__ import annotations

import sys
from datetime import date
from itertools import islice
from pathlib import Path

from catalogue.database import Database
from catalogue.search.documents import published_documents
from catalogue.search.finding import search_modules
from catalogue.search.meaning import ModuleMeanings
from catalogue.search.port import Query
from catalogue.search.whoosh_engine import WhooshEngine
from tests.benchmarks.measuring import own_peak_mb

N_QUERIES = 300

if __name__ == "__main__":
    database, engine = Database(f"sqlite:///{sys.argv[1]}"), WhooshEngine(Path(sys.argv[2]))
    meanings = ModuleMeanings(database)
    with database.reading() as session:
        titles = [document.title for document in islice(published_documents(session), N_QUERIES)]
    for title in titles:
        search_modules(database, engine, meanings, Query(date(2026, 11, 21), title))
    print(own_peak_mb())

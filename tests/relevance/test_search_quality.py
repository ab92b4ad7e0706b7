"""Does search find what people mean? Judged queries over the seed catalogue; nDCG@10 and MRR are printed and held.

How the queries were judged and split stands in docs/judgements.md.
"""

from __future__ import annotations

import hashlib
import math
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import pytest
from sqlalchemy import select

from catalogue.database import Database
from catalogue.models import Module
from catalogue.search import indexing
from catalogue.search.answering import ModuleSearch
from catalogue.search.documents import published_documents
from catalogue.search.meaning import ModuleMeanings
from catalogue.search.port import Query
from catalogue.search.whoosh_engine import WhooshEngine
from seed.files import read
from seed.load import load_seed
from tests.conftest import NOW
from tests.relevance.plain_whoosh import plain_whoosh
from web.migrations.upgrade import upgrade

GROUPS = ("plain", "misspelt", "compound", "synonym", "everyday", "place", "language")
HALVES = ("development", "held out")
BEST = 10
LEAST_QUERIES = 220
LEAST_QUERIES_OF_A_GROUP = 25
LEAST_NDCG = {"development": 0.845, "held out": 0.837}
LEAST_RECIPROCAL_RANK = {"development": 0.943, "held out": 0.906}
LEAST_NDCG_OF_A_GROUP = {
    "plain": {"development": 0.936, "held out": 0.964},
    "misspelt": {"development": 0.895, "held out": 0.904},
    "compound": {"development": 0.816, "held out": 0.912},
    "synonym": {"development": 0.888, "held out": 0.752},
    "everyday": {"development": 0.718, "held out": 0.585},
    "place": {"development": 0.950, "held out": 0.915},
    "language": {"development": 0.817, "held out": 0.829},
}
"""What was measured, less .02: against going back. Where it is to go is told in docs/judgements.md."""
LEAST_GAIN = {"misspelt": 0.750, "compound": 0.574, "synonym": 0.355, "language": 0.689}
"""How much better than plain Whoosh, over both halves; what was measured, less .02."""

Search = Callable[[str], Sequence[str]]
"""A text -> the slugs of the best modules, best first."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One query. `fits` maps slugs of modules to 1, 2 or 3; `is_seen`: it was there while the search was built."""

    group: str
    text: str
    fits: Mapping[str, int]
    is_seen: bool

    @property
    def half(self) -> str:
        """Stable, and decided by nobody: the parity of the hash; what was seen is never held out."""
        is_odd = hashlib.sha256(self.text.encode()).digest()[-1] % 2
        return "held out" if is_odd and not self.is_seen else "development"


def judged_queries() -> list[Judged]:
    entries = tomllib.loads(Path(__file__).with_name("judgements.toml").read_text(encoding="utf-8"))["query"]
    return [Judged(entry["group"], entry["text"], entry["fits"], entry.get("seen", False)) for entry in entries]


JUDGEMENTS = judged_queries()


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("relevance") / "seed.sqlite"
    upgrade(f"sqlite:///{path}")
    database = Database(f"sqlite:///{path}")
    with database.writing() as session:
        load_seed(session, read(), NOW)
    yield database
    database.close()


@pytest.fixture(scope="module")
def slugs(catalogue: Database) -> dict[int, str]:
    with catalogue.reading() as session:
        return dict(session.execute(select(Module.id, Module.slug)).all())


@pytest.fixture(scope="module")
def search(catalogue: Database, slugs: dict[int, str], tmp_path_factory: pytest.TempPathFactory) -> Search:
    """Search as the pages do it. The one place here that builds an engine."""
    engine = WhooshEngine(tmp_path_factory.mktemp("index"))
    meanings = ModuleMeanings(catalogue)
    indexing.rebuild(catalogue, engine)
    meanings.fill()
    searching = ModuleSearch(catalogue, engine, meanings)

    def found(text: str) -> Sequence[str]:
        answer = searching.answer(Query(today=NOW.date(), text=text, per_page=BEST))
        assert not answer.is_degraded
        return [slugs[hit.module_id] for hit in (*answer.result.hits, *answer.elsewhere)][:BEST]

    return found


@pytest.fixture(scope="module")
def baseline(catalogue: Database, slugs: dict[int, str], tmp_path_factory: pytest.TempPathFactory) -> Search:
    with catalogue.reading() as session:
        found = plain_whoosh(tmp_path_factory.mktemp("plain"), published_documents(session), BEST)
    return lambda text: [slugs[module_id] for module_id in found(text)]


def ndcg(found: Sequence[str], fits: Mapping[str, int]) -> float:
    def gain(grades: Sequence[int]) -> float:
        return sum((math.pow(2, grade) - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:BEST]))

    return gain([fits.get(slug, 0) for slug in found]) / gain(sorted(fits.values(), reverse=True))


def reciprocal_rank(found: Sequence[str], fits: Mapping[str, int]) -> float:
    return next((1 / place for place, slug in enumerate(found, 1) if fits.get(slug, 0) >= 2), 0.0)


@dataclass(frozen=True, slots=True)
class Scores:
    """Of one query: nDCG@10 and reciprocal rank of ours, nDCG@10 of plain Whoosh."""

    judged: Judged
    ours: float
    rank: float
    plain: float


@pytest.fixture(scope="module")
def scores(search: Search, baseline: Search) -> list[Scores]:
    measured = []
    for judged in JUDGEMENTS:
        found = search(judged.text)
        measured.append(
            Scores(judged, ndcg(found, judged.fits), reciprocal_rank(found, judged.fits), ndcg(baseline(judged.text), judged.fits))
        )
    return measured


def of(scores: Sequence[Scores], half: str | None = None, group: str | None = None) -> list[Scores]:
    return [one for one in scores if half in (None, one.judged.half) and group in (None, one.judged.group)]


def table(scores: Sequence[Scores]) -> Iterator[str]:
    yield f"{'':<9}" + "".join(f" | {half:>11}: {'n':>3} {'nDCG@10':>8} {'MRR':>6} {'plain':>6}" for half in HALVES)
    for group in (*GROUPS, None):
        cells = []
        for half in HALVES:
            some = of(scores, half, group)
            ours, rank, plain = (fmean(getattr(one, name) for one in some) for name in ("ours", "rank", "plain"))
            cells.append(f" | {'':>11}  {len(some):>3} {ours:8.3f} {rank:6.3f} {plain:6.3f}")
        yield f"{group or 'all':<9}" + "".join(cells)


def test_the_judgements_are_whole(slugs: dict[int, str]) -> None:
    assert not {slug for judged in JUDGEMENTS for slug in judged.fits} - set(slugs.values())
    assert {grade for judged in JUDGEMENTS for grade in judged.fits.values()} == {1, 2, 3}
    assert all(max(judged.fits.values()) >= 2 for judged in JUDGEMENTS)
    assert len({judged.text.casefold() for judged in JUDGEMENTS}) == len(JUDGEMENTS) >= LEAST_QUERIES
    sizes = Counter(judged.group for judged in JUDGEMENTS)
    assert sizes.keys() == set(GROUPS)
    assert min(sizes.values()) >= LEAST_QUERIES_OF_A_GROUP


def test_search_finds_what_is_meant(scores: list[Scores], capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(table(scores)) + "\n")
    for half in HALVES:
        assert fmean(one.ours for one in of(scores, half)) >= LEAST_NDCG[half], half
        assert fmean(one.rank for one in of(scores, half)) >= LEAST_RECIPROCAL_RANK[half], half
        for group in GROUPS:
            assert fmean(one.ours for one in of(scores, half, group)) >= LEAST_NDCG_OF_A_GROUP[group][half], (half, group)


@pytest.mark.parametrize("group", LEAST_GAIN)
def test_search_finds_more_than_plain_whoosh(scores: list[Scores], group: str) -> None:
    assert fmean(one.ours - one.plain for one in of(scores, group=group)) >= LEAST_GAIN[group]

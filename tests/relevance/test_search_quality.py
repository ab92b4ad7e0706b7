"""Does search find what people mean? Judged queries over the seed catalogue; nDCG@10 and MRR are printed and held."""

from __future__ import annotations

import math
import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest
from sqlalchemy import select

from catalogue.database import Database
from catalogue.models import Module
from catalogue.search import indexing
from catalogue.search.documents import published_documents
from catalogue.search.dutch import tokens
from catalogue.search.port import Query
from catalogue.search.whoosh_engine import WhooshEngine
from seed.files import read
from seed.load import load_seed
from tests.conftest import NOW
from web.migrations.upgrade import upgrade

JUDGEMENTS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("judgements.toml").read_text(encoding="utf-8"))["query"]
LEAST_NDCG = 0.85
LEAST_NDCG_OF_A_GROUP = 0.70
LEAST_GAIN = 0.20
"""How much better than counting equal words search must be where words are misspelt, compounds or synonyms."""

Search = Callable[[str], Sequence[str]]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Database:
    path = tmp_path_factory.mktemp("relevance") / "seed.sqlite"
    upgrade(f"sqlite:///{path}")
    database = Database(f"sqlite:///{path}")
    with database.writing() as session:
        load_seed(session, read(), NOW)
    return database


@pytest.fixture(scope="module")
def slugs(catalogue: Database) -> dict[int, str]:
    with catalogue.reading() as session:
        return dict(session.execute(select(Module.id, Module.slug)).all())


@pytest.fixture(scope="module")
def search(catalogue: Database, slugs: dict[int, str], tmp_path_factory: pytest.TempPathFactory) -> Search:
    engine = WhooshEngine(tmp_path_factory.mktemp("index"))
    indexing.rebuild(catalogue, engine)
    return lambda text: [slugs[hit.module_id] for hit in engine.search(Query(today=NOW.date(), text=text, per_page=10)).hits]


@pytest.fixture(scope="module")
def equal_words(catalogue: Database, slugs: dict[int, str]) -> Search:
    """The baseline: how many of the query's words stand in a module, rare ones counting more."""
    with catalogue.reading() as session:
        words = {
            slugs[document.module_id]: {
                word
                for parts in tokens(f"{document.title} {' '.join(document.skills)} {document.outcomes} {document.description}")
                for word in parts
            }
            for document in published_documents(session)
        }
    holding: dict[str, int] = defaultdict(int)
    for found in words.values():
        for word in found:
            holding[word] += 1

    def searched(text: str) -> Sequence[str]:
        wanted = {word for parts in tokens(text) for word in parts}
        scores = {slug: sum(math.log(1 + len(words) / holding[word]) for word in wanted & found) for slug, found in words.items()}
        return sorted((slug for slug in scores if scores[slug] > 0), key=lambda slug: (-scores[slug], slug))[:10]

    return searched


def ndcg(found: Sequence[str], fits: Mapping[str, int]) -> float:
    def gain(grades: Sequence[int]) -> float:
        return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:10]))

    return gain([fits.get(slug, 0) for slug in found]) / gain(sorted(fits.values(), reverse=True))


def reciprocal_rank(found: Sequence[str], fits: Mapping[str, int]) -> float:
    return next((1 / place for place, slug in enumerate(found, 1) if fits.get(slug, 0) >= 2), 0.0)


def by_group(search: Search, measure: Callable[[Sequence[str], Mapping[str, int]], float]) -> dict[str, float]:
    scores = defaultdict(list)
    for judged in JUDGEMENTS:
        scores[judged["group"]].append(measure(search(judged["text"]), judged["fits"]))
    return {group: fmean(values) for group, values in scores.items()}


def test_every_judged_module_exists(slugs: dict[int, str]) -> None:
    assert not {slug for judged in JUDGEMENTS for slug in judged["fits"]} - set(slugs.values())
    assert len(JUDGEMENTS) >= 40


def test_search_finds_what_is_meant(search: Search, equal_words: Search, capsys: pytest.CaptureFixture[str]) -> None:
    ours, theirs, ranks = by_group(search, ndcg), by_group(equal_words, ndcg), by_group(search, reciprocal_rank)
    overall = fmean(ndcg(search(judged["text"]), judged["fits"]) for judged in JUDGEMENTS)
    lines = [f"{'group':<10} {'nDCG@10':>8} {'MRR':>6} {'equal words':>12}"]
    lines += [f"{group:<10} {ours[group]:8.3f} {ranks[group]:6.3f} {theirs[group]:12.3f}" for group in ours]
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join([*lines, f"{'all':<10} {overall:8.3f}"]) + "\n")
    assert overall >= LEAST_NDCG
    assert min(ours.values()) >= LEAST_NDCG_OF_A_GROUP
    for group in ("misspelt", "compound", "synonym"):
        assert ours[group] >= theirs[group] + LEAST_GAIN, group

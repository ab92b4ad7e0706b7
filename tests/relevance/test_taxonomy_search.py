"""How well skills and occupations are found by name, on judged sets, held against regression. docs/recognition.md has the figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from catalogue.skills.char_index import spelled
from catalogue.skills.esco_files import EscoConcept, EscoFiles, read_esco
from catalogue.skills.lexicon import Lexicon, lexicon_of
from tests.relevance.evaluation import SETS, Measured, mean, ndcg_at_10, reciprocal_rank, rows
from tests.shared_data import SHARED, needs_shared

pytestmark = needs_shared


@pytest.fixture(scope="module")
def esco() -> EscoFiles:
    return read_esco(SHARED / "esco-nl", "nl")


@pytest.fixture(scope="module")
def vectors(pytestconfig: pytest.Config) -> Path:
    assert pytestconfig.cache is not None
    return pytestconfig.cache.mkdir("name-vectors")


def test_job_titles_find_the_occupations_that_experts_chose(vectors: Path) -> None:
    """job-titles-melo: each of the corpus' names is an answer of its own, as in the published figures."""
    folder = SETS / "job-titles-melo"
    queries, corpus = rows(folder / "queries.tsv"), rows(folder / "corpus.tsv")
    concept_of = dict(rows(folder / "concepts.tsv"))
    place = {name: row for row, (name, _) in enumerate(corpus)}
    relevant: dict[str, list[int]] = {}
    for query, _, name, _ in rows(folder / "qrels.tsv"):
        relevant.setdefault(query, []).append(place[name])
    measured = Measured(_every_name([concept_of[name] for name, _ in corpus], [text for _, text in corpus]), vectors / "melo")

    meanings = measured.meanings([title for _, title in queries])
    ranks, by_letters, is_same = [], [], []
    for (query, title), meaning in zip(queries, meanings, strict=True):
        ranks.append(reciprocal_rank(measured.finder.name_scores(title, meaning), relevant[query]))
        by_letters.append(reciprocal_rank(measured.by_letters.name_scores(title), relevant[query]))
        is_same.append(any(spelled(corpus[row][1]) == spelled(title) for row in relevant[query]))
    same = np.array(is_same)
    print(
        f"\njob-titles-melo MRR {mean(ranks)} (letters only {mean(by_letters)}), "
        f"identical {mean(np.array(ranks)[same])}, other {mean(np.array(ranks)[~same])}"
    )
    assert mean(ranks) >= 0.50
    assert mean(np.array(ranks)[~same]) >= 0.32


def test_job_titles_find_an_occupation_of_their_statistical_group(esco: EscoFiles, vectors: Path) -> None:
    """job-titles-cbs: titles that are no ESCO name; an occupation of the same ISCO-08 unit group counts."""
    measured = Measured(_lexicon(esco.occupations), vectors / "occupations")
    group = [esco.occupations[int(row)].group for row in measured.lexicon.ids]
    rows_of_group: dict[str, list[int]] = {}
    for row, code in enumerate(group):
        rows_of_group.setdefault(code, []).append(row)
    names = {spelled(text) for text in measured.lexicon.texts}
    titles = [(title, code) for title, code in rows(SETS / "job-titles-cbs" / "titles_isco.tsv") if code in rows_of_group]
    titles = [(title, code) for title, code in titles if spelled(title) not in names]
    ranks = []
    for (title, code), meaning in zip(titles, measured.meanings([title for title, _ in titles]), strict=True):
        scores = measured.finder.concept_scores(title, meaning)
        ranks.append(reciprocal_rank(scores, rows_of_group[code]))
    print(f"\njob-titles-cbs non-identical MRR {mean(ranks)} over {len(ranks)} titles")
    assert mean(ranks) >= 0.39


def test_competence_names_find_the_skills_of_the_official_crosswalk(esco: EscoFiles, vectors: Path) -> None:
    """skills-competent: graded 3 exact, 2 close, 1 broader or narrower."""
    folder = SETS / "skills-competent"
    measured = Measured(_lexicon(esco.skills), vectors / "skills")
    place = {esco.skills[int(key)].uri: row for row, key in enumerate(measured.lexicon.ids)}
    grades: dict[str, dict[int, int]] = {}
    for query, _, uri, grade in rows(folder / "qrels.tsv"):
        if uri in place:
            grades.setdefault(query, {})[place[uri]] = int(grade)
    queries = [(query, text) for query, text in rows(folder / "queries.tsv") if query in grades]
    ranks, gains = [], []
    for (query, text), meaning in zip(queries, measured.meanings([text for _, text in queries]), strict=True):
        scores = measured.finder.concept_scores(text, meaning)
        ranks.append(reciprocal_rank(scores, list(grades[query])))
        gains.append(ndcg_at_10(np.argsort(-scores, kind="stable")[:10].tolist(), grades[query]))
    print(f"\nskills-competent nDCG@10 {mean(gains)}, MRR {mean(ranks)} over {len(ranks)} names")
    assert mean(gains) >= 0.33
    assert mean(ranks) >= 0.335


def _lexicon(concepts: Sequence[EscoConcept]) -> Lexicon:
    return lexicon_of(
        row
        for key, concept in enumerate(concepts)
        for row in [(key, "nl", concept.label, True), *((key, "nl", alias, False) for alias in concept.aliases)]
    )


def _every_name(concepts: list[str], texts: list[str]) -> Lexicon:
    """A lexicon in which no name is left out, not even one that occurs twice; rows are those of `texts`."""
    keys: dict[str, int] = {}
    group = np.array([keys.setdefault(concept, len(keys)) for concept in concepts], np.int32)
    assert (np.diff(group) >= 0).all(), "names of one concept must stand together"
    n_names, n_concepts = len(texts), len(keys)
    return Lexicon(
        ids=np.arange(n_concepts, dtype=np.int64),
        texts=texts,
        group=group,
        group_concept=np.arange(n_concepts, dtype=np.int32),
        group_is_english=np.zeros(n_concepts, np.bool_),
        is_preferred=np.zeros(n_names, np.bool_),
    )

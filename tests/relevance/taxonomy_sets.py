"""The judged sets of job titles and competences, each with a finder over ESCO's names and the official measures of an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalogue.skills.char_index import spelled
from catalogue.skills.esco_files import EscoConcept, EscoFiles, read_esco
from catalogue.skills.finder import SKILL_WEIGHTS, Finder
from catalogue.skills.label_vectors import VectorCache
from catalogue.skills.lexicon import Lexicon, NameRow, lexicon_of
from tests.relevance.evaluation import SETS, Measured, mean, ndcg_at_10, reciprocal_rank, rows
from tests.shared_data import SHARED

FloatArray = NDArray[np.float32]
Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """Queries over one lexicon. `measure` turns the place of a query and the scores by name into named figures, some of them or all."""

    name: str
    measured: Measured
    queries: list[str]
    meanings: FloatArray
    measure: Callable[[int, FloatArray], Figures]

    def figures(self, finder: Finder, *, has_meaning: bool = True) -> Figures:
        """How well a finder answers: the mean of each figure over the queries that have it."""
        found: dict[str, list[float]] = {}
        for place, (query, meaning) in enumerate(zip(self.queries, self.meanings, strict=True)):
            scores = finder.name_scores(query, meaning if has_meaning else None)
            for name, figure in self.measure(place, scores).items():
                found.setdefault(name, []).append(figure)
        return {name: mean(figures) for name, figures in found.items()}


@dataclass(frozen=True, slots=True)
class Esco:
    """The classification in both languages."""

    dutch: EscoFiles
    english: EscoFiles

    @classmethod
    def read(cls) -> Esco:
        """From the shared data."""
        return cls(read_esco(SHARED / "esco-nl", "nl"), read_esco(SHARED / "esco-en", "en"))

    def lexicon(self, concepts: Sequence[EscoConcept]) -> Lexicon:
        """Names and descriptions in both languages, as the database gives them; keys are places in `concepts`."""
        english = {concept.uri: concept for concept in (*self.english.skills, *self.english.occupations)}
        names: list[NameRow] = []
        descriptions: dict[int, tuple[str, str]] = {}
        groups = {group.code: group.label for group in self.dutch.isco_groups}
        kin = {key: (concept.group, groups.get(concept.group, "")) for key, concept in enumerate(concepts) if concept.group}
        for key, concept in enumerate(concepts):
            other = english.get(concept.uri)
            names += _names(key, "nl", concept)
            names += _names(key, "en", other) if other else []
            descriptions[key] = (concept.description, other.description if other else "")
        return lexicon_of(names, descriptions, kin)


def job_titles_melo(esco: Esco, vectors: VectorCache) -> JudgedSet:
    """Each of the corpus' names is an answer of its own, as in the published figures; concepts are ESCO's occupations and ISCO's groups."""
    source = SETS / "job-titles-melo"
    queries, corpus = rows(source / "queries.tsv"), rows(source / "corpus.tsv")
    uri_of = dict(rows(source / "concepts.tsv"))
    place = {name: row for row, (name, _) in enumerate(corpus)}
    relevant: dict[str, list[int]] = {}
    for query, _, name, _ in rows(source / "qrels.tsv"):
        relevant.setdefault(query, []).append(place[name])
    lexicon = _every_name([uri_of[name] for name, _ in corpus], [text for _, text in corpus])
    described = esco.lexicon(_described(esco.dutch, lexicon, list(dict.fromkeys(uri_of[name] for name, _ in corpus))))
    measured = Measured(lexicon, vectors, described)
    concept, starts = lexicon.concept, _concept_starts(lexicon)

    def measure(place: int, scores: FloatArray) -> Figures:
        query, title = queries[place]
        right = relevant[query]
        by_name = reciprocal_rank(scores, right)
        is_same = any(spelled(corpus[row][1]) == spelled(title) for row in right)
        by_concept = reciprocal_rank(np.maximum.reduceat(scores, starts), sorted({int(concept[row]) for row in right}))
        return {"MRR": by_name, "identical" if is_same else "other": by_name, "one row an occupation": by_concept}

    titles = [title for _, title in queries]
    return JudgedSet("job-titles-melo", measured, titles, measured.meanings(titles), measure)


def job_titles_cbs(esco: Esco, vectors: VectorCache) -> JudgedSet:
    """Titles that are no Dutch ESCO name; an occupation of the same ISCO-08 unit group counts."""
    occupations = esco.dutch.occupations
    measured = Measured(esco.lexicon(occupations), vectors)
    lexicon = measured.lexicon
    rows_of_group: dict[str, list[int]] = {}
    for row, key in enumerate(lexicon.ids):
        rows_of_group.setdefault(occupations[int(key)].group, []).append(row)
    names = {spelled(text) for text, is_english in zip(lexicon.texts, lexicon.is_english, strict=True) if not is_english}
    titles = [(title, code) for title, code in rows(SETS / "job-titles-cbs" / "titles_isco.tsv") if code in rows_of_group]
    titles = [(title, code) for title, code in titles if spelled(title) not in names]
    starts = _concept_starts(lexicon)

    def measure(place: int, scores: FloatArray) -> Figures:
        return {"MRR": reciprocal_rank(np.maximum.reduceat(scores, starts), rows_of_group[titles[place][1]])}

    queries = [title for title, _ in titles]
    return JudgedSet("job-titles-cbs, not identical", measured, queries, measured.meanings(queries), measure)


def skills_competent(esco: Esco, vectors: VectorCache) -> JudgedSet:
    """Names of competences, graded 3 exact, 2 close, 1 broader or narrower."""
    measured = Measured(esco.lexicon(esco.dutch.skills), vectors, weights=SKILL_WEIGHTS)
    lexicon = measured.lexicon
    place = {esco.dutch.skills[int(key)].uri: row for row, key in enumerate(lexicon.ids)}
    grades: dict[str, dict[int, int]] = {}
    for query, _, uri, grade in rows(SETS / "skills-competent" / "qrels.tsv"):
        if uri in place:
            grades.setdefault(query, {})[place[uri]] = int(grade)
    queries = [(query, text) for query, text in rows(SETS / "skills-competent" / "queries.tsv") if query in grades]
    names_of: Mapping[int, set[str]] = {row: set() for row in range(len(lexicon.ids))}
    for text, row in zip(lexicon.texts, lexicon.concept.tolist(), strict=True):
        names_of[row].add(spelled(text))
    starts = _concept_starts(lexicon)

    def measure(place: int, scores: FloatArray) -> Figures:
        query, text = queries[place]
        by_concept = np.maximum.reduceat(scores, starts)
        gain = ndcg_at_10(np.argsort(-by_concept, kind="stable")[:10].tolist(), grades[query])
        is_same = any(spelled(text) in names_of[row] for row in grades[query])
        return {"nDCG@10": gain, "identical" if is_same else "other": gain, "MRR": reciprocal_rank(by_concept, list(grades[query]))}

    texts = [text for _, text in queries]
    return JudgedSet("skills-competent", measured, texts, measured.meanings(texts), measure)


def _names(key: int, language: str, concept: EscoConcept) -> list[NameRow]:
    return [(key, language, concept.label, True), *((key, language, alias, False) for alias in concept.aliases)]


def _concept_starts(lexicon: Lexicon) -> NDArray[np.intp]:
    return np.searchsorted(lexicon.concept, np.arange(len(lexicon.ids)))


def _described(dutch: EscoFiles, lexicon: Lexicon, uris: Sequence[str]) -> list[EscoConcept]:
    """The concepts of the corpus with its names, and their descriptions where ESCO still has them."""
    known = {concept.uri: concept for concept in (*dutch.occupations, *dutch.isco_groups)}
    names: list[list[str]] = [[] for _ in uris]
    for text, row in zip(lexicon.texts, lexicon.concept.tolist(), strict=True):
        names[row].append(text)
    nothing = EscoConcept("", "", (), "")
    said = [known.get(uri, nothing) for uri in uris]
    return [
        EscoConcept(uri, own[0], tuple(own[1:]), concept.description, group=concept.group or concept.code)
        for uri, own, concept in zip(uris, names, said, strict=True)
    ]


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

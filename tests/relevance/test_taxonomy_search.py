"""How well skills and occupations are found by name, on judged sets, held against regression. docs/recognition.md has the figures."""

from __future__ import annotations

from catalogue.skills.label_vectors import VectorCache
from tests.relevance.taxonomy_sets import Esco, Figures, JudgedSet, job_titles_cbs, job_titles_melo, skills_competent
from tests.shared_data import needs_shared

pytestmark = needs_shared


def test_job_titles_find_the_occupations_that_experts_chose(esco: Esco, vectors: VectorCache) -> None:
    figures = _figures(job_titles_melo(esco, vectors))
    assert figures["MRR"] >= 0.522
    assert figures["other"] >= 0.356
    assert figures["one row an occupation"] >= 0.558


def test_job_titles_find_an_occupation_of_their_statistical_group(esco: Esco, vectors: VectorCache) -> None:
    assert _figures(job_titles_cbs(esco, vectors))["MRR"] >= 0.47


def test_competence_names_find_the_skills_of_the_official_crosswalk(esco: Esco, vectors: VectorCache) -> None:
    figures = _figures(skills_competent(esco, vectors))
    assert figures["nDCG@10"] >= 0.372
    assert figures["MRR"] >= 0.376


def _figures(judged: JudgedSet) -> Figures:
    figures = judged.figures(judged.measured.finder)
    print(f"\n{judged.name} over {len(judged.queries)} queries: {figures}")
    print(f"  by letters and words alone: {judged.figures(judged.measured.by_letters)}")
    return figures

"""The judged set of mbo qualifications: definitions, and the CompetentNL skills that each needs."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalogue.skills.char_index import CharIndex
from catalogue.skills.label_vectors import VectorCache, learned_turn, names_with_vector
from catalogue.skills.lexicon import Lexicon, lexicon_of
from catalogue.skills.name_words import NameWords
from catalogue.skills.readings import encode_readings, skill_readings
from catalogue.skills.relevance import Reader, SkillRelevance, Weights
from catalogue.skills.surroundings import Surroundings
from catalogue.skills.work import Work, needs_of, work_readings
from tests.relevance.evaluation import SETS, mean, ndcg_at_10, reciprocal_rank, rows
from tests.relevance.taxonomy_sets import Esco

FloatArray = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Qualifications:
    """Texts, and the skills that each needs: `needed` of shape (n_texts, n_skills)."""

    texts: list[str]
    labels: list[str]
    needed: NDArray[np.bool_]

    @classmethod
    def read(cls) -> Qualifications:
        """From the shared data; only essential skills are needed."""
        folder = SETS / "mbo-competentnl"
        with (folder / "qualifications.jsonl").open(encoding="utf-8") as lines:
            found = [json.loads(line) for line in lines]
        essential: dict[str, set[str]] = defaultdict(set)
        labels: dict[str, str] = {}
        for crebo, _, uri, label, kind in rows(folder / "crebo_skill.tsv")[1:]:
            labels[uri] = label
            if kind == "essentieel":
                essential[crebo].add(uri)
        uris = sorted(labels)
        needed = np.array([[uri in essential[one["crebo"]] for uri in uris] for one in found], np.bool_)
        return cls([f"{one['label']}. {one['definitie']}" for one in found], [labels[uri] for uri in uris], needed)

    def figures(self, scores: FloatArray) -> tuple[float, float]:
        """Definition -> skills nDCG@10, and skill -> qualifications MRR, of scores of shape (n_texts, n_skills)."""
        gains = [
            ndcg_at_10(np.argsort(-own, kind="stable").tolist(), dict.fromkeys(np.flatnonzero(needed).tolist(), 1))
            for own, needed in zip(scores, self.needed, strict=True)
            if needed.any()
        ]
        ranks = [
            reciprocal_rank(own, np.flatnonzero(needed).tolist())
            for own, needed in zip(scores.T, self.needed.T, strict=True)
            if needed.any()
        ]
        return mean(gains), mean(ranks)


class WorkOfEsco:
    """ESCO's occupations in both languages as a teacher for the skills of any lexicon."""

    def __init__(self, esco: Esco, vectors: VectorCache) -> None:
        skills, occupations = esco.lexicon(esco.dutch.skills), esco.lexicon(esco.dutch.occupations)
        self._embedder = vectors.embedder
        names = [[lexicon.texts[row] for row in names_with_vector(lexicon)] for lexicon in (skills, occupations)]
        of_skills, of_work = skill_readings(skills), work_readings(occupations)
        vectors.fill([*names[0], *names[1], *of_skills, *of_work])
        self._turn = learned_turn((skills, occupations), [vectors.get(own) for own in names])
        of_skill = {esco.dutch.skills[int(key)].uri: row for row, key in enumerate(skills.ids)}
        of_occupation = {esco.dutch.occupations[int(key)].uri: row for row, key in enumerate(occupations.ids)}
        needs = needs_of(
            [
                (of_occupation[work], of_skill[skill], importance)
                for work, skill, importance in esco.dutch.needs
                if work in of_occupation and skill in of_skill
            ],
            (len(occupations.ids), len(skills.ids)),
        )
        self._work = Work(needs, self._turn(vectors.get(of_work)), self._turn(vectors.get(of_skills)), Surroundings(occupations))

    def relevance(self, lexicon: Lexicon, weights: Weights | None = None, *, has_work: bool = True) -> SkillRelevance:
        """The ranking of a lexicon's skills."""
        skills = self._turn(encode_readings(self._embedder, skill_readings(lexicon)))
        reader = Reader(self._embedder, self._turn, skills, self._work if has_work else None)
        return SkillRelevance(lexicon, CharIndex(lexicon), NameWords(lexicon), reader, weights)


def scores_of(relevance: SkillRelevance, texts: list[str]) -> FloatArray:
    """Shape (n_texts, n_skills)."""
    return np.stack([relevance.scores(text) for text in texts])


def lexicon_of_labels(labels: list[str]) -> Lexicon:
    """Of skills that have nothing but a Dutch label; rows are those of `labels`."""
    return lexicon_of((key, "nl", label, True) for key, label in enumerate(labels))

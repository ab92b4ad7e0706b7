"""Ranking all skills for a text: by letters and words, and by what occupations tell."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from catalogue.language.embedder import FloatArray
from catalogue.skills.char_index import CharIndex
from catalogue.skills.label_vectors import Turn
from catalogue.skills.lexicon import Lexicon, lexicon_of
from catalogue.skills.name_words import NameWords
from catalogue.skills.relevance import Reader, SkillRelevance, Weights
from catalogue.skills.surroundings import Surroundings
from catalogue.skills.work import OPTIONAL_SHARE, Work, needs_of, read_pieces, standardised, work_readings
from catalogue.vocabulary import Importance

SKILLS = {1: "gevels reinigen", 2: "brood bakken", 3: "plannen", 4: "vee voeren"}
OCCUPATIONS = {1: "gevelreiniger", 2: "bakker", 3: "veehouder", 4: "ruiter"}
DESCRIPTIONS = {1: "Maakt gevels schoon.", 2: "Bakt brood in de nacht.", 3: "Houdt vee in een stal.", 4: "Rijdt paard."}
DIMENSIONS = 6


class WordCounts:
    """A model that knows six stems and counts them, so that texts of one trade are alike."""

    name = "stems-1"
    dimensions = DIMENSIONS
    stems = ("gevel", "brood", "bak", "vee", "stal", "plan")

    def encode(self, texts: list[str]) -> FloatArray:
        counts = np.array([[text.lower().count(stem) + 0.01 for stem in self.stems] for text in texts], np.float32)
        return np.asarray(counts / np.linalg.norm(counts, axis=1, keepdims=True), np.float32)


def _lexicon(names: dict[int, str], descriptions: dict[int, str] | None = None) -> Lexicon:
    said = {key: (text, "") for key, text in (descriptions or {}).items()}
    return lexicon_of(((key, "nl", name, True) for key, name in names.items()), said)


@pytest.fixture(scope="module")
def occupations() -> Lexicon:
    return _lexicon(OCCUPATIONS, DESCRIPTIONS)


@pytest.fixture(scope="module")
def needs() -> sparse.csr_array:
    essential = [(0, 0), (1, 1), (2, 3)]
    rows = [(work, skill, Importance.ESSENTIAL) for work, skill in essential] + [(work, 2, Importance.OPTIONAL) for work in range(3)]
    return needs_of(rows, (4, 4))


@pytest.fixture(scope="module")
def work(occupations: Lexicon, needs: sparse.csr_array) -> Work:
    model = WordCounts()
    return Work(needs, model.encode(work_readings(occupations)), model.encode(list(SKILLS.values())), Surroundings(occupations))


def _relevance(work: Work | None, *, weights: Weights | None = None) -> SkillRelevance:
    lexicon, model = _lexicon(SKILLS), WordCounts()
    turn = Turn(np.zeros(DIMENSIONS, np.float32), np.eye(DIMENSIONS, dtype=np.float32))
    reader = Reader(model, turn, model.encode(list(SKILLS.values())), work)
    return SkillRelevance(lexicon, CharIndex(lexicon), NameWords(lexicon), reader, weights)


def test_a_text_that_names_a_skill_in_other_forms_puts_it_first_without_a_model() -> None:
    lexicon = _lexicon(SKILLS)
    relevance = SkillRelevance(lexicon, CharIndex(lexicon), NameWords(lexicon))
    assert relevance.rank("De voeger reinigt de gevel en werkt graag buiten.", 2)[0].skill_id == 1
    assert len(relevance.rank("Hij plant zijn dag.", 2)) == 2


@pytest.mark.parametrize("text", ["", "   ", "!!! 123", "de het een"])
def test_a_text_without_a_word_that_means_anything_ranks_nothing(work: Work, text: str) -> None:
    assert _relevance(work).rank(text) == []
    assert not _relevance(work).scores(text).any()


def test_an_empty_taxonomy_ranks_nothing() -> None:
    lexicon = lexicon_of([])
    assert SkillRelevance(lexicon, CharIndex(lexicon), NameWords(lexicon)).rank("gevels reinigen") == []


def test_occupations_tell_the_skill_of_a_text_that_shares_no_word_with_it(work: Work) -> None:
    text = "Staat elke dag in de stal."
    assert _relevance(work).rank(text, 1)[0].skill_id == 4
    assert _relevance(work, weights=Weights(letters=0, words=0, meaning=0, work=1)).rank(text, 1)[0].skill_id == 4
    assert _relevance(work, weights=Weights(letters=0, words=0, meaning=1, work=0)).rank(text, 1)[0].skill_id == 4


def test_scores_of_all_texts_are_on_one_scale(work: Work) -> None:
    for text in ("Bakt brood.", "Houdt vee in een grote stal en bakt ook brood. Plant alles zelf."):
        scores = _relevance(work).scores(text)
        assert scores.mean() == pytest.approx(0, abs=1e-5)
        assert scores.std() == pytest.approx(1, abs=1e-5)


def test_what_is_needed_equals_the_sums_written_out(work: Work, occupations: Lexicon, needs: sparse.csr_array) -> None:
    model, text = WordCounts(), "Houdt vee."
    meaning = model.encode([text])[0]
    skills, texts = model.encode(list(SKILLS.values())), model.encode(work_readings(occupations))
    likeness = standardised(texts @ meaning) + standardised(Surroundings(occupations).likeness(text)[0])
    table = needs.toarray()
    needing = [row for row in range(4) if table[row].any()]
    assert needing == [0, 1, 2]
    best = max(likeness[row] for row in needing)
    weights = {row: np.exp((likeness[row] - best) / 2.0) for row in needing}
    expected = []
    for skill in skills:
        near = [float(skill @ other) ** 2 for other in skills]
        wanted = [sum(weights[row] * table[row, at] / table[row].sum() for row in needing) / sum(weights.values()) for at in range(4)]
        expected.append(sum(a * b for a, b in zip(wanted, near, strict=True)) / sum(near))
    assert work.needed(text, meaning, skills) / work.abundance(skills) == pytest.approx(expected, rel=1e-4)


def test_optional_skills_count_by_their_share(needs: sparse.csr_array) -> None:
    assert needs.toarray()[1].tolist() == [0, 1, OPTIONAL_SHARE, 0]


def test_a_taxonomy_without_needs_goes_by_the_text_itself(occupations: Lexicon) -> None:
    model = WordCounts()
    nothing = Work(
        needs_of([], (4, 4)), model.encode(work_readings(occupations)), model.encode(list(SKILLS.values())), Surroundings(occupations)
    )
    assert not nothing.is_telling
    text = "Bakt brood."
    assert _relevance(nothing).scores(text) == pytest.approx(_relevance(None).scores(text))


def test_equal_scores_are_no_difference() -> None:
    assert standardised(np.ones(3, np.float32)).tolist() == [0, 0, 0]


def test_a_long_text_is_read_up_to_a_bound() -> None:
    assert len(read_pieces("Zij bakt vers brood. " * 500)) == 60

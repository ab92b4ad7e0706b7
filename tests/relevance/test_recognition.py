"""How well skills are recognised in running text: on noise, on real courses and on judged sets. docs/recognition.md has the figures."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from pathlib import Path

import pytest

from catalogue.skills.knowledge import SkillKnowledge
from catalogue.skills.label_vectors import VectorCache
from catalogue.skills.recogniser import Meanings, Recogniser
from tests.relevance.evaluation import SETS, Measured, mean, rows
from tests.relevance.qualifications import Qualifications, WorkOfEsco, lexicon_of_labels, scores_of
from tests.relevance.taxonomy_sets import Esco
from tests.shared_data import SHARED, needs_shared

NOISE = (
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua.",
    "melk, brood, 6 eieren, appels, wasmiddel, kaas, toiletpapier",
    "milk, bread, eggs, cheese, apples, toilet paper, washing powder",
    "Jan de Vries, Anna Bakker, Piet Jansen, Mohammed el Idrissi",
    "De trein vertrekt om 10 uur van spoor 5 naar Utrecht Centraal.",
    "Het was een mooie dag en de zon scheen. We gingen naar het strand en aten een ijsje.",
    "asdf qwer zxcv 12345 !!! ??? \x00 <b>",
    "Dorpsstraat 12 a, 9401 AB Assen\nPostbus 88, 7500 AA Enschede\nTel. 0592 123 456, 06 12 34 56 78",
    (
        "Bedankt voor uw bestelling! Bestelnummer 2026-00417. 2 x spijkerbroek maat 34, 1 x trui blauw. Totaal 89,95 inclusief btw. "
        "Wij bezorgen dinsdag tussen 14.00 en 16.00 uur."
    ),
    "Your order has shipped. Order no. 113-99812. One pair of boots, size 42. Arriving Thursday before 10 pm. Total 64.50, tax included.",
    "Meng 200 gram bloem met 3 eieren en een snuf zout. Laat een half uur rusten. Smelt een klontje boter en giet er een lepel beslag in.",
    "O maan, o maan, wat schijn je zacht, ik loop alleen door heel de nacht. La la la, de wind die lacht, niemand die nog op mij wacht.",
    "Baby, don't leave me in the rain tonight, oh oh oh, hold me until the morning light, yeah yeah yeah.",
    "for i in range(10):\n    if x[i] > y:\n        x[i] = y\nreturn x",
    "https://example.org/a/b?id=7&ref=mail www.voorbeeld.nl/pagina.html?utm=1 info@voorbeeld.nl",
    "1. ma 3 nov\n2. di 4 nov\n3. wo 5 nov\n12:30 - 13:15\n€ 12,50 | € 7,00",
    "Hoi mam, ik ben iets later thuis. De bus had vertraging. Zet je het eten in de oven? Kusjes!",
    "AJAX - FEYENOORD 2-1 (1-0). 23' 1-0, 55' 1-1, 88' 2-1. Gele kaart: nummer 8. Toeschouwers: 54.000.",
    "",
)


@pytest.mark.parametrize("text", NOISE)
def test_noise_holds_no_skill(knowledge: SkillKnowledge, text: str) -> None:
    assert knowledge.recognise_many([text]) == [[]]


@needs_shared
def test_most_real_course_texts_hold_a_skill_of_the_seed_taxonomy_or_say_nothing(knowledge: SkillKnowledge) -> None:
    """The seed taxonomy has eight domains; a university of agriculture has more, so this is a floor. A sample, every eighth."""
    with (SHARED / "wur-courses" / "courses.jsonl").open(encoding="utf-8") as lines:
        courses = [json.loads(line) for line in lines][::8]
    texts = ["\n".join(course.get(name) or "" for name in ("name", "description", "learningOutcomes")) for course in courses]
    found = knowledge.recognise_many(texts)
    share = mean([bool(skills) for skills in found])
    print(f"\nWUR courses with a skill of the seed taxonomy: {share}")
    for text, skills in zip(texts, found, strict=True):
        assert all(0 <= skill.start < skill.end <= len(text) and 1 <= skill.level <= 4 and 0.5 <= skill.score <= 1 for skill in skills)
        assert len({skill.skill_id for skill in skills}) == len(skills) <= 10
    assert share >= 0.35


@needs_shared
def test_definitions_of_qualifications_lead_to_their_skills_and_back(esco: Esco, vectors: VectorCache) -> None:
    """mbo-competentnl: rank the CompetentNL skills for a definition, and the qualifications for a skill, with ESCO's work as teacher."""
    judged, work = Qualifications.read(), WorkOfEsco(esco, vectors)
    lexicon = lexicon_of_labels(judged.labels)
    gain, rank = judged.figures(scores_of(work.relevance(lexicon), judged.texts))
    without = judged.figures(scores_of(work.relevance(lexicon, has_work=False), judged.texts))
    print(f"\nmbo-competentnl definition -> skills nDCG@10 {gain}, skill -> qualifications MRR {rank}; without occupations {without}")
    assert gain >= 0.45
    assert rank >= 0.551
    assert without[0] >= 0.367


def _key(text: str, label: str) -> str:
    return hashlib.sha256(f"{text}\t{label}".encode()).hexdigest()[:16]


@needs_shared
def test_a_score_says_how_often_a_finding_is_right(esco: Esco, vectors: VectorCache) -> None:
    """Reliability on skills-competent, every third name as a text, first finding only.

    The crosswalk names one or a few skills for each competence, so that many findings that it lacks are right nevertheless
    ("Muziekinstrumenten onderhouden" -> "muziekinstrumenten onderhouden"). Two people read what it lacks: the first from .7 on and
    seeing the scores, the second all of it, shuffled and without scores. `read_findings.tsv` has their verdicts, by a hash of text and
    label, since these are not ours to copy.
    """
    measured = Measured(esco.lexicon(esco.dutch.skills), vectors)
    recogniser = Recogniser(measured.lexicon, Meanings(measured.embedder, measured.turn, measured.names))
    matches: dict[str, set[str]] = defaultdict(set)
    for query, _, uri, _ in rows(SETS / "skills-competent" / "qrels.tsv"):
        matches[query].add(uri)
    read = {key: second for key, _, second in _readings()}
    queries = rows(SETS / "skills-competent" / "queries.tsv")[::3]
    in_crosswalk: dict[int, list[bool]] = defaultdict(list)
    fitting: dict[int, list[bool]] = defaultdict(list)
    for (query, text), found in zip(queries, recogniser.recognise_many([text for _, text in queries], 1), strict=True):
        for skill in found:
            concept = esco.dutch.skills[skill.skill_id]
            tenth = min(int(skill.score * 10), 9)
            is_match = concept.uri in matches[query]
            in_crosswalk[tenth].append(is_match)
            verdict = read.get(_key(text, concept.label), "")
            if is_match or verdict:
                fitting[tenth].append(is_match or verdict == "yes")
    print()
    for tenth, own in sorted(in_crosswalk.items()):
        right = f"{mean(fitting[tenth])} right of {len(fitting[tenth])} in it or read blind"
        print(f"score {tenth / 10:.1f}-{tenth / 10 + 0.1:.1f}: {len(own)} findings, {mean(own)} in the crosswalk, {right}")
    sure = [right for tenth in (7, 8, 9) for right in in_crosswalk[tenth]]
    unsure = [right for tenth in (5, 6) for right in in_crosswalk[tenth]]
    assert mean(sure) >= 0.55
    assert mean(sure) >= mean(unsure) + 0.15
    assert sum(map(len, fitting.values())) >= 0.9 * sum(map(len, in_crosswalk.values()))
    for tenth, shares in fitting.items():
        assert mean(shares) == pytest.approx(tenth / 10 + 0.05, abs=0.12)


def test_two_readers_agree_far_beyond_chance() -> None:
    """Cohen's kappa of the verdicts that both gave."""
    both = [(first == "yes", second == "yes") for _, first, second in _readings() if first != "-"]
    agreeing = sum(first == second for first, second in both) / len(both)
    yes = [sum(verdicts) / len(both) for verdicts in zip(*both, strict=True)]
    by_chance = yes[0] * yes[1] + (1 - yes[0]) * (1 - yes[1])
    kappa = (agreeing - by_chance) / (1 - by_chance)
    print(f"\n{len(both)} findings read twice: the same verdict on {agreeing:.2f}, kappa {kappa:.2f}")
    assert len(both) >= 90
    assert kappa >= 0.7


def _readings() -> list[list[str]]:
    """Hash, the first reader's verdict or "-", and the blind reader's."""
    return rows(Path(__file__).with_name("read_findings.tsv"))

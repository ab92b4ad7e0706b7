"""`python -m tests.relevance.ablation`: what each ingredient of the search by name adds, on the judged sets, as a table.

Takes some minutes on one core. With a folder as argument, vectors stay there between runs.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from catalogue.skills.finder import Weights
from tests.relevance.evaluation import JudgedVectors
from tests.relevance.taxonomy_sets import Esco, Figures, JudgedSet, job_titles_cbs, job_titles_melo, skills_competent


def _variants(used: Weights) -> dict[str, Weights]:
    letters = Weights(words=0.0, group=0.0, meaning=0.0, surroundings=0.0, neighbours=0.0)
    named = replace(letters, words=used.words, group=used.group)
    return {
        "letters": letters,
        "+ words": replace(letters, words=used.words),
        "+ mean over the concept's names": named,
        "+ meaning": replace(named, meaning=used.meaning),
        "+ surroundings": replace(used, neighbours=0.0),
        "+ neighbours: all": used,
        "all but words": replace(used, words=0.0),
        "all and words": replace(used, words=0.3),
        "all and the mean": replace(used, group=0.2),
        "all but meaning": replace(used, meaning=0.0),
        "all, meaning half as much": replace(used, meaning=used.meaning / 2),
    }


def _by_variant(judged: JudgedSet) -> dict[str, Figures]:
    measured = judged.measured
    found = {name: judged.figures(measured.weighing(weights)) for name, weights in _variants(measured.weights).items()}
    # The same queries read as typed, capitals and compounds included.
    as_typed = replace(judged, meanings=measured.turn(measured.embedder.encode(judged.queries)))
    return found | {"all, query read as typed only": as_typed.figures(measured.finder)}


def main() -> None:
    """Prints a table a set."""
    esco = Esco.read()
    with tempfile.TemporaryDirectory() as passing:
        vectors = JudgedVectors(Path(sys.argv[1] if len(sys.argv) > 1 else passing))
        for make in (job_titles_melo, job_titles_cbs, skills_competent):
            _print(make(esco, vectors))


def _print(judged: JudgedSet) -> None:
    found = _by_variant(judged)
    measures = list(found["letters"])
    sys.stdout.write(f"\n| {judged.name} | {' | '.join(measures)} |\n|---|{'---|' * len(measures)}\n")
    for variant, figures in found.items():
        sys.stdout.write(f"| {variant} | {' | '.join(f'{figures[measure]:.3f}' for measure in measures)} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

"""`python -m tests.relevance.learning [FOLDER FOR VECTORS]`: learns the weights of `catalogue.skills.certainty` from ESCO, anew.

Takes some ten minutes on one core. Nothing is written: it prints the weights as `certainty.py` has them, and for the half that was not
learned from how likely the new and the present weights make what is so (log loss), and how often findings of each certainty are right.

The texts are ESCO's own, so no judged set is looked at: descriptions of skills, of which the skill itself and those directly related are
right (a skill with the same parent counts .4), and other names of skills in a sentence ("Je leert ..."), with that very name held out. A
name of several words that stands in a description in full counts as right at .9: the description says it, whoever's it is.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from catalogue.language.dutch import folded
from catalogue.skills.certainty import WEIGHTS, WHOLE, Evidence, certainty, features
from catalogue.skills.label_vectors import NameVectors
from catalogue.skills.lexicon import Lexicon
from catalogue.skills.recogniser import Meanings, Recogniser
from tests.relevance.evaluation import JudgedVectors, Measured
from tests.relevance.taxonomy_sets import Esco

FloatArray = NDArray[np.float64]

DESCRIPTIONS, NAMES = 600, 2_500
SAME_PARENT, IN_FULL = 0.4, 0.9
_PENALTY = 1e-5
_SEED = 7
_FRAMES = {
    "nl": ("Je leert {}.", "Ervaring met {} is een voordeel.", "In deze module gaat het over {}.", "Ik heb jaren gewerkt met {}."),
    "en": ("Topics include {}.", "You will learn {}.", "Experience with {} is required.", "This course is about {}."),
}


@dataclass(frozen=True, slots=True)
class Example:
    """A text, how right each skill is by row of the lexicon (0 for others), and the name that must not be seen, None for a description."""

    text: str
    right: dict[int, float]
    held_out: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """What was seen: features of shape (n, n_features), how right each is in [0, 1], and the weight of each so that texts count alike."""

    seen: FloatArray
    right: FloatArray
    weight: FloatArray

    @classmethod
    def of(cls, found: Sequence[tuple[Example, list[Evidence]]], lexicon: Lexicon) -> Table:
        """Rows of all evidence of some texts."""
        seen, right, weight = [], [], []
        for example, evidence in found:
            seen.append(features(evidence))
            right += [_rightness(example, one, lexicon) for one in evidence]
            weight += [len(evidence) ** -0.5] * len(evidence)
        return cls(np.concatenate(seen), np.array(right), np.array(weight))


def main() -> None:
    """Learns and prints."""
    with tempfile.TemporaryDirectory() as passing:
        esco = Esco.read()
        measured = Measured(esco.lexicon(esco.dutch.skills), JudgedVectors(Path(sys.argv[1] if len(sys.argv) > 1 else passing)))
    examples = list(_examples(esco, measured.lexicon))
    random.Random(_SEED).shuffle(examples)
    meanings = Meanings(measured.embedder, measured.turn, measured.names)
    weights = []
    for has_meaning in (True, False):
        found = list(_found(measured.lexicon, meanings if has_meaning else None, examples))
        learning, checking = found[::2], found[1::2]
        learned = _learned(Table.of(learning, measured.lexicon))
        weights.append(learned)
        _print_check("with meanings" if has_meaning else "by words alone", learned, checking, measured.lexicon)
    for name, both in zip(WEIGHTS, zip(*(own[:-1] for own in weights), strict=True), strict=True):
        sys.stdout.write(f'    "{name}": ({both[0]:.3f}, {both[1]:.3f}),\n')
    sys.stdout.write(f"_INTERCEPTS = ({weights[0][-1]:.3f}, {weights[1][-1]:.3f})\n")


def _examples(esco: Esco, lexicon: Lexicon) -> Iterator[Example]:
    """Texts by a sample that is the same each time."""
    draw = random.Random(_SEED)
    row_of = {esco.dutch.skills[int(key)].uri: row for row, key in enumerate(lexicon.ids)}
    related: dict[int, set[int]] = defaultdict(set)
    for one, other in esco.dutch.related_skills:
        if one in row_of and other in row_of:
            related[row_of[one]].add(row_of[other])
            related[row_of[other]].add(row_of[one])
    children: dict[str, set[int]] = defaultdict(set)
    parents: dict[int, set[str]] = defaultdict(set)
    for child, parent in esco.dutch.broader_skills:
        if child in row_of:
            children[parent].add(row_of[child])
            parents[row_of[child]].add(parent)

    def rightness(row: int) -> dict[int, float]:
        siblings = {sibling: SAME_PARENT for parent in parents[row] for sibling in children[parent]}
        return siblings | dict.fromkeys(related[row], 1.0) | {row: 1.0}

    described = [(row, text) for row, both in lexicon.descriptions.items() for text in both if text]
    for row, text in draw.sample(described, min(DESCRIPTIONS, len(described))):
        yield Example(text, rightness(row))
    others = np.flatnonzero(~lexicon.is_preferred).tolist()
    for name in draw.sample(others, min(NAMES, len(others))):
        row = int(lexicon.concept[name])
        frame = draw.choice(_FRAMES["en" if lexicon.is_english[name] else "nl"])
        yield Example(frame.format(lexicon.texts[name]), rightness(row), name)


def _found(lexicon: Lexicon, meanings: Meanings | None, examples: Sequence[Example]) -> Iterator[tuple[Example, list[Evidence]]]:
    """Each example with its evidence. Held-out names are left out of what is seen, their vectors included."""
    held_out = {example.held_out for example in examples if example.held_out is not None}
    if meanings is not None:
        kept = np.array([name not in held_out for name in meanings.names.names.tolist()])
        meanings = replace(meanings, names=NameVectors(meanings.names.names[kept], meanings.names.vectors[kept]))
    recogniser = Recogniser(lexicon, meanings)
    for example in examples:
        evidence = [one for one in recogniser.evidence(example.text) if one.name not in held_out]
        ordered = sorted(evidence, key=lambda one: int(lexicon.concept[one.name]))
        best = [
            max(own, key=lambda one: float(certainty([one])[0])) for _, own in groupby(ordered, lambda one: int(lexicon.concept[one.name]))
        ]
        if best:
            yield example, best


def _rightness(example: Example, one: Evidence, lexicon: Lexicon) -> float:
    right = example.right.get(int(lexicon.concept[one.name]), 0.0)
    is_said = (
        example.held_out is None and one.n_keys > 1 and one.coverage > WHOLE and folded(lexicon.texts[one.name]) in folded(example.text)
    )
    return max(right, IN_FULL) if is_said else right


def _learned(table: Table) -> FloatArray:
    """Weights and, last, the intercept: logistic regression, held back a little."""
    design = np.column_stack([table.seen, np.ones(len(table.seen))])
    share = table.weight / table.weight.sum()

    def loss(weights: FloatArray) -> tuple[float, FloatArray]:
        sums = design @ weights
        held_back = np.append(weights[:-1], 0.0)
        value = float(share @ (np.logaddexp(0, sums) - table.right * sums) + _PENALTY * held_back @ held_back)
        return value, design.T @ (share * (1 / (1 + np.exp(-sums)) - table.right)) + 2 * _PENALTY * held_back

    return np.asarray(minimize(loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B").x)


def _print_check(title: str, learned: FloatArray, checking: Sequence[tuple[Example, list[Evidence]]], lexicon: Lexicon) -> None:
    table = Table.of(checking, lexicon)
    new = 1 / (1 + np.exp(-(table.seen @ learned[:-1] + learned[-1])))
    present = np.concatenate([certainty(evidence) for _, evidence in checking])
    sys.stdout.write(f"\n{title}, {len(checking)} texts that were not learned from, {len(table.right)} skills looked at\n")
    for name, chances in (("new", new), ("present", present)):
        loss = -(table.right * np.log(chances) + (1 - table.right) * np.log1p(-chances))
        sys.stdout.write(f"{name} weights: log loss {np.average(loss, weights=table.weight):.4f}\n")
        for tenth in range(5, 10):
            inside = (chances >= tenth / 10) & (chances < tenth / 10 + 0.1 + 1e-9 * (tenth == 9))
            if inside.any():
                sys.stdout.write(
                    f"  {tenth / 10:.1f}-{tenth / 10 + 0.1:.1f}: {inside.sum()} skills, right {table.right[inside].mean():.3f}\n"
                )
    sys.stdout.flush()


if __name__ == "__main__":
    main()

"""Near-copies for tests of duplicates: what another provider makes of a text, with other words, other order, and less of it."""

from __future__ import annotations

import random
from collections.abc import Sequence

from catalogue.publishing.duplicates import ModuleText

SHARES = (0.02, 0.05, 0.1, 0.15, 0.2)
"""Of the words that many are left out, replaced or misspelt."""

BEFORE, AFTER = ("Cursus ", "Training ", "Opleiding ", "Module ", ""), ("", " (online)", " - basis", " in de avond")


def plant(texts: Sequence[ModuleText], count: int, seed: int) -> tuple[list[ModuleText], set[tuple[int, int]]]:
    """The texts with copies of `count` of them behind, and the positions of each text and its copy."""
    dice = random.Random(seed)
    words = [word for text in texts[:3_000] for word in text.body.split()]
    chosen = dice.sample(range(len(texts)), count)
    copies = [near_copy(texts[at], words, dice) for at in chosen]
    return [*texts, *copies], {(at, len(texts) + place) for place, at in enumerate(chosen)}


def near_copy(text: ModuleText, words: Sequence[str], dice: random.Random) -> ModuleText:
    """One copy."""
    title = _edited(text.title, 0.1, words, dice) if dice.random() < 0.5 else text.title
    if dice.random() < 0.4:
        title = dice.choice(BEFORE) + title + dice.choice(AFTER)
    body = _edited(text.body, dice.choice(SHARES), words, dice)
    return ModuleText(title, body[: int(len(body) * dice.uniform(0.7, 1.0))] if dice.random() < 0.3 else body)


def _edited(text: str, share: float, words: Sequence[str], dice: random.Random) -> str:
    """The text with a share of its words left out, replaced by others, or with two letters the other way round."""
    kept = []
    for word in text.split():
        luck, written = dice.random(), word
        if luck < share * 0.4:
            continue
        if luck < share * 0.8:
            written = dice.choice(words)
        elif luck < share and len(word) > 3:
            at = dice.randrange(len(word) - 1)
            written = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        kept.append(written)
    return " ".join(kept)

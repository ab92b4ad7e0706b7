"""The recogniser for who waits for an answer: it reads a number of texts, and no more."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue.progress import Progress, silent
from catalogue.skills.recognised import Recognised
from web.wiring import services


class TooManyToRead(ValueError):
    """More modules without skills than can be read while somebody waits."""


class LimitedReader:
    """Recognises the skills of texts, at most `most` of them."""

    def __init__(self, most: int) -> None:
        self.left = most

    def __call__(self, texts: Sequence[str], limit: int = 10, progress: Progress = silent) -> Sequence[Sequence[Recognised]]:
        """One list a text. Raises TooManyToRead."""
        self.left -= len(texts)
        if self.left < 0:
            raise TooManyToRead
        return services().skills.recognise_many(texts, limit, progress)

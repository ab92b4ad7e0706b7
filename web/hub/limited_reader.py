"""The recogniser for who waits for an answer: it reads a number of texts, and no more."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue.exchange.problems import Reason, refusal
from catalogue.progress import Progress, silent
from catalogue.skills.recogniser import RecognisedSkill
from web.wiring import services


class LimitedReader:
    """Recognises the skills of texts, at most `most` of them."""

    def __init__(self, most: int) -> None:
        self.most = self.left = most

    def __call__(self, texts: Sequence[str], limit: int = 10, progress: Progress = silent) -> Sequence[Sequence[RecognisedSkill]]:
        """One list a text. Raises ImportRefused when there are more texts than it reads."""
        self.left -= len(texts)
        if self.left < 0:
            raise refusal(Reason.TOO_MANY_TO_READ, known=(str(self.most),))
        return services().skills.recognise_many(texts, limit, progress)

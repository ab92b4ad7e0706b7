"""Matches over a database, and prints the most memory that it had, in megabytes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date

from catalogue.database import Database
from catalogue.skills.finder import Found
from catalogue.skills.recogniser import RecognisedSkill
from matching.service import Matcher
from tests.benchmarks.match import learners
from tests.benchmarks.measuring import own_peak_mb

TODAY = date(2026, 11, 21)
N_LEARNERS = 20


class NoText:
    """Recognises nothing: no learner here has a goal in free text."""

    def recognise(self, _text: str, _limit: int) -> Sequence[RecognisedSkill]:
        """See `SkillRecogniser.recognise`."""
        return ()

    def find_skills(self, _query: str, _limit: int) -> Sequence[Found]:
        """See `NameFinder.find_skills`."""
        return ()

    def find_occupations(self, _query: str, _limit: int) -> Sequence[Found]:
        """See `NameFinder.find_occupations`."""
        return ()


if __name__ == "__main__":
    database = Database(f"sqlite:///{sys.argv[1]}")
    matcher = Matcher(database, NoText())
    with database.reading() as session:
        asked = learners(session, N_LEARNERS, TODAY)
    for learner in asked:
        matcher.match(learner, TODAY)
    print(own_peak_mb())

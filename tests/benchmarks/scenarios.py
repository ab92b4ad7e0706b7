"""Comparing four changes of the wishes, beside asking for matches five times."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from matching.advice.scenarios import Comparison, compare
from matching.advice.suggestions import suggested
from matching.profiles.profile import Constraints, LearnerProfile
from matching.results import MatchResult
from tests.benchmarks.match import N_LEARNERS, OURS, learners
from tests.benchmarks.measuring import Report, interleaved
from web.wiring import Services


def scenarios_report(name: str, parts: Services) -> Report:
    """The learners of the benchmark of matches, each with five sets of wishes; five matches of each for either."""
    today = parts.today()
    with parts.database.reading() as session:
        profiles = [replace(profile, known_languages=frozenset({"nl", "en"})) for profile in learners(session, N_LEARNERS, today)]
    questions = [(profile, changed_wishes(profile)) for profile in profiles]

    def ours(question: tuple[LearnerProfile, Sequence[Constraints]]) -> Comparison:
        return compare(parts.matcher, *question, today)

    def one_by_one(question: tuple[LearnerProfile, Sequence[Constraints]]) -> list[MatchResult]:
        profile, scenarios = question
        asked = [profile, *(replace(profile, constraints=one) for one in scenarios)]
        return [parts.matcher.match(one, today, limit=5) for one in asked]

    parts.matcher.warm_up()
    report = Report(name, f"{N_LEARNERS} learners, the wishes as they are and four changes")
    ways: dict[str, Callable[[Any], object]] = {
        OURS: ours,
        "five matches, one after the other": one_by_one,
        "one match": lambda question: parts.matcher.match(question[0], today, limit=5),
    }
    report.compare("five sets of wishes side by side", interleaved(questions, ways))
    # What else the machine does hardly changes the time of the processor.
    worked: dict[str, list[float]] = {who: [_processor_ms(way, question) for question in questions] for who, way in ways.items()}
    report.compare("five sets of wishes side by side, time of the processor", worked)

    def changes(question: tuple[LearnerProfile, Sequence[Constraints]]) -> object:
        return suggested(parts.matcher, question[0], today)

    report.compare("the changes that bring most", interleaved(questions, {OURS: changes}))
    worked = {OURS: [_processor_ms(changes, question) for question in questions]}
    report.compare("the changes that bring most, time of the processor", worked)
    found = [ours(question) for question in questions]
    report.add("modules that fit now", OURS, [one.base.total for one in found], "")
    report.add("modules that come in", OURS, [outcome.entering.total for one in found for outcome in one.outcomes], "")
    return report


def _processor_ms(way: Callable[[Any], object], question: Any) -> float:
    before = time.process_time()
    way(question)
    return (time.process_time() - before) * 1000


def changed_wishes(profile: LearnerProfile) -> list[Constraints]:
    """500 euro more, 25 km further, also in English, and three months longer: what each lets in is new work for the comparison."""
    wish = profile.constraints
    assert wish.budget_eur is not None
    assert wish.max_km is not None
    assert wish.finish_by is not None
    return [
        replace(wish, budget_eur=wish.budget_eur + 500),
        replace(wish, max_km=wish.max_km + 25),
        replace(wish, languages=wish.languages | {"en"}),
        replace(wish, finish_by=wish.finish_by + timedelta(days=91)),
    ]

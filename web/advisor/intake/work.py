"""The work history of an intake, the last work first, beside the one occupation that the answers of a learner hold. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from web.advisor.intake.talk import MOST_WORK, Talk, Work
from web.learner.answers import MAX_SKILLS, Answers


def work_of(talk: Talk, answers: Answers) -> tuple[Work, ...]:
    """The work history; what the answers say now comes first when it is not in it."""
    if not answers.occupation or any(one.occupation == answers.occupation for one in talk.work):
        return talk.work
    return (Work(occupation=answers.occupation), *talk.work)[:MOST_WORK]


def with_work(work: Iterable[Work], more: Iterable[Work]) -> tuple[Work, ...]:
    """With more work behind it; an occupation that is there stands there once, and so does a name without one."""
    together: dict[str, Work] = {}
    for one in (*work, *more):
        together.setdefault(one.occupation or one.name.casefold(), one)
    return tuple(together.values())[:MOST_WORK]


def last_occupation(work: Iterable[Work]) -> str:
    """The occupation of the last work that is one; "" where there is none."""
    return next((one.occupation for one in work if one.occupation), "")


def confirmed(before: Mapping[str, int], levels: Mapping[str, int]) -> dict[str, int]:
    """Levels by skill after some were confirmed: as many as answers hold, what somebody can before what they cannot.

    Several occupations ask about more skills than there is room for, and most of those get level 0.
    """
    together = {**before, **levels}
    ordered = sorted(together.items(), key=lambda pair: pair[1] == 0)
    return dict(ordered[:MAX_SKILLS])

"""Pages that need a goal, and where somebody goes who has none yet."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from flask import redirect, session, url_for
from werkzeug.wrappers import Response

from web.learner.answers import Answers

Shown = TypeVar("Shown")


def goal_first(view: Callable[[Answers], Shown]) -> Callable[[], Shown | Response]:
    """Gives a view the answers of who has a goal, and asks others for one."""

    @wraps(view)
    def asked() -> Shown | Response:
        answers = Answers.from_session(session)
        return view(answers) if answers.has_goal else redirect(url_for("learner.goal"), 303)

    return asked

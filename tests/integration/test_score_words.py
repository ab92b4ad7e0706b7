"""A score in words."""

from __future__ import annotations

import pytest
from flask import Flask

from web.learner.match_cards import score_words


@pytest.mark.parametrize(
    ("score", "said"),
    [
        (0.0, "past bijna niet"),
        (0.004, "past bijna niet"),
        (0.01, "past een beetje"),
        (0.8, "past heel goed"),
        (0.346, "past redelijk"),
        (0.344, "past een beetje"),
    ],
)
def test_the_words_follow_from_the_number_that_is_shown(app: Flask, score: float, said: str) -> None:
    with app.test_request_context("/"):
        assert score_words(score) == said

"""Day parts as the parts of the week that a person has free."""

from __future__ import annotations

import pytest

from catalogue.moments import moment_of, moments_within
from catalogue.vocabulary import DAY_PARTS, Format


@pytest.mark.parametrize(
    ("day_parts", "moment"),
    [
        (["tuesday-evening"], "evening"),
        (["monday-morning", "friday-afternoon"], "daytime"),
        (["saturday-evening"], "weekend"),
        (["sunday-morning", "thursday-evening"], "evening+weekend"),
        (DAY_PARTS, "daytime+evening+weekend"),
        ([], ""),
    ],
)
def test_an_edition_has_the_moment_of_all_its_parts(day_parts: list[str], moment: str) -> None:
    assert moment_of(day_parts, Format.ON_SITE) == moment


def test_online_without_day_parts_is_when_one_likes() -> None:
    assert moment_of([], Format.ONLINE) == "own-time"
    assert moment_of(["monday-evening"], Format.ONLINE) == "evening"


def test_free_time_fits_what_asks_nothing_else() -> None:
    assert moments_within({"evening"}) == {"evening"}
    assert moments_within({"evening", "weekend", "own-time"}) == {"evening", "weekend", "evening+weekend", "own-time"}
    assert moments_within({"elsewhen"}) == {"elsewhen"}
    assert moments_within(set()) == set()

"""What went wrong with a feed, as the database keeps it: a code, and the values that a sentence about it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from typing import Any

from catalogue.exchange.problems import MOST_PROBLEMS, ImportProblem, ImportRefused, problem_from
from catalogue.outbound.troubles import MOST_VALUE_CHARS, OutboundFailed

MOST_TITLES = 1_000
"""Names of gone modules that are kept to show."""


class FeedProblem(StrEnum):
    """Problems other than those of the other site, which are a `catalogue.outbound.troubles.Trouble`."""

    ROWS = "rows"
    TOO_MANY_GONE = "too-many-gone"
    HALF_LIST = "half-list"
    NOT_A_LIST = "not-a-list"
    BAD_PAGE = "bad-page"
    TOO_MANY_REQUESTS = "too-many-requests"
    TOO_LONG = "too-long"
    INTERRUPTED = "interrupted"
    OURS = "ours"


class TooManyGone(ValueError):
    """More modules are gone from the file than the feed allows: these `titles`, of `total` modules that it brought before."""

    def __init__(self, titles: list[str], total: int) -> None:
        super().__init__(f"{len(titles)} of {total} modules are gone from the file")
        self.titles, self.total = titles, total


class HarvestFailed(Exception):
    """What a site says as a whole cannot be used, for a reason that is no trouble of one answer; `value` is an address or a number."""

    def __init__(self, code: FeedProblem, value: str = "") -> None:
        super().__init__(f"{code}: {value}")
        self.code, self.value = code, value[:MOST_VALUE_CHARS]


def problem(code: str, **values: Any) -> dict[str, Any]:
    """A problem to keep."""
    return {"code": str(code), **values}


def problem_of(error: Exception) -> dict[str, Any]:
    """What an error is kept as. One that nobody foresaw is a mistake of ours; its kind is kept, for who mends it."""
    match error:
        case OutboundFailed():
            return problem(error.trouble, value=error.value)
        case HarvestFailed():
            return problem(error.code, value=error.value)
        case ImportRefused():
            return problem(FeedProblem.ROWS, **kept_rows(error.problems) | {"total": error.total})
        case TooManyGone():
            return problem(FeedProblem.TOO_MANY_GONE, gone=len(error.titles), total=error.total, titles=error.titles[:MOST_TITLES])
        case _:
            return problem(FeedProblem.OURS, value=type(error).__name__)


def kept_rows(found: Sequence[ImportProblem]) -> dict[str, Any]:
    """What to keep of what was found in the rows of a file: the first of it, and how much there is. Nothing where all was well."""
    rows = [asdict(one) | {"reason": one.reason.value, "known": list(one.known)} for one in found[:MOST_PROBLEMS]]
    return {"rows": rows, "total": len(found)} if rows else {}


def rows_of(kept: Mapping[str, Any]) -> list[ImportProblem]:
    """What was kept by `kept_rows`; the first ones, when there are many."""
    return [problem_from(row) for row in kept.get("rows", ())]

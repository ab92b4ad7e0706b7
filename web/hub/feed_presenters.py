"""The feeds of an organisation as template values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from catalogue.exchange.feed_problems import FeedProblem, rows_of
from catalogue.exchange.feed_sources import format_of_feed
from catalogue.exchange.feeds import FeedKind
from catalogue.exchange.problems import ImportProblem
from catalogue.models import Feed, Module, Revision
from web import words
from web.hub.changes import Change, names_in
from web.hub.feed_forms import KIND_WORDS
from web.hub.feed_words import often, trouble_text
from web.hub.pages import revision_changes
from web.languages import _, language
from web.problem_texts import problem_text
from web.wiring import HERE, local_day
from web.words import day


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One feed. `mark` says for the eye what `state` says in words: "good", "bad" or "busy"; `accepted_gone` is 0 where nobody is asked.

    `left_open` are the first of `n_left_open` things that stand in the file and are not taken along.
    """

    id: int
    url: str
    how: str
    mark: str
    state: str
    good_at: str
    next_at: str
    counts: Sequence[tuple[str, int]]
    problem: str
    rows: Sequence[str]
    n_more_rows: int
    left_open: Sequence[str]
    n_left_open: int
    gone: Sequence[str]
    accepted_gone: int


@dataclass(frozen=True, slots=True)
class FeedChange:
    """What a feed did to one module: `status` says where it stands since, `changes` are of one that was there before."""

    uid: str
    title: str
    language: str
    status: str
    is_new: bool
    changes: Sequence[Change]


def feed_changes(session: Session, found: Sequence[tuple[Revision, Module]]) -> list[FeedChange]:
    """Revisions of a feed in words."""
    names = names_in(session, [document for revision, _module in found for document in (revision.document, revision.before)])
    return [
        FeedChange(
            module.uid,
            revision.document["title"],
            module.language,
            str(words.STATUSES[revision.status]),
            revision.number == 1,
            revision_changes(revision, None, names),
        )
        for revision, module in found
    ]


MOST_GONE = 10
"""Names of gone modules beside a feed; all that are kept have a page of their own."""


def feed_lines(feeds: Sequence[Feed], now: datetime) -> list[FeedLine]:
    """The feeds as they stand at a moment."""
    return [_line(feed, now) for feed in feeds]


def _line(feed: Feed, now: datetime) -> FeedLine:
    is_busy = feed.claimed_until is not None and feed.claimed_until >= now
    problem = {} if is_busy else feed.problem
    rows, left_open = _sentences(feed, rows_of(problem)), _sentences(feed, rows_of(feed.difference))
    mark, state = _state(feed, is_busy=is_busy, is_bad=bool(problem))
    return FeedLine(
        id=feed.id,
        url=feed.url,
        how=f"{KIND_WORDS[FeedKind(feed.file_format)]}, {often(feed.every_hours)}",
        mark=mark,
        state=state,
        good_at=moment_words(feed.good_at) if feed.good_at else _("nog nooit"),
        next_at=_("zo meteen") if is_busy or feed.next_at <= now else moment_words(feed.next_at),
        counts=_counts(feed),
        problem=trouble_text(problem["code"], problem.get("value", ""), problem.get("gone", 0), problem.get("total", 0)) if problem else "",
        rows=rows,
        n_more_rows=problem.get("total", 0) - len(rows) if rows else 0,
        left_open=left_open,
        n_left_open=feed.difference.get("total", 0),
        gone=problem.get("titles", ())[:MOST_GONE],
        accepted_gone=problem["gone"] if problem.get("code") == FeedProblem.TOO_MANY_GONE else 0,
    )


def _sentences(feed: Feed, problems: Sequence[ImportProblem]) -> list[str]:
    return [problem_text(one, "en" if language() == "en" else "nl", file_format=format_of_feed(feed), on_a_page=True) for one in problems]


def _state(feed: Feed, *, is_busy: bool, is_bad: bool) -> tuple[str, str]:
    if is_busy:
        return "busy", _("Wij halen het bestand nu op.")
    if is_bad:
        return "bad", _("Het lukt niet. Uw modules blijven zoals ze waren.")
    return ("good", _("Het gaat goed.")) if feed.good_at else ("busy", _("Wij halen het bestand zo voor het eerst op."))


def _counts(feed: Feed) -> list[tuple[str, int]]:
    words = {"added": _("nieuw"), "changed": _("gewijzigd"), "gone": _("weg"), "unchanged": _("blijft gelijk")}
    return [(word, feed.difference[name]) for name, word in words.items()] if feed.difference else []


def moment_words(moment: datetime) -> str:
    """A day and the time of day."""
    return _("%(day)s om %(time)s uur", day=day(local_day(moment)), time=f"{moment.astimezone(HERE):%H:%M}")

"""The feeds of an organisation: which there are, when each is due, and who works on it.

A feed is its own entry in the queue, and no `catalogue.jobs` job: a job runs inside one transaction, and fetching takes a minute in which
nobody else could write. A worker claims a feed by lease; when it dies, the try stays counted as a failure and another takes over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from catalogue.database import Database
from catalogue.exchange.feed_problems import FeedProblem, problem
from catalogue.models import Feed


class FeedKind(StrEnum):
    """What stands at the address of a feed: a file, a service with lists in pages, or web pages that say what they are about."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    OOAPI_V5 = "ooapi-v5"
    OEAPI_V6 = "oeapi-v6"
    PAGES = "pages"


LEAST_HOURS, USUAL_HOURS, MOST_HOURS = 1, 24, 168
USUAL_GONE_PERCENT = 20
MOST_FEEDS = 20
"""Of one organisation."""

LEASE = timedelta(minutes=20)
"""Longer than any fetch and import takes."""
FIRST_PAUSE = timedelta(minutes=15)
LEAST_LONGEST_PAUSE = timedelta(days=1)


class FeedExists(ValueError):
    """The organisation has a feed with this address."""

    def __init__(self, url: str) -> None:
        super().__init__(f"there is a feed with the address {url!r} already")
        self.url = url


class TooManyFeeds(ValueError):
    """The organisation has `MOST_FEEDS` already."""

    def __init__(self) -> None:
        super().__init__(f"an organisation has {MOST_FEEDS} feeds at most")


class FeedUnknown(LookupError):
    """There is no feed with this number, or it is another organisation's."""

    def __init__(self, feed_id: int) -> None:
        super().__init__(f"there is no feed {feed_id}")
        self.feed_id = feed_id


@dataclass(frozen=True, slots=True)
class Claim:
    """A worker's hold on a feed, until it ends."""

    feed_id: int
    until: datetime


def add_feed(
    session: Session,
    organisation_id: int,
    url: str,
    kind: FeedKind,
    now: datetime,
    *,
    every_hours: int = USUAL_HOURS,
    is_publishing: bool = False,
    most_gone_percent: int = USUAL_GONE_PERCENT,
) -> Feed:
    """Adds a feed that is due at once; whether its address may be asked is for `Outbound.check`. Raises FeedExists or TooManyFeeds."""
    urls = session.scalars(select(Feed.url).where(Feed.organisation_id == organisation_id)).all()
    if url in urls:
        raise FeedExists(url)
    if len(urls) >= MOST_FEEDS:
        raise TooManyFeeds
    feed = Feed(
        organisation_id=organisation_id,
        url=url,
        file_format=kind.value,
        every_hours=every_hours,
        is_publishing=is_publishing,
        most_gone_percent=most_gone_percent,
        created_at=now,
        next_at=now,
    )
    session.add(feed)
    session.flush()
    return feed


def change_feed(session: Session, feed: Feed, url: str, kind: FeedKind, now: datetime, *, every_hours: int, is_publishing: bool) -> None:
    """Changes where a feed is fetched, and how. What it brought stays; when anything but how often changes, it is read anew and at once.

    Raises FeedExists.
    """
    others = select(Feed.id).where(Feed.organisation_id == feed.organisation_id, Feed.url == url, Feed.id != feed.id)
    if session.scalars(others).first() is not None:
        raise FeedExists(url)
    before = feed.url, feed.file_format, feed.is_publishing
    feed.url, feed.file_format, feed.every_hours, feed.is_publishing = url, kind.value, every_hours, is_publishing
    feed.next_at = min(feed.next_at, now + timedelta(hours=every_hours))
    if before != (feed.url, feed.file_format, feed.is_publishing):
        feed.problem, feed.failures, feed.claimed_until = {}, 0, None  # who is fetching the old address loses hold of the feed
        ask_now(session, feed, now)
    session.flush()


def feeds(session: Session, organisation_id: int | None = None) -> Sequence[Feed]:
    """All feeds, or those of one organisation, the oldest first."""
    query = select(Feed).options(joinedload(Feed.organisation)).order_by(Feed.id)
    return session.scalars(query if organisation_id is None else query.where(Feed.organisation_id == organisation_id)).all()


def feed_by_id(session: Session, feed_id: int, organisation_id: int | None = None) -> Feed:
    """One feed; with an organisation, only when it is its own. Raises FeedUnknown."""
    feed = session.get(Feed, feed_id)
    if feed is None or organisation_id not in (None, feed.organisation_id):
        raise FeedUnknown(feed_id)
    return feed


def remove_feed(session: Session, feed: Feed) -> None:
    """Forgets a feed; the modules that it brought stay as they are."""
    session.delete(feed)
    session.flush()


def ask_now(session: Session, feed: Feed, now: datetime, accepted_gone: int = 0) -> None:
    """Makes a feed due, to be read in full even when its file did not change. `accepted_gone` modules may be gone then."""
    feed.next_at, feed.etag, feed.last_modified, feed.accepted_gone = now, "", "", accepted_gone
    session.flush()


def pause_after(failures: int, every_hours: int) -> timedelta:
    """How long a feed rests: as agreed when it went well, else a quarter of an hour that doubles with each failure, a day at most (longer
    where less often was agreed).
    """
    usual = timedelta(hours=every_hours)
    if not failures:
        return usual
    longest = max(usual, LEAST_LONGEST_PAUSE)
    return min(FIRST_PAUSE * (1 << min(failures - 1, 10)), longest)


def claim(database: Database, now: datetime, feed_id: int | None = None) -> Claim | None:
    """Takes the feed that has been due for longest and that nobody holds; or a certain one, due or not. None when there is none.

    The try is counted as a failure from the start; `catalogue.exchange.feed_runs` takes that back when it ends well.
    """
    with database.writing() as session:
        wanted = Feed.next_at <= now if feed_id is None else Feed.id == feed_id
        free = or_(Feed.claimed_until.is_(None), Feed.claimed_until < now)
        query = select(Feed).where(wanted, free).order_by(Feed.next_at, Feed.id).limit(1).with_for_update(skip_locked=True)
        feed = session.scalars(query).one_or_none()
        if feed is None:
            return None
        feed.claimed_until, feed.tried_at, feed.failures = now + LEASE, now, feed.failures + 1
        feed.next_at, feed.problem = now + pause_after(feed.failures, feed.every_hours), problem(FeedProblem.INTERRUPTED)
        return Claim(feed.id, now + LEASE)

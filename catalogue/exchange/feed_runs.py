"""Reading one feed: fetched, compared, and written as a whole or not at all.

What is in the catalogue stays until a whole file has come, has been understood to its last row, and leaves enough of what was there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from catalogue.database import Database
from catalogue.exchange.feed_problems import FeedProblem, TooManyGone, kept_rows, problem_of
from catalogue.exchange.feed_sources import fetch_feed, format_of_feed
from catalogue.exchange.feeds import Claim, pause_after
from catalogue.exchange.import_file import ImportFile
from catalogue.exchange.importing import ImportPlan, apply_plan, plan_import
from catalogue.models import Feed, FeedModule, FeedRevision, Module
from catalogue.outbound.fetching import Fetched, Outbound
from catalogue.outbound.troubles import OutboundFailed
from catalogue.publishing.editing import step
from catalogue.publishing.history import Origin
from catalogue.skills.recognised import RecogniseMany
from catalogue.vocabulary import Status, Way

LONGEST_WAIT = timedelta(days=7)
"""However long another site asks us to stay away, we come back after this."""


COUNTS = ("added", "changed", "gone", "unchanged")
"""What is counted of the modules of a feed; beside it stand the fields that are left open, as `feed_problems.kept_rows` has them."""


class ClaimLost(Exception):
    """The feed is no longer this worker's: another one took over, or somebody removed it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How reading a feed ended: `problem` is empty when it went well, `error` is what nobody foresaw."""

    feed_id: int
    problem: dict[str, Any]
    error: Exception | None = None


def run_feed(database: Database, claim: Claim, outbound: Outbound, recognise: RecogniseMany, clock: Callable[[], datetime]) -> Outcome:
    """Fetches a claimed feed, writes what it brings, and keeps how that went; whatever goes wrong changes no module."""
    try:
        with TemporaryDirectory() as folder:
            _read(database, claim, outbound, recognise, clock, Path(folder) / "feed")
    except ClaimLost:
        return Outcome(claim.feed_id, {})
    except Exception as error:  # noqa: BLE001 - what nobody foresaw is kept with the feed like the rest, and tried again
        problem = problem_of(error)
        _keep_failure(database, claim, error, problem, clock())
        return Outcome(claim.feed_id, problem, error if problem["code"] == FeedProblem.OURS else None)
    return Outcome(claim.feed_id, {})


def _read(
    database: Database, claim: Claim, outbound: Outbound, recognise: RecogniseMany, clock: Callable[[], datetime], path: Path
) -> None:
    """No transaction is open while the other site is waited for, nor a writing one while texts are read."""
    with database.reading() as session:
        feed = _held(session, claim)
    fetched = fetch_feed(feed, outbound, path, clock().date())
    plan = None
    if fetched.is_new:
        with database.reading() as session:
            feed = _held(session, claim)
            file = ImportFile(path, format_of_feed(feed))
            plan = plan_import(session, feed.organisation, file, recognise, publish=feed.is_publishing, leaves_offline=True)
    with database.writing() as session:
        feed = _held(session, claim)
        if plan is not None:
            feed.difference = _write(session, feed, plan, clock())
        else:
            feed.difference = feed.difference | _difference(unchanged=len(_brought(session, feed)))
        _keep_success(feed, fetched, clock())


def _held(session: Session, claim: Claim) -> Feed:
    feed = session.get(Feed, claim.feed_id, with_for_update=True)
    if feed is None or feed.claimed_until != claim.until:
        raise ClaimLost
    return feed


def _write(session: Session, feed: Feed, plan: ImportPlan, now: datetime) -> dict[str, Any]:
    """Applies a plan, and takes offline what is gone. Raises TooManyGone, with nothing written."""
    brought = _brought(session, feed)
    gone = [module for module in brought if module.id not in plan.known_ids]
    if len(gone) > max(len(brought) * feed.most_gone_percent // 100, feed.accepted_gone):
        raise TooManyGone([module.title for module in gone], len(brought))
    result = apply_plan(session, plan, now, origin=Origin(Way.FEED, feed.id))
    for module in gone:
        if module.status is Status.PUBLISHED:
            revision = step(session, module, Status.WITHDRAWN, now)
            revision.way = Way.FEED
            session.add(FeedRevision(revision_id=revision.id, feed_id=feed.id))
    session.execute(delete(FeedModule).where(FeedModule.feed_id == feed.id))
    if present := sorted(plan.known_ids | result.module_ids):
        session.execute(insert(FeedModule), [{"feed_id": feed.id, "module_id": module_id} for module_id in present])
    return _difference(result.n_added, result.n_changed, len(gone), plan.n_unchanged) | kept_rows(plan.left_open)


def _brought(session: Session, feed: Feed) -> Sequence[Module]:
    """The modules that this feed brought when it was last read, without what is offline since, or comes by another feed too."""
    others = select(FeedModule.module_id).where(FeedModule.feed_id != feed.id)
    query = select(Module).join(FeedModule, FeedModule.module_id == Module.id).where(FeedModule.feed_id == feed.id)
    return session.scalars(query.where(Module.status != Status.WITHDRAWN, Module.id.not_in(others)).order_by(Module.id)).all()


def _difference(added: int = 0, changed: int = 0, gone: int = 0, unchanged: int = 0) -> dict[str, Any]:
    return dict(zip(COUNTS, (added, changed, gone, unchanged), strict=True))


def _keep_success(feed: Feed, fetched: Fetched, now: datetime) -> None:
    feed.etag, feed.last_modified = _fitting(fetched.etag, 500), _fitting(fetched.last_modified, 100)
    feed.good_at, feed.failures, feed.problem, feed.accepted_gone = now, 0, {}, 0
    feed.claimed_until, feed.next_at = None, now + pause_after(0, feed.every_hours)


def _fitting(header: str, most_chars: int) -> str:
    """A header to send back; none when it was never meant to be kept."""
    return header if len(header) <= most_chars and header.isascii() and header.isprintable() else ""


def _keep_failure(database: Database, claim: Claim, error: Exception, problem: dict[str, Any], now: datetime) -> None:
    with database.writing() as session:
        try:
            feed = _held(session, claim)
        except ClaimLost:
            return
        feed.problem, feed.claimed_until, feed.accepted_gone = problem, None, 0
        feed.next_at = now + pause_after(feed.failures, feed.every_hours)
        if isinstance(error, OutboundFailed) and (asked := asked_moment(error.retry_after, now)):
            feed.next_at = max(feed.next_at, min(asked, now + LONGEST_WAIT))


def asked_moment(retry_after: str, now: datetime) -> datetime | None:
    """When another site wants to be asked again: after so many seconds, or at a date; None when it says neither."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return now + min(timedelta(seconds=int(text[:9])), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

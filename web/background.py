"""What background work there is, and who does it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from catalogue.counting.writing import forget_counts
from catalogue.exchange.feed_runs import Outcome, run_feed
from catalogue.exchange.feeds import claim
from catalogue.jobs import Handler, enqueue, forget_done
from catalogue.publishing.pairs import found_pairs, keep_pairs, modules_to_compare
from catalogue.search.indexing import sync
from web.accounts.invitations import purge_invitations
from web.accounts.mail import deliver, forget_old_letters
from web.accounts.people import purge_unconfirmed
from web.advisor.retention import purge_dossiers, warn_of_end
from web.following.alerts import purge_unconfirmed_alerts
from web.following.news import AT_ONCE, send_news
from web.joining.asking import purge_requests
from web.logs import log
from web.passport.files import purge_files
from web.security.attempts import purge_attempts
from web.security.sessions import purge_expired
from web.shares.sharing import purge_shares
from web.wiring import Services, local_day

KEPT_AFTER_WORK = timedelta(days=1)
"""Finished work is kept so long, to look into; letters among it, and in the folder, hold addresses."""


def handlers_for(parts: Services) -> Mapping[str, Handler]:
    """The function that does each kind of job."""

    def mail(_session: Session, payload: Mapping[str, Any], now: datetime) -> None:
        deliver(parts.settings, payload, now)

    def purge(session: Session, _payload: Mapping[str, Any], now: datetime) -> None:
        purge_expired(session, now)
        purge_attempts(session, now)
        purge_unconfirmed(session, now)
        purge_invitations(session, now)
        purge_shares(session, now)
        purge_files(session, now)
        warn_of_end(session, now)
        purge_dossiers(session, now)
        purge_unconfirmed_alerts(session, now)
        purge_requests(session, now)
        forget_counts(session, local_day(now))
        forget_done(session, now - KEPT_AFTER_WORK)
        forget_old_letters(parts.settings.instance_dir, now - KEPT_AFTER_WORK)

    def alerts(session: Session, _payload: Mapping[str, Any], now: datetime) -> None:
        if send_news(session, parts, now) == AT_ONCE:
            enqueue(session, "alerts", {}, now)

    return {"mail": mail, "purge": purge, "alerts": alerts}


def plan_upkeep(parts: Services) -> None:
    """Makes sure that this hour's clean-up and alerts are planned; asking again plans nothing."""
    now = parts.now()
    with suppress(IntegrityError), parts.database.writing() as session:  # another worker was first
        for kind in ("purge", "alerts"):
            enqueue(session, kind, {}, now, unique_key=f"{kind} {now:%Y-%m-%dT%H}")


def read_feed(parts: Services, feed_id: int | None = None) -> Outcome | None:
    """Reads the feed that has been due for longest, or a certain one, due or not; None when there is none that is free."""
    held = claim(parts.database, parts.now(), feed_id)
    if held is None:
        return None
    outcome = run_feed(parts.database, held, parts.outbound, parts.skills.recognise_many, parts.now)
    log.info("feed read", feed=outcome.feed_id, problem=outcome.problem.get("code", ""), exc_info=outcome.error)
    return outcome


def read_due_feeds(parts: Services) -> int:
    """Reads all feeds that are due, one after the other; returns how many."""
    done = 0
    while read_feed(parts):
        done += 1
    return done


def look_for_pairs(parts: Services) -> int | None:
    """Compares all modules online where any changed since the last time; returns how many pairs are nearly the same, or None.

    It takes some 20 s for 100,000 modules, in which nobody waits for the database; when two workers do it, the result is the same.
    """
    with parts.database.reading() as session:
        version = modules_to_compare(session)
        found = found_pairs(session) if version is not None else []
    if version is None:
        return None
    with parts.database.writing() as session:
        keep_pairs(session, found, version)
    return len(found)


def sync_index(parts: Services) -> int:
    """Brings waiting changes into the search index; returns how many modules."""
    return sync(parts.database, parts.search, parts.now(), parts.meanings)

"""`jobs`: background work."""

from __future__ import annotations

import signal
import threading

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from catalogue.jobs import run_waiting
from web.background import handlers_for, look_for_pairs, plan_upkeep, read_due_feeds, sync_index
from web.logs import log
from web.wiring import Services, services

SECONDS_BETWEEN_ROUNDS = 0.5
SECONDS_BETWEEN_FEEDS = 10
SECONDS_BETWEEN_COMPARISONS = 300


@click.group("jobs")
def commands() -> None:
    """Background work: mail, clean-up, feeds, and changes for the search index."""


@commands.command()
@click.option("--once", is_flag=True, help="Do what is waiting, then stop.")
@with_appcontext
def run(*, once: bool) -> None:
    """Does what is waiting; goes on until it is stopped."""
    parts = services()
    handlers = handlers_for(parts)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if not once:  # other sites may be slow, and a letter with a link to sign in must not wait for them
        threading.Thread(target=_follow_feeds, args=(parts, stop), name="feeds", daemon=True).start()
        threading.Thread(target=_compare_modules, args=(parts, stop), name="pairs", daemon=True).start()
    planned_at = None
    while not stop.is_set():
        is_new_hour = False
        if (hour := parts.now().replace(minute=0, second=0, microsecond=0)) != planned_at:
            plan_upkeep(parts)
            planned_at, is_new_hour = hour, True
        done = run_waiting(parts.database, handlers, parts.now) + sync_index(parts)
        if is_new_hour:
            parts.database.scrub()  # after the clean-up of this hour
            parts.database.update_statistics()
        if once:
            done += read_due_feeds(parts)
            done += sync_index(parts)
            click.echo(f"{done} pieces of work done.")
            return
        if not done:
            stop.wait(SECONDS_BETWEEN_ROUNDS)


def _follow_feeds(parts: Services, stop: threading.Event) -> None:
    """Reads feeds when they are due. When the process ends in the middle of one, nothing of it was written and it is tried again."""
    while not stop.wait(SECONDS_BETWEEN_FEEDS):
        try:
            read_due_feeds(parts)
        except SQLAlchemyError:
            log.exception("the database did not answer while feeds were looked for")


def _compare_modules(parts: Services, stop: threading.Event) -> None:
    """Looks from time to time which modules are nearly the same, where any changed."""
    while not stop.wait(SECONDS_BETWEEN_COMPARISONS):
        try:
            look_for_pairs(parts)
        except SQLAlchemyError:
            log.exception("the database did not answer while modules were compared")

"""`jobs`: background work."""

from __future__ import annotations

import signal
import threading

import click
from flask.cli import with_appcontext

from catalogue.jobs import run_waiting
from web.background import handlers_for, plan_upkeep, sync_index
from web.wiring import services

SECONDS_BETWEEN_ROUNDS = 0.5


@click.group("jobs")
def commands() -> None:
    """Background work: mail, clean-up, and changes for the search index."""


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
    planned_at = None
    while not stop.is_set():
        is_new_hour = False
        if (hour := parts.now().replace(minute=0, second=0, microsecond=0)) != planned_at:
            plan_upkeep(parts)
            planned_at, is_new_hour = hour, True
        done = run_waiting(parts.database, handlers, parts.now) + sync_index(parts)
        if is_new_hour:
            parts.database.scrub()  # after the clean-up of this hour
        if once:
            click.echo(f"{done} pieces of work done.")
            return
        if not done:
            stop.wait(SECONDS_BETWEEN_ROUNDS)

"""Feeds for tests: one that a site answers, and some as they stand after all that can happen to them."""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from catalogue.database import Database
from catalogue.exchange.feed_problems import FeedProblem, TooManyGone, kept_rows, problem, problem_of
from catalogue.exchange.feed_runs import Outcome, run_feed
from catalogue.exchange.feeds import LEASE, FeedKind, add_feed, claim, feed_by_id
from catalogue.exchange.problems import ImportProblem, ImportRefused, Reason
from catalogue.models import Base, Feed, Module
from catalogue.organisations import add_organisation, organisation_by_slug
from catalogue.outbound.troubles import OutboundFailed, Trouble
from catalogue.progress import Progress, silent
from catalogue.vocabulary import OrganisationKind, Status
from tests.accounts import parts_of
from tests.conftest import NOW, Clock
from tests.other_site import HOST, Answer, OtherSite, whole

URL = f"http://{HOST}/modules"
HOUR = timedelta(hours=1)


def sources(slug: str) -> str:
    """The address of the page of an organisation's feeds."""
    return f"/hub/organisaties/{slug}/feeds"


def feeds_in_all_states(app: Flask, slug: str) -> None:
    """One that is new, one that goes well, one that is being read, and one for each kind of problem."""
    now = parts_of(app).now()
    day = timedelta(days=1)
    bad_row = ImportProblem(14, "price_eur", Reason.NOT_AN_AMOUNT, "gratis?", "prijs")
    read: dict[str, Any] = {"good_at": now - day, "difference": {"added": 3, "changed": 12, "gone": 1, "unchanged": 1240}}
    left_open = kept_rows([ImportProblem(3, "level", Reason.NOT_OURS, "doctoral", known=("bachelor", "master"))] * 60)
    failing = {**read, "failures": 2, "next_at": now + day / 24}
    states: dict[str, dict[str, object]] = {
        "new": {},
        "good": {**read, "next_at": now + day},
        "left-open": {**read, "file_format": "ooapi-v5", "next_at": now + day, "difference": read["difference"] | left_open},
        "busy": {**read, "claimed_until": now + LEASE, "problem": problem(FeedProblem.INTERRUPTED)},
        "rows": {**failing, "problem": problem_of(ImportRefused([bad_row], 61))},
        "gone": {**failing, "problem": problem_of(TooManyGone([f"Solderen {number}" for number in range(1, 41)], 100))},
        "status": {**failing, "problem": problem_of(OutboundFailed(Trouble.STATUS, "500"))},
    }
    with parts_of(app).database.writing() as session:
        organisation_id = organisation_by_slug(session, slug).id
        for name, values in states.items():
            feed = add_feed(session, organisation_id, f"https://data.example.org/catalogus/alle-modules-{name}.csv", FeedKind.CSV, now)
            for field, value in values.items():
                setattr(feed, field, value)


def recognise(texts: Sequence[str], limit: int = 10, progress: Progress = silent) -> list[list[Any]]:
    """Finds no skills: they are not what these tests are about."""
    progress("recognise skills", len(texts), limit)
    return [[] for _text in texts]


def csv_of(*numbers: int, title: str = "Café openen") -> bytes:
    return "\n".join(("code;titel;prijs;start;vorm", *(f"M{one};{title} {one};{one},00;direct;online" for one in numbers))).encode()


TEN = csv_of(*range(10))


class World:
    """A school with a feed, a site that answers it, and a clock."""

    def __init__(self, database: Database, site: OtherSite) -> None:
        self.database, self.site, self.clock = database, site, Clock()
        with database.writing() as session:
            school = add_organisation(session, "school", "De School", OrganisationKind.MBO)
            self.feed_id = add_feed(session, school.id, URL, FeedKind.CSV, NOW, is_publishing=True).id

    def change(self, **values: object) -> None:
        with self.database.writing() as session:
            for name, value in values.items():
                setattr(feed_by_id(session, self.feed_id), name, value)

    def feed(self) -> Feed:
        with self.database.reading() as session:
            return feed_by_id(session, self.feed_id)

    def read(self, answer: Answer | bytes, **rules: object) -> Outcome:
        """Lets the site answer, and reads the feed when it is due."""
        self.site.answer = whole(answer) if isinstance(answer, bytes) else answer
        self.clock.now = max(self.clock.now, self.feed().next_at)
        held = claim(self.database, self.clock())
        assert held is not None
        return run_feed(self.database, held, self.site.outbound(**rules), recognise, self.clock)

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """All that the database holds, apart from how feeds went."""
        with self.database.reading() as session:
            tables = [table for table in Base.metadata.sorted_tables if table.name != "feed"]
            return {table.name: sorted(map(tuple, session.execute(select(table))), key=repr) for table in tables}

    def titles(self, status: Status = Status.PUBLISHED) -> list[str]:
        with self.database.reading() as session:
            return list(session.scalars(select(Module.title).where(Module.status == status).order_by(Module.title)))


def sends(*parts: bytes, then_wait: float = 0) -> Answer:
    def answer(line: socket.socket, _asked: Mapping[str, str]) -> None:
        for part in parts:
            line.sendall(part)
        time.sleep(then_wait)

    return answer

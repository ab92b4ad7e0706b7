"""Feeds for tests, as they stand after all that can happen to them."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from catalogue.exchange.feed_problems import FeedProblem, TooManyGone, problem, problem_of
from catalogue.exchange.feeds import LEASE, FeedKind, add_feed
from catalogue.exchange.problems import ImportProblem, ImportRefused, Reason
from catalogue.organisations import organisation_by_slug
from catalogue.outbound.troubles import OutboundFailed, Trouble
from tests.accounts import parts_of


def sources(slug: str) -> str:
    """The address of the page of an organisation's feeds."""
    return f"/hub/organisaties/{slug}/feeds"


def feeds_in_all_states(app: Flask, slug: str) -> None:
    """One that is new, one that goes well, one that is being read, and one for each kind of problem."""
    now = parts_of(app).now()
    day = timedelta(days=1)
    bad_row = ImportProblem(14, "price_eur", Reason.NOT_AN_AMOUNT, "gratis?", "prijs")
    read = {"good_at": now - day, "difference": {"added": 3, "changed": 12, "gone": 1, "unchanged": 1240}}
    failing = {**read, "failures": 2, "next_at": now + day / 24}
    states: dict[str, dict[str, object]] = {
        "new": {},
        "good": {**read, "next_at": now + day},
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

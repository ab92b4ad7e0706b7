"""Background work by lease, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.database import Database
from catalogue.jobs import FIRST_PAUSE, LEASE, MOST_ATTEMPTS, claim, enqueue, forget_done, oldest_waiting_seconds, run_waiting
from catalogue.models import Theme
from catalogue.models.work import Job
from tests.conftest import NOW, Clock

SECOND = timedelta(seconds=1)


def jobs(database: Database) -> list[Job]:
    with database.reading() as session:
        return list(session.scalars(select(Job).order_by(Job.id)))


def add(database: Database, **values: Any) -> None:
    with database.writing() as session:
        enqueue(session, "greet", {"to": "Ada"}, NOW, **values)


def no_work(_session: Session, _payload: Mapping[str, Any], _now: datetime) -> None:
    """A job without an effect."""


def test_work_is_done_once_with_what_was_given(database: Database) -> None:
    add(database)
    seen: list[tuple[Mapping[str, Any], datetime]] = []
    handlers = {"greet": lambda _session, payload, now: seen.append((dict(payload), now))}
    assert run_waiting(database, handlers, Clock()) == 1
    assert run_waiting(database, handlers, Clock()) == 0
    assert seen == [({"to": "Ada"}, NOW)]
    assert [(job.attempts, job.finished_at, job.error) for job in jobs(database)] == [(1, NOW, "")]


def test_a_job_of_an_undone_transaction_never_was(database: Database) -> None:
    with database.reading() as session:
        enqueue(session, "greet", {}, NOW)
        session.flush()
    assert jobs(database) == []


def test_a_key_that_is_there_already_adds_nothing(database: Database) -> None:
    add(database, unique_key="mail-1")
    add(database, unique_key="mail-1")
    add(database, unique_key="mail-2")
    add(database)
    add(database)
    assert [job.unique_key for job in jobs(database)] == ["mail-1", "mail-2", None, None]


def test_a_claimed_job_belongs_to_its_worker_until_the_lease_passes(database: Database) -> None:
    add(database)
    mine = claim(database, NOW, "first")
    assert mine is not None
    assert (mine.claimed_by, mine.claimed_until, mine.attempts) == ("first", NOW + LEASE, 1)
    assert claim(database, NOW + LEASE, "second") is None
    taken_over = claim(database, NOW + LEASE + SECOND, "second")
    assert taken_over is not None
    assert (taken_over.id, taken_over.claimed_by, taken_over.attempts) == (mine.id, "second", 2)


def test_the_longest_waiting_comes_first_and_the_future_waits(database: Database) -> None:
    with database.writing() as session:
        for number, minutes in enumerate((1, -1, -2)):
            enqueue(session, "greet", {"number": number}, NOW, run_at=NOW + timedelta(minutes=minutes))
    order = []
    while job := claim(database, NOW, "worker"):
        order.append(job.payload["number"])
    assert order == [2, 1]
    due = claim(database, NOW + timedelta(minutes=1), "worker")
    assert due is not None
    assert due.payload["number"] == 0


def test_a_job_that_ends_every_worker_is_given_up(database: Database) -> None:
    add(database)
    now = NOW
    for _ in range(MOST_ATTEMPTS):
        assert claim(database, now, "a worker that dies") is not None
        now += LEASE + SECOND
    assert claim(database, now, "the next one") is None
    job = jobs(database)[0]
    assert (job.attempts, job.failed_at) == (MOST_ATTEMPTS, now)
    assert job.error == "no worker lived to finish it"
    with database.reading() as session:
        assert oldest_waiting_seconds(session, now) == 0


def test_a_failing_job_is_tried_again_with_growing_pauses_and_kept_with_its_error(database: Database) -> None:
    add(database)
    clock, tried_at = Clock(), []

    def fail(_session: Session, _payload: Mapping[str, Any], now: datetime) -> None:
        tried_at.append(now)
        raise ConnectionError("the mail server says no")

    for _ in range(MOST_ATTEMPTS):
        assert run_waiting(database, {"greet": fail}, clock) == 1
        assert run_waiting(database, {"greet": fail}, clock) == 0
        due = jobs(database)[0].run_at
        clock.now = due - SECOND
        assert run_waiting(database, {"greet": fail}, clock) == 0
        clock.now = due
    pauses = [after - before for before, after in pairwise(tried_at)]
    assert pauses == [FIRST_PAUSE * 4**number for number in range(MOST_ATTEMPTS - 1)]
    clock.now += timedelta(days=365)
    assert run_waiting(database, {"greet": fail}, clock) == 0
    job = jobs(database)[0]
    assert (job.attempts, job.error, job.finished_at) == (MOST_ATTEMPTS, "ConnectionError: the mail server says no", None)
    assert job.failed_at == tried_at[-1]


def test_what_a_failing_job_wrote_is_undone_and_the_next_one_runs(database: Database) -> None:
    with database.writing() as session:
        enqueue(session, "half", {}, NOW)
        enqueue(session, "whole", {}, NOW)

    def half(session: Session, _payload: Mapping[str, Any], _now: datetime) -> None:
        session.add(Theme(slug="half", label_nl="half", label_en="half"))
        session.flush()
        raise ValueError("no")

    def whole(session: Session, _payload: Mapping[str, Any], _now: datetime) -> None:
        session.add(Theme(slug="whole", label_nl="heel", label_en="whole"))

    assert run_waiting(database, {"half": half, "whole": whole}, Clock()) == 2
    with database.reading() as session:
        assert session.scalars(select(Theme.slug)).all() == ["whole"]
    assert [(job.error, job.finished_at) for job in jobs(database)] == [("ValueError: no", None), ("", NOW)]


def test_a_job_that_nobody_can_do_is_kept_with_its_error(database: Database) -> None:
    add(database)
    assert run_waiting(database, {}, Clock()) == 1
    assert jobs(database)[0].error == "KeyError: 'greet'"


def test_a_job_that_works_the_second_time_forgets_its_error(database: Database) -> None:
    add(database)
    clock, attempts = Clock(), []

    def sometimes(_session: Session, _payload: Mapping[str, Any], _now: datetime) -> None:
        attempts.append(1)
        if len(attempts) == 1:
            raise TimeoutError

    run_waiting(database, {"greet": sometimes}, clock)
    clock.now += FIRST_PAUSE
    run_waiting(database, {"greet": sometimes}, clock)
    job = jobs(database)[0]
    assert (job.attempts, job.error, job.finished_at) == (2, "", clock.now)


def test_finished_work_is_forgotten_and_the_rest_stays(database: Database) -> None:
    add(database, unique_key="done")
    run_waiting(database, {"greet": no_work}, Clock())
    add(database, unique_key="waiting")
    with database.writing() as session:
        forget_done(session, NOW)
    assert [job.unique_key for job in jobs(database)] == ["done", "waiting"]
    with database.writing() as session:
        forget_done(session, NOW + SECOND)
    assert [job.unique_key for job in jobs(database)] == ["waiting"]


def test_how_long_the_oldest_has_waited(database: Database) -> None:
    with database.reading() as session:
        assert oldest_waiting_seconds(session, NOW) == 0
    add(database, run_at=NOW - timedelta(minutes=20))
    add(database, run_at=NOW + timedelta(hours=1))
    with database.reading() as session:
        assert oldest_waiting_seconds(session, NOW) == 1200
    run_waiting(database, {"greet": no_work}, Clock())
    with database.reading() as session:
        assert oldest_waiting_seconds(session, NOW) == 0


def test_workers_side_by_side_never_claim_the_same_job(database: Database) -> None:
    count = 60
    with database.writing() as session:
        for number in range(count):
            enqueue(session, "greet", {"number": number}, NOW)
    claimed: dict[str, list[int]] = {name: [] for name in ("one", "two", "three", "four")}
    together = threading.Barrier(len(claimed))
    errors: list[BaseException] = []

    def work(name: str) -> None:
        try:
            together.wait(timeout=30)
            while job := claim(database, NOW, name):
                claimed[name].append(job.id)
        except BaseException as error:  # noqa: BLE001 - told to the test, a thread's error is silent otherwise
            errors.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in claimed]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []
    everything = [job_id for ids in claimed.values() for job_id in ids]
    assert len(everything) == len(set(everything)) == count
    assert {job.attempts for job in jobs(database)} == {1}

"""Feeds: whatever another site answers, the catalogue is never emptied or half replaced. On SQLite and PostgreSQL."""

from __future__ import annotations

import codecs
import gzip
import socket
import time
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from catalogue.database import Database
from catalogue.exchange.feed_problems import FeedProblem, rows_of
from catalogue.exchange.feed_runs import LONGEST_WAIT, Outcome, asked_moment, run_feed
from catalogue.exchange.feeds import FIRST_PAUSE, LEASE, FeedKind, add_feed, ask_now, claim, feed_by_id, pause_after, remove_feed
from catalogue.exchange.problems import Reason
from catalogue.models import FeedModule, Module, Revision
from catalogue.organisations import organisation_by_slug
from catalogue.outbound.troubles import Trouble
from catalogue.vocabulary import Status
from tests.conftest import NOW
from tests.feeds import HOUR, TEN, URL, World, csv_of, recognise, sends
from tests.other_site import Answer, head, other_site, whole


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    with other_site() as site:
        yield World(database, site)


def drips(line: socket.socket, _asked: Mapping[str, str]) -> None:
    line.sendall(head(f"Content-Length: {len(TEN)}"))
    for byte in TEN:
        line.sendall(bytes([byte]))
        time.sleep(0.05)


def floods(line: socket.socket, _asked: Mapping[str, str]) -> None:
    line.sendall(head("Transfer-Encoding: chunked"))
    while True:
        line.sendall(b"10000\r\n" + b"M;x;;\n" * 10922 + b"aaaa" + b"\r\n")


CSV, JSON = FeedKind.CSV, FeedKind.JSONL
HALF = TEN[: len(TEN) // 2]
BAD: dict[str, tuple[Answer, FeedKind, str]] = {
    "drips": (drips, CSV, Trouble.TOO_SLOW),
    "says nothing": (sends(then_wait=1.5), CSV, Trouble.TOO_SLOW),
    "begins and stops": (sends(head("Content-Length: 500"), HALF, then_wait=1.5), CSV, Trouble.TOO_SLOW),
    "hangs up": (sends(), CSV, Trouble.CUT_OFF),
    "half of it": (sends(head(f"Content-Length: {len(TEN)}"), HALF), CSV, Trouble.CUT_OFF),
    "half of it in pieces": (sends(head("Transfer-Encoding: chunked"), f"{len(TEN):x}\r\n".encode(), HALF), CSV, Trouble.CUT_OFF),
    "half of it, and no length": (sends(head("Connection: close"), HALF), CSV, Trouble.NO_LENGTH),
    "half of it packed": (whole(gzip.compress(TEN)[:-20], "Content-Encoding: gzip"), CSV, Trouble.CUT_OFF),
    "packed another way": (whole(TEN, "Content-Encoding: br"), CSV, Trouble.PACKED_WRONG),
    "not packed": (whole(TEN, "Content-Encoding: gzip"), CSV, Trouble.PACKED_WRONG),
    "bomb": (whole(gzip.compress(TEN + b"\n" * 50_000_000), "Content-Encoding: gzip"), CSV, Trouble.TOO_LARGE),
    "floods": (floods, CSV, Trouble.TOO_LARGE),
    "empty": (whole(b""), CSV, FeedProblem.ROWS),
    "empty JSON": (whole(b"\n\n"), JSON, FeedProblem.ROWS),
    "only a header": (whole(csv_of()), CSV, FeedProblem.ROWS),
    "only one module": (whole(csv_of(1)), CSV, FeedProblem.TOO_MANY_GONE),
    "other modules": (whole(csv_of(*range(100, 120))), CSV, FeedProblem.TOO_MANY_GONE),
    "a quote too many": (whole(TEN + b'\n"M11;"x";1;;\n'), CSV, FeedProblem.ROWS),
    "a wrong price": (whole(csv_of(*range(9)) + b"\nM9;Nieuw;gratis?;direct;online"), CSV, FeedProblem.ROWS),
    "a NUL": (whole(TEN.replace(b"Caf", b"C\0f", 1)), CSV, FeedProblem.ROWS),
    "half a line of JSON": (whole(b'{"external_id": "M1", "title": "Nieuw"}\n{"external_id": "M2", "ti'), JSON, FeedProblem.ROWS),
    "JSON in another encoding": (whole('{"external_id": "M1", "title": "Café"}'.encode("cp1252")), JSON, FeedProblem.ROWS),
    "half of UTF-16": (whole(codecs.BOM_UTF16_LE + TEN.decode().encode("utf-16-le")[:-1]), CSV, FeedProblem.ROWS),
    "no workbook": (whole(TEN), FeedKind.XLSX, FeedProblem.ROWS),
    "a web page": (whole(b"<!doctype html><title>Log in</title>", "Content-Type: text/html; charset=utf-8"), CSV, Trouble.WEB_PAGE),
    "a web page in disguise": (whole(b"<!doctype html>\n<title>Log in</title>\n"), CSV, FeedProblem.ROWS),
    "404": (whole(TEN, status="404 Not Found"), CSV, Trouble.STATUS),
    "429": (whole(b"", "Retry-After: 7200", status="429 Too Many Requests"), CSV, Trouble.BUSY),
    "500": (whole(TEN, status="500 Internal Server Error"), CSV, Trouble.STATUS),
    "503": (whole(b"", status="503 Service Unavailable"), CSV, Trouble.BUSY),
    "a part, unasked": (whole(HALF, status="206 Partial Content"), CSV, Trouble.STATUS),
    "unchanged, unasked": (whole(b"", status="304 Not Modified"), CSV, Trouble.STATUS),
    "a circle": (whole(b"", f"Location: {URL}", status="302 Found"), CSV, Trouble.REDIRECTS),
    "a way inside": (whole(b"", "Location: http://169.254.169.254/latest/", status="302 Found"), CSV, Trouble.NOT_PUBLIC),
    "no HTTP": (sends(b"SSH-2.0-OpenSSH_9.9\r\n\r\n"), CSV, Trouble.NOT_HTTP),
    "headers without end": (sends(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5_000), CSV, Trouble.NOT_HTTP),
}


@pytest.mark.parametrize("how", BAD)
def test_what_comes_wrong_changes_nothing(world: World, how: str) -> None:
    answer, file_format, code = BAD[how]
    assert world.read(TEN) == Outcome(world.feed_id, {})
    before, good_at = world.rows(), world.feed().good_at
    world.change(file_format=file_format.value)
    outcome = world.read(answer, most_seconds=0.6, most_bytes=2_000_000)
    feed = world.feed()
    assert (outcome.problem["code"], outcome.error) == (code, None)
    assert feed.problem == outcome.problem
    assert world.rows() == before
    assert (feed.failures, feed.good_at, feed.claimed_until) == (1, good_at, None)
    assert feed.next_at == world.clock() + (2 * HOUR if how == "429" else FIRST_PAUSE)
    world.change(file_format="csv")
    assert world.read(csv_of(*range(11))).problem == {}  # and when the site has come to its senses, all goes on
    assert (len(world.titles()), world.feed().failures, world.feed().problem) == (11, 0, {})


def test_a_site_that_is_not_there_changes_nothing(world: World) -> None:
    world.read(TEN)
    before = world.rows()

    def nobody(_address: str, _port: int, _seconds: float) -> socket.socket:
        raise ConnectionRefusedError

    assert world.read(TEN, connect=nobody).problem["code"] == Trouble.NOT_REACHED
    assert world.rows() == before


def test_a_database_that_fails_halfway_is_left_as_it_was(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.read(TEN)
    before = world.rows()

    def broken(*_arguments: object) -> None:
        raise ArithmeticError

    monkeypatch.setattr("catalogue.exchange.feed_runs.step", broken)  # the last thing that is written, after all modules
    outcome = world.read(csv_of(*range(1, 10), title="Anders"))
    assert (outcome.problem, type(outcome.error)) == ({"code": "ours", "value": "ArithmeticError"}, ArithmeticError)
    assert world.rows() == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_of_spreadsheets_are_all_the_same(world: World, encoding: str) -> None:
    world.read(TEN)
    before = world.rows()
    assert world.read(TEN.decode().encode(encoding)).problem == {}
    assert world.feed().difference == {"added": 0, "changed": 0, "gone": 0, "unchanged": 10}
    assert world.rows() == before


def test_what_is_new_changed_and_gone_follows(world: World) -> None:
    world.read(TEN)
    assert world.feed().difference == {"added": 10, "changed": 0, "gone": 0, "unchanged": 0}
    rows = TEN.decode().splitlines()
    rows = [row for row in rows if not row.startswith(("M3;", "M4;"))]
    changed = "\n".join([*rows, "M77;Nieuw;;;"]).replace("Café openen 5", "Café sluiten 5").encode()
    assert world.read(changed).problem == {}
    assert world.feed().difference == {"added": 1, "changed": 1, "gone": 2, "unchanged": 7}
    assert world.titles(Status.WITHDRAWN) == ["Café openen 3", "Café openen 4"]
    assert "Café sluiten 5" in world.titles()
    with world.database.reading() as session:
        assert session.scalars(select(Revision.status)).all().count(Status.WITHDRAWN) == 2
        assert len(session.scalars(select(FeedModule)).all()) == 9
    assert world.read(TEN + b"\nM77;Nieuw;;;").problem == {}
    assert world.titles(Status.WITHDRAWN) == []  # what is there again is online again


def test_modules_that_came_another_way_are_never_withdrawn(world: World) -> None:
    with world.database.writing() as session:
        school = organisation_by_slug(session, "school")
        second = add_feed(session, school.id, f"{URL}/2", FeedKind.CSV, NOW + HOUR, is_publishing=True).id
    world.read(TEN)
    world.clock.now = NOW + HOUR
    assert world.read(csv_of(9, 10)).feed_id == second
    with world.database.writing() as session:
        remove_feed(session, feed_by_id(session, second))
        feed_id = add_feed(session, organisation_by_slug(session, "school").id, f"{URL}/3", FeedKind.CSV, world.clock()).id
        session.add_all(
            FeedModule(feed_id=feed_id, module_id=one) for one in session.scalars(select(Module.id).where(Module.external_id == "M9"))
        )
    world.clock.now = world.feed().next_at
    world.change(next_at=NOW)
    assert world.read(csv_of(*range(9))).feed_id == world.feed_id
    assert world.titles(Status.WITHDRAWN) == []
    assert world.feed().difference["gone"] == 0


@pytest.mark.parametrize(("percent", "left", "is_refused"), [(20, 8, False), (20, 7, True), (0, 9, True), (100, 1, False)])
def test_the_share_that_may_be_gone(world: World, percent: int, left: int, is_refused: bool) -> None:
    world.change(most_gone_percent=percent)
    world.read(TEN)
    problem = world.read(csv_of(*range(left))).problem
    assert problem.get("code", "") == (FeedProblem.TOO_MANY_GONE if is_refused else "")
    if is_refused:
        assert (problem["gone"], problem["total"], problem["titles"][-1]) == (10 - left, 10, "Café openen 9")


def test_who_says_that_modules_are_gone_is_believed_once_and_no_further(world: World) -> None:
    world.read(TEN)
    world.read(csv_of(*range(5)))
    for accepted, is_refused in ((4, True), (5, False)):
        with world.database.writing() as session:
            ask_now(session, feed_by_id(session, world.feed_id), world.clock(), accepted)
        assert bool(world.read(csv_of(*range(5))).problem) is is_refused
        assert world.feed().accepted_gone == 0
    assert len(world.titles(Status.WITHDRAWN)) == 5
    assert world.read(csv_of(0)).problem["code"] == FeedProblem.TOO_MANY_GONE


def test_a_file_that_did_not_change_is_not_read_again(world: World) -> None:
    world.read(whole(TEN, 'ETag: "1"', "Last-Modified: Mon, 23 Nov 2026 08:00:00 GMT"))
    before = world.rows()
    assert world.read(whole(b"", status="304 Not Modified")).problem == {}
    assert world.site.asked[-1]["if-none-match"] == '"1"'
    assert (world.feed().difference["unchanged"], world.feed().next_at) == (10, world.clock() + 24 * HOUR)
    assert world.rows() == before
    world.read(whole(csv_of(1), 'ETag: "2"'))
    assert world.feed().etag == ""  # a 304 without one; and what was refused is not taken for what we have
    with world.database.writing() as session:
        ask_now(session, feed_by_id(session, world.feed_id), world.clock())
    world.read(TEN)
    assert "if-none-match" not in world.site.asked[-1]


def test_the_rows_that_are_wrong_are_kept(world: World) -> None:
    world.read(csv_of(1) + b"\nM2;;gratis?;direct;online")
    found = rows_of(world.feed().problem)
    assert {(one.row, one.field, one.reason) for one in found} == {(3, "title", Reason.MISSING), (3, "price_eur", Reason.NOT_AN_AMOUNT)}
    assert world.feed().problem["total"] == len(found)


def test_pauses_double_until_a_day_and_begin_anew(world: World) -> None:
    world.change(every_hours=6)
    tried = []
    for _ in range(9):
        world.read(whole(b"", status="500 Oops"))
        tried.append(world.feed().next_at - world.clock())
    quarter = timedelta(minutes=15)
    assert tried == [quarter * 2**number for number in range(7)] + [24 * HOUR] * 2
    world.read(TEN)
    assert world.feed().next_at - world.clock() == 6 * HOUR
    assert pause_after(50, 168) == timedelta(days=7)


def test_a_worker_that_dies_leaves_a_failure_and_another_takes_over(world: World) -> None:
    held = claim(world.database, NOW)
    assert held is not None
    assert claim(world.database, NOW + LEASE) is None
    assert (world.feed().failures, world.feed().problem["code"]) == (1, FeedProblem.INTERRUPTED)
    second = claim(world.database, NOW + LEASE + HOUR)
    assert second is not None
    world.site.answer = whole(TEN)
    assert run_feed(world.database, held, world.site.outbound(), recognise, world.clock).problem == {}
    assert world.titles() == []  # who lost the feed writes nothing
    run_feed(world.database, second, world.site.outbound(), recognise, world.clock)
    assert (len(world.titles()), world.feed().failures) == (10, 0)


def test_a_feed_that_is_removed_meanwhile_writes_nothing(world: World) -> None:
    held = claim(world.database, NOW)
    assert held is not None

    def removing(line: socket.socket, asked: Mapping[str, str]) -> None:
        with world.database.writing() as session:
            remove_feed(session, feed_by_id(session, world.feed_id))
        whole(TEN)(line, asked)

    world.site.answer = removing
    assert run_feed(world.database, held, world.site.outbound(), recognise, world.clock).problem == {}
    assert world.titles() == []


@pytest.mark.parametrize(
    ("header", "moment"),
    [
        ("120", NOW + timedelta(minutes=2)),
        (" 0 ", NOW),
        ("9" * 5000, NOW + LONGEST_WAIT),
        ("Mon, 23 Nov 2026 12:00:00 GMT", NOW + 3 * HOUR),
        ("Mon, 23 Nov 2026 12:00:00 -0000", NOW + 3 * HOUR),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("٣", None),
    ],
)
def test_when_another_site_wants_to_be_asked_again(header: str, moment: datetime | None) -> None:
    assert asked_moment(header, NOW) == moment

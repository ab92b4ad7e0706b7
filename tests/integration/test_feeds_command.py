"""Feeds by command and in background work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from tests.accounts import command, parts_of
from tests.other_site import HOST, OtherSite, other_site, whole
from web.background import read_due_feeds
from web.wiring import install

URL = f"http://{HOST}/modules.csv"
FILE = b"code;titel\n" + b"\n".join(b"M%d;Solderen %d" % (number, number) for number in range(10))


@pytest.fixture
def site(small_app: Flask) -> Iterator[OtherSite]:
    """The site that the app asks, with a file of ten modules."""
    command(small_app, "organisations", "add", "school", "De School")
    with other_site() as found:
        install(small_app, replace(parts_of(small_app), outbound=found.outbound()))
        found.answer = whole(FILE)
        yield found


def failed(app: Flask, *arguments: str) -> str:
    result = app.test_cli_runner().invoke(args=list(arguments))
    assert result.exit_code == 1, result.output
    return result.output


def add(app: Flask) -> None:
    assert command(app, "feeds", "add", URL, "--organisation", "school", "--format", "csv", "--publish") == "Added feed 1 of school.\n"


def test_a_feed_is_added_read_in_the_background_and_removed(small_app: Flask, site: OtherSite) -> None:
    add(small_app)
    assert "not fetched yet" in command(small_app, "feeds", "list")
    command(small_app, "jobs", "run", "--once")
    assert "good at 2026-11-23 09:00 UTC" in command(small_app, "feeds", "list")
    assert small_app.test_client().get("/api/v1/modules?q=solderen").get_json()["total"] == 10  # in the search index too
    assert len(site.asked) == 1
    assert read_due_feeds(parts_of(small_app)) == 0
    assert command(small_app, "feeds", "remove", "1") == "Removed feed 1.\n"
    assert command(small_app, "feeds", "list") == ""
    assert small_app.test_client().get("/api/v1/modules?q=solderen").get_json()["total"] == 10


def test_a_feed_is_read_when_somebody_asks(small_app: Flask, site: OtherSite) -> None:
    add(small_app)
    assert command(small_app, "feeds", "run", "1") == "10 added, 0 changed, 0 gone, 0 unchanged\n"
    site.answer = whole(FILE + b"\nM11;")
    told = failed(small_app, "feeds", "run", "1")
    assert "Rij 12, kolom titel: dit is niet ingevuld." in told
    assert "nothing was changed: rows: " in told
    site.answer = whole(b"code;titel\nM1;Solderen 1")
    assert "nothing was changed: too-many-gone: 9 of 10" in failed(small_app, "feeds", "run", "1")
    assert "3 x" not in command(small_app, "feeds", "list")
    assert "2 x too-many-gone: 9 of 10" in command(small_app, "feeds", "list")
    assert command(small_app, "feeds", "run", "1", "--accept-gone", "9") == "0 added, 0 changed, 9 gone, 1 unchanged\n"


def test_what_cannot_be_a_feed_is_said(small_app: Flask, site: OtherSite) -> None:
    add(small_app)
    for arguments, words in {
        (URL, "school"): "already",
        ("http://10.0.0.1:22/x", "school"): "address-not-allowed",
        ("https://data.example.org/x", "nobody"): "there is no organisation",
    }.items():
        assert words in failed(small_app, "feeds", "add", arguments[0], "--organisation", arguments[1], "--format", "csv")
    for what in ("run", "remove"):
        assert "there is no feed 9" in failed(small_app, "feeds", what, "9")
    assert site.connected == []

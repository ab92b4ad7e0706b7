"""Strings that nobody would type, or only somebody who means harm: an answer for each, and soon. The same 10,000 take a minute or two."""

from __future__ import annotations

import gc
import math
import random
import string
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalogue.search.port import MAX_QUERY_CHARS, Query
from catalogue.search.units import _units_of as query_units_of
from tests.conftest import NOW
from web.server import settle
from web.wiring import Services

Answered = TypeVar("Answered")
N_STRINGS = 2_000
N_PAGES = 200
MOST_SECONDS = 0.25
TRIES = 3
OPERATORS = [
    "?*",
    "*",
    "NOT ",
    " OR ",
    " AND ",
    "((((",
    '"',
    "[a TO z]",
    "^99",
    "~2",
    "%_%",
    "\\",
    "::",
    "title:",
    "' OR 1=1 --",
    "{}",
    "$$",
    "&",
    "|",
    "<->",
]
ODD = [
    "\x00",
    "\u202e",
    "\u200f",
    "\u0301" * 40,
    "\ud800",
    "💡",
    "ﬁ",
    "ß",
    "İ",
    "١٢٣",
    "日本語",
    "\n\r\t",
    "\u2028",
    "-" * 60,
    "'" * 60,
    "é" * 60,
]
WORDS = ["warmtepomp", "lassen", "zonnepanelen", "verpleegkundige", "bestaatechtniet", "installatietechniek", "kurs", "сварка", "لحام"]


def strings(count: int) -> list[str]:
    """Operators, odd characters, words with and without errors, and noise, put together at random; one in 500 is a megabyte long."""
    chance = random.Random(11)

    def piece() -> str:
        kind = chance.randrange(5)
        if kind == 0:
            return chance.choice(OPERATORS)
        if kind == 1:
            return chance.choice(ODD)
        if kind == 2:
            return "".join(chance.choices(string.printable, k=chance.randint(1, 30)))
        if kind == 3:
            return chr(chance.randrange(0x110000))
        word = chance.choice(WORDS)
        place = chance.randrange(len(word))
        return word[:place] + chance.choice(string.ascii_lowercase) + word[place + chance.randrange(2) :]

    return [
        "".join(piece() + chance.choice(["", " "]) for _ in range(chance.randint(1, 25))) * (1 if number % 500 else 20_000)
        for number in range(count)
    ]


def timed(ask: Callable[[], Answered]) -> tuple[Answered, float]:
    """The answer, with the seconds of work that it took. One that took too long is asked again, as new: on a machine with other work one
    measurement says little."""
    took = math.inf
    for _ in range(TRIES):
        query_units_of.cache_clear()
        started = time.thread_time()
        answered = ask()
        took = min(took, time.thread_time() - started)
        if took < MOST_SECONDS:
            break
    return answered, took


@pytest.fixture
def parts(seeded_app: Flask) -> Iterator[Services]:
    """As a worker has them when it serves: warm, and settled, so that what other tests left in memory is nobody's waiting time."""
    services: Services = seeded_app.extensions["leerwijzer"]
    services.warm_up()
    settle()
    yield services
    gc.unfreeze()


def test_every_string_gets_an_answer_soon(parts: Services) -> None:
    for text in strings(N_STRINGS):
        query = Query(today=NOW.date(), text=text)
        result, took = timed(lambda query=query: parts.search.search(query))
        assert result.total >= len(result.hits)
        assert took < MOST_SECONDS, text[:80]


@pytest.mark.usefixtures("parts")
def test_pages_and_api_answer_strings_of_any_sort(client: FlaskClient) -> None:
    paths = ("/modules", "/api/v1/modules", "/api/v1/suggest", "/api/v1/skills")
    for path in paths:  # templates and schemas are made at the first question
        client.get(path, query_string={"q": "warmtepomp"})
    for number, text in enumerate(strings(N_PAGES)):
        path = paths[number % len(paths)]
        asked = {"q": text.encode("utf-8", "replace")[: 20 * MAX_QUERY_CHARS]}
        answer, took = timed(lambda path=path, asked=asked: client.get(path, query_string=asked))
        assert answer.status_code in (200, 422), (answer.status_code, text[:80])
        assert took < MOST_SECONDS, (path, text[:80])

"""How long a page takes inside the server: everything but the network and the browser."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from catalogue.models import Module, Occupation, OccupationSkill
from catalogue.vocabulary import Level, Status
from tests.benchmarks.measuring import Report
from tests.pages import post
from web.server import settle
from web.wiring import Services

N_REQUESTS = 100
N_LEARNERS = 20
WORDS = ("warmtepomp", "isoleren", "circulair bouwen", "accu", "zonnepanelen", "robot", "veiligheid", "data", "natuur", "voeding")
WISHES: tuple[dict[str, str | list[str]], ...] = (
    {},
    {"near": "4811", "radius_km": "25"},
    {"near": "Enschede", "sort": "distance", "max_price_eur": "500"},
    {"level": [Level.MBO_4, Level.MBO_3], "format": "on-site"},
    {"moment": "evening", "sort": "price"},
    {"max_hours": "100", "sort": "start", "page": "2"},
)
"""What people filter by, from nothing to much."""


def pages_report(name: str, app: Flask) -> Report:
    """Times of pages and API answers, after each was asked once. Requests differ: words, filters, modules and learners take turns."""
    parts: Services = app.extensions["leerwijzer"]
    with parts.database.reading() as session:
        slugs = session.scalars(select(Module.slug).where(Module.status == Status.PUBLISHED).order_by(Module.id)).all()
        needs = select(OccupationSkill.occupation_id)
        uids = session.scalars(select(Occupation.uid).where(Occupation.id.in_(needs)).order_by(Occupation.id)).all()
    chosen = random.Random(3)
    report = Report(name, f"{len(slugs):,} modules")
    learners = [learner(app, *chosen.sample(list(uids), 2), chosen) for _number in range(N_LEARNERS)]

    def page(path: Callable[[], str]) -> Callable[[FlaskClient], int]:
        return lambda client: client.get(path()).status_code

    def match(client: FlaskClient) -> int:
        now, wanted = chosen.sample(list(uids), 2)
        return client.post("/api/v1/match", json={"current_occupation": now, "goal": {"occupation": wanted}}).status_code

    def search() -> str:
        return urlencode({"q": chosen.choice([*WORDS, ""])} | chosen.choice(WISHES), doseq=True)

    asked: dict[str, Callable[[FlaskClient], int]] = {
        "home, /": page(lambda: "/"),
        "search page, /modules": page(lambda: f"/modules?{search()}"),
        "map, /kaart": page(lambda: f"/kaart?{search()}"),
        "module page, /modules/SLUG": page(lambda: f"/modules/{chosen.choice(slugs)}"),
        "matches, /matches": lambda _client: chosen.choice(learners).get("/matches").status_code,
        "GET /api/v1/modules?q=": page(lambda: f"/api/v1/modules?q={chosen.choice(WORDS)}"),
        "GET /api/v1/suggest?q=": page(lambda: f"/api/v1/suggest?q={chosen.choice(WORDS)[:4]}"),
        "POST /api/v1/match": match,
    }
    parts.warm_up()
    settle()  # as the real server does before it answers
    for what, values in _times(asked, app.test_client()).items():
        report.add(what, "Leerwijzer", values)
    return report


def learner(app: Flask, now: str, wanted: str, chosen: random.Random) -> FlaskClient:
    """The browser of somebody who answered all questions: what they do, want to become, and can spend."""
    client = app.test_client()
    post(client, "/profiel/beroep", q="", choice=now)
    post(client, "/profiel/doel", kind="occupation")
    post(client, "/profiel/doel/beroep", q="", choice=wanted)
    wishes = {"near": chosen.choice(["4811", "7511", "9711", ""]), "max_km": "60", "hours_per_week": "8"}
    post(client, "/profiel/wensen", budget_eur=chosen.choice(["500", "1500", ""]), **wishes)
    return client


def _times(asked: dict[str, Callable[[FlaskClient], int]], client: FlaskClient) -> dict[str, Sequence[float]]:
    """Milliseconds of each request, all sorts taking turns; the first of each does not count."""
    times: dict[str, list[float]] = {what: [] for what in asked}
    for number in range(N_REQUESTS + 1):
        for what, ask in asked.items():
            started = time.perf_counter()
            status = ask(client)
            took = time.perf_counter() - started
            if status != HTTPStatus.OK:
                raise RuntimeError(f"{what} answered {status}")
            if number:
                times[what].append(1000 * took)
    return dict(times)

"""How long a page takes inside the server: everything but the network and the browser."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from http import HTTPStatus

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from catalogue.models import Module, Occupation, OccupationSkill
from catalogue.vocabulary import Status
from tests.benchmarks.measuring import Report
from web.wiring import Services

N_REQUESTS = 40
WORDS = ("warmtepomp", "isoleren", "circulair bouwen", "accu", "zonnepanelen", "robot", "veiligheid", "data", "natuur", "voeding")


def pages_report(name: str, app: Flask) -> Report:
    """Times of pages and API answers, after each was asked once."""
    parts: Services = app.extensions["leerwijzer"]
    with parts.database.reading() as session:
        slugs = session.scalars(select(Module.slug).where(Module.status == Status.PUBLISHED).order_by(Module.id)).all()
        needs = select(OccupationSkill.occupation_id)
        uids = session.scalars(select(Occupation.uid).where(Occupation.id.in_(needs)).order_by(Occupation.id)).all()
    chosen = random.Random(3)
    report = Report(name, f"{len(slugs):,} modules")

    def page(path: Callable[[], str]) -> Callable[[FlaskClient], int]:
        return lambda client: client.get(path()).status_code

    def match(client: FlaskClient) -> int:
        now, wanted = chosen.sample(list(uids), 2)
        return client.post("/api/v1/match", json={"current_occupation": now, "goal": {"occupation": wanted}}).status_code

    asked: dict[str, Callable[[FlaskClient], int]] = {
        "home, /": page(lambda: "/"),
        "search page, /modules?q=": page(lambda: f"/modules?q={chosen.choice(WORDS)}"),
        "module page, /modules/SLUG": page(lambda: f"/modules/{chosen.choice(slugs)}"),
        "GET /api/v1/modules?q=": page(lambda: f"/api/v1/modules?q={chosen.choice(WORDS)}"),
        "GET /api/v1/suggest?q=": page(lambda: f"/api/v1/suggest?q={chosen.choice(WORDS)[:4]}"),
        "POST /api/v1/match": match,
    }
    client = app.test_client()
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
    for what, values in times.items():
        report.add(what, "Leerwijzer", values)
    return report

"""How many queries a page takes: as many for much as for little."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select, text

from catalogue.models import Module, Organisation
from tests.accounts import parts_of
from tests.dossiers import advisor, fill, opened
from tests.editing import member

NOW_AND_THEN = ("BEGIN", "SELECT version.")
"""How statements begin that are sent by the clock: whether anything has changed."""


def queries(app: Flask, client: FlaskClient, path: str) -> int:
    """How many queries a page takes, when it is not opened for the first time."""
    assert client.get(path).status_code == 200
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    engine = parts_of(app).database.engine
    event.listen(engine, "before_cursor_execute", note)
    assert client.get(path).status_code == 200
    event.remove(engine, "before_cursor_execute", note)
    return sum(not statement.startswith(NOW_AND_THEN) for statement in statements)


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/modules?q=zorg&per_page=",
        "/ooapi/v5/courses?pageSize=",
        "/ooapi/v5/education-specifications?pageSize=",
        "/ooapi/v6/courses?pageSize=",
        "/ooapi/v6/learning-outcomes?pageNumber=10&pageSize=",
    ],
)
def test_a_longer_page_takes_no_more(seeded_app: Flask, client: FlaskClient, path: str) -> None:
    assert 0 < queries(seeded_app, client, f"{path}50") <= queries(seeded_app, client, f"{path}10")


def test_a_large_provider_takes_no_more(own_seeded_app: Flask) -> None:
    app, size = own_seeded_app, func.count(Module.id)
    with parts_of(app).database.reading() as session:
        by_size = select(Organisation.slug, Organisation.uid).join(Module).group_by(Organisation.id).order_by(size)
        providers = session.execute(by_size).all()
    few, many = providers[0], providers[-1]
    for page in ("/aanbieders/{0}", "/ooapi/v5/organizations/{1}/offerings?since=1990-01-01&pageSize=250"):
        assert 0 < queries(app, app.test_client(), page.format(*many)) <= queries(app, app.test_client(), page.format(*few))
    of_few, of_many = (member(app, slug, email=f"{slug}@example.org") for slug, _uid in (few, many))
    assert 0 < queries(app, of_many, "/hub") <= queries(app, of_few, "/hub")


def test_a_large_caseload_takes_no_more(small_app: Flask) -> None:
    maker, taken = advisor(small_app), []
    for _round in range(2):
        for _number in range(3):
            fill(maker, opened(maker, how="paper").page)
        taken.append(queries(small_app, maker, "/adviseur"))
    assert taken[0] == taken[1]


def test_some_modules_are_found_by_their_ids(seeded_app: Flask) -> None:
    """And not by looking through all that are published, which SQLite does as long as it does not know how many those are."""
    some = "EXPLAIN QUERY PLAN SELECT * FROM module WHERE uid IN ('a', 'b') AND status = 'published'"
    with parts_of(seeded_app).database.reading() as session:
        (step,) = session.execute(text(some)).all()
    assert "(uid=?)" in step.detail

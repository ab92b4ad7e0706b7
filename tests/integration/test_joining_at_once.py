"""Two administrators let in an organisation of one name at the same moment, on a database where both are at work."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from catalogue.database import Database
from catalogue.organisations import organisations
from tests.accounts import add_account, parts_of, sign_in
from tests.conftest import NOW, Clock, app_in
from tests.joining import FIELDS, REQUESTS, asked_and_confirmed
from tests.pages import get, post
from web.joining.asking import accept
from web.joining.model import JoinRequest


@pytest.fixture
def app(postgres_database: Database, tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    app = app_in(tmp_path / "instance", clock, database_url=postgres_database.url, search_url="memory:")
    yield app
    parts_of(app).database.close()


def test_the_second_sees_that_the_first_added_it(app: Flask) -> None:
    admin, database = app.test_client(), parts_of(app).database
    sign_in(admin, add_account(app, "beheer@example.org", "admin"))
    for email in ("noor@lasschool.example", "sam@lasschool.example"):
        asked_and_confirmed(app, app.test_client(), email=email)
    with database.reading() as session:
        page = f"{REQUESTS}/{session.scalars(select(JoinRequest.uid).order_by(JoinRequest.id.desc())).first()}"
    with ThreadPoolExecutor(1) as pool:
        with app.test_request_context(), database.writing() as session:
            accept(session, session.scalars(select(JoinRequest).order_by(JoinRequest.id)).all()[0], None, NOW)
            second = pool.submit(post, admin, page, answer="nieuw")
            with pytest.raises(TimeoutError):  # it waits for whether the name is taken
                second.result(timeout=2)
        assert second.result().location == page
    shown = get(admin, page).text("main")
    assert "Er kwam net een aanbieder met deze naam bij." in shown
    assert f"Ja: het is {FIELDS['name']}, die er al is" in shown
    with database.reading() as session:
        assert [one.slug for one in organisations(session)] == ["lasschool-noord"]

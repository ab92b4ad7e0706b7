"""The data inventory: every table and column is in it or named as not personal, and the privacy page says all of it."""

from __future__ import annotations

from dataclasses import fields

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Column, Integer, String, Table

from catalogue.models import Base
from tests.pages import get
from web.advisor.intake.talk import Talk, Work
from web.languages import LANGUAGES
from web.learner.answers import Answers
from web.privacy.browser import COOKIES
from web.privacy.holding import Given, Holding
from web.privacy.inventory import INVENTORY, NOT_PERSONAL
from web.privacy.presenters import Names, inner_name


def tables() -> dict[str, Table]:
    return dict(Base.metadata.tables)


def missing_from(inventory: tuple[Holding, ...]) -> set[str]:
    """Tables and columns that stand neither in the inventory nor among what is not personal."""
    known = {one.name: one.fields.keys() | one.not_personal for one in inventory}
    columns = {(name, column.name) for name, table in tables().items() if name not in NOT_PERSONAL for column in table.columns}
    return {f"{table}.{column}" for table, column in columns if column not in known.get(table, set())}


def test_the_inventory_names_every_table_and_column() -> None:
    assert missing_from(INVENTORY) == set()
    assert {one.name for one in INVENTORY} | NOT_PERSONAL == tables().keys()
    assert not {one.name for one in INVENTORY} & NOT_PERSONAL
    for one in INVENTORY:
        columns = {column.name for column in one.table.c}
        assert one.fields.keys() | one.not_personal == columns, one.name
        assert not one.fields.keys() & one.not_personal
        assert one.entries.keys() <= one.fields.keys()


def test_a_table_or_column_that_nobody_named_is_found() -> None:
    forgotten = Table("forgotten", Base.metadata, Column("id", Integer, primary_key=True), Column("name", String))
    try:
        assert missing_from(INVENTORY) == {"forgotten.id", "forgotten.name"}
    finally:
        Base.metadata.remove(forgotten)
    assert "share.document" in missing_from(tuple(one for one in INVENTORY if one.name != "share"))


def test_what_is_not_handed_out_says_why() -> None:
    fields = [field for one in INVENTORY for field in (*one.fields.values(), *(f for kept in one.entries.values() for f in kept.values()))]
    assert [str(one.purpose) for one in fields if (one.given is Given.IS_SET) is (one.why_not is None)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_privacy_page_is_made_from_the_inventory(seeded_app: Flask, client: FlaskClient, language: str) -> None:
    client.set_cookie("taal", language)
    page = get(client, "/privacy").text("main")
    with seeded_app.test_request_context(headers={"Cookie": f"taal={language}"}):
        wanted = [str(text) for one in INVENTORY for text in (one.title, one.kept, *(field.purpose for field in one.described))]
        wanted += [str(text) for cookie in COOKIES for text in (cookie.name, cookie.purpose, cookie.kept)]
    assert [one for one in wanted if " ".join(one.split()) not in page] == []


def test_every_answer_has_a_name_for_its_owner(seeded_app: Flask) -> None:
    with seeded_app.test_request_context():
        keys = (*Answers().stored(), *Talk().stored(), *(field.name for field in fields(Work)))
        assert [key for key in keys if inner_name(key, Names({})) == key] == []

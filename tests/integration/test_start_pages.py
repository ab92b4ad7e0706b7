"""The start pages of hubs and advisors: whom they let in, and what they show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from catalogue.models import Module, Organisation, new_uid
from catalogue.vocabulary import Status
from tests.accounts import PASSWORD, add_account
from tests.pages import get, post
from web.accounts.models import Account, MemberRole, Membership, Role, RoleName
from web.wiring import Services

LogIn = Callable[..., FlaskClient]


@pytest.fixture
def signed_in(own_seeded_app: Flask) -> LogIn:
    """Makes an account with a role, member of organisations, and a browser in which it is signed in."""
    parts: Services = own_seeded_app.extensions["leerwijzer"]

    def sign_in(role: RoleName, *organisations: str) -> FlaskClient:
        with parts.database.writing() as session:
            found = session.scalars(select(Role).where(Role.name == role)).one_or_none() or Role(name=role)
            account = Account(email=f"{role}@example.org", fs_uniquifier=new_uid(), created_at=datetime.now(UTC), active=True)
            account.roles.append(found)
            owned = session.scalars(select(Organisation).where(Organisation.slug.in_(organisations)))
            account.memberships.extend(Membership(organisation_id=one.id, role=MemberRole.AUTHOR) for one in owned)
            session.add(account)
        client = own_seeded_app.test_client()
        with client.session_transaction() as kept:
            kept["_user_id"], kept["_fresh"] = account.fs_uniquifier, True
        return client

    return sign_in


def test_a_hub_sees_its_own_modules_in_every_status(signed_in: LogIn, own_seeded_app: Flask) -> None:
    parts: Services = own_seeded_app.extensions["leerwijzer"]
    with parts.database.writing() as session:
        drafted = session.scalars(select(Module).join(Module.organisation).where(Organisation.slug == "curio")).first()
        assert drafted is not None
        drafted.status, drafted.updated_at = Status.DRAFT, datetime(2026, 11, 25, tzinfo=UTC)
    page = get(signed_in(RoleName.HUB, "curio"), "/hub")
    rows = [" ".join("".join(row.itertext()).split()) for row in page.all("tbody")[0].iter("tr")]
    assert "concept" in rows[0]
    assert drafted.title in rows[0]
    with parts.database.reading() as session:
        own = set(session.scalars(select(Module.title).join(Module.organisation).where(Organisation.slug == "curio")))
    assert {"".join(link.itertext()) for link in page.all("tbody")[0].iter("a")} <= own
    assert "Aanbieder" not in page.text("thead"), "one provider's name in each row says nothing"


def test_a_hub_without_an_organisation_is_told_so(signed_in: LogIn) -> None:
    assert "hoort nog bij geen organisatie" in get(signed_in(RoleName.HUB), "/hub").text("main")


def test_an_administrator_sees_all_organisations(signed_in: LogIn) -> None:
    page = get(signed_in(RoleName.ADMIN), "/hub")
    assert "Curio" in page.text("main")
    assert "Saxion" in page.text("main")


@pytest.mark.parametrize(("role", "start"), [(RoleName.ADVISOR, "/adviseur"), (RoleName.HUB, "/hub"), (RoleName.LEARNER, "/account")])
def test_who_signs_in_comes_in_at_the_own_work(small_app: Flask, role: RoleName, start: str) -> None:
    client = small_app.test_client()
    values = {"email": add_account(small_app, "iemand@example.org", role.value), "password": PASSWORD, "how": "password"}
    assert post(client, "/inloggen?next=/lijst", **values).location == "/lijst"
    assert post(client, "/inloggen", **values).location == start
    in_header = {link.get("href") for link in get(client, "/").all("header")[0].iter("a")} & {"/adviseur", "/hub", "/account"}
    assert in_header == {start, "/account"}


def test_an_advisor_is_led_to_the_questions(signed_in: LogIn) -> None:
    page = get(signed_in(RoleName.ADVISOR), "/adviseur")
    assert page.all("a", href="/profiel/beroep")


@pytest.mark.parametrize(("role", "path"), [(RoleName.LEARNER, "/hub"), (RoleName.ADVISOR, "/hub"), (RoleName.LEARNER, "/adviseur")])
def test_others_are_refused(signed_in: LogIn, role: RoleName, path: str) -> None:
    assert get(signed_in(role), path, status=403).text("h1")

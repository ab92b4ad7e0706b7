"""What a visitor does with a skills passport, for tests."""

from __future__ import annotations

import io
import json
from typing import Any

from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, stream_encode_multipart

from tests.accounts import parts_of
from tests.badges import assertion, private_key, signed
from tests.pages import Page, get, parsed, post
from web.learner.answers import Answers
from web.learner.profile import learner_profile
from web.passport.model import EvidenceFile

HOME = "/mijn-vaardigheden"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF"


def find(client: FlaskClient, typed: str) -> Page:
    """Looks for a skill; the page with what was found."""
    assert post(client, f"{HOME}/voeg-toe", q=typed, actie="zoek").status_code == 303
    return get(client, f"{HOME}/voeg-toe")


def add(client: FlaskClient, typed: str = "zonnepanelen", level: int = 3) -> tuple[str, str]:
    """Adds the first skill that is found; its id and name."""
    [first, *_others] = [one for one in find(client, typed).all("select") if (one.get("id") or "").startswith("niveau-")]
    name = first.get("name") or ""
    assert post(client, f"{HOME}/voeg-toe", q="", actie="verder", **{name: str(level)}).status_code == 303
    uid = name.removeprefix("niveau-")
    return uid, get(client, HOME).text("label", for_=name)


def upload(client: FlaskClient, path: str, content: bytes, name: str = "bewijs.pdf", **values: str) -> TestResponse:
    return send_file(client, path, get(client, path).value("csrf_token"), content, name, **values)


def send_file(client: FlaskClient, path: str, token: str, content: bytes, name: str, **values: str) -> TestResponse:
    """Sends a form with a file, and leaves no temporary file behind."""
    data: dict[str, Any] = {"csrf_token": token, "file": FileStorage(io.BytesIO(content), name), **values}
    body, _length, boundary = stream_encode_multipart(data, use_tempfile=False)
    return client.post(path, data=body.read(), content_type=f"multipart/form-data; boundary={boundary}")


def certificate(client: FlaskClient, content: bytes = PDF, **values: str) -> str:
    """Brings a certificate; its page."""
    answer = upload(client, f"{HOME}/bewijs", content, **{"title": "Diploma monteur", "kind": "certificate", **values})
    assert answer.status_code == 303, parsed(answer).text("main")
    return answer.location


def badge(client: FlaskClient, values: dict[str, Any] | str | None = None, **more: str) -> str:
    """Brings a badge; its page."""
    content = values if isinstance(values, str) else json.dumps(values or assertion())
    answer = upload(client, f"{HOME}/badge", content.encode(), "badge.json", **more)
    assert answer.status_code == 303, parsed(answer).text("main")
    return answer.location


def confirm(client: FlaskClient, page: str, **levels: str) -> list[str]:
    """Confirms the first offered skill of a badge at level 4; which ids were offered."""
    offered = [one.get("name") or "" for one in get(client, page).all("select")]
    assert offered
    assert post(client, page, **(levels or {offered[0]: "4"})).status_code == 303
    return [name.removeprefix("niveau-") for name in offered]


def held(app: Flask, client: FlaskClient) -> dict[int, tuple[int, str]]:
    """What the matcher gets to know of this visitor: level and source by key."""
    with client.session_transaction() as stored:
        answers = Answers.from_session(stored)
    with app.test_request_context("/"), parts_of(app).database.reading() as session:
        g.pop("own_passport", None)
        return {one.skill_id: (one.level, one.source.value) for one in learner_profile(session, answers).held}


def exported(client: FlaskClient) -> dict[str, Any]:
    answer = client.get(f"{HOME}/vaardigheden.json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="vaardigheden.json"'
    found: dict[str, Any] = answer.get_json()
    return found


def files(app: Flask) -> list[EvidenceFile]:
    with parts_of(app).database.reading() as session:
        return list(session.scalars(select(EvidenceFile)))


def filled(client: FlaskClient) -> None:
    """A passport with every sort of thing in it."""
    uid, _label = add(client, "lassen")
    confirm(client, badge(client, signed(assertion()), key=private_key().pem()))
    post(client, certificate(client, kind="recognised", issuer="School"), bij=uid)
    add(client, "brood bakken", 2)

"""The question for consent on paper, and the link with which a client agreed; on both databases."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.dossiers import ADVISOR, agree, opened, press
from tests.pages import get


@pytest.mark.parametrize(
    ("language", "question", "to_sign"),
    [("nl", "Wat zijn uw rechten?", "Uw handtekening"), ("en", "What are your rights?", "Your signature")],
)
def test_on_paper_the_same_is_asked(app: Flask, maker: FlaskClient, language: str, question: str, to_sign: str) -> None:
    made, client = opened(maker), app.test_client()
    for browser in (maker, client):
        browser.get(f"/taal/{language}")
    assert get(maker, "/adviseur/nieuw").all("a", href="/adviseur/toestemming-op-papier")
    page, asked = get(maker, "/adviseur/toestemming-op-papier"), get(client, made.link)
    assert question in page.text("main")
    assert to_sign in page.text("main")
    lines = [["".join(line.itertext()) for line in one.all("main")[0].iter("li")] for one in (page, asked)]
    assert lines[0] == lines[1] != []


def test_the_link_with_which_a_client_agreed_says_so_until_the_consent_is_withdrawn(app: Flask, maker: FlaskClient) -> None:
    made, client = opened(maker), app.test_client()
    private = agree(client, made.link)
    said = get(client, made.link, status=410).text("main")
    assert "U hebt al ja gezegd. Gebruik de link die u toen kreeg." in said
    assert not any(word in said for word in ("Samira", ADVISOR, "gewist"))
    assert press(client, f"{made.link}/wis").status_code == 410
    assert get(client, private).text("h1").startswith("Uw dossier")
    press(client, f"{private}/trek-in")
    for link in (made.link, "/dossier/nooit-geweest"):
        assert "of het dossier is gewist" in get(client, link, status=410).text("main")

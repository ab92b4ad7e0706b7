"""What is shared by a link, for tests."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from tests.pages import Page, parsed, post


def path_of(address: str) -> str:
    return re.sub(r"^https?://[^/]+", "", address)


def make(client: FlaskClient, address: str = "/delen/lijst", days: str = "14") -> tuple[str, str]:
    """Shares; the paths of the reader's link and of the link that ends it."""
    answer = post(client, address, days=days)
    assert answer.status_code == 200
    page = parsed(answer)
    return path_of(page.all("input", id="link")[0].get("value") or ""), path_of(page.all("input", id="intrekken")[0].get("value") or "")


def shared_text(page: Page) -> str:
    """What the shared document says."""
    return " ".join(" ".join(page.with_class("lw-document")[0].itertext()).split())


def reader(app: Flask) -> FlaskClient:
    """Somebody else."""
    return app.test_client()

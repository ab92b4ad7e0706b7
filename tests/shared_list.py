"""The list that advisor and client share, for tests: both in their browsers."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.dossiers import Made, press
from tests.pages import Page, parsed

Pair = tuple[FlaskClient, FlaskClient, Made]
"""The browser of an advisor, that of a client, and the dossier with the client's own link."""


def keep(client: FlaskClient, address: str, module: str, **values: str) -> Page | None:
    """Sends the form of a module; the page where it could not be kept."""
    answer = press(client, f"{address}/lijst/{module}", **{"verdict": "maybe", "seen": "0"} | values)
    assert answer.status_code in (200, 303)
    return parsed(answer) if answer.status_code == 200 else None


def history(page: Page) -> list[str]:
    """Who changed what, the newest first."""
    lines = [line for log in page.with_class("lw-dossier__log") for line in log]
    return [" ".join("".join("".join(part.itertext()) + " " for part in list(line)[:2]).split()) for line in lines]

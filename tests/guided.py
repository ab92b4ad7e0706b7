"""The questions to a learner, for tests: answered through their pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient

from tests.pages import Page, get, post


def choose_occupation(client: FlaskClient, path: str, name: str) -> str:
    """Types an occupation, chooses the option of that name, and returns where it leads."""
    answer = post(client, path, q=name)
    assert answer.status_code == 303
    page = get(client, answer.location.partition("#")[0])
    options = {}
    for label in page.all("label"):
        if (label.get("for") or "").startswith("choice-"):
            options[" ".join("".join(next(label.iter("span")).itertext()).split())] = label.get("for")
    [radio] = page.all("input", id=options[name] or "")
    answer = post(client, path, q=name, choice=radio.get("value") or "")
    assert answer.status_code == 303
    return str(answer.location)


def levels_on(page: Page) -> dict[str, str]:
    """The levels as the page proposes them."""
    chosen = {}
    for select in page.all("select"):
        [option] = [option for option in select.iter("option") if option.get("selected") is not None]
        chosen[select.get("name") or ""] = option.get("value") or ""
    return chosen


def walk(client: FlaskClient) -> Page:
    """Answers all questions; returns the page of matches."""
    assert choose_occupation(client, "/profiel/beroep", "installatiemonteur") == "/profiel/vaardigheden"
    proposed = levels_on(get(client, "/profiel/vaardigheden"))
    assert len(proposed) > 5
    assert post(client, "/profiel/vaardigheden", **proposed).location == "/profiel/doel"
    assert post(client, "/profiel/doel", kind="occupation").location == "/profiel/doel/beroep"
    assert choose_occupation(client, "/profiel/doel/beroep", "warmtepompinstallateur") == "/profiel/wensen"
    assert post(client, "/profiel/wensen", budget_eur="1500", hours_per_week="8", near="4811", max_km="60").location == "/profiel/controle"
    check = get(client, "/profiel/controle").text("dl")
    for needed in ("installatiemonteur", "warmtepompinstallateur", "hoogstens € 1.500", "binnen 60 km van 4811"):
        assert needed in check
    return get(client, "/matches")


def want(client: FlaskClient, uids: Mapping[str, str], now: str, goal: str, **wishes: str) -> FlaskClient:
    """The browser of somebody who has one occupation and wants another."""
    post(client, "/profiel/beroep", q="", choice=uids[now])
    post(client, "/profiel/doel", kind="occupation")
    post(client, "/profiel/doel/beroep", q="", choice=uids[goal])
    if wishes:
        post(client, "/profiel/wensen", **wishes)
    return client


def concept(client: FlaskClient, kind: str, label: str) -> dict[str, Any]:
    """A skill or occupation of this name, as the API gives it."""
    items = client.get(f"/api/v1/{kind}", query_string={"q": label}).get_json()["items"]
    found: dict[str, Any] = next(item for item in items if item["label"] == label)
    return found

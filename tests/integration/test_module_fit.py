"""The page of a module for who has a goal: whether it fits, and else what one small change would do."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from tests.page_table import MODULE
from tests.pages import get, post


def slug_of_match(client: FlaskClient, place: int = 0) -> str:
    links = [link.get("href") or "" for card in get(client, "/matches").with_class("lw-match") for link in next(card.iter("h3")).iter("a")]
    return links[place]


def fit(client: FlaskClient, path: str) -> str:
    """What the page says about this learner; "" where it says nothing."""
    return " ".join(" ".join(" ".join(note.itertext()).split()) for note in get(client, path).with_class("lw-module__fit"))


def test_who_has_no_goal_reads_nothing_about_it(client: FlaskClient) -> None:
    assert fit(client, f"/modules/{MODULE}") == ""
    assert "Set-Cookie" not in client.get(f"/modules/{MODULE}").headers


def test_a_match_says_how_much_one_learns_for_the_goal(learner: FlaskClient) -> None:
    path = slug_of_match(learner)
    [card] = [card for card in get(learner, "/matches").with_class("lw-match") if any(link.get("href") == path for link in card.iter("a"))]
    closes = [item for group in card.iter("ul") if group.get("class") == "lw-closes" for item in group]
    found = re.search(r"U leert er (\d+) vaardighe", fit(learner, path))
    assert found
    assert int(found[1]) == len(closes)


def test_what_is_just_too_dear_says_how_much_more_it_takes(learner: FlaskClient) -> None:
    dear = [slug_of_match(learner, place) for place in range(6)]
    before = {path: fit(learner, path) for path in dear}
    assert all("past bij uw doel en uw wensen" in said for said in before.values())
    post(learner, "/profiel/wensen", budget_eur="300")
    after = {path: fit(learner, path) for path in dear}
    changed = {path: said for path, said in after.items() if "kleine verandering" in said}
    assert changed
    for path, said in changed.items():
        more = re.search(r"met € ([\d.]+) meer", said.replace("\xa0", " "))
        assert more, said
        post(learner, "/profiel/wensen", budget_eur=str(300 + int(more[1].replace(".", ""))))
        assert "past bij uw doel en uw wensen" in fit(learner, path)
        post(learner, "/profiel/wensen", budget_eur=str(300 + int(more[1].replace(".", "")) - 1))
        assert "past bij uw doel en uw wensen" not in fit(learner, path)


def test_of_several_editions_the_one_of_the_match_is_marked(learner: FlaskClient) -> None:
    cards = get(learner, "/matches").with_class("lw-match")[:4]
    marked = 0
    for place, card in enumerate(cards):
        page = get(learner, slug_of_match(learner, place))
        rows = [" ".join("".join(row.itertext()).split()) for row in page.all("tr") if row.find("th") is not None][1:]
        said = [row for row in rows if "past het best bij u" in row]
        told = " ".join(" ".join(card.itertext()).split())
        assert len(said) == (len(rows) > 1)
        assert all(f"start: {row.partition(' past het best')[0].casefold()} " in told.casefold() for row in said), (told, said)
        marked += len(said)
    assert marked

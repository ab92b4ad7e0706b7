"""More time for an advisor, another text for a note, and a warning for an advisor who leaves; on both databases."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.accounts import letters_to
from tests.dossiers import CLIENT_EMAIL, Made, advisor, agree, entries, fill, hand_over, numbers_in, opened, press
from tests.pages import get, parsed, post
from tests.shared_list import Pair

LATER, SHOWN = "2028-06-01", "1 juni 2028"


@pytest.mark.parametrize(("answer", "is_longer"), [("ja", True), ("nee", False)])
def test_a_client_answers_to_more_time(app: Flask, pair: Pair, answer: str, is_longer: bool) -> None:
    maker, client, made = pair
    assert post(maker, f"{made.page}/langer", until=LATER, how="online").location == made.page
    assert "Uw klant zei nog niets" in get(maker, made.page).text("main")
    asked = get(client, made.link).text("main")
    assert asked.index(SHOWN) < asked.index("Dit is alles wat uw adviseur van u ziet.")
    assert "1 november 2027" in asked  # until the client answers, nothing changes
    press(client, f"{made.link}/langer", antwoord=answer)
    for browser, address in ((maker, made.page), (client, made.link)):
        page = get(browser, address).text("main")
        assert (SHOWN in page) is is_longer
        assert ("1 november 2027" in page) is not is_longer
    assert ("asked-longer", "consent") in entries(app, made)
    assert ("agreed-longer" if is_longer else "refused-longer", "consent") in entries(app, made)
    before = len([one for one in entries(app, made) if one[0] != "read"])
    press(client, f"{made.link}/langer", antwoord="ja")  # nothing is asked any more
    assert len([one for one in entries(app, made) if one[0] != "read"]) == before


def test_on_paper_it_counts_at_once_and_the_client_hears_it(app: Flask) -> None:
    maker = advisor(app)
    made = opened(maker, client_email=CLIENT_EMAIL)
    agree(app.test_client(), made.link)
    assert post(maker, f"{made.page}/langer", until=LATER, how="paper").status_code == 303
    page = get(maker, made.page).text("main")
    assert SHOWN in page
    assert "op papier" in page
    assert any("blijft daarom langer open" in letter.get_content() for letter in letters_to(app, CLIENT_EMAIL))
    for until in ("2027-01-01", LATER, "2029-06-01", ""):
        answer = post(maker, f"{made.page}/langer", until=until, how="paper")
        assert answer.status_code == 200, until
        assert parsed(answer).title.startswith("Fout:")


def test_who_stopped_is_asked_nothing_more(app: Flask, pair: Pair) -> None:
    maker, client, made = pair
    post(maker, f"{made.page}/langer", until=LATER, how="online")
    press(client, f"{made.link}/trek-in")
    assert press(client, f"{made.link}/langer", antwoord="ja").location == made.link
    assert maker.get(made.page).status_code == 410
    assert SHOWN not in get(client, made.link).text("main")


def test_a_note_is_changed_by_its_own_advisor(app: Flask, pair: Pair) -> None:
    maker, client, made = pair
    fill(maker, made.page)
    note, _task = numbers_in(app, made)
    path = f"{made.page}/notities/{note}"
    assert get(maker, path).text("textarea", name="text") == "Gesprek over lassen"
    assert post(maker, path, day="2026-11-19", text="Gesprek over solderen").status_code == 303
    page = get(client, made.link).text("main")
    assert "Gesprek over solderen" in page
    assert "19 november 2026" in page
    assert "Gesprek over lassen" not in page
    assert ("changed-note", "note") in entries(app, made)
    other = opened(maker, how="paper")
    get(maker, f"{other.page}/notities/{note}", status=404)
    get(maker, f"{made.page}/notities/{note + 1}", status=404)


def test_an_advisor_who_leaves_is_warned_as_long_as_there_are_dossiers(app: Flask, pair: Pair) -> None:
    maker, client, made = pair
    colleague = advisor(app, "collega@example.org")
    for number, browser in ((1, maker), (0, colleague)):
        assert ("U hebt nog 1 dossier" in get(browser, "/account/wissen").text("main")) is bool(number)
    hand_over(maker, made.page, "collega@example.org")
    assert "U hebt nog" not in get(maker, "/account/wissen").text("main")
    assert "U hebt nog 1 dossier" in get(colleague, "/account/wissen").text("main")
    press(client, f"{made.link}/trek-in")
    assert "U hebt nog" not in get(colleague, "/account/wissen").text("main")
    assert Made(made.page, made.link).uid == made.uid

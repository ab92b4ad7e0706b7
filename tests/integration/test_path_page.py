"""The page of a path: in order, with dates that fit, alternatives beside each other, and what is out of reach."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.guided import want
from tests.pages import Page, get, post
from web.learner import path_cards


def words(page: Page, name: str) -> list[str]:
    """The text of each element of a class, on one line."""
    return [" ".join("".join(element.itertext()).split()) for element in page.with_class(name)]


def ways(page: Page) -> dict[str, dict[str, str]]:
    """The alternatives: what each says, by its name."""
    found = {}
    for one in page.with_class("lw-ways__one"):
        facts = {"".join(row[0].itertext()): "".join(row[1].itertext()) for row in one.iter("div")}
        found["".join(next(one.iter("h3")).itertext())] = facts
    return found


def test_the_matches_lead_to_a_path_and_back(learner: FlaskClient) -> None:
    [link] = [link for link in get(learner, "/matches").all("a") if link.get("href") == "/leerroute"]
    assert "leerroute" in "".join(link.itertext())
    page = get(learner, "/leerroute")
    assert page.title.startswith("Mijn leerroute")
    assert page.all("a", href="/matches")


def test_the_line_and_the_table_tell_the_same(learner: FlaskClient) -> None:
    page = get(learner, "/leerroute?deel=60")
    stops = page.with_class("lw-way")[0].findall("li")[:-1]
    rows = [row for row in page.all("tr") if row.find("th") is not None and row.find("th").get("scope") == "row"]  # type: ignore[union-attr]
    assert len(stops) > 1
    assert len(rows) == len(stops) + 1
    for stop, row in zip(stops, rows, strict=False):
        cells = ["".join(cell.itertext()) for cell in row]
        told = " ".join("".join(stop.itertext()).split())
        assert cells[0] in told
        assert f"{cells[1]} tot {cells[2]}" in told
    hours = [float(re.sub(r"[^\d,]", "", "".join(row[3].itertext()).partition("(")[0]).replace(",", ".")) for row in rows]
    assert sum(hours[:-1]) == pytest.approx(hours[-1])
    assert len(page.with_class("lw-way__part")) == len(stops)
    assert re.search(rf"Met {len(stops)} modules leert u \d+ % van wat u nog mist", page.text("main"))


ALSO = {
    "Snelste route": "Dit is ook de snelste route.",
    "Minste uren": "Dit is ook de route met de minste uren.",
    "Minste reizen": "Dit is ook de route met de minste reizen.",
}


def test_the_ways_stand_side_by_side_and_each_can_be_seen(learner: FlaskClient) -> None:
    page = get(learner, "/leerroute?deel=60")
    assert next(iter(ways(page))) == page.text("h2", id="route") == "Goedkoopste route"
    links = [link.get("href", "") for one in page.with_class("lw-ways__one") for link in one.iter("a")]
    assert len(links) == len(ways(page)) - 1 > 0
    assert [get(learner, link.partition("#")[0]).text("h2", id="route") for link in links] == list(ways(page))[1:]
    for name in ("Snelste route", "Minste uren"):
        assert (name in ways(page)) == (ALSO[name] not in page.text("main"))
    post(learner, "/profiel/wensen", near="5211")
    page = get(learner, "/leerroute?deel=60")
    assert "Minste uren" not in ways(page)
    assert ("Minste reizen" in ways(page)) == (ALSO["Minste reizen"] not in page.text("main"))


def test_equal_paths_stand_there_once(client: FlaskClient, uids: dict[str, str]) -> None:
    post(client, "/profiel/beroep", q="", choice=uids["CNC-verspaner"])
    post(client, "/profiel/doel", kind="text")
    post(client, "/profiel/doel/eigen-woorden", text="iets met batterijen")
    post(client, "/profiel/wensen", budget_eur="1500", near="Eindhoven")
    page = get(client, "/leerroute")
    assert list(ways(page)) == ["Goedkoopste route", "Snelste route"]
    assert page.text("main").count("Dit is ook de route met de minste reizen.") == 1
    least = get(client, "/leerroute?doel=reizen")
    assert list(ways(least)) == ["Minste reizen", "Snelste route"]
    assert least.text("main").count("Dit is ook de goedkoopste route.") == 1


def test_less_of_the_goal_takes_no_more_modules(learner: FlaskClient) -> None:
    prices = [
        float(re.sub(r"\D", "", ways(get(learner, f"/leerroute?deel={share}&gericht=n"))["Goedkoopste route"]["Prijs"]))
        for share in ("60", "100")
    ]
    assert prices[0] < prices[1]


def test_out_of_reach_says_what_would_help(learner: FlaskClient) -> None:
    page = get(learner, "/leerroute?deel=60&budget=200")
    assert "Wij zochten een route voor 60 % van wat u nog mist. Die is er niet binnen uw wensen." in page.text("main")
    assert re.search(r"Met € \d[\d.]* meer leert u (6|7|8|9)\d % van wat u nog mist", page.text("main"))
    assert page.value("budget") == "200"
    assert page.with_class("lw-note")[0].find(".//a[@href='/wie-betaalt-mee']") is not None
    assert "Dat lukt niet" not in get(learner, "/leerroute?deel=60").text("main")


def test_who_would_only_get_somewhere_beside_the_goal_first_reads_what_would_help(learner: FlaskClient) -> None:
    page = get(learner, "/leerroute?deel=60&budget=100")
    told = page.text("main")
    assert "Wij vonden binnen deze wensen geen route die vooral over uw doel gaat." in told
    assert told.index("meer leert u 61 %") < told.index("Deze module gaat vooral over iets anders dan uw doel.")
    assert page.text("h2", id="route") == "Wat nu wel kan"


def test_a_path_that_closes_little_is_no_cheapest_route(learner: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(path_cards, "LITTLE", 0.5)
    page = get(learner, "/leerroute?deel=60&budget=0")
    told = page.text("main")
    assert "Wij vonden binnen deze wensen geen route die veel van het gat sluit." in told
    assert page.text("h2", id="route") == "Wat nu wel kan"
    assert "nagerekend" not in told
    assert told.index("binnen deze wensen") < told.index("Wat nu wel kan")
    assert re.search(r"Met € \d[\d.]* meer leert u", told)


def test_odd_choices_are_no_error(learner: FlaskClient) -> None:
    for query in ("doel=x&deel=x&budget=x", "doel=reizen&deel=-1&budget=-5", "deel=60&deel=80", "budget=" + "9" * 400):
        assert get(learner, f"/leerroute?{query}").text("h1") == "Mijn leerroute"


def test_without_a_goal_it_is_asked(client: FlaskClient) -> None:
    assert client.get("/leerroute").location == "/profiel/doel"


def test_it_reads_in_english(learner: FlaskClient) -> None:
    learner.set_cookie("taal", "en")
    page = get(learner, "/leerroute?deel=60")
    assert page.text("h1") == "My learning path"
    assert "Cheapest path" in ways(page)


def test_a_page_without_a_route_says_that_hours_a_week_are_strict_here(learner: FlaskClient) -> None:
    post(learner, "/profiel/wensen", hours_per_week="1", budget_eur="1")
    page = get(learner, "/leerroute").text("main")
    assert "Binnen uw wensen past geen module in een route." in page
    assert "In een route mag een module niet meer uren per week vragen dan u hebt." in page


BESIDE = "Deze module gaat vooral over iets anders dan uw doel."


def test_what_is_beside_a_goal_out_of_reach_is_left_out_until_one_asks_for_it(client: FlaskClient, uids: dict[str, str]) -> None:
    want(client, uids, "verpleegkundige", "data-analist", hours_per_week="8")
    ours, without, with_all = (get(client, f"/leerroute{chosen}") for chosen in ("", "?gericht=y", "?gericht=n"))
    told = ours.text("main")
    assert BESIDE not in told
    assert re.search(r"Wij lieten modules weg die vooral over iets anders gaan. Met die modules leert u \d+ %", told)
    assert "Die is er niet" not in told
    assert "nagerekend" not in told
    assert ours.all("input", id="gericht", checked="")
    assert all("gericht" not in (link.get("href") or "") for one in ours.with_class("lw-ways__one") for link in one.iter("a"))
    assert words(without, "lw-way") == words(ours, "lw-way")
    assert "Wij lieten modules weg" not in without.text("main")
    beside = with_all.text("main").count(BESIDE)
    assert beside > 0
    assert f"{beside} module" in with_all.text("main")
    assert "Kies dan hierboven: ‘Alleen modules die vooral over uw doel gaan’." in with_all.text("main")
    assert not with_all.all("input", id="gericht", checked="")
    assert all("gericht=n" in (link.get("href") or "") for one in with_all.with_class("lw-ways__one") for link in one.iter("a"))


def test_a_box_that_is_emptied_stays_empty(client: FlaskClient, uids: dict[str, str]) -> None:
    want(client, uids, "verpleegkundige", "data-analist", hours_per_week="8")
    [hidden] = get(client, "/leerroute").all("input", type="hidden", name="gericht")
    assert hidden.get("value") == "n"
    assert get(client, "/leerroute?gericht=y&gericht=n").all("input", id="gericht", checked="")
    assert not get(client, "/leerroute?gericht=n").all("input", id="gericht", checked="")


@pytest.mark.parametrize("hours", ["8", ""])
def test_who_changes_something_else_still_leaves_it_to_us(client: FlaskClient, uids: dict[str, str], hours: str) -> None:
    want(client, uids, "verpleegkundige", "data-analist", hours_per_week=hours)
    first = get(client, "/leerroute")
    sent = [one.get("value") for one in first.all("input", name="gericht") if one.get("type") == "hidden" or one.get("checked") is not None]
    again = get(client, "/leerroute?" + "&".join(f"gericht={value}" for value in sent))
    assert words(again, "lw-way") == words(first, "lw-way")
    assert ("Wij lieten modules weg" in again.text("main")) == ("Wij lieten modules weg" in first.text("main")) == bool(hours)


TIGHT = {"budget_eur": "0", "hours_per_week": "6", "near": "Tilburg", "max_km": "30"}
SEVERAL = "Wij vonden geen wens die helpt, en geen twee die samen helpen."
NONE = "Er zijn nu niet genoeg modules. Meer geld of tijd helpt niet."


@pytest.mark.parametrize("budget_eur", ["0", "500"])
def test_two_wishes_that_help_together_are_named_also_where_modules_were_left_out(
    client: FlaskClient, uids: dict[str, str], budget_eur: str
) -> None:
    want(client, uids, "loodgieter", "werkvoorbereider installatietechniek", **(TIGHT | {"budget_eur": budget_eur}))
    page = get(client, "/leerroute")
    assert re.search(r"Met € [\d.]+ meer per module en \d+ uur per week meer leert u \d\d % van wat u nog mist\.", page.text("main"))
    assert SEVERAL not in page.text("main")
    assert NONE not in page.text("main")
    assert "Die is het goedkoopst en ook het snelst" not in page.text("main")
    assert page.all("a", href="/profiel/wat-als")


def take(page: Page, client: FlaskClient, button: str) -> Page:
    """Presses the first button of this name in the form of the path, and follows."""
    fields = {field.get("name", ""): field.get("value", "") for field in page.all("form", id="verruim")[0].iter("input")}
    pressed = next(one for one in page.all("button", name="wens") if "".join(one.itertext()).startswith(button))
    answer = client.post("/leerroute", data={**fields, "wens": pressed.get("value", "")})
    return get(client, answer.headers["Location"])


def learned(text: str) -> int:
    """The first share that a text says one learns."""
    found = re.search(r"leert u (\d+) % van wat u nog mist", text)
    return int(found[1]) if found else 0


@pytest.mark.parametrize(
    ("now", "goal", "wishes"),
    [
        ("verpleegkundige", "data-analist", {"hours_per_week": "4", "finish_by": "2027-06-01"}),
        (
            "loodgieter",
            "werkvoorbereider installatietechniek",
            {"budget_eur": "0", "hours_per_week": "6", "near": "Tilburg", "max_km": "30"},
        ),
    ],
    ids=["hours", "money and hours together"],
)
def test_what_a_path_says_would_help_is_one_button_that_can_be_undone(
    client: FlaskClient, uids: dict[str, str], now: str, goal: str, wishes: dict[str, str]
) -> None:
    want(client, uids, now, goal, **wishes)
    before = get(client, "/leerroute?deel=60")
    promised = words(before, "lw-note")[0]
    after = take(before, client, "Toon die route")
    assert "Dit is de route met andere wensen:" in after.text("main")
    assert (
        learned(after.text("section", aria_labelledby="route"))
        >= learned(promised)
        > learned(before.text("section", aria_labelledby="route"))
    )
    assert after.value("deel") == "60"
    undone = take(after, client, "Zet mijn wensen terug")
    assert words(undone, "lw-way") == words(before, "lw-way")
    assert {name: get(client, "/profiel/wensen").value(name) for name in wishes} == wishes


def test_a_budget_for_the_whole_path_gives_way_in_its_own_field(learner: FlaskClient) -> None:
    before = get(learner, "/leerroute?deel=60&budget=200")
    after = take(before, learner, "Toon die route")
    assert int(after.value("budget")) > 200
    assert "De hele route mag €" in after.text("main")
    assert learned(after.text("section", aria_labelledby="route")) >= 60
    assert take(after, learner, "Zet mijn wensen terug").value("budget") == "200"


def test_a_change_that_makes_no_sense_changes_nothing(learner: FlaskClient) -> None:
    for code in ("", "x", "hours_per_week=veel", "route_eur=veel", "levels=x;route_eur="):
        answer = post(learner, "/leerroute", wens=code)
        page = get(learner, answer.headers["Location"])
        assert "Dit is de route met andere wensen" not in page.text("main")
    assert "andere wensen:" not in get(learner, "/leerroute?terug=route_eur=x").text("main")

"""Which part of a text about oneself is a wish."""

from __future__ import annotations

import pytest

from matching.wished import is_of_oneself, told, wished

STORIES = [
    (
        (
            "Ik werk al 12 jaar als installateur en onderhoud cv-ketels. Mijn knie wil niet meer. Ik wil leren over warmtepompen en "
            "zonnepanelen, en misschien later leiding geven. Mijn broer heeft een garage."
        ),
        "Ik wil leren over warmtepompen en zonnepanelen, en misschien later leiding geven",
    ),
    ("Ik ben kapster en wil graag kraamverzorgende worden.", "en wil graag kraamverzorgende worden"),
    (
        "Mijn moeder is verpleegkundige en mijn vader boer. Zelf wil ik leren programmeren in Python.",
        "Zelf wil ik leren programmeren in Python",
    ),
    (
        "Ik droom van de techniek. Elektriciteit vind ik leuk. Mijn zoon zit op voetbal.",
        "Ik droom van de techniek. Elektriciteit vind ik leuk",
    ),
    ("Mijn rug is op. Ik wil iets anders.\nMet dieren, of buiten in het groen.", "Ik wil iets anders.\nMet dieren, of buiten in het groen"),
    ("Ik werkte in de bouw. Ik wil leren:\n- lassen\n- solderen", "Ik wil leren:\n- lassen\n- solderen"),
    (
        "Ik was kok, omdat mijn oom een restaurant had. Nu zoek ik iets op kantoor: plannen, of Excel.",
        "Nu zoek ik iets op kantoor: plannen, of Excel",
    ),
    ("12 jaar kok geweest. Warmtepompen.", "Warmtepompen"),
    ("Ik ben loodgieter. Ik wil minder zwaar werk. Liefst plannen.", "Ik wil . Liefst plannen"),
    ("Ik zoek lichter werk", "Ik zoek "),
    ("I want a lighter job with plants", "I want a  with plants"),
    ("I was a baker. My husband wants to become a nurse. I'd like to grow vegetables, not bake bread.", "I'd like to grow vegetables"),
    ("I drove a truck for years, but I want to repair computers now.", "but I want to repair computers now"),
    ("Ik wil niet meer lassen maar solderen", "maar solderen"),
    ("Ik wil lassen leren, maar heb geen diploma.", "Ik wil lassen leren"),
    ("Zonnepanelen, dat lijkt me leuk", "Zonnepanelen, dat lijkt me leuk"),
    ("Rekenen. Dat wil ik beter leren. Ik woon in Breda.", "Rekenen. Dat wil ik beter leren"),
    ("Iets met accu's, ik sleutel graag aan brommers", "Iets met accu's, ik sleutel graag aan brommers"),
    (
        "Mijn ploeg moet worden omgeschoold in warmtepompen, zelf wil ik leren coachen",
        "Mijn ploeg moet worden omgeschoold in warmtepompen, zelf wil ik leren coachen",
    ),
]
WHOLE = [
    "Ik wil minder ammoniak uit mijn stal, de bodem onder mijn gras verbeteren en mijn zuivel zelf aan huis verkopen.",
    "mijn huis isoleren zonder gas",
    "Ik wil veiliger werken op hoogte",
    "Mijn droom is een eigen kapsalon.",
    "Ik wil o.a. lassen en bijv. frezen leren",
    "Ik wil niet alleen lassen maar ook solderen",
    "Ik kan niet goed lezen",
    "Ik werk in de zorg.",
    "I want to understand how wind turbines work",
    "Node.js, C++ en SQL",
    "Excel",
    "",
]


@pytest.mark.parametrize(("story", "wish"), STORIES)
def test_what_is_told_of_the_past_and_of_others_is_no_wish(story: str, wish: str) -> None:
    assert wished(story) == wish


@pytest.mark.parametrize("text", WHOLE)
def test_a_text_that_only_wishes_or_only_tells_stays_whole(text: str) -> None:
    assert wished(text) == text


LEAVING = [
    ("Ik wil minder tillen, meer met computers", "tillen", "computers"),
    ("ander werk zonder zwaar sjouwen", "sjouwen", "werk"),
    ("Ik wil tekenen in plaats van lassen", "lassen", "tekenen"),
    ("Ik wil weg uit de zorg en iets met planten doen", "zorg", "planten"),
    ("iets anders dan schilderen", "schilderen", "iets"),
    ("stoppen met schoonmaken, liever op kantoor", "schoonmaken", "kantoor"),
    ("mijn ploeg moet omgeschoold van gasketels naar warmtepompen", "gasketels", "warmtepompen"),
    ("van gasketels naar warmtepompen, zelf wil ik leren coachen", "gasketels", "warmtepompen"),
    ("I want to move from truck driving to office work", "truck", "office"),
]


@pytest.mark.parametrize(("text", "left", "kept"), LEAVING)
def test_what_somebody_wants_to_leave_is_no_wish(text: str, left: str, kept: str) -> None:
    assert left not in wished(text)
    assert kept in wished(text)


@pytest.mark.parametrize("text", [text for text, _ in STORIES] + [text for text, _, _ in LEAVING] + WHOLE)
def test_nothing_more_is_taken_from_a_wish(text: str) -> None:
    assert wished(wished(text)) == wished(text)


@pytest.mark.parametrize("text", ["geen idee", "Ik wil niet meer lassen.", "I do not want to drive any more"])
def test_of_what_is_only_denied_nothing_is_left(text: str) -> None:
    assert wished(text) == ""


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("ik ben loodgieter en wil minder zwaar werk", "ik ben loodgieter"),
        ("Ik werk al 12 jaar als installateur. Mijn broer is kok. Ik wil iets met dieren.", "Ik werk al 12 jaar als installateur"),
        ("I am a plumber and I want to weld", "I am a plumber"),
        ("ik wil kok worden", ""),
        ("warmtepompen", ""),
    ],
)
def test_what_somebody_does_is_told_apart_from_the_wish_and_from_others(text: str, work: str) -> None:
    assert told(text) == work


@pytest.mark.parametrize(
    ("text", "is_story"),
    [
        ("ik ben loodgieter en wil minder zwaar werk", True),
        ("wil graag kok worden", True),
        ("I want to work with animals", True),
        ("mijn eerste website", False),
        ("excel in de avond onder 500 euro", False),
        ("", False),
    ],
)
def test_who_speaks_of_oneself_names_no_subject(text: str, is_story: bool) -> None:
    assert is_of_oneself(text) is is_story

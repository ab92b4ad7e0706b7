"""Which skills the editor of a module offers, and what comes of a tick."""

from __future__ import annotations

from flask import Flask

from tests.editing import made, member, send, stored
from tests.pages import Page, get


def chosen_level(page: Page, uid: str) -> str:
    """The level that is chosen for a skill of the module."""
    [field] = page.all("select", name=f"niveau-{uid}")
    return next(option.get("value", "") for option in field if "selected" in option.attrib)


DOCTOR = """Instappen als doktersassistent

U werkt achter de balie van de huisarts.

Leerdoelen
- U ontvangt patiënten en plant het spreekuur
- U verwerkt recepten en verwijzingen
"""


def test_skills_that_such_modules_often_teach_are_offered_below_those_in_the_text(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    address = f"{made(client, DOCTOR)}/vaardigheden"
    page = get(client, address)
    read, likely = page.all("fieldset")
    assert "in uw tekst: " in " ".join(read.itertext())
    assert "in uw tekst: " not in " ".join(likely.itertext())
    assert not [box for box in page.all("input", name="neem") if "checked" in box.attrib]
    likeliest = next(likely.iter("label"))
    uid = likeliest.get("for", "").removeprefix("neem-")
    assert likeliest.text == "verpleegtechnische handelingen uitvoeren"
    send(client, address, address, neem=[uid], **{f"stand-{uid}": "2"})
    own = get(client, address)
    assert chosen_level(own, uid) == "2"
    assert uid not in {box.get("value") for box in own.all("input", name="neem")}


def test_a_module_that_is_only_a_title_is_offered_nothing_but_what_the_title_says(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    address = f"{made(client, '', title='Instappen als doktersassistent')}/vaardigheden"
    assert "Dit leert men vaak" not in get(client, address).text("main")


def test_what_the_text_about_entry_tells_is_offered_as_what_one_has_to_know(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    address = f"{made(client)}/instap"
    [label] = [one for one in get(client, address).all("label") if one.text == "technische tekeningen lezen"]
    uid = label.get("for", "").removeprefix("neem-")
    entry_text = stored(own_seeded_app, address.removesuffix("/instap")).entry_text
    send(client, address, address, neem=[uid], entry_text=entry_text, **{f"stand-{uid}": "3"})
    assert chosen_level(get(client, address), uid) == "3"

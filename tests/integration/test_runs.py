"""Runs in the editor: those that are over, and changes that nobody sees yet."""

from __future__ import annotations

from flask import Flask

from tests.editing import made, member, publish, step
from tests.pages import get, post


def test_a_run_that_is_over_is_marked_and_its_price_is_not_told(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    address = made(client)
    online = {"format": "online", "price": "bedrag"}
    post(client, f"{address}/uitvoeringen/nieuw", start="fixed", on="15 maart 2020", price_eur="300", **online)
    assert "Elke start is voorbij." in get(client, address).text("main")
    post(client, f"{address}/uitvoeringen/nieuw", start="agreed", price_eur="1.250", **online)
    runs = get(client, f"{address}/uitvoeringen").text("main")
    assert runs.count("voorbij") == 1
    assert "op eigen tijd" in runs
    facts = get(client, f"{address}/voorbeeld").text("aside")
    assert "€ 1.250" in facts.replace("\xa0", " ")
    assert "300" not in facts


def test_who_changes_what_is_online_reads_that_nobody_sees_it_yet(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    address = made(client)
    run = {"start": "direct", "format": "online", "price": "gratis"}
    post(client, f"{address}/uitvoeringen/nieuw", **run)
    later = "Anderen zien dit pas als u de nieuwe versie online zet."
    assert later not in get(client, address).text("body")
    publish(client, address)
    post(client, f"{address}/uitvoeringen/0", **run)
    assert later not in get(client, address).text("body"), "nothing changed"
    post(client, f"{address}/uitvoeringen/0", **run | {"price": "bedrag", "price_eur": "20"})
    page = get(client, address)
    assert later in page.text("body")
    told = page.text("details").replace("\xa0", " ")
    assert "direct, op elk moment, online, gratis" in told
    assert "direct, op elk moment, online, € 20" in told
    step(client, address, "published")
    assert "Bekijk wat er verandert" not in get(client, address).text("main")

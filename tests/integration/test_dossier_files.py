"""Files in a dossier, through its pages: both bring and fetch, what they may be, how many, and that they go; on both databases."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import func, select

from matching.passports.exchange import MOST_FILE_BYTES as MOST_PASSPORT_BYTES
from tests.accounts import parts_of
from tests.dossiers import bring, entries, opened, press
from tests.pages import get, parsed
from tests.shared_list import Pair
from web.advisor.guidance_model import Attachment
from web.advisor.together.files import MOST_FILES
from web.passport.files import MOST_FILE_BYTES
from web.security.uploads import BESIDE_THE_FILE_BYTES

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 3_000


def test_both_bring_files_and_both_fetch_them(app: Flask, pair: Pair) -> None:
    maker, client, made = pair
    assert bring(client, made.link).location == f"{made.link}/bestanden"
    assert bring(maker, made.page, PNG, "foto.html").status_code == 303
    seen, own = get(maker, f"{made.page}/bestanden"), get(client, f"{made.link}/bestanden")
    assert "3 kB · U," in seen.text("main")
    assert "1 kB · Samira," in seen.text("main")
    assert "1 kB · U," in own.text("main")
    assert [link.text for link in own.all("a", download="")] == ["foto.html.png", "Brief van de baas.pdf"]
    links = [link.get("href", "") for link in own.all("a") if "/bestanden/" in (link.get("href") or "")]
    newest, oldest = (client.get(link) for link in links)
    assert (newest.data, newest.content_type) == (PNG, "image/png")
    assert (oldest.data, oldest.content_type) == (b"%PDF-1.7 een brief", "application/pdf")
    for answer in (newest, oldest):
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
    done = [action for action, part in entries(app, made) if part == "files"]
    assert done.count("added-file") == 2
    assert done.count("fetched-file") == 2


def test_only_what_can_be_looked_at_comes_in(app: Flask, pair: Pair) -> None:
    maker, _client, made = pair
    for content, problem in (
        (b"", "Kies een bestand"),
        (b"<html>", "geen PDF, PNG of JPEG"),
        (b"%PDF-" + b"x" * MOST_FILE_BYTES, "te groot"),
    ):
        page = parsed(bring(maker, made.page, content, "brief.pdf"))
        assert problem in page.text("main")
        assert page.title.startswith("Fout:")
    answer = bring(maker, made.page, b"%PDF-" + b"x" * (MOST_PASSPORT_BYTES + BESIDE_THE_FILE_BYTES))
    assert answer.status_code == 413
    assert "te groot" in parsed(answer).text("h1")
    assert "nog geen bestand" in get(maker, f"{made.page}/bestanden").text("main")
    with parts_of(app).database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Attachment)) == 0


def test_there_is_an_end_to_it_and_files_go(app: Flask, pair: Pair) -> None:
    maker, client, made = pair
    for number in range(MOST_FILES):
        with parts_of(app).database.writing() as session:  # each by its page would meet the limit on attempts
            dossier_id = session.scalar(select(Attachment.dossier_id)) or 1
            values = {"media_type": "image/png", "content": PNG, "added_at": parts_of(app).now(), "actor": "client"}
            session.add(Attachment(dossier_id=dossier_id, name=f"{number}.png", **values))
    assert "passen niet meer bestanden" in get(maker, f"{made.page}/bestanden").text("main")
    assert bring(maker, made.page).status_code == 303
    with parts_of(app).database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Attachment)) == MOST_FILES
        uid = session.scalar(select(Attachment.uid).order_by(Attachment.id.desc()))
    press(client, f"{made.link}/bestanden/{uid}/wis")
    get(maker, f"{made.page}/bestanden/{uid}", status=404)
    assert ("removed-file", "files") in entries(app, made)
    press(client, f"{made.link}/wis")
    with parts_of(app).database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Attachment)) == 0


def test_a_file_of_another_dossier_is_not_there(app: Flask, pair: Pair) -> None:
    maker, client, made = pair
    other = opened(maker, how="paper")
    bring(maker, other.page)
    with parts_of(app).database.reading() as session:
        uid = session.scalar(select(Attachment.uid))
    for browser, address in ((maker, made.page), (client, made.link)):
        get(browser, f"{address}/bestanden/{uid}", status=404)
        press(browser, f"{address}/bestanden/{uid}/wis")
    assert maker.get(f"{other.page}/bestanden/{uid}").status_code == 200


def test_files_of_a_closed_dossier_stay_as_they_are(app: Flask, pair: Pair) -> None:
    maker, client, made = pair
    bring(maker, made.page)
    press(maker, f"{made.page}/stand", naar="closed")
    for browser, address in ((maker, made.page), (client, made.link)):
        page = get(browser, f"{address}/bestanden")
        assert "Brief van de baas.pdf" in page.text("main")
        assert not page.all("input", type="file")
        assert bring(browser, address).location == address

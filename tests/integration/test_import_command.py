"""The commands `modules import` and `modules export`, on the seed catalogue."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from catalogue.models import Edition
from catalogue.search.indexing import sync
from tests.conftest import NOW
from tests.integration.test_import import csv_file, module
from tests.kept import row_counts
from web.wiring import services


def test_the_command_refuses_in_words_and_writes_nothing(own_seeded_app: Flask, tmp_path: Path) -> None:
    runner = own_seeded_app.test_cli_runner()
    path = csv_file(tmp_path, "M1;Lassen;direct;online;gratis?", header="code;titel;startdatum;vorm;prijs")
    base = ["modules", "import", str(path), "--organisation", "avans"]
    with own_seeded_app.app_context():
        before = row_counts(services().database)
    dutch, english = runner.invoke(args=base), runner.invoke(args=[*base, "--language", "en"])
    assert (dutch.exit_code, english.exit_code) == (1, 1)
    assert "Rij 2, kolom prijs: 'gratis?' is geen bedrag. Schrijf bijvoorbeeld 495 of 495,00." in dutch.output
    assert "Row 2, column prijs: 'gratis?' is no amount." in english.output
    for arguments, words in (
        (["--map", "prijs=kleur"], "'kleur' is no field here"),
        (["--map", "bedrag=price_eur"], "the file has no column 'bedrag'"),
        (["--format", "ooapi"], "dit is geen JSON"),
    ):
        result = runner.invoke(args=[*base, *arguments])
        assert result.exit_code == 1
        assert words in result.output
    unknown = runner.invoke(args=["modules", "import", str(path), "--organisation", "niemand"])
    assert "there is no organisation 'niemand'" in unknown.output
    with own_seeded_app.app_context():
        assert row_counts(services().database) == before


def test_a_dry_run_writes_nothing_and_the_real_one_is_searchable_and_exported(own_seeded_app: Flask, tmp_path: Path) -> None:
    runner = own_seeded_app.test_cli_runner()
    path = csv_file(tmp_path, "M1;Zeldzame glasfusietechniek;direct;online;95", header="code;titel;startdatum;vorm;prijs")
    base = ["modules", "import", str(path), "--organisation", "avans", "--publish"]
    with own_seeded_app.app_context():
        parts = services()
        before = row_counts(parts.database)
        dry = runner.invoke(args=[*base, "--dry-run"])
        assert "1 nieuw" in dry.output
        assert "Zeldzame glasfusietechniek" in dry.output
        assert row_counts(parts.database) == before
        real = runner.invoke(args=base)
        assert real.exit_code == 0, real.output
        with parts.database.reading() as session:
            row = module(session, "M1")
            assert session.scalars(select(Edition.price_cents).where(Edition.module_id == row.id)).all() == [9_500]
        assert row.id in parts.search.module_ids()
        assert sync(parts.database, parts.search, NOW) == 0
    exported = runner.invoke(args=["modules", "export", str(tmp_path / "out.jsonl"), "--organisation", "avans"])
    assert exported.exit_code == 0, exported.output
    titles = [json.loads(line)["title"] for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert "Zeldzame glasfusietechniek" in titles

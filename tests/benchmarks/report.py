"""How long an advice report of twelve pages and more takes: to look at it first, to make it, and as a PDF."""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from pypdf import PdfReader
from sqlalchemy import update
from werkzeug.test import TestResponse

from tests.accounts import command, parts_of
from tests.conftest import app_in
from tests.dossiers import advisor, opened
from tests.reports import OWN_WORDS, guided, make_report
from web.advisor.guidance_model import Intake

RUNS = 10
LONG_WORDS = f"{OWN_WORDS}\n\n" * 40


def main() -> None:
    """Prints median and 95th percentile, with the paths of the dossier as they were looked at before, and looked for anew."""
    with tempfile.TemporaryDirectory() as folder:
        app = app_in(Path(folder))
        for arguments in (("db", "upgrade"), ("seed", "load"), ("index", "rebuild")):
            command(app, *arguments)
        client = advisor(app)
        made = opened(client, how="paper")
        guided(app, made, is_long=True)

        def make() -> TestResponse:
            return make_report(client, made, own_words=LONG_WORDS)

        def make_anew() -> TestResponse:
            with parts_of(app).database.writing() as session:
                session.execute(update(Intake).values(paths={}))
            return make()

        address = str(make().location)
        pages = len(PdfReader(io.BytesIO(client.get(f"{address}.pdf").data)).pages)
        print(f"{pages} pages")
        tell("made of what was looked at", make)
        tell("made, with paths looked for anew", make_anew)
        tell("page", lambda: client.get(address))
        tell("PDF", lambda: client.get(f"{address}.pdf"))
        tell("made of what was looked at, and its PDF", lambda: client.get(f"{make().location}.pdf"))


def tell(name: str, ask: Callable[[], TestResponse]) -> None:
    """Prints how long the answers to a question take, and how much of that the processor worked for them, in seconds."""
    seconds, worked = [], []
    for _ in range(RUNS):
        began, worked_before = time.perf_counter(), time.process_time()
        assert ask().status_code in (200, 303)
        seconds.append(time.perf_counter() - began)
        worked.append(time.process_time() - worked_before)
    middle, high = np.median(seconds), np.percentile(seconds, 95)
    print(f"{name}: median {middle:.2f} s, 95th percentile {high:.2f} s; processor {np.median(worked):.2f} s")


if __name__ == "__main__":
    main()

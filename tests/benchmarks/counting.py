"""What counting costs a page: the same page with counting on and off, turn by turn."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient

from tests.accounts import command, parts_of
from tests.conftest import app_in

ROUNDS = 300
PAGES = {
    "module page": "/modules/warmtepompen-plaatsen-en-inregelen",
    "search": "/modules?q=warmtepomp",
    "search in vain": "/modules?q=lassen&max_price_eur=0&level=wo-master",
}


def main() -> None:
    """Prints the median time of each page, on and off, and their ratio; what waits is written every 100 requests, outside the clock."""
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "on"
        app = app_in(first)
        for arguments in (("db", "upgrade"), ("seed", "load"), ("index", "rebuild")):
            command(app, *arguments)
        other = app_in(Path(shutil.copytree(first, Path(folder) / "off")), counting=False)
        clients = {"on": app.test_client(), "off": other.test_client()}
        for name, path in PAGES.items():
            times: dict[str, list[float]] = {"on": [], "off": []}
            for number in range(ROUNDS):
                for which, client in clients.items():
                    times[which].append(took(client, path))
                if number % 100 == 99:
                    began = time.perf_counter()
                    parts_of(app).counter.write()
                    print(f"  written in {(time.perf_counter() - began) * 1000:.1f} ms")
            on, off = (median(times[which][20:]) * 1000 for which in ("on", "off"))
            print(f"{name}: {on:.2f} ms on, {off:.2f} ms off, ratio {on / off:.3f}")


def took(client: FlaskClient, path: str) -> float:
    """Seconds that one request takes."""
    began = time.perf_counter()
    client.get(path)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()

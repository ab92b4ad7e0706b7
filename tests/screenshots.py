"""Pictures of the main pages for the documentation: `make screenshots` writes them to docs/screenshots."""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from tests.conftest import app_in
from tests.e2e.conftest import ARGUMENTS, BROWSERS, Visitors
from tests.e2e.journeys import to_matches
from web.cli.start import prepare

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
PAGES = {"home": "/", "search": "/modules?q=warmtepomp&near=4811", "module": "/modules/warmtepompen-plaatsen-en-inregelen"}
WIDTHS = {"desktop": 1280, "phone": 360}


def main() -> int:
    """Takes the pictures over a fresh example catalogue."""
    browser_path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser_path is None:
        sys.stderr.write("No browser on PATH.\n")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        app = app_in(Path(folder))
        prepare(app.extensions["leerwijzer"])
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
            take_all(Visitors(browser, f"http://127.0.0.1:{server.server_port}"))
            browser.close()
        server.shutdown()
    return 0


def take_all(visitors: Visitors) -> None:
    """Every page at every width, and the matches at the end of the guided profile."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for device, width in WIDTHS.items():
        for name, path in PAGES.items():
            visitors.open(width=width).visit(path).screenshot(path=FOLDER / f"{name}-{device}.png")
        page = to_matches(visitors.open(width=width))
        page.screenshot(path=FOLDER / f"matches-{device}.png")


if __name__ == "__main__":
    sys.exit(main())

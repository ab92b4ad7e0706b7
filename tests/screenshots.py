"""Pictures of the main pages for the documentation: `make screenshots` writes them to docs/screenshots."""

from __future__ import annotations

import base64
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
PAGES = {
    "home": "/",
    "search": "/modules?q=warmtepomp&near=4811",
    "map": "/kaart?q=warmtepomp&near=4811&radius_km=50",
    "module": "/modules/warmtepompen-plaatsen-en-inregelen",
    "hub": "/hubs/transitiehub-energie-breda",
    "question": "/profiel/vaardigheden",
    "answers": "/profiel/controle",
    "matches": "/matches",
    "path": "/leerroute",
    "ranking": "/hoe-wij-kiezen",
    "help": "/hulp",
}
"""The main pages, as somebody sees them who has answered the questions."""

SIZES = {"desktop": (1280, 800), "phone": (360, 740)}
QUALITY = 0.8
_TO_WEBP = """async ([png, quality]) => { const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), {width: image.width, height: image.height});
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", quality).split(",")[1]; }"""


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
    """Every page at every size."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    workshop = visitors.browser.new_page()
    for device, (width, height) in SIZES.items():
        visitor = visitors.open(width=width)
        visitor.page.set_viewport_size({"width": width, "height": height})
        to_matches(visitor)
        for name, path in PAGES.items():
            picture = base64.b64encode(visitor.visit(path).screenshot()).decode()
            small = workshop.evaluate(_TO_WEBP, [picture, QUALITY])
            (FOLDER / f"{name}-{device}.webp").write_bytes(base64.b64decode(small))


if __name__ == "__main__":
    sys.exit(main())

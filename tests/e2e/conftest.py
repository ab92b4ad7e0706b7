"""A real server and a real browser."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Response, sync_playwright
from werkzeug.serving import make_server

from tests.accounts import parts_of
from tests.conftest import app_in

TIMEOUT_MS = 30_000
"""Far more than a page takes, so that a busy machine fails no test."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--js-flags=--no-turbofan --no-maglev --always-sparkplug",  # no page lives long enough to earn back what optimising its scripts costs
]


@pytest.fixture(scope="session")
def site_app(seeded_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An app over a copy of the seed catalogue, in which all that visitors write stays."""
    return app_in(Path(shutil.copytree(seeded_instance, tmp_path_factory.mktemp("site") / "instance", symlinks=True)))


@pytest.fixture(scope="session")
def site(site_app: Flask) -> Iterator[str]:
    """The address of a running site over the seed catalogue."""
    parts_of(site_app).warm_up()  # as the real server does, so that no test waits for word lists
    server = make_server("127.0.0.1", 0, site_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives the browser."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The browser of this machine."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        reason = f"no browser on PATH (looked for {', '.join(BROWSERS)})"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
    yield running
    running.close()


@dataclass
class Visitor:
    """A browser window that remembers what went wrong: console errors, failed pages, and requests to other hosts."""

    context: BrowserContext
    page: Page
    site: str
    troubles: list[str] = field(default_factory=list)

    def ask(self, path: str, status: int = 200) -> Response:
        """Opens a page of the site, and returns it as it was sent."""
        answer = self.page.goto(self.site + path)
        assert answer is not None
        assert answer.status == status, (path, answer.status)
        return answer

    def visit(self, path: str, status: int = 200) -> Page:
        """Opens a page of the site."""
        self.ask(path, status)
        return self.page


class Visitors:
    """Opens windows of any sort."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.browser, self.site = browser, site
        self.opened: list[Visitor] = []

    def open(self, *, width: int = 1280, scheme: str = "light", language: str = "nl", has_javascript: bool = True) -> Visitor:
        """A fresh window, without cookies but the one of the language."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=has_javascript,
            reduced_motion="reduce",
        )
        context.set_default_timeout(TIMEOUT_MS)
        context.add_cookies([{"name": "taal", "value": language, "url": self.site}])
        visitor = Visitor(context, context.new_page(), self.site)
        host = urlsplit(self.site).netloc
        visitor.page.on("console", lambda said: visitor.troubles.append(f"console: {said.text}") if said.type == "error" else None)
        visitor.page.on("pageerror", lambda error: visitor.troubles.append(f"script: {error}"))
        visitor.page.on(
            "request",
            lambda request: (
                None
                if urlsplit(request.url).netloc == host or request.url.startswith("data:")
                else visitor.troubles.append(f"request to {request.url}")
            ),
        )
        self.opened.append(visitor)
        return visitor


@pytest.fixture
def visitors(browser: Browser, site: str) -> Iterator[Visitors]:
    """Windows; at the end none of them may have seen trouble."""
    windows = Visitors(browser, site)
    yield windows
    troubles = [trouble for visitor in windows.opened for trouble in visitor.troubles]
    for visitor in windows.opened:
        visitor.context.close()
    assert troubles == []

"""Nothing moves under the reader's eyes when a script comes late."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Route

from tests.e2e.conftest import Visitors
from tests.e2e.journeys import to_matches

LATE_S = 0.5
MOVED = """() => new Promise((tell) => {
  new PerformanceObserver((list) => tell(list.getEntries().map((entry) => entry.value).reduce((a, b) => a + b)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => tell(0), 500);
})"""
"""The sum of what moved, as browsers count it; 0.1 is called good."""


def late(route: Route) -> None:
    time.sleep(LATE_S)
    route.continue_()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("path", ["/", "/modules", "/matches"])
def test_nothing_moves(visitors: Visitors, path: str, width: int) -> None:
    visitor = visitors.open(width=width)
    if path == "/matches":
        to_matches(visitor)
    visitor.page.route("**/main.js", late)
    visitor.visit(path)
    assert visitor.page.evaluate(MOVED) < 0.01

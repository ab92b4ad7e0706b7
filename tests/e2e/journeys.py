"""Ways through the site that several tests take."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visitor


def forward(page: Page) -> None:
    """Presses the button that leads on."""
    page.locator("main form .lw-button--primary").last.click()


def answer_occupation(page: Page, name: str) -> None:
    """Types an occupation and chooses it from what was found."""
    page.locator("#q").fill(name)
    page.locator("#q").blur()  # else what is suggested lies over the button
    forward(page)
    page.get_by_label(name, exact=False).and_(page.locator("[type=radio]")).first.check()
    forward(page)


def to_matches(visitor: Visitor) -> Page:
    """Answers the questions of the guided profile, up to the matches."""
    page = visitor.visit("/profiel/beroep")
    answer_occupation(page, "installatiemonteur")
    forward(page)
    visitor.visit("/profiel/doel")
    page.locator("[type=radio][value=occupation]").check()
    forward(page)
    answer_occupation(page, "warmtepompinstallateur")
    page.locator("#near").fill("4811")
    page.locator("#max_km").fill("60")
    forward(page)
    page.locator("main a.lw-button--primary").click()
    expect(page.locator(".lw-match").first).to_be_visible()
    return page

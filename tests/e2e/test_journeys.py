"""Key tasks as people do them: without JavaScript, with the keyboard alone, with suggestions."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visitors
from tests.e2e.journeys import to_matches

FOCUSED = "() => { const at = document.activeElement; return (at.id || at.textContent.trim() || at.tagName).slice(0, 60); }"
# Within a date field the browser itself marks the part that has the focus.
IS_FOCUS_SEEN = """() => { if (document.activeElement.type === "date") return true;
  const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && box.bottom > 0 && box.top < innerHeight
    && (top === at || at.contains(top) || top?.contains(at)); }"""


SETTLING_MS = (0, 50, 200, 1_000)
"""A page that just came still scrolls to its fragment; so long its focus may be out of sight."""


def expect_focus_seen(page: Page) -> None:
    """What has the focus must be in sight, and show that it has it."""
    for wait_ms in SETTLING_MS:
        if wait_ms:
            page.wait_for_timeout(wait_ms)
        if page.evaluate(IS_FOCUS_SEEN):
            return
    raise AssertionError(f"does not show that it has the focus: {page.evaluate(FOCUSED)}")


def tab_to(page: Page, pattern: str, most: int = 120) -> None:
    """Presses Tab until what has the focus fits the pattern; each stop must be visible."""
    for _press in range(most):
        page.keyboard.press("Tab")
        expect_focus_seen(page)
        if re.search(pattern, page.evaluate(FOCUSED)):
            return
    raise AssertionError(f"{pattern!r} cannot be reached with Tab")


def test_guided_profile_without_javascript(visitors: Visitors) -> None:
    page = to_matches(visitors.open(width=360, has_javascript=False))
    first = page.locator(".lw-match").first
    first.locator(".lw-why summary").click()
    expect(first.locator(".lw-why table")).to_be_visible()
    expect(page.get_by_role("heading", name="Wat u nog mist voor uw doel")).to_be_visible()


def test_find_a_cheap_module_near_breda_without_javascript(visitors: Visitors) -> None:
    page = visitors.open(width=360, has_javascript=False).visit("/")
    page.locator("#q").fill("zonnepanelen")
    page.get_by_role("button", name="Zoeken").click()
    page.locator(".lw-filters > summary").click()
    page.locator("#near").fill("Breda")
    page.locator("#radius_km").select_option("25")
    page.locator("#max_price_eur").fill("500")
    page.get_by_role("button", name="Toon modules").click()
    expect(page.get_by_role("list", name="Gekozen filters")).to_contain_text("binnen 25 km van Breda")
    page.locator(".lw-card a").first.click()
    expect(page.get_by_role("heading", name="Wanneer en waar")).to_be_visible()


def test_filters_are_always_there_on_a_wide_screen_without_javascript(visitors: Visitors) -> None:
    page = visitors.open(width=1280, has_javascript=False).visit("/modules")
    expect(page.locator("#near")).to_be_visible()


def test_search_by_keyboard_alone(visitors: Visitors) -> None:
    page = visitors.open().visit("/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Naar de inhoud"
    page.keyboard.press("Enter")
    tab_to(page, "^q$")
    page.keyboard.type("warmtepomp")
    page.keyboard.press("Enter")
    expect(page.locator("#gevonden")).to_contain_text("modules gevonden")
    tab_to(page, "^level-1$")
    page.keyboard.press("Space")
    tab_to(page, "Toon modules")
    page.keyboard.press("Enter")
    expect(page.locator(".lw-wishes")).to_be_visible()


def test_mistakes_take_the_focus(visitors: Visitors) -> None:
    page = visitors.open().visit("/profiel/doel")
    page.locator("main form .lw-button--primary").click()
    expect(page.locator(".lw-errors")).to_be_focused()
    page.locator(".lw-errors a").click()
    expect(page.locator("[type=radio]").first).to_be_focused()


def test_suggestions_lead_to_the_next_question(visitors: Visitors) -> None:
    page = visitors.open().visit("/profiel/beroep")
    page.locator("#q").press_sequentially("installatiemont", delay=20)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("option").first).to_be_hidden()
    page.locator("#q").press_sequentially("e")
    expect(page.get_by_role("option").first).to_contain_text("monteu")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/profiel/vaardigheden")


def test_sorting_needs_no_button(visitors: Visitors) -> None:
    page = visitors.open().visit("/modules?q=warmtepomp")
    page.locator("#sort").select_option("price")
    page.wait_for_url("**sort=price**")
    assert "max_hours" not in page.url


def test_language_can_be_switched_in_the_middle_of_a_search(visitors: Visitors) -> None:
    page = visitors.open().visit("/modules?q=zon&level=mbo-4")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("/modules?q=zon&level=mbo-4")


def test_filters_on_a_phone_keep_their_button_in_sight(visitors: Visitors) -> None:
    page = visitors.open(width=360, has_javascript=False).visit("/modules?level=mbo-4")
    expect(page.locator(".lw-filters > summary")).to_have_text(re.compile(r"Filters\s+1 gekozen"))
    page.locator(".lw-filters > summary").click()
    expect(page.get_by_role("button", name="Toon modules")).to_be_in_viewport(ratio=1)


def test_modules_are_one_step_away_on_a_phone(visitors: Visitors) -> None:
    page = to_matches(visitors.open(width=360, has_javascript=False))
    page.get_by_role("link", name="Ga meteen naar de modules").click()
    expect(page.locator(".lw-match").first).to_be_in_viewport()


def test_from_a_module_back_to_the_same_results(visitors: Visitors) -> None:
    page = visitors.open(has_javascript=False).visit("/modules?q=warmtepomp&level=mbo-4")
    page.locator(".lw-card a").first.click()
    page.get_by_role("link", name="Terug naar uw resultaten").click()
    expect(page).to_have_url(re.compile(r"/modules\?q=warmtepomp&level=mbo-4$"))


def test_what_is_folded_is_printed(visitors: Visitors) -> None:
    page = to_matches(visitors.open(has_javascript=False))
    folded = page.locator(".lw-more tbody tr").first
    assert folded.evaluate("row => row.checkVisibility({contentVisibilityAuto: true})") is False
    page.emulate_media(media="print")
    assert folded.evaluate("row => row.checkVisibility({contentVisibilityAuto: true}) && row.getBoundingClientRect().height > 10") is True


def test_what_one_finds_important_shows_its_effect_at_once(visitors: Visitors) -> None:
    page = to_matches(visitors.open())
    page.locator("#belangrijk summary").click()
    field = page.locator("#belangrijk select").last
    before = page.locator(".lw-match__top").all_inner_texts()
    page.evaluate("document.body.dataset.here = 'yes'")
    field.focus()
    field.select_option("much")
    expect(page.get_by_role("status")).to_have_text("De nieuwe volgorde staat hieronder.")
    after = page.locator(".lw-match__top").all_inner_texts()
    assert page.evaluate("document.body.dataset.here") == "yes", "the page was not loaded anew"
    expect(field).to_be_focused()
    page.reload()
    assert page.locator(".lw-match__top").all_inner_texts() == after
    assert after != before


def test_what_one_finds_important_without_javascript(visitors: Visitors) -> None:
    page = to_matches(visitors.open(has_javascript=False))
    before = page.locator(".lw-match__top").all_inner_texts()
    page.locator("#belangrijk summary").click()
    page.locator("#belangrijk select").last.select_option("much")
    with page.expect_navigation():
        page.get_by_role("button", name="Toon de nieuwe volgorde").click()
    assert page.locator(".lw-match__top").all_inner_texts() != before

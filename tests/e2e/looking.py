"""What to see in a page: questions that the browser answers, each with a list of what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

# A page has few colours; axe would work each of them out for every element, which takes a quarter of its time.
_KNOWN_COLOURS = """(() => { const known = new Map(), {prototype} = axe.commons.color.Color, {parseString} = prototype;
  prototype.parseString = function (text) {
    if (!known.has(text)) known.set(text, parseString.call(new this.constructor(), text));
    const {r, g, b, alpha} = known.get(text);
    return Object.assign(this, {r, g, b, alpha}); }; })();"""

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8") + _KNOWN_COLOURS
ALL_RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
RULES_OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}

FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"

_RUN_AXE = """(rules) => axe.run(document, {runOnly: rules, resultTypes: ["violations"], preload: false})
  .then(({violations}) => violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)}`)))"""

_WIDER = """() => { const {scrollWidth, clientWidth} = document.documentElement;
  return scrollWidth > clientWidth ? [`${scrollWidth} pixels wide in a window of ${clientWidth}`] : []; }"""

# WCAG 2.5.8 leaves out links within a sentence, and what the browser itself draws.
_SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary")]
  .filter((element) => element.checkVisibility() && !element.closest("p, td, th, dd, h1, h2, h3, label"))
  .filter((element) => { const item = element.closest("li"); return !item || item.textContent.trim() === element.textContent.trim(); })
  .map((element) => [element.outerHTML.slice(0, 90), element.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && (box.width < 24 || box.height < 24))
  .map(([html, box]) => `${html} ${Math.round(box.width)}x${Math.round(box.height)}`)"""

# Text is cut where an element hides what does not fit. What only screen readers get is clipped on purpose, and a field scrolls.
_CUT = """() => [...document.querySelectorAll("body *")]
  .filter((at) => at.checkVisibility() && !at.closest("svg, select, input, textarea, .lw-only-read") && at.textContent.trim())
  .filter((at) => { const {overflowX, overflowY, clipPath} = getComputedStyle(at);
    return clipPath === "none" && ((["hidden", "clip"].includes(overflowX) && at.scrollWidth > at.clientWidth + 1)
      || (["hidden", "clip"].includes(overflowY) && at.scrollHeight > at.clientHeight + 1)); })
  .filter((at) => at.clientWidth > 1)
  .map((at) => `cut: ${at.outerHTML.slice(0, 120)}`)"""

_AT_DOUBLE_SIZE = f"""() => {{ const {{style}} = document.documentElement;
  style.fontSize = "200%";
  const found = [...({_WIDER})(), ...({_CUT})()];
  style.fontSize = "";
  return found; }}"""

# Each stop must show that it has the focus, in a colour that is not that of what lies around it, and must not lie under something else.
# Within a date field the browser itself marks the part that has the focus. Of what is higher than the window, some part must show.
_HIDDEN_FOCUS = """(focusable) => { const wrong = [];
  for (const at of document.querySelectorAll(focusable)) {
    if (!at.checkVisibility() || at.disabled || at.type === "date") continue;
    at.focus();
    if (document.activeElement !== at) { wrong.push(`takes no focus: ${at.outerHTML.slice(0, 100)}`); continue; }
    const style = getComputedStyle(at), box = at.getClientRects()[0];
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) wrong.push(`shows no focus: ${at.outerHTML.slice(0, 100)}`);
    const x = box.x + Math.min(box.width / 2, 30), y = Math.max(box.y + Math.min(box.height / 2, 20), box.height > innerHeight ? 1 : 0);
    const top = document.elementFromPoint(x, y);
    if (!(top && (top === at || at.contains(top) || top.contains(at)))) {
      wrong.push(`hidden while it has the focus: ${at.outerHTML.slice(0, 100)} under ${top?.outerHTML.slice(0, 60)}`);
    }
  }
  document.activeElement.blur(); scrollTo(0, 0); return wrong; }"""


def axe_findings(page: Page, rules: Mapping[str, object] = ALL_RULES) -> list[str]:
    """What axe finds. It is told from outside, past the policy that keeps other scripts out, unless the window brings it along."""
    page.wait_for_load_state()
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(_RUN_AXE, rules)
    return found


_UNFOLD = """() => { for (const at of document.querySelectorAll("details:not([open])")) { at.open = true; at.dataset.wasFolded = ""; } }"""
_FOLD = """() => { for (const at of document.querySelectorAll("[data-was-folded]")) { at.open = false; delete at.dataset.wasFolded; } }"""


def axe_findings_unfolded(page: Page) -> list[str]:
    """What axe finds by day and by night where all that can be unfolded is: it does not look into what is folded."""
    page.evaluate(_UNFOLD)
    found = [*axe_findings(page), *pale_in_the_dark(page)]
    page.evaluate(_FOLD)
    return found


def pale_in_the_dark(page: Page) -> list[str]:
    """What axe finds wrong with the colours of the night; all else is as by day."""
    page.emulate_media(color_scheme="dark")
    found = axe_findings(page, RULES_OF_COLOURS)
    page.emulate_media(color_scheme="light")
    return [f"in the dark: {what}" for what in found]


def sideways(page: Page) -> list[str]:
    """Whether one must scroll sideways."""
    found: list[str] = page.evaluate(_WIDER)
    return found


def small_targets(page: Page) -> list[str]:
    """What is smaller than 24 by 24 pixels and must be hit."""
    found: list[str] = page.evaluate(_SMALL_TARGETS)
    return found


def wrong_at_double_size(page: Page) -> list[str]:
    """What is cut, or makes one scroll sideways, when all text is twice as large."""
    found: list[str] = page.evaluate(_AT_DOUBLE_SIZE)
    return [f"at 200 %: {what}" for what in found]


def hidden_focus(page: Page) -> list[str]:
    """What takes the focus without showing it, or hides while it has it."""
    page.keyboard.press("Tab")  # from now on the browser shows the focus as it does for a keyboard
    found: list[str] = page.evaluate(_HIDDEN_FOCUS, FOCUSABLE)
    return found

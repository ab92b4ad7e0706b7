"""The colours, ours and those of the theme in docs/design.md, keep the contrast that WCAG asks, by day and by night."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from web.site.theme import tokens

DESIGN = (Path(__file__).parents[2] / "docs" / "design.md").read_text(encoding="utf-8")
TEXT, SHAPE = 4.5, 3.0
PAIRS = [
    *((f"--lw-color-{ink}", f"--lw-color-{paper}", TEXT) for ink in ("ink", "ink-soft") for paper in ("paper", "surface", "raised")),
    *(("--lw-color-green", f"--lw-color-{paper}", TEXT) for paper in ("paper", "surface")),
    *(("--lw-link-hover-color", f"--lw-color-{paper}", TEXT) for paper in ("paper", "surface")),
    ("--lw-button-primary-color", "--lw-button-primary-background-color", TEXT),
    ("--lw-button-primary-color", "--lw-button-primary-hover-background-color", TEXT),
    ("--lw-hero-color", "--lw-hero-background-color", TEXT),
    ("--lw-footer-color", "--lw-footer-background-color", TEXT),
    ("--lw-color-error", "--lw-color-paper", TEXT),
    ("--lw-form-input-border-color", "--lw-color-paper", SHAPE),
    ("--lw-focus-color", "--lw-color-paper", SHAPE),
]
_BLOCK = re.compile(r"```css\n(.*?)```", re.DOTALL)
_TOKEN = re.compile(r"(--lw-[\w-]+):\s*([^;]+);")


def example() -> tuple[dict[str, str], dict[str, str]]:
    """What the theme in the documentation sets, by day and by night."""
    [css] = _BLOCK.findall(DESIGN)
    day, _, night = css.partition("@media")
    return dict(_TOKEN.findall(day)), dict(_TOKEN.findall(night))


def palette(*, is_night: bool, is_themed: bool) -> dict[str, str]:
    """All tokens, with what the theme sets after ours, as a browser does."""
    values = {name: night if is_night and night else day for name, day, night in tokens()}
    if is_themed:
        by_day, by_night = example()
        values |= by_day | (by_night if is_night else {})
    return values


def luminance(name: str, values: dict[str, str]) -> float:
    """Relative luminance, after WCAG 2.2."""
    value = values[name]
    while reference := re.fullmatch(r"var\((--[\w-]+)\)", value):
        value = values[reference[1]]
    digits = value.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(front: str, back: str, values: dict[str, str]) -> float:
    lighter, darker = sorted((luminance(front, values), luminance(back, values)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula() -> None:
    values = {"--white": "#fff", "--black": "#000000", "--alias": "var(--black)"}
    assert contrast("--white", "--alias", values) == pytest.approx(21)


@pytest.mark.parametrize("is_themed", [False, True], ids=["ours", "theme"])
@pytest.mark.parametrize("is_night", [False, True], ids=["day", "night"])
def test_contrast(*, is_night: bool, is_themed: bool) -> None:
    values = palette(is_night=is_night, is_themed=is_themed)
    low = {f"{front} on {back}": ratio for front, back, least in PAIRS if (ratio := round(contrast(front, back, values), 2)) < least}
    assert low == {}


def test_the_example_sets_tokens_that_there_are() -> None:
    by_day, by_night = example()
    assert (by_day.keys() | by_night.keys()) - {name for name, _day, _night in tokens()} == set()

"""How much work a task is, by the keystroke-level model of Card, Moran and Newell (1980)."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

KEY_SECONDS = 0.28
"""One key, by somebody who types 40 words a minute."""

THINKING_SECONDS = 1.35
"""Making up one's mind before going to something, and before typing into it."""


class Effort:
    """Counts what somebody does by keyboard. Reading, talking and waiting come beside it: the model knows only skilled work."""

    def __init__(self, *pages: Page) -> None:
        self.keys = self.decisions = 0
        self._was_underway = False
        for page in pages:
            self._watch(page)

    @property
    def seconds(self) -> float:
        """What the model says of all that was done so far."""
        return self.keys * KEY_SECONDS + self.decisions * THINKING_SECONDS

    def _watch(self, page: Page) -> None:
        press, write = page.keyboard.press, page.keyboard.type

        def pressed(key: str, **options: Any) -> None:
            self._count(1, is_underway=key == "Tab")
            press(key, **options)

        def typed(text: str, **options: Any) -> None:
            self._count(len(text), is_underway=False)
            self.decisions += 1
            write(text, **options)

        vars(page.keyboard).update(press=pressed, type=typed)

    def _count(self, keys: int, *, is_underway: bool) -> None:
        """Many presses of Tab lead to one thing, which took one decision."""
        self.keys += keys
        self.decisions += is_underway and not self._was_underway
        self._was_underway = is_underway

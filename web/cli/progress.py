"""Progress on the terminal: a bar where there is one, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from catalogue.progress import Progress

BAR_CHARS = 30
SECONDS_BETWEEN_LINES = 5.0
SECONDS_BETWEEN_DRAWINGS = 0.1


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """Yields a function that lower layers call; cleans up the line at the end."""
    display = _Bar() if sys.stderr.isatty() else _Lines()
    try:
        yield display
    finally:
        display.close()


class _Bar:
    """Redraws one line of the terminal."""

    def __init__(self) -> None:
        self._stage, self._drawn = "", 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage:
            self.close()
            self._stage = stage
        elif done < total and time.monotonic() - self._drawn < SECONDS_BETWEEN_DRAWINGS:
            return
        self._drawn = time.monotonic()
        share = min(1.0, done / total) if total else 1.0
        bar = "#" * round(share * BAR_CHARS)
        click.echo(f"\r{stage:<28} [{bar:<{BAR_CHARS}}] {done:,} / {total:,}", nl=False, err=True)

    def close(self) -> None:
        """Ends the line that is being drawn."""
        if self._stage:
            click.echo(err=True)
        self._stage = ""


class _Lines:
    """Writes a line when a stage begins, now and then, and when it is done."""

    def __init__(self) -> None:
        self._stage, self._said, self._is_done = "", 0.0, False

    def __call__(self, stage: str, done: int, total: int) -> None:
        is_new, is_done = stage != self._stage, done >= total
        if is_new:
            self._stage, self._is_done = stage, False
        if self._is_done or not (is_new or is_done or time.monotonic() - self._said > SECONDS_BETWEEN_LINES):
            return
        self._said, self._is_done = time.monotonic(), is_done
        click.echo(f"{stage}: {done:,} of {total:,}", err=True)

    def close(self) -> None:
        """Nothing to clean up."""

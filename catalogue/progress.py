"""How long work tells how far it is; commands show it, everything else stays silent."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told now and then: which stage (a code such as "read skills"), how much of it is done, and of how much."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Takes note."""


def silent(stage: str, done: int, total: int) -> None:
    """Takes no note."""

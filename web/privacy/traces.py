"""What this browser caused elsewhere, remembered in its session, so that it can be undone from here."""

from __future__ import annotations

from typing import Any

from flask import session

from web.privacy.holding import Traces

SESSION_KEY = "traces"
MOST = 100
"""Of each kind the last so many are remembered: more than the limits on mail let one browser cause."""


def leave(kind: str, key: str | int) -> None:
    """Remembers something of a kind that `Traces` names."""
    kept: dict[str, Any] = dict(session.get(SESSION_KEY, {}))
    session[SESSION_KEY] = kept | {kind: [*kept.get(kind, []), key][-MOST:]}


def left() -> Traces:
    """All that this browser caused."""
    return Traces(**{kind: tuple(keys) for kind, keys in session.get(SESSION_KEY, {}).items()})

"""The form of a button: nothing to fill in, and a token that says that the page it stands on is ours."""

from __future__ import annotations

from flask_wtf import FlaskForm


class ButtonForm(FlaskForm):  # type: ignore[misc]
    """A button."""

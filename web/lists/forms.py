"""What the pages of the own list take."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, TextAreaField

from web.fields import at_most, lines
from web.languages import lazy_gettext
from web.learner.forms import is_uid
from web.lists.saved import MAX_NOTE_CHARS


def known_form(uid: str | None) -> str:
    """A public id; "" for anything else."""
    return uid if uid and is_uid(uid) else ""


class ItemForm(FlaskForm):  # type: ignore[misc]
    """What somebody wrote and chose at one module."""

    module = HiddenField(filters=[known_form])
    edition = SelectField(lazy_gettext("Welke start kiest u?"), validate_choice=False, choices=[], filters=[known_form])
    note = TextAreaField(lazy_gettext("Uw notitie"), [at_most(MAX_NOTE_CHARS)], filters=[lines])

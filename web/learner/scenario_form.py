"""Other wishes as they stand in an address: what each would change, and back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from catalogue.moments import Moment
from catalogue.places import asked_place
from catalogue.vocabulary import Format
from matching.advice.suggestions import Suggestion
from web.learner.answers import Answers
from web.learner.forms import LEARNING_LANGUAGES, ConstraintsForm

WISH = "wens"
"""The name of the field that holds one scenario: "budget_eur=1500;max_km=50"."""

MOST_SCENARIOS = 3
MAX_CODE_CHARS = 300
FIELDS = ("budget_eur", "hours_per_week", "near", "max_km", "languages", "formats", "moments", "start_after", "finish_by")
_ORDER: Mapping[str, Iterable[str]] = {"languages": LEARNING_LANGUAGES, "formats": tuple(Format), "moments": tuple(Moment)}


def code_of(now: Answers, then: Answers) -> str:
    """What differs between two sets of wishes; "" for nothing."""
    return ";".join(f"{name}={_written(getattr(then, name))}" for name in FIELDS if getattr(then, name) != getattr(now, name))


def changed_by(session: Session, now: Answers, code: str) -> Answers | None:
    """The answers with what `code` changes; None where it changes nothing, or makes no sense."""
    parts = (part.partition("=") for part in code[:MAX_CODE_CHARS].split(";"))
    given = {name: text for name, _sign, text in parts if name in FIELDS}
    form = wishes_form(session, now, {name: text.split(",") if name in _ORDER else [text] for name, text in given.items()})
    if not form.validate():
        return None
    then = now.changed(**{name: form.values[name] for name in given})
    return then if code_of(now, then) else None


def wishes_form(session: Session, now: Answers, given: Mapping[str, Sequence[str]]) -> ConstraintsForm:
    """The wishes as they are, with those of `given` instead; ready to be checked."""
    texts = {name: list(value) if name in _ORDER else [_written(value)] for name in FIELDS if (value := getattr(now, name)) is not None}
    form = ConstraintsForm(formdata=MultiDict(texts | {name: list(values) for name, values in given.items()}), meta={"csrf": False})
    form.near.asked = asked_place(session, form.near.data)
    return form


def show_only(form: ConstraintsForm, given: Collection[str]) -> None:
    """Empties the fields that were not filled in: an empty field means that nothing changes."""
    for field in form:
        if field.name not in given:
            field.data = field.raw_data = None


def proposed(now: Answers, suggestion: Suggestion) -> Answers | None:
    """The answers with the wishes that a suggestion is about; None for a wish, or a language, that nobody is asked for here."""
    values = {name: _as_answered(name, getattr(suggestion.constraints, name)) for name in suggestion.wishes if name in FIELDS}
    then = now.changed(**values)
    return then if len(values) == len(suggestion.wishes) and code_of(now, then) else None


def _as_answered(name: str, value: Any) -> Any:
    if name in _ORDER:
        return tuple(str(code) for code in _ORDER[name] if code in value)
    return int(value) if name == "max_km" else value


def only_changes(now: Answers, then: Answers) -> Answers:
    """Only the wishes in which `then` differs, so that they can be told; a distance comes with its place, and a place with its distance."""
    names = {name for name in FIELDS if getattr(then, name) != getattr(now, name)}
    if names & {"near", "max_km"}:
        names |= {"near", "max_km"}
    return Answers(**{name: getattr(then, name) for name in names})


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace(";", " ") if isinstance(value, str) else f"{value:.10g}"

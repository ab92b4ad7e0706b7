"""Routes of a series of runs: the same one again every few weeks, or all of them again next year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import Form, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from catalogue.publishing import editing
from catalogue.publishing.series import Proposed, Unit, dated, repeated
from catalogue.publishing.values import EditionValues, ModuleValues
from catalogue.vocabulary import Format
from web import words
from web.button import ButtonForm
from web.fields import Whole, between
from web.hub.editor import bp
from web.hub.own import form_session, own_module
from web.hub.runs import place_names
from web.languages import _, lazy_gettext, ngettext
from web.wiring import services

MOST_TIMES = 52


class SeriesForm(Form):  # type: ignore[misc]
    """How a series goes on."""

    every = Whole(lazy_gettext("Elke hoeveel weken of maanden?"), [InputRequired(lazy_gettext("Schrijf een getal.")), between(1, 104)])
    unit = SelectField(lazy_gettext("Geteld in"), choices=[])
    times = Whole(lazy_gettext("Hoe vaak nog?"), [InputRequired(lazy_gettext("Schrijf een getal.")), between(1, MOST_TIMES)])

    def __init__(self, *values: object, **options: object) -> None:
        super().__init__(*values, **options)
        self.unit.choices = [SelectChoice(Unit.WEEKS.value, _("weken")), SelectChoice(Unit.MONTHS.value, _("maanden"))]


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """One run of a series in words; `is_wanted`: ticked before somebody looks."""

    at: int
    day: str
    place: str
    note: str
    is_wanted: bool


@bp.route("/<uid>/uitvoeringen/reeks", methods=["GET", "POST"])
def series(uid: str) -> str | Response:
    """Shows which runs a series would add, and adds those that stay ticked. Without `van`, a series of all runs with a date."""
    today, button = services().today(), ButtonForm()
    form = SeriesForm(request.args if "every" in request.args else None, data={"every": 52, "times": 1})
    with form_session() as session:
        module = own_module(session, uid)
        values = editing.edited_values(session, module)
        examples = _examples(values)
        proposed = _proposed(form, examples, values["editions"], today)
        if proposed and button.validate_on_submit():
            added = [one.run for at, one in enumerate(proposed) if str(at) in request.form.getlist("neem")]
            editing.keep(session, module, ModuleValues(editions=[*values["editions"], *added]), services().now())
            flash(ngettext("Er is %(num)s uitvoering bij gekomen.", "Er zijn %(num)s uitvoeringen bij gekomen.", len(added)))
            return redirect(url_for("editor.runs", uid=uid), 303)
        names = place_names(session, values)
    lines = [_line(at, one, names) for at, one in enumerate(proposed)]
    example = words.start(examples[0].start, today) if "van" in request.args else ""
    return render_template("hub/series.html", uid=uid, title=values["title"], form=form, button=button, lines=lines, example=example)


def _proposed(form: SeriesForm, examples: Sequence[EditionValues], known: Sequence[EditionValues], today: date) -> Sequence[Proposed]:
    """What the series adds; nothing where nobody said yet how it goes on, or where that has a mistake."""
    if "every" not in request.args or not form.validate():
        return []
    return repeated(examples, known, form.every.data, Unit(form.unit.data), form.times.data, today)


def _examples(values: ModuleValues) -> Sequence[EditionValues]:
    """The run that `van` names, else all with a date; ends the request with 404 where there is none."""
    at = request.args.get("van", type=int)
    chosen = values["editions"] if at is None else values["editions"][at : at + 1] if at >= 0 else []
    return dated(chosen) or abort(404)


def _line(at: int, one: Proposed, names: dict[str, str]) -> ProposedLine:
    where = str(words.FORMATS[one.run.format])
    note = _("staat er al") if one.is_there else _("is al voorbij") if one.is_past else ""
    day = words.weekday_and_day(one.run.start.on) if one.run.start.on else ""
    return ProposedLine(at, day, where if one.run.format is Format.ONLINE else names.get(one.run.place, where), note, not note)

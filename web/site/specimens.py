"""Made-up content for the style page: each component in every state that it has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from web import words
from web.browse.addresses import Paging
from web.browse.cards import Card
from web.charts import Measure, bars, columns
from web.languages import _
from web.learner.match_cards import GapRow
from web.learner.presenters import LevelLine, Option, StepMark

ICONS = {
    "search": "zoeken", "guide": "wijzer", "arrow": "verder", "back": "terug", "pin": "plaats", "clock": "tijd", "euro": "prijs",
    "calendar": "start", "level": "niveau", "check": "goed", "cross": "weg", "school": "aanbieder", "hub": "hub", "badge": "bewijs",
    "speech": "taal", "person": "mens", "filter": "filter", "print": "print", "info": "weetje", "warning": "let op",
    "save": "bewaren", "compare": "vergelijken", "share": "delen",
}  # fmt: skip
"""Icons with a fixed use; the others belong to themes and carry their slug."""


class SpecimenForm(FlaskForm):  # type: ignore[misc]
    """Fields of every sort."""

    class Meta:
        """It is only looked at."""

        csrf = False

    plain = StringField()
    wrong = StringField()
    long = TextAreaField()
    several = SelectMultipleField(choices=[])


def specimen_form() -> SpecimenForm:
    """The form with one mistake in it."""
    form = SpecimenForm(formdata=None, data={"wrong": "veel", "several": ["evening"]})
    form.plain.label.text, form.wrong.label.text = _("Uw postcode of plaats"), _("Hoogste prijs in euro")
    form.long.label.text, form.several.label.text = _("Vertel over uw werk"), _("Wanneer u leert")
    form.several.choices = [SelectChoice("evening", _("in de avond")), SelectChoice("weekend", _("in het weekend"))]
    form.wrong.errors = [_("Vul een getal in, zoals 500.")]
    return form


def specimens() -> dict[str, Any]:
    """Values for the components on the style page."""
    whole = Card(
        uid="een", slug="", title="Warmtepompen plaatsen", language="nl", provider="Curio", provider_slug="", level=_("mbo niveau 4"),
        kind=_("module"), place="Breda", start=_("direct, op elk moment"), hours=words.hours(80), price=words.price(595),
        distance=words.distance(4), summary="U plaatst een warmtepomp en stelt hem zuinig in.", is_example=True,
    )  # fmt: skip
    bare = replace(
        whole, uid="twee", title="Heat pumps", language="en", level="", place="", start="", distance="", summary="", is_example=False
    )
    rows = [_gap_row(0, 3), _gap_row(1, 3), _gap_row(2, 4, is_outside=True), _gap_row(0, 2, is_unclosed=True)]
    names = (_("Uw werk"), _("Wat u kunt"), _("Uw doel"), _("Uw wensen"), _("Klopt alles?"))
    states = ("done", "done", "now", "next", "next")
    return {
        "form": specimen_form(),
        "cards": [whole, bare],
        "steps": [StepMark(n, name, "#stappen", state) for n, (name, state) in enumerate(zip(names, states, strict=True), 1)],
        "options": [
            Option("a", _("Een ander beroep"), _("U noemt het beroep. Wij zoeken wat u daarvoor nog mist."), ""),
            Option("b", _("Iets leren voor mijn werk"), "", ""),
        ],
        "level_lines": [LevelLine("een", "solderen", "nl", 2), LevelLine("twee", "meten", "nl", 0)],
        "gap": rows,
        "paging": Paging(2, 3, "#bladeren", "#bladeren"),
        "bars": bars(
            [
                Measure("solderen", 40, "40", "nl", 25),
                Measure("meten", 8, "8", "nl", 10),
                Measure("reading drawings of old buildings aloud", 0, "0", "en"),
            ]
        ),
        "columns": columns(
            [Measure(words.short_day(date(2026, month, 2)), number, str(number)) for month, number in enumerate((3, 0, 9, 6, 1), 1)]
        ),
        "icons": ICONS,
    }


def _gap_row(held: int, goal: int, *, is_unclosed: bool = False, is_outside: bool = False) -> GapRow:
    return GapRow("solderen", "nl", held, goal, "", "", is_unclosed, is_outside, "", None, None)

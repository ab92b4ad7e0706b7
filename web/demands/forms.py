"""What the pages about demands take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from catalogue.demands.filing import DemandValues
from catalogue.demands.reading import DemandFilter
from catalogue.models import Organisation, Theme
from catalogue.vocabulary import SKILL_LEVELS, DemandStatus
from web import words
from web.demands.demand_words import FILTERED
from web.fields import Amount, Day, PlaceName, Whole, at_most, between, clean, email_address, lines
from web.languages import _, language, lazy_gettext
from web.learner.forms import LevelsForm, is_uid

NOW_FIELD = "nu-"
"""Before the public id of a skill: how well people know it now. `niveau-` says how well they need it."""

SUGGESTED_FIELD = "nodig-"
"""The same for a skill that was found in the text, which counts only with its tick."""

TAKEN = "neem"
MOST_WISH_CHARS = 4_000
MOST_PEOPLE = 10_000


class QuestionForm(FlaskForm):  # type: ignore[misc]
    """For which work, what people have to be able to do, and how many they are."""

    title = StringField(
        lazy_gettext("Om welk werk gaat het?"),
        [InputRequired(lazy_gettext("Schrijf om welk werk het gaat.")), at_most(160)],
        filters=[clean],
    )
    wish = TextAreaField(lazy_gettext("Wat moeten uw mensen kunnen?"), [at_most(MOST_WISH_CHARS)], filters=[lines])
    people = Whole(
        lazy_gettext("Voor hoeveel mensen?"), [InputRequired(lazy_gettext("Schrijf voor hoeveel mensen.")), between(1, MOST_PEOPLE)]
    )

    @property
    def values(self) -> DemandValues:
        """What was filled in."""
        return DemandValues(title=self.title.data, wish=self.wish.data, people=self.people.data)


class DemandSkillsForm(LevelsForm):
    """Two levels for any number of skills: how well people know each now, and how well they need it; and one to look for."""

    q = StringField(lazy_gettext("Naam van de vaardigheid"), [at_most(120)], filters=[clean])

    @property
    def pairs(self) -> dict[str, tuple[int, int]]:
        """Level now and level needed by public id, 0 for what is not needed; what makes no sense is passed over, as no person sends it."""
        ticked = {uid for uid in request.form.getlist(TAKEN) if is_uid(uid)}
        needed = {uid: _level(f"{SUGGESTED_FIELD}{uid}") for uid in ticked} | self.levels
        return {uid: (_level(f"{NOW_FIELD}{uid}"), level) for uid, level in needed.items()}

    def not_higher(self) -> list[str]:
        """Public ids of the skills that people are said to need no better than they know them."""
        return [uid for uid, (now, needed) in self.pairs.items() if 0 < needed <= now]


def _level(name: str) -> int:
    value = request.form.get(name, "")
    return int(value) if value in {str(level) for level in SKILL_LEVELS} else 0


class LimitsForm(FlaskForm):  # type: ignore[misc]
    """Where, by when and for how much; and who asks. Everything but the address may stay empty."""

    near = PlaceName(lazy_gettext("Waar werken uw mensen?"))
    max_km = Whole(lazy_gettext("Hoeveel kilometer mogen zij hoogstens reizen?"), [Optional(), between(1, 500)])
    is_online_ok = BooleanField(lazy_gettext("Online leren mag ook"))
    needed_by = Day(lazy_gettext("Wanneer moeten zij het kunnen?"), [Optional()])
    budget_eur = Amount(lazy_gettext("Hoeveel mag het kosten per persoon?"), [Optional(), between(0, 100_000)])
    theme = SelectField(lazy_gettext("Thema"), coerce=int)
    organisation = SelectField(lazy_gettext("Wie vraagt dit?"), coerce=int)
    company = StringField(lazy_gettext("Naam van uw bedrijf of hub"), [at_most(160)], filters=[clean])
    is_company_shown = BooleanField(lazy_gettext("Iedereen mag zien wie dit vraagt"))
    contact_email = StringField(
        lazy_gettext("Mailadres voor wie uw vraag oppakt"),
        [InputRequired(lazy_gettext("Schrijf een mailadres.")), email_address],
        filters=[clean],
    )

    def __init__(self, themes: Sequence[Theme], own: Sequence[Organisation], today: date, **options: object) -> None:
        super().__init__(**options)
        self.today = today
        self.theme.choices = [SelectChoice(0, _("Nog niet bekend")), *(SelectChoice(one.id, one.label(language())) for one in themes)]
        self.organisation.choices = [SelectChoice(0, _("Een ander bedrijf")), *(SelectChoice(one.id, one.name) for one in own)]

    def leave_to_owner(self) -> None:
        """Takes away what only who filed the demand decides: in whose name it asks, and where to reach them."""
        del self.organisation, self.contact_email

    def validate_max_km(self, field: Whole) -> None:
        """A distance needs a place."""
        if field.data and not self.near.data:
            raise ValidationError(_("Schrijf ook waar uw mensen werken."))

    def validate_needed_by(self, field: Day) -> None:
        """Nobody can have learned something by a day that is over."""
        if field.data and field.data <= self.today:
            raise ValidationError(_("Kies een dag die nog komt."))

    @property
    def values(self) -> DemandValues:
        """What was filled in."""
        budget = self.budget_eur.data
        values = DemandValues(
            place=self.near.data,
            max_km=self.max_km.data,
            is_online_ok=self.is_online_ok.data,
            needed_by=self.needed_by.data,
            budget_cents=None if budget is None else round(float(budget) * 100),
            theme_id=self.theme.data or None,
            company=self.company.data,
            is_company_shown=self.is_company_shown.data,
        )
        if self.organisation:
            values["organisation_id"] = self.organisation.data or None
        return values


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """A module that answers a demand, with a word about it."""

    module = SelectField(lazy_gettext("Welke module?"), choices=[])
    note = StringField(lazy_gettext("Wat wilt u erbij zeggen?"), [at_most(500)], filters=[clean])


class DemandSearchForm(Form):  # type: ignore[misc]
    """Which demands one wants to see. Values that do not occur find nothing; they are no mistake."""

    region = SelectField(lazy_gettext("Provincie"), validate_choice=False, default="", filters=[clean])
    theme = SelectField(lazy_gettext("Thema"), validate_choice=False, default="", filters=[clean])
    status = SelectField(lazy_gettext("Hoe staat het ermee?"), validate_choice=False, default="", filters=[clean])

    def __init__(self, arguments: MultiDict[str, str], regions: Sequence[str], themes: Sequence[Theme]) -> None:
        super().__init__(arguments)
        everything = SelectChoice("", _("alles"))
        self.region.choices = [everything, *(SelectChoice(name, name) for name in regions)]
        self.theme.choices = [everything, *(SelectChoice(one.slug, one.label(language())) for one in themes)]
        self.status.choices = [
            SelectChoice("", _("nog niet beantwoord")),
            *(SelectChoice(str(code), words.capitalised(word)) for code, word in FILTERED.items()),
        ]

    @property
    def wanted(self) -> DemandFilter:
        """What to look for."""
        status = self.status.data if self.status.data in {str(code) for code in FILTERED} else ""
        return DemandFilter(self.region.data[:80], self.theme.data[:160], DemandStatus(status) if status else None)

    def parameters(self) -> MultiDict[str, str]:
        """The address of this search, without the page."""
        return MultiDict(list(self._filled()))

    def _filled(self) -> Iterator[tuple[str, Any]]:
        for name, field in self._fields.items():
            if field.data:
                yield name, field.data[:160]

"""What the pages of the editor take."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import URL, InputRequired, Optional, ValidationError

from catalogue.exchange import cells
from catalogue.exchange.problems import BadCell, Reason
from catalogue.exchange.prose import MOST_OUTCOME_CHARS, MOST_OUTCOMES
from catalogue.models import HubTemplate
from catalogue.publishing.values import EditionValues, ModuleValues
from catalogue.starts import Start
from catalogue.vocabulary import DAY_PARTS, AssessmentForm, Credential, Format, Kind, Level, LoadUnit, StartType
from web import words
from web.fields import Amount, Day, PlaceName, Whole, at_most, between, clean, lines
from web.hub.module_words import START_TYPES
from web.languages import _, lazy_gettext
from web.learner.forms import LevelsForm

LANGUAGES = ("nl", "en", "de", "fr", "pl", "ar", "uk")
MOST_TEXT_CHARS = 30_000
MOST_COUNTED = 10**9
"""How far a number is read; what is too many for a field, its own range says."""
FREE, KNOWN, UNKNOWN = "gratis", "bedrag", "onbekend"


def coded_choices(table: Any) -> Callable[[], list[SelectChoice]]:
    """What makes, for each form anew, a choice of each code of a table of words: only then it is known in which language."""
    return lambda: [SelectChoice(str(code), words.capitalised(word)) for code, word in table.items()]


def text_area(label: Any, most: int = 2_000) -> TextAreaField:
    """A text of several lines, of at most so many characters."""
    return TextAreaField(label, [at_most(most)], filters=[lines])


class Price(Amount):
    """A price as a file may have it too: "€ 1.250,- incl. btw"."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Reads the amount; one without tax is not what a person pays."""
        try:
            cents = cells.price_cents(valuelist[0]) if valuelist else None
        except BadCell as bad:
            self.data = None
            if bad.reason is Reason.WITHOUT_TAX:
                raise ValueError(_("Dit is zonder btw. Schrijf de prijs met btw.")) from None
            super().process_formdata(valuelist)
        else:
            super().process_formdata([] if cents is None else [f"{cents / 100:.2f}"])


class Counted(Whole):
    """A whole number as a file may have it too, with words around it: "10 weken". `read` reads both."""

    def __init__(self, label: Any, validators: Any, read: Callable[[str, int], int | None], **options: Any) -> None:
        super().__init__(label, validators, **options)
        self.read = read

    def process_formdata(self, valuelist: list[str]) -> None:
        """Reads the number; what is none is refused as in every other form."""
        try:
            number = self.read(valuelist[0], MOST_COUNTED) if valuelist else None
        except BadCell:
            super().process_formdata(valuelist)
        else:
            super().process_formdata([] if number is None else [str(number)])


def _title() -> StringField:
    return StringField(
        lazy_gettext("Naam van de module"), [InputRequired(lazy_gettext("Schrijf hoe de module heet.")), at_most(300)], filters=[clean]
    )


class NewModuleForm(FlaskForm):  # type: ignore[misc]
    """The beginning of a module: a text that exists, or just a name."""

    organisation = SelectField(lazy_gettext("Van welke organisatie?"), coerce=int)
    template = SelectField(lazy_gettext("Met een sjabloon van uw hub?"))
    title = StringField(lazy_gettext("Naam van de module"), [at_most(300)], filters=[clean])
    text = text_area(lazy_gettext("Uw tekst over de module"), MOST_TEXT_CHARS)

    def offer(self, templates: Sequence[HubTemplate]) -> None:
        """Which templates one can begin with; without any, one begins with nothing."""
        none = SelectChoice("", _("Nee, begin zonder sjabloon"))
        self.template.choices = [none, *(SelectChoice(one.uid, one.name, optgroup=one.hub.name) for one in templates)]
        self.template.data = self.template.data or ""

    def validate_title(self, field: StringField) -> None:
        """A name is needed where there is no text to take one from."""
        if not field.data and not self.text.data:
            raise ValidationError(_("Schrijf een naam, of plak een tekst."))


class TextForm(FlaskForm):  # type: ignore[misc]
    """What the module is about."""

    title = _title()
    language = SelectField(lazy_gettext("Taal van deze tekst en van de lessen"))
    outcomes = text_area(lazy_gettext("Wat kan iemand na afloop?"), MOST_OUTCOMES * (MOST_OUTCOME_CHARS + 2))
    description = text_area(lazy_gettext("Waar gaat de module over?"), MOST_TEXT_CHARS)
    audience = text_area(lazy_gettext("Voor wie is de module?"), 2_000)

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.language.choices = [SelectChoice(code, words.capitalised(words.language_name(code))) for code in LANGUAGES]

    def validate_outcomes(self, _field: TextAreaField) -> None:
        """One a line, none of them too long."""
        if len(self.outcome_lines) > MOST_OUTCOMES or any(len(line) > MOST_OUTCOME_CHARS for line in self.outcome_lines):
            raise ValidationError(_("Schrijf hoogstens %(most)s regels, en geen lange.", most=MOST_OUTCOMES))

    @property
    def outcome_lines(self) -> list[str]:
        """The outcomes, one a line."""
        return [line for written in (self.outcomes.data or "").split("\n") if (line := " ".join(written.lstrip("-•* ").split()))]

    @property
    def values(self) -> ModuleValues:
        """What was filled in."""
        return ModuleValues(
            title=self.title.data,
            language=self.language.data,
            outcomes=self.outcome_lines,
            description=self.description.data,
            audience=self.audience.data,
        )


class FactsForm(FlaskForm):  # type: ignore[misc]
    """Level, load, theme and what one gets for it."""

    level = SelectField(lazy_gettext("Niveau"), choices=coded_choices(words.LEVELS))
    kind = SelectField(lazy_gettext("Soort"), choices=coded_choices(words.KINDS))
    theme = SelectField(lazy_gettext("Thema"), coerce=int)
    hub = SelectField(lazy_gettext("Hub"), coerce=int)
    load = Amount(lazy_gettext("Hoeveel tijd kost de module?"), [Optional(), between(0, 20_000)], example=40)
    load_unit = SelectField(lazy_gettext("Geteld in"), choices=[])
    credential = SelectField(lazy_gettext("Bewijs na afloop"), choices=coded_choices(words.CREDENTIALS))
    assessment = text_area(lazy_gettext("Hoe laat iemand zien wat hij kan?"), 2_000)
    url = StringField(
        lazy_gettext("Adres van uw eigen pagina"),
        [Optional(), URL(message=lazy_gettext("Schrijf het hele adres, dus met https://.")), at_most(500)],
        filters=[clean],
    )

    def __init__(self, themes: Sequence[tuple[int, str]], hubs: Sequence[tuple[int, str]], **options: object) -> None:
        super().__init__(**options)
        self.theme.choices = [SelectChoice(0, _("Nog niet bekend")), *(SelectChoice(key, name) for key, name in themes)]
        self.hub.choices = [SelectChoice(0, _("Geen")), *(SelectChoice(key, name) for key, name in hubs)]
        self.load_unit.choices = [
            SelectChoice(LoadUnit.HOURS, _("uren")),
            SelectChoice(LoadUnit.SBU, _("SBU")),
            SelectChoice(LoadUnit.EC, _("EC (28 uur)")),
        ]

    @property
    def values(self) -> ModuleValues:
        """What was filled in; the load in hours."""
        unit = LoadUnit(self.load_unit.data)
        return ModuleValues(
            level=Level(self.level.data),
            kind=Kind(self.kind.data),
            theme_id=self.theme.data or None,
            hub_id=self.hub.data or None,
            workload_hours=None if self.load.data is None else float(self.load.data) * unit.hours_per_unit,
            load_unit=unit,
            credential=Credential(self.credential.data),
            assessment=self.assessment.data,
            url=self.url.data or "",
        )


class BadgeForm(FlaskForm):  # type: ignore[misc]
    """What a badge or microcredential says besides what the module says already."""

    assessment_form = SelectField(
        lazy_gettext("Op welke manier laat iemand zien wat hij kan?"), choices=coded_choices(words.ASSESSMENT_FORMS)
    )
    is_supervised = RadioField(lazy_gettext("Kijkt er dan iemand mee?"))
    is_identity_checked = RadioField(lazy_gettext("Wordt gekeken of het de goede persoon is?"))
    is_stackable = RadioField(lazy_gettext("Telt het mee voor een groter bewijs?"))
    quality_mark = StringField(lazy_gettext("Wie bewaakt de kwaliteit?"), [at_most(160)], filters=[clean])
    quality_url = StringField(
        lazy_gettext("Waar kan men dat lezen?"),
        [Optional(), URL(message=lazy_gettext("Schrijf het hele adres, dus met https://.")), at_most(500)],
        filters=[clean],
    )

    ANSWERS: ClassVar = {"": None, "ja": True, "nee": False}

    def __init__(self, values: ModuleValues, **options: Any) -> None:
        shown = {value: answer for answer, value in self.ANSWERS.items()}
        super().__init__(**options, data=dict(values) | {name: shown[values[name]] for name in _YES_OR_NO})  # type: ignore[literal-required]
        for name in _YES_OR_NO:
            self[name].choices = [SelectChoice("ja", _("Ja")), SelectChoice("nee", _("Nee")), SelectChoice("", _("Nog niet bekend"))]

    @property
    def values(self) -> ModuleValues:
        """What was filled in."""
        return ModuleValues(
            assessment_form=AssessmentForm(self.assessment_form.data),
            is_supervised=self.ANSWERS[self.is_supervised.data],
            is_identity_checked=self.ANSWERS[self.is_identity_checked.data],
            is_stackable=self.ANSWERS[self.is_stackable.data],
            quality_mark=self.quality_mark.data or "",
            quality_url=self.quality_url.data or "",
        )


_YES_OR_NO = ("is_supervised", "is_identity_checked", "is_stackable")


class SkillsForm(LevelsForm):
    """Skills with their level, ticks by those that were found in the text, and one to look for."""

    q = StringField(lazy_gettext("Naam van de vaardigheid"), [at_most(120)], filters=[clean])
    entry_text = text_area(lazy_gettext("Wat moet iemand kunnen of hebben?"), 2_000)


class RunForm(FlaskForm):  # type: ignore[misc]
    """One run of a module."""

    start = RadioField(lazy_gettext("Hoe begint het?"), [InputRequired(lazy_gettext("Kies hoe het begint."))])
    on = Day(lazy_gettext("Datum van de start, of van de eerste"), [Optional()])
    every_weeks = Counted(lazy_gettext("Elke hoeveel weken?"), [Optional(), between(1, 99)], cells.weeks)
    when_enrolled = Counted(lazy_gettext("Vanaf hoeveel mensen?"), [Optional(), between(1, 9_999)], cells.people)
    weeks = Counted(lazy_gettext("Hoeveel weken duurt het?"), [Optional(), between(1, 520)], cells.weeks)
    format = SelectField(lazy_gettext("Waar leert iemand?"), choices=coded_choices(words.FORMATS))
    near = PlaceName(lazy_gettext("Plaats"))
    day_parts = SelectMultipleField(
        lazy_gettext("Wanneer in de week?"), choices=[SelectChoice(code, words.day_parts([code])) for code in DAY_PARTS]
    )
    price = RadioField(lazy_gettext("Wat kost het?"), default=KNOWN)
    price_eur = Price(lazy_gettext("Prijs in euro, met btw"), [Optional(), between(0, 1_000_000)])
    capacity = Counted(lazy_gettext("Hoeveel plaatsen zijn er?"), [Optional(), between(1, 100_000)], cells.people)
    minimum_group = Counted(lazy_gettext("Met hoeveel mensen gaat het door?"), [Optional(), between(1, 100_000)], cells.people)

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.start.choices = [SelectChoice(str(code), str(word)) for code, word in START_TYPES.items()]
        self.price.choices = [
            SelectChoice(KNOWN, _("Een bedrag")),
            SelectChoice(FREE, _("Niets, het is gratis")),
            SelectChoice(UNKNOWN, _("Nog niet bekend, of op aanvraag")),
        ]
        self.day_parts.choices = [SelectChoice(code, words.day_parts([code])) for code in DAY_PARTS]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also looks for what is empty, and may not be in this kind of run."""
        is_right = bool(super().validate(extra_validators))
        for field, is_needed, message in self._needs():
            if is_needed and not field.errors and field.data in (None, ""):
                field.errors, is_right = [str(message)], False
        return is_right

    def _needs(self) -> Iterator[tuple[Any, bool, object]]:
        start, place = self.start.data, self.format.data in (Format.ON_SITE, Format.BLENDED)
        yield self.on, start == StartType.FIXED, _("Schrijf de datum van de start.")
        yield self.every_weeks, start == StartType.ROLLING, _("Schrijf om de hoeveel weken het begint.")
        yield self.when_enrolled, start == StartType.WHEN_ENROLLED, _("Schrijf op hoeveel mensen de start wacht.")
        yield self.near, place, _("Schrijf in welke plaats de lessen zijn.")
        yield self.price_eur, self.price.data == KNOWN, _("Schrijf een bedrag, of kies iets anders.")

    def values(self, place: str) -> EditionValues:
        """The run; `place` is the slug of what was typed."""
        kind = StartType(self.start.data)
        cents = {FREE: 0, UNKNOWN: None}.get(self.price.data, round(float(self.price_eur.data or 0) * 100))
        return EditionValues(
            start=Start(
                kind,
                on=self.on.data if kind in (StartType.FIXED, StartType.ROLLING) else None,
                every_weeks=self.every_weeks.data if kind is StartType.ROLLING else None,
                when_enrolled=self.when_enrolled.data if kind is StartType.WHEN_ENROLLED else None,
            ),
            format=Format(self.format.data),
            weeks=self.weeks.data,
            place="" if self.format.data == Format.ONLINE else place,
            day_parts=tuple(self.day_parts.data),
            price_cents=cents,
            capacity=self.capacity.data,
            minimum_group=self.minimum_group.data,
        )

"""What the pages of the guided intake take. Every field may stay empty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from web import words
from web.advisor.forms import MOST_TEXT_CHARS, TaskForm
from web.advisor.intake.answer_codes import BARRIERS, DIGITAL, DUTCH, ROUTES, barriers_of
from web.advisor.intake.meanwhile import WISHES
from web.advisor.intake.talk import MOST_WORK, MOST_YEARS_CHARS, Work
from web.advisor.intake.work import with_work
from web.fields import at_most, clean, lines
from web.languages import lazy_gettext
from web.learner.forms import (
    LEARNING_LANGUAGES,
    MAX_NAME_CHARS,
    MAX_STORY_CHARS,
    NONE_OF_THESE,
    PICKED,
    ConstraintsForm,
    LevelsForm,
    OccupationForm,
    SkillForm,
    is_uid,
)

NOT_KNOWN = SelectChoice("", lazy_gettext("Nog niet bekend"))
GOAL_KINDS = {
    "occupation": lazy_gettext("Een ander beroep"),
    "skills": lazy_gettext("Iets leren voor het werk"),
    "theme": lazy_gettext("Iets met een thema"),
    "text": lazy_gettext("In eigen woorden"),
}
MOST_GOAL_CHARS = 1_000
SKIP = "sla-over"
"""The value of field `actie` of the button that leaves a step as it is."""
ABOUT_CLIENT = {
    "hours_per_week": lazy_gettext("Hoeveel uur per week heeft uw klant?"),
    "near": lazy_gettext("Postcode of plaats van uw klant"),
    "max_km": lazy_gettext("Hoeveel kilometer wil uw klant hoogstens reizen?"),
    "formats": lazy_gettext("Waar wil uw klant leren?"),
    "moments": lazy_gettext("Wanneer kan uw klant leren?"),
    "start_after": lazy_gettext("Vanaf wanneer kan uw klant beginnen?"),
    "finish_by": lazy_gettext("Wanneer wil uw klant klaar zijn?"),
}
"""What learners are asked with "u"."""


def _text(label: object, most: int = MOST_TEXT_CHARS) -> TextAreaField:
    return TextAreaField(label, [at_most(most)], filters=[lines])


def _is_changed(field: Field) -> bool:
    """Whether a field holds something else than its page showed; choices in any order, and nothing in whatever way."""
    if isinstance(field, FieldList):
        return any(_is_changed(one) for line in field for one in line.form)
    if isinstance(field, SelectMultipleField):
        return set(field.data or ()) != set(field.object_data or ())
    return bool(field.process_errors) or (field.data or "") != (field.object_data or "")


class StepForm(FlaskForm):  # type: ignore[misc]
    """What each step has: a note about the talk, for what has no field of its own."""

    actie = StringField(filters=[clean])
    note_text = _text(lazy_gettext("Notitie bij dit gesprek"))
    seen = HiddenField(filters=[clean])
    """The version of the answers that the page was made of, see `web.advisor.intake.meanwhile`."""
    is_overtaken = False
    """Whether somebody else changed these answers since."""
    searched = ""
    proposed: Mapping[str, int] = {}
    """The levels that the page showed, by public id; the view sets it."""

    @property
    def is_skipped(self) -> bool:
        """Whether somebody asked for the next step, instead of keeping this one."""
        return bool(self.actie.data == SKIP)

    @property
    def is_written(self) -> bool:
        """Whether it holds something that its page did not show. Of a search only its words count."""
        told = [field for field in self if field.name not in ("actie", "seen", "q", "choice", "csrf_token")]
        words = self.q.data if "q" in self else ""
        return words not in ("", self.searched) or any(map(_is_changed, told)) or getattr(self, "levels", {}) != self.proposed

    def validate_on_submit(self, *more: Any) -> bool:
        """Whether it is to be kept: sent, skipped by nobody, and without a mistake."""
        return not self.is_skipped and bool(super().validate_on_submit(*more))


class SituationForm(StepForm):
    """How somebody comes in, and how things are."""

    route = RadioField(
        lazy_gettext("Hoe komt uw klant binnen?"),
        [Optional()],
        choices=[SelectChoice(code, name) for code, (name, _effect) in ROUTES.items()],
    )
    situation = _text(lazy_gettext("Hoe is het nu?"))


class JobForm(Form):  # type: ignore[misc]
    """A line of the work history, as the page showed it; `is_gone` takes it out."""

    occupation = HiddenField(filters=[clean])
    name = HiddenField(filters=[clean])
    years = StringField(lazy_gettext("Hoe lang?"), filters=[clean])
    is_gone = BooleanField(lazy_gettext("Haal weg"))

    @property
    def work(self) -> Work:
        """The line as it is kept; a text that is too long was not typed on the page, which stops there."""
        occupation = self.occupation.data if is_uid(self.occupation.data) else ""
        return Work(occupation, self.name.data[:MAX_NAME_CHARS], self.years.data[:MOST_YEARS_CHARS])


class OptionalOccupationForm(OccupationForm):
    """An occupation on a page that asks more: nothing has to be typed, and only with what is typed or picked something is chosen."""

    def validate_q(self, field: StringField) -> None:
        """Nothing has to be typed."""

    def validate_choice(self, field: RadioField) -> None:
        """Whoever typed something, and goes on, chooses from what was found."""
        if self.q.data and not field.data:
            super().validate_choice(field)

    @property
    def is_chosen(self) -> bool:
        """Whether an occupation was chosen for what is typed."""
        is_one = self.choice.data == NONE_OF_THESE or is_uid(self.choice.data or "")
        return is_one and bool(self.q.data or self.actie.data == PICKED) and super().is_chosen


class WorkForm(StepForm, OptionalOccupationForm):
    """The work history, and more work: typed and chosen, or named in a pasted text."""

    jobs = FieldList(FormField(JobForm), max_entries=MOST_WORK)
    last = StringField(filters=[clean], default="0")
    """The number of the line that is the last work."""
    heard = SelectMultipleField(lazy_gettext("Welk werk hoort erbij?"), choices=[], validate_choice=False)
    text = _text(lazy_gettext("Plak een cv of een verhaal"), MAX_STORY_CHARS)

    @property
    def work(self) -> tuple[Work, ...]:
        """The lines that stay, the last work first, and behind them what was ticked of the text."""
        kept = [(str(number) != self.last.data, one.work) for number, one in enumerate(self.jobs) if not one.is_gone.data]
        ordered = [work for _is_earlier, work in sorted(kept, key=lambda pair: pair[0])]
        return with_work(ordered, [Work(uid) for uid in self.heard.data or () if is_uid(uid)])


class SkillsForm(StepForm, SkillForm):
    """Levels of the skills on the page, and a skill to look for."""


class EnergyForm(StepForm):
    """What gives energy and what takes it."""

    energy = _text(lazy_gettext("Wat geeft energie?"))
    drains = _text(lazy_gettext("Wat kost energie?"))


class GoalForm(StepForm, OptionalOccupationForm, LevelsForm):
    """Every sort of goal at once; what counts is the one that `kind` names."""

    kind = RadioField(lazy_gettext("Wat voor doel is het?"), [Optional()], choices=[SelectChoice(*pair) for pair in GOAL_KINDS.items()])
    skill = StringField(lazy_gettext("Naam van de vaardigheid"), [at_most(MAX_NAME_CHARS)], filters=[clean])
    theme = SelectField(lazy_gettext("Thema"), [Optional()])
    text = _text(lazy_gettext("Wat wil uw klant leren of kunnen?"), MOST_GOAL_CHARS)

    @property
    def wanted_kind(self) -> str:
        """The sort of goal: that of a suggestion just picked, else the chosen one, else that of the first field with something in it."""
        if self.actie.data == PICKED:
            return "occupation"
        filled = {"occupation": self.q.data, "skills": self.skill.data, "theme": self.theme.data, "text": self.text.data}
        return self.kind.data or next((kind for kind, text in filled.items() if text), "")


class WishesForm(StepForm, ConstraintsForm):
    """What a module has to fit, asked about a client. The language of lessons is asked with how well somebody speaks Dutch."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        for name, question in ABOUT_CLIENT.items():
            self[name].label.text = question

    @property
    def values(self) -> dict[str, Any]:
        """The wishes of this step as the answers keep them."""
        return {name: value for name, value in super().values.items() if name in WISHES}


class LanguageForm(StepForm):
    """How well somebody knows Dutch and finds the way with a computer, and in which language lessons may be."""

    dutch = RadioField(
        lazy_gettext("Hoe goed is het Nederlands?"), [Optional()], choices=[NOT_KNOWN, *(SelectChoice(code) for code in DUTCH)]
    )
    languages = SelectMultipleField(
        lazy_gettext("In welke taal mag de les zijn?"),
        choices=lambda: [SelectChoice(code, words.language_name(code)) for code in LEARNING_LANGUAGES],
    )
    digital = RadioField(
        lazy_gettext("Hoe gaat het met de computer?"), [Optional()], choices=[NOT_KNOWN, *(SelectChoice(*pair) for pair in DIGITAL.items())]
    )


class BarriersForm(StepForm):
    """What stands in the way."""

    barriers = SelectMultipleField(lazy_gettext("Kruis aan wat speelt"))
    barriers_text = _text(lazy_gettext("Iets anders, of meer hierover"))

    def __init__(self, route: str, **options: object) -> None:
        super().__init__(**options)
        self.barriers.choices = [SelectChoice(code, BARRIERS[code].name) for code in barriers_of(route)]


class FirstStepsForm(TaskForm):
    """Which first steps become tasks, and for which day. Those of the route are ticked; a barrier may go away by itself."""

    text = None
    steps = SelectMultipleField(lazy_gettext("Welke stappen worden een taak?"))

    def __init__(self, today: date, proposed: Mapping[str, str]) -> None:
        super().__init__(today)
        self.steps.choices = [SelectChoice(*pair) for pair in proposed.items()]
        if not self.is_submitted():
            self.steps.data = [code for code in proposed if code not in BARRIERS]

"""What an advisor chooses for a version of the report."""

from __future__ import annotations

from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from matching.core.path.field import Objective
from web.advisor.intake.talk import answers_of
from web.advisor.matching.paths import PathQuestion, choices_of, path_question
from web.advisor.model import Dossier
from web.advisor.report.document import OWN, PARTS, Wish
from web.advisor.report.versions import own_words
from web.documents.document import Document
from web.fields import at_most, lines
from web.languages import LANGUAGES, _, language, lazy_gettext
from web.learner.path_cards import NAMES
from web.learner.path_form import AIMS

MOST_OWN_CHARS = 8_000
MAKE = "maak"
CHOOSABLE = {code: name for code, name in PARTS.items() if code != OWN}


class ReportForm(FlaskForm):  # type: ignore[misc]
    """Own words, which path is advised, the language, and the parts; it begins with those of the last version."""

    own_words = TextAreaField(lazy_gettext("Wat wilt u zelf zeggen?"), [at_most(MOST_OWN_CHARS)], filters=[lines])
    aim = RadioField(lazy_gettext("Welke route adviseert u?"))
    language = RadioField(
        lazy_gettext("In welke taal komt het verslag?"), choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()]
    )
    parts = SelectMultipleField(
        lazy_gettext("Wat komt er nog meer in?"), choices=[SelectChoice(code, name) for code, name in CHOOSABLE.items()]
    )

    def __init__(self, dossier: Dossier, *, is_making: bool) -> None:
        last = dossier.reports[0] if dossier.reports else None
        super().__init__(
            data={
                "own_words": own_words(Document.of(last.document)) if last else "",
                "aim": choices_of(dossier).get("doel", next(iter(AIMS))),
                "language": last.language if last else language(),
                "parts": list(CHOOSABLE),
            }
        )
        left_out = Objective.HOURS if answers_of(dossier).near else Objective.TRAVEL
        self.aim.choices = [SelectChoice(word, NAMES[aim]) for word, aim in AIMS.items() if aim is not left_out]
        self.is_making = is_making

    def validate_own_words(self, field: TextAreaField) -> None:
        """A report begins with the advisor; to look what it becomes, that is not needed yet."""
        if self.is_making and not field.data:
            raise ValidationError(_("Schrijf een paar zinnen voor uw klant. Daar begint het verslag mee."))

    def path_question(self, session: Session, dossier: Dossier) -> PathQuestion | None:
        """What the advised path follows from: the choices with which somebody looked last, and the chosen aim; None without a goal."""
        if not answers_of(dossier).has_goal:
            return None
        return path_question(session, dossier, {**choices_of(dossier), "doel": self.aim.data})

    @property
    def wish(self) -> Wish:
        """What was chosen."""
        return Wish(self.own_words.data, self.language.data, frozenset(self.parts.data))

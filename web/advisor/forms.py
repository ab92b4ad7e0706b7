"""What the pages of advisors take."""

from __future__ import annotations

from datetime import date, timedelta

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from web.advisor.dossiers import Request
from web.advisor.guidance_model import Claim, Evidence, Proof, Verdict
from web.advisor.model import How, Note
from web.advisor.together.choice_page import VERDICTS, Typed
from web.advisor.together.choices import MOST_REASON_CHARS
from web.advisor.together.claim_page import PROOFS
from web.advisor.together.claims import MOST_TEXT_CHARS as MOST_CLAIM_CHARS
from web.fields import Day, Whole, at_most, clean, email_address, lines
from web.languages import _, lazy_gettext
from web.passport.forms import document_in
from web.words import SKILL_LEVELS

MOST_YEARS = 2
MOST_DAYS = 366 * MOST_YEARS
USUAL_DAYS = 365
MOST_TEXT_CHARS = 4_000
EARLIEST_YEAR = 1950


def _to_come(form: FlaskForm, field: Day) -> None:
    """A day from today on, not too far away."""
    if field.data and not form.today <= field.data <= form.today + timedelta(days=MOST_DAYS):
        raise ValidationError(_("Kies een dag vanaf vandaag, en hoogstens %(years)s jaar verder.", years=MOST_YEARS))


class NewDossierForm(FlaskForm):  # type: ignore[misc]
    """Whom it is about, and what the client is asked."""

    client_name = StringField(
        lazy_gettext("Hoe noemt u uw klant?"), [DataRequired(lazy_gettext("Schrijf hoe u uw klant noemt.")), at_most(80)], filters=[clean]
    )
    client_email = StringField(lazy_gettext("Mailadres van uw klant"), [Optional(), at_most(254), email_address], filters=[clean])
    purpose = TextAreaField(
        lazy_gettext("Waarvoor is het dossier?"),
        [DataRequired(lazy_gettext("Schrijf waarvoor het dossier is.")), at_most(300)],
        filters=[clean],
    )
    until = Day(lazy_gettext("Tot en met welke dag mag u in het dossier kijken?"), [DataRequired(lazy_gettext("Kies een dag.")), _to_come])
    how = RadioField(
        lazy_gettext("Hoe geeft uw klant toestemming?"),
        choices=[
            SelectChoice(How.ONLINE.value, lazy_gettext("Online. Uw klant krijgt een link en leest daar wat u vraagt")),
            SelectChoice(How.PAPER.value, lazy_gettext("Op papier. Uw klant heeft al getekend")),
        ],
        default=How.ONLINE.value,
    )

    def __init__(self, today: date) -> None:
        super().__init__(data={"until": today + timedelta(days=USUAL_DAYS), "purpose": _("U helpen aan werk of een opleiding die past.")})
        self.today = today

    @property
    def asked(self) -> Request:
        """What was filled in."""
        return Request(self.client_name.data, self.client_email.data or "", self.purpose.data, self.until.data, How(self.how.data))


class CardForm(FlaskForm):  # type: ignore[misc]
    """What an advisor is called, and how to reach them."""

    name = StringField(lazy_gettext("Uw naam"), [DataRequired(lazy_gettext("Schrijf uw naam.")), at_most(80)], filters=[clean])
    organisation = StringField(lazy_gettext("Waar u werkt"), [at_most(120)], filters=[clean])
    phone = StringField(lazy_gettext("Uw telefoonnummer"), [at_most(40)], filters=[clean])


class StoryForm(FlaskForm):  # type: ignore[misc]
    """Where the client wants to go, and how things are now."""

    goal = TextAreaField(lazy_gettext("Wat wil uw klant?"), [at_most(MOST_TEXT_CHARS)], filters=[lines])
    situation = TextAreaField(lazy_gettext("Hoe is het nu?"), [at_most(MOST_TEXT_CHARS)], filters=[lines])


class NoteForm(FlaskForm):  # type: ignore[misc]
    """What a talk was about."""

    day = Day(lazy_gettext("Dag van het gesprek"), [DataRequired(lazy_gettext("Kies een dag."))])
    text = TextAreaField(
        lazy_gettext("Waar ging het over?"),
        [DataRequired(lazy_gettext("Schrijf waar het over ging.")), at_most(MOST_TEXT_CHARS)],
        filters=[lines],
    )

    def __init__(self, today: date, note: Note | None = None) -> None:
        super().__init__(data={"day": note.day, "text": note.text} if note else {"day": today})
        self.today = today

    def validate_day(self, field: Day) -> None:
        """A talk that was."""
        if field.data and field.data > self.today:
            raise ValidationError(_("Kies vandaag, of een dag die al was."))


class TaskForm(FlaskForm):  # type: ignore[misc]
    """Something to do until a day."""

    text = StringField(
        lazy_gettext("Wat gaat er gebeuren, en wie doet het?"),
        [DataRequired(lazy_gettext("Schrijf wat er gaat gebeuren.")), at_most(200)],
        filters=[clean],
    )
    due = Day(lazy_gettext("Voor welke dag?"), [DataRequired(lazy_gettext("Kies een dag.")), _to_come])

    def __init__(self, today: date) -> None:
        super().__init__(data={"due": today + timedelta(days=7)})
        self.today = today


class HandOverForm(FlaskForm):  # type: ignore[misc]
    """Who is the advisor from now on."""

    email = StringField(
        lazy_gettext("Mailadres van uw collega"), [DataRequired(lazy_gettext("Schrijf een mailadres.")), email_address], filters=[clean]
    )
    is_sure = BooleanField()


class ChoiceForm(FlaskForm):  # type: ignore[misc]
    """What advisor or client says of a module on their list. The page has one for each module, so their ids are its own."""

    verdict = RadioField(choices=[SelectChoice(code.value, word) for code, word in VERDICTS.items()], default=Verdict.MAYBE.value)
    reason_for = TextAreaField(validators=[at_most(MOST_REASON_CHARS)], filters=[lines])
    reason_against = TextAreaField(validators=[at_most(MOST_REASON_CHARS)], filters=[lines])
    seen = HiddenField(filters=[lambda text: int(text) if text and text.isdecimal() and len(text) < 10 else 0])
    is_kept = False

    def validate_reason_against(self, field: TextAreaField) -> None:
        """Who rejects says why, for who reads it later."""
        if self.verdict.data == Verdict.REJECTED and not field.data:
            raise ValidationError(_("Schrijf wat ertegen spreekt. Dan weet u later nog waarom."))

    @property
    def is_new(self) -> bool:
        """Whether it only puts a module on the list."""
        return not (self.seen.data or self.reason_for.data or self.reason_against.data)

    @property
    def first_problem(self) -> tuple[str, str]:
        """What is wrong first, and beside which field that stands."""
        places = {"reason_for": "voor", "reason_against": "tegen"}
        name, messages = next(iter(self.errors.items()), ("", [_("Dat ging niet goed. Probeer het nog eens.")]))
        return messages[0], places.get(name or "", "oordeel")

    def typed(self, module: str, problem: str, field: str = "oordeel") -> Typed:
        """What was typed, to show it again."""
        known = {code.value: code for code in Verdict}
        verdict = known.get(self.verdict.data, Verdict.MAYBE)
        return Typed(module, verdict, self.reason_for.data or "", self.reason_against.data or "", problem, field)


class ClaimForm(FlaskForm):  # type: ignore[misc]
    """A skill that was learned before, with a piece of evidence to add."""

    level = RadioField(
        lazy_gettext("Hoe goed?"),
        [InputRequired(lazy_gettext("Kies hoe goed."))],
        choices=[SelectChoice(str(level), SKILL_LEVELS[level]) for level in range(1, 5)],
    )
    proof = RadioField(
        lazy_gettext("Wat voor bewijs is er?"),
        choices=[SelectChoice(code.value, word) for code, word in PROOFS.items()],
        validate_choice=False,
    )
    year = Whole(lazy_gettext("Uit welk jaar is het bewijs?"), example=2019)
    text = TextAreaField(lazy_gettext("Wat is het bewijs, en waar ligt het?"), [at_most(MOST_CLAIM_CHARS)], filters=[lines])

    def __init__(self, today: date, claim: Claim | None) -> None:
        super().__init__(data={"level": str(claim.level)} if claim else {})
        self.today, self.is_claimed = today, claim is not None

    @property
    def piece(self) -> Evidence | None:
        """The evidence that was told of; None where only the level was."""
        return Evidence(proof=Proof(self.proof.data), year=self.year.data, text=self.text.data) if self.proof.data else None

    def validate_proof(self, field: RadioField) -> None:
        """One of the kinds; none only where there is evidence already and no other is told of."""
        is_told = not self.is_claimed or bool(field.data or self.text.data) or self.year.data is not None
        if is_told and field.data not in PROOFS:
            raise ValidationError(_("Kies een soort bewijs."))

    def validate_year(self, field: Whole) -> None:
        """A year that was, in the life of somebody."""
        if field.data is not None and not EARLIEST_YEAR <= field.data <= self.today.year:
            raise ValidationError(_("Schrijf een jaar tussen %(first)s en %(last)s.", first=EARLIEST_YEAR, last=self.today.year))


class FileForm(FlaskForm):  # type: ignore[misc]
    """A file to put in the dossier."""

    file = FileField(lazy_gettext("Bestand"))
    content = b""

    def validate_file(self, field: FileField) -> None:
        """Something that both can look at."""
        self.content = document_in(field)


class LongerForm(FlaskForm):  # type: ignore[misc]
    """Until when the advisor wants to look."""

    until = Day(lazy_gettext("Tot en met welke dag?"), [DataRequired(lazy_gettext("Kies een dag."))])
    how = RadioField(
        lazy_gettext("Hoe geeft uw klant toestemming?"),
        choices=[
            SelectChoice(How.ONLINE.value, lazy_gettext("Online. Uw klant ziet de vraag in het dossier")),
            SelectChoice(How.PAPER.value, lazy_gettext("Op papier. Uw klant heeft al getekend")),
        ],
        default=How.ONLINE.value,
    )

    def __init__(self, today: date, until: date) -> None:
        super().__init__(data={"until": today + timedelta(days=USUAL_DAYS)})
        self.today, self.now_until = today, until

    def validate_until(self, field: Day) -> None:
        """Later than it is now, and not too far away."""
        if field.data and not self.now_until < field.data <= self.today + timedelta(days=MOST_DAYS):
            raise ValidationError(_("Kies een latere dag dan nu, en hoogstens %(years)s jaar verder dan vandaag.", years=MOST_YEARS))

"""What the pages of the passport take."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from matching.passports.exchange import MOST_FILE_BYTES as MOST_PASSPORT_BYTES
from matching.passports.passport import EvidenceKind
from matching.passports.problems import Reason, Unreadable
from matching.passports.reading import credential_text
from web.fields import Day, at_most, clean
from web.languages import _, lazy_gettext
from web.learner.forms import LevelsForm, is_uid
from web.passport.evidence import media_type
from web.passport.files import MOST_FILE_BYTES
from web.passport.passport_words import KINDS, what_is_wrong

MOST_TITLE_CHARS = 120
MOST_KEY_CHARS = 10_000
TICKED = "bij"
_TOO_LARGE = lazy_gettext("Dit bestand is te groot. Het mag hoogstens 5 MB zijn.")


def content_of(field: FileField) -> bytes:
    """What a file field holds; nothing where no file was chosen."""
    return field.data.read(MOST_PASSPORT_BYTES + 1) if field.data else b""


def document_in(field: FileField) -> bytes:
    """A PDF, PNG or JPEG by its first bytes; its name and what the browser calls it do not count. Raises ValidationError."""
    content = content_of(field)
    if not content:
        raise ValidationError(_("Kies een bestand."))
    if len(content) > MOST_FILE_BYTES:
        raise ValidationError(str(_TOO_LARGE))
    if not media_type(content):
        raise ValidationError(_("Dit is geen PDF, PNG of JPEG. Sla het bewijs eerst zo op."))
    return content


def ticked_skills() -> list[str]:
    """The skills with a tick, by public id."""
    return [uid for uid in request.form.getlist(TICKED) if is_uid(uid)]


class CertificateForm(FlaskForm):  # type: ignore[misc]
    """A certificate to keep as evidence."""

    file = FileField(lazy_gettext("Bestand met uw bewijs"))
    title = StringField(
        lazy_gettext("Hoe heet het bewijs?"),
        [InputRequired(lazy_gettext("Schrijf hoe het bewijs heet.")), at_most(MOST_TITLE_CHARS)],
        filters=[clean],
    )
    issuer = StringField(lazy_gettext("Van wie kreeg u het?"), [at_most(MOST_TITLE_CHARS)], filters=[clean])
    issued = Day(lazy_gettext("Wanneer kreeg u het?"), [Optional()])
    kind = RadioField(
        lazy_gettext("Wat voor bewijs is het?"),
        choices=[SelectChoice(kind.value, word) for kind, word in KINDS.items() if kind is not EvidenceKind.BADGE],
        default=EvidenceKind.CERTIFICATE.value,
    )
    content = b""

    def validate_file(self, field: FileField) -> None:
        """Something that can be shown later."""
        self.content = document_in(field)


class BadgeForm(FlaskForm):  # type: ignore[misc]
    """A badge as a file or a pasted text, and for who has it the key of its issuer."""

    file = FileField(lazy_gettext("Bestand van de badge"))
    text = TextAreaField(lazy_gettext("Of plak de tekst van de badge"))
    key = TextAreaField(lazy_gettext("Sleutel van de uitgever"), [at_most(MOST_KEY_CHARS)])
    credential = ""

    def validate_file(self, field: FileField) -> None:
        """There must be a badge in it, or in the text beside it."""
        content = content_of(field) or (self.text.data or "").encode("utf-8", "replace")
        if len(content) > MOST_FILE_BYTES:
            raise ValidationError(str(_TOO_LARGE))
        try:
            self.credential = credential_text(content)
        except Unreadable as wrong:
            is_empty = wrong.reason is Reason.EMPTY
            raise ValidationError(_("Kies een bestand of plak een tekst.") if is_empty else what_is_wrong(wrong)) from None

    def say_wrong(self, wrong: Unreadable) -> None:
        """Puts what is wrong by the field that it is about."""
        field: Any = self.key if wrong.reason is Reason.BAD_KEY else self.file
        field.errors = [*field.errors, what_is_wrong(wrong)]


class PassportFileForm(FlaskForm):  # type: ignore[misc]
    """A passport that was taken along before."""

    file = FileField(lazy_gettext("Bestand met uw vaardigheden"))
    content = b""

    def validate_file(self, field: FileField) -> None:
        """There must be something in it."""
        self.content = content_of(field)
        if not self.content:
            raise ValidationError(_("Kies een bestand."))


class SkillsForm(LevelsForm):
    """Levels, and ticks by skills that are there already."""

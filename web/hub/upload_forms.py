"""What the pages for files with modules take."""

from __future__ import annotations

from pathlib import Path

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField
from wtforms.validators import ValidationError

from catalogue.exchange.formats import FileFormat, FormatUnknown, format_of
from web.languages import _, lazy_gettext

MOST_FILE_BYTES = 5 * 1024 * 1024

TYPES = {
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.JSONL: "application/x-ndjson",
}
"""The formats that can be brought and fetched, by what a browser calls them."""


class UploadForm(FlaskForm):  # type: ignore[misc]
    """A file with modules."""

    file = FileField(lazy_gettext("Bestand met modules"))
    name, content = "", b""

    def validate_file(self, field: FileField) -> None:
        """A file whose name tells what it is."""
        self.name = field.data.filename if field.data else ""
        self.content = field.data.read(MOST_FILE_BYTES + 1) if field.data else b""
        if field.data:
            field.data.close()
        if not self.name:
            raise ValidationError(_("Kies een bestand."))
        if not self.content:
            raise ValidationError(_("Er staat niets in dit bestand. Kies een ander."))
        if len(self.content) > MOST_FILE_BYTES:
            raise ValidationError(_("Dit bestand is te groot. Het mag hoogstens 5 MB zijn."))
        try:
            is_known = format_of(Path(self.name)) in TYPES
        except FormatUnknown:
            is_known = False
        if not is_known:
            raise ValidationError(_("Kies een bestand dat eindigt op .csv, .xlsx of .jsonl."))


class TakeOverForm(FlaskForm):  # type: ignore[misc]
    """The button that writes what was shown."""

    publish = BooleanField(lazy_gettext("Zet alle modules van dit bestand meteen online"))

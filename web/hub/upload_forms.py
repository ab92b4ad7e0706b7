"""What the pages for files with modules take."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField
from wtforms.validators import ValidationError

from catalogue.exchange.columns import BY_NAME
from catalogue.exchange.formats import FileFormat, FormatUnknown, format_in
from catalogue.exchange.guesses import Column
from catalogue.exchange.mapping import UNUSED
from web.hub.column_presenters import column_id
from web.languages import _, lazy_gettext

MOST_FILE_BYTES = 5 * 1024 * 1024

TYPES = {
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.JSONL: "application/x-ndjson",
}
"""The formats that can be fetched, by what a browser calls them."""


class UploadForm(FlaskForm):  # type: ignore[misc]
    """A file with modules."""

    file = FileField(lazy_gettext("Bestand met modules"))
    name, content, format = "", b"", FileFormat.CSV

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
            self.format = format_in(Path(self.name), self.content)
        except FormatUnknown:
            raise ValidationError(_("Kies een bestand dat eindigt op .csv, .xlsx, .json of .jsonl.")) from None


class TakeOverForm(FlaskForm):  # type: ignore[misc]
    """The button that writes what was shown."""

    publish = BooleanField(lazy_gettext("Zet alle modules van dit bestand meteen online"))


class ColumnsForm(FlaskForm):  # type: ignore[misc]
    """What each column of a file holds; how many there are only the file tells."""

    def told(self, columns: Sequence[Column]) -> dict[str, str]:
        """What was chosen, theirs -> ours or `UNUSED`."""
        chosen = [request.form.get(column_id(at), UNUSED) for at in range(len(columns))]
        return {column.name: ours if ours in BY_NAME else UNUSED for column, ours in zip(columns, chosen, strict=True)}

"""The workbook that providers fill in: the headings, lists to choose from, two rows as an example, and a page that explains every field.

It is made from the fields that the importer reads, so that the two cannot part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from catalogue.exchange.columns import FIELDS
from catalogue.vocabulary import AssessmentForm, Credential, Format, Kind, Level

ROWS = 2_000
"""So many rows offer a list to choose from."""

CHOICES: Mapping[str, Sequence[str]] = {
    "level": [code.value for code in Level],
    "kind": [code.value for code in Kind],
    "credential": [code.value for code in Credential],
    "assessment_form": [code.value for code in AssessmentForm],
    "format": [code.value for code in Format],
    **dict.fromkeys(("is_supervised", "is_identity_checked", "is_stackable"), ("ja", "nee")),
}
"""The fields that take one of a few words."""


def template(
    headings: Mapping[str, str], explained: Mapping[str, str], sheets: tuple[str, str], examples: Sequence[Mapping[str, object]]
) -> bytes:
    """The workbook.

    Args:
        headings: what each field is called at the top of its column, by our name; each one that the importer knows.
        explained: what each field holds, in a sentence, by our name.
        sheets: the names of the sheet to fill in, and of the one that explains.
        examples: rows that stand there already, by our names.
    """
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one
    sheet.title = sheets[0]
    sheet.append([headings[field.name] for field in FIELDS])
    for example in examples:
        sheet.append([example.get(field.name) for field in FIELDS])
    sheet.freeze_panes = "A2"
    for number, field in enumerate(FIELDS, 1):
        column = get_column_letter(number)
        sheet[f"{column}1"].font = Font(bold=True)
        sheet.column_dimensions[column].width = 40 if field.is_joined else 18
        if words := CHOICES.get(field.name):
            choice = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=False)
            choice.add(f"{column}2:{column}{ROWS}")
            sheet.add_data_validation(choice)
    explaining = book.create_sheet(sheets[1])
    for field in FIELDS:
        explaining.append([headings[field.name], explained[field.name], ", ".join(CHOICES.get(field.name, ()))])
    for column, width in zip("ABC", (24, 80, 60), strict=True):
        explaining.column_dimensions[column].width = width
        for cell in explaining[column]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    content = BytesIO()
    book.save(content)
    return content.getvalue()

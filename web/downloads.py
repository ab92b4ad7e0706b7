"""Files to take along: a browser keeps them and never shows them, so that nothing in them runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

from catalogue.exchange.formulas import neutral

BYTE_ORDER_MARK = "\ufeff"


def download(content: str | bytes, content_type: str, name: str) -> Response:
    """A file of this name."""
    return Response(content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[object]], delimiter: str = ";") -> Response:
    """A table, no cell of which runs as a formula; `delimiter` as Dutch spreadsheets expect it."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([neutral(str(cell)) for cell in row] for row in rows)
    return download(BYTE_ORDER_MARK + written.getvalue(), "text/csv; charset=utf-8", f"{name}.csv")

"""Tables to take along as CSV: the way Dutch spreadsheets open them, and no cell of which runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from werkzeug.wrappers import Response

from catalogue.exchange.formulas import neutral

BYTE_ORDER_MARK = "\ufeff"


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    """A file of this name, to be kept by the browser."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    head = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(BYTE_ORDER_MARK + written.getvalue(), content_type="text/csv; charset=utf-8", headers=head)

"""Pictures that a telephone reads (ISO/IEC 18004)."""

from __future__ import annotations

import segno


def qr_code(text: str) -> str:
    """A text as QR code: an SVG as a `data:` address, dark on white with its quiet border, also in a dark page."""
    return segno.make_qr(text).svg_data_uri(scale=5, border=4, light="#fff")

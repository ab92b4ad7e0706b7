"""Names of files as they are shown and saved."""

from __future__ import annotations

import pytest

from web.advisor.together.files import MOST_NAME_CHARS, file_name


@pytest.mark.parametrize(
    ("given", "kind", "name"),
    [
        ("Brief van de baas.pdf", "application/pdf", "Brief van de baas.pdf"),
        ("C:\\Users\\Samira\\diploma.PDF", "application/pdf", "diploma.pdf"),
        ("../../etc/passwd", "image/png", "passwd.png"),
        ("foto.jpeg", "image/jpeg", "foto.jpg"),
        ("nep.pdf.png.pdf", "image/png", "nep.png"),
        ("boos.html", "application/pdf", "boos.html.pdf"),
        ("regel\r\nSet-Cookie: a=b.pdf", "application/pdf", "regel Set-Cookie: a=b.pdf"),
        ("", "application/pdf", "bestand.pdf"),
        ("...", "application/pdf", "bestand.pdf"),
        (".pdf", "application/pdf", "bestand.pdf"),
        ("é" * 300, "image/png", "é" * (MOST_NAME_CHARS - 4) + ".png"),
    ],
)
def test_names(given: str, kind: str, name: str) -> None:
    assert file_name(given, kind) == name

"""Where to report a weakness: `/.well-known/security.txt` (RFC 9116)."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response

from web.security.address import site_address
from web.wiring import services

VALID = timedelta(days=180)
PATH = "/.well-known/security.txt"

bp = Blueprint("security", __name__)


@bp.get(PATH)
def security_txt() -> Response:
    """Whom to tell."""
    parts = services()
    expires = (parts.now() + VALID).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{parts.settings.contact_email or parts.settings.mail_from}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {site_address()}{PATH}",
    ]
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

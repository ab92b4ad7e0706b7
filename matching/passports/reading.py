"""From the bytes of a file, or a pasted text, to a badge: JSON, a signed token, or a picture with either in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from matching.passports.badge import Badge
from matching.passports.fields import json_object
from matching.passports.open_badges import badge_from
from matching.passports.pictures import PNG_SIGNATURE, baked_in_png, baked_in_svg
from matching.passports.problems import Reason, Unreadable
from matching.passports.signatures import Token, is_token, token_from

MOST_CREDENTIAL_BYTES = 512 * 1024
"""A badge may hold its picture as text; a larger one than this is none that anybody issues."""


@dataclass(frozen=True, slots=True)
class Credential:
    """A badge with the text that it was read from; `token` is that text in its parts where it is signed."""

    text: str
    badge: Badge
    values: dict[str, Any]
    token: Token | None = None


def credential_text(data: bytes) -> str:
    """The text of the badge in a file. Raises Unreadable."""
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise Unreadable(Reason.EMPTY)
    if data.startswith(PNG_SIGNATURE):
        start = baked_in_png(data, MOST_CREDENTIAL_BYTES).strip()
    elif start.startswith(b"<"):
        start = baked_in_svg(start)
    if len(start) > MOST_CREDENTIAL_BYTES:
        raise Unreadable(Reason.TOO_LARGE)
    try:
        return start.decode().strip()
    except UnicodeDecodeError:
        raise Unreadable(Reason.NOT_TEXT) from None


def read_credential(text: str) -> Credential:
    """The badge in a text. Raises Unreadable."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_CREDENTIAL_BYTES:
        raise Unreadable(Reason.TOO_LARGE)
    text = text.strip()
    if not is_token(text):
        values = json_object(text)
        return Credential(text, badge_from(values), values)
    token = token_from(text)
    values = _with_claims(token.payload)
    return Credential(text, badge_from(values), values, token)


def _with_claims(payload: dict[str, Any]) -> dict[str, Any]:
    """What is signed as a credential: the payload itself, or what stands in its claim `vc`, completed by the registered claims."""
    inner = payload.get("vc")
    if not isinstance(inner, dict):
        return payload
    claims = {"issuer": payload.get("iss"), "id": payload.get("jti"), "validFrom": _moment(payload.get("nbf"))}
    claims["validUntil"] = _moment(payload.get("exp"))
    named = {"validFrom": "issuanceDate", "validUntil": "expirationDate"}
    missing = {name: value for name, value in claims.items() if value and name not in inner and named.get(name) not in inner}
    return {**inner, **missing}


def _moment(seconds: object) -> str:
    if not isinstance(seconds, int | float) or isinstance(seconds, bool):
        return ""
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return ""

"""Signed badges: a compact JWS (RFC 7515), public keys as JWK or PEM, and RS256, the signature that Open Badges asks for.

Only checking happens here, with public keys and public text, so plain whole numbers do: there is nothing secret that their timing could
tell. The message that the signature must hold is built and compared as a whole, and never parsed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from typing import Any

from matching.passports.fields import json_object
from matching.passports.problems import Reason, Unreadable

SIGNED = "RS256"
_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")
_SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
"""What stands before a SHA-256 hash in such a signature (RFC 8017, 9.2)."""
_RSA = bytes.fromhex("06092a864886f70d010101")
_FEWEST_BITS, _MOST_BITS = 2_048, 8_192
_MOST_EXPONENT_BITS = 32


@dataclass(frozen=True, slots=True)
class Token:
    """A signed text: who signs and how (`header`), what is signed (`payload`), and over which bytes."""

    header: dict[str, Any]
    payload: dict[str, Any]
    signed: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class RsaKey:
    """A public key."""

    modulus: int
    exponent: int


def is_token(text: str) -> bool:
    """Whether a text has the form of a compact JWS."""
    return _COMPACT.fullmatch(text) is not None


def token_from(text: str) -> Token:
    """The parts of a compact JWS. Raises Unreadable."""
    head, payload, signature = text.split(".")
    try:
        return Token(
            json_object(_decoded(head).decode(), "header"),
            json_object(_decoded(payload).decode(), "payload"),
            f"{head}.{payload}".encode(),
            _decoded(signature),
        )
    except (binascii.Error, UnicodeDecodeError):
        raise Unreadable(Reason.BAD_TOKEN) from None


def is_signed_with(token: Token, key: RsaKey) -> bool:
    """Whether the RS256 signature is right for this key (RFC 8017, 8.2.2)."""
    size = (key.modulus.bit_length() + 7) // 8
    number = int.from_bytes(token.signature)
    if len(token.signature) != size or number >= key.modulus:
        return False
    info = _SHA256_INFO + hashlib.sha256(token.signed).digest()
    wanted = b"\0\1" + b"\xff" * (size - len(info) - 3) + b"\0" + info
    return hmac.compare_digest(pow(number, key.exponent, key.modulus).to_bytes(size), wanted)


def key_from_text(text: str) -> RsaKey:
    """A key as its owner hands it out: PEM, or JWK as JSON. Raises Unreadable."""
    text = text.strip()
    return key_from_jwk(json_object(text, "key")) if text.startswith("{") else _key_from_pem(text)


def key_from_jwk(values: object) -> RsaKey:
    """A key from a JWK (RFC 7517). Raises Unreadable for one that is broken, of another kind, or too weak."""
    if not isinstance(values, dict) or values.get("kty") != "RSA":
        raise Unreadable(Reason.BAD_KEY, "key")
    try:
        modulus, exponent = (int.from_bytes(_decoded(values[name])) for name in ("n", "e"))
    except (KeyError, TypeError, AttributeError, ValueError):
        raise Unreadable(Reason.BAD_KEY, "key") from None
    return _sound(modulus, exponent)


def key_from_did(address: str) -> RsaKey | None:
    """The key that a `did:jwk` address itself holds; None for any other address. Raises Unreadable."""
    method, _sign, rest = address.partition("#")[0].rpartition(":")
    if method != "did:jwk":
        return None
    try:
        return key_from_jwk(json.loads(_decoded(rest)))
    except (ValueError, RecursionError):
        raise Unreadable(Reason.BAD_KEY, "key") from None


def _key_from_pem(text: str) -> RsaKey:
    """From `PUBLIC KEY` (RFC 5280) or `RSA PUBLIC KEY` (RFC 8017)."""
    found = re.fullmatch(r"-----BEGIN (RSA )?PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END (?:RSA )?PUBLIC KEY-----", text)
    try:
        if found is None:
            raise ValueError("no PEM of a public key")  # noqa: TRY301 - one answer for all that is wrong with a key
        inner = _der(base64.b64decode(found[2]), 0x30)[0]
        if not found[1]:
            kind, rest = _der(inner, 0x30)
            if not kind.startswith(_RSA):
                raise ValueError("no RSA")  # noqa: TRY301
            inner = _der(_der(rest, 0x03)[0][1:], 0x30)[0]
        modulus, rest = _der(inner, 0x02)
        return _sound(int.from_bytes(modulus), int.from_bytes(_der(rest, 0x02)[0]))
    except (ValueError, IndexError):
        raise Unreadable(Reason.BAD_KEY, "key") from None


def _der(data: bytes, tag: int) -> tuple[bytes, bytes]:
    """The content of the first value of a DER text, which must have this tag, and what comes after it."""
    if data[0] != tag:
        raise ValueError("another tag")
    length, begin = data[1], 2
    if length & 0x80:
        begin += length & 0x7F
        length = int.from_bytes(data[2:begin])
    if begin + length > len(data):
        raise ValueError("cut off")
    return data[begin : begin + length], data[begin + length :]


def _sound(modulus: int, exponent: int) -> RsaKey:
    is_exponent = exponent % 2 == 1 and exponent > 1 and exponent.bit_length() <= _MOST_EXPONENT_BITS
    if not (_FEWEST_BITS <= modulus.bit_length() <= _MOST_BITS and is_exponent):
        raise Unreadable(Reason.BAD_KEY, "key")
    return RsaKey(modulus, exponent)


def _decoded(text: str) -> bytes:
    return base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)

"""Badges for tests, made after the published specifications: Open Badges 2.0 and 3.0, JWS, and pictures with a badge in them."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import struct
import zlib
from dataclasses import dataclass
from functools import cache
from typing import Any

EMAIL = "noor@example.org"
SALT = "zeezout"
PANELS = "http://data.europa.eu/esco/skill/"
"""The beginning of the address of a skill in ESCO."""


@dataclass(frozen=True)
class PrivateKey:
    """An RSA key pair."""

    modulus: int
    exponent: int
    secret: int

    def jwk(self) -> dict[str, str]:
        """Its public half as JWK."""
        return {"kty": "RSA", "n": url64(_bytes(self.modulus)), "e": url64(_bytes(self.exponent))}

    def pem(self) -> str:
        """Its public half as PEM."""
        key = der(0x30, der(0x02, b"\0" + _bytes(self.modulus)) + der(0x02, _bytes(self.exponent)))
        kind = der(0x30, bytes.fromhex("06092a864886f70d010101") + b"\x05\0")
        text = base64.encodebytes(der(0x30, kind + der(0x03, b"\0" + key))).decode()
        return f"-----BEGIN PUBLIC KEY-----\n{text}-----END PUBLIC KEY-----\n"

    def did(self) -> str:
        """Its public half as an address that holds it."""
        return "did:jwk:" + url64(json.dumps(self.jwk()).encode())


@cache
def private_key(seed: int = 1) -> PrivateKey:
    """A key of 2048 bits, the same for the same seed."""
    source = random.Random(seed)
    first, second = _prime(source), _prime(source)
    return PrivateKey(first * second, 65_537, pow(65_537, -1, (first - 1) * (second - 1)))


def signed(payload: dict[str, Any], key: PrivateKey | None = None, **header: Any) -> str:
    """A compact JWS with RS256."""
    key = key or private_key()
    text = f"{url64(json.dumps({'alg': 'RS256', **header}).encode())}.{url64(json.dumps(payload).encode())}"
    size = (key.modulus.bit_length() + 7) // 8
    info = bytes.fromhex("3031300d060960864801650304020105000420") + hashlib.sha256(text.encode()).digest()
    padded = b"\0\1" + b"\xff" * (size - len(info) - 3) + b"\0" + info
    return f"{text}.{url64(pow(int.from_bytes(padded), key.secret, key.modulus).to_bytes(size))}"


def identity(email: str = EMAIL) -> str:
    """The hash of an address."""
    return "sha256$" + hashlib.sha256((email + SALT).encode()).hexdigest()


def assertion(email: str = EMAIL, **changes: Any) -> dict[str, Any]:
    """An awarded badge of Open Badges 2.0, hosted, with the extensions of edubadges."""
    return {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": "https://school.example/badges/7",
        "recipient": {"type": "email", "hashed": True, "salt": SALT, "identity": identity(email)},
        "issuedOn": "2026-03-14T10:00:00Z",
        "verification": {"type": "HostedBadge"},
        "badge": {
            "type": "BadgeClass",
            "id": "https://school.example/badges/zon",
            "name": "Zonnepanelen plaatsen",
            "description": "U kunt zonnepanelen plaatsen en aansluiten.",
            "criteria": {"narrative": "Een dak met zonnepanelen, beoordeeld op het werk."},
            "issuer": {"type": "Issuer", "id": "https://school.example", "name": "School aan Zee", "url": "https://school.example"},
            "tags": ["energie"],
            "extensions:ECTSExtension": {"type": ["Extension", "extensions:ECTSExtension"], "ECTS": 2.5},
            "extensions:EQFExtension": {"type": ["Extension", "extensions:EQFExtension"], "EQF": 4},
        },
        **changes,
    }


def credential(email: str = EMAIL, **changes: Any) -> dict[str, Any]:
    """An awarded badge of Open Badges 3.0."""
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:uuid:5c1f0c1e-9d5a-4b53-8e27-0a8a4d0d1f11",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Zonnepanelen plaatsen",
        "issuer": {"id": "https://school.example", "type": ["Profile"], "name": "School aan Zee"},
        "validFrom": "2026-03-14T10:00:00Z",
        "validUntil": "2031-03-14T10:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "identityType": "emailAddress", "hashed": True, "salt": SALT, "identityHash": identity(email)}
            ],
            "achievement": {
                "id": "https://school.example/badges/zon",
                "type": ["Achievement"],
                "name": "Zonnepanelen plaatsen",
                "description": "U kunt zonnepanelen plaatsen en aansluiten.",
                "criteria": {"narrative": "Een dak met zonnepanelen, beoordeeld op het werk."},
                "ECTS": 2.5,
                "alignment": [
                    {"type": ["Alignment"], "targetType": "ext:EQF", "targetName": "EQF level 4", "targetCode": "4"},
                    {"type": ["Alignment"], "targetName": "werken op hoogte", "targetUrl": PANELS + "hoogte"},
                ],
            },
        },
        **changes,
    }


def png(*chunks: bytes) -> bytes:
    """A picture of one dot, with chunks of our own before its end."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\0")) + b"".join(chunks) + chunk(b"IEND", b"")


def chunk(kind: bytes, body: bytes) -> bytes:
    """A part of a PNG file."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def baked_png(text: str, keyword: bytes = b"openbadges", *, is_packed: bool = False) -> bytes:
    """A picture with a badge in it."""
    data = zlib.compress(text.encode()) if is_packed else text.encode()
    return png(chunk(b"iTXt", keyword + b"\0" + bytes([is_packed, 0]) + b"\0\0" + data))


def baked_svg(text: str, *, is_third: bool = False) -> bytes:
    """A drawing with a badge in it."""
    space, name = ("https://purl.imsglobal.org/ob/v3p0", "credential") if is_third else ("http://openbadges.org", "assertion")
    inner = f"<o:{name}><![CDATA[{text}]]></o:{name}>" if text.startswith("{") else f'<o:{name} verify="{text}"></o:{name}>'
    return f'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:o="{space}">{inner}<circle r="1"/></svg>'.encode()


def der(tag: int, content: bytes) -> bytes:
    """A value in DER."""
    size = len(content)
    length = bytes([size]) if size < 0x80 else bytes([0x80 | len(_bytes(size))]) + _bytes(size)
    return bytes([tag]) + length + content


def url64(data: bytes) -> str:
    """Base64 for addresses, as JOSE writes it."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8)


def _prime(source: random.Random, bits: int = 1_024) -> int:
    while True:
        number = source.getrandbits(bits) | 3 << (bits - 2) | 1
        if number % 65_537 != 1 and all(number % small for small in (3, 5, 7, 11, 13, 17, 19, 23)) and _is_prime(number, source):
            return number


def _is_prime(number: int, source: random.Random) -> bool:
    """Miller and Rabin's test."""
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for _round in range(16):
        power = pow(source.randrange(2, number - 1), odd, number)
        if power not in (1, number - 1) and not any((power := power * power % number) == number - 1 for _step in range(twos - 1)):
            return False
    return True

"""Badges for tests, made after the published specifications: Open Badges 2.0 and 3.0, JWS, and pictures with a badge in them."""

from __future__ import annotations

import base64
import hashlib
import json
import struct
import zlib
from dataclasses import dataclass
from typing import Any

EMAIL = "noor@example.org"
SALT = "zeezout"
PANELS = "http://data.europa.eu/esco/skill/"
"""The beginning of the address of a skill in ESCO."""
PRIMES = (
    (
        "eab71cab529b97728b9d3f47844497a462e1faa4491b8f6edc59bb7f84fe09a34e1c2f72f9e1167a3da14a118a55fc2e5b4e6012868befb0d3bdc69856c1294d"
        "e2a1bcfd6f20ab1fdbe3ef75172059b20e8eac3e8620e74d0d7e541ae6d9c9c45b33a9c69782277f86e1ccc098d5a3e6faa34cd45a0322d948b70083ee09f973"
    ),
    (
        "dc3fc6b4df9619b6cc4f0e981b77d53b1631e144d9815a6d593d40768cc3f35f925b0cec2bac2333779f5658ea1888a420c6b9b3bb76d3d4f834a421121acc7c"
        "46b87f72e786c6df1a0f28dd6b1a24643b909781bf3456e8c214787f36d5ff58878c6ad5585f534e387fc1364ba6674b5c3a6281346b1a20c263ee292964b20b"
    ),
    (
        "d3b172cbffbd2f1ad588a68b29181094670d6b18979ddd01789293c519861388179bc2c6a7ae002099f122609ec33585ae37aa89504c6172a451dbfabb7eabfc"
        "fe0f9a6b8f1267713a3ea23bc80c667f6a8ff2f8e8ec6db7d5e6376c97abf82aa87f7be90163e8eab47597990cd2c6f3c51ac10ee361c8d3c7c88a8983d1c7d1"
    ),
    (
        "f7bc0df1446fccb4e711d98b99446ae1307509c995924130fbc2b724aa1574115d32eec36d3ccf16e613d3b4bfb2debbc89e4ab03c81020b584805e8ff8ebe5a"
        "5a650e3f7d2254cb2ebd6bc1f72d324b8ba2c41862a3395b85afc97ea5b83e79a634e512131c6257d30115366f8e33976a38c4e22e70004204f88a3fd3e4e9bd"
    ),
)
"""Two for each key; to find such numbers takes seconds."""


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


def private_key(number: int = 1) -> PrivateKey:
    """The first or the second key, of 2048 bits."""
    first, second = (int(prime, 16) for prime in PRIMES[2 * number - 2 : 2 * number])
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

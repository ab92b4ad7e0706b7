"""A digital badge as a plain value: what Open Badges 2.0 and 3.0 both say of one that was awarded."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Alignment:
    """What a badge says that it stands for: a name, and perhaps the address of a skill in a taxonomy."""

    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom a badge was awarded: an e-mail address, or when `is_hashed` "sha256$" or "md5$" and the hash of it with `salt`."""

    identity: str
    is_email: bool = True
    is_hashed: bool = False
    salt: str = ""

    def is_checkable(self) -> bool:
        """Whether an e-mail address can be compared with it."""
        return self.is_email and (not self.is_hashed or self.identity.partition("$")[0] in _HASHES)

    def is_of(self, email: str) -> bool:
        """Whether it is this e-mail address; capitals do not count, since mail programs and issuers treat them unlike."""
        if not self.is_hashed:
            return self.identity.removeprefix("mailto:").lower() == email.lower()
        name, _sign, wanted = self.identity.partition("$")
        tried = {email, email.lower()}
        return any(hmac.compare_digest(_hashed(name, one + self.salt), wanted.lower().encode()) for one in tried)


@dataclass(frozen=True, slots=True)
class Badge:
    """An awarded badge.

    Attributes:
        version: of Open Badges, "2.0" or "3.0".
        address: where its issuer keeps it, "" where that is not said; never visited.
        level: 1 to 8 of the European (EQF) or Dutch (NLQF) qualifications framework.
        ects: European study credits.
        is_revoked: it says of itself that it was taken back.
    """

    version: str
    title: str
    issuer: str
    description: str = ""
    criteria: str = ""
    issuer_address: str = ""
    address: str = ""
    issued: date | None = None
    expires: date | None = None
    level: int | None = None
    ects: float | None = None
    alignments: tuple[Alignment, ...] = ()
    tags: tuple[str, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    is_revoked: bool = False

    @property
    def text(self) -> str:
        """All that it says of what was learned."""
        return ". ".join(
            one for one in (self.title, *(one.name for one in self.alignments), *self.tags, self.description, self.criteria) if one
        )


_HASHES = {"sha256": hashlib.sha256, "md5": lambda data: hashlib.md5(data, usedforsecurity=False)}
"""Those that Open Badges 2.0 names."""


def _hashed(name: str, text: str) -> bytes:
    return _HASHES[name](text.encode()).hexdigest().encode() if name in _HASHES else b""

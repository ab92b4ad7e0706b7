"""What of a badge can be checked without the network, and what cannot. Nothing is ever fetched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matching.passports.badge import Badge
from matching.passports.fields import Fields
from matching.passports.problems import Unreadable
from matching.passports.reading import Credential
from matching.passports.signatures import SIGNED, RsaKey, Token, is_signed_with, key_from_did, key_from_jwk, key_from_text


class Subject(StrEnum):
    """What is checked."""

    VALIDITY = "validity"
    RECIPIENT = "recipient"
    SIGNATURE = "signature"
    REVOCATION = "revocation"
    ISSUER = "issuer"


class Outcome(StrEnum):
    """How a check ended. `UNCHECKED`: it takes the network, or something that we do not have."""

    GOOD = "good"
    BAD = "bad"
    UNCHECKED = "unchecked"


class Because(StrEnum):
    """Why it ended so."""

    NO_END = "no_end"
    NOT_OVER = "not_over"
    OVER = "over"
    NOT_YET = "not_yet"
    SAME_EMAIL = "same_email"
    OTHER_EMAIL = "other_email"
    NO_EMAIL = "no_email"
    OTHER_IDENTITY = "other_identity"
    GIVEN_KEY = "given_key"
    OWN_KEY = "own_key"
    ISSUERS_KEY = "issuers_key"
    CHANGED = "changed"
    NO_KEY = "no_key"
    OTHER_METHOD = "other_method"
    NOT_SIGNED = "not_signed"
    TAKEN_BACK = "taken_back"
    NEEDS_NETWORK = "needs_network"


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a badge."""

    subject: Subject
    outcome: Outcome
    because: Because


def checks(credential: Credential, today: date, email: str = "", key: str = "") -> tuple[Check, ...]:
    """All checks of a badge.

    Args:
        email: the address of who brings it, "" where nobody is signed in.
        key: the public key of the issuer as PEM or JWK, for who has one; "" for none.

    Raises:
        Unreadable: `key` is no key.
    """
    badge = credential.badge
    return (_validity(badge, today), _recipient(badge, email), _signature(credential, key), _revocation(badge), _issuer(credential, key))


def is_sound(found: tuple[Check, ...]) -> bool:
    """Whether nothing speaks against the badge; that it is over is another matter, since a day tells that anew."""
    return not any(one.outcome is Outcome.BAD for one in found if one.subject is not Subject.VALIDITY)


def _validity(badge: Badge, today: date) -> Check:
    if badge.expires is not None and badge.expires < today:
        return Check(Subject.VALIDITY, Outcome.BAD, Because.OVER)
    if badge.issued is not None and badge.issued > today:
        return Check(Subject.VALIDITY, Outcome.BAD, Because.NOT_YET)
    return Check(Subject.VALIDITY, Outcome.GOOD, Because.NO_END if badge.expires is None else Because.NOT_OVER)


def _recipient(badge: Badge, email: str) -> Check:
    checkable = [one for one in badge.recipients if one.is_checkable()]
    if not checkable:
        return Check(Subject.RECIPIENT, Outcome.UNCHECKED, Because.OTHER_IDENTITY)
    if not email:
        return Check(Subject.RECIPIENT, Outcome.UNCHECKED, Because.NO_EMAIL)
    if any(one.is_of(email) for one in checkable):
        return Check(Subject.RECIPIENT, Outcome.GOOD, Because.SAME_EMAIL)
    return Check(Subject.RECIPIENT, Outcome.BAD, Because.OTHER_EMAIL)


def _signature(credential: Credential, given: str) -> Check:
    given_key = key_from_text(given) if given.strip() else None
    token = credential.token
    if token is None:
        has_proof = "proof" in credential.values
        return Check(Subject.SIGNATURE, Outcome.UNCHECKED, Because.OTHER_METHOD if has_proof else Because.NOT_SIGNED)
    if token.header.get("alg") != SIGNED:
        return Check(Subject.SIGNATURE, Outcome.UNCHECKED, Because.OTHER_METHOD)
    key, because = (given_key, Because.GIVEN_KEY) if given_key else _own_key(credential, token)
    if key is None:
        return Check(Subject.SIGNATURE, Outcome.UNCHECKED, Because.NO_KEY)
    if not is_signed_with(token, key):
        return Check(Subject.SIGNATURE, Outcome.BAD, Because.CHANGED)
    return Check(Subject.SIGNATURE, Outcome.GOOD, because)


def _own_key(credential: Credential, token: Token) -> tuple[RsaKey | None, Because]:
    """The key that the badge brings along. One that is the issuer's very identity says more than one that just lies beside it."""
    try:
        if key := key_from_did(credential.badge.issuer_address):
            return key, Because.ISSUERS_KEY
        if "jwk" in token.header:
            return key_from_jwk(token.header["jwk"]), Because.OWN_KEY
        pem = _embedded_pem(credential)
        return (key_from_text(pem), Because.OWN_KEY) if pem else (None, Because.NO_KEY)
    except Unreadable:
        return None, Because.NO_KEY


def _embedded_pem(credential: Credential) -> str:
    """The key within an Open Badges 2.0 badge: that of its verification, or of its issuer."""
    fields = Fields(credential.values)
    holders = [*fields.objects("verification")]
    holders += [issuer for badge in fields.objects("badge") for issuer in badge.objects("issuer")]
    keys = (key for holder in holders for name in ("creator", "publicKey") for key in holder.objects(name))
    return next((pem for key in keys if (pem := key.text("publicKeyPem"))), "")


def _revocation(badge: Badge) -> Check:
    if badge.is_revoked:
        return Check(Subject.REVOCATION, Outcome.BAD, Because.TAKEN_BACK)
    return Check(Subject.REVOCATION, Outcome.UNCHECKED, Because.NEEDS_NETWORK)


def _issuer(credential: Credential, given: str) -> Check:
    """Whether it really comes from who it says: only a key that its bringer has from the issuer can tell that here."""
    signature = _signature(credential, given)
    if signature.outcome is Outcome.GOOD and signature.because is Because.GIVEN_KEY:
        return Check(Subject.ISSUER, Outcome.GOOD, Because.GIVEN_KEY)
    return Check(Subject.ISSUER, Outcome.UNCHECKED, Because.NEEDS_NETWORK)

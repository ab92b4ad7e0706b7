"""Badges: what is read, what is checked without the network, and what hostile files do not do."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from datetime import date
from typing import Any

import pytest

from matching.passports.checks import Because, Check, Outcome, Subject, checks, is_sound
from matching.passports.problems import Reason, Unreadable
from matching.passports.reading import MOST_CREDENTIAL_BYTES, Credential, credential_text, read_credential
from matching.passports.signatures import key_from_did, key_from_jwk, key_from_text
from tests.badges import EMAIL, SALT, assertion, baked_png, baked_svg, chunk, credential, der, identity, png, private_key, signed, url64

TODAY = date(2026, 11, 23)


def read(data: bytes | str) -> Credential:
    return read_credential(credential_text(data if isinstance(data, bytes) else data.encode()))


def found(of: Credential, subject: Subject, **with_: str) -> tuple[Outcome, Because]:
    [one] = [check for check in checks(of, TODAY, **with_) if check.subject is subject]
    return one.outcome, one.because


CARRIERS = {
    "JSON": lambda values: json.dumps(values).encode(),
    "JSON with a mark": lambda values: b"\xef\xbb\xbf \n" + json.dumps(values).encode(),
    "PNG": lambda values: baked_png(json.dumps(values)),
    "packed PNG": lambda values: baked_png(json.dumps(values), b"openbadgecredential", is_packed=True),
    "old PNG": lambda values: png(chunk(b"tEXt", b"openbadges\0" + json.dumps(values).encode())),
    "old packed PNG": lambda values: png(chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(json.dumps(values).encode()))),
    "SVG": lambda values: baked_svg(json.dumps(values)),
    "JWS": lambda values: signed(values).encode(),
    "JWS in a PNG": lambda values: baked_png(signed(values)),
    "JWS in an SVG": lambda values: baked_svg(signed(values), is_third=True),
}


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("make", [assertion, credential])
def test_every_form_gives_the_same_badge(make: Any, carrier: str) -> None:
    badge = read(CARRIERS[carrier](make())).badge
    assert (badge.title, badge.issuer, badge.issued, badge.level, badge.ects) == (
        *("Zonnepanelen plaatsen", "School aan Zee", date(2026, 3, 14)),
        *(4, 2.5),
    )
    assert badge.version == ("2.0" if make is assertion else "3.0")
    assert badge.expires == (None if make is assertion else date(2031, 3, 14))
    assert "beoordeeld op het werk" in badge.text


def test_a_level_is_no_skill() -> None:
    badge = read(json.dumps(credential())).badge
    assert [one.name for one in badge.alignments] == ["werken op hoogte"]
    assert badge.alignments[0].address.startswith("http://data.europa.eu/esco/")


def test_a_token_of_the_older_sort_is_completed_by_its_claims() -> None:
    inner = credential()
    for name in ("validFrom", "validUntil", "id"):
        del inner[name]
    badge = read(signed({"iss": "https://school.example", "nbf": 1_773_482_400, "exp": 1_931_248_800, "vc": inner})).badge
    assert (badge.issued, badge.expires) == (date(2026, 3, 14), date(2031, 3, 14))


@pytest.mark.parametrize(
    ("changes", "reason", "field"),
    [
        ({"badge": "https://school.example/badges/zon"}, Reason.ONLY_AN_ADDRESS, "badge"),
        ({"badge": {"name": "", "issuer": {"name": "x"}}}, Reason.MISSING, "badge.name"),
        ({"badge": {"name": "x"}}, Reason.MISSING, "badge.issuer"),
        ({"badge": 7}, Reason.NOT_AN_OBJECT, "badge"),
        ({"issuedOn": None}, Reason.MISSING, "issuedOn"),
        ({"issuedOn": "gisteren"}, Reason.NOT_A_DATE, "issuedOn"),
        ({"expires": "2026-13-40"}, Reason.NOT_A_DATE, "expires"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(changes: dict[str, Any], reason: Reason, field: str) -> None:
    with pytest.raises(Unreadable) as wrong:
        read(json.dumps(assertion(**changes)))
    assert (wrong.value.reason, wrong.value.field) == (reason, field)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b" \n ", Reason.EMPTY),
        (b"geen badge", Reason.NOT_JSON),
        (b"[1, 2]", Reason.NOT_AN_OBJECT),
        (b'{"type": "Iets"}', Reason.NOT_A_BADGE),
        (b'{"type": "BadgeClass", "name": "x"}', Reason.ONLY_A_DESCRIPTION),
        (b"\xff\xfe\x00", Reason.NOT_TEXT),
        (b"%PDF-1.7", Reason.NOT_JSON),
        (b'{"a":' * 100_000, Reason.TOO_DEEP),
        (b"[" * 400_000, Reason.TOO_DEEP),
        (b"1" * 10_000, Reason.NOT_JSON),
        (b'{"x": "' + b"x" * MOST_CREDENTIAL_BYTES + b'"}', Reason.TOO_LARGE),
        (b"a.b.c", Reason.BAD_TOKEN),
        (b"e30.e30.", Reason.NOT_A_BADGE),
        (png(), Reason.PICTURE_WITHOUT_BADGE),
        (png(chunk(b"tEXt", b"Comment\0hallo")), Reason.PICTURE_WITHOUT_BADGE),
        (png()[:40], Reason.PICTURE_BROKEN),
        (png(chunk(b"iTXt", b"openbadges\0\1\0\0\0geen zlib")), Reason.PICTURE_BROKEN),
        (png(chunk(b"iTXt", b"openbadges\0\0\0")), Reason.PICTURE_BROKEN),
        (png(chunk(b"iTXt", b"openbadges\0\0\0\0\0{}")[:-1] + b"\0"), Reason.PICTURE_BROKEN),
        (b"<svg", Reason.PICTURE_BROKEN),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Reason.PICTURE_WITHOUT_BADGE),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>", Reason.UNSAFE),
        (b"<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg>&a;</svg>", Reason.UNSAFE),
        (b"<?xml version='1.0' encoding='nonsense'?><svg/>", Reason.PICTURE_BROKEN),
    ],
)
def test_hostile_files_are_refused(data: bytes, reason: Reason) -> None:
    with pytest.raises(Unreadable) as wrong:
        read(data)
    assert wrong.value.reason is reason


@pytest.mark.parametrize("packed", [chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(b"0" * 200_000_000, 9))])
def test_a_packed_bomb_is_not_unpacked(packed: bytes) -> None:
    assert len(packed) < 250_000
    with pytest.raises(Unreadable) as wrong:
        credential_text(png(packed))
    assert wrong.value.reason is Reason.TOO_LARGE


def test_deep_and_scripted_drawings_stay_text() -> None:
    text = json.dumps(assertion())
    drawing = baked_svg(text).replace(b"<circle", b"<script>alert(1)</script>" + b"<g>" * 50_000 + b"</g>" * 50_000 + b"<circle")
    assert read(drawing).badge.title == "Zonnepanelen plaatsen"


def test_signs_that_steer_are_dropped() -> None:
    badge = assertion()
    badge["badge"]["name"] = "Zon\u0000\u202e\ud800 panelen"
    assert read(json.dumps(badge)).badge.title.split() == ["Zon", "panelen"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (Outcome.GOOD, Because.NO_END)),
        ({"expires": "2026-11-23T00:00:00Z"}, (Outcome.GOOD, Because.NOT_OVER)),
        ({"expires": "2026-11-22T23:59:59Z"}, (Outcome.BAD, Because.OVER)),
        ({"issuedOn": "2026-11-24"}, (Outcome.BAD, Because.NOT_YET)),
    ],
)
def test_validity(changes: dict[str, Any], expected: tuple[Outcome, Because]) -> None:
    assert found(read(json.dumps(assertion(**changes))), Subject.VALIDITY) == expected


@pytest.mark.parametrize("make", [assertion, credential])
def test_the_recipient_is_compared_with_the_own_address(make: Any) -> None:
    badge = read(json.dumps(make()))
    assert found(badge, Subject.RECIPIENT, email=EMAIL) == (Outcome.GOOD, Because.SAME_EMAIL)
    assert found(badge, Subject.RECIPIENT, email=EMAIL.upper()) == (Outcome.GOOD, Because.SAME_EMAIL)
    assert found(badge, Subject.RECIPIENT, email="sam@example.org") == (Outcome.BAD, Because.OTHER_EMAIL)
    assert found(badge, Subject.RECIPIENT) == (Outcome.UNCHECKED, Because.NO_EMAIL)


@pytest.mark.parametrize(
    ("recipient", "expected"),
    [
        ({"type": "email", "hashed": False, "identity": EMAIL}, Outcome.GOOD),
        (
            {
                "type": "email",
                "hashed": True,
                "salt": SALT,
                "identity": "md5$" + hashlib.md5((EMAIL + SALT).encode(), usedforsecurity=False).hexdigest(),
            },
            Outcome.GOOD,
        ),
        ({"type": "email", "hashed": True, "salt": "ander", "identity": identity()}, Outcome.BAD),
        ({"type": "email", "hashed": True, "identity": "whirlpool$00"}, Outcome.UNCHECKED),
        ({"type": "url", "hashed": False, "identity": "https://noor.example"}, Outcome.UNCHECKED),
        ({}, Outcome.UNCHECKED),
    ],
)
def test_kinds_of_recipients(recipient: dict[str, Any], expected: Outcome) -> None:
    assert found(read(json.dumps(assertion(recipient=recipient))), Subject.RECIPIENT, email=EMAIL)[0] is expected


def test_a_hosted_badge_is_told_to_be_unchecked() -> None:
    badge = read(json.dumps(assertion()))
    assert found(badge, Subject.SIGNATURE) == (Outcome.UNCHECKED, Because.NOT_SIGNED)
    assert found(badge, Subject.REVOCATION) == (Outcome.UNCHECKED, Because.NEEDS_NETWORK)
    assert found(badge, Subject.ISSUER) == (Outcome.UNCHECKED, Because.NEEDS_NETWORK)
    assert is_sound(checks(badge, TODAY, EMAIL))


def test_what_says_of_itself_to_be_taken_back_is_not_sound() -> None:
    badge = read(json.dumps(assertion(revoked=True)))
    assert found(badge, Subject.REVOCATION) == (Outcome.BAD, Because.TAKEN_BACK)
    assert not is_sound(checks(badge, TODAY))


@pytest.mark.parametrize("form", ["pem", "jwk"])
def test_a_given_key_tells_who_signed(form: str) -> None:
    own = private_key()
    key = own.pem() if form == "pem" else json.dumps(own.jwk())
    badge = read(signed(assertion()))
    assert found(badge, Subject.SIGNATURE, key=key) == (Outcome.GOOD, Because.GIVEN_KEY)
    assert found(badge, Subject.ISSUER, key=key) == (Outcome.GOOD, Because.GIVEN_KEY)
    assert found(badge, Subject.SIGNATURE) == (Outcome.UNCHECKED, Because.NO_KEY)
    assert found(read(signed(assertion(), private_key(2))), Subject.SIGNATURE, key=key) == (Outcome.BAD, Because.CHANGED)


def test_a_key_within_tells_only_that_nothing_changed() -> None:
    own = private_key()
    within = assertion(verification={"type": "SignedBadge", "creator": {"type": "CryptographicKey", "publicKeyPem": own.pem()}})
    for text in (signed(credential(), jwk=own.jwk()), signed(within)):
        assert found(read(text), Subject.SIGNATURE) == (Outcome.GOOD, Because.OWN_KEY)
        assert found(read(text), Subject.ISSUER)[0] is Outcome.UNCHECKED
    named = read(signed(credential(issuer={"id": own.did(), "name": "School aan Zee"})))
    assert found(named, Subject.SIGNATURE) == (Outcome.GOOD, Because.ISSUERS_KEY)


def test_any_change_is_seen() -> None:
    own = private_key()
    head, _payload, signature = signed(assertion(), jwk=own.jwk()).split(".")
    other = url64(json.dumps(assertion(issuedOn="2020-01-01")).encode())
    assert found(read(f"{head}.{other}.{signature}"), Subject.SIGNATURE) == (Outcome.BAD, Because.CHANGED)
    assert found(read(f"{head}.{_payload}."), Subject.SIGNATURE) == (Outcome.BAD, Because.CHANGED)
    assert found(read(f"{head}.{_payload}.{signature[:-4]}"), Subject.SIGNATURE) == (Outcome.BAD, Because.CHANGED)


@pytest.mark.parametrize("alg", ["none", "HS256", "ES256", "EdDSA", None, 7])
def test_other_ways_of_signing_are_told_to_be_unchecked(alg: object) -> None:
    badge = read(signed(assertion(), alg=alg, jwk=private_key().jwk()))
    assert found(badge, Subject.SIGNATURE, key=private_key().pem()) == (Outcome.UNCHECKED, Because.OTHER_METHOD)


SMALL = {"kty": "RSA", "n": url64(b"\x80" + b"\1" * 127), "e": "AQAB"}


@pytest.mark.parametrize(
    "key",
    [
        "geen sleutel",
        "{}",
        json.dumps(SMALL),
        json.dumps({**private_key().jwk(), "e": "AQ"}),
        json.dumps({**private_key().jwk(), "e": "AA"}),
        json.dumps({**private_key().jwk(), "n": 7}),
        json.dumps({"kty": "EC"}),
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
        private_key().pem()[:200],
    ],
)
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(Unreadable) as wrong:
        checks(read(signed(assertion())), TODAY, key=key)
    assert wrong.value.reason in (Reason.BAD_KEY, Reason.NOT_JSON)
    assert wrong.value.field == "key"


def test_keys_in_their_other_forms() -> None:
    own = private_key()
    inner = der(0x30, der(0x02, b"\0" + own.modulus.to_bytes(256)) + der(0x02, b"\1\0\1"))
    plain = f"-----BEGIN RSA PUBLIC KEY-----\n{base64.b64encode(inner).decode()}\n-----END RSA PUBLIC KEY-----"
    assert key_from_text(plain) == key_from_text(own.pem()) == key_from_jwk(own.jwk()) == key_from_did(own.did() + "#0")
    assert key_from_did("did:web:school.example") is None


def test_a_broken_key_within_is_as_good_as_none() -> None:
    badge = read(signed(assertion(), jwk=SMALL))
    assert found(badge, Subject.SIGNATURE) == (Outcome.UNCHECKED, Because.NO_KEY)


def test_all_is_checked_once() -> None:
    of = checks(read(json.dumps(assertion())), TODAY)
    assert [one.subject for one in of] == list(Subject)
    assert all(isinstance(one, Check) for one in of)

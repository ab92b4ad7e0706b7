"""Badges and passports from anywhere: nothing but a plain refusal, and the same passport out and in again."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from typing import Any

import fastjsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.passports.checks import checks
from matching.passports.exchange import BadgeText, read_passport, schema, written
from matching.passports.passport import MOST_EVIDENCE, Evidence, EvidenceKind, Passport, PassportSkill, Source
from matching.passports.problems import Unreadable
from matching.passports.reading import credential_text, read_credential
from tests.badges import assertion, baked_png, baked_svg, credential, private_key, signed

TODAY = date(2026, 11, 23)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
FIELDS = (
    "type",
    "badge",
    "name",
    "issuer",
    "recipient",
    "issuedOn",
    "expires",
    "credentialSubject",
    "achievement",
    "alignment",
    "criteria",
    "verification",
)
checked = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine fails no test."""

VALID = fastjsonschema.compile(schema())


def places(values: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value."""
    inner = values.items() if isinstance(values, dict) else enumerate(values) if isinstance(values, list) else ()
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


def changed(values: dict[str, Any], place: tuple[Any, ...], value: Any) -> Any:
    """The same with another value at a place."""
    copy = json.loads(json.dumps(values))
    inner = copy
    for key in place[:-1]:
        inner = inner[key]
    if place:
        inner[place[-1]] = value
    return copy if place else value


def is_read_or_refused(data: bytes) -> bool:
    """Whether a badge is refused with a reason, or read with all that a badge must say; anything else is raised here."""
    try:
        found = read_credential(credential_text(data))
    except Unreadable as refused:
        return bool(refused.reason)
    return bool(found.badge.title and found.badge.issuer and checks(found, TODAY, "noor@example.org"))


@checked
@given(st.data(), st.sampled_from([assertion(), credential()]), JSON)
def test_a_badge_with_anything_anywhere_is_read_or_refused(data: st.DataObject, values: dict[str, Any], value: Any) -> None:
    place = data.draw(st.sampled_from(places(values)))
    assert is_read_or_refused(json.dumps(changed(values, place, value)).encode())


@checked
@given(st.dictionaries(st.sampled_from(FIELDS) | st.text(), JSON))
def test_any_object_is_read_or_refused(values: dict[str, Any]) -> None:
    assert is_read_or_refused(json.dumps(values).encode())


@checked
@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert is_read_or_refused(data)
    assert is_read_or_refused(b"\x89PNG\r\n\x1a\n" + data)
    assert is_read_or_refused(b"<svg>" + data)


CARRIED = [
    baked_png(json.dumps(assertion()), is_packed=True),
    baked_svg(json.dumps(assertion())),
    signed(credential(), jwk=private_key().jwk()).encode(),
]


@checked
@given(st.sampled_from(CARRIED), st.data())
def test_any_damage_is_read_or_refused(whole: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(whole) - 1))
    assert is_read_or_refused(whole[:at] + data.draw(st.binary(max_size=4)) + whole[at + data.draw(st.integers(0, 8)) :])


uids = st.uuids().map(str)
words = st.text(st.characters(categories=["L", "N", "Zs"]), max_size=30).map(str.strip)


@st.composite
def passports(draw: st.DrawFn) -> Passport:
    """Passports whose evidence is no badge, since a badge is what its text says."""
    pieces = [
        Evidence(
            uid,
            draw(st.sampled_from([kind for kind in EvidenceKind if kind is not EvidenceKind.BADGE])),
            draw(words),
            draw(words),
            draw(st.none() | st.dates()),
            draw(st.none() | st.dates()),
            draw(st.none() | st.integers(1, 8)),
            draw(st.none() | st.floats(0.5, 60)),
        )
        for uid in draw(st.lists(uids, unique=True, max_size=5))
    ]
    known = [piece.uid for piece in pieces]
    some = st.lists(st.sampled_from(known), unique=True).map(tuple) if known else st.just(())
    skills = [
        PassportSkill(uid, draw(st.integers(1, 4)), draw(st.sampled_from([Source.SELF, Source.OCCUPATION])), draw(some))
        for uid in draw(st.lists(uids, unique=True, max_size=5))
    ]
    return Passport(tuple(skills), tuple(pieces))


def no_badge(_uid: str, _text: BadgeText) -> Evidence:
    raise AssertionError


@checked
@given(passports())
def test_out_and_in_again_is_the_same_and_follows_the_schema(passport: Passport) -> None:
    out = written(passport, {}, {}, TODAY)
    VALID(out)
    back = read_passport(json.dumps(out).encode(), no_badge, lambda named: {uid: uid for uid, _uri in named}, Passport())
    assert back.passport == passport
    assert Passport.of(json.loads(json.dumps(passport.stored()))) == passport


@checked
@given(passports(), passports())
def test_two_passports_together_lose_nothing_and_keep_their_bounds(one: Passport, other: Passport) -> None:
    together = one.joined(other)
    assert together.levels == {**other.levels, **one.levels}
    assert len(together.evidence) <= MOST_EVIDENCE
    held = {piece.uid for piece in together.evidence}
    assert all(set(skill.evidence) <= held for skill in together.skills)
    assert together.joined(other) == together
    assert one.joined(Passport()) == Passport().joined(one) == one


@checked
@given(passports())
def test_evidence_taken_away_leaves_what_the_owner_says(passport: Passport) -> None:
    bare = passport
    for piece in passport.evidence:
        bare = bare.without_evidence(piece.uid)
    assert bare.levels == passport.levels
    assert all(bare.source(skill, TODAY) is skill.origin for skill in bare.skills)


@checked
@given(JSON | st.dictionaries(st.sampled_from(["format", "version", "skills", "evidence", "made_on"]), JSON))
def test_any_file_is_read_or_refused(values: Any) -> None:
    found = None
    with suppress(Unreadable):
        found = read_passport(json.dumps(values).encode(), no_badge, lambda named: {}, Passport())
    assert found is None or found.passport.skills == (), "no skill is known by any address here"

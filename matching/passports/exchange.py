"""The passport as a JSON file, out and in again. `docs/passport.md` tells its shape; `schema` gives it as JSON Schema.

A file holds no certificates, only what they are; of badges it holds the text, so that whoever reads it can check them anew. So does
reading it here: what the file claims of a badge does not count, only what the badge says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from matching.passports.fields import clean_text, json_object
from matching.passports.passport import MOST_EVIDENCE, MOST_SKILLS, ORIGINS, Evidence, EvidenceKind, Passport, PassportSkill, Source
from matching.passports.problems import Reason, Unreadable

MOST_FILE_BYTES = 12 * 1024 * 1024
MOST_NAME_CHARS = 300

Name = Annotated[str, Field(max_length=MOST_NAME_CHARS)]
Uid = Annotated[str, Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SkillEntry(_Strict):
    """A skill: `uri` is its official address where it has one; `source` follows from `origin` and the evidence."""

    id: Uid
    uri: Name | None
    label: Name
    level: Annotated[int, Field(ge=1, le=4)]
    origin: Literal["self", "occupation", "advisor"]
    source: Source
    evidence: Annotated[list[Uid], Field(max_length=MOST_EVIDENCE)]


class EvidenceEntry(_Strict):
    """A piece of evidence; `credential` is the text of a badge, `key` the public key that its owner gave with it."""

    id: Uid
    kind: EvidenceKind
    title: Name
    issuer: Name
    issued: date | None
    expires: date | None
    level: Annotated[int, Field(ge=1, le=8)] | None
    ects: Annotated[float, Field(gt=0)] | None
    media_type: Name
    size_bytes: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
    credential: str | None
    key: str | None


class PassportFile(_Strict):
    """The whole file."""

    format: Literal["leerwijzer-passport"]
    version: Literal[1]
    made_on: date
    skills: Annotated[list[SkillEntry], Field(max_length=MOST_SKILLS)]
    evidence: Annotated[list[EvidenceEntry], Field(max_length=MOST_EVIDENCE)]


@dataclass(frozen=True, slots=True)
class BadgeText:
    """What is kept of a badge: its text, and the public key that its owner gave with it ("" for none)."""

    credential: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class ReadPassport:
    """What a file held: the passport, and the texts of its badges by the id of the evidence."""

    passport: Passport
    badges: Mapping[str, BadgeText]


def schema() -> dict[str, Any]:
    """The JSON Schema of the file."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **PassportFile.model_json_schema()}


def written(
    passport: Passport, names: Mapping[str, tuple[str | None, str]], badges: Mapping[str, BadgeText], today: date
) -> dict[str, Any]:
    """The passport as plain values.

    Args:
        names: official address and label by skill.
        badges: by the id of the evidence.
    """
    skills = [
        SkillEntry(
            id=one.skill,
            uri=names.get(one.skill, (None, ""))[0],
            label=names.get(one.skill, (None, ""))[1],
            level=one.level,
            origin=one.origin.value,  # type: ignore[arg-type]
            source=passport.source(one, today),
            evidence=list(one.evidence),
        )
        for one in passport.skills
    ]
    return PassportFile(
        format="leerwijzer-passport",
        version=1,
        made_on=today,
        skills=skills,
        evidence=[_entry(one, badges.get(one.uid)) for one in passport.evidence],
    ).model_dump(mode="json")


def read_passport(
    data: bytes,
    reread: Callable[[str, BadgeText], Evidence],
    known: Callable[[list[tuple[str, str | None]]], Mapping[str, str]],
    own: Passport,
) -> ReadPassport:
    """The passport in a file.

    Args:
        reread: makes the evidence of a badge anew from its text, under an id; raises Unreadable.
        known: finds which skills there are: from pairs of id and official address to the id that a skill has here.
        own: what its reader has now. That an advisor found a skill counts only where it stands there already: a file proves nothing.

    Raises:
        Unreadable: names the field and what is wrong.
    """
    if len(data) > MOST_FILE_BYTES:
        raise Unreadable(Reason.TOO_LARGE)
    file = _parsed(data)
    found = known([(one.id, one.uri) for one in file.skills])
    badges = {one.id: BadgeText(one.credential, one.key or "") for one in file.evidence if one.credential is not None}
    evidence = tuple(_evidence(number, one, badges.get(one.id), reread) for number, one in enumerate(file.evidence))
    uids = {one.uid for one in evidence}
    skills = {
        found[one.id]: PassportSkill(
            found[one.id], one.level, _origin(one, found[one.id], own), tuple(dict.fromkeys(uid for uid in one.evidence if uid in uids))
        )
        for one in file.skills
        if one.id in found
    }
    return ReadPassport(Passport(tuple(skills.values()), evidence), badges)


def _parsed(data: bytes) -> PassportFile:
    try:
        return PassportFile.model_validate(json_object(data.decode("utf-8-sig")))
    except UnicodeDecodeError:
        raise Unreadable(Reason.NOT_TEXT) from None
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False)[0]
        reasons = {"missing": Reason.MISSING, "too_long": Reason.TOO_MANY, "date_from_datetime_parsing": Reason.NOT_A_DATE}
        raise Unreadable(reasons.get(first["type"], Reason.BAD_VALUE), ".".join(map(str, first["loc"]))) from None


def _origin(one: SkillEntry, uid: str, own: Passport) -> Source:
    held = own.skill(uid)
    is_proven = held is not None and held.origin is Source.ADVISOR and held.level == one.level
    origin = Source(one.origin)
    return origin if origin in ORIGINS and (origin is not Source.ADVISOR or is_proven) else Source.SELF


def _entry(one: Evidence, badge: BadgeText | None) -> EvidenceEntry:
    return EvidenceEntry(
        id=one.uid,
        kind=one.kind,
        title=one.title,
        issuer=one.issuer,
        issued=one.issued,
        expires=one.expires,
        level=one.level,
        ects=one.ects,
        media_type=one.media_type,
        size_bytes=one.size_bytes,
        sha256=one.sha256,
        credential=badge.credential if badge else None,
        key=badge.key if badge and badge.key else None,
    )


def _evidence(number: int, one: EvidenceEntry, badge: BadgeText | None, reread: Callable[[str, BadgeText], Evidence]) -> Evidence:
    if one.kind is EvidenceKind.BADGE:
        if badge is None:
            raise Unreadable(Reason.MISSING, f"evidence.{number}.credential")
        try:
            return reread(one.id, badge)
        except Unreadable as wrong:
            raise Unreadable(wrong.reason, f"evidence.{number}.credential {wrong.field}".strip()) from None
    plain = Evidence(one.id, one.kind, clean_text(one.title), clean_text(one.issuer), one.issued, one.expires, one.level, one.ects)
    return replace(plain, media_type=clean_text(one.media_type), size_bytes=one.size_bytes, sha256=one.sha256)

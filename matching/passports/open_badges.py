"""Reads awarded badges from their JSON: an assertion of Open Badges 2.0, and a credential of Open Badges 3.0.

Sources: Open Badges 2.0 and 3.0 of 1EdTech, and the extensions of SURF edubadges for study credits, level and learning outcomes. What a
badge does not need to have may be missing; what it must have and lacks is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from matching.passports.badge import Alignment, Badge, Recipient
from matching.passports.fields import Fields, clean_text
from matching.passports.problems import Reason, Unreadable

_CREDENTIALS = {"VerifiableCredential", "OpenBadgeCredential", "AchievementCredential"}
_FRAMEWORK = re.compile(r"\b(?:EQF|NLQF|EKK)\b", re.IGNORECASE)
_LEVEL = re.compile(r"(?<!\d)([1-8])(?!\d)")


def badge_from(values: Mapping[str, Any]) -> Badge:
    """The badge in a JSON object. Raises Unreadable."""
    fields = Fields(values)
    kinds = set(fields.texts("type")) | set(fields.texts("@type"))
    if kinds & _CREDENTIALS or "credentialSubject" in fields:
        return _third(fields)
    if "Assertion" in kinds or "badge" in fields or "recipient" in fields:
        return _second(fields)
    raise Unreadable(Reason.ONLY_A_DESCRIPTION if kinds & {"BadgeClass", "Achievement"} else Reason.NOT_A_BADGE)


def _second(fields: Fields) -> Badge:
    badge = fields.object("badge")
    issuer = _issuer(badge)
    alignments = tuple(_alignments(badge, "alignment"))
    return Badge(
        version="2.0",
        title=badge.needed_text("name"),
        issuer=issuer.text("name") or issuer.needed_text("url", "id"),
        description="\n".join(one for one in (badge.text("description"), _extension(badge, "LearningOutcome")) if one),
        criteria=_criteria(badge),
        issuer_address=issuer.text("id", "url"),
        address=fields.text("id", "uid"),
        issued=fields.needed_day("issuedOn"),
        expires=fields.day("expires"),
        level=_level_number(_extension(badge, "EQF")) or _level_of(badge, "alignment"),
        ects=_extended(badge, "ECTS").number("ECTS"),
        alignments=alignments,
        tags=badge.texts("tags"),
        recipients=tuple(_recipient(one) for one in fields.objects("recipient") if one.text("identity")),
        is_revoked=fields.values.get("revoked") is True,
    )


def _third(fields: Fields) -> Badge:
    subject = fields.object("credentialSubject")
    achievement = subject.object("achievement")
    issuer = fields.values.get("issuer")
    profile = Fields(issuer, "issuer") if isinstance(issuer, Mapping) else Fields({"id": issuer}, "issuer")
    people = [_recipient(one, "identityHash") for one in subject.objects("identifier") if one.text("identityHash")]
    if (own := subject.text("id")).startswith("mailto:"):
        people.append(Recipient(own))
    return Badge(
        version="3.0",
        title=achievement.text("name") or fields.needed_text("name"),
        issuer=profile.text("name") or profile.needed_text("id"),
        description=achievement.text("description"),
        criteria=_criteria(achievement),
        issuer_address=profile.text("id", "url"),
        address=fields.text("id"),
        issued=fields.needed_day("validFrom", "issuanceDate"),
        expires=fields.day("validUntil", "expirationDate"),
        level=_level_of(achievement, "alignment"),
        ects=achievement.number("ECTS") or achievement.number("creditsAvailable") or subject.number("creditEarned"),
        alignments=tuple(_alignments(achievement, "alignment")),
        tags=achievement.texts("tag"),
        recipients=tuple(people),
    )


def _issuer(badge: Fields) -> Fields:
    """Who issues the badge; of an issuer named by its address alone, that address."""
    value = badge.values.get("issuer")
    return Fields({"id": value}, badge.at("issuer")) if isinstance(value, str) and value else badge.object("issuer")


def _recipient(one: Fields, name: str = "identity") -> Recipient:
    kind = one.text("identityType", "type")
    identity = one.text(name)
    is_email = kind in ("email", "emailAddress") or (kind == "IdentityObject" and "@" in identity)
    return Recipient(identity, is_email, one.values.get("hashed") is True, one.text("salt"))


def _criteria(fields: Fields) -> str:
    """In words; the address where they stand is of no use without the network."""
    return next((text for one in fields.objects("criteria") if (text := one.text("narrative"))), "")


def _is_level(one: Fields) -> bool:
    return any(_FRAMEWORK.search(one.text(name)) for name in ("targetType", "targetFramework", "targetName"))


def _alignments(fields: Fields, name: str) -> Iterator[Alignment]:
    """What it stands for; not its level, nor who judged its quality."""
    for one in fields.objects(name):
        title, address = one.text("targetName"), one.text("targetUrl")
        if (title or address) and not _is_level(one) and one.text("targetType") != "ext:QualityAssurance":
            yield Alignment(title, address)


def _level_of(fields: Fields, name: str) -> int | None:
    levels = (_level_number(one.text("targetCode", "targetName")) for one in fields.objects(name) if _is_level(one))
    return next((level for level in levels if level), None)


def _level_number(text: str) -> int | None:
    found = _LEVEL.search(text)
    return int(found[1]) if found else None


def _extended(fields: Fields, name: str) -> Fields:
    """An extension of edubadges: `extensions:EQFExtension` holds `EQF`."""
    value = fields.values.get(f"extensions:{name}Extension")
    return Fields(value if isinstance(value, Mapping) else {}, fields.at(f"extensions:{name}Extension"))


def _extension(fields: Fields, name: str) -> str:
    value = _extended(fields, name).values.get(name)
    return str(int(value)) if isinstance(value, int | float) and 0 < value < 100 else clean_text(value)

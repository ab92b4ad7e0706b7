"""Makes evidence of what somebody brings: a certificate, or a badge with what can be checked of it here."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from catalogue.models import Skill
from catalogue.skills.reads import skill_by_reference, skills_by_id
from matching.passports.badge import Badge
from matching.passports.checks import Check, checks, is_sound
from matching.passports.exchange import MOST_NAME_CHARS, BadgeText
from matching.passports.passport import Evidence, EvidenceKind
from matching.passports.reading import Credential, read_credential
from web.passport.model import EvidenceFile
from web.wiring import services

BADGE_TYPE = "application/json"
_SIGNATURES = ((b"%PDF-", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", BADGE_TYPE: "json"}
MOST_SUGGESTED = 12


@dataclass(frozen=True, slots=True)
class CheckedBadge:
    """A badge with what could be checked of it."""

    credential: Credential
    checks: tuple[Check, ...]


def media_type(content: bytes) -> str:
    """What a file is, by how it begins: PDF, PNG or JPEG; "" for anything else, whatever it calls itself."""
    return next((kind for begin, kind in _SIGNATURES if content.startswith(begin)), "")


def certificate(uid: str, kind: EvidenceKind, title: str, issuer: str, content: bytes, issued: date | None = None) -> Evidence:
    """A certificate, or another file that somebody brings."""
    return Evidence(uid, kind, title, issuer, issued, media_type=media_type(content), size_bytes=len(content), sha256=_hash(content))


def checked(text: BadgeText, email: str, today: date) -> CheckedBadge:
    """A badge from its text. Raises Unreadable."""
    credential = read_credential(text.credential)
    return CheckedBadge(credential, checks(credential, today, email, text.key))


def badge_evidence(uid: str, text: BadgeText, found: CheckedBadge) -> Evidence:
    """A badge as evidence."""
    badge: Badge = found.credential.badge
    content = text.credential.encode()
    return Evidence(
        uid=uid,
        kind=EvidenceKind.BADGE,
        title=badge.title[:MOST_NAME_CHARS],
        issuer=badge.issuer[:MOST_NAME_CHARS],
        issued=badge.issued,
        expires=badge.expires,
        level=badge.level,
        ects=badge.ects,
        media_type=BADGE_TYPE,
        size_bytes=len(content),
        sha256=_hash(content),
        is_sound=is_sound(found.checks),
    )


def stored_badge(text: BadgeText) -> bytes:
    """What is kept of a badge, for `badge_text`."""
    return json.dumps({"credential": text.credential, "key": text.key}).encode()


def badge_text(kept: EvidenceFile) -> BadgeText | None:
    """The badge in a kept file; None for a certificate."""
    return BadgeText(**json.loads(kept.content)) if kept.media_type == BADGE_TYPE else None


def suggested_skills(session: Session, badge: Badge) -> list[Skill]:
    """The skills that a badge names by their official address, and then those that its words describe; surest first."""
    named = [skill for one in badge.alignments if one.address and (skill := skill_by_reference(session, one.address))]
    recognised = services().skills.recognise(badge.text, MOST_SUGGESTED)
    known = skills_by_id(session, [one.skill_id for one in recognised])
    described = [known[one.skill_id] for one in recognised if one.skill_id in known]
    return list({skill.uid: skill for skill in (*named, *described)}.values())[:MOST_SUGGESTED]


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

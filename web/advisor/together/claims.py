"""What a client learned before and wants to have recognised. Functions take the dossier and never commit; who calls them writes the entry.

Nothing is granted here. What is missing in a claim is said by the criteria with which Dutch procedures for prior learning (EVC) look at
evidence, known as VRAAK: variation, relevance, authenticity, currency (actualiteit), quantity. docs/advisors.md names the source.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from web.advisor.guidance_model import Claim, Evidence, Proof
from web.advisor.model import Dossier

MOST_CLAIMS = 40
MOST_EVIDENCE = 10
"""So many pieces of evidence a claim can hold."""
MOST_TEXT_CHARS = 2_000
FRESH_YEARS = 5
"""Evidence that is older is usually not taken as current."""


class Criterion(StrEnum):
    """With what an assessor looks at evidence."""

    VARIATION = "variation"
    RELEVANCE = "relevance"
    AUTHENTICITY = "authenticity"
    CURRENCY = "currency"
    QUANTITY = "quantity"


class Lack(StrEnum):
    """What is missing in a claim."""

    BEYOND = "beyond"
    """The level is above what evidence of this one kind shows by itself."""
    NOT_TAUGHT = "not-taught"
    """No module on the site teaches it, so there are no outcomes to lay the evidence beside."""
    NO_TEXT = "no-text"
    NO_YEAR = "no-year"
    OLD = "old"


CRITERION_OF: Mapping[Lack, Criterion] = {
    Lack.BEYOND: Criterion.VARIATION,
    Lack.NOT_TAUGHT: Criterion.RELEVANCE,
    Lack.NO_TEXT: Criterion.QUANTITY,
    Lack.NO_YEAR: Criterion.CURRENCY,
    Lack.OLD: Criterion.CURRENCY,
}
SHOWN_ALONE: Mapping[Proof, int] = {
    Proof.WORK: 4,
    Proof.DIPLOMA: 3,
    Proof.COURSE: 2,
    Proof.PRODUCT: 3,
    Proof.VOLUNTEERING: 3,
    Proof.REFERENCE: 3,
}
"""Up to which level from 1 to 4 one piece of such evidence can be enough. Our own estimate: it asks for more, and refuses nothing."""


class ClaimsFull(ValueError):
    """There is no room for another claim, or for more evidence of one."""


def claim_of(dossier: Dossier, skill: str) -> Claim | None:
    """What is claimed of a skill, by its public id."""
    return next((one for one in dossier.claims if one.skill == skill), None)


def keep_claim(dossier: Dossier, skill: str, actor: str, now: datetime, *, level: int, piece: Evidence | None) -> None:
    """Claims a skill at a level from 1 to 4, with a piece of evidence beside what is there already, and keeps who did that.

    Args:
        actor: as in the audit trail.
        piece: None changes only the level of a skill that was claimed before. One that is there already is not added again.

    Raises:
        ClaimsFull: the dossier holds `MOST_CLAIMS` claims, or the claim `MOST_EVIDENCE` pieces.
    """
    found = claim_of(dossier, skill)
    if found is None:
        if len(dossier.claims) >= MOST_CLAIMS:
            raise ClaimsFull
        found = Claim(skill=skill)
        dossier.claims.append(found)
    if piece and _told(piece) not in map(_told, found.evidence):
        if len(found.evidence) >= MOST_EVIDENCE:
            raise ClaimsFull
        found.evidence.append(piece)
    found.level, found.actor, found.written_at = level, actor, now


def drop_evidence(dossier: Dossier, skill: str, piece: int, actor: str, now: datetime) -> bool:
    """Takes a piece of evidence, by its key, out of a claim; False where it is not there, or is the last one."""
    found = claim_of(dossier, skill)
    dropped = next((one for one in found.evidence if one.id == piece), None) if found else None
    if found is None or dropped is None or len(found.evidence) == 1:
        return False
    found.evidence.remove(dropped)
    found.actor, found.written_at = actor, now
    return True


def _told(piece: Evidence) -> tuple[Proof, int | None, str]:
    return piece.proof, piece.year, piece.text


def drop_claim(dossier: Dossier, skill: str) -> bool:
    """Claims a skill no more; False where it was not claimed."""
    found = claim_of(dossier, skill)
    if found is not None:
        dossier.claims.remove(found)
    return found is not None


def kinds_of(claim: Claim) -> list[Proof]:
    """Of which kinds there is evidence, each once."""
    return list(dict.fromkeys(piece.proof for piece in claim.evidence))


def lacks(claim: Claim, today: date, *, is_taught: bool = True) -> tuple[Lack, ...]:
    """What is missing in a claim with all its evidence together, in the order of the criteria.

    Evidence of a second kind is variation, whatever one kind shows; of the years the newest counts.

    Args:
        is_taught: whether a module on the site teaches the skill.
    """
    kinds, newest = kinds_of(claim), max((piece.year for piece in claim.evidence if piece.year is not None), default=None)
    checks = {
        Lack.BEYOND: len(kinds) == 1 and claim.level > SHOWN_ALONE[kinds[0]],
        Lack.NOT_TAUGHT: not is_taught,
        Lack.NO_YEAR: newest is None,
        Lack.OLD: newest is not None and newest < today.year - FRESH_YEARS,
        Lack.NO_TEXT: any(not piece.text.strip() for piece in claim.evidence),
    }
    return tuple(lack for lack, is_so in checks.items() if is_so)

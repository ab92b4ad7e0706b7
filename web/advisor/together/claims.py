"""What a client learned before and wants to have recognised. Functions take the dossier and never commit; who calls them writes the entry.

Nothing is granted here. What is missing in a claim is said by the criteria with which Dutch procedures for prior learning (EVC) look at
evidence, known as VRAAK: variation, relevance, authenticity, currency (actualiteit), quantity. docs/advisors.md names the source.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from web.advisor.guidance_model import Claim, Proof
from web.advisor.model import Dossier

MOST_CLAIMS = 40
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
    """The level is above what one such piece of evidence shows by itself."""
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
    """There is no room for another claim."""


def claim_of(dossier: Dossier, skill: str) -> Claim | None:
    """What is claimed of a skill, by its public id."""
    return next((one for one in dossier.claims if one.skill == skill), None)


def keep_claim(dossier: Dossier, skill: str, actor: str, now: datetime, *, level: int, proof: Proof, year: int | None, text: str) -> None:
    """Claims a skill at a level from 1 to 4, or changes what is claimed of it, and keeps who did that.

    Args:
        actor: as in the audit trail.

    Raises:
        ClaimsFull: the dossier holds `MOST_CLAIMS` claims.
    """
    found = claim_of(dossier, skill)
    if found is None:
        if len(dossier.claims) >= MOST_CLAIMS:
            raise ClaimsFull
        found = Claim(skill=skill)
        dossier.claims.append(found)
    found.level, found.proof, found.year, found.text = level, proof, year, text
    found.actor, found.written_at = actor, now


def drop_claim(dossier: Dossier, skill: str) -> bool:
    """Claims a skill no more; False where it was not claimed."""
    found = claim_of(dossier, skill)
    if found is not None:
        dossier.claims.remove(found)
    return found is not None


def lacks(claim: Claim, today: date, *, is_taught: bool = True) -> tuple[Lack, ...]:
    """What is missing in a claim, in the order of the criteria.

    Args:
        is_taught: whether a module on the site teaches the skill.
    """
    checks = {
        Lack.BEYOND: claim.level > SHOWN_ALONE[claim.proof],
        Lack.NOT_TAUGHT: not is_taught,
        Lack.NO_YEAR: claim.year is None,
        Lack.OLD: claim.year is not None and claim.year < today.year - FRESH_YEARS,
        Lack.NO_TEXT: not claim.text.strip(),
    }
    return tuple(lack for lack, is_so in checks.items() if is_so)

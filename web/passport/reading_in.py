"""Takes over a passport from a file: which skills it means here, and which of its evidence is here already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalogue.skills.reads import skill_by_reference, skills_by_uid
from matching.passports.exchange import BadgeText, ReadPassport
from matching.passports.passport import MOST_EVIDENCE, Evidence, Passport, TooMuch
from web.passport import keeping
from web.passport.evidence import BADGE_TYPE, badge_evidence, checked, stored_badge
from web.passport.evidence_views import own_email
from web.wiring import services


def known_skills(named: list[tuple[str, str | None]]) -> dict[str, str]:
    """The id that a skill has here, by the id that the file gives it: by that id, else by its official address. Others are left out."""
    with services().database.reading() as reading:
        here = skills_by_uid(reading, [uid for uid, _uri in named])
        by_uri = {uid: skill for uid, uri in named if uid not in here and uri and (skill := skill_by_reference(reading, uri))}
    return {uid: skill.uid for uid, skill in {**here, **by_uri}.items()}


def reread(uid: str, text: BadgeText) -> Evidence:
    """A badge from its text, checked anew for who reads it in. Raises Unreadable."""
    return badge_evidence(uid, text, checked(text, own_email(), services().today()))


def take_over(found: ReadPassport, own: Passport) -> Passport:
    """The passport of a file, under the ids of evidence that is here already; of other badges the texts are kept.

    Raises:
        TooMuch: there is no room for all of its evidence.
        FilesFull: nor for its texts.
    """
    here = {one.uid: same.uid for one in found.passport.evidence if (same := _same(one, own.evidence))}
    new = [one for one in found.passport.evidence if one.uid not in here]
    if len(own.evidence) + len(new) > MOST_EVIDENCE:
        raise TooMuch(MOST_EVIDENCE)
    badges = [one for one in new if one.uid in found.badges]
    added = keeping.add_files([stored_badge(found.badges[one.uid]) for one in badges], BADGE_TYPE)
    here |= {one.uid: uid for one, uid in zip(badges, added, strict=True)}
    evidence = {uid: replace(one, uid=uid) for one in found.passport.evidence for uid in [here.get(one.uid, one.uid)]}
    skills = tuple(replace(one, evidence=tuple(dict.fromkeys(here.get(uid, uid) for uid in one.evidence))) for one in found.passport.skills)
    return Passport(skills, tuple(evidence.values()))


def _same(one: Evidence, own: Sequence[Evidence]) -> Evidence | None:
    return next((mine for mine in own if mine.uid == one.uid or (one.sha256 and (mine.kind, mine.sha256) == (one.kind, one.sha256))), None)

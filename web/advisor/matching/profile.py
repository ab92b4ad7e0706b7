"""From a dossier to the profile that the matcher takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy.orm import Session

from catalogue.modules import saved_modules
from catalogue.skills.reads import skills_by_uid
from matching.profiles.profile import HeldSkill, LearnerProfile, SkillSource
from web.advisor.guidance_model import Claim, Verdict
from web.advisor.intake.talk import answers_of, own_language_of, talk_of
from web.advisor.intake.told import with_told
from web.advisor.model import Dossier
from web.advisor.together.choices import modules_with
from web.learner.profile import learner_profile


def dossier_profile(session: Session, dossier: Dossier) -> LearnerProfile:
    """The profile of a client: the answers, what the talk and what was learned before tell of skills, and what was pinned or rejected.

    Nothing follows from the language in which somebody reads the page. Skills and modules that are no longer there are left out; a module
    that was merged into another counts as that one. Where one of two such modules was pinned and the other rejected, it is pinned.
    """
    profile = learner_profile(session, with_told(session, answers_of(dossier), talk_of(dossier)), own_language_of(dossier))
    pinned, rejected = modules_with(dossier, Verdict.PINNED), modules_with(dossier, Verdict.REJECTED)
    online = saved_modules(session, pinned | rejected)
    wanted = frozenset(online[uid].id for uid in pinned & online.keys())
    return replace(
        profile,
        held=with_claims(session, profile.held, dossier.claims),
        pinned=wanted,
        rejected=frozenset(online[uid].id for uid in rejected & online.keys()) - wanted,
    )


def with_claims(session: Session, held: Iterable[HeldSkill], claims: Iterable[Claim]) -> tuple[HeldSkill, ...]:
    """The held skills with those that were learned before, each at the higher of both levels.

    The advisor saw the evidence and no assessor did yet, so the advisor is who vouches for it.
    """
    claimed = {one.skill: one.level for one in claims}
    known = skills_by_uid(session, claimed)
    merged = {one.skill_id: one for one in held}
    for uid, skill in known.items():
        if skill.id not in merged or merged[skill.id].level <= claimed[uid]:
            merged[skill.id] = HeldSkill(skill.id, claimed[uid], SkillSource.ADVISOR)
    return tuple(merged.values())

"""Routes of what a client learned before. Each is there twice: behind the advisor's door and behind the client's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, render_template, request

from catalogue.models import Module, Skill
from catalogue.modules import modules_by_id, modules_teaching, saved_modules
from catalogue.skills.reads import skill_by_reference, skills_by_id, skills_by_uid
from web.advisor.doors import READABLE, WRITABLE, Opened
from web.advisor.forms import ClaimForm
from web.advisor.guidance_model import Verdict
from web.advisor.matching.profile import dossier_profile
from web.advisor.people import names
from web.advisor.together.claim_page import ClaimPage, ClaimsPage, SkillLine, claim_line, criteria, skill_line, teaching_lines
from web.advisor.together.claims import ClaimsFull, claim_of, drop_claim, drop_evidence, keep_claim
from web.advisor.together.sides import Answer, Side, both_sides
from web.button import ButtonForm
from web.fields import clean
from web.languages import _
from web.wiring import services

FOUND, PROPOSED, TEACHING = 10, 12, 4


@both_sides("/eerder-geleerd")
def claims(side: Side) -> Answer:
    """All claims, and which skills could be claimed too."""
    typed = clean(request.args.get("zoek"))
    found = [one.id for one in services().skills.find_skills(typed, FOUND)] if typed else []
    with side.door("claims", READABLE) as opened:
        today, dossier = services().today(), opened.dossier
        claimed = skills_by_uid(opened.session, [one.skill for one in dossier.claims])
        people = names(opened, {one.actor for one in dossier.claims if one.actor})
        named = skills_by_id(opened.session, found)
        page = ClaimsPage(
            **_common(side, opened),
            claims=[claim_line(one, claimed.get(one.skill), people, today) for one in dossier.claims],
            of_goal=_of_goal(opened),
            of_list=_of_list(opened),
            typed=typed,
            found=[skill_line(named[key]) for key in found if key in named],
        )
    return render_template("advisor/claims.html", page=page)


@both_sides("/eerder-geleerd/<skill>", methods=["GET", "POST"])
def claim(side: Side, skill: str) -> Answer:
    """What is claimed of one skill, and what an assessor must see of it."""
    is_writing = request.method == "POST"
    with side.door("claims", WRITABLE if is_writing else READABLE) as opened:
        known = skill_by_reference(opened.session, skill) or abort(404)
        form = ClaimForm(services().today(), claim_of(opened.dossier, known.uid))
        if form.validate_on_submit():
            return _kept(side, opened, known, form)
        page = _claim_page(side, opened, known)
    return render_template("advisor/claim.html", page=page, form=form)


@both_sides("/eerder-geleerd/<skill>/wis", methods=["POST"])
def remove_claim(side: Side, skill: str) -> Answer:
    """Claims a skill no more."""
    with side.door("claims") as opened:
        if ButtonForm().validate_on_submit() and drop_claim(opened.dossier, skill):
            opened.noted("unclaimed", "claims")
            flash(_("Dit staat niet meer in het dossier."))
    return side.back("claims")


@both_sides("/eerder-geleerd/<skill>/bewijs/<int:number>/wis", methods=["POST"])
def remove_evidence(side: Side, skill: str, number: int) -> Answer:
    """Takes one piece of evidence out of a claim; the last one goes with the claim alone."""
    with side.door("claims") as opened:
        if ButtonForm().validate_on_submit() and drop_evidence(opened.dossier, skill, number, opened.actor, opened.now):
            opened.noted("unclaimed", "claims")
            flash(_("Dit bewijs staat niet meer in het dossier."))
    return side.back("claim", skill=skill)


def _kept(side: Side, opened: Opened, skill: Skill, form: ClaimForm) -> Answer:
    try:
        keep_claim(opened.dossier, skill.uid, opened.actor, opened.now, level=int(form.level.data), piece=form.piece)
    except ClaimsFull:
        flash(_("Er past niets meer bij. Wis eerst iets."), "refused")
        return side.back("claim" if form.is_claimed else "claims", **({"skill": skill.uid} if form.is_claimed else {}))
    opened.noted("claimed", "claims")
    flash(_("Bewaard. Hieronder ziet u wat een assessor wil zien."))
    return side.back("claim", skill=skill.uid)


def _common(side: Side, opened: Opened) -> dict[str, Any]:
    can_write = opened.dossier.standing(services().today()) in WRITABLE
    return {"name": opened.dossier.client_name, "is_client": side.is_client, "can_write": can_write, "address": side.address}


def _claim_page(side: Side, opened: Opened, skill: Skill) -> ClaimPage:
    session, today, found = opened.session, services().today(), claim_of(opened.dossier, skill.uid)
    level = found.level if found else 0
    listed = _listed(opened)
    teaching = {one.id: one for one in listed.values() if any(row.skill_id == skill.id for row in one.taught)}
    teaching |= modules_by_id(session, modules_teaching(session, skill.id, level, TEACHING))
    return ClaimPage(
        **_common(side, opened),
        skill=skill_line(skill),
        claim=claim_line(found, skill, names(opened, filter(None, [found.actor])), today) if found else None,
        criteria=criteria(found, today, is_taught=bool(teaching)) if found else (),
        teaching=teaching_lines(teaching.values(), skill, level, frozenset(one.uid for one in listed.values())),
    )


def _of_goal(opened: Opened) -> Sequence[SkillLine]:
    """Skills of the client's goal, those first that weigh most in the gap."""
    parts, profile = services(), dossier_profile(opened.session, opened.dossier)
    result = parts.matcher.match(profile, parts.today(), limit=1)
    return _unclaimed(opened, [line.skill_id for line in (*result.gap, *result.reached)])[:PROPOSED]


def _of_list(opened: Opened) -> Sequence[SkillLine]:
    """Skills that modules on the list teach: there an exemption could be asked for."""
    return _unclaimed(opened, [row.skill_id for module in _listed(opened).values() for row in module.taught])[:PROPOSED]


def _listed(opened: Opened) -> dict[str, Module]:
    """The modules on the list that nobody rejected, by public id."""
    return saved_modules(opened.session, [one.module for one in opened.dossier.choices if one.verdict is not Verdict.REJECTED])


def _unclaimed(opened: Opened, keys: Sequence[int]) -> list[SkillLine]:
    """These skills, without those that are claimed already."""
    claimed, skills = {one.skill for one in opened.dossier.claims}, skills_by_id(opened.session, keys)
    return [skill_line(skills[key]) for key in dict.fromkeys(keys) if key in skills and skills[key].uid not in claimed]

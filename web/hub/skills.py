"""The skills of a module in the editor: its own, those that its text tells of, and what somebody chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from sqlalchemy.orm import Session

from catalogue.publishing.values import ModuleValues, SkillLevel
from catalogue.skills.reads import skills_by_id, skills_by_uid
from web.hub.pages import SuggestedLine, suggested_lines
from web.learner.forms import is_uid
from web.learner.presenters import LevelLine, level_lines
from web.wiring import services

MOST_SUGGESTED = 12
MOST_LIKELY = 6
LEAST_LEAD = 3.0
"""Standard deviations above the mean skill from which on a skill that the text does not say is worth a look."""
LEVEL_TO_BEGIN = 2
"""With help: the text says nothing of how far one comes."""
TAKEN = "neem"
"""The name of the ticks by what the text tells."""

SUGGESTED_LEVEL = "stand-"
"""Before the public id of a suggested skill, whose level counts only with its tick."""


def own_lines(session: Session, values: ModuleValues, role: str) -> list[LevelLine]:
    """A row for each skill of the module in a role."""
    skills: Sequence[SkillLevel] = values[role]  # type: ignore[literal-required]
    found = skills_by_id(session, [one.skill_id for one in skills])
    kept = [(found[one.skill_id], one.level) for one in skills if one.skill_id in found]
    return level_lines([skill for skill, _level in kept], {skill.uid: level for skill, level in kept})


def suggestions(session: Session, values: ModuleValues, role: str) -> list[SuggestedLine]:
    """Skills that the module's text tells of and that it does not have yet, surest first: level, and the words that tell."""
    text, held = _told(values, role), _held(values, role)
    found = [one for one in services().skills.recognise(text, MOST_SUGGESTED + len(held)) if one.skill_id not in held][:MOST_SUGGESTED]
    skills = skills_by_id(session, [one.skill_id for one in found])
    return suggested_lines([(skills[one.skill_id], one.level, text[one.start : one.end]) for one in found if one.skill_id in skills])


def likely_lines(session: Session, values: ModuleValues, beside: Sequence[SuggestedLine]) -> list[SuggestedLine]:
    """Skills that such a module often teaches, though its text does not say so; likeliest first. None of a module that is only a title."""
    if not (values["description"] or values["outcomes"]):
        return []
    held, shown = _held(values, "taught"), {line.uid for line in beside}
    ranked = services().skills.rank_skills(_told(values, "taught"), MOST_LIKELY + len(held) + len(shown))
    skills = skills_by_id(session, [one.skill_id for one in ranked if one.lead >= LEAST_LEAD and one.skill_id not in held])
    found = [skills[one.skill_id] for one in ranked if one.skill_id in skills]
    return suggested_lines([(skill, LEVEL_TO_BEGIN, "") for skill in found if skill.uid not in shown][:MOST_LIKELY])


def _told(values: ModuleValues, role: str) -> str:
    """The text that tells of skills in a role."""
    return values["entry_text"] if role == "required" else "\n".join((values["title"], *values["outcomes"], values["description"]))


def _held(values: ModuleValues, role: str) -> set[int]:
    return {one.skill_id for one in values[role]}  # type: ignore[literal-required]


def chosen_skills(session: Session, values: ModuleValues, role: str, levels: Mapping[str, int]) -> dict[str, Any]:
    """The skills of a role after somebody's choice: other levels, those on "not yet" gone, and what was ticked or found added."""
    ticked = {uid: level for uid in request.form.getlist(TAKEN) if is_uid(uid) and (level := _suggested_level(uid))}
    wanted = {**ticked, **levels}
    skills = skills_by_uid(session, wanted)
    chosen = {skill.id: wanted[uid] for uid, skill in skills.items()}
    kept = {one.skill_id: one for one in values[role]}  # type: ignore[literal-required]
    for skill_id, level in chosen.items():
        if level:
            kept[skill_id] = SkillLevel(skill_id, level)
        else:
            kept.pop(skill_id, None)
    return {role: sorted(kept.values())}


def _suggested_level(uid: str) -> int:
    level = request.form.get(f"{SUGGESTED_LEVEL}{uid}", "")
    return int(level) if level in {"1", "2", "3", "4"} else 0

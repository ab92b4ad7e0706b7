"""Results as the values that the API's schemas write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for

from catalogue.models import Edition, Module, ModuleSkill, Occupation, Skill, Stack
from catalogue.moments import moment_of
from catalogue.search.port import Hit, Result
from matching.path_results import PathModule, PathRelief, PathResult
from matching.profiles.profile import HeldSkill, LearnerProfile
from matching.results import Match, MatchResult, Step, WhatIf
from web import words
from web.languages import language
from web.reasons import reason_text
from web.what_if import what_if_text

Names = Mapping[str, Mapping[str, str]]


def concept(found: Skill | Occupation) -> dict[str, Any]:
    """A skill or occupation by its public id."""
    return {"id": found.uid, "uri": found.uri, "label": found.label(language())}


def module_item(
    module: Module, edition: Edition | None, today: date, *, score: float | None = None, distance_km: float | None = None
) -> dict[str, Any]:
    """A module in a list, with its best edition."""
    return {
        "id": module.uid,
        "slug": module.slug,
        "title": module.title,
        "provider": module.organisation.name,
        "provider_slug": module.organisation.slug,
        "level": module.level,
        "theme": module.theme.slug if module.theme else None,
        "kind": module.kind,
        "credential": module.credential,
        "language": module.language,
        "price_eur": edition.price_eur if edition else None,
        "hours": module.workload_hours,
        "next_start": edition.start.next_start(today) if edition else None,
        "start_type": edition.start_type if edition else None,
        "place": edition.place.name if edition and edition.place else None,
        "format": edition.format if edition else None,
        "moment": (moment_of(edition.day_parts, edition.format) or None) if edition else None,
        "distance_km": None if distance_km is None else round(distance_km, 1),
        "is_example": module.is_example,
        "score": score,
        "url": url_for("browse.module", slug=module.slug, _external=True),
    }


def hit_item(module: Module, hit: Hit, today: date) -> dict[str, Any]:
    """A found module."""
    edition = module.editions[hit.edition] if hit.edition is not None and hit.edition < len(module.editions) else None
    return module_item(module, edition, today, score=hit.score, distance_km=hit.distance_km)


def facets(result: Result, names: Names) -> dict[str, list[dict[str, Any]]]:
    """Counts by facet, most first, with labels."""
    return {
        facet: [
            {"value": value, "label": words.facet_value(facet, value, names), "count": count}
            for value, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        ]
        for facet, counts in result.facets.items()
    }


def whole_module(module: Module, today: date) -> dict[str, Any]:
    """Everything of one module."""
    first = min(module.editions, key=lambda edition: edition.start.next_start(today) or date.max, default=None)
    return module_item(module, first, today) | {
        "description": module.description,
        "audience": module.audience,
        "entry_text": module.entry_text,
        "assessment": module.assessment,
        "assessment_form": module.assessment_form,
        "is_supervised": module.is_supervised,
        "is_identity_checked": module.is_identity_checked,
        "is_stackable": module.is_stackable,
        "quality_mark": module.quality_mark,
        "quality_url": module.quality_url,
        "outcomes": module.outcomes,
        "nlqf": module.level.nlqf,
        "eqf": module.level.eqf,
        "load_unit": module.load_unit,
        "hub": module.hub.slug if module.hub else None,
        "teaches": [_skill_at_level(row) for row in module.taught],
        "requires": [_skill_at_level(row) for row in module.required],
        "editions": [_edition(edition, today) for edition in module.editions],
    }


def match_item(match: Match, modules: Mapping[int, Module], skills: Mapping[int, Skill], today: date) -> dict[str, Any]:
    """A match with its reasons."""
    module = modules[match.module_id]
    edition = module.edition(match.edition_id)
    missing = [
        {
            "skill": concept(skills[gap.skill_id]),
            "held": gap.held,
            "asked": gap.asked,
            "module": modules[gap.bridge_module_id].uid if gap.bridge_module_id and gap.bridge_module_id in modules else None,
        }
        for gap in match.missing_at_entry
    ]
    return {
        "module": module_item(module, edition, today, score=match.score, distance_km=match.distance_km),
        "score": match.score,
        "closes": [_step(step, skills) for step in match.closes],
        "already_known": [concept(skills[skill_id]) for skill_id in match.already_known],
        "net_hours": match.net_hours,
        "hours_per_week": match.hours_per_week,
        "start": match.start,
        "end": match.end,
        "entry": {
            "met": not missing,
            "missing": missing,
            "questions": [{"skill": concept(skills[step.skill_id]), "asked": step.to_level} for step in match.unknown_at_entry],
        },
        "reasons": [
            {
                "code": reason.code,
                "value": reason.value,
                "weight": reason.weight,
                "contribution": reason.contribution,
                "text": reason_text(reason),
            }
            for reason in match.reasons
        ],
    }


def what_if_item(one: WhatIf, profile: LearnerProfile, module: Module, today: date) -> dict[str, Any]:
    """What one wider constraint would bring."""
    edition = module.edition(one.edition_id)
    return {
        "module": module_item(module, edition, today, distance_km=one.distance_km),
        "constraint": str(one.wish),
        "price_eur": one.price_eur,
        "distance_km": one.distance_km,
        "day": one.day,
        "text": what_if_text(one, module, profile.constraints.budget_eur),
    }


def match_answer(result: MatchResult, modules: Mapping[int, Module], skills: Mapping[int, Skill], today: date) -> dict[str, Any]:
    """A whole answer of the matcher, without its time."""
    assumed = result.assumed
    return {
        "gap": [
            {
                "skill": concept(skills[line.skill_id]),
                "held": line.held,
                "assumed": _assumed(assumed.get(line.skill_id), skills),
                "is_unknown": line.is_unknown,
                "goal": line.goal,
                "importance": line.importance,
                "modules": line.modules,
                "near_miss": {
                    "module": modules[line.near_miss.module_id].uid,
                    "wishes": [str(wish) for wish in line.near_miss.wishes],
                    "distance_km": line.near_miss.distance_km,
                    "price_eur": line.near_miss.price_eur,
                }
                if line.near_miss and line.near_miss.module_id in modules
                else None,
            }
            for line in result.gap
        ],
        "total": result.total,
        "too_little_known": result.is_too_little_known,
        "excluded": {str(code): count for code, count in result.excluded.items()},
        "unclosed": [concept(skills[skill_id]) for skill_id in result.unclosed],
        "items": [match_item(match, modules, skills, today) for match in result.matches if match.module_id in modules],
    }


def _assumed(maybe: HeldSkill | None, skills: Mapping[int, Skill]) -> dict[str, Any] | None:
    if maybe is None:
        return None
    similar = skills.get(maybe.similar_to or 0)
    return {"level": maybe.level, "certainty": maybe.certainty, "source": maybe.source, "similar_to": concept(similar) if similar else None}


def path_answer(
    result: PathResult, modules: Mapping[int, Module], skills: Mapping[int, Skill], stacks: Sequence[Stack], today: date
) -> dict[str, Any]:
    """A path, without its time."""
    return {
        "modules": [_path_module(one, modules, skills, today) for one in result.modules],
        "stacks": [{"id": stack.uid, "title": stack.title} for stack in stacks],
        "objective": result.objective,
        "coverage": result.coverage,
        "wanted": result.wanted,
        "reached": result.is_reached,
        "price_eur": result.price_eur,
        "unpriced": result.unpriced,
        "hours": result.hours,
        "finish": result.finish,
        "travel_km": result.travel_km,
        "proven_optimal": result.proven_optimal,
        "at_least": result.at_least,
        "unreachable": [concept(skills[skill_id]) for skill_id in result.unreachable],
        "binding": [{**_limits(one)[0], "coverage": one.coverage} for one in result.reliefs if len(one.wishes) == 1],
        "binding_together": [{"limits": _limits(one), "coverage": one.coverage} for one in result.reliefs if len(one.wishes) > 1],
    }


def _limits(one: PathRelief) -> list[dict[str, Any]]:
    return [{"constraint": wish, "amount": amount} for wish, amount in zip(one.wishes, one.amounts, strict=True)]


def _path_module(one: PathModule, modules: Mapping[int, Module], skills: Mapping[int, Skill], today: date) -> dict[str, Any]:
    module = modules[one.module_id]
    edition = module.edition(one.edition_id)
    return {
        "module": module_item(module, edition, today, distance_km=one.distance_km),
        "edition": _edition(edition, today) if edition else None,
        "start": one.start,
        "end": one.end,
        "is_dated": one.is_dated,
        "is_beside": one.is_beside,
        "closes": [_step(step, skills) for step in one.closes],
        "opens": [concept(skills[skill_id]) for skill_id in one.opens],
        "questions": [{"skill": concept(skills[step.skill_id]), "asked": step.to_level} for step in one.unknown_at_entry],
        "exemptions": [
            {
                "skill": concept(skills[part.skill_id]),
                "start_level": part.from_level,
                "end_level": part.to_level,
                "taught_level": part.taught_level,
                "earlier_module": modules[part.module_id].uid if part.module_id is not None else None,
            }
            for part in one.exemptions
        ],
        "hours_per_week": one.hours_per_week,
    }


def _step(step: Step, skills: Mapping[int, Skill]) -> dict[str, Any]:
    return {"skill": concept(skills[step.skill_id]), "start_level": step.from_level, "end_level": step.to_level}


def _skill_at_level(row: ModuleSkill) -> dict[str, Any]:
    return {"skill": concept(row.skill), "level": row.level, "is_recognised": row.is_recognised}


def _edition(edition: Edition, today: date) -> dict[str, Any]:
    return {
        "id": edition.uid,
        "start": str(edition.start),
        "start_type": edition.start_type,
        "next_start": edition.start.next_start(today),
        "weeks": edition.weeks,
        "place": edition.place.name if edition.place else None,
        "format": edition.format,
        "day_parts": edition.day_parts,
        "price_eur": edition.price_eur,
        "capacity": edition.capacity,
        "minimum_group": edition.minimum_group,
    }

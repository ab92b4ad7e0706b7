"""From checked input to what search and matcher take."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from catalogue.moments import moments_within
from catalogue.overview import theme_by_slug
from catalogue.places import find_point
from catalogue.points import Point
from catalogue.search.port import FACETS, Query
from catalogue.skills.reads import occupation_by_reference, skill_by_reference
from matching.core.weights import Component
from matching.profiles.profile import Constraints, Goal, HeldSkill, LearnerProfile, SkillLevel
from web.api.problems import invalid
from web.languages import _

Found = TypeVar("Found")


def search_query(session: Session, asked: Mapping[str, Any], names: Mapping[str, Mapping[str, str]], today: date) -> Query:
    """A search from the parameters of `GET /modules`. Themes, places and providers may be named by slug or by name."""
    filters = {facet: _slugs(asked[facet], names.get(facet, {})) for facet in FACETS if asked[facet]}
    if "moment" in filters:
        filters["moment"] = moments_within(filters["moment"])
    return Query(
        today=today,
        text=asked["q"],
        filters=filters,
        max_price_eur=asked["max_price_eur"],
        max_hours=asked["max_hours"],
        start_before=asked["start_before"],
        near=_point(session, asked["near"], "near"),
        radius_km=asked["radius_km"],
        sort=asked["sort"],
        page=asked["page"],
        per_page=asked["per_page"],
    )


def learner_profile(session: Session, asked: Mapping[str, Any]) -> LearnerProfile:
    """A profile from the body of `POST /match`. Raises UnprocessableEntity for a skill or occupation that nobody knows."""
    limits, goal = asked["constraints"], asked["goal"]
    current = asked["current_occupation"]
    return LearnerProfile(
        occupation_id=_occupation(session, current, "current_occupation") if current else None,
        held=tuple(HeldSkill(_skill(session, row["skill"], "have"), row["level"]) for row in asked["have"]),
        goal=Goal(
            occupation_id=_occupation(session, goal["occupation"], "goal") if "occupation" in goal else None,
            skills=tuple(SkillLevel(_skill(session, row["skill"], "goal"), max(1, row["level"])) for row in goal.get("skills", ())),
            theme_id=_theme(session, goal["theme"]) if "theme" in goal else None,
            text=goal.get("text", ""),
        ),
        constraints=Constraints(
            budget_eur=limits["budget_eur"],
            hours_per_week=limits["hours_per_week"],
            near=_point(session, limits["near"] or "", "constraints"),
            max_km=limits["max_km"],
            languages=frozenset(limits["languages"]),
            formats=frozenset(limits["formats"]),
            moments=frozenset(limits["moments"]),
            levels=frozenset(limits["levels"]),
            start_after=limits["start_after"],
            finish_by=limits["finish_by"],
        ),
        own_language=next(iter(limits["languages"]), ""),
        known_languages=frozenset(limits["languages"]),
        emphasis={Component(code): factor for code, factor in asked.get("emphasis", {}).items()},
    )


def _slugs(values: list[str], names: Mapping[str, str]) -> frozenset[str]:
    by_name = {name.casefold(): slug for slug, name in names.items()}
    return frozenset(by_name.get(value.casefold(), value.casefold()) for value in values)


def _point(session: Session, text: str, field: str) -> Point | None:
    if not text.strip():
        return None
    return _known(find_point(session, text), field, _("%(text)s is geen postcode of plaats die wij kennen.", text=text))


def _skill(session: Session, reference: str, field: str) -> int:
    return _known(skill_by_reference(session, reference), field, _("Er is geen vaardigheid %(reference)s.", reference=reference)).id


def _theme(session: Session, slug: str) -> int:
    return _known(theme_by_slug(session, slug), "goal", _("Er is geen thema %(slug)s.", slug=slug)).id


def _occupation(session: Session, reference: str, field: str) -> int:
    return _known(occupation_by_reference(session, reference), field, _("Er is geen beroep %(reference)s.", reference=reference)).id


def _known(found: Found | None, field: str, otherwise: str) -> Found:
    if found is None:
        raise invalid(field, otherwise)
    return found

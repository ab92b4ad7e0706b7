"""What would change in a module: compared without writing, so that a dry run and the real one say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any

from catalogue.models import Edition, Module, ModuleSkill
from catalogue.publishing.values import COLUMNS, EditionValues, ModuleValues, SkillLevel

ROLES = {"taught": ModuleSkill.TAUGHT, "required": ModuleSkill.REQUIRED}


def changed_columns(module: Module, values: ModuleValues) -> dict[str, Any]:
    """The columns of the table of modules whose value differs, with the new value."""
    return {name: value for name, value in values.items() if name in COLUMNS and getattr(module, name) != value}


def has_other_skills(module: Module, values: ModuleValues) -> bool:
    """Whether `values` names skills that differ from the module's own."""
    return any(name in values and skill_levels(module, role) != sorted(values[name]) for name, role in ROLES.items())  # type: ignore[literal-required]


def has_other_editions(module: Module, values: ModuleValues) -> bool:
    """Whether `values` names editions that differ from the module's own, in whatever order."""
    return "editions" in values and Counter(map(edition_values, module.editions)) != Counter(values["editions"])


def is_different(module: Module, values: ModuleValues) -> bool:
    """Whether writing `values` would change anything in `module` but its status."""
    return bool(changed_columns(module, values)) or has_other_skills(module, values) or has_other_editions(module, values)


def skill_levels(module: Module, role: str) -> list[SkillLevel]:
    """The module's skills in one role, sorted."""
    return sorted(SkillLevel(row.skill_id, row.level, row.is_recognised) for row in module.skills if row.role == role)


def edition_values(edition: Edition) -> EditionValues:
    """A stored edition as values."""
    return EditionValues(
        start=edition.start,
        format=edition.format,
        weeks=edition.weeks,
        place=edition.place.slug if edition.place else "",
        day_parts=tuple(edition.day_parts),
        price_cents=edition.price_cents,
        capacity=edition.capacity,
        minimum_group=edition.minimum_group,
        uid=edition.uid,
    )


def matched_editions(
    known: Sequence[Edition], wanted: Sequence[EditionValues], today: date
) -> list[tuple[Edition | None, EditionValues | None]]:
    """Pairs of a stored edition and what it becomes: by their ids, then equal ones, then those with the same start and place.

    An edition whose price changes so stays the same edition, with the same public id. Where nobody gives ids, as in a file, and one start
    is gone and one is new at the same place in the same form, the start was moved; unless it is over, for then the new one is the next.
    None stands where the other has no partner.
    """
    pairs: list[tuple[Edition | None, EditionValues | None]] = []
    by_uid = {edition.uid: edition for edition in known}
    right = []
    for values in wanted:
        if edition := by_uid.pop(values.uid, None):
            pairs.append((edition, values))
        else:
            right.append(values)
    left = list(by_uid.values())
    for key in (_all_of, _start_and_place):
        waiting: dict[Hashable, list[Edition]] = {}
        for edition in left:
            waiting.setdefault(key(edition_values(edition)), []).append(edition)
        unmatched = []
        for values in right:
            if same := waiting.get(key(values)):
                pairs.append((same.pop(0), values))
            else:
                unmatched.append(values)
        left, right = [edition for same in waiting.values() for edition in same], unmatched
    if len(left) == len(right) == 1 and not any(values.uid for values in wanted) and _is_moved(edition_values(left[0]), right[0], today):
        return [*pairs, (left[0], right[0])]
    return [*pairs, *((edition, None) for edition in left), *((None, values) for values in right)]


def _all_of(values: EditionValues) -> Hashable:
    return values


def _start_and_place(values: EditionValues) -> Hashable:
    return values.start, values.place


def _is_moved(before: EditionValues, after: EditionValues, today: date) -> bool:
    return (before.place, before.format) == (after.place, after.format) and before.start.is_open(today)


def edition_columns(values: EditionValues, places: Mapping[str, int]) -> dict[str, Any]:
    """The columns of an edition row; `places` gives the key of each place by slug."""
    return {
        "start": values.start,
        "format": values.format,
        "weeks": values.weeks,
        "place_id": places[values.place] if values.place else None,
        "day_parts": list(values.day_parts),
        "price_cents": values.price_cents,
        "capacity": values.capacity,
        "minimum_group": values.minimum_group,
    }

"""Names in a file to rows of the database: places, themes, hubs and skills. Reads each kind once, and only when a file names one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.exchange.problems import BadCell, Reason
from catalogue.models import Hub, Organisation, Place, Postcode, Skill, SkillAlias, Theme, hub_partner
from catalogue.publishing.slugs import slug_of
from catalogue.publishing.values import SkillLevel
from catalogue.vocabulary import SkillKind

LEVEL_WHEN_UNSAID = 2
"""Level of a skill that a file names without one: with help of a colleague, so that no module promises more than it says."""
MOST_SUGGESTIONS = 3

Key = TypeVar("Key", int, str)

_GRADED = re.compile(r"(.+?)\s*:\s*([0-9]+)\s*(\?)?", re.DOTALL)
_SPLIT = re.compile(r"[|\n]")


@dataclass(frozen=True, slots=True)
class _Named(Generic[Key]):
    """A row of the database, and its name as people write it."""

    key: Key
    name: str


class Lookups:
    """The known names, for one import; hubs only for one of `organisation`."""

    def __init__(self, session: Session, organisation: Organisation | None = None) -> None:
        self._session, self._organisation = session, organisation

    def place(self, name: str) -> str:
        """The slug of a place: by slug, name or other name; Dutch places that only the postcodes know count too."""
        return self._named(name, self._places, Reason.UNKNOWN_PLACE)

    def theme(self, name: str) -> int:
        """The key of a theme: by slug or label."""
        return self._named(name, self._themes, Reason.UNKNOWN_THEME)

    def hub(self, name: str) -> int:
        """The key of a hub that the organisation is a partner of: by slug or name."""
        key = self._named(name, self._hubs, Reason.UNKNOWN_HUB)
        if key not in self._own_hubs:
            raise BadCell(Reason.NOT_A_PARTNER, name)
        return key

    def skills(self, cell: str | tuple[str, ...]) -> tuple[SkillLevel, ...]:
        """Skills with their level: "uri or id or label:level | ...". A "?" behind the level: recognised, and not yet confirmed."""
        found: dict[int, SkillLevel] = {}
        for part in cell if isinstance(cell, tuple) else _SPLIT.split(cell):
            if not part.strip():
                continue
            skill = self._skill(" ".join(part.split()))
            if skill.skill_id in found:
                raise BadCell(Reason.SKILL_TWICE, part)
            found[skill.skill_id] = skill
        return tuple(sorted(found.values()))

    def skill(self, name: str) -> int:
        """The key of a skill: by URI or id, else by label, else by another name."""
        key = self._skill_key(name)
        if key is None:
            raise BadCell(Reason.UNKNOWN_SKILL, name, self._similar(name.casefold(), self._spelled))
        return key

    def province(self, name: str) -> str:
        """A province as places have it."""
        return self._named(name, self._provinces, Reason.UNKNOWN_PLACE)

    def _skill(self, text: str) -> SkillLevel:
        key = self._skill_key(text)
        if key is not None:
            return SkillLevel(key, LEVEL_WHEN_UNSAID)
        match = _GRADED.fullmatch(text)
        if match is None:
            raise BadCell(Reason.UNKNOWN_SKILL, text, self._similar(text.casefold(), self._spelled))
        key = self.skill(match[1])
        if match[2] not in ("1", "2", "3", "4"):
            raise BadCell(Reason.BAD_LEVEL, text, ("1", "4"))
        return SkillLevel(key, int(match[2]), is_recognised=bool(match[3]))

    def _skill_key(self, name: str) -> int | None:
        """By URI or id, else by label, else by another name. Raises BadCell when several skills go by that name."""
        if name in self._skill_ids:
            return self._skill_ids[name]
        folded = name.casefold()
        keys = self._labels.get(folded) or self._aliases.get(folded) or set()
        if len(keys) > 1:
            raise BadCell(Reason.AMBIGUOUS_SKILL, name)
        return next(iter(keys), None)

    @staticmethod
    def _similar(name: str, spelled: Mapping[str, str]) -> tuple[str, ...]:
        """Names like this one, as people write them; `spelled` has each by what is compared."""
        close = difflib.get_close_matches(name[:100], list(spelled), MOST_SUGGESTIONS, 0.75)
        return tuple(dict.fromkeys(spelled[one] for one in close))

    def _named(self, name: str, known: Mapping[str, _Named[Key]], reason: Reason) -> Key:
        try:
            return known[slug_of(name)].key
        except KeyError:
            spelled = {slug: one.name for slug, one in known.items()}
            raise BadCell(reason, name, self._similar(slug_of(name), spelled)) from None

    @cached_property
    def _places(self) -> dict[str, _Named[str]]:
        areas = {slug_of(name): _Named(slug_of(name), name) for name in self._session.scalars(select(Postcode.place_name).distinct())}
        places = list(self._session.scalars(select(Place)))
        others = {slug_of(name): _Named(place.slug, name) for place in places for name in place.other_names}
        return areas | others | {slug_of(name): _Named(place.slug, place.name) for place in places for name in (place.name, place.slug)}

    @cached_property
    def _provinces(self) -> dict[str, _Named[str]]:
        return {slug_of(name): _Named(name, name) for name in self._session.scalars(select(Place.province).distinct())}

    @cached_property
    def _themes(self) -> dict[str, _Named[int]]:
        themes = list(self._session.scalars(select(Theme)))
        english = {slug_of(theme.label_en): _Named(theme.id, theme.label_en) for theme in themes}
        return english | {slug_of(name): _Named(theme.id, theme.label_nl) for theme in themes for name in (theme.label_nl, theme.slug)}

    @cached_property
    def _hubs(self) -> dict[str, _Named[int]]:
        return {slug_of(name): _Named(hub.id, hub.name) for hub in self._session.scalars(select(Hub)) for name in (hub.name, hub.slug)}

    @cached_property
    def _own_hubs(self) -> set[int]:
        partner = self._organisation.id if self._organisation else None
        return set(self._session.scalars(select(hub_partner.c.hub_id).where(hub_partner.c.organisation_id == partner)))

    @cached_property
    def _skill_ids(self) -> dict[str, int]:
        rows = self._session.execute(select(Skill.id, Skill.uid, Skill.uri).where(Skill.kind != SkillKind.GROUP)).all()
        return {name: key for key, uid, uri in rows for name in (uid, uri) if name}

    @cached_property
    def _labels(self) -> dict[str, set[int]]:
        return _keys_by_name(self._skill_names)

    @cached_property
    def _spelled(self) -> dict[str, str]:
        return {name.casefold(): name for name, _key in self._skill_names if name}

    @cached_property
    def _skill_names(self) -> list[tuple[str, int]]:
        rows = self._session.execute(select(Skill.id, Skill.label_nl, Skill.label_en).where(Skill.kind != SkillKind.GROUP))
        return [(name, key) for key, *names in rows for name in names]

    @cached_property
    def _aliases(self) -> dict[str, set[int]]:
        known = set(self._skill_ids.values())
        rows = self._session.execute(select(SkillAlias.text, SkillAlias.skill_id))
        return _keys_by_name((name, key) for name, key in rows if key in known)


def _keys_by_name(pairs: Iterable[tuple[str, int]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for name, key in pairs:
        if name:
            found.setdefault(name.casefold(), set()).add(key)
    return found

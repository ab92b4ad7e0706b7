"""What the matcher answers: codes, keys and numbers. Only `web` makes sentences of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matching.core.exclusions import Exclusion
from matching.profiles.profile import HeldSkill


@dataclass(frozen=True, slots=True)
class NearMiss:
    """The edition nearest to the wishes for a skill that no module within them closes.

    `wishes` are those in its way, as few as possible; `distance_km` and `price_eur` are None where they are not known.
    """

    module_id: int
    edition_id: int | None
    wishes: tuple[Exclusion, ...]
    distance_km: float | None
    price_eur: float | None


@dataclass(frozen=True, slots=True)
class GapLine:
    """One skill of the goal: the level held for certain (0-4), the level wanted (1-4), and its importance in (0, 1].

    What is only assumed is not in `held`; `MatchResult.assumed` has it. `is_unknown`: an everyday skill of which nobody has said anything,
    so that `held` 0 does not mean "no". `modules` counts the modules within the wishes that close part of it; where there are none,
    `near_miss` is what lies nearest outside them. `uncovered` are the levels up to the goal that no module within the wishes brings to.
    """

    skill_id: int
    held: int
    goal: int
    importance: float
    is_unknown: bool = False
    modules: int = 0
    near_miss: NearMiss | None = None
    uncovered: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A skill that a module brings from one level to another; it begins at the held level, or at a higher one asked at entry."""

    skill_id: int
    from_level: int
    to_level: int


@dataclass(frozen=True, slots=True)
class MissingAtEntry:
    """A skill that the module asks at `asked` while the learner holds `held`; `bridge_module_id` teaches it, None when none does."""

    skill_id: int
    held: int
    asked: int
    bridge_module_id: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One named part of a score: `contribution` = `value` x `weight`; the contributions of a match sum to its score.

    `details` holds the numbers that a sentence about it needs, such as {"closed_steps": 9, "gap_steps": 10}.
    """

    code: str
    value: float
    weight: float
    contribution: float
    details: Mapping[str, float | str]


@dataclass(frozen=True, slots=True)
class Match:
    """A module that fits, with the edition that fits best, and why.

    `unknown_at_entry` are skills that are asked and of which nobody has said anything: worth a question, and no lack. They are everyday
    skills, or such as the present occupation makes us suppose.
    `already_known` are taught skills that the learner holds at that level; `net_hours` is the load less the share of the taught level
    steps that is known. `hours_per_week` is what the edition asks: its whole load over its weeks. Only where the learner sets the pace
    (`is_own_pace`) it goes down to the hours that the learner has, and `end` moves on. None where they are not known.
    """

    module_id: int
    edition_id: int | None
    score: float
    closes: tuple[Step, ...]
    already_known: tuple[int, ...]
    missing_at_entry: tuple[MissingAtEntry, ...]
    unknown_at_entry: tuple[Step, ...]
    reasons: tuple[Reason, ...]
    hours: float | None
    net_hours: float | None
    hours_per_week: float | None
    is_own_pace: bool
    price_eur: float | None
    start: date | None
    end: date | None
    distance_km: float | None

    def named_modules(self) -> set[int]:
        """The keys of all modules that the answer names."""
        bridges = {gap.bridge_module_id for gap in self.missing_at_entry if gap.bridge_module_id is not None}
        return {self.module_id} | bridges

    def named_skills(self) -> set[int]:
        """The keys of all skills that the answer names."""
        steps = {step.skill_id for step in (*self.closes, *self.unknown_at_entry)}
        return steps.union(self.already_known, (gap.skill_id for gap in self.missing_at_entry))


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A module that would be among the best if one wish were just this much wider.

    `price_eur`, `distance_km` or `day` says how far the wish in the way, `wish`, would have to go; for a language, form or level that is
    what the module and its edition have.
    """

    module_id: int
    edition_id: int | None
    wish: Exclusion
    price_eur: float | None = None
    distance_km: float | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class RankedModule:
    """A module that fits, with the edition that fits best, without the reasons."""

    module_id: int
    edition_id: int | None
    score: float


@dataclass(frozen=True, slots=True)
class Run:
    """The edition of a module that fits best; `edition_id` is None where the module has none, `distance_km` where that is not known."""

    edition_id: int | None
    distance_km: float | None


@dataclass(frozen=True, slots=True)
class MatchResult:
    """Matches, best first, with the gap that they are measured against.

    `excluded` counts the modules that each hard constraint removed, first reason first; under REJECTED those that the learner chose
    against, which no other part of the answer names or counts. `known_skills` counts held skills, without those
    that rest on others only; below `FEWEST_KNOWN_SKILLS` `is_too_little_known` is True. `unclosed` are gap skills that no module
    teaches above the held level.

    `gap` holds what is still open, the most important first; `reached` the skills of the goal that the learner holds already. `held` is
    everything that counted as held, what the occupation suggests (source OCCUPATION), what follows (IMPLIED) and what lies near (SIMILAR)
    included, so that a page can ask to confirm it.
    """

    gap: tuple[GapLine, ...]
    matches: tuple[Match, ...]
    total: int
    excluded: Mapping[Exclusion, int]
    known_skills: int
    is_too_little_known: bool
    unclosed: tuple[int, ...]
    reached: tuple[GapLine, ...]
    held: tuple[HeldSkill, ...]

    @property
    def assumed(self) -> dict[int, HeldSkill]:
        """By skill, what is held with some certainty only: worth a question, and shown as such."""
        return {skill.skill_id: skill for skill in self.held if skill.certainty < 1}

    def named_modules(self) -> set[int]:
        """The keys of all modules that the answer names."""
        return {line.near_miss.module_id for line in self.gap if line.near_miss}.union(*(match.named_modules() for match in self.matches))

    def open_questions(self, limit: int) -> list[int]:
        """Skills that the goal or a module asks and of which nobody has said anything, the most asked first.

        Everyday skills, and what the present occupation only makes us suppose.
        """
        assumed = self.assumed
        asked = Counter(
            line.skill_id
            for line in self.gap
            if line.is_unknown or (line.skill_id in assumed and not assumed[line.skill_id].source.is_inferred)
        )
        asked.update(step.skill_id for match in self.matches for step in match.unknown_at_entry)
        return [skill_id for skill_id, _ in sorted(asked.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]]

    def named_skills(self) -> set[int]:
        """The keys of all skills that the answer names."""
        named = {line.skill_id for line in self.gap}.union(self.unclosed, *(match.named_skills() for match in self.matches))
        similar = {skill.similar_to for skill_id, skill in self.assumed.items() if skill_id in named}
        return named | {skill_id for skill_id in similar if skill_id is not None}

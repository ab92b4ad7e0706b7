"""A learner profile as arrays: what counts as held, what is wanted and how much, and which wishes are hard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from catalogue.moments import Moment, moments_within
from matching.background import implied_levels, near_skills, unknown_skills
from matching.core.arrays import UNKNOWN, FloatArray, Gap, IntArray, Wishes
from matching.core.gap import EVERYDAY_LEVEL
from matching.gather import FORMATS, LEVELS, MOMENTS, Catalogue
from matching.profiles.profile import Constraints, HeldSkill, LearnerProfile, SkillSource

IMPLIED_OPTIONAL_LEVEL = 1
"""An optional skill of one's occupation is taken to be known at a basic level, by those who know it: many have only seen it."""

OPTIONAL_CERTAINTY = 0.5
"""The chance that somebody in an occupation holds an optional skill of it. Nobody counts this; ESCO calls a skill optional that may be
asked, depending on the employer and the place. What its lists say lies around a half: docs/scoring.md, "Perhaps held"."""

NEAR_LEVEL = 1
NEAR_CERTAINTY = 0.25
"""Who holds a skill well is taken to hold the basis of a near one with this chance: a quarter of a step, however many near skills there
are. Of the occupations in ESCO that ask a skill, 26 to 41 percent ask a related one too, and 21 percent one that is a step narrower; skills
that only share a broader one, 3 percent, do not help. docs/scoring.md, "What lies near"."""

OPTIONAL_IMPORTANCE = 0.3
"""An essential skill is what the occupation cannot do without; three optional ones together count about as much as one."""

LEAST_RARITY_SHARE = 0.25
"""A quarter of a skill's importance does not depend on how rare it is: safe working, which many occupations ask, stays part of the gap, but
a course for another trade that happens to teach it does not come before a course for this one."""

SHARED_IMPORTANCE = 0.5
"""What every trade has use for (presenting, teamwork, hand tools) is learned in each of them, on the job too: half of what its rarity says.
"""

FITTING_NLQF = {1: (1.0, 2.0), 2: (2.0, 4.0), 3: (4.0, 6.0), 4: (6.0, 8.0)}
"""Levels of the Dutch qualifications framework by ISCO-08 skill level. Source: ILO, ISCO-08 volume 1, table 1 (skill level 1: ISCED 1;
2: ISCED 2-4; 3: ISCED 5; 4: ISCED 6-8). Level 3, technicians, begins at NLQF 4 here: Dutch technicians are mostly trained at mbo-4."""

_SKILL_LEVEL_OF_MAJOR_GROUP = {"1": 4, "2": 4, "3": 3, "4": 2, "5": 2, "6": 2, "7": 2, "8": 2, "9": 1}


@dataclass(frozen=True, slots=True)
class Aim:
    """One skill of the goal with its importance in (0, 1]."""

    skill_id: int
    level: int
    importance: float


def held_skills(profile: LearnerProfile, catalogue: Catalogue) -> tuple[HeldSkill, ...]:
    """What counts as held: what the learner says, what the occupation suggests where the learner says nothing, and what both tell of more.

    An essential skill of the occupation counts at the level that the occupation asks; an optional one at IMPLIED_OPTIONAL_LEVEL, with
    OPTIONAL_CERTAINTY. What follows (`implied_levels`) raises what the occupation suggests, never what the learner says. What lies near
    (`near_skills`) counts at NEAR_LEVEL with NEAR_CERTAINTY where nothing else is known. A skill that the learner puts at level 0 is not
    held, whatever is suggested. Ordered by skill.
    """
    said: dict[int, HeldSkill] = {}
    for skill in profile.held:
        if skill.skill_id not in said or skill.level > said[skill.skill_id].level:
            said[skill.skill_id] = skill
    implied: dict[int, HeldSkill] = {}
    if profile.occupation_id is not None:
        for skill_id, level, is_essential, _ in _needs(profile.occupation_id, catalogue):
            counted, certainty = (level, 1.0) if is_essential else (min(level, IMPLIED_OPTIONAL_LEVEL), OPTIONAL_CERTAINTY)
            implied[skill_id] = HeldSkill(skill_id, counted, SkillSource.OCCUPATION, certainty)
    named = implied | said
    levels: dict[int, int] = {}
    sure: dict[int, int] = {}
    for column, skill in zip(catalogue.columns(named).tolist(), named.values(), strict=True):
        if column != UNKNOWN:
            levels[column] = skill.level
            sure[column] = skill.level if skill.certainty == 1 else 0
    follows = implied_levels(levels, _isco(profile.occupation_id, catalogue)[:1], catalogue.background)
    following: dict[int, HeldSkill] = {}
    for (column, level), key in zip(follows.items(), catalogue.skill_ids[list(follows)].tolist(), strict=True):
        if key not in said:
            following[key] = HeldSkill(key, level, SkillSource.IMPLIED)
            sure[column] = level
    near = near_skills(sure, catalogue.background)
    keys, others = (catalogue.skill_ids[list(columns)].tolist() for columns in (near, near.values()))
    similar = {key: HeldSkill(key, NEAR_LEVEL, SkillSource.SIMILAR, NEAR_CERTAINTY, other) for key, other in zip(keys, others, strict=True)}
    return tuple(skill for _, skill in sorted((named | following | similar).items()) if skill.level > 0)


def unknown_to_us(profile: LearnerProfile, catalogue: Catalogue) -> FloatArray:
    """The level up to which asking each skill at entry is a question to the learner, and no lack. Shape (n_skills,), 0 for no question.

    Everyday skills about which neither the learner nor the occupation says anything, and optional skills of the occupation about which the
    learner says nothing: at the level at which the occupation only makes us suppose them.
    """
    needs = _needs(profile.occupation_id, catalogue) if profile.occupation_id is not None else []
    said = [skill.skill_id for skill in profile.held]
    columns = catalogue.columns([*said, *(skill_id for skill_id, *_ in needs)])
    unknown = np.where(unknown_skills(columns[columns != UNKNOWN], catalogue.background), EVERYDAY_LEVEL, 0.0)
    is_optional = [not is_essential for _, _, is_essential, _ in needs]
    unknown[columns[len(said) :][is_optional]] = IMPLIED_OPTIONAL_LEVEL
    columns = columns[: len(said)]
    unknown[columns[columns != UNKNOWN]] = 0.0
    return unknown


def occupation_aims(occupation_id: int, catalogue: Catalogue) -> list[Aim]:
    """The skills of an occupation as a goal: importance is essential or optional, times how telling the skill is for it.

    Telling is the square of its rarity, so that the few skills that make an occupation what it is lead those that it shares with many.
    """
    needs = _needs(occupation_id, catalogue)
    is_shared = catalogue.background.shared[catalogue.columns(skill_id for skill_id, *_ in needs)].tolist()
    return [
        Aim(
            skill_id,
            level,
            (1.0 if is_essential else OPTIONAL_IMPORTANCE)
            * (SHARED_IMPORTANCE if shared else 1.0)
            * (LEAST_RARITY_SHARE + (1 - LEAST_RARITY_SHARE) * rarity**2),
        )
        for (skill_id, level, is_essential, rarity), shared in zip(needs, is_shared, strict=True)
    ]


def gap_of(held: Iterable[HeldSkill], aims: Iterable[Aim], unknown: FloatArray, catalogue: Catalogue) -> Gap:
    """The gap as arrays over all skill columns. Skills outside the taxonomy are left out; of one named twice the higher counts."""
    held, aims = list(held), list(aims)
    size = len(catalogue.skill_ids)
    wanted, standing = (catalogue.columns([one.skill_id for one in many]) for many in (aims, held))
    return Gap(
        held=_highest(size, standing, [skill.expected_level for skill in held]),
        goal=_highest(size, wanted, [aim.level for aim in aims]),
        weight=_highest(size, wanted, [aim.importance for aim in aims]),
        unknown=unknown,
    )


def wishes_of(profile: LearnerProfile, today: date, catalogue: Catalogue) -> Wishes:
    """The constraints in codes and day numbers, with the levels that suit the wanted (else the present) occupation."""
    wish: Constraints = profile.constraints
    fitting = fitting_nlqf(profile.goal.occupation_id, catalogue) or fitting_nlqf(profile.occupation_id, catalogue)
    return Wishes(
        today=today.toordinal(),
        budget_eur=wish.budget_eur,
        hours_per_week=wish.hours_per_week or None,
        near=(wish.near.latitude, wish.near.longitude) if wish.near else None,
        max_km=wish.max_km,
        languages=_codes(wish.languages, catalogue.languages),
        formats=_codes(wish.formats, FORMATS),
        moments=_codes(_fitting_moments(wish.moments), MOMENTS),
        levels=_codes(wish.levels, LEVELS),
        start_after=wish.start_after.toordinal() if wish.start_after else None,
        finish_by=wish.finish_by.toordinal() if wish.finish_by else None,
        nlqf=fitting,
        own_language=catalogue.languages.get(profile.own_language) if len(wish.languages) != 1 else None,
        emphasis=profile.emphasis,
        rejected=frozenset(catalogue.rows(profile.rejected)) if profile.rejected else None,
        known_languages=_codes(profile.known_languages, catalogue.languages) or frozenset(),
    )


def fitting_nlqf(occupation_id: int | None, catalogue: Catalogue) -> tuple[float, float] | None:
    """The levels that suit an occupation, by the skill level of its group in ISCO-08; None where the group is not known."""
    return nlqf_of_isco(_isco(occupation_id, catalogue))


def nlqf_of_isco(isco: str) -> tuple[float, float] | None:
    """The levels that suit occupations of an ISCO-08 group; None for "" or no such group."""
    # Managers of shops, hotels and other services (sub-major group 14) are the one half of their major group at skill level 3.
    level = 3 if isco.startswith("14") else _SKILL_LEVEL_OF_MAJOR_GROUP.get(isco[:1])
    return FITTING_NLQF[level] if level else None


def _isco(occupation_id: int | None, catalogue: Catalogue) -> str:
    return catalogue.occupations.isco.get(occupation_id, "") if occupation_id is not None else ""


def _needs(occupation_id: int, catalogue: Catalogue) -> list[tuple[int, int, bool, float]]:
    """Skill, level, whether essential, and rarity, for each need of an occupation; nothing for one without needs."""
    needs = catalogue.occupations
    part = slice(*needs.begins.get(occupation_id, (0, 0)))
    columns = needs.column[part]
    return list(
        zip(
            catalogue.skill_ids[columns].tolist(),
            needs.level[part].tolist(),
            needs.is_essential[part].tolist(),
            needs.rarity[columns].tolist(),
            strict=True,
        )
    )


def _fitting_moments(free: frozenset[str]) -> frozenset[str]:
    """What asks for no more than the parts of the week that are free; one's own time is always free. Nothing when nothing is asked."""
    return moments_within(free | {Moment.OWN_TIME}) if free else free


def _codes(wanted: frozenset[str], known: Mapping[str, int]) -> frozenset[int] | None:
    """The numbers of the wanted codes; a code that no module has fits no module. None when nothing is asked."""
    return frozenset(known[code] for code in wanted if code in known) if wanted else None


def _highest(size: int, columns: IntArray, values: Sequence[float]) -> FloatArray:
    array = np.zeros(size)
    known = columns != UNKNOWN
    np.maximum.at(array, columns[known], np.array(values, dtype=np.float64)[known])
    return array

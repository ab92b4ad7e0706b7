"""The paths for somebody's answers, kept so that a page, a file and a print tell of the same one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import request, session
from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from catalogue.models import Module, Skill, Stack
from catalogue.modules import modules_by_id, stacks_by_id
from catalogue.skills.reads import skills_by_id
from catalogue.versions import current_versions
from matching.core.path.field import Objective
from matching.path_results import NO_PATHS, Alternatives, PathResult
from matching.profiles.profile import LearnerProfile
from web.languages import language
from web.learner.answers import PATHS_KEY, Answers
from web.learner.path_form import AIMS, PathForm
from web.learner.profile import learner_profile
from web.wiring import services

_FOUND = TypeAdapter(Alternatives)
_SHAPE = hashlib.sha256(repr(_FOUND.json_schema()).encode()).hexdigest()
"""Another shape after an update of the program makes kept paths another question."""


@dataclass(frozen=True, slots=True)
class FoundPaths:
    """Paths by what each is the least of, and which of them is shown, with the modules and skills that this one names by their keys,
    and the stacks that it earns; `with_beside` is that of `Alternatives`."""

    paths: Mapping[Objective, PathResult]
    aim: Objective
    modules: Mapping[int, Module]
    skills: Mapping[int, Skill]
    stacks: Sequence[Stack]
    with_beside: float | None = None

    @property
    def shown(self) -> PathResult:
        """The path that is shown whole."""
        return self.paths[self.aim]


def own_paths(reading: Session, answers: Answers) -> tuple[FoundPaths, PathForm]:
    """The paths for a visitor's answers and the choices in the address, kept in the browser's session; see `found_paths`."""
    form, aim_word = PathForm(request.args), request.args.get("doel", "")
    form.validate()
    profile, follows_from = learner_profile(reading, answers), repr((answers, language()))
    return found_paths(reading, profile, follows_from, form, aim_word, session), form


def found_paths(
    reading: Session, profile: LearnerProfile, follows_from: str, form: PathForm, aim_word: str, kept_in: MutableMapping[str, Any]
) -> FoundPaths:
    """The paths for a profile and the choices of `form`; `aim_word` of AIMS says which one is shown, else the cheapest.

    The same question gets the same answer for as long as the catalogue stays as it is: the search for a path ends by the clock, and a
    file or a print must hold the path that the page showed. A path also stays where more modules are pinned, all of which it holds, or
    rejected, of which it holds none: so who pins all of it gets just that path.

    Args:
        follows_from: what the profile follows from, pinned and rejected modules aside; the same text, the same profile.
        kept_in: holds the paths that were shown last below `PATHS_KEY`.
    """
    parts, asked = services(), AIMS.get(aim_word, Objective.COST)
    question = _fingerprint(follows_from, form, _SHAPE, asked, parts.today(), current_versions(reading))
    kept, choices = kept_in.get(PATHS_KEY, {}), [sorted(profile.pinned), sorted(profile.rejected)]
    found = _FOUND.validate_python(kept["found"]) if kept.get("question") == question else NO_PATHS
    if not found.paths or kept["choices"] != choices:
        standing = {aim: path for aim, path in found.paths.items() if _stands(path, profile, *map(frozenset, kept["choices"]))}
        chosen = {"prefers_stacks": form.stapel.data, "keeps_to_goal": form.keeps_to_goal}
        planner = parts.matcher.planner(profile, parts.today(), form.budget_eur, **chosen)
        found = planner.alternatives(asked, form.coverage, known=replace(found, paths=standing))
        kept_in[PATHS_KEY] = {"question": question, "choices": choices, "found": _FOUND.dump_python(found, mode="json")}
    aim = asked if asked in found.paths else Objective.COST
    shown = found.paths[aim]
    modules, skills = modules_by_id(reading, shown.named_modules()), skills_by_id(reading, shown.named_skills())
    return FoundPaths(found.paths, aim, modules, skills, stacks_by_id(reading, shown.stacks), found.with_beside)


def _stands(path: PathResult, profile: LearnerProfile, pinned: frozenset[int], rejected: frozenset[int]) -> bool:
    """Whether a path that was found with some modules pinned and rejected is as good an answer with those of the profile."""
    holds = {module.module_id for module in path.modules}
    has_only_more = pinned <= profile.pinned and rejected <= profile.rejected
    return has_only_more and not path.left_out and holds >= profile.pinned and holds.isdisjoint(profile.rejected)


def _fingerprint(follows_from: str, form: PathForm, *others: object) -> str:
    question = repr((follows_from, form.coverage, form.budget_eur, form.stapel.data, form.keeps_to_goal, *others))
    return hashlib.sha256(question.encode()).hexdigest()

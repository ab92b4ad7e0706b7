"""Modules that an advisor looks for in a dossier, as template values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.models import Module
from catalogue.modules import modules_by_id
from web.advisor.doors import Opened
from web.advisor.guidance_model import Verdict
from web.advisor.intake.talk import answers_of
from web.advisor.matching.page import Head, chosen_of, head_of
from web.advisor.matching.profile import dossier_profile
from web.advisor.matching.reach import Reach, about_goal, fitting, reach_of
from web.advisor.matching.runs import runs_of
from web.browse.cards import Card


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A module by name: whether it is too far away, what was decided about it, how many skills of the goal it brings further now (0 where
    it does not fit), how many that it asks at entry are missing, and whether other wishes could make it bring the goal further."""

    card: Card
    is_far: bool
    verdict: Verdict | None
    skills: int
    missing: int
    is_about_goal: bool


@dataclass(frozen=True, slots=True)
class FoundPage:
    """What was found by name."""

    head: Head
    typed: str
    lines: Sequence[FoundLine]


@dataclass(frozen=True, slots=True)
class ModulePage:
    """One module beside the goal of the client."""

    head: Head
    card: Card
    verdict: Verdict | None
    reason: str
    """What was written against it."""
    reach: Reach | None
    """None where the engine does not know the module yet."""


def found_page(opened: Opened, typed: str, keys: Sequence[int]) -> FoundPage:
    """The modules with these keys beside the goal of the client."""
    session, dossier = opened.session, opened.dossier
    answers, modules = answers_of(dossier), modules_by_id(session, keys)
    verdicts = chosen_of(session, dossier).verdicts
    runs = runs_of(session, dossier, modules.values())
    profile = dossier_profile(session, dossier)
    matches = fitting(profile, modules) if answers.has_goal else {}
    about = about_goal(profile, modules.keys() - matches.keys()) if answers.has_goal else set()

    def line(module: Module) -> FoundLine:
        match = matches.get(module.id)
        fits = (len(match.closes), len(match.missing_at_entry)) if match else (0, 0)
        return FoundLine(runs.card(module), runs.is_far(module), verdicts.get(module.uid), *fits, module.id in about)

    in_order = [modules[key] for key in keys if key in modules]
    return FoundPage(head_of(opened, answers), typed, [line(one) for one in runs.near_first(in_order)])


def module_page(opened: Opened, module: Module) -> ModulePage:
    """How a module stands to the client."""
    session, dossier = opened.session, opened.dossier
    chosen, answers = chosen_of(session, dossier), answers_of(dossier)
    return ModulePage(
        head=head_of(opened, answers),
        card=runs_of(session, dossier, [module]).card(module),
        verdict=chosen.verdicts.get(module.uid),
        reason=next((one.reason for one in chosen.rejected if one.slug == module.slug), ""),
        reach=reach_of(session, dossier_profile(session, dossier), answers, module),
    )

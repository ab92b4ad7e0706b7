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
from web.advisor.matching.reach import Reach, reach_of, skills_closed
from web.advisor.matching.runs import runs_of
from web.browse.cards import Card


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A module by name: what was decided about it, and how many skills of the goal it brings further now; 0 where it does not fit."""

    card: Card
    verdict: Verdict | None
    skills: int


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
    closed = skills_closed(dossier_profile(session, dossier), modules) if answers.has_goal else {}
    runs, found = runs_of(session, dossier, modules.values()), [modules[key] for key in keys if key in modules]
    lines = [FoundLine(runs.card(one), verdicts.get(one.uid), closed.get(one.id, 0)) for one in found]
    return FoundPage(head_of(opened, answers), typed, lines)


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

"""What an advice report is made of: rows, answers and what the matcher says to them. No words yet; `document.py` finds those."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from catalogue.models import Module, Occupation, Skill, Theme
from catalogue.modules import modules_by_id, saved_modules
from catalogue.overview import theme_by_slug
from catalogue.skills.reads import occupation_by_reference, skills_by_id, skills_by_uid
from matching.path_results import PathModule
from web.advisor.guidance_model import Choice, Verdict
from web.advisor.intake.talk import Talk, answers_of, talk_of
from web.advisor.intake.work import work_of
from web.advisor.matching.paths import ClientsPath
from web.advisor.matching.profile import dossier_profile
from web.advisor.matching.runs import Runs, runs_of
from web.advisor.model import Dossier
from web.learner.answers import Answers
from web.learner.outcomes import FoundMatches
from web.learner.path_form import PathForm
from web.learner.paths import FoundPaths
from web.wiring import services


@dataclass(frozen=True, slots=True)
class Material:
    """Everything about one client that a report can tell.

    `skills` and `work` are by public id, of what the client holds, claims, wants and did; `listed` are the modules of the shared list, by
    their ids there, and `runs` those of them that fit. `matches` and `paths` are None where the client has no goal yet.
    """

    dossier: Dossier
    answers: Answers
    talk: Talk
    today: date
    skills: Mapping[str, Skill]
    work: Mapping[str, Occupation]
    wanted: Occupation | Theme | None
    listed: Mapping[str, Module]
    runs: Runs
    matches: FoundMatches | None
    paths: FoundPaths | None
    path_form: PathForm
    """The choices with which the paths were looked for."""

    def choices(self, verdict: Verdict) -> list[tuple[Choice, Module]]:
        """The modules of which the shared list says so and that are still there, in the order of the list."""
        return [(one, self.listed[one.module]) for one in self.dossier.choices if one.verdict is verdict and one.module in self.listed]

    @property
    def planned(self) -> list[tuple[Module, PathModule]]:
        """The modules of the advised path, in its order."""
        if self.paths is None:
            return []
        known = self.paths.modules
        return [(known[one.module_id], one) for one in self.paths.shown.modules if one.module_id in known]

    @property
    def beside_the_path(self) -> list[tuple[Choice, Module]]:
        """What advisor and client chose and the path does not hold."""
        planned = {module.uid for module, _plan in self.planned}
        return [(choice, module) for choice, module in self.choices(Verdict.PINNED) if module.uid not in planned]


def material(session: Session, dossier: Dossier, path: ClientsPath | None) -> Material:
    """Gathers it; `path` holds the one that is advised, None for a client without a goal."""
    answers, talk = answers_of(dossier), talk_of(dossier)
    named = [*answers.skills, *answers.goal_skills, *answers.goal_meant, *(claim.skill for claim in dossier.claims)]
    worked = {one.occupation for one in work_of(talk, answers) if one.occupation}
    listed = saved_modules(session, [one.module for one in dossier.choices])
    found = {uid: occupation_by_reference(session, uid) for uid in worked}
    return Material(
        dossier=dossier,
        answers=answers,
        talk=talk,
        today=services().today(),
        skills=skills_by_uid(session, named),
        work={uid: one for uid, one in found.items() if one},
        wanted=_wanted(session, answers),
        listed=listed,
        runs=runs_of(session, dossier, listed.values()),
        matches=_matches(session, dossier) if answers.has_goal else None,
        paths=path.found if path else None,
        path_form=path.question.form if path else PathForm(),
    )


def _wanted(session: Session, answers: Answers) -> Occupation | Theme | None:
    if answers.goal_kind == "occupation":
        return occupation_by_reference(session, answers.goal_occupation)
    return theme_by_slug(session, answers.goal_theme) if answers.goal_kind == "theme" else None


def _matches(session: Session, dossier: Dossier) -> FoundMatches:
    """The gap; of modules only those that it names."""
    parts = services()
    result = replace(parts.matcher.match(dossier_profile(session, dossier), parts.today(), 1), matches=())
    skills = result.named_skills() | {line.skill_id for line in result.reached}
    return FoundMatches(result, modules_by_id(session, result.named_modules()), skills_by_id(session, skills))

"""Figures over the dossiers of all advisors, without persons: no names, no words that somebody typed, and no number below five.

Every figure is a cell of a partition of the dossiers in which reading is possible now. `told` hides small cells, and as many others that
what is hidden is nothing or LEAST at least together: so subtracting what is shown from any total gives no smaller number either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.counting.cells import LEAST
from web.advisor.guidance_model import Choice, Intake, Report, Verdict
from web.advisor.model import Consent, Dossier, Task

Cell = TypeVar("Cell", bound=Hashable)


class Stage(StrEnum):
    """How far a guidance is; each dossier is at one."""

    NO_INTAKE = "no-intake"
    INTAKE = "intake"
    """With an intake, and no report yet."""
    REPORT = "report"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """What counts of one dossier. `goal` is the slug of a theme, or what kind of goal it is; "" for none."""

    stage: Stage
    is_late: bool
    goal: str
    barriers: frozenset[str]
    verdicts: Mapping[str, Verdict]
    """What is thought of modules, by their public ids."""


@dataclass(frozen=True, slots=True)
class TeamFigures:
    """Only what may be told: in how many dossiers something is so.

    Attributes:
        late: open dossiers with a task that is late (True) and without one (False).
        modules: those that were pinned or rejected, most first, by public id.
    """

    stages: Mapping[Stage, int]
    late: Mapping[bool, int]
    goals: Mapping[str, int]
    barriers: Mapping[str, int]
    modules: Sequence[tuple[str, Verdict, int]]


def told(cells: Mapping[Cell, int], never: Collection[Cell] = ()) -> dict[Cell, int]:
    """The cells of a partition that may be told, the largest first.

    None is below LEAST, and what is not told is nothing, or LEAST at least together.

    Args:
        never: cells that are not told however large they are.
    """
    ordered = sorted(((cell, number) for cell, number in cells.items() if number), key=lambda pair: -pair[1])
    kept = [(cell, number) for cell, number in ordered if number >= LEAST and cell not in never]
    hidden = sum(cells.values()) - sum(number for _cell, number in kept)
    while kept and 0 < hidden < LEAST:
        hidden += kept.pop()[1]
    return dict(kept)


def figures(facts: Sequence[DossierFacts]) -> TeamFigures:
    """The figures of some dossiers."""
    # One partition for both, since a stage less those that are late at it would tell who is not.
    stages = told(Counter((one.stage, one.is_late) for one in facts))
    by_stage, by_late = Counter[Stage](), Counter[bool]()
    for (stage, is_late), number in stages.items():
        by_stage[stage] += number
        if stage is not Stage.CLOSED:
            by_late[is_late] += number
    # Without an intake there is no goal and nothing in the way; among the others what is left must not be small either.
    met = [one for one in facts if one.stage is not Stage.NO_INTAKE]
    return TeamFigures(
        stages={stage: by_stage[stage] for stage in Stage if by_stage[stage]},
        late=dict(by_late),
        goals=told(Counter(one.goal for one in met), never={""}),
        barriers=_barriers(met),
        modules=_modules(facts),
    )


def team_figures(session: Session, today: date) -> TeamFigures:
    """The figures over all advisors, in a fixed number of queries."""
    dossiers = session.execute(
        select(Dossier.id, Dossier.closed_at)
        .join(Consent, Consent.dossier_id == Dossier.id)
        .where(Consent.given_at.is_not(None), Consent.withdrawn_at.is_(None), Consent.until >= today)
    ).all()
    reports = set(session.scalars(select(Report.dossier_id)))
    late = set(session.scalars(select(Task.dossier_id).where(Task.done_at.is_(None), Task.due < today)))
    intakes = {one: (answers, talk) for one, answers, talk in session.execute(select(Intake.dossier_id, Intake.answers, Intake.talk))}
    verdicts: dict[int, dict[str, Verdict]] = {}
    for key, module, verdict in session.execute(select(Choice.dossier_id, Choice.module, Choice.verdict)):
        verdicts.setdefault(key, {})[module] = verdict
    facts = []
    for key, closed_at in dossiers:
        answers, talk = intakes.get(key, ({}, {}))
        open_stage = Stage.REPORT if key in reports else Stage.INTAKE if key in intakes else Stage.NO_INTAKE
        stage, is_late = (open_stage, key in late) if closed_at is None else (Stage.CLOSED, False)
        facts.append(DossierFacts(stage, is_late, _goal(answers), frozenset(talk.get("barriers", ())), verdicts.get(key, {})))
    return figures(facts)


def _barriers(facts: Sequence[DossierFacts]) -> dict[str, int]:
    """In how many dossiers each of them stands; of each, those without it are the other cell."""
    numbers = Counter(code for one in facts for code in one.barriers)
    return {code: number for code, number in numbers.most_common() if True in told({True: number, False: len(facts) - number})}


def _modules(facts: Sequence[DossierFacts]) -> list[tuple[str, Verdict, int]]:
    """The modules that were pinned or rejected; of each, the dossiers that think otherwise or nothing of it are a cell too."""
    numbers: dict[str, Counter[Verdict | None]] = {}
    for one in facts:
        for module, verdict in one.verdicts.items():
            numbers.setdefault(module, Counter())[verdict] += 1
    found = []
    for module, thought in numbers.items():
        thought[None] = len(facts) - thought.total()
        found += [(module, verdict, number) for verdict, number in told(thought).items() if verdict in (Verdict.PINNED, Verdict.REJECTED)]
    return sorted(((module, verdict, number) for module, verdict, number in found if verdict), key=lambda one: (-one[2], one[0]))


def _goal(answers: Mapping[str, object]) -> str:
    kind = str(answers.get("goal_kind", ""))
    return str(answers.get("goal_theme", "")) if kind == "theme" else kind

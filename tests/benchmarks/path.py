"""Paths beside a greedy plan: take what teaches most of the gap for a euro, as long as it fits, until there is enough."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy import select

from catalogue.models import Occupation, OccupationSkill, Place
from catalogue.search.port import Point
from matching.core.gap import width
from matching.core.path_candidates import LEVELS, NEVER
from matching.core.path_search import Learner, Objective, field_of
from matching.planning import PathResult
from matching.profiles.profile import Constraints, Goal, LearnerProfile
from tests.benchmarks.measuring import Report
from web.wiring import Services

N_LEARNERS = 200
AIMS = (Objective.COST, Objective.HOURS, Objective.DURATION)
COVERAGE = 0.8


@dataclass(frozen=True)
class Question:
    """One learner with an aim."""

    profile: LearnerProfile
    objective: Objective


def questions(parts: Services) -> list[Question]:
    """From one occupation to another, with budget, hours, place and language as people have them; half of them with a last day."""
    chosen = random.Random(7)
    with parts.database.reading() as session:
        occupations = session.scalars(
            select(OccupationSkill.occupation_id).join(Occupation).distinct().order_by(OccupationSkill.occupation_id)
        ).all()
        places = session.scalars(select(Place).order_by(Place.id)).all()
        points = [Point(place.latitude, place.longitude) for place in places]
    today = parts.today()
    found = []
    for number in range(N_LEARNERS):
        now, wanted = chosen.sample(list(occupations), 2)
        constraints = Constraints(
            budget_eur=chosen.choice([None, 1500.0, 3000.0]),
            hours_per_week=chosen.choice([None, 12.0, 20.0]),
            near=chosen.choice(points),
            max_km=chosen.choice([30.0, 60.0, 120.0]),
            languages=frozenset({"nl"}),
            finish_by=date(today.year + 2, 6, 30) if chosen.random() < 0.5 else None,
        )
        found.append(Question(LearnerProfile(Goal(occupation_id=wanted), now, constraints=constraints), AIMS[number % len(AIMS)]))
    return found


def greedy(learner: Learner, coverage: float) -> tuple[float, float, float] | None:
    """Price, hours and share of a plan that takes the module with most of the gap for a euro that one can begin, again and again.

    It knows no calendar: only what can be had within the wishes, prices, and the budget. None where it ends short of `coverage`.
    """
    field = field_of(learner)
    steps, whole = field.steps, width(learner.gap)
    price = np.full(learner.modules.n_modules, np.inf)
    np.minimum.at(price, field.runs.module, field.runs.price_eur)
    reached = steps.is_held.copy()
    covered = spent = hours = 0.0
    left = np.inf if learner.budget_eur is None else learner.budget_eur
    worth = steps.value.copy()
    while covered < min(coverage * whole, field.reachable) - 1e-6:
        lacking = np.bincount(steps.need_module, weights=~reached[steps.need_node], minlength=len(price))
        open_worth = np.where(reached, 0.0, worth).reshape(-1, LEVELS)
        sums = np.pad(np.cumsum(open_worth, axis=1), ((0, 0), (1, 0))).ravel()
        at = steps.give_column * (LEVELS + 1)
        gain = np.bincount(steps.give_module, weights=sums[at + steps.upto] - sums[at + steps.above], minlength=len(price))
        can = (gain > 1e-9) & (lacking == 0) & (price <= left - spent) & (field.ends < NEVER)
        if not can.any():
            return None
        rows = np.flatnonzero(can)
        best = int(rows[np.argmax(gain[rows] / (price[rows] + 1.0))])
        covered, spent, hours = covered + float(gain[best]), spent + float(price[best]), hours + float(field.hours[best])
        cells = steps.give_module == best
        for column, above, upto in zip(steps.give_column[cells], steps.above[cells], steps.upto[cells], strict=True):
            reached[column * LEVELS + above : column * LEVELS + upto] = True
    return spent, hours, covered / whole if whole else 1.0


def path_report(name: str, parts: Services) -> Report:
    """Times of whole plans, how many are proven, and what they save."""
    asked = questions(parts)
    report = Report(name, f"{len(asked)} learners, {COVERAGE:.0%} of the gap")
    for question in asked[:5]:
        parts.matcher.path(question.profile, parts.today(), question.objective, COVERAGE)
    times: dict[Objective, list[float]] = {aim: [] for aim in AIMS}
    results: list[tuple[Question, PathResult]] = []
    for question in asked:
        started = time.perf_counter()
        found = parts.matcher.path(question.profile, parts.today(), question.objective, COVERAGE)
        times[question.objective].append((time.perf_counter() - started) * 1000)
        results.append((question, found))
    report.add("a path", "Leerwijzer", [one for some in times.values() for one in some])
    for aim, values in times.items():
        report.add(f"a path of least {aim}", "Leerwijzer", values)
    for aim in (None, *AIMS):
        some = [found for question, found in results if aim in (None, question.objective)]
        report.add(f"proven optimal{f', least {aim}' if aim else ''}", "Leerwijzer", [share(found.proven_optimal for found in some)], "%")
    report.add("wanted share reached", "Leerwijzer", [share(found.is_reached for _, found in results)], "%")
    report.add("modules in a path", "Leerwijzer", [float(len(found.modules)) for _, found in results], "")
    _against_greedy(report, parts, results)
    return report


def _against_greedy(report: Report, parts: Services, results: Sequence[tuple[Question, PathResult]]) -> None:
    euros, hours, failed, cheaper, compared = [], [], 0, 0, 0
    for question, ours in results:
        if question.objective is not Objective.COST:
            continue
        _, learner = parts.matcher.learner(question.profile, parts.today(), question.profile.constraints.budget_eur)
        simple = greedy(learner, COVERAGE)
        if simple is None:
            failed += ours.is_reached
            continue
        if not ours.is_reached:
            continue
        compared += 1
        euros.append(simple[0] - ours.price_eur)
        hours.append(simple[1] - ours.hours)
        cheaper += euros[-1] > 0.005
    report.add("greedy ends short, ours does not", "Leerwijzer", [float(failed)], "")
    if compared:
        report.add("cheaper than greedy", "Leerwijzer", [100 * cheaper / compared], "%")
        report.add("saved on greedy, euro", "Leerwijzer", euros, "EUR")
        report.add("saved on greedy, hours", "Leerwijzer", hours, "h")


def share(truths: Iterable[bool]) -> float:
    """Percent of what is true."""
    values = list(truths)
    return 100 * sum(values) / len(values)

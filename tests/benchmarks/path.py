"""Paths beside a greedy plan: take what teaches most of the gap for a euro, give it dates at once, until there is enough."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from catalogue.models import Occupation, OccupationSkill, Place
from catalogue.points import Point
from matching.core.gap import width
from matching.core.path.field import Objective, PathQuestion, field_of
from matching.core.path.greedy import greedily
from matching.core.path.task import Task
from matching.path_results import PathResult
from matching.planning import Planner
from matching.profiles.profile import Constraints, Goal, LearnerProfile, SkillLevel
from tests.benchmarks.measuring import Report
from web.wiring import Services

N_LEARNERS = 200
AIMS = (Objective.COST, Objective.HOURS, Objective.TRAVEL, Objective.DURATION)
UNITS = {Objective.COST: "EUR", Objective.HOURS: "h", Objective.TRAVEL: "km", Objective.DURATION: "days"}
ABOVE = (0.05, 0.25)
COVERAGE = 0.8
FEWEST_SKILLS, MOST_SKILLS = 5, 60
"""How many skills a gap has: as even as dice."""


@dataclass(frozen=True)
class Question:
    """One learner with an aim."""

    profile: LearnerProfile
    objective: Objective


def questions(parts: Services) -> list[Question]:
    """From one occupation towards others, 5 to 60 skills away, with budget, hours, place and language as people have them.

    The goal is what one other occupation needs, and the next, until it has as many skills as drawn; half of the learners have a last day.
    """
    chosen = random.Random(7)
    with parts.database.reading() as session:
        occupations = session.scalars(
            select(OccupationSkill.occupation_id).join(Occupation).distinct().order_by(OccupationSkill.occupation_id)
        ).all()
        places = session.scalars(select(Place).order_by(Place.id)).all()
        needs: dict[int, dict[int, int]] = {}
        for row in session.scalars(select(OccupationSkill).order_by(OccupationSkill.occupation_id, OccupationSkill.skill_id)):
            needs.setdefault(row.occupation_id, {})[row.skill_id] = row.level
        points = [Point(place.latitude, place.longitude) for place in places]
    today = parts.today()
    found = []
    for number in range(N_LEARNERS):
        now, *others = chosen.sample(list(occupations), len(occupations))
        lacking = {skill: level for other in others for skill, level in needs[other].items() if needs[now].get(skill, 0) < level}
        goal = list(lacking.items())[: chosen.randint(FEWEST_SKILLS, MOST_SKILLS)]
        constraints = Constraints(
            budget_eur=chosen.choice([None, 1500.0, 3000.0]),
            hours_per_week=chosen.choice([None, 12.0, 20.0]),
            near=chosen.choice(points),
            max_km=chosen.choice([30.0, 60.0, 120.0]),
            languages=frozenset({"nl"}),
            finish_by=date(today.year + 2, 6, 30) if chosen.random() < 0.5 else None,
        )
        skills = tuple(SkillLevel(skill, level) for skill, level in goal)
        found.append(Question(LearnerProfile(Goal(skills=skills), now, constraints=constraints), AIMS[number % len(AIMS)]))
    return found


def to_one_occupation(parts: Services, asked: Sequence[Question]) -> list[Question]:
    """The same wishes and aims, each from one occupation to another: what most people ask."""
    chosen = random.Random(11)
    with parts.database.reading() as session:
        occupations = session.scalars(
            select(OccupationSkill.occupation_id).join(Occupation).distinct().order_by(OccupationSkill.occupation_id)
        ).all()
    found = []
    for question in asked:
        now, wanted = chosen.sample(list(occupations), 2)
        found.append(Question(LearnerProfile(Goal(wanted), now, constraints=question.profile.constraints), question.objective))
    return found


def greedy(question: PathQuestion, coverage: float) -> tuple[float, float] | None:
    """Price and hours of a plan that takes the module with most of the gap for a euro that one can begin, again and again, with its dates.

    It keeps to every wish. None where it gets stuck short of `coverage`.
    """
    field = field_of(question)
    found = greedily(Task(question, field, Objective.COST, min(coverage * width(question.gap), field.reachable)))
    if found is None:
        return None
    return sum(one.mode.price_eur for one in found.placed), sum(float(field.hours[job.module]) for job in found.jobs)


def path_reports(size: str, parts: Services) -> list[Report]:
    """Over gaps of 5 to 60 skills, and from one occupation to another."""
    asked = questions(parts)
    return [_report(f"path-{size}", parts, asked), _report(f"path-occupation-{size}", parts, to_one_occupation(parts, asked))]


def _report(name: str, parts: Services, asked: Sequence[Question]) -> Report:
    """Times of whole plans, how many are proven, and what they save."""
    report = Report(name, f"{len(asked)} learners, {COVERAGE:.0%} of the gap")
    for question in asked[:5]:
        _planner(parts, question).path(question.objective, COVERAGE)
    times: dict[Objective, list[float]] = {aim: [] for aim in AIMS}
    worked: list[float] = []
    results: list[tuple[Question, PathResult]] = []
    for question in asked:
        started, before = time.perf_counter(), time.process_time()
        found = _planner(parts, question).path(question.objective, COVERAGE)
        times[question.objective].append((time.perf_counter() - started) * 1000)
        worked.append((time.process_time() - before) * 1000)
        results.append((question, found))
    report.add("a path", "Leerwijzer", [one for some in times.values() for one in some])
    report.add("a path, time of the processor", "Leerwijzer", worked)
    for aim, values in times.items():
        report.add(f"a path of least {aim}", "Leerwijzer", values)
    for aim in (None, *AIMS):
        some = [found for question, found in results if aim in (None, question.objective)]
        report.add(f"proven optimal{f', least {aim}' if aim else ''}", "Leerwijzer", [share(found.proven_optimal for found in some)], "%")
    for aim in AIMS:
        if some := [found for question, found in results if question.objective is aim and found.is_reached]:
            report.add(f"taken of least {aim}", "Leerwijzer", [_taken(found, parts.today()) for found in some], UNITS[aim])
            for above in ABOVE:
                near = [found.proven_optimal or _taken(found, parts.today()) <= (1 + above) * found.at_least for found in some]
                report.add(f"at most {above:.0%} above what is sure, least {aim}", "Leerwijzer", [share(near)], "%")
    report.add("wanted share reached", "Leerwijzer", [share(found.is_reached for _, found in results)], "%")
    report.add("modules in a path", "Leerwijzer", [float(len(found.modules)) for _, found in results], "")
    _against_greedy(report, parts, results)
    return report


def _planner(parts: Services, question: Question) -> Planner:
    return parts.matcher.planner(question.profile, parts.today(), question.profile.constraints.budget_eur)


def _taken(found: PathResult, today: date) -> float:
    """What a path takes of its aim, as it is shown."""
    match found.objective:
        case Objective.COST:
            return found.price_eur
        case Objective.HOURS:
            return found.hours
        case Objective.TRAVEL:
            return found.travel_km or 0.0
        case Objective.DURATION:
            return float((found.finish - today).days) if found.finish else 0.0


def _against_greedy(report: Report, parts: Services, results: Sequence[tuple[Question, PathResult]]) -> None:
    euros, hours, failed, cheaper, compared = [], [], 0, 0, 0
    for question, ours in results:
        if question.objective is not Objective.COST:
            continue
        simple = greedy(_planner(parts, question).question, COVERAGE)
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

"""Matching beside the query that a developer would write: the closed steps of each module, summed in SQL."""

from __future__ import annotations

import random

from sqlalchemy import select, text

from catalogue.models import Occupation, OccupationSkill
from matching.profiles.profile import Constraints, Goal, LearnerProfile
from matching.results import MatchResult
from tests.benchmarks.measuring import Report, interleaved
from web.wiring import Services

N_PROFILES = 60
BUDGET_EUR = 1500.0

CLOSED_STEPS = text("""
    SELECT module.id,
           SUM(importance.weight * (MIN(taught.level, goal.level) - COALESCE(held.level, 0))) AS closed,
           (SELECT MIN(price_cents) FROM edition WHERE edition.module_id = module.id) AS price
    FROM occupation_skill AS goal
    JOIN (SELECT 'essential' AS name, 1.0 AS weight UNION ALL SELECT 'optional', 0.3) AS importance ON importance.name = goal.importance
    JOIN module_skill AS taught ON taught.skill_id = goal.skill_id AND taught.role = 'taught'
    JOIN module ON module.id = taught.module_id AND module.status = 'published'
    LEFT JOIN occupation_skill AS held ON held.skill_id = goal.skill_id AND held.occupation_id = :now
    WHERE goal.occupation_id = :wanted AND MIN(taught.level, goal.level) > COALESCE(held.level, 0)
    GROUP BY module.id
    HAVING price IS NULL OR price <= :budget_cents
    ORDER BY closed DESC, module.id LIMIT 20
""")


def match_report(name: str, parts: Services) -> Report:
    """Profiles from one occupation to another, with a budget; ours gives scores, reasons and entry requirements as well."""
    with parts.database.reading() as session:
        occupations = session.scalars(
            select(OccupationSkill.occupation_id).join(Occupation).distinct().order_by(OccupationSkill.occupation_id)
        ).all()
    chosen = random.Random(2)
    pairs = [(now, wanted) for now, wanted in (chosen.sample(list(occupations), 2) for _ in range(N_PROFILES))]

    def ours(pair: tuple[int, int]) -> MatchResult:
        profile = LearnerProfile(Goal(occupation_id=pair[1]), occupation_id=pair[0], constraints=Constraints(budget_eur=BUDGET_EUR))
        return parts.matcher.match(profile, parts.today())

    def sql(pair: tuple[int, int]) -> object:
        with parts.database.reading() as session:
            return session.execute(CLOSED_STEPS, {"now": pair[0], "wanted": pair[1], "budget_cents": BUDGET_EUR * 100}).all()

    report = Report(name, f"{len(pairs)} profiles")
    report.compare("best 20 for one learner", interleaved(pairs, {"Leerwijzer, with reasons": ours, "one SQL query, sums only": sql}))
    report.add("modules that fit", "Leerwijzer", [ours(pair).total for pair in pairs], "")
    return report

"""Matching beside what a developer would write: a merge and a sort in pandas, and one query to PostgreSQL."""

from __future__ import annotations

import random
from contextlib import ExitStack
from datetime import date

import sqlalchemy
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import ModuleSkill, OccupationSkill
from catalogue.points import Point
from catalogue.vocabulary import Format, Level
from matching.core.arrays import Gap, Wishes
from matching.gather import Catalogue, gather
from matching.profile_arrays import Aim, gap_of, held_skills, unknown_to_us, wishes_of
from matching.profiles.profile import Constraints, Goal, LearnerProfile, SkillLevel
from matching.results import MatchResult
from tests.benchmarks.match_peers import Pandas, Postgres
from tests.benchmarks.measuring import Report, interleaved, seconds
from tests.postgres import PostgresMissing, running_postgres
from web.server import settle
from web.wiring import Services

OURS = "Leerwijzer"
N_LEARNERS = 200
N_TOGETHER = 1_000
GAPS = (5, 60)


def match_report(name: str, parts: Services) -> Report:
    """Learners with gaps of 5 to 60 skills and every constraint; ours gives twenty modules with reasons, entry requirements and counts."""
    with parts.database.reading() as session:
        catalogue = gather(session)
        today = parts.today()
        questions = [(profile, *_arrays(profile, catalogue, today)) for profile in learners(session, N_LEARNERS, today)]
        many = learners(session, N_TOGETHER, today)

    def ours(question: tuple[LearnerProfile, Gap, Wishes]) -> MatchResult:
        return parts.matcher.match(question[0], today)

    report = Report(name, f"{catalogue.modules.n_modules:,} modules, {len(catalogue.skill_ids):,} skills, {N_LEARNERS} learners")
    report.add("read the arrays", OURS, [seconds(parts.matcher.warm_up)], "s")
    with ExitStack() as stack:
        frames = Pandas(catalogue)
        settle()
        ways = {f"{OURS}, with reasons": ours, "pandas, merge and sort": lambda question: frames.best(*question[1:])}
        try:
            address = sqlalchemy.make_url(stack.enter_context(running_postgres()).format(name="postgres")).set(drivername="postgresql")
        except PostgresMissing as error:
            print(f"PostgreSQL is not measured: {error}")
        else:
            tables = Postgres(address.render_as_string(hide_password=False), catalogue)
            ways["PostgreSQL, one query"] = lambda question: tables.best(*question[1:])
        report.compare("best 20 for one learner", interleaved(questions, ways))
    report.add("modules that fit", OURS, [ours(question).total for question in questions], "")
    parts.matcher.rank_many(many[:100], today)
    report.add("learners a second, best 10, many at once", OURS, [N_TOGETHER / seconds(lambda: parts.matcher.rank_many(many, today))], "")
    return report


def learners(session: Session, count: int, today: date) -> list[LearnerProfile]:
    """People in some occupation who want skills that some module teaches, within money, time, distance, language, form, level and dates."""
    chance = random.Random(3)
    occupations = session.scalars(select(OccupationSkill.occupation_id).distinct().order_by(OccupationSkill.occupation_id)).all()
    is_taught = ModuleSkill.role == ModuleSkill.TAUGHT
    taught = session.scalars(select(ModuleSkill.skill_id).where(is_taught).distinct().order_by(ModuleSkill.skill_id)).all()
    formats, levels = [str(code) for code in Format], [str(code) for code in Level]
    return [
        LearnerProfile(
            Goal(skills=tuple(SkillLevel(skill, chance.randint(2, 4)) for skill in chance.sample(taught, chance.randint(*GAPS)))),
            occupation_id=chance.choice(occupations),
            constraints=Constraints(
                budget_eur=chance.choice([500.0, 1500.0, 3000.0]),
                hours_per_week=chance.choice([4.0, 8.0, 16.0]),
                near=Point(chance.uniform(51.3, 52.8), chance.uniform(4.5, 6.5)),
                max_km=chance.choice([25.0, 50.0, 100.0]),
                languages=frozenset(["nl"]),
                formats=frozenset(chance.sample(formats, 3)),
                levels=frozenset(chance.sample(levels, 6)),
                start_after=today.replace(year=today.year + 1, month=1, day=1),
                finish_by=today.replace(year=today.year + 1, month=12, day=31),
            ),
        )
        for _ in range(count)
    ]


def _arrays(profile: LearnerProfile, catalogue: Catalogue, today: date) -> tuple[Gap, Wishes]:
    aims = [Aim(skill.skill_id, skill.level, 1.0) for skill in profile.goal.skills]
    gap = gap_of(held_skills(profile, catalogue), aims, unknown_to_us(profile, catalogue), catalogue)
    return gap, wishes_of(profile, today, catalogue)

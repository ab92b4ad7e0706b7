"""From a profile to matches, over real tables: a small catalogue, the seed catalogue, and ESCO."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import pytest
from sqlalchemy import select, update

from catalogue.database import Database
from catalogue.models import Edition, Module, ModuleSkill, Occupation, OccupationSkill, Organisation, Place, Skill, Theme
from catalogue.points import Point
from catalogue.skills.esco import import_esco
from catalogue.skills.esco_files import read_esco
from catalogue.skills.finder import Found
from catalogue.skills.recogniser import RecognisedSkill
from catalogue.versions import MODULES, TAXONOMY, bump_version
from catalogue.vocabulary import Format, Importance, Level, StartType, Status
from matching import service
from matching.core.exclusions import Exclusion
from matching.gather import gather
from matching.profiles.profile import Constraints, Goal, HeldSkill, LearnerProfile, SkillLevel, SkillSource
from matching.results import MatchResult, MissingAtEntry, Step
from matching.service import Matcher
from seed.files import read
from seed.load import load_seed
from tests.conftest import NOW
from tests.shared_data import SHARED, needs_shared

TODAY = NOW.date()


class Words:
    """A recogniser that knows the skills it was given."""

    def __init__(self, *found: RecognisedSkill) -> None:
        self.found = found

    def recognise(self, text: str, limit: int) -> Sequence[RecognisedSkill]:
        return self.found[:limit] if "warmtepomp" in text else ()

    def find_skills(self, _query: str, _limit: int) -> Sequence[Found]:
        return ()

    def find_occupations(self, _query: str, _limit: int) -> Sequence[Found]:
        return ()


@pytest.fixture(autouse=True)
def _see_changes_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "VERSION_CHECK_S", 0.0)


@dataclass(frozen=True)
class Small:
    """A catalogue that fits on a hand: two occupations, four skills, three modules."""

    database: Database
    pipes: int
    pumps: int
    cooling: int
    safety: int
    fitter: int
    installer: int
    pump_course: int
    cooling_course: int
    draft: int


@pytest.fixture
def small(database: Database) -> Small:
    with database.writing() as session:
        skills = [Skill(label_nl=name) for name in ("leidingen", "warmtepompen", "koudetechniek", "veiligheid")]
        session.add_all(skills)
        breda = Place(slug="breda", name="Breda", province="Noord-Brabant", latitude=51.59, longitude=4.78)
        school = Organisation(slug="curio", name="Curio", kind="mbo", place=breda)
        occupations = [Occupation(label_nl="monteur", isco="7126"), Occupation(label_nl="installateur", isco="7127")]
        session.add_all([breda, school, *occupations])
        session.flush()
        pipes, pumps, cooling, safety = (skill.id for skill in skills)
        fitter, installer = (occupation.id for occupation in occupations)
        needs = [
            (fitter, pipes, Importance.ESSENTIAL, 3),
            (fitter, safety, Importance.OPTIONAL, 3),
            (installer, pipes, Importance.ESSENTIAL, 3),
            (installer, pumps, Importance.ESSENTIAL, 3),
            (installer, cooling, Importance.OPTIONAL, 2),
            (installer, safety, Importance.ESSENTIAL, 2),
        ]
        session.add_all(OccupationSkill(occupation_id=o, skill_id=s, importance=i, level=n) for o, s, i, n in needs)
        modules = [
            _module(school, "Warmtepompen plaatsen", {pumps: 3, pipes: 3}, {cooling: 2}, 60, Level.MBO_4),
            _module(school, "Koudetechniek", {cooling: 2}, {}, 40, Level.MBO_3),
            _module(school, "Nog niet af", {pumps: 3}, {}, 10, Level.MBO_4, status=Status.DRAFT),
        ]
        modules[0].editions = [
            Edition(start_type=StartType.FIXED, start_on=date(2027, 2, 1), weeks=10, place=breda, format=Format.ON_SITE, price_cents=49500),
            Edition(start_type=StartType.FIXED, start_on=date(2026, 1, 1), weeks=10, place=breda, format=Format.ON_SITE, price_cents=0),
        ]
        session.add_all(modules)
        session.flush()
        bump_version(session, MODULES)
        bump_version(session, TAXONOMY)
        return Small(database, pipes, pumps, cooling, safety, fitter, installer, *(module.id for module in modules))


def _module(
    school: Organisation,
    title: str,
    taught: dict[int, int],
    required: dict[int, int],
    hours: float,
    level: Level,
    status: Status = Status.PUBLISHED,
) -> Module:
    rows = [(ModuleSkill.TAUGHT, *pair) for pair in taught.items()] + [(ModuleSkill.REQUIRED, *pair) for pair in required.items()]
    return Module(
        organisation=school,
        slug=title.lower().replace(" ", "-"),
        title=title,
        level=level,
        workload_hours=hours,
        status=status,
        created_at=NOW,
        updated_at=NOW,
        skills=[ModuleSkill(skill_id=skill, role=role, level=reached) for role, skill, reached in rows],
    )


def test_a_fitter_becomes_an_installer(small: Small) -> None:
    result = Matcher(small.database, Words()).match(LearnerProfile(Goal(occupation_id=small.installer), small.fitter), TODAY)

    assert {(line.skill_id, line.held, line.goal) for line in result.gap} == {
        (small.pumps, 0, 3),
        (small.cooling, 0, 2),
        (small.safety, 0, 2),
    }
    assert [line.skill_id for line in result.reached] == [small.pipes]
    assert {(skill.skill_id, skill.level, skill.source) for skill in result.held} == {
        (small.pipes, 3, SkillSource.OCCUPATION),
        (small.safety, 1, SkillSource.OCCUPATION),
    }
    assert {key: (skill.level, skill.certainty) for key, skill in result.assumed.items()} == {small.safety: (1, 0.5)}
    assert result.open_questions(9) == [small.safety]
    assert result.unclosed == (small.safety,)
    assert result.known_skills == 2
    assert result.is_too_little_known
    assert result.total == 2
    assert result.excluded == {}
    best, second = result.matches
    assert (best.module_id, second.module_id) == (small.pump_course, small.cooling_course)
    assert best.closes == (Step(small.pumps, 0, 3),)
    assert best.already_known == (small.pipes,)
    assert best.missing_at_entry == (MissingAtEntry(small.cooling, 0, 2, small.cooling_course),)
    assert (best.hours, best.net_hours, best.price_eur) == (60, 30, 495)
    assert (best.start, best.end, best.hours_per_week) == (date(2027, 2, 1), date(2027, 4, 12), 6)
    assert (second.edition_id, second.price_eur, second.start, second.end) == (None, None, None, None)
    for match in result.matches:
        assert sum(reason.contribution for reason in match.reasons) == pytest.approx(match.score, abs=1e-9)
    assert {reason.code: dict(reason.details) for reason in best.reasons} == {
        "gap_coverage": {
            "closed_steps": 3,
            "gap_steps": 6.5,
            "closed_skills": 1,
            "gap_skills": 3,
            "counted_steps": pytest.approx(3.0),
            "full_steps": pytest.approx(4.423, abs=0.001),
        },
        "entry_readiness": {"met_steps": 0, "asked_steps": 2, "missing_skills": 1, "unknown_skills": 0},
        "focus": {"counted_steps": pytest.approx(3.0), "other_steps": 0},
        "level_fit": {"nlqf": 4, "lowest_nlqf": 2, "highest_nlqf": 4},
        "start_fit": {"days_until_start": 70, "wait_days": 70},
        "credential_fit": {},
        "nothing_known": {"known_steps": 3, "taught_steps": 6},
    }


def test_what_the_learner_says_goes_before_what_the_occupation_suggests(small: Small) -> None:
    held = (HeldSkill(small.pipes, 0), HeldSkill(small.safety, 2), HeldSkill(small.cooling, 1))
    result = Matcher(small.database, Words()).match(LearnerProfile(Goal(occupation_id=small.installer), small.fitter, held), TODAY)
    assert {(line.skill_id, line.held) for line in result.gap} == {(small.pipes, 0), (small.pumps, 0), (small.cooling, 1)}
    assert result.known_skills == 2


def test_what_is_assumed_closes_part_of_the_gap_and_a_no_closes_nothing(small: Small) -> None:
    """Half of a basic level is half a step, for the gap and for the modules alike; at entry it is a question."""
    goal = Goal(skills=(SkillLevel(small.safety, 1),))
    with small.database.writing() as session:
        session.get_one(Module, small.cooling_course).skills += [ModuleSkill(skill_id=small.safety, role=ModuleSkill.TAUGHT, level=2)]
        session.get_one(Module, small.pump_course).skills += [ModuleSkill(skill_id=small.safety, role=ModuleSkill.REQUIRED, level=1)]
        bump_version(session, MODULES)
    matcher = Matcher(small.database, Words())

    def closed(*held: HeldSkill) -> list[float]:
        result = matcher.match(LearnerProfile(goal, small.fitter, held), TODAY)
        return [reason.details["closed_steps"] for match in result.matches for reason in match.reasons if reason.code == "gap_coverage"]

    assert closed() == [0.5]
    assert closed(HeldSkill(small.safety, 0)) == [1.0]
    assert closed(HeldSkill(small.safety, 1)) == []
    course = next(
        match
        for match in matcher.match(LearnerProfile(Goal(occupation_id=small.installer), small.fitter), TODAY).matches
        if match.module_id == small.pump_course
    )
    assert [step.skill_id for step in course.unknown_at_entry] == [small.safety]
    assert small.safety not in {entry.skill_id for entry in course.missing_at_entry}


def test_constraints_remove_and_are_counted(small: Small) -> None:
    matcher = Matcher(small.database, Words())

    def left(**constraints: object) -> tuple[set[int], dict[Exclusion, int]]:
        profile = LearnerProfile(Goal(occupation_id=small.installer), constraints=Constraints(**constraints))  # type: ignore[arg-type]
        result = matcher.match(profile, TODAY)
        return {match.module_id for match in result.matches}, dict(result.excluded)

    both, cooling = {small.pump_course, small.cooling_course}, {small.cooling_course}
    assert left(budget_eur=495) == (both, {})
    assert left(budget_eur=494) == (cooling, {Exclusion.BUDGET: 1})
    assert left(near=Point(53.2, 5.8), max_km=100) == (cooling, {Exclusion.DISTANCE: 1})
    assert left(languages=frozenset({"en"})) == (set(), {Exclusion.LANGUAGE: 2})
    assert left(formats=frozenset({"online"})) == (cooling, {Exclusion.FORMAT: 1})
    assert left(levels=frozenset({"mbo-3"})) == (cooling, {Exclusion.LEVEL: 1})
    assert left(start_after=date(2027, 2, 2)) == (cooling, {Exclusion.START_AFTER: 1})
    assert left(finish_by=date(2027, 4, 12)) == (both, {})
    assert left(finish_by=date(2027, 4, 11)) == (cooling, {Exclusion.FINISH_BY: 1})
    assert left(finish_by=date(2027, 4, 12), hours_per_week=5) == (both, {})
    assert left(finish_by=date(2026, 12, 31), hours_per_week=5) == (set(), {Exclusion.FINISH_BY: 2})


@pytest.mark.parametrize(
    ("day_parts", "form", "free", "fits"),
    [
        (["monday-evening"], Format.ON_SITE, {"evening"}, True),
        (["monday-evening", "saturday-morning"], Format.ON_SITE, {"evening"}, False),
        (["monday-evening", "saturday-morning"], Format.ON_SITE, {"evening", "weekend"}, True),
        (["monday-morning"], Format.ONLINE, {"evening"}, False),
        ([], Format.ONLINE, {"evening"}, True),  # in one's own time
        ([], Format.ON_SITE, {"evening"}, True),  # not stated: one can ask
        (["monday-evening"], Format.ON_SITE, {"own-time"}, False),
    ],
)
def test_an_edition_asks_for_no_more_of_the_week_than_is_free(
    small: Small, day_parts: list[str], form: Format, free: set[str], fits: bool
) -> None:
    with small.database.writing() as session:
        for edition in session.scalars(select(Edition)):
            edition.day_parts, edition.format = day_parts, form
        bump_version(session, MODULES)
    profile = LearnerProfile(Goal(occupation_id=small.installer), constraints=Constraints(moments=frozenset(free)))
    result = Matcher(small.database, Words()).match(profile, TODAY)
    assert (small.pump_course in {match.module_id for match in result.matches}) is fits
    assert result.excluded == ({} if fits else {Exclusion.MOMENT: 1})


def test_a_theme_is_what_its_modules_teach_more_than_others_and_work_asks(small: Small) -> None:
    """Pumps: one module of the theme, of one that teaches it: 1. Pipes: one of two: a half. Paint: no occupation asks it."""
    with small.database.writing() as session:
        energy = Theme(slug="energie", label_nl="Energie", label_en="Energy")
        paint = Skill(label_nl="verven")
        session.add_all([energy, paint])
        session.flush()
        pump_course, cooling_course = (session.get_one(Module, key) for key in (small.pump_course, small.cooling_course))
        pump_course.theme = energy
        pump_course.skills.append(ModuleSkill(skill_id=paint.id, role=ModuleSkill.TAUGHT, level=2))
        cooling_course.skills.append(ModuleSkill(skill_id=small.pipes, role=ModuleSkill.TAUGHT, level=1))
        theme_id = energy.id
        bump_version(session, MODULES)
        bump_version(session, TAXONOMY)
    result = Matcher(small.database, Words()).match(LearnerProfile(Goal(theme_id=theme_id)), TODAY)
    assert {(line.skill_id, line.goal, line.importance) for line in result.gap} == {(small.pumps, 3, 1.0), (small.pipes, 3, 0.5)}
    assert result.matches[0].module_id == small.pump_course
    assert not Matcher(small.database, Words()).match(LearnerProfile(Goal(theme_id=theme_id + 1)), TODAY).gap


def test_a_theme_is_first_what_modules_of_a_fitting_level_teach(small: Small) -> None:
    with small.database.writing() as session:
        energy = Theme(slug="energie", label_nl="Energie", label_en="Energy")
        pump_course, cooling_course = (session.get_one(Module, key) for key in (small.pump_course, small.cooling_course))
        pump_course.skills = [row for row in pump_course.skills if row.skill_id == small.pumps]
        pump_course.theme = cooling_course.theme = energy
        cooling_course.level = Level.WO_MASTER
        session.flush()
        theme_id = energy.id
        bump_version(session, MODULES)

    def importance(occupation_id: int | None) -> dict[int, float]:
        profile = LearnerProfile(Goal(theme_id=theme_id), occupation_id, (HeldSkill(small.pumps, 0), HeldSkill(small.cooling, 0)))
        return {line.skill_id: line.importance for line in Matcher(small.database, Words()).match(profile, TODAY).gap}

    assert importance(None) == {small.pumps: 1.0, small.cooling: 1.0}
    assert importance(small.fitter) == {small.pumps: 1.0, small.cooling: pytest.approx(0.1)}, "a master course is not for a fitter"


def test_a_goal_can_be_skills_or_text(small: Small) -> None:
    matcher = Matcher(small.database, Words(RecognisedSkill(small.pumps, 0.8, 2, 0, 0)))
    skills = matcher.match(LearnerProfile(Goal(skills=(SkillLevel(small.cooling, 2),))), TODAY)
    assert [(line.skill_id, line.goal, line.importance) for line in skills.gap] == [(small.cooling, 2, 1.0)]
    assert [match.module_id for match in skills.matches] == [small.cooling_course]
    assert skills.excluded == {Exclusion.NOTHING_TO_CLOSE: 1}
    text = matcher.match(LearnerProfile(Goal(text="een warmtepomp plaatsen")), TODAY)
    assert [(line.skill_id, line.goal, line.importance) for line in text.gap] == [(small.pumps, 2, 0.8)]
    assert [match.module_id for match in text.matches] == [small.pump_course]
    assert next(reason.value for reason in text.matches[0].reasons if reason.code == "text_similarity") > 0.5


@pytest.mark.parametrize(
    "goal", [Goal(text="lorem ipsum"), Goal(text="  "), Goal(), Goal(occupation_id=10**9), Goal(skills=(SkillLevel(10**9, 3),))]
)
def test_a_goal_without_known_skills_gives_an_empty_answer(small: Small, goal: Goal) -> None:
    result = Matcher(small.database, Words()).match(LearnerProfile(goal), TODAY)
    assert (result.gap, result.matches, result.total) == ((), (), 0)


def test_an_empty_database_gives_an_empty_answer(sqlite_database: Database) -> None:
    result = Matcher(sqlite_database, Words()).match(LearnerProfile(Goal(text="warmtepomp")), TODAY)
    assert (result.gap, result.matches, result.total) == ((), (), 0)


def test_a_change_is_seen_once_its_version_is_raised(small: Small) -> None:
    matcher = Matcher(small.database, Words())
    profile = LearnerProfile(Goal(skills=(SkillLevel(small.pumps, 3),)))
    assert [match.module_id for match in matcher.match(profile, TODAY).matches] == [small.pump_course]
    with small.database.writing() as session:
        session.execute(update(Module).where(Module.id == small.draft).values(status=Status.PUBLISHED))
        bump_version(session, MODULES)
    assert {match.module_id for match in matcher.match(profile, TODAY).matches} == {small.pump_course, small.draft}


def test_the_version_is_asked_a_few_times_a_second_at_most(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "VERSION_CHECK_S", 3600.0)
    matcher = Matcher(small.database, Words())
    profile = LearnerProfile(Goal(skills=(SkillLevel(small.pumps, 3),)))
    first = matcher.match(profile, TODAY)
    with small.database.writing() as session:
        session.execute(update(Module).values(status=Status.WITHDRAWN))
        bump_version(session, MODULES)
    assert matcher.match(profile, TODAY) == first


def test_threads_share_a_matcher(small: Small) -> None:
    matcher = Matcher(small.database, Words())
    answers: list[MatchResult] = []
    profile = LearnerProfile(Goal(occupation_id=small.installer), small.fitter)
    threads = [threading.Thread(target=lambda: answers.append(matcher.match(profile, TODAY))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8
    assert all(answer == answers[0] for answer in answers)


@needs_shared
def test_gaps_of_real_occupations_with_dozens_of_skills(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        import_esco(session, read_esco(SHARED / "esco-nl", "nl"))
        load_seed(session, read(), NOW)
    with sqlite_database.reading() as session:
        needs = gather(session).occupations.begins
    wide = [key for key, (begin, end) in needs.items() if 30 <= end - begin <= 60][:50]
    assert len(wide) == 50
    matcher = Matcher(sqlite_database, Words())
    for goal, current in pairwise(wide):
        result = matcher.match(LearnerProfile(Goal(occupation_id=goal), current), TODAY)
        assert 30 <= len(result.gap) + len(result.reached) <= 60
        for match in result.matches:
            assert match.closes
            assert sum(reason.contribution for reason in match.reasons) == pytest.approx(match.score, abs=1e-6)

"""Twenty written learner cases: the matcher's first five beside what a good advisor would pick.

How the cases were made, the table, and the cases in which matcher and advisor disagree stand in docs/learner_cases.md.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from catalogue.database import Database
from catalogue.models import Edition, Module, Occupation, Skill, stable_uid
from catalogue.points import Point
from catalogue.skills.knowledge import SkillKnowledge
from matching.profiles.profile import Constraints, Goal, HeldSkill, LearnerProfile, SkillLevel
from matching.results import Match
from matching.service import Matcher
from seed.files import Entry, read
from seed.load import load_seed
from tests.conftest import NOW
from tests.relevance.learner_cases import AT_LEAST, LearnerCase, learner_cases, unknown_names

CASES = learner_cases()
FIRST = 5
LEAST_AGREEING = 17
"""What was measured, against going back. The page tells what is in the way of the others."""
EVERYTHING = 1000
PAGE = Path(__file__).parents[2] / "docs" / "learner_cases.md"


def test_there_are_twenty_different_people() -> None:
    assert len(CASES) == 20
    assert len({case.id for case in CASES}) == len({case.who for case in CASES}) == 20
    assert {kind for case in CASES for kind in case.goal} == {"occupation", "skills", "text"}


def test_cases_name_only_what_the_seed_has() -> None:
    seed = read()
    assert not [name for case in CASES for name in unknown_names(case, seed)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_case_contradicts_itself_nowhere(case: LearnerCase) -> None:
    assert len(case.goal) == 1
    assert AT_LEAST <= len(case.picks) <= FIRST
    assert case.never
    for one, other in combinations((case.picks, case.acceptable, case.never, case.impossible), 2):
        assert not one.keys() & other.keys()


class Office:
    """The seed catalogue with its matcher, asked in the names of the seed's files."""

    def __init__(self, database: Database, cache: Path) -> None:
        files = read()
        with database.writing() as session:
            load_seed(session, files, NOW)
        with database.reading() as session:
            self.modules = {module.id: module for module in session.scalars(select(Module))}
            self.editions = {edition.id: edition for edition in session.scalars(select(Edition).options(joinedload(Edition.place)))}
            skills = {skill.uid: skill.id for skill in session.scalars(select(Skill))}
            occupations = {occupation.uid: occupation.id for occupation in session.scalars(select(Occupation))}
        self._skills = {entry["id"]: skills[_uid("skill", entry)] for entry in files.skills}
        self._occupations = {entry["id"]: occupations[_uid("occupation", entry)] for entry in files.occupations}
        self._points = {entry["id"]: Point(entry["lat"], entry["lon"]) for entry in files.places}
        skills = SkillKnowledge(database, cache)
        skills.prepare()
        self._matcher = Matcher(database, skills)

    def matches(self, case: LearnerCase, limit: int) -> tuple[Match, ...]:
        """What the matcher answers, best first."""
        goal = Goal(
            occupation_id=self._occupations[case.goal["occupation"]] if "occupation" in case.goal else None,
            skills=tuple(SkillLevel(self._skills[name], level) for name, level in case.goal_levels.items()),
            text=case.goal.get("text", ""),
        )
        wish = dict(case.constraints)
        if "near" in wish:
            wish["near"] = self._points[wish["near"]]
        wish |= {name: frozenset(wish[name]) for name in ("languages", "formats", "levels") if name in wish}
        held = tuple(HeldSkill(self._skills[name], level) for name, level in case.held_levels.items())
        occupation = self._occupations[case.occupation] if case.occupation else None
        return self._matcher.match(LearnerProfile(goal, occupation, held, Constraints(**wish)), NOW.date(), limit).matches


def _uid(kind: str, entry: Entry) -> str:
    return stable_uid(kind, entry.get("esco") or entry["id"])


@pytest.fixture(scope="module")
def office(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[Office]:
    path = shutil.copy(empty_sqlite, tmp_path_factory.mktemp("cases") / "seed.sqlite")
    database = Database(f"sqlite:///{path}")
    assert pytestconfig.cache is not None
    yield Office(database, pytestconfig.cache.mkdir("name-vectors") / "seed")
    database.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_hard_wishes_hold_for_everything_that_a_case_is_shown(office: Office, case: LearnerCase) -> None:
    wish = case.constraints
    matches = office.matches(case, EVERYTHING)
    assert matches
    for match in matches:
        assert match.edition_id is not None
        module, edition = office.modules[match.module_id], office.editions[match.edition_id]
        assert module.slug not in case.impossible
        assert edition.module_id == module.id
        assert edition.price_eur is not None
        assert edition.price_eur <= wish.get("budget_eur", edition.price_eur)
        assert module.language in wish.get("languages", [module.language])
        assert module.level in wish.get("levels", [module.level])
        assert edition.format in wish.get("formats", [edition.format])
        earliest = wish.get("start_after", NOW.date())
        assert match.start is None or match.start >= earliest
        if "finish_by" in wish:
            assert edition.weeks is not None
            assert (match.start or earliest) + timedelta(weeks=edition.weeks) <= wish["finish_by"]
        if "max_km" in wish:
            assert match.distance_km is not None
            assert match.distance_km <= wish["max_km"]
            assert edition.place is not None or match.distance_km == 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the matcher puts first for a case, as slugs, beside what the advisor said."""

    case: LearnerCase
    first: tuple[str, ...]

    @property
    def picked(self) -> int:
        return sum(slug in self.case.picks for slug in self.first)

    @property
    def acceptable(self) -> int:
        return sum(slug in self.case.acceptable for slug in self.first)

    @property
    def wrong(self) -> int:
        return sum(slug in self.case.never for slug in self.first)

    @property
    def agrees(self) -> bool:
        return self.picked >= AT_LEAST and not self.wrong

    @property
    def row(self) -> str:
        """As it stands in the table of the page."""
        others = len(self.first) - self.picked - self.acceptable - self.wrong
        answer = "yes" if self.agrees else "no"
        return f"| {self.case.id} | {self.picked} of {len(self.case.picks)} | {self.acceptable} | {others} | {self.wrong} | {answer} |"


def test_the_first_five_are_an_advisors_in_most_cases_and_the_others_are_explained(office: Office) -> None:
    """The page shows the same table, and explains exactly the cases in which matcher and advisor disagree."""
    verdicts = [Verdict(case, tuple(office.modules[match.module_id].slug for match in office.matches(case, FIRST))) for case in CASES]
    for verdict in verdicts:
        sys.stdout.write(f"{verdict.row} {' '.join(_marked(verdict))}\n")
    page = PAGE.read_text(encoding="utf-8")
    assert sum(verdict.agrees for verdict in verdicts) >= LEAST_AGREEING
    assert [line for line in page.splitlines() if line.endswith(("| yes |", "| no |"))] == [verdict.row for verdict in verdicts]
    assert set(re.findall(r"^### ([a-z-]+)", page, re.MULTILINE)) == {verdict.case.id for verdict in verdicts if not verdict.agrees}


def _marked(verdict: Verdict) -> Iterator[str]:
    """Slugs with + for a pick, - for a never, ~ for acceptable and ? for what the advisor did not name."""
    case = verdict.case
    for slug in verdict.first:
        yield f"{'+' if slug in case.picks else '-' if slug in case.never else '~' if slug in case.acceptable else '?'}{slug}"

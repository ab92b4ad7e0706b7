"""The lists behind the Open Onderwijs API on both kinds of database: what they count, filter and find by its id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from catalogue.database import Database
from catalogue.exchange.ooapi.lists import Asked, module_page, offering_page
from catalogue.exchange.ooapi.outcomes import outcome, outcome_page
from catalogue.exchange.ooapi.v6 import outcome_uid
from catalogue.models import Edition, Module, ModuleSkill, Organisation, Skill
from catalogue.starts import Start
from catalogue.vocabulary import Format, Level, OrganisationKind, StartType, Status
from tests.conftest import NOW

TODAY = NOW.date()
SPRING = date(2027, 2, 1)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """Two published modules that teach one skill, the first without outcomes, and a draft."""
    with database.writing() as session:
        school = Organisation(uid=uid(1), slug="school", name="School", kind=OrganisationKind.MBO)
        skill = Skill(uid=uid(2), uri="http://data.europa.eu/esco/skill/x", label_nl="lassen", label_en="weld")
        rows = [
            ("Aarden", Status.PUBLISHED, [], Level.MBO_2),
            ("Booglassen", Status.PUBLISHED, ["U last een hoek.", "U keurt één naad."], Level.MBO_3),
            ("Concept", Status.DRAFT, ["U wacht."], Level.MBO_3),
        ]
        for number, (title, status, said, level) in enumerate(rows, start=10):
            session.add(
                Module(
                    uid=uid(number * 1000),
                    slug=title.lower(),
                    title=title,
                    organisation=school,
                    status=status,
                    outcomes=said,
                    level=level,
                    created_at=NOW,
                    updated_at=NOW,
                    skills=[ModuleSkill(skill=skill, role=ModuleSkill.TAUGHT, level=2)],
                    editions=[Edition(uid=uid(number), start=Start(StartType.FIXED, SPRING), format=Format.ONLINE, weeks=number)],
                )
            )
        session.flush()
        yield session


def uid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012x}"


def test_learning_outcomes_are_counted_paged_and_found(session: Session) -> None:
    def told(asked: Asked) -> list[str]:
        return [one.label_nl if isinstance(one, Skill) else one[0].outcomes[one[1]] for one in outcome_page(session, asked).items]

    assert told(Asked()) == ["lassen", "U last een hoek.", "U keurt één naad."]
    assert outcome_page(session, Asked()).total == 3
    assert told(Asked(size=2, number=2)) == ["U keurt één naad."]
    assert told(Asked(text="ÉÉN")) == ["U keurt één naad."]
    assert told(Asked(text="WELD")) == ["lassen"]
    assert isinstance(outcome(session, uid(2)), Skill)
    found = outcome(session, outcome_uid(uid(11_000), 1))
    assert isinstance(found, tuple)
    assert (found[0].title, found[1]) == ("Booglassen", 1)
    for absent in (outcome_uid(uid(11_000), 2), outcome_uid(uid(12_000), 0), uid(3), uid(11_000)):
        assert outcome(session, absent) is None


def test_filters_in_our_own_words(session: Session) -> None:
    def titles(asked: Asked) -> list[str]:
        return [module.title for module in module_page(session, asked).items]

    by_name = Asked(sort=(("name", True),))
    assert titles(by_name) == ["Booglassen", "Aarden"]
    assert titles(replace(by_name, levels=frozenset({Level.MBO_3}))) == ["Booglassen"]
    assert titles(replace(by_name, languages=frozenset({"nld", "nl"}), formats=frozenset({Format.ONLINE}))) == ["Booglassen", "Aarden"]
    for nothing in (Asked(levels=frozenset()), Asked(formats=frozenset()), Asked(languages=frozenset()), Asked(primary_code="x")):
        assert titles(nothing) == []
    assert offering_page(session, Asked(sort=(("endDate", True),)), TODAY).total == 2
    assert offering_page(session, Asked(formats=frozenset()), TODAY).total == 0

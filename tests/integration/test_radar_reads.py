"""What the radar reads, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from catalogue.counting.figures import provider_figures, provider_weeks
from catalogue.counting.radar import Asked, Choice, Supply, asked_in_vain, modules_by_skill, provinces, supply, weeks_in_vain
from catalogue.counting.vain import Where, concept, goal_in_vain, searched_in_vain
from catalogue.counting.writing import add_module_counts, add_vain_counts, forget_counts
from catalogue.database import Database
from catalogue.models import Edition, Event, Module, ModuleSkill, Organisation, Place, Skill, Theme, Vain
from catalogue.points import Point
from catalogue.skills.finder import Found
from catalogue.starts import Start
from catalogue.vocabulary import Format, Level, OrganisationKind, StartType, Status
from tests.conftest import NOW

MONDAY = date(2026, 11, 23)
BREDA, MAASTRICHT = Point(51.589, 4.774), Point(50.851, 5.691)


@pytest.fixture
def filled(database: Database) -> Database:
    """Two modules that teach welding, of mbo in Breda and of hbo in Maastricht."""
    with database.writing() as session:
        session.add_all(
            [Skill(id=1, label_nl="lassen"), Skill(id=2, label_nl="solderen"), Theme(id=1, slug="energie", label_nl="E", label_en="E")]
        )
        session.add(Organisation(id=1, slug="school", name="School", kind=OrganisationKind.MBO))
        for key, (name, province, point, level) in enumerate(
            [("Breda", "Noord-Brabant", BREDA, Level.MBO_3), ("Maastricht", "Limburg", MAASTRICHT, Level.HBO_BACHELOR)], start=1
        ):
            session.add(Place(id=key, slug=name.lower(), name=name, province=province, latitude=point.latitude, longitude=point.longitude))
            session.flush()
            session.add(published(key, level, key))
    return database


def published(key: int, level: Level, place_id: int) -> Module:
    start = Start(StartType.DIRECT)
    return Module(
        id=key, slug=f"m{key}", title=f"M{key}", organisation_id=1, theme_id=1, level=level, status=Status.PUBLISHED,
        workload_hours=key * 10.0,
        created_at=NOW, updated_at=NOW,
        skills=[ModuleSkill(skill_id=1, role=ModuleSkill.TAUGHT, level=2)],
        editions=[Edition(start=start, format=Format.ON_SITE, place_id=place_id, price_cents=key * 1000 + cents) for cents in (0, 500)],
    )  # fmt: skip


def choice(**values: object) -> Choice:
    return Choice(MONDAY - timedelta(weeks=1), MONDAY, **values)  # type: ignore[arg-type]


def test_supply_counts_modules_and_editions_of_the_choice(filled: Database) -> None:
    with filled.reading() as session:
        assert supply(session, choice(), 9) == [Supply(1, 2, 4, 15.0, 10.0, 25.0)]
        assert supply(session, choice(region="Limburg"), 9) == [Supply(1, 1, 2, 20.0, 20.0, 25.0)]
        assert supply(session, choice(sector="mbo", theme_id=1), 9) == [Supply(1, 1, 2, 10.0, 10.0, 15.0)]
        assert supply(session, choice(theme_id=2), 9) == []
        assert supply(session, choice(sector="wo"), 9) == []
        assert modules_by_skill(session, choice(), [1, 2]) == {1: 2}
        assert modules_by_skill(session, choice(), []) == {}
        assert list(provinces(session)) == ["Limburg", "Noord-Brabant"]


def test_what_was_asked_in_vain_is_summed_over_the_choice(filled: Database) -> None:
    last_week = MONDAY - timedelta(weeks=1)
    with filled.writing() as session:
        add_vain_counts(
            session,
            {
                (MONDAY, Vain.SEARCH, "Limburg", 0, "mbo", 1, 0): 5,
                (last_week, Vain.SEARCH, "", 1, "", 1, 0): 6,
                (last_week, Vain.SEARCH, "Limburg", 1, "", 1, 0): 4,
                (MONDAY, Vain.GOAL, "Limburg", 1, "", 2, 0): 20,
                (MONDAY - timedelta(weeks=2), Vain.SEARCH, "Limburg", 0, "", 1, 0): 50,
            },
        )
    with filled.reading() as session:
        assert asked_in_vain(session, choice(), [Vain.SEARCH]) == [Asked(1, 0, 11)]
        assert asked_in_vain(session, choice(), list(Vain)) == [Asked(2, 0, 20), Asked(1, 0, 11)]
        assert asked_in_vain(session, choice(region="Limburg"), [Vain.SEARCH]) == [Asked(1, 0, 5)]
        assert asked_in_vain(session, choice(theme_id=1), [Vain.SEARCH]) == [Asked(1, 0, 6)]
        assert asked_in_vain(session, choice(sector="mbo", region="Limburg"), list(Vain)) == [Asked(1, 0, 5)]
        assert weeks_in_vain(session, choice()) == {
            last_week: {Vain.SEARCH: 6, Vain.GOAL: 0, Vain.WISHES: 0},
            MONDAY: {Vain.SEARCH: 5, Vain.GOAL: 20, Vain.WISHES: 0},
        }
    with filled.writing() as session:
        forget_counts(session, MONDAY + timedelta(weeks=2))
    with filled.reading() as session:
        assert sum(weeks_in_vain(session, choice())[last_week].values()) == 6


def test_figures_are_read(filled: Database) -> None:
    with filled.writing() as session:
        add_module_counts(session, {(1, MONDAY, Event.SEEN, 0): 8, (2, MONDAY, Event.SAVED, 3): 6})
    with filled.reading() as session:
        found = provider_figures(session, 1, MONDAY, MONDAY)
        assert [(one.module.id, one.totals[Event.SEEN], one.totals[Event.SAVED], one.others) for one in found] == [
            (1, 8, 0, {}),
            (2, 0, 6, {}),
        ]
        assert found[1].by_edition == {3: {Event.SAVED: 6}}
        assert provider_weeks(session, 1, Event.SEEN, MONDAY, MONDAY) == {MONDAY: 8}


class Names:
    """Knows the names "lassen" and "solderen" only."""

    def knows_word(self, word: str) -> bool:
        return word in ("lassen", "solderen")

    def find_skills(self, query: str, limit: int) -> list[Found]:
        return [Found({"lassen": 1, "solderen": 2}.get(query, 9), 0.9)][:limit]

    def find_occupations(self, query: str, limit: int) -> list[Found]:
        return [Found(5, 0.95)][:limit] if query == "lassen solderen" else []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("lassen", (1, 0)),
        ("ik wil leren lassen", (1, 0)),
        ("lassen solderen", (0, 5)),
        ("", (0, 0)),
        ("cursus", (0, 0)),
        ("lassen met anneke", (0, 0)),
        ("lassen@solderen", (0, 0)),
        ("lassen 0612345678", (0, 0)),
        ("lassen lassen lassen lassen lassen lassen lassen", (0, 0)),
    ],
)
def test_only_names_of_the_taxonomy_make_a_concept(text: str, meant: tuple[int, int]) -> None:
    assert concept(text, Names()) == meant


def in_vain(session: Session, text: str, total: int, where: Where) -> list[tuple[str, int, str, int]]:
    return [
        (cell.region, cell.theme_id, cell.sector, cell.skill_id) for cell in searched_in_vain(session, text, total, where, Names(), MONDAY)
    ]


def test_a_cell_is_as_coarse_as_it_is_kept(filled: Database) -> None:
    with filled.reading() as session:
        assert in_vain(session, "lassen", 3, Where()) == []
        assert in_vain(session, "lassen", 2, Where(near=Point(50.9, 5.7))) == [("Limburg", 0, "", 1)]
        assert in_vain(session, "solderen", 30, Where(places=["breda"], themes=["energie"])) == [("Noord-Brabant", 1, "", 2)]
        assert in_vain(session, "", 0, Where(places=["breda", "maastricht"], levels=["mbo-3", "mbo-4"])) == [("", 0, "mbo", 0)]
        assert in_vain(session, "", 0, Where(themes=["energie", "x"], levels=["mbo-3", "hbo-master"])) == [("", 1, "", 0)]
        assert in_vain(session, "", 0, Where(levels=["none", "nonsense"])) == [("", 0, "", 0)]
        cells = goal_in_vain(session, [2], [1, 2], Where(levels=["associate-degree"]), MONDAY)
        assert [(cell.vain, cell.skill_id, cell.sector) for cell in cells] == [(Vain.GOAL, 2, "hbo"), (Vain.WISHES, 1, "hbo")]

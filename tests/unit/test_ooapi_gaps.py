"""What other systems miss of a module."""

from __future__ import annotations

from datetime import date

import pytest

from catalogue.exchange.ooapi.gaps import OPEN_ON_PAGES, TOLD, Gap, gaps
from catalogue.exchange.ooapi.v5 import education_specification
from catalogue.exchange.schema_org.ours import course
from catalogue.models import Edition, Module, ModuleSkill, Organisation, Skill
from catalogue.starts import Start
from catalogue.vocabulary import Credential, Format, Level, LoadUnit, StartType
from web.hub.module_words import EXCHANGE_GAPS


def whole() -> Module:
    return Module(
        external_id="M1",
        description="U leert lassen.",
        outcomes=["U last."],
        level=Level.MBO_3,
        workload_hours=28.0,
        url="https://example.org",
        skills=[ModuleSkill(skill=Skill(), role=ModuleSkill.TAUGHT, level=2, is_recognised=False)],
        editions=[Edition(start=Start(StartType.FIXED, date(2027, 2, 1)), weeks=4, price_cents=0)],
    )


def test_a_module_with_everything_has_none() -> None:
    assert gaps(whole()) == []


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("external_id", None, [Gap.CODE]),
        ("description", " ", [Gap.DESCRIPTION]),
        ("outcomes", [], [Gap.OUTCOMES]),
        ("level", Level.NONE, [Gap.LEVEL]),
        ("workload_hours", None, [Gap.LOAD]),
        ("workload_hours", 0.0, []),
        ("url", "", [Gap.LINK]),
        ("skills", [], [Gap.SKILLS]),
        ("skills", [ModuleSkill(skill=Skill(), role=ModuleSkill.TAUGHT, level=1, is_recognised=True)], [Gap.SKILLS_RECOGNISED]),
        ("editions", [], [Gap.EDITIONS]),
        ("editions", [Edition(start=Start(StartType.DIRECT), weeks=None, price_cents=None)], [Gap.DATES, Gap.WEEKS, Gap.PRICE]),
    ],
)
def test_each_is_told(name: str, value: object, found: list[Gap]) -> None:
    module = whole()
    setattr(module, name, value)
    assert gaps(module) == found


def test_each_has_words_and_names() -> None:
    assert TOLD.keys() == EXCHANGE_GAPS.keys() == set(Gap)


def test_what_is_left_open_on_pages_is_guessed_elsewhere() -> None:
    assert all(TOLD[gap].is_guessed for gap in OPEN_ON_PAGES)
    assert all(told.schema_org for told in TOLD.values())


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("description", "", "description"),
        ("level", Level.NONE, "educationalLevel"),
        ("workload_hours", None, "timeRequired"),
        ("url", "", "sameAs"),
        ("editions", [], "hasCourseInstance"),
    ],
)
def test_what_is_told_of_a_page_is_what_the_page_leaves_out(name: str, value: object, key: str) -> None:
    module = whole()
    module.organisation, module.credential, module.load_unit = Organisation(name="School"), Credential.NONE, LoadUnit.HOURS
    module.editions[0].format = Format.ONLINE
    assert key in course(module, lambda _module: "https://x.example", date(2026, 11, 23))
    setattr(module, name, value)
    assert key not in course(module, lambda _module: "https://x.example", date(2026, 11, 23))
    (gap,) = gaps(module)
    assert key in TOLD[gap].schema_org or gap is Gap.EDITIONS


@pytest.mark.parametrize(
    ("credential", "document"), [(Credential.NONE, None), (Credential.DIPLOMA, "diploma"), (Credential.BADGE, "no official document")]
)
def test_no_document_is_named_where_the_provider_names_none(credential: Credential, document: str | None) -> None:
    module = whole()
    module.uid, module.slug, module.title, module.language, module.credential = "m", "lassen", "Lassen", "nl", credential
    module.load_unit, module.organisation = LoadUnit.HOURS, Organisation(uid="school")
    assert education_specification(module).get("formalDocument") == document

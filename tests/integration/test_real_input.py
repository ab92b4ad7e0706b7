"""The main job on real input: ESCO as it is published, and the 1,451 courses of a university as its own system exports them.

Skills are recognised by words alone here, without the model of meaning: making the vectors of ESCO's names takes minutes, once. What the
model adds, and how long it takes, stands in docs/figures.md.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from catalogue.models import Module, ModuleSkill, Organisation
from catalogue.skills.knowledge import SkillKnowledge
from matching.service import Matcher
from tests.conftest import app_in
from tests.shared_data import SHARED, needs_shared
from web.wiring import Services

pytestmark = needs_shared

COURSES = SHARED / "wur-courses" / "courses.jsonl"
N_COURSES = 1_451
LEAST_SHARE_WITH_SKILLS = 0.9
FIELDS = {
    "id": "external_id",
    "name": "title",
    "description": "description",
    "goals": "description",
    "learningOutcomes": "outcomes",
    "requirements": "entry_text",
}
IMPORT = ["modules", "import", str(COURSES), "--organisation", "wur", "--publish", "--default", "level=wo-master", "--language", "en"]
MAPPING = [part for theirs, ours in FIELDS.items() for part in ("--map", f"{theirs}={ours}")]

Run = Callable[..., str]
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def app(seeded_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An app over a copy of the seed catalogue, that recognises by words alone."""
    folder = Path(shutil.copytree(seeded_instance, tmp_path_factory.mktemp("real") / "instance", symlinks=True))
    app = app_in(folder)
    parts: Services = app.extensions["leerwijzer"]
    skills = SkillKnowledge(parts.database, folder / "cache", embedder=lambda: None)
    app.extensions["leerwijzer"] = replace(parts, skills=skills, matcher=Matcher(parts.database, skills))
    return app


@pytest.fixture(scope="module")
def run(app: Flask) -> Run:
    """Runs a command and returns what it says."""

    def run(*command: str) -> str:
        result = app.test_cli_runner().invoke(args=list(command))
        assert result.exit_code == 0, result.output
        return result.output

    return run


@pytest.fixture(scope="module")
def esco(run: Run) -> None:
    """The Dutch download, then the English labels."""
    for folder in ("esco-nl", "esco-en"):
        run("taxonomy", "import-esco", str(SHARED / folder))


@pytest.fixture(scope="module")
def courses(run: Run, esco: None) -> str:
    """What the import of the courses says."""
    return run(*IMPORT, *MAPPING)


@pytest.fixture
def ask(app: Flask, courses: str) -> Ask:
    """Asks the API; the courses are there."""

    def ask(path: str, body: dict[str, Any] | None = None, **query: object) -> Any:
        client = app.test_client()
        answer = client.get(path, query_string=query) if body is None else client.post(path, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json

    return ask


def titles(answer: Any) -> list[str]:
    return [item["title"] for item in answer["items"]]


def test_all_courses_are_found_by_their_provider(ask: Ask, run: Run, courses: str) -> None:
    assert f"{N_COURSES} modules: {N_COURSES} new" in courses
    assert ask("/api/v1/modules", provider="wur", level="wo-master")["total"] >= N_COURSES
    assert "Index and database hold the same modules." in run("index", "check")


def test_each_course_is_found_by_its_own_title(ask: Ask, courses: str) -> None:
    lines = COURSES.read_text(encoding="utf-8").splitlines()
    some = [json.loads(line)["name"] for line in lines[:: N_COURSES // 40]]
    lost = [name for name in some if name.strip() not in titles(ask("/api/v1/modules", q=name[:150], provider="wur"))]
    assert not lost


def test_nine_of_ten_courses_carry_recognised_skills(app: Flask, courses: str) -> None:
    with app.extensions["leerwijzer"].database.reading() as session:
        imported = select(Module.id).join(Organisation).where(Organisation.slug == "wur", ~Module.is_example)
        with_skills = select(func.count(ModuleSkill.module_id.distinct())).where(
            ModuleSkill.module_id.in_(imported), ModuleSkill.is_recognised, ModuleSkill.role == ModuleSkill.TAUGHT
        )
        assert session.scalar(select(func.count()).select_from(imported.subquery())) == N_COURSES
        assert (session.scalar(with_skills) or 0) >= LEAST_SHARE_WITH_SKILLS * N_COURSES


def test_sustainable_energy_and_soil_erosion_put_fitting_courses_on_top(ask: Ask) -> None:
    assert titles(ask("/api/v1/modules", q="duurzame energie"))[0] == "Renewable Energy: Sources, Technology & Applications"
    energy = titles(ask("/api/v1/modules", q="duurzame energie", provider="wur"))
    assert "Climate-responsive Planning and Design" in energy[:3]
    soil = titles(ask("/api/v1/modules", q="soil erosion"))
    assert {"Erosion Processes and Modelling", "Land Degradation and Remediation"} <= set(soil[:3])


def test_a_match_towards_an_occupation_ranks_courses_with_reasons(ask: Ask) -> None:
    goal = ask("/api/v1/occupations", q="voedingstechnoloog")["items"][0]
    body = {"goal": {"occupation": goal["uri"]}, "constraints": {"levels": ["wo-master"]}, "limit": 10}
    answer = ask("/api/v1/match", body)
    again = ask("/api/v1/match", body)
    items = answer["items"]
    assert goal["uri"].startswith("http://data.europa.eu/esco/occupation/")
    assert items == again["items"]
    fitting = [item["module"]["title"] for item in items if "food" in item["module"]["title"].lower()]
    assert len(fitting) >= 5
    wanted = {line["skill"]["id"] for line in answer["gap"]}
    for item in items:
        assert item["closes"]
        assert {step["skill"]["id"] for step in item["closes"]} <= wanted
        assert sum(reason["contribution"] for reason in item["reasons"]) == pytest.approx(item["score"], abs=1e-6)
        assert all(reason["text"] for reason in item["reasons"])
    scores = [item["score"] for item in items]
    assert scores == sorted(scores, reverse=True)


def test_importing_the_courses_again_changes_nothing(run: Run, courses: str) -> None:
    assert f"0 new, 0 changed, {N_COURSES} unchanged" in run(*IMPORT)

"""An official ESCO download: whole or not at all, safe to repeat, at home with the seed, and quick on the real one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from sqlalchemy import func, select

from catalogue.database import Database
from catalogue.models import Base, Occupation, OccupationAlias, OccupationGroup, OccupationSkill, Skill, SkillAlias, SkillCollection
from catalogue.models import SkillRelation as Relation
from catalogue.skills.esco import EscoReport, import_esco
from catalogue.skills.esco_files import EscoFilesBroken, language_of, read_esco
from catalogue.versions import TAXONOMY, current_versions
from catalogue.vocabulary import Importance, SkillKind
from seed.files import read
from seed.load import load_seed
from tests.architecture import ROOT
from tests.conftest import NOW, app_in
from tests.esco_folder import (
    ALL_SKILLS,
    BY_ADDRESS,
    COOLING,
    DUTCH,
    ENGLISH,
    HEAT_PUMPS,
    INSTALL,
    NAMELESS,
    TEAMWORK,
    TECHNIQUE,
    THERMODYNAMICS,
    write_esco,
)
from tests.shared_data import SHARED, needs_shared
from web.wiring import services


@pytest.fixture
def dutch(tmp_path: Path) -> Path:
    return write_esco(tmp_path / "nl")


@pytest.fixture
def english(tmp_path: Path) -> Path:
    return write_esco(tmp_path / "en", ENGLISH, "en")


def imported(database: Database, folder: Path) -> EscoReport:
    files = read_esco(folder, language_of(folder))
    with database.writing() as session:
        return import_esco(session, files)


def rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the database."""
    with database.reading() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
            for table in Base.metadata.sorted_tables
        }


def named(database: Database, model: type[Skill] | type[Occupation], uri: str) -> Skill | Occupation:
    with database.reading() as session:
        found = session.scalars(select(model).where(model.uri == uri)).one()
        assert found.aliases is not None
        return found


def test_a_folder_becomes_a_taxonomy(database: Database, dutch: Path) -> None:
    report = imported(database, dutch)
    assert not report.is_unchanged
    assert report.nameless == 1
    with database.reading() as session:
        skills = {skill.uri: skill for skill in session.scalars(select(Skill))}
        uri = {skill.id: skill.uri for skill in skills.values()}
        assert {skill.uri: skill.kind for skill in skills.values()} == {
            INSTALL: SkillKind.SKILL,
            THERMODYNAMICS: SkillKind.KNOWLEDGE,
            TEAMWORK: SkillKind.SKILL,
            NAMELESS: SkillKind.KNOWLEDGE,
            ALL_SKILLS: SkillKind.GROUP,
            TECHNIQUE: SkillKind.GROUP,
        }
        install = skills[INSTALL]
        assert (install.label_nl, install.label_en, install.reuse_level) == ("warmtepompen installeren", "", "sector-specific")
        assert install.description_nl == "Met zorg, en net."
        assert {alias.text for alias in install.aliases} == {"warmtepomp plaatsen", "warmtepomp monteren"}
        relations = session.execute(select(Relation.skill_id, Relation.other_id, Relation.kind))
        assert {(frozenset((uri[one], uri[other])), kind) for one, other, kind in relations} == {
            (frozenset((TECHNIQUE, ALL_SKILLS)), Relation.BROADER),
            (frozenset((INSTALL, TECHNIQUE)), Relation.BROADER),
            (frozenset((INSTALL, THERMODYNAMICS)), Relation.RELATED),
        }
        collections = session.execute(select(SkillCollection.skill_id, SkillCollection.name))
        assert {(uri[skill_id], name) for skill_id, name in collections} == {(INSTALL, "green"), (TEAMWORK, "transversal")}
        groups = {group.code: (group.label_nl, group.broader_code) for group in session.scalars(select(OccupationGroup))}
        assert groups["71"] == ("Bouwarbeiders", "7")
        occupations = {occupation.uri: occupation for occupation in session.scalars(select(Occupation))}
        assert set(occupations) == {COOLING, HEAT_PUMPS, BY_ADDRESS}
        assert (occupations[COOLING].isco, occupations[COOLING].broader_id) == ("7127", None)
        assert occupations[HEAT_PUMPS].broader_id == occupations[COOLING].id
        assert {alias.text for alias in occupations[COOLING].aliases} == {"koeltechnicus", "koelmonteuse"}
        assert {(uri[need.skill_id], need.importance, need.level) for need in occupations[HEAT_PUMPS].skills} == {
            (INSTALL, Importance.ESSENTIAL, 3),  # optional as well in the file: essential counts
            (NAMELESS, Importance.ESSENTIAL, 3),
        }
        assert (INSTALL, Importance.OPTIONAL, 2) in {
            (uri[need.skill_id], need.importance, need.level) for need in occupations[COOLING].skills
        }


def test_a_second_import_changes_nothing(database: Database, dutch: Path) -> None:
    first = imported(database, dutch)
    before = rows(database)
    second = imported(database, dutch)
    assert second.is_unchanged
    assert rows(database) == before
    assert [count.read for count in second.counts if count.noun == "skills"] == [3]
    assert sum(count.added for count in first.counts) > 20


def test_a_changed_label_is_taken_over_and_the_former_one_still_finds_it(database: Database, dutch: Path, tmp_path: Path) -> None:
    imported(database, dutch)
    with database.reading() as session:
        before = current_versions(session)[TAXONOMY]
    tables = DUTCH | {"skills": [DUTCH["skills"][0] | {"preferredLabel": "warmtepompen aanleggen"}, *DUTCH["skills"][1:]]}
    report = imported(database, write_esco(tmp_path / "newer", tables))
    assert [(count.added, count.changed) for count in report.counts if count.noun == "skills"] == [(0, 1)]
    install = named(database, Skill, INSTALL)
    assert install.label_nl == "warmtepompen aanleggen"
    assert "warmtepompen installeren" in {alias.text for alias in install.aliases}
    with database.reading() as session:
        assert current_versions(session)[TAXONOMY] == before + 1


def test_another_language_brings_names_only(database: Database, dutch: Path, english: Path) -> None:
    imported(database, dutch)
    before = rows(database)
    report = imported(database, english)
    assert report.nameless == 0
    after = rows(database)
    others = ("skill_relation", "skill_collection", "occupation_skill", "occupation_group")
    assert {name: after[name] for name in others} == {name: before[name] for name in others}
    assert (len(after["skill"]), len(after["occupation"])) == (len(before["skill"]), len(before["occupation"]))
    install, unnamed = named(database, Skill, INSTALL), named(database, Skill, NAMELESS)
    assert (install.label_nl, install.label_en) == ("warmtepompen installeren", "install heat pumps")
    assert ("en", "fit heat pumps") in {(alias.language, alias.text) for alias in install.aliases}
    assert (unnamed.label("nl"), unnamed.label_language("nl")) == ("refrigerants", "en")
    assert named(database, Occupation, COOLING).label("en") == "refrigeration technician"
    assert imported(database, english).is_unchanged
    assert imported(database, dutch).is_unchanged


def test_seed_and_esco_share_the_concepts_that_are_the_same(sqlite_database: Database, tmp_path: Path) -> None:
    files = read()
    skill = next(entry for entry in files.skills if entry.get("esco"))
    occupation = next(entry for entry in files.occupations if entry.get("esco"))
    with sqlite_database.writing() as session:
        load_seed(session, files, NOW)
    official = DUTCH | {
        "skills": [*DUTCH["skills"], DUTCH["skills"][2] | {"conceptUri": skill["esco"], "preferredLabel": "een officiële naam"}],
        "occupations": [
            *DUTCH["occupations"],
            DUTCH["occupations"][1] | {"conceptUri": occupation["esco"], "preferredLabel": "een beroep"},
        ],
    }
    folder = write_esco(tmp_path / "official", official)
    imported(sqlite_database, folder)
    for model, entry, label in ((Skill, skill, "een officiële naam"), (Occupation, occupation, "een beroep")):
        concept = named(sqlite_database, model, entry["esco"])
        assert (concept.label_nl, concept.label_en, concept.source) == (label, entry["en"], "esco")
        assert entry["nl"] in {alias.text for alias in concept.aliases}
    before = rows(sqlite_database)
    with sqlite_database.writing() as session:
        assert load_seed(session, files, NOW).is_unchanged
    assert rows(sqlite_database) == before
    assert imported(sqlite_database, folder).is_unchanged


def test_the_seed_after_esco_leaves_official_names_alone(sqlite_database: Database, tmp_path: Path) -> None:
    files = read()
    skill = next(entry for entry in files.skills if entry.get("esco"))
    own = DUTCH["skills"][2] | {"conceptUri": skill["esco"], "preferredLabel": "een officiële naam"}
    imported(sqlite_database, write_esco(tmp_path / "official", DUTCH | {"skills": [*DUTCH["skills"], own]}))
    with sqlite_database.writing() as session:
        load_seed(session, files, NOW)
    concept = named(sqlite_database, Skill, skill["esco"])
    assert (concept.label_nl, concept.source) == ("een officiële naam", "esco")
    assert skill["nl"] in {alias.text for alias in concept.aliases}


@dataclass(frozen=True)
class Damage:
    """How a file is broken, and what must be said about it."""

    file: str
    act: Callable[[Path], object]
    row: int
    column: str
    reason: str


def replaced(old: str, new: str) -> Callable[[Path], object]:
    def act(path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return act


def appended(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(path.read_bytes() + data)


DAMAGES = {
    "missing file": Damage("occupationSkillRelations", Path.unlink, 0, "", "the file is missing"),
    "empty file": Damage("skillGroups", lambda path: path.write_bytes(b""), 1, "preferredLabel", "this column is missing"),
    "missing column": Damage("skills", replaced("preferredLabel", "label"), 1, "preferredLabel", "this column is missing"),
    "latin-1": Damage("occupations", appended("Occupation,caf\u00e9\n".encode("latin-1")), 0, "", "is not written in UTF-8"),
    "short row": Damage("occupationSkillRelations", appended(b"http://data.europa.eu/esco/x,essential\n"), 8, "skillType", "2 fields"),
    "long row": Damage("skillSkillRelations", appended(b"a,b,c,d,e,f\n"), 3, "relatedSkillUri", "6 fields where the header has 5"),
    "open quote": Damage("greenSkillsCollection", appended(b'x,"never closed\n'), 0, "", "cannot be read"),
    "no address": Damage("skills", replaced(THERMODYNAMICS, "thermodynamica"), 3, "conceptUri", "is no ESCO address"),
    "no label": Damage("occupations", replaced("warmtepompinstallateur", ""), 3, "preferredLabel", "is empty"),
    "unknown relation": Damage("occupationSkillRelations", replaced("essential", "maybe"), 2, "relationType", "'maybe' is not one of"),
    "unknown kind": Damage("skills", replaced("knowledge", "wisdom"), 3, "skillType", "'wisdom' is not one of"),
    "no ISCO code": Damage("occupations", replaced("7127", "zeven"), 2, "iscoGroup", "'zeven' is no ISCO code"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_a_broken_file_is_named_with_row_and_column(dutch: Path, name: str) -> None:
    damage = DAMAGES[name]
    damage.act(dutch / f"{damage.file}_nl.csv")
    with pytest.raises(EscoFilesBroken) as broken:
        read_esco(dutch, "nl")
    problem = next(problem for problem in broken.value.problems if problem.column == damage.column)
    assert problem.file == f"{damage.file}_nl.csv"
    assert damage.reason in problem.reason
    if damage.row:
        assert problem.row == damage.row
        assert f"{problem.file}, row {damage.row}, column {damage.column}: " in str(broken.value)


def test_the_command_refuses_a_broken_folder_and_writes_nothing(dutch: Path, tmp_path: Path) -> None:
    app = app_in(tmp_path / "instance")
    runner = app.test_cli_runner()
    assert runner.invoke(args=["db", "upgrade"]).exit_code == 0
    with app.app_context():
        before = rows(services().database)
        for damage in (DAMAGES["no label"], DAMAGES["missing file"]):
            damage.act(dutch / f"{damage.file}_nl.csv")
        refused = runner.invoke(args=["taxonomy", "import-esco", str(dutch)])
        assert refused.exit_code == 1
        assert "nothing was imported" in refused.output
        assert "occupations_nl.csv, row 3, column preferredLabel: is empty" in refused.output
        assert "occupationSkillRelations_nl.csv: the file is missing" in refused.output
        assert rows(services().database) == before
        write_esco(dutch)
        good = runner.invoke(args=["taxonomy", "import-esco", str(dutch)])
        assert good.exit_code == 0, good.output
        assert "skills: 3 read, 3 added, 0 changed" in good.output
        again = runner.invoke(args=["taxonomy", "import-esco", str(dutch)])
        assert "skills: 3 read, 0 added, 0 changed, 3 unchanged" in again.output
        assert "No change." in again.output


def test_a_folder_with_two_languages_asks_which(tmp_path: Path) -> None:
    both = write_esco(write_esco(tmp_path / "both"), ENGLISH, "en")
    with pytest.raises(EscoFilesBroken, match="choose one with --language"):
        language_of(both)
    with pytest.raises(EscoFilesBroken, match=r"skills_nl\.csv: is missing"):
        language_of(tmp_path)


MOST_SECONDS, MOST_BYTES = 60.0, 500 * 1024**2


def run_import(instance: Path, *arguments: str) -> tuple[str, float, int]:
    """Runs the command as a person does; its output, processor seconds, and the most memory it held at one time, in bytes."""
    environment = os.environ | {"INSTANCE_DIR": str(instance), "LOG_LEVEL": "error"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "taxonomy", "import-esco", *arguments]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        watched, seconds, most_bytes = psutil.Process(process.pid), 0.0, 0
        while process.poll() is None:
            try:
                with watched.oneshot():
                    times, memory = watched.cpu_times(), watched.memory_info()
            except psutil.NoSuchProcess:
                break
            seconds, most_bytes = max(seconds, times.user + times.system), max(most_bytes, memory.rss)
            time.sleep(0.05)
        output, errors = process.communicate()
    assert process.returncode == 0, errors
    return output, seconds, most_bytes


@needs_shared
def test_the_official_download_is_imported_in_time_and_memory(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    assert app.test_cli_runner().invoke(args=["db", "upgrade"]).exit_code == 0
    output, seconds, most_bytes = run_import(tmp_path, str(SHARED / "esco-nl"))
    print(f"{seconds:.1f} s of processor time, {most_bytes / 1024**2:.0f} MB")  # noqa: T201 - the figures are worth seeing with -s
    # Processor time, since the clock also counts what else a test machine does; writing to disk is a small part of it.
    assert seconds <= MOST_SECONDS
    assert most_bytes <= MOST_BYTES
    assert "occupations: 3,043 read, 3,039 added, 0 changed, 4 repeated in the file" in output
    with app.app_context(), services().database.reading() as session:

        def count(*conditions: object, model: type[Base]) -> int:
            return session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0  # type: ignore[arg-type]

        assert count(model=Occupation) == 3043
        assert count(Occupation.label_nl == "", model=Occupation) == 4
        assert count(Skill.label_nl != "", Skill.kind != SkillKind.GROUP, model=Skill) >= 8209
        assert count(model=OccupationSkill) > 100_000
        assert count(model=Relation) > 10_000
        assert count(model=SkillAlias) > 3_000
        assert count(model=OccupationAlias) > 5_000
        names = session.scalars(select(SkillCollection.name).distinct()).all()
        assert set(names) == {"green", "digital", "transversal", "language"}
    again, _, _ = run_import(tmp_path, str(SHARED / "esco-nl"))
    assert "No change." in again

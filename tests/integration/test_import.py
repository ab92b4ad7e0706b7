"""A provider's catalogue in and out, on a real database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.database import Database
from catalogue.exchange.exporting import export_modules
from catalogue.exchange.formats import format_of
from catalogue.exchange.import_file import ImportFile
from catalogue.exchange.importing import LEAST_SCORE, ImportPlan, apply_plan, plan_import
from catalogue.exchange.mapping import told_mapping
from catalogue.exchange.problems import ImportRefused, Reason
from catalogue.models import IndexChange, Module, Place, Postcode, Skill, Theme
from catalogue.organisations import add_organisation, organisation_by_slug
from catalogue.progress import Progress, silent
from catalogue.publishing.differences import edition_values, skill_levels
from catalogue.publishing.values import ModuleValues, SkillLevel
from catalogue.publishing.write import save_module
from catalogue.skills.recogniser import RecognisedSkill
from catalogue.versions import MODULES, current_versions
from catalogue.vocabulary import Format, Level, LoadUnit, OrganisationKind, StartType, Status
from tests.conftest import NOW
from tests.kept import row_counts

HEADER = "code;titel;beschrijving;niveau;studielast;startdatum;plaats;vorm;prijs;vaardigheden"
ROWS = (
    "M1;Warmtepompen inregelen;Inregelen en meten in de praktijk.;mbo 4;3 EC;08-02-2027;Breda;op locatie;1.250,00;lassen:3 | solderen",
    "M1;;;;;in overleg;;online;gratis;",
    "M2;Solderen aan huis;U leert solderen.;;20 uur;;;;;",
)


class LabelReader:
    """Recognises the one skill "solderen" wherever the word stands, and says how often it was asked."""

    def __init__(self, session: Session) -> None:
        self.skill_id = session.scalars(select(Skill.id).where(Skill.label_nl == "solderen")).one()
        self.unsure_id = session.scalars(select(Skill.id).where(Skill.label_nl == "lassen")).one()
        self.texts: list[str] = []

    def __call__(self, texts: Sequence[str], limit: int = 10, progress: Progress = silent) -> list[list[RecognisedSkill]]:
        self.texts += texts
        progress("recognise skills", len(texts), len(texts))
        unsure = RecognisedSkill(self.unsure_id, LEAST_SCORE - 0.01, 1, 0, 0)
        return [[RecognisedSkill(self.skill_id, 0.9, 2, 0, 0), unsure][:limit] if "solderen" in text.lower() else [] for text in texts]


@pytest.fixture
def stocked(database: Database) -> Database:
    """A database with an organisation, a place, a theme, postcodes and two skills."""
    with database.writing() as session:
        add_organisation(session, "school", "De School", OrganisationKind.MBO)
        add_organisation(session, "ander", "Een Ander", OrganisationKind.MBO)
        session.add(Place(slug="breda", name="Breda", province="Noord-Brabant", latitude=51.6, longitude=4.8))
        session.add(Postcode(digits="3961", place_name="Wijk bij Duurstede", latitude=51.97, longitude=5.34))
        session.add(Theme(slug="energie", label_nl="Energie", label_en="Energy"))
        session.add_all(
            Skill(label_nl=name, label_en="", uri=f"http://data.europa.eu/esco/skill/{name}") for name in ("lassen", "solderen")
        )
    return database


def csv_file(folder: Path, *rows: str, header: str = HEADER, name: str = "modules.csv") -> Path:
    path = folder / name
    path.write_text("\n".join((header, *rows)), encoding="utf-8")
    return path


def imported(
    database: Database,
    path: Path,
    reader: LabelReader | None = None,
    *,
    slug: str = "school",
    told: Sequence[str] = (),
    publish: bool = False,
) -> ImportPlan:
    """Imports a file in full, as the command does."""
    with database.reading() as session:
        reader = reader or LabelReader(session)
        organisation = organisation_by_slug(session, slug)
        plan = plan_import(session, organisation, ImportFile(path, format_of(path), told_mapping(told)), reader, publish=publish)
    with database.writing() as session:
        apply_plan(session, plan, NOW)
    return plan


def module(session: Session, external_id: str) -> Module:
    return session.scalars(select(Module).where(Module.external_id == external_id)).one()


def test_a_dutch_spreadsheet_becomes_modules_with_skills_and_editions(stocked: Database, tmp_path: Path) -> None:
    plan = imported(stocked, csv_file(tmp_path, *ROWS))
    assert (len(plan.added), plan.n_unchanged, plan.n_with_skills, plan.n_recognised) == (2, 0, 2, 1)
    with stocked.reading() as session:
        first, second = module(session, "M1"), module(session, "M2")
        assert (first.title, first.level, first.workload_hours, first.status) == ("Warmtepompen inregelen", Level.MBO_4, 84.0, Status.DRAFT)
        assert first.slug == "warmtepompen-inregelen"
        assert [(row.level, row.is_recognised, row.skill.label_nl) for row in first.taught] == [
            (3, False, "lassen"),
            (2, False, "solderen"),
        ]
        assert [(edition.start.type, edition.price_eur, edition.place and edition.place.slug) for edition in first.editions] == [
            (StartType.FIXED, 1250.0, "breda"),
            (StartType.AGREED, 0.0, None),
        ]
        assert [(row.level, row.is_recognised) for row in second.taught] == [(2, True)]
        assert second.editions == []
        assert second.language == "nl"
        assert current_versions(session)[MODULES] == 1
        assert session.scalar(select(func.count()).select_from(IndexChange)) == 2


def test_importing_again_changes_nothing_and_recognises_nothing(stocked: Database, tmp_path: Path) -> None:
    path = csv_file(tmp_path, *ROWS)
    imported(stocked, path)
    before = row_counts(stocked)
    with stocked.reading() as session:
        reader = LabelReader(session)
        moments = dict(session.execute(select(Module.uid, Module.updated_at)).all())
    plan = imported(stocked, path, reader)
    assert (len(plan.added), len(plan.changed), plan.n_unchanged, plan.n_with_skills) == (0, 0, 2, 2)
    assert reader.texts == []
    assert row_counts(stocked) == before
    with stocked.reading() as session:
        assert dict(session.execute(select(Module.uid, Module.updated_at)).all()) == moments
        assert current_versions(session)[MODULES] == 1


def test_a_changed_row_changes_that_module_only_and_keeps_its_address(stocked: Database, tmp_path: Path) -> None:
    imported(stocked, csv_file(tmp_path, *ROWS))
    with stocked.reading() as session:
        edition_uids = {edition.uid for edition in module(session, "M1").editions}
    changed = [ROWS[0].replace("Warmtepompen inregelen", "Warmtepompen stellen").replace("1.250,00", "995"), *ROWS[1:]]
    plan = imported(stocked, csv_file(tmp_path, *changed))
    assert ([values.get("title") for values in plan.changed], plan.n_unchanged) == (["Warmtepompen stellen"], 1)
    with stocked.reading() as session:
        row = module(session, "M1")
        assert (row.slug, row.title) == ("warmtepompen-inregelen", "Warmtepompen stellen")
        assert {edition.uid for edition in row.editions} == edition_uids
        assert sorted(edition.price_eur or 0 for edition in row.editions) == [0, 995]


@pytest.mark.parametrize(
    ("was", "now", "is_same"),
    [
        ("08-02-2027", "15-02-2027", True),
        ("08-02-2027", "in overleg", True),
        ("02-02-2026", "15-02-2027", False),
        ("08-02-2027", "15-02-2027;Breda;blended", False),
        ("08-02-2027", "15-02-2027;;on-site", False),
    ],
)
def test_a_start_that_is_moved_in_a_file_stays_the_same_run(stocked: Database, tmp_path: Path, was: str, now: str, is_same: bool) -> None:
    header, other = "code;titel;startdatum;plaats;vorm", "M1;Lassen;01-06-2027;Breda;on-site"
    uids = []
    for start in (was, now):
        run = start if ";" in start else f"{start};Breda;on-site"
        imported(stocked, csv_file(tmp_path, f"M1;Lassen;{run}", other, header=header))
        with stocked.reading() as session:
            uids.append({edition.uid for edition in module(session, "M1").editions})
    assert len(uids[0] & uids[1]) == (2 if is_same else 1)


def test_of_two_starts_that_are_new_nobody_can_tell_which_is_which(stocked: Database, tmp_path: Path) -> None:
    header, uids = "code;titel;startdatum;plaats;vorm", []
    for days in (("01-02-2027", "02-02-2027"), ("01-03-2027", "02-03-2027")):
        imported(stocked, csv_file(tmp_path, *(f"M1;Lassen;{day};Breda;on-site" for day in days), header=header))
        with stocked.reading() as session:
            uids.append({edition.uid for edition in module(session, "M1").editions})
    assert uids[0].isdisjoint(uids[1])


def test_new_text_is_recognised_again_and_confirmed_skills_stay(stocked: Database, tmp_path: Path) -> None:
    header = "code;titel;beschrijving"
    imported(stocked, csv_file(tmp_path, "M2;Solderen;U leert solderen.", header=header))
    with stocked.writing() as session:
        row = module(session, "M2")
        reader = LabelReader(session)
        save_module(session, row.organisation, {"external_id": "M2", "taught": [SkillLevel(reader.unsure_id, 3)]}, NOW)
    imported(stocked, csv_file(tmp_path, "M2;Solderen;U leert heel goed solderen.", header=header))
    with stocked.reading() as session:
        assert skill_levels(module(session, "M2"), "taught") == sorted(
            [SkillLevel(reader.unsure_id, 3), SkillLevel(reader.skill_id, 2, is_recognised=True)]
        )


def test_columns_that_a_file_does_not_have_leave_the_catalogue_alone(stocked: Database, tmp_path: Path) -> None:
    imported(stocked, csv_file(tmp_path, *ROWS))
    imported(stocked, csv_file(tmp_path, "M1;Energie", header="code;thema", name="a.csv"), told=["code=external_id", "thema=title"])
    with stocked.reading() as session:
        row = module(session, "M1")
        assert (row.title, row.level, len(row.editions), len(row.taught)) == ("Energie", Level.MBO_4, 2, 2)


def test_publishing_puts_modules_online_and_is_a_change_once(stocked: Database, tmp_path: Path) -> None:
    path = csv_file(tmp_path, *ROWS)
    imported(stocked, path)
    assert len(imported(stocked, path, publish=True).changed) == 2
    assert imported(stocked, path, publish=True).n_unchanged == 2
    with stocked.reading() as session:
        assert [(row.status, row.published_at) for row in session.scalars(select(Module))] == [(Status.PUBLISHED, NOW)] * 2


def test_a_mapping_is_remembered_for_its_organisation_only(stocked: Database, tmp_path: Path) -> None:
    path = csv_file(tmp_path, "M1;Lassen", header="sleutel;cursusnaam")
    imported(stocked, path, told=["sleutel=external_id", "cursusnaam=title"])
    assert imported(stocked, path).n_unchanged == 1
    with stocked.reading() as session:
        assert organisation_by_slug(session, "school").column_mapping == {"sleutel": "external_id", "cursusnaam": "title"}
    with pytest.raises(ImportRefused) as refused:
        imported(stocked, path, slug="ander")
    assert refused.value.problems[0].reason is Reason.COLUMN_MISSING


def test_what_a_file_may_have_meant_is_named_as_people_write_it(stocked: Database, tmp_path: Path) -> None:
    with stocked.writing() as session:
        session.add(Place(slug="bergen-op-zoom", name="Bergen op Zoom", province="Noord-Brabant", latitude=51.5, longitude=4.3))
        session.add(Skill(label_nl="CNC-machines bedienen", label_en="", uri="own:cnc"))
    path = csv_file(
        tmp_path,
        *("M1;Een;direct;Bergen op Zom;Enrgie;CNC-machine bedienen:2", "M2;Twee;direct;wijk bij duurstee;;"),
        header="code;titel;startdatum;plaats;thema;vaardigheden",
    )
    with pytest.raises(ImportRefused) as refused:
        imported(stocked, path)
    assert {(one.row, one.column, one.known) for one in refused.value.problems} == {
        (2, "plaats", ("Bergen op Zoom",)),
        (2, "thema", ("Energie",)),
        (2, "vaardigheden", ("CNC-machines bedienen",)),
        (3, "plaats", ("Wijk bij Duurstede",)),
    }


def test_a_refused_file_names_every_problem_and_writes_nothing(stocked: Database, tmp_path: Path) -> None:
    before = row_counts(stocked)
    rows = (*ROWS, "M3;Dak;x;havo;veel;eens;Atlantis;fiets;gratis?;toveren:3", "M4;;x", "M1;Iets anders")
    with pytest.raises(ImportRefused) as refused:
        imported(stocked, csv_file(tmp_path, *rows), told=["prijs=price_eur"])
    found = {(one.row, one.column, one.reason) for one in refused.value.problems}
    assert found == {
        (5, "niveau", Reason.NOT_IN_LIST),
        (5, "studielast", Reason.NOT_A_LOAD),
        (5, "startdatum", Reason.NOT_A_START),
        (5, "plaats", Reason.UNKNOWN_PLACE),
        (5, "vorm", Reason.NOT_IN_LIST),
        (5, "prijs", Reason.NOT_AN_AMOUNT),
        (5, "vaardigheden", Reason.UNKNOWN_SKILL),
        (6, "titel", Reason.MISSING),
        (7, "titel", Reason.DIFFERS),
    }
    assert row_counts(stocked) == before
    with stocked.reading() as session:
        assert organisation_by_slug(session, "school").column_mapping == {}


def test_a_place_that_only_the_postcodes_know_is_added(stocked: Database, tmp_path: Path) -> None:
    imported(stocked, csv_file(tmp_path, "M1;Lassen;direct;wijk bij duurstede", header="code;titel;startdatum;plaats"))
    with stocked.reading() as session:
        place = module(session, "M1").editions[0].place
        assert place is not None
        assert (place.slug, place.latitude, place.longitude) == ("wijk-bij-duurstede", 51.97, 5.34)


def test_online_in_the_place_of_a_town_says_how_it_is_followed(stocked: Database, tmp_path: Path) -> None:
    rows = ("M1;Lassen;direct;Online;", "M1;;agreed;online;blended")
    plan = imported(stocked, csv_file(tmp_path, *rows, header="code;titel;startdatum;plaats;vorm"))
    assert [(run.place, run.format) for run in plan.added[0]["editions"]] == [("", Format.ONLINE), ("", Format.BLENDED)]


def test_a_row_of_another_organisation_or_of_a_hub_one_is_no_partner_of_is_refused(stocked: Database, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as refused:
        imported(stocked, csv_file(tmp_path, "ander;Lassen", header="organisation;titel"))
    assert refused.value.problems[0].reason is Reason.OTHER_ORGANISATION


def test_modules_without_a_code_are_found_again_by_title(stocked: Database, tmp_path: Path) -> None:
    imported(stocked, csv_file(tmp_path, "Lassen;nl", "Boren;nl", header="titel;taal"))
    plan = imported(stocked, csv_file(tmp_path, "lassen;en", "Boren;nl", header="titel;taal"))
    assert (len(plan.added), len(plan.changed), plan.n_unchanged) == (0, 1, 1)


def test_excel_formulas_stay_text_and_dates_are_understood(stocked: Database, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(["code", "titel", "beschrijving", "start", "vorm", "prijs", "weken"])
    sheet.append([1, "Lassen", "=1+1", NOW.replace(tzinfo=None), "online", 12.5, 4.0])
    sheet.append([])
    sheet.append([2, "Boren", "'=2+2", "direct", "online", "=3*3", None])
    path = tmp_path / "modules.xlsx"
    workbook.save(path)
    with pytest.raises(ImportRefused) as refused:
        imported(stocked, path)
    assert [(one.row, one.column, one.reason, one.value) for one in refused.value.problems] == [(4, "prijs", Reason.NOT_AN_AMOUNT, "=3*3")]
    sheet["F4"] = 9
    workbook.save(path)
    imported(stocked, path)
    with stocked.reading() as session:
        first = module(session, "1")
        assert (first.description, module(session, "2").description) == ("=1+1", "=2+2")
        edition = first.editions[0]
        assert (edition.start.on, edition.price_cents, edition.weeks) == (NOW.date(), 1250, 4)


def catalogue_of(database: Database, slug: str) -> list[object]:
    """Everything that an export holds, as comparable values."""
    with database.reading() as session:
        organisation = organisation_by_slug(session, slug)
        rows = session.scalars(select(Module).where(Module.organisation_id == organisation.id).order_by(Module.uid))
        columns = [column.name for column in Module.__table__.columns if column.name not in ("id", "updated_at")]
        return [
            (
                {name: getattr(row, name) for name in columns},
                skill_levels(row, "taught"),
                skill_levels(row, "required"),
                sorted(map(str, map(edition_values, row.editions))),
            )
            for row in rows
        ]


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx", "out.jsonl", "out.json"])
def test_our_own_export_imports_to_an_equal_catalogue(stocked: Database, tmp_path: Path, name: str) -> None:
    rows = (
        ROWS[0].replace("Inregelen en meten", "=HYPERLINK(1) '=x"),
        *ROWS[1:],
        "M5;'@naam;+31 is het nummer;;1,25 EC;elke 3 weken vanaf 04-01-2027;Breda;deels online;12,50;",
    )
    imported(stocked, csv_file(tmp_path, *rows), publish=True)
    with stocked.writing() as session:  # one without a code, with what a spreadsheet finds hard
        values = ModuleValues(
            title="=Zonder code",
            outcomes=["a | b", "- c; - d"],
            description='één\n\ntwee; "drie"',
            workload_hours=31.5,  # 1.125 EC, which must not become a thousand and more
            load_unit=LoadUnit.EC,
        )
        save_module(session, organisation_by_slug(session, "school"), values, NOW, publish=True)
    before = catalogue_of(stocked, "school")
    path = tmp_path / name
    with stocked.reading() as session:
        assert export_modules(session, path, format_of(path), NOW.date(), organisation_by_slug(session, "school")) == 4
    plan = imported(stocked, path)
    assert ([values.get("title") for values in plan.changed], len(plan.added), plan.n_unchanged) == ([], 0, 4)
    with stocked.writing() as session:  # and back after damage
        for row in session.scalars(select(Module)):
            row.description, row.outcomes = "", []
            row.editions.clear()
            row.skills.clear()
    imported(stocked, path)
    assert catalogue_of(stocked, "school") == before
    if name.endswith(("csv", "xlsx")):
        assert "\n'=" in "\n" + _cells(path, "title")


def _cells(path: Path, heading: str) -> str:
    if path.suffix == ".csv":
        import csv

        with path.open(encoding="utf-8-sig", newline="") as file:
            return "\n".join(row[heading] for row in csv.DictReader(file, delimiter=";"))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    column = [cell.value for cell in sheet[1]].index(heading)
    return "\n".join(str(row[column].value) for row in sheet.iter_rows(min_row=2))


def test_json_lines_hold_editions_in_a_list(stocked: Database, tmp_path: Path) -> None:
    path = tmp_path / "modules.jsonl"
    lines = [
        {"external_id": 7, "title": "Lassen", "outcomes": ["meten", "boren"], "skills_taught": ["lassen:2"], "url": None,
         "editions": [{"start": "direct", "format": "online", "price_eur": 0, "day_parts": ["monday-morning"]}]},
        {"external_id": 8, "title": "Boren"},
    ]  # fmt: skip
    path.write_text("\ufeff" + "\n\n".join(map(json.dumps, lines)), encoding="utf-8")
    imported(stocked, path)
    with stocked.reading() as session:
        row = module(session, "7")
        assert (row.outcomes, row.editions[0].price_cents, row.editions[0].day_parts) == (["meten", "boren"], 0, ["monday-morning"])
    path.write_text('{"title": "x", "url": {"a": 1}, "editions": [{"start": "nooit", "format": true}]}\n[1]\n', encoding="utf-8")
    with pytest.raises(ImportRefused) as refused:
        imported(stocked, path)
    assert [(one.row, one.field, one.reason) for one in refused.value.problems] == [(2, "row", Reason.NOT_AN_OBJECT)]
    path.write_text('{"title": "x", "url": {"a": 1}, "editions": [{"start": "nooit", "format": true}]}\n', encoding="utf-8")
    with pytest.raises(ImportRefused) as refused:
        imported(stocked, path)
    assert {(one.row, one.field, one.reason) for one in refused.value.problems} == {
        (1, "url", Reason.WRONG_SHAPE),
        (1, "format", Reason.WRONG_SHAPE),
        (1, "start", Reason.NOT_A_START),
    }

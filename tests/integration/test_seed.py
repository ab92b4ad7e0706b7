"""The example catalogue: how much it holds, what it covers, and that loading it is safe to repeat."""

from __future__ import annotations

import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from catalogue.database import Database
from catalogue.models import Base, Edition, IndexChange, Module, ModuleSkill, Occupation, Organisation, Skill
from catalogue.starts import Start
from catalogue.versions import current_versions
from catalogue.vocabulary import Credential, Format, Kind, Level, StartType, Status
from seed.files import DATA, SeedFiles, SeedFilesBroken, read
from seed.generate import NothingToGenerateFrom, generate_catalogue
from seed.load import SeedReport, load_seed, shifted
from tests.conftest import NOW

MOST_ALIKE = 0.30
WORDS_A_GRAM = 5


@pytest.fixture(scope="module")
def files() -> SeedFiles:
    return read()


@pytest.fixture
def seeded(database: Database, files: SeedFiles) -> Database:
    """A database with the example catalogue, of each kind."""
    load(database, files)
    return database


def load(database: Database, files: SeedFiles, now: datetime = NOW) -> SeedReport:
    with database.writing() as session:
        return load_seed(session, files, now)


def rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, but for the outbox."""
    with database.reading() as session:
        tables = [table for table in Base.metadata.sorted_tables if table.name != IndexChange.__tablename__]
        return {table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))] for table in tables}


def grams(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[place : place + WORDS_A_GRAM]) for place in range(len(words) - WORDS_A_GRAM + 1)}


def most_alike(texts: Mapping[str, str]) -> tuple[float, str, str]:
    """The highest Jaccard similarity of two texts on word 5-grams, and which two; only pairs that share a gram are looked at."""
    sets = {name: grams(text) for name, text in texts.items()}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, own in sets.items():
        for gram in own:
            holders[gram].append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in holders.values():
        shared.update((first, second) for place, first in enumerate(names) for second in names[place + 1 :])
    alike = ((count / (len(sets[first]) + len(sets[second]) - count), first, second) for (first, second), count in shared.items())
    return max(alike, default=(0.0, "", ""))


def test_the_catalogue_is_large_enough_to_start_with(seeded: Database) -> None:
    with seeded.reading() as session:
        counts = {model: session.scalar(select(func.count()).select_from(model)) or 0 for model in (Module, Edition, Skill, Occupation)}
        assert counts[Module] >= 300
        assert counts[Edition] >= 700
        assert counts[Skill] >= 600
        assert counts[Occupation] >= 120
        modules = session.scalars(select(Module)).all()
        assert all(module.is_example and module.status is Status.PUBLISHED for module in modules)
        assert session.scalar(select(func.count()).select_from(IndexChange)) == len(modules), "each waits for the index once"


def test_every_code_of_the_vocabulary_occurs(files: SeedFiles) -> None:
    modules, editions = files.modules, [edition for module in files.modules for edition in module["edition"]]
    assert {module["level"] for module in modules} == set(Level)
    assert {module["kind"] for module in modules} == set(Kind)
    # A diploma takes a whole programme; here only stacks may earn one.
    assert {module["credential"] for module in modules} >= set(Credential) - {Credential.DIPLOMA}
    assert {edition["format"] for edition in editions} == set(Format)
    assert {Start.parse(str(edition["start"])).type for edition in editions} == set(StartType)
    prices = [edition["price_eur"] for edition in editions]
    assert min(prices) == 0
    assert max(prices) >= 2000
    assert {module["language"] for module in modules} >= {"nl", "en"}


def test_no_two_descriptions_are_alike(files: SeedFiles) -> None:
    texts = {module["id"]: module["description"] for module in files.modules}
    share, first, second = most_alike(texts)
    print(f"most alike: {first} and {second}, {share:.3f}")  # noqa: T201 - the figure is worth seeing with -s
    assert share < MOST_ALIKE, f"{first} and {second} share {share:.2f} of their word 5-grams"


def test_a_copied_description_is_found(files: SeedFiles) -> None:
    text = files.modules[0]["description"]
    share, *names = most_alike({"one": text, "other": files.modules[1]["description"], "copy": text + " Een nieuwe laatste zin."})
    assert set(names) == {"one", "copy"}
    assert share > 0.9
    assert most_alike({"a": "een twee drie vier vijf zes", "b": "een twee drie vier vijf zeven"}) == (pytest.approx(1 / 3), "a", "b")


def test_loading_again_changes_nothing(seeded: Database, files: SeedFiles) -> None:
    before = rows(seeded)
    with seeded.reading() as session:
        versions, waiting = current_versions(session), session.scalar(select(func.count()).select_from(IndexChange))
    report = load(seeded, files, NOW + timedelta(days=20))
    assert report.is_unchanged
    assert rows(seeded) == before
    with seeded.reading() as session:
        assert current_versions(session) == versions
        assert session.scalar(select(func.count()).select_from(IndexChange)) == waiting


def test_a_later_year_moves_dates_on_by_whole_years_of_52_weeks(sqlite_database: Database, files: SeedFiles) -> None:
    def starts() -> dict[str, Start]:
        with sqlite_database.reading() as session:
            return {edition.uid: edition.start for edition in session.scalars(select(Edition))}

    load(sqlite_database, files)
    before = starts()
    report = load(sqlite_database, files, NOW.replace(year=2029))
    after = starts()
    assert {name: count for name, count in report.added.items() if count} == {}
    dated = {uid for uid, start in before.items() if start.on}
    assert report.changed["edition"] == len(dated) > 300
    for uid, start in before.items():
        moved = start.on + timedelta(weeks=3 * 52) if start.on else None
        assert after[uid] == Start(start.type, moved, start.every_weeks, start.when_enrolled)
        assert not moved or moved.weekday() == (start.on or moved).weekday()


@pytest.mark.parametrize(("year", "weeks"), [(2020, 0), (2026, 0), (2027, 52), (2030, 208)])
def test_dates_never_move_back(year: int, weeks: int) -> None:
    start = Start.parse("2027-02-08")
    assert shifted(start, NOW.replace(year=year).date()).on == NOW.replace(year=2027, month=2, day=8).date() + timedelta(weeks=weeks)


def test_what_differs_is_mended_and_what_others_made_stays(sqlite_database: Database, files: SeedFiles) -> None:
    load(sqlite_database, files)
    slug = files.modules[0]["id"]
    with sqlite_database.writing() as session:
        module = session.scalars(select(Module).where(Module.slug == slug)).one()
        module.title, module.workload_hours = "Anders", 1.0
        module.editions.pop()
        organisation = session.scalars(select(Organisation)).first()
        own = Module(slug="eigen", title="Eigen", organisation=organisation, created_at=NOW, updated_at=NOW)
        session.add(own)
    report = load(sqlite_database, files)
    assert (report.changed["module"], report.added["edition"], report.added["module"]) == (1, 1, 0)
    with sqlite_database.reading() as session:
        module = session.scalars(select(Module).where(Module.slug == slug)).one()
        assert (module.title, len(module.editions)) == (files.modules[0]["title"], len(files.modules[0]["edition"]))
        assert session.scalars(select(Module.title).where(Module.slug == "eigen")).one() == "Eigen"


@pytest.mark.parametrize(
    ("former", "wrong", "field", "reason"),
    [
        ('level = "mbo-4"', 'level = "mbo-5"', "level", "'mbo-5' is not one of"),
        ('organisation = "curio"', 'organisation = "niemand"', "organisation", "'niemand' is no organisation"),
        ('load = "80 SBU"', 'load = "tachtig"', "load", "'tachtig' is no study load"),
        ('"warmtepomp-plaatsen:3"', '"warmtepomp-plaatsen:7"', "teaches", "is no skill with level"),
        ('"warmtepomp-plaatsen:3"', '"warmtepomp-eten:3"', "teaches", "'warmtepomp-eten' is no skill"),
        ('language = "nl"\n', "", "language", "is missing"),
        ('language = "nl"\n', 'language = "nl"\ncolour = "red"\n', "colour", "is no field here"),
        ('start = "2027-02-11"', 'start = "morgen"', "edition 1 start", "'morgen' is no start"),
        ("price_eur = 595.0", "price_eur = -1", "edition 1 price_eur", "must be 0 or more"),
    ],
)
def test_a_broken_file_is_named_with_entry_and_field(tmp_path: Path, former: str, wrong: str, field: str, reason: str) -> None:
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    path = folder / "modules" / "energie-installatie.toml"
    text = path.read_text(encoding="utf-8")
    assert former in text
    path.write_text(text.replace(former, wrong, 1), encoding="utf-8")
    with pytest.raises(SeedFilesBroken) as broken:
        read(folder)
    named = [problem for problem in broken.value.problems if problem.field == field]
    assert named, broken.value
    assert (named[0].file, named[0].entry) == ("modules/energie-installatie.toml", "warmtepompen-plaatsen-en-inregelen")
    assert reason in named[0].reason
    assert str(named[0]) in str(broken.value)


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    (folder / "themes.toml").write_text("[[theme]\n", encoding="utf-8")
    (folder / "skills" / "groen.toml").write_text('[[skill]]\nid = "Groen!"\nnl = "groen"\n', encoding="utf-8")
    with pytest.raises(SeedFilesBroken) as broken:
        read(folder)
    named = {(problem.file, problem.field) for problem in broken.value.problems}
    assert named >= {("themes.toml", "toml"), ("skills/groen.toml", "id"), ("skills/groen.toml", "en")}
    assert any(problem.file.startswith("modules/") and problem.field == "theme" for problem in broken.value.problems)


def synthetic(database: Database) -> list[tuple[object, ...]]:
    """All that was generated, without keys that the database hands out."""
    with database.reading() as session:
        modules = session.scalars(select(Module).where(Module.slug.like("synthetic-%")).order_by(Module.slug)).all()
        return [
            (
                module.slug, module.uid, module.title, module.description, module.level, module.workload_hours, module.organisation_id,
                sorted((row.skill_id, row.role, row.level) for row in module.skills),
                [(edition.uid, edition.start, edition.price_cents, edition.place_id, edition.format) for edition in module.editions],
            )
            for module in modules
        ]  # fmt: skip


def undo(database: Database, slugs: Iterable[object]) -> None:
    with database.writing() as session:
        for module in session.scalars(select(Module).where(Module.slug.in_(list(slugs)))):
            session.delete(module)


def test_generated_catalogues_are_reproducible_and_a_broken_off_run_goes_on(seeded: Database) -> None:
    assert generate_catalogue(seeded, 300, 7, NOW) == 300
    whole = synthetic(seeded)
    assert len(whole) == 300
    assert generate_catalogue(seeded, 300, 7, NOW) == 0
    assert synthetic(seeded) == whole
    undo(seeded, [row[0] for row in whole])
    assert synthetic(seeded) == []
    assert generate_catalogue(seeded, 120, 7, NOW) == 120
    assert generate_catalogue(seeded, 300, 7, NOW) == 180
    assert synthetic(seeded) == whole
    assert generate_catalogue(seeded, 50, 8, NOW) == 50
    other = [row for row in synthetic(seeded) if str(row[0]).startswith("synthetic-8-")]
    assert {row[2] for row in other} != {row[2] for row in whole[:50]}


def test_generated_modules_are_examples_with_a_realistic_skew(sqlite_database: Database, files: SeedFiles) -> None:
    load(sqlite_database, files)
    generate_catalogue(sqlite_database, 600, 1, NOW)
    with sqlite_database.reading() as session:
        modules = session.scalars(select(Module).where(Module.slug.like("synthetic-%"))).all()
        assert all(module.is_example and module.editions and module.taught for module in modules)
        providers = Counter(module.organisation_id for module in modules).most_common()
        assert providers[0][1] > 4 * 600 / len(providers), "a few providers offer most"
        taught = Counter(session.scalars(select(ModuleSkill.skill_id).where(ModuleSkill.module_id.in_([one.id for one in modules]))))
        assert max(taught.values()) > 10 * sorted(taught.values())[len(taught) // 2], "few skills are taught everywhere"


def test_nothing_can_be_generated_from_an_empty_database(sqlite_database: Database) -> None:
    with pytest.raises(NothingToGenerateFrom, match="seed load"):
        generate_catalogue(sqlite_database, 10, 1, NOW)

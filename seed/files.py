"""The files of the seed catalogue: read, checked, and handed on as plain values.

`python -m seed.files` prints every problem with its file, entry and field, and ends with 1 when there is one.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from catalogue.starts import Start, StartNotUnderstood
from catalogue.vocabulary import COLLECTIONS, DAY_PARTS, AssessmentForm, Credential, Format, Kind, Level, LoadUnit

DATA = Path(__file__).parent / "data"
Entry = dict[str, Any]

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LOAD = re.compile(r"(\d+(?:\.\d+)?) (hours|SBU|EC)")
_GRADED = re.compile(r"([a-z0-9-]+):([1-4])")
_RISING = re.compile(r"([a-z0-9-]+):([0-3])>([1-4])")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a seed file."""

    file: str
    entry: str
    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.entry}: {self.field}: {self.reason}"


@dataclass(slots=True)
class SeedFiles:
    """All entries of the seed catalogue, by table."""

    themes: list[Entry] = field(default_factory=list)
    places: list[Entry] = field(default_factory=list)
    organisations: list[Entry] = field(default_factory=list)
    hubs: list[Entry] = field(default_factory=list)
    skills: list[Entry] = field(default_factory=list)
    occupations: list[Entry] = field(default_factory=list)
    modules: list[Entry] = field(default_factory=list)
    stacks: list[Entry] = field(default_factory=list)
    demands: list[Entry] = field(default_factory=list)


class SeedFilesBroken(ValueError):
    """The seed files do not hold together; `problems` says where."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def study_load(text: str) -> tuple[float, LoadUnit]:
    """Reads "80 SBU", "3 EC" or "6 hours". Raises ValueError on anything else."""
    match = _LOAD.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is no study load; write for example '80 SBU', '3 EC' or '6 hours'")
    return float(match[1]), LoadUnit(match[2])


def graded(text: str) -> tuple[str, int]:
    """Reads "skill-id:3". Raises ValueError on anything else."""
    match = _GRADED.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is no skill with level; write 'skill-id:3' with a level from 1 to 4")
    return match[1], int(match[2])


def rising(text: str) -> tuple[str, int, int]:
    """Reads "skill-id:1>3". Raises ValueError on anything else."""
    match = _RISING.fullmatch(text)
    if not match or match[2] >= match[3]:
        raise ValueError(f"{text!r} is no skill with two levels; write 'skill-id:1>3' for what people know now and what they need")
    return match[1], int(match[2]), int(match[3])


def read(folder: Path = DATA) -> SeedFiles:
    """Reads and checks all seed files.

    Raises:
        SeedFilesBroken: with every problem found.
    """
    files, problems = SeedFiles(), []
    for path in sorted(folder.rglob("*.toml")):
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            problems.append(Problem(path.name, "file", "toml", str(error)))
            continue
        for table, entries in tables.items():
            if not hasattr(files, table + "s") or not isinstance(entries, list):
                problems.append(Problem(path.name, table, "table", "is no table of the seed catalogue"))
                continue
            for entry in entries:
                entry["file"] = str(path.relative_to(folder))
                getattr(files, table + "s").append(entry)
    problems.extend(_problems(files))
    if problems:
        raise SeedFilesBroken(problems)
    return files


def _problems(files: SeedFiles) -> Iterator[Problem]:
    known: dict[str, set[str]] = {}
    for table in SeedFiles.__dataclass_fields__:
        entries = getattr(files, table)
        ids: set[str] = set()
        for entry in entries:
            name = str(entry.get("id", "?"))
            if not _SLUG.fullmatch(name):
                yield Problem(entry["file"], name, "id", "must be lower-case words joined by hyphens")
            if name in ids:
                yield Problem(entry["file"], name, "id", "stands twice")
            ids.add(name)
        known[table] = ids
    for table, check in _CHECKS.items():
        for entry in getattr(files, table):
            checker = _Checker(entry, known)
            try:
                check(checker)
            except KeyError as error:
                checker.say(str(error.args[0]), "is missing")
            yield from checker.problems


@dataclass(slots=True)
class _Checker:
    """Collects the problems of one entry."""

    entry: Entry
    known: Mapping[str, set[str]]
    label: str = ""
    problems: list[Problem] = field(default_factory=list)

    def say(self, name: str, reason: str) -> None:
        self.problems.append(Problem(self.entry["file"], str(self.entry.get("id", "?")), self.label + name, reason))

    def only(self, source: Entry, required: str, optional: str = "") -> None:
        """Says which required fields are missing or empty, and which fields nobody knows."""
        for name in required.split():
            if source.get(name) in (None, "", []):
                self.say(name, "is missing or empty")
        for name in source.keys() - {*required.split(), *optional.split(), "id", "file"}:
            self.say(name, "is no field here")

    def one_of(self, name: str, value: object, allowed: object) -> None:
        if value not in set(map(str, allowed)):  # type: ignore[call-overload]
            self.say(name, f"{value!r} is not one of {', '.join(map(str, allowed))}")  # type: ignore[call-overload]

    def refers(self, name: str, values: list[str], table: str) -> None:
        for value in values:
            if value not in self.known[table]:
                self.say(name, f"{value!r} is no {table.rstrip('s')}")

    def refers_graded(self, name: str) -> None:
        for text in self.entry.get(name, []):
            try:
                self.refers(name, [graded(text)[0]], "skills")
            except ValueError as error:
                self.say(name, str(error))


def _check_skill(check: _Checker) -> None:
    entry = check.entry
    check.only(entry, "nl en", "alt_nl alt_en kind broader related collections esco")
    check.one_of("kind", entry.get("kind", "skill"), ("skill", "knowledge"))
    check.refers("broader", [entry["broader"]] if entry.get("broader") else [], "skills")
    check.refers("related", entry.get("related", []), "skills")
    for name in entry.get("collections", []):
        check.one_of("collections", name, COLLECTIONS)
    if not entry.get("esco", "http://data.europa.eu/esco/skill/").startswith("http://data.europa.eu/esco/skill/"):
        check.say("esco", "must be the URI of an ESCO skill")


def _check_occupation(check: _Checker) -> None:
    check.only(check.entry, "nl en essential", "alt_nl alt_en isco description_nl optional esco")
    check.refers_graded("essential")
    check.refers_graded("optional")
    if not re.fullmatch(r"\d{4}", str(check.entry.get("isco", "0000"))):
        check.say("isco", "must be four digits")


def _check_module(check: _Checker) -> None:
    entry = check.entry
    check.only(
        entry,
        "title organisation theme level kind credential language load description audience outcomes teaches edition",
        "hub entry assessment requires assessment_form is_supervised is_identity_checked is_stackable",
    )
    check.refers("organisation", [entry["organisation"]], "organisations")
    check.refers("hub", [entry["hub"]] if entry.get("hub") else [], "hubs")
    check.refers("theme", [entry["theme"]], "themes")
    check.one_of("level", entry["level"], Level)
    check.one_of("kind", entry["kind"], Kind)
    check.one_of("credential", entry["credential"], Credential)
    check.one_of("assessment_form", entry.get("assessment_form", AssessmentForm.UNKNOWN), AssessmentForm)
    for name in ("is_supervised", "is_identity_checked", "is_stackable"):
        if entry.get(name) not in (None, True, False):
            check.say(name, "must be true or false")
    check.refers_graded("teaches")
    check.refers_graded("requires")
    words = len(str(entry["description"]).split())
    if not 60 <= words <= 220:
        check.say("description", f"has {words} words; 60 to 220 are asked")
    try:
        study_load(entry["load"])
    except ValueError as error:
        check.say("load", str(error))
    for number, edition in enumerate(entry["edition"], 1):
        check.label = f"edition {number} "
        _check_edition(check, edition)
    check.label = ""


def _check_edition(check: _Checker, edition: Entry) -> None:
    check.only(edition, "start weeks format", "place day_parts price_eur capacity minimum_group")
    try:
        Start.parse(str(edition["start"]))
    except StartNotUnderstood as error:
        check.say("start", str(error))
    check.one_of("format", edition["format"], Format)
    if edition["format"] != Format.ONLINE or edition.get("place"):
        check.refers("place", [edition.get("place", "")], "places")
    if not isinstance(edition.get("price_eur"), int | float) or edition["price_eur"] < 0:
        check.say("price_eur", "must be 0 or more")
    if not isinstance(edition["weeks"], int) or edition["weeks"] < 1:
        check.say("weeks", "must be a whole number of at least 1")
    for part in edition.get("day_parts", []):
        if part not in DAY_PARTS:
            check.say("day_parts", f"{part!r} is no day part; write for example 'thursday-evening'")


def _check_demand(check: _Checker) -> None:
    entry = check.entry
    check.only(entry, "title wish place theme people needed_by skills", "max_km budget_eur online")
    check.refers("place", [entry["place"]], "places")
    check.refers("theme", [entry["theme"]], "themes")
    for name in ("people", "max_km", "budget_eur"):
        if not isinstance(entry.get(name, 1), int) or entry.get(name, 1) < 1:
            check.say(name, "must be a whole number of at least 1")
    try:
        date.fromisoformat(entry["needed_by"])
    except (TypeError, ValueError):
        check.say("needed_by", "must be a day like '2027-07-02'")
    for text in entry["skills"]:
        try:
            check.refers("skills", [rising(text)[0]], "skills")
        except ValueError as error:
            check.say("skills", str(error))


def _check_stack(check: _Checker) -> None:
    check.only(check.entry, "title organisation credential description modules")
    check.refers("organisation", [check.entry["organisation"]], "organisations")
    check.refers("modules", check.entry["modules"], "modules")
    check.one_of("credential", check.entry["credential"], Credential)


_CHECKS = {
    "themes": lambda check: check.only(check.entry, "nl en summary_nl summary_en"),
    "places": lambda check: check.only(check.entry, "name province lat lon", "alt"),
    "organisations": lambda check: check.only(check.entry, "name kind place region url", "other_places brin"),
    "hubs": lambda check: check.only(check.entry, "name theme place partners region summary_nl"),
    "skills": _check_skill,
    "occupations": _check_occupation,
    "modules": _check_module,
    "stacks": _check_stack,
    "demands": _check_demand,
}


def main() -> int:
    """Checks the seed files of this project."""
    try:
        files = read()
    except SeedFilesBroken as error:
        print(error, file=sys.stderr)
        return 1
    editions = sum(len(module["edition"]) for module in files.modules)
    print(f"{len(files.skills)} skills, {len(files.occupations)} occupations, {len(files.modules)} modules, {editions} editions: all well")
    return 0


if __name__ == "__main__":
    sys.exit(main())

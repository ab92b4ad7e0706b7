"""The official ESCO download in CSV, read as it is and checked as a whole before anything is written.

Layout: https://esco.ec.europa.eu/en/use-esco/download, one folder with files named `skills_nl.csv` and so on. A full download has all
files of `EscoFiles`; a folder with labels in a further language needs only skills and occupations.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from catalogue.progress import Progress, silent
from catalogue.vocabulary import Importance, SkillKind

LANGUAGES = ("nl", "en")
MOST_PROBLEMS = 20
_MOST_FIELD_CHARS = 1_000_000
_URI = "http://data.europa.eu/esco/"
_ISCO = re.compile(r"[0-9]{1,4}")

LABEL_FILES = ("skills", "occupations")
STRUCTURE_FILES = (
    "skillGroups",
    "skillsHierarchy",
    "ISCOGroups",
    "broaderRelationsSkillPillar",
    "broaderRelationsOccPillar",
    "skillSkillRelations",
    "occupationSkillRelations",
    "greenSkillsCollection",
    "digitalSkillsCollection",
    "transversalSkillsCollection",
    "languageSkillsCollection",
)
COLLECTION_FILES = {name: name.removesuffix("SkillsCollection") for name in STRUCTURE_FILES if name.endswith("Collection")}


@dataclass(frozen=True, slots=True)
class EscoProblem:
    """One thing wrong: the file, its row (as a spreadsheet counts, the header is row 1; 0 for the whole file), column and reason."""

    file: str
    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        where = f", row {self.row}" if self.row else ""
        return f"{self.file}{where}{f', column {self.column}' if self.column else ''}: {self.reason}"


class EscoFilesBroken(ValueError):
    """The files cannot be imported; `problems` says where, at most `MOST_PROBLEMS` of them."""

    def __init__(self, problems: list[EscoProblem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class EscoConcept:
    """A skill, group or occupation with its names in the folder's language. `group` is an occupation's ISCO unit group."""

    uri: str
    label: str
    aliases: tuple[str, ...]
    description: str
    kind: SkillKind = SkillKind.SKILL
    reuse_level: str = ""
    group: str = ""
    code: str = ""


@dataclass(slots=True)
class EscoFiles:
    """All that a folder says."""

    language: str
    skills: list[EscoConcept] = field(default_factory=list)
    groups: list[EscoConcept] = field(default_factory=list)
    occupations: list[EscoConcept] = field(default_factory=list)
    isco_groups: list[EscoConcept] = field(default_factory=list)
    broader_skills: list[tuple[str, str]] = field(default_factory=list)
    broader_occupations: list[tuple[str, str]] = field(default_factory=list)
    related_skills: list[tuple[str, str]] = field(default_factory=list)
    needs: list[tuple[str, str, Importance]] = field(default_factory=list)
    """Occupation, skill, importance."""
    knowledge: set[str] = field(default_factory=set)
    """Skills that the relations call knowledge; tells the kind of a skill that has no label here."""
    collections: list[tuple[str, str]] = field(default_factory=list)


def language_of(folder: Path) -> str:
    """The language that the file names of `folder` tell. Raises EscoFilesBroken where there is none, or more than one."""
    found = [language for language in LANGUAGES if (folder / f"skills_{language}.csv").is_file()]
    if len(found) != 1:
        reason = "is missing" if not found else "stands there in two languages; choose one with --language"
        raise EscoFilesBroken([EscoProblem(str(folder / "skills_nl.csv"), 0, "", reason)])
    return found[0]


def read_esco(folder: Path, language: str, progress: Progress = silent) -> EscoFiles:
    """Reads a folder.

    Raises:
        EscoFilesBroken: a file is missing, is no UTF-8 CSV, lacks a column, or holds a value that cannot be.
    """
    reader = _Reader(folder, language)
    has_structure = any((folder / f"{name}_{language}.csv").exists() for name in STRUCTURE_FILES)
    names = (*LABEL_FILES, *STRUCTURE_FILES) if has_structure else LABEL_FILES
    for number, name in enumerate(names):
        progress("read ESCO files", number, len(names))
        reader.read(name)
    progress("read ESCO files", len(names), len(names))
    if reader.problems:
        raise EscoFilesBroken(reader.problems[:MOST_PROBLEMS])
    return reader.files


class _Row:
    """One row with its place, whose getters note what is wrong with a field."""

    def __init__(self, values: dict[str, str], say: Callable[[str, str], None]) -> None:
        self._values, self._say = values, say

    def text(self, column: str) -> str:
        return self._values[column].strip()

    def filled(self, column: str) -> str:
        value = self.text(column)
        if not value:
            self._say(column, "is empty")
        return value

    def uri(self, column: str) -> str:
        value = self.text(column)
        if not value.startswith(_URI) or any(character.isspace() for character in value):
            self._say(column, f"{value[:80]!r} is no ESCO address")
        return value

    def one_of(self, column: str, *allowed: str) -> str:
        value = self.text(column)
        if value not in allowed:
            self._say(column, f"{value[:80]!r} is not one of {', '.join(allowed)}")
        return value

    def names(self, column: str) -> tuple[str, ...]:
        """Alternative labels, one a line."""
        return tuple(dict.fromkeys(name for line in self.text(column).splitlines() if (name := line.strip())))


class _Reader:
    """Reads the files of one folder and collects their problems."""

    def __init__(self, folder: Path, language: str) -> None:
        self.folder, self.files = folder, EscoFiles(language)
        self.problems: list[EscoProblem] = []

    def read(self, name: str) -> None:
        columns, use = _FILES[name] if name in _FILES else _FILES["collection"]
        for row in self._rows(f"{name}_{self.files.language}.csv", columns):
            use(self.files, row, COLLECTION_FILES.get(name, ""))

    def _rows(self, file: str, columns: str) -> Iterator[_Row]:
        csv.field_size_limit(_MOST_FIELD_CHARS)
        number = 0
        try:
            with (self.folder / file).open(encoding="utf-8-sig", newline="") as lines:
                records = csv.reader(lines, strict=True)
                header = next(records, [])
                number = 1
                missing = [column for column in columns.split() if column.replace("_", " ") not in header]
                self.problems += [EscoProblem(file, 1, column.replace("_", " "), "this column is missing") for column in missing]
                if missing:
                    return
                # The official hierarchy leaves out empty last fields, so a row need only reach the last column that is used.
                fewest = 1 + max(header.index(column.replace("_", " ")) for column in columns.split())
                for number, record in enumerate(records, 2):
                    if len(self.problems) >= MOST_PROBLEMS:
                        return
                    if not fewest <= len(record) <= len(header):
                        column = header[len(record)] if len(record) < len(header) else header[-1]
                        self._say(file, number, column, f"the row has {len(record)} fields where the header has {len(header)}")
                        continue
                    yield _Row(dict(zip(header, record, strict=False)), partial(self._say, file, number))
        except FileNotFoundError:
            self._say(file, 0, "", "the file is missing")
        except UnicodeDecodeError as error:
            self._say(file, number + 1, "", f"is not written in UTF-8 ({error.reason} at byte {error.start})")
        except (csv.Error, OSError) as error:
            self._say(file, number + 1, "", f"cannot be read: {error}")

    def _say(self, file: str, row: int, column: str, reason: str) -> None:
        self.problems.append(EscoProblem(file, row, column, reason))


def _skill(files: EscoFiles, row: _Row, _: str) -> None:
    kind = row.one_of("skillType", "skill/competence", "knowledge", "language", "attitude", "")
    files.skills.append(
        EscoConcept(
            uri=row.uri("conceptUri"),
            label=row.filled("preferredLabel"),
            aliases=row.names("altLabels"),
            description=row.text("description"),
            kind=SkillKind.KNOWLEDGE if kind == "knowledge" else SkillKind.SKILL,
            reuse_level=row.text("reuseLevel"),
        )
    )


def _occupation(files: EscoFiles, row: _Row, _: str) -> None:
    group = row.text("iscoGroup")
    if not _ISCO.fullmatch(group):
        row._say("iscoGroup", f"{group[:80]!r} is no ISCO code")
    files.occupations.append(
        EscoConcept(
            uri=row.uri("conceptUri"),
            label=row.filled("preferredLabel"),
            aliases=row.names("altLabels"),
            description=row.text("description"),
            group=group,
            code=row.text("code"),
        )
    )


def _group(files: EscoFiles, row: _Row, _: str) -> None:
    files.groups.append(
        EscoConcept(
            row.uri("conceptUri"), row.filled("preferredLabel"), (), row.text("description"), SkillKind.GROUP, code=row.text("code")
        )
    )


def _isco_group(files: EscoFiles, row: _Row, _: str) -> None:
    code = row.text("code")
    if not _ISCO.fullmatch(code):
        row._say("code", f"{code[:80]!r} is no ISCO code")
    files.isco_groups.append(EscoConcept(row.uri("conceptUri"), row.filled("preferredLabel"), (), "", code=code))


def _hierarchy(files: EscoFiles, row: _Row, _: str) -> None:
    """The hierarchy repeats the broader relations level by level; what it adds are pairs of neighbouring levels."""
    levels = [row.uri(f"Level {level} URI") for level in range(4) if row.text(f"Level {level} URI")]
    files.broader_skills.extend(zip(levels[1:], levels[:-1], strict=True))


def _broader_skill(files: EscoFiles, row: _Row, _: str) -> None:
    files.broader_skills.append((row.uri("conceptUri"), row.uri("broaderUri")))


def _broader_occupation(files: EscoFiles, row: _Row, _: str) -> None:
    pair = (row.uri("conceptUri"), row.uri("broaderUri"))
    if (row.text("conceptType"), row.text("broaderType")) == ("Occupation", "Occupation"):
        files.broader_occupations.append(pair)


def _related(files: EscoFiles, row: _Row, _: str) -> None:
    row.one_of("relationType", "essential", "optional")
    files.related_skills.append((row.uri("originalSkillUri"), row.uri("relatedSkillUri")))


def _need(files: EscoFiles, row: _Row, _: str) -> None:
    importance = row.one_of("relationType", "essential", "optional")
    skill = row.uri("skillUri")
    if row.text("skillType") == "knowledge":
        files.knowledge.add(skill)
    if importance in ("essential", "optional"):
        files.needs.append((row.uri("occupationUri"), skill, Importance(importance)))


def _collected(files: EscoFiles, row: _Row, collection: str) -> None:
    files.collections.append((row.uri("conceptUri"), collection))


_Use = Callable[[EscoFiles, _Row, str], None]
_FILES: dict[str, tuple[str, _Use]] = {
    "skills": ("conceptUri skillType reuseLevel preferredLabel altLabels description", _skill),
    "occupations": ("conceptUri iscoGroup preferredLabel altLabels description code", _occupation),
    "skillGroups": ("conceptUri preferredLabel description code", _group),
    "ISCOGroups": ("conceptUri code preferredLabel", _isco_group),
    "skillsHierarchy": ("Level_0_URI Level_1_URI Level_2_URI Level_3_URI", _hierarchy),
    "broaderRelationsSkillPillar": ("conceptUri broaderUri", _broader_skill),
    "broaderRelationsOccPillar": ("conceptType conceptUri broaderType broaderUri", _broader_occupation),
    "skillSkillRelations": ("originalSkillUri relationType relatedSkillUri", _related),
    "occupationSkillRelations": ("occupationUri relationType skillType skillUri", _need),
    "collection": ("conceptUri", _collected),
}

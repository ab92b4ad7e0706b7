"""A module out of a text that a provider has already: its headings say what is what, and some facts stand in its words.

Only what a text states in so many words is taken; the rest is left for a person to fill in.
"""

from __future__ import annotations

import re

from catalogue.exchange import cells
from catalogue.exchange.problems import BadCell
from catalogue.publishing.values import ModuleValues
from catalogue.vocabulary import Level

MOST_TITLE_CHARS = 120
MOST_HEADING_WORDS = 8
MOST_OUTCOME_CHARS = 300
MOST_OUTCOMES = 30
FEWEST_STATING_WORDS = 3
"""A heading of fewer words says nothing by itself."""
LONG_LINE_CHARS = 60
"""A line of so many characters was broken by a program, and not by who wrote it."""

_HEADINGS = {
    "outcomes": (
        r"leerdoel|leeruitkomst|leerresulta|na afloop|na deze|wat (?:leer|kun|kan|ga je leren)|dit leer|resultaat|dit kun"
        r"|learning (?:outcome|goal)|you will learn|after this"
    ),
    "audience": r"voor wie|doelgroep|for whom|who is it for|target (?:group|audience)|bestemd voor",
    "entry_text": r"instap|ingangseis|vooropleiding|voorkennis|toelating|vereist|wat heb je nodig|entry|prerequisite|admission",
    "assessment": r"toets|examen|beoordeling|afsluiting|afronding|assessment|examination",
    "description": r"inhoud|omschrijving|beschrijving|programma|over de|over deze|onderwerpen|opzet|content|description|about",
}
_HEADING = {name: re.compile(rf"(?:{words})", re.IGNORECASE) for name, words in _HEADINGS.items()}
_OTHER_HEADING = re.compile(
    r"(?:kosten|prijs|data|start|locatie|planning|contact|aanmelden|praktisch|duur|price|dates?|location"
    r"|niveau|studielast|studiebelasting|omvang|certificaat|bewijs|level|workload)\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"((?:\S+ ){0,3}\S+[:?])\s+(\S.*)")
"""A short heading and what it is about on one line: "Toetsing: een praktijkopdracht"."""
_LEVEL_LINE = re.compile(r"^\W*(?:niveau|level)\b.*", re.IGNORECASE | re.MULTILINE)
_BULLET = re.compile(r"^\s*(?:[-•*–·▪]|\d{1,2}[.)])\s+")
_LOADS = (
    re.compile(r"(\d[\d.,]*)\s*(ects?|ecs?|studiepunten)\b", re.IGNORECASE),
    re.compile(r"(\d[\d.,]*)\s*(sbu|studiebelastingsuren)\b", re.IGNORECASE),
    re.compile(r"(?:studielast|studiebelasting|totaal|in total|workload)\D{0,30}?(\d[\d.,]*)\s*(uur|uren|hours)\b", re.IGNORECASE),
)
_LEVELS = (
    (re.compile(r"\bmbo[ -]*(?:niveau|n)?[ -]*([1-4])\b", re.IGNORECASE), None),
    (re.compile(r"\bassociate[ -]degree\b|\bad-niveau\b", re.IGNORECASE), Level.ASSOCIATE_DEGREE),
    (re.compile(r"\bhbo[ -]*master|\bmaster[^.\n]{0,20}\bhbo\b", re.IGNORECASE), Level.HBO_MASTER),
    (re.compile(r"\b(?:wo|universitaire?)[ -]*master", re.IGNORECASE), Level.WO_MASTER),
    (re.compile(r"\bhbo\b", re.IGNORECASE), Level.HBO_BACHELOR),
    (re.compile(r"\bwo[ -](?:bachelor|niveau)\b", re.IGNORECASE), Level.WO_BACHELOR),
)


def module_in(text: str) -> ModuleValues:
    """What a running text says of a module; a field of which it says nothing is not there.

    Raises:
        BadCell: the text holds characters that cannot be kept.
    """
    lines = [line.strip() for line in cells.text(text).split("\n")]
    values = ModuleValues()
    first = next((line for line in lines if line), "")
    if first and len(first) <= MOST_TITLE_CHARS and not first.endswith((".", ":")):
        values["title"] = first
        lines = lines[lines.index(first) + 1 :]
    sections = _sections(lines)
    for name in ("description", "audience", "entry_text", "assessment"):
        if body := _paragraphs(sections.get(name, [])):
            values[name] = body
    if outcomes := _outcomes(sections.get("outcomes", [])):
        values["outcomes"] = outcomes
    if level := _level(text):
        values["level"] = level
    for pattern in _LOADS:
        if stated := pattern.search(text):
            try:
                values["workload_hours"], values["load_unit"] = cells.load(f"{stated[1].rstrip('.,')} {stated[2]}")
            except BadCell:
                continue
            break
    return values


def _sections(lines: list[str]) -> dict[str, list[str]]:
    """Lines below the kind of heading that they stand under; those without one describe. A heading with nothing below it is kept itself."""
    found: dict[str, list[str]] = {}
    name = "description"
    alone: list[str] = []
    for line in lines:
        labelled = _LABELLED.fullmatch(line)
        head, below = (labelled[1], labelled[2]) if labelled else (line, "")
        kind = _kind(head)
        if kind is None:
            found.setdefault(name, []).append(line)
            alone = [] if line else alone
            continue
        if kind != name:
            found.setdefault(name, []).extend(alone)
        if kind == "other":
            name, alone, stated = "description", [], [line]
        else:
            name, stated = kind, [below] if below else []
            alone = [line] if not below and len(line.split()) >= FEWEST_STATING_WORDS else []
        found.setdefault(name, []).extend(stated)
    found.setdefault(name, []).extend(alone)
    return found


def _kind(line: str) -> str | None:
    """What the text below a heading is about; None for a line that is no heading."""
    bare = line.strip("#*_ ").rstrip(":?")
    if not 0 < len(bare.split()) <= MOST_HEADING_WORDS or line.endswith((".", ",", ";")) or _BULLET.match(line):
        return None
    kind = next((kind for kind, pattern in _HEADING.items() if pattern.match(bare)), None)
    return kind or ("other" if _OTHER_HEADING.match(bare) else None)


def _paragraphs(lines: list[str]) -> str:
    """Lines with an empty one at most between two of them; a sentence that was broken off at the end of a long line goes on."""
    whole = "\n".join(lines).strip()
    joined = re.sub(rf"(?m)^(.{{{LONG_LINE_CHARS},}}[^\s.:;!?])\n(?=[^\W\d_])", r"\1 ", whole)
    return re.sub(r"\n{3,}", "\n\n", joined)


def _outcomes(lines: list[str]) -> list[str]:
    """One outcome a bullet or a line, with what goes on in small letters below a bullet; an introduction that ends in ":" is left out."""
    stated: list[str] = []
    is_in_bullet = False
    for line in lines:
        if is_in_bullet and line[:1].islower():
            stated[-1] = f"{stated[-1]} {line}"
        elif line and not line.endswith(":"):
            is_in_bullet = bool(_BULLET.match(line))
            stated.append(_BULLET.sub("", line))
        else:
            is_in_bullet = False
    return [" ".join(line.rstrip(";,").split())[:MOST_OUTCOME_CHARS] for line in stated if line][:MOST_OUTCOMES]


def _level(text: str) -> Level | None:
    """The one education level that a line about the level names, or else the whole text."""
    for part in (" ".join(_LEVEL_LINE.findall(text)), text):
        found = {level or Level(f"mbo-{stated[1]}") for pattern, level in _LEVELS for stated in pattern.finditer(part)}
        if Level.HBO_MASTER in found:
            found.discard(Level.HBO_BACHELOR)
        if len(found) == 1:
            return found.pop()
    return None

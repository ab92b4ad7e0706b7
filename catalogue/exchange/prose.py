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
LONG_LINE_CHARS = 60
"""A line of so many characters was broken by a program, and not by who wrote it."""

_HEADINGS = {
    "outcomes": (
        r"leerdoel|leeruitkomst|leerresulta|na afloop|na deze|wat leer|dit leer|wat ga je leren|resultaat|dit kun"
        r"|learning (?:outcome|goal)|you will learn|after this"
    ),
    "audience": r"voor wie|doelgroep|for whom|who is it for|target (?:group|audience)|bestemd voor",
    "entry_text": r"instap|ingangseis|vooropleiding|voorkennis|toelating|vereist|wat heb je nodig|entry|prerequisite|admission",
    "assessment": r"toets|examen|beoordeling|afsluiting|afronding|assessment|examination",
    "description": r"inhoud|omschrijving|beschrijving|programma|over de|over deze|onderwerpen|opzet|content|description|about",
}
_HEADING = {name: re.compile(rf"(?:{words})", re.IGNORECASE) for name, words in _HEADINGS.items()}
_OTHER_HEADING = re.compile(
    r"(?:kosten|prijs|data|start|locatie|planning|contact|aanmelden|praktisch|duur|price|dates?|location)\b", re.IGNORECASE
)
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
    """Lines below the kind of heading that they stand under; those without one describe."""
    found: dict[str, list[str]] = {}
    name = "description"
    for line in lines:
        bare = line.strip("#*_ ").rstrip(":?")
        is_heading = 0 < len(bare.split()) <= MOST_HEADING_WORDS and not line.endswith((".", ",", ";")) and not _BULLET.match(line)
        kind = next((kind for kind, pattern in _HEADING.items() if pattern.match(bare)), None) if is_heading else None
        if kind:
            name = kind
            continue
        if is_heading and _OTHER_HEADING.match(bare):
            name = "description"
        found.setdefault(name, []).append(line)
    return found


def _paragraphs(lines: list[str]) -> str:
    """Lines with an empty one at most between two of them; a sentence that was broken off at the end of a long line goes on."""
    whole = "\n".join(lines).strip()
    joined = re.sub(rf"(?m)^(.{{{LONG_LINE_CHARS},}}[^\s.:;!?])\n(?=[^\W\d_])", r"\1 ", whole)
    return re.sub(r"\n{3,}", "\n\n", joined)


def _outcomes(lines: list[str]) -> list[str]:
    """One outcome a bullet, or a line where there are no bullets; an introduction that ends in ":" is left out."""
    bullets = [_BULLET.sub("", line) for line in lines if _BULLET.match(line)]
    stated = bullets or [line for line in lines if line and not line.endswith(":")]
    return [" ".join(line.rstrip(";,").split())[:MOST_OUTCOME_CHARS] for line in stated if line][:MOST_OUTCOMES]


def _level(text: str) -> Level | None:
    """The education level that the text names, where it names one kind only."""
    found = {level or Level(f"mbo-{stated[1]}") for pattern, level in _LEVELS for stated in pattern.finditer(text)}
    if Level.HBO_MASTER in found:
        found.discard(Level.HBO_BACHELOR)
    return found.pop() if len(found) == 1 else None

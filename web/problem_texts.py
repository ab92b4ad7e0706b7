"""The problems of an import file in words, Dutch and English; for commands and for the page where a file is brought."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from catalogue.exchange.formats import FileFormat
from catalogue.exchange.ooapi.vocabulary import FIELDS as OOAPI_FIELDS
from catalogue.exchange.problems import FILE_FIELD, ROW_FIELD, WHOLE_FILE, ImportProblem, ImportRefused, Reason

Language = Literal["nl", "en"]

# {value}: what stands there; {known}: what would have been good; {least} and {most}: the first and last of those.
_REASONS: dict[Reason, tuple[str, str]] = {
    Reason.UNREADABLE: (
        "dit is geen heel {value}-bestand. Open het in uw programma en sla het opnieuw op.",
        "this is no whole {value} file. Open it in your own program and save it again.",
    ),
    Reason.EMPTY: ("er staat niets in.", "there is nothing in it."),
    Reason.TOO_LARGE: ("te groot; het mag hoogstens {known} zijn (ook uitgepakt).", "too large; it may be {known} at most (unpacked too)."),
    Reason.TOO_MANY_ROWS: ("meer dan {known} rijen. Verdeel het bestand.", "more than {known} rows. Split the file."),
    Reason.TOO_MANY_COLUMNS: ("meer dan {known} kolommen.", "more than {known} columns."),
    Reason.ENCODING: (
        "er staan tekens in die we niet kunnen lezen. Sla het bestand op als UTF-8.",
        "it holds characters that we cannot read. Save the file as UTF-8.",
    ),
    Reason.COLUMN_MISSING: (
        "deze kolom ontbreekt. De kolommen zijn: {known}. Wijs er een aan met --map KOLOM=title.",
        "this column is missing. The columns are: {known}. Point one out with --map COLUMN=title.",
    ),
    Reason.COLUMN_ABSENT: ("deze kolom ontbreekt. De kolommen zijn: {known}.", "this column is missing. The columns are: {known}."),
    Reason.COLUMN_TWICE: ("'{value}' staat er twee keer.", "'{value}' stands there twice."),
    Reason.FED_TWICE: (
        "de kolommen {known} horen allemaal bij dit ene veld. Hernoem er een, of kies er een met --map.",
        "the columns {known} all feed this one field. Rename one, or choose one with --map.",
    ),
    Reason.NO_COURSES: ("er staan geen cursussen in.", "there are no courses in it."),
    Reason.TOO_MANY_TO_READ: (
        "dit zijn te veel modules zonder vaardigheden. Verdeel ze over bestanden van hoogstens {known}.",
        "too many modules have no skills. Split them over files of {known} at most.",
    ),
    Reason.QUOTES: (
        'de aanhalingstekens kloppen niet ({value}). Een " in een tekst schrijft u als "".',
        'the quotes do not fit ({value}). Write a " in a text as "".',
    ),
    Reason.TOO_MANY_CELLS: (
        "'{value}' staat buiten de {known} kolommen. Staat er een scheidingsteken te veel?",
        "'{value}' stands outside the {known} columns. Is there a separator too many?",
    ),
    Reason.NOT_JSON: ("dit is geen JSON ({value}).", "this is no JSON ({value})."),
    Reason.NOT_AN_OBJECT: ("schrijf één module per regel, tussen {{ en }}.", "write one module a line, between {{ and }}."),
    Reason.TOO_DEEP: ("te veel haken in elkaar.", "nested too deeply."),
    Reason.COURSE_ABSENT: (
        "een uitvoering hoort bij een cursus die niet in het bestand staat ('{value}').",
        "an offering belongs to a course that is not in the file ('{value}').",
    ),
    Reason.MISSING: ("dit is niet ingevuld.", "this is not filled in."),
    Reason.TOO_LONG: ("te lang; hoogstens {known} tekens.", "too long; {known} characters at most."),
    Reason.BAD_CHARACTER: ("er staat een teken in dat niet in tekst hoort.", "it holds a character that does not belong in text."),
    Reason.WRONG_SHAPE: ("{value} is hier geen tekst of getal.", "{value} is no text or number here."),
    Reason.NOT_A_NUMBER: ("'{value}' is geen heel getal. Schrijf bijvoorbeeld 12.", "'{value}' is no whole number. Write for example 12."),
    Reason.NOT_AN_AMOUNT: (
        "'{value}' is geen bedrag. Schrijf bijvoorbeeld 495 of 495,00. Weet u de prijs niet? Laat het leeg.",
        "'{value}' is no amount. Write for example 495 or 495.00. Leave it empty where you do not know.",
    ),
    Reason.WITHOUT_TAX: (
        "'{value}' is zonder btw. Schrijf de prijs met btw, of laat hem leeg.",
        "'{value}' is without VAT. Write the price with VAT, or leave it empty.",
    ),
    Reason.NOT_A_LOAD: (
        "'{value}' is geen studielast. Schrijf bijvoorbeeld 3 EC, 80 SBU of 84 uur.",
        "'{value}' is no study load. Write for example 3 EC, 80 SBU or 84 hours.",
    ),
    Reason.NOT_A_START: (
        "'{value}' is geen start. Schrijf bijvoorbeeld 08-02-2027, direct, in overleg, elke 4 weken of bij 8 aanmeldingen.",
        "'{value}' is no start. Write for example 2027-02-08, direct, agreed, every 4 weeks or when 8 enrolled.",
    ),
    Reason.NOT_A_DAY: ("'{value}' is geen datum. Schrijf bijvoorbeeld 08-02-2027.", "'{value}' is no date. Write for example 2027-02-08."),
    Reason.NOT_A_URL: ("'{value}' is geen webadres. Begin met https://.", "'{value}' is no web address. Begin with https://."),
    Reason.OUT_OF_RANGE: ("{value} ligt niet tussen {least} en {most}.", "{value} is not between {least} and {most}."),
    Reason.NOT_IN_LIST: ("'{value}' kennen we niet. Kies uit: {known}.", "'{value}' is not known. Choose from: {known}."),
    Reason.UNKNOWN_PLACE: ("'{value}' is geen plaats die we kennen.", "'{value}' is no place that we know."),
    Reason.UNKNOWN_THEME: ("'{value}' is geen thema dat we kennen.", "'{value}' is no theme that we know."),
    Reason.UNKNOWN_HUB: ("'{value}' is geen hub die we kennen.", "'{value}' is no hub that we know."),
    Reason.NOT_A_PARTNER: ("deze aanbieder is geen partner van hub '{value}'.", "this organisation is no partner of hub '{value}'."),
    Reason.UNKNOWN_SKILL: ("'{value}' is geen vaardigheid die we kennen.", "'{value}' is no skill that we know."),
    Reason.AMBIGUOUS_SKILL: (
        "'{value}' is de naam van meer dan één vaardigheid. Schrijf het webadres (URI).",
        "'{value}' names more than one skill. Write its URI.",
    ),
    Reason.SKILL_TWICE: ("'{value}' staat er twee keer.", "'{value}' stands there twice."),
    Reason.BAD_LEVEL: (
        "'{value}': schrijf het niveau als een cijfer van {least} tot {most}.",
        "'{value}': write the level as a digit from {least} to {most}.",
    ),
    Reason.OTHER_ORGANISATION: ("deze rij is van '{value}' en niet van '{known}'.", "this row belongs to '{value}' and not to '{known}'."),
    Reason.DIFFERS: (
        "'{value}' is iets anders dan in rij {known}, en dat is dezelfde module.",
        "'{value}' differs from row {known}, which is the same module.",
    ),
    Reason.ROW_TWICE: ("dit staat ook al in rij {known}.", "this stands in row {known} already."),
    Reason.NOT_OURS: (
        "'{value}' hebben wij niet, dus dit blijft leeg. Wij hebben: {known}.",
        "we do not have '{value}', so this stays empty. We have: {known}.",
    ),
    Reason.COLUMN_UNNAMED: (
        "hier staat geen naam boven, dus wij lezen deze kolom niet. Gevulde cellen: {known}.",
        "no name stands above it, so this column is not read. Filled cells: {known}.",
    ),
    Reason.AMBIGUOUS_TITLE: (
        "er is meer dan één module '{value}'. Geef elke module een eigen code (external_id).",
        "there is more than one module '{value}'. Give each module a code of its own (external_id).",
    ),
}
_ON_A_PAGE: dict[Reason, tuple[str, str]] = {
    Reason.COLUMN_MISSING: (
        "geen kolom heet titel. De kolommen zijn: {known}. Noem er een titel.",
        "no column is called title. The columns are: {known}. Call one of them title.",
    ),
    Reason.NOT_JSON: (
        "dit kunnen wij niet lezen als JSON. Kijk of er een komma of haak te veel staat.",
        "this is no JSON. Look for a comma or bracket too many.",
    ),
    Reason.FED_TWICE: (
        "de kolommen {known} horen allemaal bij dit ene veld. Hernoem er een.",
        "the columns {known} all feed this one field. Rename one.",
    ),
}
"""Where nobody can give an option of the command."""

_WITH_SUGGESTION = frozenset((Reason.UNKNOWN_PLACE, Reason.UNKNOWN_THEME, Reason.UNKNOWN_HUB, Reason.UNKNOWN_SKILL))
_SUGGESTION = (" Bedoelt u: {known}?", " Do you mean: {known}?")

_DUTCH = {
    "associate-degree": "AD",
    "micro-intervention": "micro-interventie",
    "cblc": "leergemeenschap",
    "certificate-programme": "certificaatprogramma",
    "on-the-job": "leren op het werk",
    "non-formal": "non-formeel",
    "certificate": "certificaat",
    "none": "geen",
    "test": "toets",
    "practice": "praktijk",
    "prior-learning": "EVC",
    "unknown": "onbekend",
    "on-site": "op locatie",
    "blended": "deels online",
    "workplace": "werkplek",
    "yes": "ja",
    "no": "nee",
}
"""Codes of the lists that a cell is chosen from, as a Dutch file says them; the others are the same."""


def refusal_text(refused: ImportRefused, language: Language, file_format: FileFormat | None = None) -> str:
    """All that is told of a refused file after a command, one problem a line."""
    index = 0 if language == "nl" else 1
    lines = [("er is niets geïmporteerd.", "nothing was imported.")[index]]
    lines += [problem_text(problem, language, file_format=file_format) for problem in refused.problems]
    if more := refused.total - len(refused.problems):
        lines.append((f"En nog {more} problemen.", f"And {more} more problems.")[index])
    return "\n".join(lines)


def problem_text(
    problem: ImportProblem,
    language: Language = "nl",
    *,
    file_format: FileFormat | None = None,
    names: Mapping[str, str] = MappingProxyType({}),
    on_a_page: bool = False,
) -> str:
    """One problem as a sentence, for who reads it on a page or after a command:
    "Rij 14, kolom prijs: 'gratis?' is geen bedrag. Schrijf bijvoorbeeld 495 of 495,00.".

    Args:
        file_format: of an OOAPI file it names course and field.
        names: what to call our fields of which the file has no column.
    """
    index = 0 if language == "nl" else 1
    known = problem.known or ("",)
    if problem.reason is Reason.NOT_IN_LIST and language == "nl":
        known = tuple(_DUTCH.get(code, code) for code in known)
    values = {"value": problem.value, "known": ", ".join(known), "least": known[0], "most": known[-1]}
    texts = _REASONS | _ON_A_PAGE if on_a_page else _REASONS
    pattern = texts[problem.reason][index]
    if problem.reason in _WITH_SUGGESTION and problem.known:
        pattern += _SUGGESTION[index]
    where = _where_in_courses(problem, index) if file_format is FileFormat.OOAPI else _where(problem, index, names)
    return f"{where}: {pattern.format(**values)}"


def _where(problem: ImportProblem, index: int, names: Mapping[str, str]) -> str:
    row = "" if problem.row == WHOLE_FILE else f"{('Rij', 'Row')[index]} {problem.row}"
    if problem.field == FILE_FIELD and not problem.column:
        return f"{('Bestand', 'File')[index]}, {row.lower()}" if row else ("Heel het bestand", "The whole file")[index]
    if problem.field == ROW_FIELD:
        return f"{row}, {('hele rij', 'whole row')[index]}"
    column = problem.column or names.get(problem.field, problem.field)
    return f"{row}, {('kolom', 'column')[index]} {column}" if row else f"{('Kolom', 'Column')[index]} {column}"


def _where_in_courses(problem: ImportProblem, index: int) -> str:
    if problem.row == WHOLE_FILE or problem.field == FILE_FIELD:
        return ("Heel het bestand", "The whole file")[index]
    course = f"{('Cursus', 'Course')[index]} {problem.row}"
    return course if problem.field == ROW_FIELD else f"{course}, {OOAPI_FIELDS.get(problem.field, problem.field)}"

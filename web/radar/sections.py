"""The parts of the radar, each a chart with its table: the page and the file of a part hold the same cells.

A part is a function of a session and a choice; SECTIONS names them in the order of the page, and takes more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalogue.counting.cells import LEAST
from catalogue.counting.forecasts import forecasts
from catalogue.counting.radar import Asked, Choice, asked_in_vain, modules_by_skill, weeks_in_vain
from catalogue.demands.reading import OpenDemand, open_demand_steps
from catalogue.models import Confidence, Direction, Occupation, Skill, Vain
from catalogue.skills.reads import occupations_by_id, skills_by_id
from web.charts import Bars, Columns, Measure, bars, columns
from web.languages import _, language, lazy_gettext
from web.wiring import services
from web.words import day, hours, named, number, price, short_day

MOST_ROWS = 1_000
"""Of a file; the page shows `SHOWN_ROWS`."""
SHOWN_ROWS, MOST_BARS = 10, 10
DIRECTIONS = {
    Direction.UP: lazy_gettext("meer vraag"),
    Direction.STABLE: lazy_gettext("gelijke vraag"),
    Direction.DOWN: lazy_gettext("minder vraag"),
}
CONFIDENCES = {Confidence.LOW: lazy_gettext("weinig"), Confidence.MEDIUM: lazy_gettext("redelijk"), Confidence.HIGH: lazy_gettext("zeer")}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its text, the language that this is in ("" for that of the page), and where it leads ("" for nowhere)."""

    text: str
    language: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the radar. `key` names it in addresses, `numbers` are the places of columns with numbers, `note` stands below it."""

    key: str
    title: str
    explanation: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    empty: str
    numbers: frozenset[int] = frozenset()
    bars: Bars | None = None
    columns: Columns | None = None
    note: str = ""

    @property
    def shown(self) -> Sequence[Sequence[Cell]]:
        """The rows that the page shows."""
        return self.rows[:SHOWN_ROWS]


def searched(session: Session, choice: Choice) -> Section:
    """What people searched and did not find."""
    found = asked_in_vain(session, choice, [Vain.SEARCH])
    return _asked_section(
        session,
        choice,
        found,
        key="gezocht",
        title=_("Gezocht en niet gevonden"),
        explanation=_("Hier zochten mensen naar, en zij vonden bijna niets."),
        header=[_("Waarnaar"), _("Zoekers"), _("Modules nu")],
    )


def goals(session: Session, choice: Choice) -> Section:
    """Skills of goals for which there is no module."""
    found = asked_in_vain(session, choice, [Vain.GOAL, Vain.WISHES])
    return _asked_section(
        session,
        choice,
        found,
        key="doelen",
        title=_("Doelen zonder module"),
        explanation=_("Dit willen mensen leren voor hun doel. Geen module leert het, of geen module die past bij hun wensen."),
        header=[_("Vaardigheid"), _("Mensen"), _("Modules nu")],
    )


def demanded(session: Session, choice: Choice) -> Section:
    """Skills that companies and hubs ask for their people, and that nobody has answered yet."""
    found = [one for one in open_demand_steps(session) if one.people >= LEAST and _is_chosen(one, choice)]
    people, demands = Counter[int](), Counter[int]()
    for one in found:
        people[one.skill_id] += one.people
        demands[one.skill_id] += one.demands
    skills = skills_by_id(session, list(people))
    there = modules_by_skill(session, choice, list(skills))
    asked = [(skills[key], total) for key, total in sorted(people.items(), key=lambda pair: (-pair[1], pair[0])) if key in skills]
    return Section(
        key="leervragen",
        title=_("Leervragen"),
        explanation=_("Dit vragen bedrijven en hubs voor hun mensen. Er is nog geen antwoord op."),
        header=[_("Vaardigheid"), _("Mensen"), _("Leervragen"), _("Modules nu")],
        rows=[
            [_skill_cell(skill), Cell(number(total)), Cell(number(demands[skill.id])), Cell(number(there.get(skill.id, 0)))]
            for skill, total in asked[:MOST_ROWS]
        ],
        empty=_("Er zijn geen open leervragen."),
        numbers=frozenset({1, 2, 3}),
        bars=bars([_measure(skill, total) for skill, total in asked[:MOST_BARS]]),
        note=_("Er tellen voorbeelden mee.") if any(one.examples for one in found) else "",
    )


def _is_chosen(one: OpenDemand, choice: Choice) -> bool:
    return (not choice.region or one.region == choice.region) and (not choice.theme_id or one.theme_id == choice.theme_id)


def trend(session: Session, choice: Choice) -> Section:
    """How much was asked in vain, week by week."""
    weeks = weeks_in_vain(session, choice)
    totals = {week: ways[Vain.SEARCH] + ways[Vain.GOAL] + ways[Vain.WISHES] for week, ways in weeks.items()}
    return Section(
        key="verloop",
        title=_("Per week"),
        explanation=_("Hoe vaak mensen in een week iets zochten of wilden dat er niet was."),
        header=[_("Week van"), _("Zoekers"), _("Mensen met een doel")],
        rows=[
            [Cell(day(week)), _told(ways[Vain.SEARCH]), _told(ways[Vain.GOAL] + ways[Vain.WISHES])]
            for week, ways in reversed(list(weeks.items()))
        ]
        if any(totals.values())
        else [],
        empty=_("Er is nog te weinig om te laten zien."),
        numbers=frozenset({1, 2}),
        columns=columns([Measure(short_day(week), total, number(total)) for week, total in totals.items()]),
        note=_("Is een vakje leeg? Dan was er niets, of te weinig om te laten zien."),
    )


def offered(session: Session, choice: Choice) -> Section:
    """What is offered, skill by skill."""
    found = services().supply.now(session, choice)
    skills = skills_by_id(session, [one.skill_id for one in found])
    named = [(one, skills[one.skill_id]) for one in found if one.skill_id in skills]
    rows = [
        [
            _skill_cell(skill),
            Cell(number(one.modules)),
            Cell(number(one.editions)),
            Cell("" if one.hours is None else hours(round(one.hours))),
            Cell(_price_range(one.lowest_eur, one.highest_eur)),
        ]
        for one, skill in named
    ]
    return Section(
        key="aanbod",
        title=_("Aanbod per vaardigheid"),
        explanation=_("Dit kunt u nu leren. Wij tellen de modules die online staan."),
        header=[_("Vaardigheid"), _("Modules"), _("Uitvoeringen"), _("Uren, gemiddeld"), _("Prijs")],
        rows=rows,
        empty=_("Hier is nog geen module."),
        numbers=frozenset({1, 2}),
        bars=bars([_measure(skill, one.modules) for one, skill in named[:MOST_BARS]]),
    )


def expected(session: Session, choice: Choice) -> Section:
    """What others expect; sources that disagree stand below each other."""
    rows = [
        [
            _skill_cell(one.skill),
            Cell(str(DIRECTIONS[one.direction])),
            Cell(str(one.horizon_year)),
            Cell(one.region or _("heel Nederland"), "nl" if one.region else ""),
            Cell(str(CONFIDENCES[one.confidence])),
            Cell(f"{one.source}, {day(one.published_on)}", "nl", one.source_url),
            Cell(one.note, "nl"),
        ]
        for one in forecasts(session, choice.region)
    ]
    return Section(
        key="verwachtingen",
        title=_("Wat anderen verwachten"),
        explanation=_("Bronnen zijn het niet altijd eens. Daarom staat bij elke regel van wie die komt, en van wanneer."),
        header=[_("Vaardigheid"), _("Verwachting"), _("In het jaar"), _("Waar"), _("Hoe zeker"), _("Bron"), _("Opmerking")],
        rows=rows[:MOST_ROWS],
        empty=_("Er zijn nog geen verwachtingen ingelezen."),
    )


SECTIONS: Mapping[str, Callable[[Session, Choice], Section]] = {
    "gezocht": searched,
    "doelen": goals,
    "leervragen": demanded,
    "verloop": trend,
    "aanbod": offered,
    "verwachtingen": expected,
}


def _asked_section(
    session: Session, choice: Choice, found: Sequence[Asked], *, key: str, title: str, explanation: str, header: list[str]
) -> Section:
    """A table of what was asked in vain, with how many modules there are for it now; what nobody may know more of goes below."""
    skills = skills_by_id(session, [one.skill_id for one in found if one.skill_id])
    works = occupations_by_id(session, [one.occupation_id for one in found if one.occupation_id])
    known = [(one, concept) for one in found if (concept := skills.get(one.skill_id) or works.get(one.occupation_id))]
    there = modules_by_skill(session, choice, list(skills))
    unknown = sum(one.visitors for one in found) - sum(one.visitors for one, _concept in known)
    return Section(
        key=key,
        title=title,
        explanation=explanation,
        header=header,
        rows=[
            [_skill_cell(concept), Cell(number(one.visitors)), Cell(number(there.get(one.skill_id, 0)) if one.skill_id else "")]
            for one, concept in known[:MOST_ROWS]
        ],
        empty=_("Er is nog te weinig om te laten zien."),
        numbers=frozenset({1, 2}),
        bars=bars([_measure(concept, one.visitors) for one, concept in known[:MOST_BARS]]),
        note=_("Nog %(count)s keer weten wij niet waarnaar. Woorden die wij niet kennen, bewaren wij niet.", count=number(unknown))
        if unknown
        else "",
    )


def _skill_cell(concept: Skill | Occupation) -> Cell:
    return Cell(*named(concept))


def _measure(concept: Skill | Occupation, value: int) -> Measure:
    return Measure(concept.label(language()), value, number(value), concept.label_language(language()))


def _told(total: int) -> Cell:
    return Cell(number(total) if total else "")


def _price_range(lowest_eur: float | None, highest_eur: float | None) -> str:
    if lowest_eur is None or highest_eur is None:
        return ""
    if lowest_eur == highest_eur:
        return price(lowest_eur)
    return _("%(lowest)s tot %(highest)s", lowest=price(lowest_eur), highest=price(highest_eur))

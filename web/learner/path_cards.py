"""A path, its alternatives, and what is out of reach, as template values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import floor

from flask import url_for

from catalogue.models import Module, Skill
from matching.core.exclusions import Exclusion
from matching.core.path.field import Objective
from matching.exemptions import Exemption
from matching.path_results import PathModule, PathResult
from web import words
from web.browse.cards import Card, card
from web.languages import _, lazy_gettext, ngettext
from web.learner.answers import Answers
from web.learner.match_cards import StepLine, step_line
from web.learner.path_form import AIMS, PathForm
from web.learner.paths import FoundPaths
from web.learner.relief_cards import ReliefLine, relief_lines, without_relief

NAMES = {
    Objective.COST: lazy_gettext("Goedkoopste route"),
    Objective.DURATION: lazy_gettext("Snelste route"),
    Objective.HOURS: lazy_gettext("Minste uren"),
    Objective.TRAVEL: lazy_gettext("Minste reizen"),
}
ALSO = {
    Objective.COST: lazy_gettext("Dit is ook de goedkoopste route."),
    Objective.DURATION: lazy_gettext("Dit is ook de snelste route."),
    Objective.HOURS: lazy_gettext("Dit is ook de route met de minste uren."),
    Objective.TRAVEL: lazy_gettext("Dit is ook de route met de minste reizen."),
}
"""What is said of a path that is the least of something else too."""

PROOFS = {
    Objective.COST: lazy_gettext("Wij hebben het nagerekend: goedkoper kan niet."),
    Objective.DURATION: lazy_gettext("Wij hebben het nagerekend: sneller kan niet."),
    Objective.HOURS: lazy_gettext("Wij hebben het nagerekend: met minder uren kan het niet."),
    Objective.TRAVEL: lazy_gettext("Wij hebben het nagerekend: met minder reizen kan het niet."),
}
Address = Callable[..., str]
OWN: Address = partial(url_for, "learner.path")
"""The page of a visitor's own path, for the values of `PathForm.address_values`."""

FAR_KM = 2_000
"""Kilometres for a whole path from which on the distance is worth a wish."""

LITTLE = 0.1
"""A path that closes less of the gap is no way to the goal. Neither is one that falls short by modules beside it alone: a nurse who wants
to work with data would be sent to the vibration of machines."""

LINE_WIDTH = 1000
"""Units in which a bar of the timeline is drawn; the page stretches it."""

SHORTEST_BAR = 12


@dataclass(frozen=True, slots=True)
class ExemptionLine:
    """What the learner has already of what a module teaches, and what an assessor would need to see."""

    label: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A module on the way. `begin` and `width` place its bar, in units of LINE_WIDTH."""

    card: Card
    edition: str
    """Public id of the run, "" where none is planned."""
    start: str
    end: str
    proposal: str
    """That the first day is only a proposal, and how one comes to another; "" for a date of the provider."""
    per_week: str
    closes: Sequence[StepLine]
    opens: Sequence[tuple[str, str]]
    """Names of skills that a later module asks, each with its language."""
    is_beside: bool
    """That it is mostly about something else than the goal."""
    questions: Sequence[tuple[str, str]]
    exemptions: Sequence[ExemptionLine]
    begin: int
    width: int


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of the paths side by side."""

    name: str
    also: Sequence[str]
    """What else it is the least of, in sentences."""
    address: str
    is_shown: bool
    modules: str
    price: str
    hours: str
    finish: str
    travel: str
    reached: str


@dataclass(frozen=True, slots=True)
class PathPage:
    """Everything that the page of a path shows."""

    name: str
    summary: str
    stops: Sequence[Stop]
    alternatives: Sequence[Alternative]
    is_only_way: bool
    """That the alternatives are one and the same path."""
    price: str
    hours: str
    begin: str
    finish: str
    proof: str
    has_gap: bool
    shortfall: str
    """That less is learned than was asked; "" where it is not."""
    is_no_way: bool
    """That the path is no way to the goal: what would help comes first."""
    reliefs: Sequence[ReliefLine]
    """What would bring more, the most first."""
    asks_money: bool
    """That more money is among them."""
    without_relief: str
    """What to think of it where no single wish would; "" where one would."""
    unreachable: Sequence[tuple[str, str]]
    stacks: Sequence[str]
    stack_note: str
    left_out: str
    """That modules were left out that are mostly about something else; "" where none were."""
    beside: str
    """That some modules are mostly about something else, or were left out for that, and how to change it; "" where there are none."""
    keeps_to_goal: bool
    """That such modules were left out."""
    hints: Sequence[str]
    """What a wish would change that the learner has not named."""


def path_page(found: FoundPaths, form: PathForm, today: date, answers: Answers | None = None, address: Address = OWN) -> PathPage:
    """The page for some paths, of which one is shown whole; with hints where `answers` are told; `address` says where the others are."""
    path, modules, skills, stacks = found.shown, found.modules, found.skills, found.stacks
    ways = same_paths({aim: one.modules for aim, one in found.paths.items()})
    is_no_way = not path.is_reached and (path.coverage < LITTLE or is_aside(path))
    stops = [_stop(one, path, modules, skills, today) for one in path.modules if one.module_id in modules]
    return PathPage(
        name=_("Wat nu wel kan") if is_no_way else str(NAMES[found.aim]),
        summary=_summary(path),
        stops=stops,
        alternatives=[_alternative(aims, found, form, address) for aims in ways],
        is_only_way=bool(path.modules) and len(ways) == 1,
        price=_price(path),
        hours=words.hours(path.hours),
        begin=words.day(path.modules[0].start) if path.modules else "",
        finish=words.day(path.finish),
        proof="" if is_no_way or found.with_beside is not None else _proof(found.aim, path),
        has_gap=bool(path.gap_skills),
        shortfall=shortfall(path),
        is_no_way=is_no_way,
        reliefs=relief_lines(path, form, answers),
        asks_money=any(Exclusion.BUDGET in one.wishes for one in path.reliefs),
        without_relief="" if path.reliefs else without_relief(answers, form),
        unreachable=[words.named(skills[key]) for key in path.unreachable if key in skills],
        stacks=[stack.title for stack in stacks],
        stack_note=_("Wij vonden geen route met een heel certificaat.") if form.stapel.data and path.modules and not stacks else "",
        left_out=_left_out(found),
        beside=_beside(found, form),
        keeps_to_goal=bool(form.gericht.data) or found.with_beside is not None,
        hints=hints_for(path, answers) if answers else [],
    )


def _left_out(found: FoundPaths) -> str:
    """That modules were left out that are mostly about something else, and what they would add."""
    if found.with_beside is None:
        return ""
    left_out = _("Wij lieten modules weg die vooral over iets anders gaan.")
    return " ".join((left_out, _("Met die modules leert u %(share)s.", share=words.percent(found.with_beside))))


def _beside(found: FoundPaths, form: PathForm) -> str:
    """How to do without the modules that are mostly about something else, or with those that were left out."""
    path = found.shown
    if left_out := _left_out(found):
        return " ".join((left_out, _("Wilt u ze toch? Haal dan hierboven het vinkje weg.")))
    count = sum(one.is_beside for one in path.modules)
    if not count or form.gericht.data:
        return ""
    told = ngettext(
        "%(num)s module op deze route gaat vooral over iets anders dan uw doel.",
        "%(num)s modules op deze route gaan vooral over iets anders dan uw doel.",
        count,
    )
    way_out = _("Wilt u die niet? Kies dan hierboven: ‘%(choice)s’.", choice=form.gericht.label.text)
    return f"{told} {way_out}"


def hints_for(path: PathResult, answers: Answers) -> list[str]:
    """What the learner could say to get a better path."""
    hints = []
    if answers.hours_per_week is None and _is_busy(path):
        hints.append(_("Sommige modules lopen tegelijk. Vul in hoeveel uur per week u hebt."))
    if answers.max_km is None and (path.travel_km or 0) > FAR_KM:
        hints.append(_("Voor deze route reist u veel. Vul in hoe ver u wilt reizen."))
    return hints


def same_paths(paths: Mapping[Objective, Sequence[PathModule]]) -> list[list[Objective]]:
    """The aims whose paths hold the same modules, in the same runs on the same days, together."""
    found: dict[tuple[object, ...], list[Objective]] = {}
    for aim, modules in paths.items():
        found.setdefault(tuple((one.module_id, one.edition_id, one.start) for one in modules), []).append(aim)
    return list(found.values())


def is_aside(path: PathResult) -> bool:
    """Whether all that closes part of the gap is mostly about something else."""
    closers = [one for one in path.modules if one.closes]
    return bool(closers) and all(one.is_beside for one in closers)


def shortfall(path: PathResult) -> str:
    """That the wanted share is not reached, and whether that is sure; "" where it is reached."""
    if path.is_reached:
        return ""
    if path.coverage < LITTLE:
        return _("Wij vonden binnen deze wensen geen route die veel van het gat sluit.")
    if is_aside(path):
        return _("Wij vonden binnen deze wensen geen route die vooral over uw doel gaat.")
    sought = _("Wij zochten een route voor %(share)s van wat u nog mist.", share=words.percent(path.wanted))
    lacking = _("Die is er niet binnen uw wensen.") if path.proven_optimal else _("Die vonden wij niet binnen uw wensen.")
    return f"{sought} {lacking}"


def _proof(aim: Objective, path: PathResult) -> str:
    """How sure it is that there is no better path."""
    if path.proven_optimal:
        return str(PROOFS[aim])
    is_whole = all({Objective.COST: one.price_eur, Objective.HOURS: one.hours}.get(aim, 0) is not None for one in path.modules)
    least = floor(path.at_least)
    if least < 1 or not is_whole:
        return _("Dit is de beste route die wij vonden. Misschien is er een betere.")
    limits = {
        Objective.COST: _("Voor minder dan %(price)s kan het niet.", price=words.price(least)),
        Objective.DURATION: ngettext("Sneller dan in %(num)s dag kan het niet.", "Sneller dan in %(num)s dagen kan het niet.", least),
        Objective.HOURS: _("Met minder dan %(hours)s kan het niet.", hours=words.hours(least)),
        Objective.TRAVEL: _("Met minder dan %(km)s kilometer reizen kan het niet.", km=words.number(least)),
    }
    return " ".join((_("Dit is de beste route die wij vonden."), limits[aim]))


def _summary(path: PathResult) -> str:
    if not path.modules:
        return ""
    learned = ngettext(
        "Met %(num)s module leert u %(share)s van wat u nog mist.",
        "Met %(num)s modules leert u %(share)s van wat u nog mist.",
        len(path.modules),
        share=words.percent(path.coverage),
    )
    return " ".join((learned, _("U bent klaar rond %(day)s.", day=words.day(path.finish)))) if path.finish else learned


def _alternative(aims: Sequence[Objective], found: FoundPaths, form: PathForm, address: Address) -> Alternative:
    is_shown = found.aim in aims
    aim = found.aim if is_shown else aims[0]
    path = found.paths[aim]
    word = next(word for word, objective in AIMS.items() if objective is aim)
    return Alternative(
        name=str(NAMES[aim]),
        also=[str(ALSO[other]) for other in aims if other is not aim],
        address=address(**form.address_values(word)) + "#route",
        is_shown=is_shown,
        modules=ngettext("%(num)s module", "%(num)s modules", len(path.modules)),
        price=_price(path),
        hours=words.hours(path.hours),
        finish=words.day(path.finish),
        travel="" if path.travel_km is None else _("%(km)s km", km=words.number(round(path.travel_km))),
        reached=words.percent(path.coverage),
    )


def _stop(one: PathModule, path: PathResult, modules: Mapping[int, Module], skills: Mapping[int, Skill], today: date) -> Stop:
    module = modules[one.module_id]
    edition = module.edition(one.edition_id)
    begin = min(other.start for other in path.modules)
    whole = max((max(other.end for other in path.modules) - begin).days, 1)
    width = max(round((one.end - one.start).days / whole * LINE_WIDTH), SHORTEST_BAR)
    return Stop(
        card=card(module, today, edition, one.distance_km),
        edition=edition.uid if edition else "",
        start=words.day(one.start),
        end=words.day(one.end),
        proposal="" if one.is_dated else words.proposed_start(edition.start if edition else None),
        per_week=_("%(hours)s per week", hours=words.hours_per_week(one.hours_per_week)) if one.hours_per_week else "",
        closes=[step_line(step, skills) for step in one.closes if step.skill_id in skills],
        opens=[words.named(skills[key]) for key in one.opens if key in skills],
        is_beside=one.is_beside,
        questions=[words.named(skills[step.skill_id]) for step in one.unknown_at_entry if step.skill_id in skills],
        exemptions=[_exemption(part, modules, skills[part.skill_id]) for part in one.exemptions if part.skill_id in skills],
        begin=min(round((one.start - begin).days / whole * LINE_WIDTH), LINE_WIDTH - width),
        width=width,
    )


def _exemption(part: Exemption, modules: Mapping[int, Module], skill: Skill) -> ExemptionLine:
    """What an assessor would need to see: that the level has been reached, by a paper or by work."""
    level = words.SKILL_LEVELS[part.to_level]
    if part.module_id is not None:
        text = _("Dit leert u al eerder op deze route: %(module)s. Bewaar uw bewijs.", module=modules[part.module_id].title)
    elif part.is_whole:
        text = _("Dit kunt u al. Laat zien dat u dit kunt: %(level)s.", level=level)
    else:
        text = _("Een deel kunt u al. Laat zien dat u dit kunt: %(level)s.", level=level)
    return ExemptionLine(*words.named(skill), text)


def _is_busy(path: PathResult) -> bool:
    return any(one is not other and one.start < other.end and other.start < one.end for one in path.modules for other in path.modules)


def _price(path: PathResult) -> str:
    if not path.unpriced:
        return words.price(path.price_eur)
    without = ngettext("%(num)s module zonder prijs", "%(num)s modules zonder prijs", path.unpriced)
    return f"{words.price(path.price_eur)} + {without}"

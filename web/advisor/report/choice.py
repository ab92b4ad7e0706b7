"""The parts of an advice report to choose by: what else there is, what it costs, and what to do first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matching.path_results import PathModule
from web import words
from web.advisor.guidance_model import Verdict
from web.advisor.report.material import Material
from web.advisor.report.text import title, written
from web.browse.cards import first_open
from web.documents.document import Chapter, Table, Text
from web.languages import _, ngettext
from web.learner.path_cards import Alternative, PathPage


def alternatives(material: Material, page: PathPage | None) -> Chapter:
    """Other paths, what was looked at besides, and what was not chosen, with the reasons."""
    paths = [one for one in page.alternatives if one.modules] if page and page.stops and not page.is_only_way else []
    head = (_("Route"), _("Modules"), _("Prijs"), _("Tijd"), _("Klaar"), _("Van uw doel"))
    rows = tuple((Text(_named(one)), *map(Text, (one.modules, one.price, one.hours, one.finish or "-", one.reached))) for one in paths)
    considered = tuple(
        (title(module), _reason(choice.reason_for), _reason(choice.reason_against)) for choice, module in material.choices(Verdict.MAYBE)
    )
    refused = tuple((title(module), _reason(choice.reason_against)) for choice, module in material.choices(Verdict.REJECTED))
    tables = (
        Table(_("Routes naast elkaar"), head, rows, widths=(5, 3, 4, 3, 4, 3)),
        Table(_("Ook bekeken"), (_("Module"), _("Wat ervoor spreekt"), _("Wat ertegen spreekt")), considered, widths=(1, 1, 1)),
        Table(_("Niet gekozen"), (_("Module"), _("Waarom niet")), refused, widths=(1, 2)),
    )
    only = _("Wij vonden één route. Die is het goedkoopst en ook het snelst.")
    lead = (Text(only),) if page and page.is_only_way and not page.shortfall else ()
    return Chapter("alternatives", _("Wat er ook kan"), lead=lead, tables=tuple(table for table in tables if table.rows))


def _named(one: Alternative) -> str:
    chosen = _("deze adviseren wij")
    name = f"{one.name} ({chosen})" if one.is_shown else one.name
    return " ".join((f"{name}.", *one.also)) if one.also else name


def _reason(typed: str) -> Text:
    return written(typed) if typed else Text("-")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a module takes; None where it is not known."""

    title: Text
    price_eur: float | None
    hours: float | None


def costs(material: Material) -> Chapter:
    """What the advised modules cost in money and hours, with what is not known."""
    route, beside = list(_route_costs(material)), list(_other_costs(material))
    lines = [*route, *beside]
    if not lines:
        return Chapter("costs", _("Wat het kost"))
    rows = tuple((line.title, Text(words.hours(line.hours)), Text(words.price(line.price_eur))) for line in lines)
    foot = (_("Samen"), _total_hours(lines), _total_price(lines))
    travel_km = material.paths.shown.travel_km if material.paths else None
    budget = material.answers.budget_eur
    of_route = _("Alleen de route kost %(price)s. De andere modules staan op uw lijst.", price=_total_price(route))
    remarks = (
        *((of_route,) if route and beside else ()),
        *((_("U wilt voor een module hoogstens %(price)s betalen.", price=words.price(budget)),) if budget else ()),
        *((_("U wilt alleen modules die gratis zijn."),) if budget == 0 else ()),
        *((_("U reist samen ongeveer %(km)s km, heen en terug.", km=words.number(round(travel_km))),) if travel_km else ()),
        _("Reizen, boeken en spullen zitten niet in de prijs. Vraag de school wat er nog bij komt."),
    )
    return Chapter(
        "costs",
        _("Wat het kost"),
        tables=(Table(_("Prijs en tijd per module"), (_("Module"), _("Tijd"), _("Prijs")), rows, foot, widths=(6, 3, 4)),),
        remarks=remarks,
    )


def _route_costs(material: Material) -> Iterable[Cost]:
    for module, planned in material.planned:
        yield Cost(title(module), planned.price_eur, planned.hours)


def _other_costs(material: Material) -> Iterable[Cost]:
    for _choice, module in material.beside_the_path:
        run = material.runs.edition(module) or first_open(module, material.today)
        yield Cost(title(module), run.price_eur if run else None, module.workload_hours)


def _total_price(lines: Sequence[Cost]) -> str:
    known = [line.price_eur for line in lines if line.price_eur is not None]
    unknown = len(lines) - len(known)
    more = ngettext("%(num)s module zonder prijs", "%(num)s modules zonder prijs", unknown)
    return " + ".join(((words.price(sum(known)),) if known else ()) + ((more,) if unknown else ()))


def _total_hours(lines: Sequence[Cost]) -> str:
    known = [line.hours for line in lines if line.hours is not None]
    unknown = len(lines) - len(known)
    more = ngettext("%(num)s module zonder uren", "%(num)s modules zonder uren", unknown)
    return " + ".join(((words.hours(sum(known)),) if known else ()) + ((more,) if unknown else ()))


def steps(material: Material) -> Chapter:
    """What has to be done first, and when."""
    todo = sorted((task for task in material.dossier.tasks if task.done_at is None), key=lambda task: (task.due, task.id or 0))
    rows = tuple((Text(words.day(task.due)), written(task.text)) for task in todo)
    first = min((planned for _module, planned in material.planned), key=lambda planned: planned.start, default=None)
    return Chapter(
        "steps",
        _("Uw eerste stappen"),
        tables=(Table(_("Wat er nu gebeurt"), (_("Voor welke dag"), _("Wat")), rows, widths=(1, 3)),) if rows else (),
        remarks=(_first_day(first),) if first else (),
    )


def _first_day(first: PathModule) -> str:
    day = words.weekday_and_day(first.start)
    if first.is_dated:
        return _("De eerste module begint op %(day)s.", day=day)
    return _("Met de eerste module kunt u beginnen wanneer u wilt. In de route is dat %(day)s.", day=day)

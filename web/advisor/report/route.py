"""The parts of an advice report about the way: what is missing, and the path that is advised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from matching.path_results import PathResult
from web import words
from web.advisor.matching.left_out import left_out_lines
from web.advisor.report.material import Material
from web.advisor.report.text import label, named, paragraphs
from web.documents.document import SPAN_WIDTH, Chapter, LevelBar, LevelChart, Points, Section, Span, Table, Text, Timeline
from web.languages import _, ngettext
from web.learner.match_cards import match_page
from web.learner.path_cards import LINE_WIDTH, PathPage, Stop, path_page
from web.lists.documents import card_section, stop_section

MOST_BARS = 14
"""So many skills stay readable in one picture; the table beneath it holds all."""

MOST_SPANS = 24


def gap(material: Material) -> Chapter:
    """What is missing for the goal, as a picture and as a table."""
    found = material.matches
    if found is None:
        return Chapter("gap", _("Wat u nog mist"))
    told = match_page(found.result, found.modules, found.skills, material.today)
    lines = [line for line in found.result.gap if line.skill_id in found.skills]
    after = _levels_after(material.paths.shown) if material.paths else {}
    missing = [
        Missing(LevelBar(label(row.label, row.language), row.held, max(row.held, after.get(line.skill_id, 0)), row.goal), row.held_words)
        for line, row in zip(lines, (*told.gap, *told.gap_rest), strict=True)
    ]
    done = tuple(named(found.skills[line.skill_id]) for line in found.result.reached if line.skill_id in found.skills)
    return Chapter(
        "gap",
        _("Wat u nog mist"),
        lead=(Text(_gap_summary([one.bar for one in missing], len(done))),),
        levels=_chart(missing[:MOST_BARS], len(missing)) if missing else None,
        points=(Points(_("Dit kunt u al voor uw doel"), done),) if done else (),
        tables=(_gap_table(missing),) if missing else (),
    )


@dataclass(frozen=True, slots=True)
class Missing:
    """A skill of the goal that is not there yet: its levels, and what is held in words, which may say that we do not know."""

    bar: LevelBar
    held_words: str


def _gap_table(missing: Sequence[Missing]) -> Table:
    rows = ((one.bar.label, Text(one.held_words), Text(_level(one.bar.goal)), Text(_level(one.bar.reached))) for one in missing)
    return Table(_("Alles op een rij"), (_("Vaardigheid"), _("Nu"), _("Nodig"), _("Na de route")), tuple(rows), widths=(6, 3, 3, 3))


def _levels_after(path: PathResult) -> dict[int, int]:
    """The level of each skill when the path has been walked."""
    after: dict[int, int] = {}
    for step in (step for module in path.modules for step in module.closes):
        after[step.skill_id] = max(step.to_level, after.get(step.skill_id, 0))
    return after


def _level(level: int) -> str:
    return str(words.SKILL_LEVELS[level])


def _gap_summary(bars: Sequence[LevelBar], done: int) -> str:
    if not bars:
        return _("U mist niets meer voor uw doel, of wij herkennen uw doel niet.")
    helped, whole = sum(bar.reached > bar.held for bar in bars), sum(bar.reached >= bar.goal for bar in bars)
    return " ".join(
        (
            ngettext("U mist nog %(num)s vaardigheid.", "U mist nog %(num)s vaardigheden.", len(bars)),
            *((ngettext("U hebt er al %(num)s.", "U hebt er al %(num)s.", done),) if done else ()),
            ngettext("De route brengt u verder in %(num)s.", "De route brengt u verder in %(num)s.", helped),
            *((ngettext("Bij %(num)s haalt u uw doel.", "Bij %(num)s haalt u uw doel.", whole),) if whole else ()),
        )
    )


def _chart(missing: Sequence[Missing], total: int) -> LevelChart:
    name = _("Zo ver bent u, en zo ver brengt de route u")
    if total > len(missing):
        name += " " + _("(de %(shown)s belangrijkste van %(total)s)", shown=len(missing), total=total)
    told = [
        _(
            "%(skill)s: nu %(held)s, na de route %(reached)s, nodig %(goal)s.",
            skill=words.capitalised(one.bar.label.text),
            held=one.held_words,
            reached=_level(one.bar.reached),
            goal=_level(one.bar.goal),
        )
        for one in missing
    ]
    return LevelChart(
        name=name,
        alternative=" ".join((_("Een balk voor elke vaardigheid."), *told)),
        scale=tuple(map(str, words.SKILL_LEVELS[1:])),
        legend=(_("kunt u nu"), _("leert u op de route"), _("blijft nog open")),
        bars=tuple(one.bar for one in missing),
    )


def path(material: Material, page: PathPage | None) -> Chapter:
    """The advised modules in order with their days, and why each."""
    beside = tuple(_beside(material))
    if page is None or not page.stops:
        told = (Text(_("Binnen uw wensen is er geen module die past.")),) if page and page.has_gap else ()
        return Chapter("path", _("De route die wij adviseren"), lead=told, sections=beside)
    reasons = {one.module: one.reason_for for one in material.dossier.choices if one.reason_for}
    stacks = (_("Met deze route haalt u een heel certificaat:") + " " + ", ".join(page.stacks),) if page.stacks else ()
    relief = (page.shortfall, *(one.text for one in page.reliefs)) if page.shortfall else ()
    return Chapter(
        "path",
        _("De route die wij adviseren"),
        lead=(Text(f"{page.name}. {page.summary}"), *(Text(told) for told in (page.proof, page.left_out) if told)),
        timeline=_timeline(page.stops),
        sections=(*(_numbered(number, stop, reasons.get(stop.card.uid, "")) for number, stop in enumerate(page.stops, 1)), *beside),
        remarks=(*stacks, *relief, *_unreached(page), _("Vraag de school of er plaats is voordat u plannen maakt.")),
    )


def _numbered(number: int, stop: Stop, reason: str) -> Section:
    """A module with its number in the picture."""
    section = stop_section(stop, reasons=_why(reason))
    return replace(section, heading=replace(section.heading, text=f"{number}. {section.heading.text}"))


def _why(reason: str) -> tuple[Points, ...]:
    return (Points(_("Waarom deze module"), paragraphs(reason)),) if reason else ()


def _beside(material: Material) -> Iterable[Section]:
    """Modules that were chosen, while no path leads along them, and why not."""
    found = material.paths
    lines = left_out_lines(found, material.answers.hours_per_week) if found else []
    why = {one.module_id: line.why for one, line in zip(found.shown.left_out, lines, strict=True)} if found else {}
    for choice, module in material.beside_the_path:
        remarks = (_("U koos deze module zelf erbij."), *((why[module.id],) if module.id in why else ()))
        yield card_section(material.runs.card(module), points=_why(choice.reason_for), remarks=remarks)


def _unreached(page: PathPage) -> tuple[str, ...]:
    names = ", ".join(name for name, _language in page.unreachable)
    return (_("Dit leert u niet op deze route: %(skills)s.", skills=names),) if names else ()


def _timeline(whole: Sequence[Stop]) -> Timeline:
    stops, name = whole[:MOST_SPANS], _("Wanneer u wat doet")
    if len(whole) > len(stops):
        name += " " + _("(de eerste %(shown)s van %(total)s)", shown=len(stops), total=len(whole))
    spans = tuple(
        Span(
            label(stop.card.title, stop.card.language),
            stop.begin * SPAN_WIDTH // LINE_WIDTH,
            stop.width * SPAN_WIDTH // LINE_WIDTH,
            _("%(start)s tot %(end)s", start=stop.start, end=stop.end),
        )
        for stop in stops
    )
    told = [f"{number}. {span.label.text}: {span.days}." for number, span in enumerate(spans, 1)]
    last = max(whole, key=lambda stop: stop.begin + stop.width).end
    return Timeline(name, " ".join((_("Een balk voor elke module."), *told)), stops[0].start, last, spans)


def page_of(material: Material) -> PathPage | None:
    """The paths in words."""
    if material.paths is None:
        return None
    return path_page(material.paths, material.path_form, material.today)

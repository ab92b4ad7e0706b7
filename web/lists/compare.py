"""Modules side by side, as template values: first a row for each thing in which they differ, then what is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from string import ascii_uppercase
from typing import TypeVar

from sqlalchemy.orm import Session

from catalogue.models import Edition, Module, ModuleSkill, Skill, Stack
from catalogue.modules import saved_by_slug, stacks_of
from catalogue.points import Point, distance_km
from catalogue.skills.reads import skills_by_id
from catalogue.vocabulary import Format
from matching.profiles.profile import Constraints, LearnerProfile
from matching.results import Match
from web import words
from web.browse.cards import Card, card, where
from web.browse.module_page import load_a_week, prices
from web.languages import _, language, ngettext
from web.learner.match_cards import score_words, step_line
from web.lists.saved import MAX_ITEMS
from web.wiring import services

MOST_COMPARED = 4
SHOWN_STARTS = 4
Text = tuple[str, str]
"""A text and the language that it is in."""
Compared = TypeVar("Compared")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that decides: a cell for each module, each a list of texts. `is_parted`: each text of a cell can be told by itself."""

    name: str
    cells: Sequence[Sequence[Text]]
    is_parted: bool = False

    def shared(self) -> list[Text]:
        """What is the same of all modules; the order within a cell does not count."""
        texts = [text for text in self.cells[0] if all(text in cell for cell in self.cells)]
        return texts if self.is_parted or all(len(cell) == len(texts) for cell in self.cells) else []

    def difference(self) -> Row | None:
        """The row without what is the same of all; None where nothing is left."""
        shared = self.shared()
        rest = [[text for text in cell if text not in shared] for cell in self.cells]
        if not any(rest):
            return None
        nothing = [(_("verder niets"), language())]
        return Row(_("%(row)s: het verschil", row=self.name), [cell or nothing for cell in rest]) if shared else self


@dataclass(frozen=True, slots=True)
class Same:
    """What all modules have in common of a row: all of it, or a part."""

    name: str
    texts: Sequence[Text]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A module, the letter that stands for it, the address of its own page, and that of the same comparison without it."""

    card: Card
    letter: str
    address: str
    without: str


@dataclass(frozen=True, slots=True)
class ComparePage:
    """The modules, the rows in which they differ, and what they have in common."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    same: Sequence[Same]
    has_goal: bool


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a comparison leads: to the page of a module, and to the comparison of modules with these slugs."""

    module: Callable[[Module], str]
    compared: Callable[[Sequence[str]], str]


def to_compare(session: Session, slugs: Iterable[str]) -> list[Module]:
    """The modules of these slugs that are online, each once: two that were merged are one."""
    wanted = list(dict.fromkeys(slugs))[:MAX_ITEMS]
    found = saved_by_slug(session, wanted)
    return list(dict.fromkeys(found[slug] for slug in wanted if slug in found))


def side_by_side(
    session: Session, modules: Sequence[Module], profile: LearnerProfile, addresses: Addresses, *, has_goal: bool
) -> ComparePage:
    """The table of some modules for somebody with this profile. Where price, place and the other wishes do not count is asked too."""
    parts, keys = services(), [module.id for module in modules]
    today, free = parts.today(), replace(profile, constraints=Constraints())
    matches, anyhow = (parts.matcher.matches_of(asked, today, keys) if has_goal else {} for asked in (profile, free))
    skills = skills_by_id(session, {key for match in (*matches.values(), *anyhow.values()) for key in match.named_skills()})
    stacks = {key: stacks_of(session, key) for key in keys}
    rows = [
        *(_rows(_own_facts(matches, anyhow, skills), keys, is_parted=True) if has_goal else ()),
        *_rows(_facts(stacks, today, profile.constraints.near), modules),
        *_rows(_skill_facts(), modules, is_parted=True),
    ]
    slugs = [module.slug for module in modules]

    def column(module: Module, letter: str) -> Column:
        others = [slug for slug in slugs if slug != module.slug]
        return Column(card(module, today), letter, addresses.module(module), addresses.compared(others))

    return ComparePage(
        columns=[column(module, letter) for module, letter in zip(modules, ascii_uppercase, strict=False)],
        rows=[different for row in rows if (different := row.difference())],
        same=[Same(row.name, shared, row.difference() is None) for row in rows if (shared := row.shared())],
        has_goal=has_goal,
    )


def _rows(
    facts: Iterable[tuple[str, Callable[[Compared], Sequence[Text]]]], compared: Sequence[Compared], *, is_parted: bool = False
) -> Iterator[Row]:
    return (Row(name, [cell(one) for one in compared], is_parted) for name, cell in facts)


def _facts(
    stacks: Mapping[int, Sequence[Stack]], today: date, near: Point | None
) -> Iterable[tuple[str, Callable[[Module], Sequence[Text]]]]:
    """What is told of each module, in the order in which people decide."""
    here = language()

    def plain(text: object) -> list[Text]:
        return [(words.capitalised(text), here)]

    yield _("Aanbieder"), lambda module: [(module.organisation.name, "nl")]
    yield _("Niveau"), lambda module: plain(words.LEVELS[module.level])
    yield _("Soort"), lambda module: plain(words.KINDS[module.kind])
    yield _("Tijd in totaal"), lambda module: plain(words.hours(module.workload_hours))
    yield _("Tijd per week"), lambda module: plain(load_a_week(module, today) or _("niet bekend"))
    yield _("Prijs"), lambda module: plain(prices(module, today))
    yield _("Waar"), lambda module: _places(module, today, near)
    yield _("Start"), lambda module: _starts(module, today)
    yield _("Taal van de lessen"), lambda module: plain(words.language_name(module.language))
    yield _("Bewijs na afloop"), lambda module: plain(words.CREDENTIALS[module.credential])
    yield _("Telt mee voor"), lambda module: [(stack.title, "nl") for stack in stacks.get(module.id, ())] or plain(_("geen leerlijn"))


def _skill_facts() -> Iterable[tuple[str, Callable[[Module], Sequence[Text]]]]:
    here = language()
    yield _("Dit leert u"), lambda module: _skills(module.taught) or [(words.capitalised(_("niet bekend")), here)]
    yield _("Dit moet u al kunnen"), lambda module: _entry(module) or [(words.capitalised(_("niets")), here)]


def _own_facts(
    matches: Mapping[int, Match], without_wishes: Mapping[int, Match], skills: Mapping[int, Skill]
) -> Iterable[tuple[str, Callable[[int], Sequence[Text]]]]:
    """How each module fits this learner, by its key."""
    here = language()
    known = {**without_wishes, **matches}
    off_goal = [(_("Past niet bij uw doel"), here)]

    def score(key: int) -> list[Text]:
        match = matches.get(key)
        if match is None:
            return [(_("Past niet bij uw wensen"), here)] if key in known else off_goal
        fit = score_words(match.score)
        return [(_("%(score)s van de 100 punten: %(fit)s", score=round(match.score * 100), fit=fit), here)]

    def closes(key: int) -> list[Text]:
        match = known.get(key)
        lines = [step_line(step, skills) for step in match.closes if step.skill_id in skills] if match else []
        return [(f"{line.label}: {line.text}", line.language) for line in lines] or [(_("niets van uw doel"), here)]

    def missing(key: int) -> list[Text]:
        match = known.get(key)
        if match is None:
            return off_goal
        lacks = [(words.named(skills[gap.skill_id]), gap.asked) for gap in match.missing_at_entry if gap.skill_id in skills]
        return [(f"{label} ({words.SKILL_LEVELS[asked]})", code) for (label, code), asked in lacks] or [(_("niets"), here)]

    yield _("Score"), score
    yield _("Dit leert u voor uw doel"), closes
    yield _("Dit mist u nog om te beginnen"), missing


def _open(module: Module, today: date) -> list[Edition]:
    """The runs that one can join, the first one first."""
    return sorted(
        (one for one in module.editions if one.start.is_open(today)), key=lambda one: (one.start.next_start(today) or date.max, one.id)
    )


def _places(module: Module, today: date, near: Point | None) -> list[Text]:
    found = dict.fromkeys(_place(one, near) for one in _open(module, today))
    return list(found) or [(_("niet bekend"), language())]


def _place(edition: Edition, near: Point | None) -> Text:
    """Where a run is followed, with how far that is; the name of a place alone is Dutch."""
    if near is None or edition.place is None:
        return words.capitalised(where(edition)), "nl" if edition.place and edition.format is Format.ON_SITE else language()
    far = words.distance(distance_km(near, Point(edition.place.latitude, edition.place.longitude)))
    return f"{where(edition)}, {far}", language()


def _starts(module: Module, today: date) -> list[Text]:
    found = list(dict.fromkeys(words.start(one.start, today) for one in _open(module, today)))
    rest = len(found) - SHOWN_STARTS
    shown = [(words.capitalised(text), language()) for text in found[:SHOWN_STARTS]]
    if rest > 0:
        shown.append((ngettext("en nog %(num)s", "en nog %(num)s", rest), language()))
    return shown or [(_("Geen start gepland"), language())]


def _skills(rows: Sequence[ModuleSkill]) -> list[Text]:
    ordered = sorted(rows, key=lambda row: (-row.level, row.skill.label(language())))
    return [(f"{label} ({words.SKILL_LEVELS[row.level]})", code) for row in ordered for label, code in [words.named(row.skill)]]


def _entry(module: Module) -> list[Text]:
    return [*([(module.entry_text, module.language)] if module.entry_text else []), *_skills(module.required)]

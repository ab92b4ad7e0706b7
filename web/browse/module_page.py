"""The page of one module as template values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from catalogue.exchange.achievement import TYPES as BADGE_TYPES
from catalogue.models import Edition, Module, ModuleSkill, Organisation, Stack
from catalogue.modules import stacks_of
from catalogue.publishing.copies import origin_of
from catalogue.publishing.owners import partners
from catalogue.vocabulary import AssessmentForm
from web import words
from web.browse.cards import Card, card, where
from web.browse.origins import OriginLine, origin_line
from web.languages import _, ngettext


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A skill with a level from 1 to 4, in words; `language` marks a name that is not in the language of the page."""

    label: str
    language: str
    level: int
    level_words: str
    is_recognised: bool


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One run of a module in words. `per_week` is "" where length or load is not known."""

    uid: str
    start: str
    length: str
    per_week: str
    place: str
    when: str
    price: str
    seats: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class ModulePage:
    """What the page of a module shows beside what the module says itself.

    Attributes:
        weekly: how many hours a week it takes, "" where that is not known.
        glossary: the words of the trade that the page uses, each with its meaning.
        proof: what is known of how one proves it: terms with their texts.
        has_badge_file: whether one gets a digital badge for it, whose contents programs can read.
        partners: who makes it together with the provider.
    """

    summary: Card
    editions: Sequence[EditionLine]
    weekly: str
    prices: str
    required: Sequence[SkillLine]
    taught: Sequence[SkillLine]
    glossary: Sequence[tuple[str, str]]
    proof: Sequence[tuple[str, str]]
    has_badge_file: bool
    stacks: Sequence[Stack]
    partners: Sequence[Organisation]
    origin: OriginLine | None


def module_page(session: Session, module: Module, today: date) -> ModulePage:
    """The page of a module, whether it is online or not."""
    return ModulePage(
        summary=card(module, today),
        editions=_edition_lines(module, today),
        weekly=load_a_week(module, today),
        prices=prices(module, today),
        required=_skill_lines(module.required),
        taught=_skill_lines(module.taught),
        glossary=_glossary(module),
        proof=_proof_lines(module),
        has_badge_file=module.credential in BADGE_TYPES,
        stacks=stacks_of(session, module.id),
        partners=partners(session, module.id),
        origin=origin_line(origin_of(session, module.id)),
    )


def _skill_lines(rows: Sequence[ModuleSkill]) -> list[SkillLine]:
    """Skills with their levels, the highest first."""
    lines = [SkillLine(*words.named(row.skill), row.level, str(words.SKILL_LEVELS[row.level]), row.is_recognised) for row in rows]
    return sorted(lines, key=lambda line: (-line.level, line.label))


def _edition_lines(module: Module, today: date) -> list[EditionLine]:
    """The runs of a module: those that one can join first, in order of their start."""

    def order(edition: Edition) -> tuple[bool, date, int]:
        return not edition.start.is_open(today), edition.start.next_start(today) or date.max, edition.id

    return [_edition_line(module, edition, today) for edition in sorted(module.editions, key=order)]


def _edition_line(module: Module, edition: Edition, today: date) -> EditionLine:
    per_week = ""
    if edition.weeks and module.workload_hours:
        per_week = _("ongeveer %(hours)s per week", hours=words.hours(max(1, round(module.workload_hours / edition.weeks))))
    return EditionLine(
        uid=edition.uid,
        start=words.start(edition.start, today),
        length=ngettext("%(num)s week", "%(num)s weken", edition.weeks) if edition.weeks else "",
        per_week=per_week,
        place=where(edition),
        when=words.in_the_week(edition.day_parts, edition.start.type, edition.format),
        price=words.price(edition.price_eur),
        seats=ngettext("%(num)s plaats", "%(num)s plaatsen", edition.capacity) if edition.capacity else "",
        is_open=edition.start.is_open(today),
    )


def _proof_lines(module: Module) -> list[tuple[str, str]]:
    """Nothing stands there for what the provider does not state."""
    yes_or_no: dict[bool | None, str] = {True: _("ja"), False: _("nee")}
    form = module.assessment_form
    stated = [
        (_("Soort toets"), "" if form is AssessmentForm.UNKNOWN else words.capitalised(words.ASSESSMENT_FORMS[form])),
        (_("Er kijkt iemand mee"), yes_or_no.get(module.is_supervised)),
        (_("Er wordt gekeken wie u bent"), yes_or_no.get(module.is_identity_checked)),
        (_("Telt mee voor een groter bewijs"), yes_or_no.get(module.is_stackable)),
    ]
    return [(term, words.capitalised(text)) for term, text in stated if text]


def _glossary(module: Module) -> list[tuple[str, str]]:
    used = (str(module.load_unit) if module.workload_hours else "", "NLQF" if module.level.nlqf else "", module.kind, module.credential)
    return [(str(word), str(meaning)) for code in used if code in words.GLOSSARY for word, meaning in [words.GLOSSARY[code]]]


def _to_choose(module: Module, today: date) -> list[Edition]:
    """The runs that one can still join; all of them where there is none."""
    return [edition for edition in module.editions if edition.start.is_open(today)] or module.editions


def load_a_week(module: Module, today: date) -> str:
    """How many hours a week a module takes, over the runs to choose from: "8 tot 10 uur"; "" where it is not known."""
    if not module.workload_hours:
        return ""
    loads = sorted({max(1, round(module.workload_hours / edition.weeks)) for edition in _to_choose(module, today) if edition.weeks})
    if not loads:
        return ""
    if len(loads) == 1:
        return words.hours(loads[0])
    return _("%(least)s tot %(most)s uur", least=loads[0], most=loads[-1])


def prices(module: Module, today: date) -> str:
    """What a module costs, over the runs to choose from: "€ 595 tot € 695"."""
    stated = sorted({edition.price_eur for edition in _to_choose(module, today) if edition.price_eur is not None})
    if len(stated) < 2:
        return words.price(stated[0] if stated else None)
    return _("%(least)s tot %(most)s", least=words.price(stated[0]), most=words.price(stated[-1]))

"""The pages of the editor as template values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from catalogue.models import Module, NextVersion, Revision, Skill
from catalogue.publishing.badges import ASKED, BadgeNeed, missing_for_badge
from catalogue.publishing.checks import BLOCKING, Check, failed_checks
from catalogue.publishing.status import STEPS
from catalogue.publishing.values import EditionValues, ModuleValues
from catalogue.vocabulary import Format, StartType, Status, Way
from web import words
from web.hub.changes import Change, Names, changes
from web.hub.module_words import BADGE_NEEDS, BADGE_PART, CHECKS, PARTS
from web.hub.module_words import STEPS as STEP_WORDS
from web.languages import _, ngettext
from web.readability import reading_ease
from web.wiring import local_day, services

EASY = 60
"""A reading ease of which most people say that it reads easily."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the editor: what it is called, where it is, and what it still lacks."""

    name: str
    address: str
    lacks: Sequence[str]


@dataclass(frozen=True, slots=True)
class Step:
    """A step that can be taken now."""

    to: str
    text: str
    is_main: bool


@dataclass(frozen=True, slots=True)
class EditorPage:
    """All about one module for who edits it.

    `waits`: its next version waits; `overtaken`: where a file changed what is online meanwhile; `stops`: what has to be filled in before it
    can go online; `can_go`: it was never online, and who looks may throw it away.
    """

    uid: str
    title: str
    language: str
    slug: str
    provider: str
    partners: Sequence[str]
    status: str
    parts: Sequence[Part]
    steps: Sequence[Step]
    waits: bool
    overtaken: Sequence[Change]
    stops: Sequence[str]
    can_go: bool


@dataclass(frozen=True, slots=True)
class SuggestedLine:
    """A skill to choose: how far it seems to go, and the words of the text that tell; "" where none do."""

    uid: str
    label: str
    language: str
    level: int
    evidence: str


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run in words; `at` is its position among all, `is_dated` whether it begins on one date and so can be repeated."""

    at: int
    is_open: bool
    is_dated: bool
    start: str
    place: str
    when: str
    length: str
    price: str


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """A step in the life of a module."""

    number: int
    moment: str
    who: str
    status: str
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class AdoptionLine:
    """A module of somebody else that is based on this one."""

    slug: str
    title: str
    language: str
    provider: str


def editor_page(module: Module, waiting: NextVersion | None, overtaken: Sequence[Change], *, may_publish: bool) -> EditorPage:
    """The start page of one module's editor; `module` says what its editors want it to say."""
    failed = failed_checks(module, services().today())
    return EditorPage(
        uid=module.uid,
        title=module.title,
        language=module.language,
        slug=module.slug if module.status is Status.PUBLISHED else "",
        provider=module.organisation.name,
        partners=sorted(one.organisation.name for one in module.shares if one.accepted_at),
        status=str(words.STATUSES[module.status]),
        parts=parts(module, failed),
        steps=_steps(module.status, may_publish=may_publish, waits=waiting is not None),
        waits=waiting is not None,
        overtaken=overtaken,
        stops=[str(CHECKS[check][1]) for check in failed if check in BLOCKING],
        can_go=may_publish and module.published_at is None,
    )


def parts(module: Module, failed: Sequence[Check]) -> list[Part]:
    """All parts of the editor, each with what it lacks; the one for a badge where the module gives one."""
    found = [
        Part(str(name), url_for(f"editor.{code}", uid=module.uid), [str(CHECKS[check][1]) for check in failed if CHECKS[check][0] == code])
        for code, name in PARTS.items()
    ]
    if module.credential in ASKED:
        code, name = BADGE_PART
        needs = [_badge_need(need) for need in missing_for_badge(module)]
        found.append(Part(str(name), url_for(f"editor.{code}", uid=module.uid), needs))
    return found


def _badge_need(need: BadgeNeed) -> str:
    """What a badge still asks for, with the part where one fills it in if that is not the part of the badge."""
    part, text = BADGE_NEEDS[need]
    return str(text) if part == BADGE_PART[0] else f"{PARTS[part]}: {text}"


def _steps(status: Status, *, may_publish: bool, waits: bool) -> list[Step]:
    """The steps that somebody may take: who may not publish can ask for a look, and take that back."""
    allowed = [(status, to) for to in Status if to in STEPS[status] or (to is status is Status.PUBLISHED and waits)]
    public = {Status.PUBLISHED, Status.WITHDRAWN}
    mine = [(a, b) for a, b in allowed if may_publish or not ({a, b} & public)]
    return [
        Step(b.value, str(STEP_WORDS[a, b]), b is Status.PUBLISHED)
        for a, b in sorted(mine, key=lambda step: step[1] is not Status.PUBLISHED)
    ]


def status_words(status: Status) -> str:
    """Where a module stands now, after "the module"."""
    return {
        Status.DRAFT: _("is een concept"),
        Status.IN_REVIEW: _("wacht op een collega"),
        Status.PUBLISHED: _("staat online"),
        Status.WITHDRAWN: _("staat niet meer online"),
    }[status]


def ease_note(text: str, text_language: str) -> str:
    """How easily a Dutch text reads, with advice; "" for another language or a few words."""
    ease = reading_ease(text) if text_language == "nl" else None
    if ease is None:
        return ""
    if ease >= EASY:
        return _("Uw tekst leest makkelijk (%(ease)s van 100).", ease=round(ease))
    return _("Uw tekst leest moeilijk (%(ease)s van 100). Vanaf 60 leest iedereen mee. Maak uw zinnen kort.", ease=max(0, round(ease)))


def suggested_lines(found: Sequence[tuple[Skill, int, str]]) -> list[SuggestedLine]:
    """Skills that were found in a text, each with its level and the words that tell."""
    return [SuggestedLine(skill.uid, *words.named(skill), level, evidence) for skill, level, evidence in found]


def run_lines(values: ModuleValues, places: Mapping[str, str]) -> list[RunLine]:
    """The runs in words; `places` names each place by slug."""
    return [_run_line(at, run, places) for at, run in enumerate(values["editions"])]


def _run_line(at: int, run: EditionValues, places: Mapping[str, str]) -> RunLine:
    where = str(words.FORMATS[run.format])
    today = services().today()
    return RunLine(
        at=at,
        is_open=run.start.is_open(today),
        is_dated=run.start.type is StartType.FIXED,
        start=words.start(run.start, today),
        place=where if run.format is Format.ONLINE else places.get(run.place, where),
        when=words.in_the_week(run.day_parts, run.start.type, run.format),
        length=ngettext("%(num)s week", "%(num)s weken", run.weeks) if run.weeks else "",
        price=words.price(None if run.price_cents is None else run.price_cents / 100),
    )


def revision_lines(steps: Sequence[Revision], signed: Mapping[int, str], names: Names) -> list[RevisionLine]:
    """The steps of a module, the last first, each with what it changed since the one before; `signed` says whose steps they were."""
    before = [*steps, None][1:]
    return [
        RevisionLine(
            number=step.number,
            moment=words.day(local_day(step.created_at)),
            who=_who(step, signed.get(step.id, "")),
            status=str(words.STATUSES[step.status]),
            changes=revision_changes(step, earlier, names),
        )
        for step, earlier in zip(steps, before, strict=True)
    ]


def adoption_lines(modules: Sequence[Module]) -> list[AdoptionLine]:
    """Who took a module over."""
    return [AdoptionLine(one.slug, one.title, one.language, one.organisation.name) for one in modules]


def revision_changes(step: Revision, earlier: Revision | None, names: Names) -> list[Change]:
    """What a step changed: of a file or feed what it found itself, of a person's what was different at the step before."""
    if step.way is Way.HAND or (step.way is Way.PROGRAM and not step.before):
        return changes(earlier.document, step.document, names) if earlier else []
    return changes(step.document | step.before, step.document, names)


def _who(step: Revision, email: str) -> str:
    match step.way:
        case Way.HAND:
            return email or _("iemand die weg is")
        case Way.FILE:
            return _("%(who)s, met een bestand", who=email) if email else _("een bestand")
        case Way.FEED:
            return _("het bestand dat wij ophalen")
        case Way.PROGRAM:
            return _("uw eigen systeem")

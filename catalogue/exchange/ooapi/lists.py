"""The published catalogue, page by page, as the lists of the Open Onderwijs API ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from catalogue.exchange.ooapi.days import academic_year, first_day, offering_days
from catalogue.models import Edition, Module, Organisation, Stack, StackStep
from catalogue.modules import modules_by_id
from catalogue.vocabulary import Credential, Format, Level, StartType, Status

Item = TypeVar("Item")

_PUBLISHED = Module.status == Status.PUBLISHED
_CODE: ColumnElement[str] = func.coalesce(func.nullif(Module.external_id, ""), Module.uid)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for.

    Attributes:
        size, number: the page, counted from 1.
        sort: attributes by the names of the specification, each with whether it goes down.
        text: stands in name, abbreviation or description.
        primary_code, languages, levels, formats: filters in our own words; "" and None ask for nothing, an empty set for what is not there.
        result_expected, since, until: filters of offerings; both days count.
        choices: other filters by the names of the specification.
    """

    size: int = 10
    number: int = 1
    sort: tuple[tuple[str, bool], ...] = ()
    text: str = ""
    primary_code: str = ""
    languages: frozenset[str] | None = None
    levels: frozenset[Level] | None = None
    formats: frozenset[Format] | None = None
    result_expected: bool | None = None
    since: date | None = None
    until: date | None = None
    choices: Mapping[str, str] = field(default_factory=dict)

    def from_day(self, day: date) -> Asked:
        """The same, from `day` on where it does not say itself since when."""
        return self if self.since else replace(self, since=day)

    @property
    def first(self) -> int:
        """How many items stand on the pages before."""
        return self.size * (self.number - 1)


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """The items of one page, of `total`."""

    items: Sequence[Item]
    total: int


@dataclass(frozen=True, slots=True)
class Within:
    """What a list is part of: a provider, a stack, a module or an academic year. Without any of them it holds everything."""

    organisation_id: int | None = None
    stack_id: int | None = None
    module_uid: str = ""
    year: int | None = None


EVERYTHING = Within()


def module_page(session: Session, asked: Asked, within: Within = EVERYTHING) -> Page[Module]:
    """Published modules, whole."""
    wishes = [_PUBLISHED, *_module_wishes(asked), *_scope(within)]
    if asked.levels is not None:
        wishes.append(Module.level.in_(asked.levels))
    if asked.formats is not None:
        wishes.append(Module.editions.any(Edition.format.in_(asked.formats)))
    if asked.primary_code:
        wishes.append(_CODE.in_([asked.primary_code]))
    total = session.scalar(select(func.count()).select_from(Module).where(*wishes)) or 0
    columns = {"name": func.lower(Module.title), "primaryCode": _CODE, "courseId": Module.uid}
    order = [columns[name].desc() if down else columns[name].asc() for name, down in asked.sort if name in columns]
    ids = session.scalars(select(Module.id).where(*wishes).order_by(*order, Module.id).limit(asked.size).offset(asked.first)).all()
    found = modules_by_id(session, ids)
    return Page([found[one] for one in ids], total)


def offering_page(session: Session, asked: Asked, today: date, within: Within = EVERYTHING) -> Page[tuple[Module, Edition]]:
    """Editions of published modules. Of all that fit only the days are read, since those of open starts stand in no column."""
    statement = select(Edition.uid, Module.title, Edition.weeks, Edition.start).join(Module, Module.id == Edition.module_id)
    wishes = [_PUBLISHED, *_module_wishes(asked), *_scope(within)]
    if asked.formats is not None:
        wishes.append(Edition.format.in_(asked.formats))
    if asked.result_expected is not None:
        wishes.append((Module.credential != Credential.NONE) == asked.result_expected)
    keys: list[dict[str, Any]] = []
    for uid, title, weeks, start in session.execute(statement.where(*wishes)):
        starts, ends = offering_days(start, weeks, today)
        if (asked.since is None or starts >= asked.since) and (asked.until is None or ends <= asked.until):
            keys.append({"offeringId": uid, "name": title.lower(), "startDate": starts, "endDate": ends})
    page = [key["offeringId"] for key in ordered(keys, asked.sort, "offeringId")[asked.first : asked.first + asked.size]]
    found = {edition.uid: (module, edition) for module, edition in session.execute(_offerings().where(Edition.uid.in_(page)))}
    return Page([found[uid] for uid in page], len(keys))


def offering(session: Session, uid: str) -> tuple[Module, Edition] | None:
    """The edition with this uid and its published module, without what belongs to other editions."""
    row = session.execute(_offerings().where(Edition.uid == uid)).first()
    return (row[0], row[1]) if row else None


def providers(session: Session) -> Sequence[Organisation]:
    """The organisations that have published something, by name."""
    publishing = select(Module.organisation_id).where(_PUBLISHED)
    statement = select(Organisation).where(Organisation.id.in_(publishing)).options(joinedload(Organisation.place))
    return session.scalars(statement.order_by(Organisation.name, Organisation.id)).all()


def stacks(session: Session, within: Within = EVERYTHING) -> Sequence[Stack]:
    """Stacks with a published module, by title, with their steps; all, or those of one provider."""
    statement = _whole_stacks()
    if within.organisation_id is not None:
        statement = statement.where(Stack.organisation_id == within.organisation_id)
    return session.scalars(statement.order_by(Stack.title, Stack.id)).all()


def stack(session: Session, uid: str) -> Stack | None:
    """The stack with this uid, as `stacks` gives it."""
    return session.scalars(_whole_stacks().where(Stack.uid == uid)).one_or_none()


def stacks_by_module(session: Session, modules: Iterable[Module]) -> dict[int, list[Stack]]:
    """For each of these modules the stacks that it is a step of."""
    found: dict[int, list[Stack]] = {module.id: [] for module in modules}
    steps = select(StackStep).where(StackStep.module_id.in_(found)).order_by(StackStep.stack_id)
    whole = {stack.id: stack for stack in session.scalars(_whole_stacks().where(Stack.steps.any(StackStep.module_id.in_(found))))}
    for step in session.scalars(steps):
        found[step.module_id].append(whole[step.stack_id])
    return found


def academic_years(session: Session) -> list[int]:
    """The years in which an edition with a fixed date begins, first to last."""
    days = select(Edition.start_on).join(Module, Module.id == Edition.module_id).where(_PUBLISHED, Edition.start_type == StartType.FIXED)
    return sorted({academic_year(day) for day in session.scalars(days.distinct()) if day})


def ordered(items: Iterable[Mapping[str, Any]], sort: Iterable[tuple[str, bool]], tie: str) -> list[Any]:
    """Sorted by each attribute in turn; equal ones by `tie`."""
    found = sorted(items, key=lambda item: item[tie])
    for name, down in reversed(list(sort)):
        found.sort(key=lambda item: item[name], reverse=down)
    return found


def _module_wishes(asked: Asked) -> list[ColumnElement[bool]]:
    wishes: list[ColumnElement[bool]] = []
    if asked.text:
        wishes.append(or_(*(column.icontains(asked.text, autoescape=True) for column in (Module.title, Module.slug, Module.description))))
    if asked.languages is not None:
        wishes.append(Module.language.in_(asked.languages))
    return wishes


def _scope(within: Within) -> list[ColumnElement[bool]]:
    wishes: list[ColumnElement[bool]] = []
    if within.organisation_id is not None:
        wishes.append(Module.organisation_id == within.organisation_id)
    if within.stack_id is not None:
        wishes.append(Module.id.in_(select(StackStep.module_id).where(StackStep.stack_id == within.stack_id)))
    if within.module_uid:
        wishes.append(Module.uid == within.module_uid)
    if within.year is not None:
        first, after = first_day(within.year), first_day(within.year + 1)
        wishes += [Edition.start_type == StartType.FIXED, Edition.start_on >= first, Edition.start_on < after]
    return wishes


def _whole_stacks() -> Select[Stack]:
    """Of the modules of its steps nothing is read but the language."""
    provider, module = joinedload(Stack.organisation).joinedload(Organisation.place), selectinload(Stack.steps).joinedload(StackStep.module)
    return select(Stack).where(Stack.steps.any(StackStep.module.has(_PUBLISHED))).options(provider, module.load_only(Module.language))


def _offerings() -> Select[Module, Edition]:
    """Editions of published modules: provider and places are read with them, skills and other editions are not."""
    provider = joinedload(Module.organisation).joinedload(Organisation.place)
    statement = select(Module, Edition).join(Edition, Edition.module_id == Module.id).where(_PUBLISHED)
    return statement.options(provider, joinedload(Edition.place))

"""The caseload of an advisor: what asks for attention in each dossier, and which dossiers are wanted. Pure but for `cases_of`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.language.dutch import folded
from web.advisor.guidance_model import Intake, Report
from web.advisor.model import Dossier, Note, Standing
from web.advisor.news import news_of
from web.advisor.reading import dossiers_of_advisor
from web.wiring import local_day

SOON = timedelta(days=60)
"""So long before its last day a consent is near its end."""
QUIET = timedelta(days=30)
"""So long without a talk is long."""
DUE = "due"
"""Of the standings that one can choose: open, with a task that is not done."""


class Notice(StrEnum):
    """What asks for attention in an open dossier."""

    LATE = "late"
    WEEK = "week"
    """A task is due within this week, today included and to Sunday."""
    NO_INTAKE = "no-intake"
    NO_REPORT = "no-report"
    NEWS = "news"
    """The client did something that the advisor has not looked at."""
    ENDS = "ends"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Case:
    """A dossier in the caseload. `due` are the days of tasks that are not done; `talked_on` is the last talk, else when it began;
    `news` are codes of `web.advisor.news`."""

    uid: str
    name: str
    standing: Standing
    until: date
    due: tuple[date, ...]
    has_intake: bool
    has_report: bool
    talked_on: date
    news: frozenset[str] = frozenset()

    def notices(self, today: date) -> frozenset[Notice]:
        """What asks for attention; nothing in a dossier that waits or is closed."""
        if self.standing is not Standing.OPEN:
            return frozenset()
        sunday = today + timedelta(days=6 - today.weekday())
        found = {
            Notice.LATE: any(day < today for day in self.due),
            Notice.WEEK: any(today <= day <= sunday for day in self.due),
            Notice.NO_INTAKE: not self.has_intake,
            Notice.NO_REPORT: not self.has_report,
            Notice.NEWS: bool(self.news),
            Notice.ENDS: self.until <= today + SOON,
            Notice.QUIET: self.talked_on < today - QUIET,
        }
        return frozenset(notice for notice, is_so in found.items() if is_so)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which dossiers somebody wants to see: with this in the name, of this standing ("" is any), and with all of these notices."""

    text: str = ""
    standing: str = ""
    notices: frozenset[Notice] = frozenset()

    def fits(self, case: Case, today: date) -> bool:
        """Whether a dossier is one of them."""
        is_named = all(word in folded(case.name) for word in folded(self.text).split())
        has_standing = not self.standing or case.standing == self.standing
        is_due = self.standing == DUE and case.standing is Standing.OPEN and bool(case.due)
        return is_named and (has_standing or is_due) and self.notices <= case.notices(today)


def chosen(cases: Iterable[Case], wanted: Wanted, today: date) -> list[Case]:
    """The wanted dossiers: what is due first on top, then those that are not closed, by name."""
    found = [case for case in cases if wanted.fits(case, today)]
    return sorted(found, key=lambda case: (min(case.due, default=date.max), case.standing is Standing.CLOSED, case.name.casefold()))


def counts(cases: Sequence[Case], wanted: Wanted, standings: Iterable[str], today: date) -> tuple[Mapping[str, int], Mapping[Notice, int]]:
    """How many dossiers each choice would leave beside all that is chosen now: of each standing, and with each notice added."""

    def number(other: Wanted) -> int:
        return sum(other.fits(case, today) for case in cases)

    by_standing = {code: number(replace(wanted, standing=code)) for code in standings}
    return by_standing, {code: number(replace(wanted, notices=wanted.notices | {code})) for code in Notice}


def cases_of(session: Session, advisor_id: int, today: date) -> list[Case]:
    """All dossiers of an advisor, also those whose consent is over, in a fixed number of queries and without what was written in them."""
    dossiers = dossiers_of_advisor(session, advisor_id)
    keys = [one.id for one in dossiers]
    talks = dict(
        session.execute(select(Note.dossier_id, func.max(Note.day)).where(Note.dossier_id.in_(keys)).group_by(Note.dossier_id)).all()
    )
    intakes = set(session.scalars(select(Intake.dossier_id).where(Intake.dossier_id.in_(keys))))
    reports = set(session.scalars(select(Report.dossier_id).where(Report.dossier_id.in_(keys))))
    news = news_of(session, keys)
    return [
        _case(one, today, talks.get(one.id), news.get(one.uid, frozenset()), has_intake=one.id in intakes, has_report=one.id in reports)
        for one in dossiers
    ]


def _case(dossier: Dossier, today: date, talked_on: date | None, news: frozenset[str], *, has_intake: bool, has_report: bool) -> Case:
    standing = dossier.standing(today)
    due = sorted(task.due for task in dossier.tasks if task.done_at is None) if standing is Standing.OPEN else []
    began = local_day(dossier.consent.given_at or dossier.opened_at)
    return Case(
        dossier.uid,
        dossier.client_name,
        standing,
        dossier.consent.until,
        tuple(due),
        has_intake,
        has_report,
        max(talked_on or began, began),
        news,
    )

"""Dossiers as template values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from web import words
from web.accounts.presenters import moment
from web.advisor.model import ENDED, Dossier, How, Note, Standing, Task
from web.advisor.retention import deleted_at
from web.audit.chain import CLIENT, SITE
from web.audit.model import AuditEntry
from web.languages import _, lazy_gettext, ngettext
from web.wiring import local_day

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

STANDINGS: Mapping[Standing, LazyString] = {
    Standing.OPEN: lazy_gettext("open"),
    Standing.WAITING: lazy_gettext("wacht op toestemming"),
    Standing.CLOSED: lazy_gettext("gesloten"),
    Standing.WITHDRAWN: lazy_gettext("toestemming ingetrokken"),
    Standing.OVER: lazy_gettext("toestemming voorbij"),
}
DUE = "due"
FILTERS: Mapping[str, LazyString] = {
    "": lazy_gettext("alle dossiers"),
    Standing.OPEN.value: lazy_gettext("open"),
    DUE: lazy_gettext("met een taak die nog moet"),
    Standing.WAITING.value: lazy_gettext("wacht op toestemming"),
    Standing.CLOSED.value: lazy_gettext("gesloten"),
}
ACTIONS: Mapping[str, LazyString] = {
    "read": lazy_gettext("keek in het dossier"),
    "opened": lazy_gettext("maakte het dossier"),
    "agreed": lazy_gettext("gaf toestemming"),
    "withdrew": lazy_gettext("trok de toestemming in"),
    "wrote": lazy_gettext("schreef doel en situatie"),
    "noted": lazy_gettext("schreef een notitie"),
    "removed-note": lazy_gettext("wiste een notitie"),
    "planned": lazy_gettext("maakte een taak"),
    "turned-task": lazy_gettext("vinkte een taak af of weer aan"),
    "handed-over": lazy_gettext("droeg het dossier over"),
    "closed": lazy_gettext("sloot het dossier"),
    "reopened": lazy_gettext("opende het dossier weer"),
    "new-link": lazy_gettext("maakte een nieuwe link voor de klant"),
}


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One dossier in the caseload."""

    uid: str
    name: str
    standing: str
    code: Standing
    due: date | None
    """The first day on which something has to be done."""
    is_late: bool
    to_do: int
    until: str


@dataclass(frozen=True, slots=True)
class LogLine:
    """What somebody did with a dossier on a day."""

    who: str
    text: str
    last: str


@dataclass(frozen=True, slots=True)
class DossierPage:
    """A dossier for its advisor or its client."""

    uid: str
    name: str
    email: str
    standing: Standing
    standing_word: str
    goal: str
    situation: str
    notes: Sequence[Note]
    tasks: Sequence[Task]
    advisor: str
    """An e-mail address; "" once that account is gone."""
    purpose: str
    until: str
    how: str
    given: str
    withdrawn: str
    deleted: str
    log: Sequence[LogLine]
    today: date

    @property
    def is_ended(self) -> bool:
        """Whether no advisor may look any more."""
        return self.standing in ENDED


def case_lines(dossiers: Iterable[Dossier], today: date, chosen: str) -> list[CaseLine]:
    """The dossiers that an advisor may look into, what is due first on top; `chosen` is one of `FILTERS`."""
    lines = [_case_line(one, today) for one in dossiers if one.standing(today) not in ENDED]
    wanted = [line for line in lines if not chosen or line.code == chosen or (chosen == DUE and line.due)]
    return sorted(wanted, key=lambda line: (line.due or date.max, line.code is Standing.CLOSED, line.name.casefold()))


def _case_line(dossier: Dossier, today: date) -> CaseLine:
    standing = dossier.standing(today)
    due = [task.due for task in dossier.tasks if task.done_at is None] if standing is Standing.OPEN else []
    return CaseLine(
        uid=dossier.uid,
        name=dossier.client_name,
        standing=str(STANDINGS[standing]),
        code=standing,
        due=min(due, default=None),
        is_late=min(due, default=today) < today,
        to_do=len(due),
        until=words.day(dossier.consent.until),
    )


def dossier_page(dossier: Dossier, entries: Sequence[AuditEntry], people: Mapping[str, str], today: date) -> DossierPage:
    """A dossier in words; `entries` and `people` come from the audit trail."""
    consent, standing = dossier.consent, dossier.standing(today)
    return DossierPage(
        uid=dossier.uid,
        name=dossier.client_name,
        email=dossier.client_email,
        standing=standing,
        standing_word=str(STANDINGS[standing]),
        goal=dossier.goal,
        situation=dossier.situation,
        notes=dossier.notes,
        tasks=sorted(dossier.tasks, key=lambda task: (task.done_at is not None, task.due, task.id)),
        advisor=dossier.advisor.email if dossier.advisor else "",
        purpose=consent.purpose,
        until=words.day(consent.until),
        how=_("op papier") if consent.how is How.PAPER else _("online"),
        given=words.day(local_day(consent.given_at)) if consent.given_at else "",
        withdrawn=words.day(local_day(consent.withdrawn_at)) if consent.withdrawn_at else "",
        deleted=words.day(local_day(deleted_at(dossier))),
        log=log_lines(entries, people),
        today=today,
    )


def log_lines(entries: Sequence[AuditEntry], people: Mapping[str, str]) -> list[LogLine]:
    """Who did what, the newest first; what somebody did several times on one day is one line."""

    def same(entry: AuditEntry) -> tuple[date, str, str]:
        return local_day(entry.moment), entry.actor, entry.action

    by_day = sorted(entries, key=lambda entry: (local_day(entry.moment), entry.number), reverse=True)
    groups: dict[tuple[date, str, str], list[AuditEntry]] = {}
    for key, several in groupby(by_day, same):
        groups.setdefault(key, []).extend(several)
    return [_log_line(several, people) for several in groups.values()]


def _log_line(several: Sequence[AuditEntry], people: Mapping[str, str]) -> LogLine:
    first, text = several[0], str(ACTIONS.get(several[0].action, several[0].action))
    nameless = {CLIENT: _("de klant"), SITE: "Leerwijzer"}
    who = nameless.get(first.actor) or people.get(first.actor) or _("iemand wiens account gewist is")
    times = ngettext("%(num)s keer", "%(num)s keer", len(several))
    return LogLine(who, f"{text} ({times})" if len(several) > 1 else text, moment(first.moment))

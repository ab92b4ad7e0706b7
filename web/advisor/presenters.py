"""Dossiers as template values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from web import words
from web.accounts.presenters import moment
from web.advisor.caseload import DUE, Case, Notice, Wanted, chosen, counts
from web.advisor.intake.presenters import Line
from web.advisor.model import ENDED, Dossier, How, Note, Standing, Task
from web.advisor.news import NewsLine, news_lines
from web.advisor.people import advisor_name, advisor_reach
from web.advisor.retention import deleted_at
from web.audit.chain import READ
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
FILTERS: Mapping[str, LazyString] = {
    "": lazy_gettext("alle dossiers"),
    Standing.OPEN.value: lazy_gettext("open"),
    DUE: lazy_gettext("met een taak die nog moet"),
    Standing.WAITING.value: lazy_gettext("wacht op toestemming"),
    Standing.CLOSED.value: lazy_gettext("gesloten"),
}
NOTICES: Mapping[Notice, LazyString] = {
    Notice.LATE: lazy_gettext("een taak is te laat"),
    Notice.WEEK: lazy_gettext("een taak voor deze week"),
    Notice.NO_INTAKE: lazy_gettext("nog geen intake"),
    Notice.NO_REPORT: lazy_gettext("nog geen verslag"),
    Notice.NEWS: lazy_gettext("uw klant deed iets nieuws"),
    Notice.ENDS: lazy_gettext("toestemming stopt binnen 60 dagen"),
    Notice.QUIET: lazy_gettext("30 dagen geen gesprek"),
}
_SAID_BESIDES = frozenset({Notice.LATE, Notice.WEEK, Notice.NEWS})
HANDED_OVER = "handed-over"
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
    HANDED_OVER: lazy_gettext("droeg het dossier over"),
    "closed": lazy_gettext("sloot het dossier"),
    "reopened": lazy_gettext("opende het dossier weer"),
    "new-link": lazy_gettext("maakte een nieuwe link voor de klant"),
    "chose": lazy_gettext("veranderde de lijst met modules"),
    "unlisted": lazy_gettext("haalde een module van de lijst"),
    "claimed": lazy_gettext("schreef op wat eerder geleerd is"),
    "unclaimed": lazy_gettext("wiste iets dat eerder geleerd is"),
    "changed-note": lazy_gettext("veranderde een notitie"),
    "asked-longer": lazy_gettext("vroeg om meer tijd"),
    "renewed": lazy_gettext("schreef een latere laatste dag op"),
    "agreed-longer": lazy_gettext("gaf toestemming voor meer tijd"),
    "refused-longer": lazy_gettext("wilde geen latere laatste dag"),
    "added-file": lazy_gettext("zette een bestand in het dossier"),
    "fetched-file": lazy_gettext("haalde een bestand op"),
    "removed-file": lazy_gettext("wiste een bestand"),
    "answered": lazy_gettext("schreef antwoorden uit het gesprek op"),
    "skipped-step": lazy_gettext("sloeg een stap van het gesprek over"),
    "took-answers": lazy_gettext("nam antwoorden over in het dossier"),
    "gave-answers": lazy_gettext("gaf antwoorden aan de adviseur"),
    "took-along": lazy_gettext("nam de antwoorden mee"),
    "weighed": lazy_gettext("koos wat zwaar telt bij de modules"),
    "wished": lazy_gettext("wijzigde de wensen"),
    "pinned": lazy_gettext("zette een module in het advies"),
    "put-on-list": lazy_gettext("zette een module op misschien"),
    "let-go": lazy_gettext("liet een module weer open"),
    "rejected": lazy_gettext("schreef op waarom een module niet past"),
    "took-wish": lazy_gettext("nam een andere wens over"),
    "kept-wishes": lazy_gettext("bewaarde een vergelijking van wensen"),
    "made-report": lazy_gettext("maakte een adviesverslag"),
    "downloaded-report": lazy_gettext("haalde een adviesverslag op"),
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
    notices: Sequence[str]
    """What asks for attention besides its tasks and news."""
    news: Sequence[NewsLine]


@dataclass(frozen=True, slots=True)
class Choosable:
    """Something to choose in the caseload, with how many dossiers are left then."""

    code: str
    text: str
    number: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class CaseloadPage:
    """The caseload as it was asked for; `ended` is how many dossiers are closed for the advisor."""

    lines: Sequence[CaseLine]
    has_any: bool
    ended: int
    text: str
    is_filtered: bool
    standings: Sequence[Choosable]
    notices: Sequence[Choosable]


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
    """In words, by the advisor."""
    chosen_goal: Sequence[Line]
    """As it was chosen in the talk, which modules are looked for by."""
    situation: str
    notes: Sequence[Note]
    tasks: Sequence[Task]
    advisor: str
    """The name of the advisor; "" once that account is gone."""
    reach: str
    """How to reach the advisor besides."""
    purpose: str
    until: str
    longer: str
    """The later last day that is asked for; "" where none is."""
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


def caseload_page(cases: Sequence[Case], wanted: Wanted, today: date) -> CaseloadPage:
    """The dossiers that an advisor may look into and asked for, with how many each other choice would leave."""
    open_to_see = [one for one in cases if one.standing not in ENDED]
    standings, notices = counts(open_to_see, wanted, FILTERS, today)
    return CaseloadPage(
        lines=[_case_line(one, today) for one in chosen(open_to_see, wanted, today)],
        has_any=bool(cases),
        ended=len(cases) - len(open_to_see),
        text=wanted.text,
        is_filtered=wanted != Wanted(),
        standings=[Choosable(code, str(FILTERS[code]), number, code == wanted.standing) for code, number in standings.items()],
        notices=[Choosable(code, str(NOTICES[code]), number, code in wanted.notices) for code, number in notices.items()],
    )


def _case_line(case: Case, today: date) -> CaseLine:
    notices = case.notices(today)
    return CaseLine(
        uid=case.uid,
        name=case.name,
        standing=str(STANDINGS[case.standing]),
        code=case.standing,
        due=min(case.due, default=None),
        is_late=Notice.LATE in notices,
        to_do=len(case.due),
        until=words.day(case.until),
        notices=[str(word) for code, word in NOTICES.items() if code in notices and code not in _SAID_BESIDES],
        news=news_lines(case.uid, case.news if Notice.NEWS in notices else ()),
    )


def dossier_page(
    dossier: Dossier, chosen_goal: Sequence[Line], entries: Sequence[AuditEntry], people: Mapping[str, str], today: date
) -> DossierPage:
    """A dossier in words; `entries` come from the audit trail, and `people` are names for its actors."""
    consent, standing = dossier.consent, dossier.standing(today)
    return DossierPage(
        uid=dossier.uid,
        name=dossier.client_name,
        email=dossier.client_email,
        standing=standing,
        standing_word=str(STANDINGS[standing]),
        goal=dossier.goal,
        chosen_goal=chosen_goal,
        situation=dossier.situation,
        notes=dossier.notes,
        tasks=sorted(dossier.tasks, key=lambda task: (task.done_at is not None, task.due, task.id)),
        advisor=advisor_name(dossier.advisor) if dossier.advisor else "",
        reach=advisor_reach(dossier.advisor) if dossier.advisor else "",
        purpose=consent.purpose,
        until=words.day(consent.until),
        longer=words.day(consent.longer_until),
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
    first, text, number = several[0], str(ACTIONS.get(several[0].action, several[0].action)), len(several)
    if first.action == HANDED_OVER and first.what in people:
        text = _("droeg het dossier over aan: %(name)s", name=people[first.what])
    if first.action == READ:
        times = ngettext("%(num)s bladzijde", "%(num)s bladzijden", number)
    else:
        times = ngettext("%(num)s keer", "%(num)s keer", number)
    return LogLine(people[first.actor], f"{text} ({times})" if number > 1 else text, moment(first.moment))

"""The central team of a hub as template values: what waits for it, and what an author sees of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalogue.models import Approval, Module
from catalogue.publishing.approvals import Standing, standing
from catalogue.publishing.documents import to_document, values_of
from catalogue.publishing.editing import edited_values, next_version
from catalogue.publishing.hub_rules import missing, team_of
from catalogue.vocabulary import Status
from web.hub.changes import Change, changes, names_in
from web.hub.module_words import CHECKS
from web.wiring import local_day
from web.words import day


@dataclass(frozen=True, slots=True)
class CentralNote:
    """What an author has to know of the central team: its name and hub, where the module stands, why it came back, and what is missing."""

    team: str
    hub: str
    standing: Standing
    reason: str
    lacks: Sequence[str]

    @property
    def is_to_ask(self) -> bool:
        """Whether the module can be laid before the team now."""
        return self.standing in (Standing.OPEN, Standing.SENT_BACK)

    @property
    def stops(self) -> bool:
        """Whether the module may not go online yet."""
        return self.standing not in (Standing.FREE, Standing.APPROVED)


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A module that waits for the central team."""

    uid: str
    title: str
    language: str
    provider: str
    asked: str
    is_online: bool


def central_note(session: Session, module: Module) -> CentralNote | None:
    """What the central team asks of a module, as its editors see it; None where its hub has none, or where nothing is to go online."""
    if module.status is Status.PUBLISHED and next_version(session, module) is None:
        return None
    values = edited_values(session, module)
    team = team_of(session, values["hub_id"])
    if team is None:
        return None
    asked = session.get(Approval, module.id)
    stands = standing(session, module)
    return CentralNote(
        team=team.organisation.name,
        hub=team.hub.name,
        standing=stands,
        reason=asked.reason if asked and stands is Standing.SENT_BACK else "",
        lacks=[str(CHECKS[check][1]) for check in missing(session, values)],
    )


def waiting_lines(asked: Iterable[Approval]) -> list[WaitingLine]:
    """What waits, the oldest first."""
    return [waiting_line(one) for one in asked]


def asked_changes(session: Session, asked: Approval) -> list[Change]:
    """What the team is asked to approve: all that a new module says, or what would change in one that is online."""
    before = to_document(values_of(asked.module)) if asked.module.status is Status.PUBLISHED else {}
    return changes(before, asked.document, names_in(session, [before, asked.document]))


def waiting_line(asked: Approval) -> WaitingLine:
    """One that waits."""
    module = asked.module
    return WaitingLine(
        uid=module.uid,
        title=asked.document["title"],
        language=asked.document["language"],
        provider=module.organisation.name,
        asked=day(local_day(asked.asked_at)),
        is_online=module.status is Status.PUBLISHED,
    )

"""The start page of a hub as template values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalogue.models import HubTeam, Module, Organisation
from catalogue.vocabulary import Status
from web import words


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """One of one's own modules."""

    uid: str
    title: str
    language: str
    provider: str
    status: str
    changed: str


@dataclass(frozen=True, slots=True)
class StartPage:
    """What somebody who publishes sees first. `counts` holds each status in words with its number of modules.

    Of the organisations `managed`, one decides who works there; for those that are `publishing`, one may bring a file. `questions` holds
    those that others ask to make a module too, each with how many modules; of the hubs of `teams` one sets the rules.
    """

    organisations: Sequence[Organisation]
    managed: Sequence[Organisation]
    publishing: Sequence[Organisation]
    questions: Sequence[tuple[Organisation, int]]
    teams: Sequence[HubTeam]
    counts: Sequence[tuple[str, int]]
    total: int
    lines: Sequence[ModuleLine]


def start_page(
    organisations: Sequence[Organisation],
    modules: Sequence[Module],
    counts: Mapping[Status, int],
    *,
    managed: Sequence[Organisation] = (),
    publishing: Sequence[Organisation] = (),
    questions: Mapping[int, int] | None = None,
    teams: Sequence[HubTeam] = (),
) -> StartPage:
    """The start page for these organisations; `modules` may be the first of many, `counts` counts all."""
    return StartPage(
        organisations=organisations,
        managed=managed,
        publishing=publishing,
        teams=teams,
        questions=[(one, questions[one.id]) for one in publishing if one.id in questions] if questions else [],
        counts=[(str(words.STATUSES[status]), counts[status]) for status in Status if status in counts],
        total=sum(counts.values()),
        lines=[
            ModuleLine(
                uid=module.uid,
                title=module.title,
                language=module.language,
                provider=module.organisation.name,
                status=str(words.STATUSES[module.status]),
                changed=words.day(module.updated_at.date()),
            )
            for module in modules
        ],
    )

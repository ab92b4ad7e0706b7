"""The start page of a hub as template values."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from catalogue.models import HubTeam, Module, Organisation
from catalogue.publishing.checks import failed_checks
from catalogue.vocabulary import Status
from web import words
from web.hub.module_words import COUNTED, LACKS
from web.languages import _
from web.wiring import local_day, services


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """One of one's own modules."""

    uid: str
    title: str
    language: str
    provider: str
    status: str
    lacks: str
    changed: str


@dataclass(frozen=True, slots=True)
class Desk:
    """One of one's own organisations, with what one may do there: each an address, a name and what it is for."""

    organisation: Organisation
    tools: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class StartPage:
    """What somebody who publishes sees first. `counts` holds each status with its word and its number of modules.

    `questions` holds the organisations that others ask to make a module too, each with how many modules; of the hubs of `teams` one sets
    the rules, each with how many modules wait for an answer. `n_asking` organisations ask an administrator to join.
    """

    organisations: Sequence[Organisation]
    desks: Sequence[Desk]
    questions: Sequence[tuple[Organisation, int]]
    teams: Sequence[tuple[HubTeam, int]]
    counts: Sequence[tuple[str, str, int]]
    lines: Sequence[ModuleLine]
    n_asking: int


def _tools(slug: str, *, is_managed: bool, is_publishing: bool) -> list[tuple[str, str, str]]:
    """What somebody may do for an organisation."""
    tools = [("figures.overview", _("Cijfers"), _("Hoe vaak mensen uw modules zien."))]
    if is_publishing:
        tools += [
            ("uploads.upload", _("Bestand"), _("Breng veel modules tegelijk, haal ze op, of neem ze terug.")),
            ("double.overview", _("Bijna hetzelfde"), _("Modules die veel op elkaar lijken.")),
            ("joint.overview_page", _("Samen gemaakt"), _("Modules die u met anderen maakt.")),
        ]
    if is_managed:
        tools += [
            ("sources.overview", _("Ophalen"), _("Bestanden en systemen die wij steeds weer lezen.")),
            ("tokens.overview", _("Sleutels"), _("Uw eigen systeem werkt met uw modules.")),
            ("people.overview", _("Mensen"), _("Wie er meewerkt, en wat zij mogen.")),
        ]
    return [(url_for(endpoint, slug=slug), name, purpose) for endpoint, name, purpose in tools]


def start_page(
    organisations: Sequence[Organisation],
    modules: Sequence[Module],
    counts: Mapping[Status, int],
    *,
    managed: Sequence[Organisation] = (),
    publishing: Sequence[Organisation] = (),
    questions: Mapping[int, int] | None = None,
    teams: Sequence[tuple[HubTeam, int]] = (),
    waiting: Collection[int] = (),
    n_asking: int = 0,
) -> StartPage:
    """The start page for these organisations; `modules` are those of one page, of `waiting` a next version waits, `counts` counts all."""
    return StartPage(
        organisations=organisations,
        desks=[Desk(one, _tools(one.slug, is_managed=one in managed, is_publishing=one in publishing)) for one in organisations],
        teams=teams,
        questions=[(one, questions[one.id]) for one in publishing if one.id in questions] if questions else [],
        counts=[(str(status), str(COUNTED[status]), counts[status]) for status in Status if status in counts],
        lines=[_line(module, has_next=module.id in waiting) for module in modules],
        n_asking=n_asking,
    )


def _line(module: Module, *, has_next: bool) -> ModuleLine:
    """One module, with what it lacks in a few words."""
    stands = str(words.STATUSES[module.status])
    return ModuleLine(
        uid=module.uid,
        title=module.title,
        language=module.language,
        provider=module.organisation.name,
        status=", ".join([stands, _("nieuwe versie wacht")] if has_next else [stands]),
        lacks=", ".join(str(LACKS[check]) for check in failed_checks(module, services().today())),
        changed=words.day(local_day(module.updated_at)),
    )

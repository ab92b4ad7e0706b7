"""Counts what visitors do, in numbers: see docs/radar.md. Nobody waits for it, and nothing of a visitor is kept."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from functools import partial

from flask import Flask, Response, request
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from catalogue.counting.counter import Counter, FindCells, ModuleEvent
from catalogue.counting.vain import Where, goal_in_vain, searched_in_vain
from catalogue.models import Event, Module
from catalogue.places import find_point
from catalogue.search.answering import Answer
from web.learner.answers import Answers
from web.learner.outcomes import FoundMatches
from web.lists.saved import SavedItem
from web.logs import log
from web.security.access import current_actor
from web.wiring import services

_PROGRAM = re.compile(
    r"bot\b|crawl|spider|slurp|preview|monitor|scan|headless|lighthouse|curl|wget|python|java/|okhttp|go-http|https?:", re.IGNORECASE
)
"""Of the programs that say what they are. People's browsers never name an address of their own."""


def init_app(app: Flask) -> None:
    """Writes what was counted, now and then, in a thread of its own after an answer."""

    @app.after_request
    def write_when_due(response: Response) -> Response:
        parts = services()
        if parts.counter.is_due(parts.now()):
            threading.Thread(target=write, args=(parts.counter,), name="counting", daemon=True).start()
        return response


def write(counter: Counter) -> None:
    """Writes what was counted; when the database does not answer it is lost, and the log says so."""
    try:
        counter.write()
    except SQLAlchemyError:
        log.exception("counts were lost")


def happened(event: Event, module: Module, edition_id: int | None = None) -> None:
    """Counts that something happened to a module, unless a program or its own provider did it."""
    parts, actor = services(), current_actor()
    if is_program() or actor.is_admin or module.organisation_id in actor.organisation_ids:
        return
    parts.counter.count(ModuleEvent(parts.today(), module.id, event, edition_id or 0), parts.now())


def happened_to_kept(event: Event, items: Iterable[SavedItem], modules: Iterable[Module]) -> None:
    """Counts that something happened to modules of a list, each with the edition that was chosen there."""
    chosen = {item.module: item.edition for item in items}
    for module in modules:
        edition = next((one.id for one in module.editions if one.uid == chosen.get(module.uid)), None)
        happened(event, module, edition)


def matched(session: Session, answers: Answers, found: FoundMatches) -> None:
    """Counts the first page of somebody's matches, and the skills of the goal for which there is no module."""
    for match in found.result.matches:
        if match.module_id in found.modules:
            happened(Event.MATCHED, found.modules[match.module_id], match.edition_id)
    unclosed, gap = found.result.unclosed, found.result.gap
    if out_of_reach := [line.skill_id for line in gap if line.goal > line.held and not line.modules]:
        near = find_point(session, answers.near) if answers.near else None
        where = Where(near, themes=[answers.goal_theme] if answers.goal_kind == "theme" else [], levels=answers.levels)
        _ask(partial(goal_in_vain, unclosed=unclosed, out_of_reach=out_of_reach, where=where, today=services().today()))


def searched(answer: Answer) -> None:
    """Counts a search that was in vain; what it was about is found out after the visitor has the answer."""
    query = answer.query
    if answer.is_degraded or query.page > 1:
        return
    filters = {name: query.filters.get(name, frozenset()) for name in ("place", "theme", "level")}
    where = Where(query.near, filters["place"], filters["theme"], filters["level"])
    text, total, names = answer.read.subject, answer.result.total, services().skills
    _ask(partial(searched_in_vain, text=text, total=total, where=where, names=names, today=services().today()))


def is_program() -> bool:
    """Whether a program asks, and no person: one that says so, that fetches what nobody has looked at yet, or that says nothing at all."""
    agent = request.user_agent.string
    return not agent or bool(_PROGRAM.search(agent)) or "prefetch" in request.headers.get("Sec-Purpose", "")


def _ask(find: FindCells) -> None:
    parts = services()
    if not is_program() and not current_actor().is_admin:
        visitor = f"{request.remote_addr} {request.user_agent.string}"
        parts.counter.ask(find, visitor, parts.today(), parts.now())

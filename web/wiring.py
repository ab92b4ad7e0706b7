"""The parts of a running Leerwijzer, made once and found by every view and command."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from flask import Flask, current_app

from catalogue.counting.counter import Counter
from catalogue.counting.radar import CountedSupply
from catalogue.database import Database
from catalogue.outbound.fetching import Outbound
from catalogue.overview import CountedFigures
from catalogue.search.answering import ModuleSearch
from catalogue.search.completing import Completer
from catalogue.search.engines import engine_for
from catalogue.search.meaning import ModuleMeanings
from catalogue.search.port import Query, SearchEngine, SearchUnavailable
from catalogue.skills.knowledge import SkillKnowledge
from matching.service import Matcher
from web.settings import Settings

HERE = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that views and commands use.

    `search` is the index, `module_search` what people search with, `names` completes what is typed, `meanings` finds modules by meaning,
    `skills` recognises and finds skills and occupations, `matcher` ranks modules, `figures` counts them; all notice by themselves when the
    data has changed. `outbound` asks other sites, `counter` counts what visitors do, `supply` what is offered
    for each skill.
    """

    settings: Settings
    database: Database
    search: SearchEngine
    module_search: ModuleSearch
    meanings: ModuleMeanings
    names: Completer
    skills: SkillKnowledge
    matcher: Matcher
    figures: CountedFigures
    outbound: Outbound
    counter: Counter
    supply: CountedSupply
    now: Callable[[], datetime]

    def today(self) -> date:
        """The day it is in the Netherlands."""
        return local_day(self.now())

    def warm_up(self) -> None:
        """Loads what the first visitor would else wait for: word lists, names of skills, and the matcher's arrays."""
        with suppress(SearchUnavailable):  # pages fall back to the database and say so; a rebuild heals it
            for text in ("leren", "leeren xqzxqz"):  # the second also loads what misspelt and foreign words are looked up in
                self.search.search(Query(today=self.today(), text=text, per_page=1))
        self.module_search.warm_up()
        self.meanings.alike("leren")
        self.names.complete("leren")
        self.skills.find_skills("leren", 1)
        self.matcher.warm_up()


def wire(settings: Settings, now: Callable[[], datetime] | None = None) -> Services:
    """Makes the parts that `settings` ask for. Opens no connection and reads no file yet."""
    database = Database(settings.resolved_database_url)
    skills = SkillKnowledge(database, cache_dir=settings.instance_dir / "cache")
    engine = engine_for(settings.search_url, settings.instance_dir, settings.resolved_database_url)
    meanings = ModuleMeanings(database)
    return Services(
        settings=settings,
        database=database,
        search=engine,
        module_search=ModuleSearch(database, engine, meanings),
        meanings=meanings,
        names=Completer(database),
        skills=skills,
        matcher=Matcher(database, skills),
        figures=CountedFigures(),
        outbound=_outbound(settings),
        counter=Counter(database, is_on=settings.counting),
        supply=CountedSupply(),
        now=now or (lambda: datetime.now(UTC)),
    )


def _outbound(settings: Settings) -> Outbound:
    return Outbound(
        agent=f"Leerwijzer (+{settings.base_url})" if settings.base_url else "Leerwijzer",
        schemes=frozenset({"https", "http"} if settings.feed_http else {"https"}),
        hosts=frozenset(name.strip() for name in settings.feed_hosts.split(",") if name.strip()),
    )


def local_day(moment: datetime) -> date:
    """The day that it is in the Netherlands at a moment."""
    return moment.astimezone(HERE).date()


def install(app: Flask, services: Services) -> None:
    """Makes `services` what this app's views find."""
    app.extensions["leerwijzer"] = services


def services() -> Services:
    """The parts of the running app."""
    return cast(Services, current_app.extensions["leerwijzer"])

"""The figures over all advisors, without persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import render_template
from sqlalchemy.orm import Session

from catalogue.modules import titles_of
from catalogue.overview import themes_by_slug
from web.advisor.figures import Stage, TeamFigures, team_figures
from web.advisor.guidance_model import Verdict
from web.advisor.intake.answer_codes import BARRIERS
from web.advisor.views import bp
from web.audit.chain import actor_key, noted
from web.languages import _, language, lazy_gettext
from web.security.access import current_actor
from web.wiring import services

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

MOST_MODULES = 10
STAGES: Mapping[Stage, LazyString] = {
    Stage.NO_INTAKE: lazy_gettext("open, nog zonder intake"),
    Stage.INTAKE: lazy_gettext("open, met intake en nog zonder verslag"),
    Stage.REPORT: lazy_gettext("open, met een verslag"),
    Stage.CLOSED: lazy_gettext("gesloten"),
}
LATE: Mapping[bool, LazyString] = {True: lazy_gettext("met een taak die te laat is"), False: lazy_gettext("zonder taak die te laat is")}
GOALS: Mapping[str, LazyString] = {
    "occupation": lazy_gettext("een beroep"),
    "skills": lazy_gettext("vaardigheden"),
    "text": lazy_gettext("in eigen woorden"),
}


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Numbers of dossiers, each with what they are about and the language of that ("" for the page's)."""

    key: str
    title: str
    rows: Sequence[tuple[str, str, int]]


@bp.get("/cijfers")
def team() -> str:
    """How many dossiers there are over all advisors, how far they are, and what they are about."""
    parts = services()
    with parts.database.writing() as writing:
        noted(writing, actor_key(writing, current_actor().account_id or 0), "", "listed", "figures", parts.now())
        tables = _tables(writing, team_figures(writing, parts.today()))
    return render_template("advisor/figures.html", tables=tables)


def _tables(session: Session, found: TeamFigures) -> list[FigureTable]:
    themes = themes_by_slug(session, found.goals)
    goals = [
        (themes[code].label(language()) if code in themes else str(GOALS.get(code, code)), "", number)
        for code, number in found.goals.items()
    ]
    titles = titles_of(session, [module for module, _verdict, _number in found.modules])

    def modules(wanted: Verdict) -> list[tuple[str, str, int]]:
        rows = [(*titles[module], number) for module, verdict, number in found.modules if verdict is wanted and module in titles]
        return rows[:MOST_MODULES]

    return [
        FigureTable("stand", _("Hoe ver de dossiers zijn"), [(str(STAGES[stage]), "", number) for stage, number in found.stages.items()]),
        FigureTable("taken", _("Open dossiers en hun taken"), [(str(LATE[is_late]), "", number) for is_late, number in found.late.items()]),
        FigureTable("doelen", _("Waar het doel over gaat"), goals),
        FigureTable(
            "weg",
            _("Wat in de weg staat"),
            [(str(BARRIERS[code].name), "", number) for code, number in found.barriers.items() if code in BARRIERS],
        ),
        FigureTable("advies", _("Het vaakst in het advies"), modules(Verdict.PINNED)),
        FigureTable("afgewezen", _("Wat het vaakst niet past"), modules(Verdict.REJECTED)),
    ]

"""Demands as a table for a spreadsheet, with what everybody may read of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from flask import url_for

from catalogue.exchange.formulas import neutral
from catalogue.models import Demand

COLUMNS = ("id", "title", "company", "region", "theme", "people", "needed_by", "budget_eur", "online", "status", "skills", "example", "url")


def demands_csv(demands: Iterable[Demand]) -> str:
    """One row for each demand, below the names of the columns; each skill as "name: level now > level needed"."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for demand in demands:
        table.writerow([neutral(str(value)) for value in _cells(demand)])
    return "\N{BYTE ORDER MARK}" + written.getvalue()


def _cells(demand: Demand) -> tuple[object, ...]:
    skills = sorted(f"{row.skill.label()}: {row.level_now} > {row.level_wanted}" for row in demand.skills)
    return (
        demand.uid,
        demand.title,
        demand.shown_company,
        demand.region,
        demand.theme.slug if demand.theme else "",
        demand.people,
        demand.needed_by or "",
        "" if demand.budget_eur is None else f"{demand.budget_eur:g}",
        "yes" if demand.is_online_ok else "no",
        demand.status,
        "; ".join(skills),
        "yes" if demand.is_example else "no",
        url_for("demands.demand", uid=demand.uid, _external=True),
    )

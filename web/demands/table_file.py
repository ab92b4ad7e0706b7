"""Demands as a table for a spreadsheet, with what everybody may read of them."""

from __future__ import annotations

from flask import url_for

from catalogue.models import Demand

COLUMNS = ("id", "title", "company", "region", "theme", "people", "needed_by", "budget_eur", "online", "status", "skills", "example", "url")


def cells(demand: Demand) -> tuple[object, ...]:
    """One row: what stands below each name; each skill as "name: level now > level needed"."""
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

"""A plan of an import as JSON, to be shown first and written later."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from catalogue.exchange.importing import ImportPlan
from catalogue.exchange.problems import problem_from
from catalogue.publishing.documents import from_document, to_document

_AS_THEY_ARE = ("organisation_id", "publish", "n_unchanged", "n_waiting", "n_with_skills", "n_recognised", "doubled", "column_mapping")
_MODULES = ("added", "changed", "offline")


def plan_document(plan: ImportPlan) -> dict[str, Any]:
    """A plan as JSON."""
    document: dict[str, Any] = {name: getattr(plan, name) for name in _AS_THEY_ARE}
    document |= {name: [to_document(values) for values in getattr(plan, name)] for name in _MODULES}
    document["left_open"] = [asdict(one) for one in plan.left_open]
    return document | {"ignored": list(plan.ignored), "known_ids": sorted(plan.known_ids)}


def plan_from(document: dict[str, Any]) -> ImportPlan:
    """The plan that `plan_document` wrote down."""
    return ImportPlan(
        **{name: document[name] for name in _AS_THEY_ARE},
        added=[from_document(values) for values in document["added"]],
        changed=[from_document(values) for values in document["changed"]],
        offline=[from_document(values) for values in document["offline"]],
        left_open=tuple(map(problem_from, document["left_open"])),
        ignored=tuple(document["ignored"]),
        known_ids=set(document["known_ids"]),
    )

"""A plan of an import as JSON, to be shown first and written later."""

from __future__ import annotations

from typing import Any

from catalogue.exchange.importing import ImportPlan
from catalogue.publishing.documents import from_document, to_document

_AS_THEY_ARE = ("organisation_id", "publish", "n_unchanged", "n_waiting", "n_with_skills", "n_recognised", "n_doubled", "column_mapping")
_MODULES = ("added", "changed", "offline")


def plan_document(plan: ImportPlan) -> dict[str, Any]:
    """A plan as JSON."""
    document: dict[str, Any] = {name: getattr(plan, name) for name in _AS_THEY_ARE}
    document |= {name: [to_document(values) for values in getattr(plan, name)] for name in _MODULES}
    return document | {"ignored": list(plan.ignored), "known_ids": sorted(plan.known_ids)}


def plan_from(document: dict[str, Any]) -> ImportPlan:
    """The plan that `plan_document` wrote down."""
    return ImportPlan(
        **{name: document[name] for name in _AS_THEY_ARE},
        added=[from_document(values) for values in document["added"]],
        changed=[from_document(values) for values in document["changed"]],
        offline=[from_document(values) for values in document["offline"]],
        ignored=tuple(document["ignored"]),
        known_ids=set(document["known_ids"]),
    )

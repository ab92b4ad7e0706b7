"""Changes of what is online, kept back until a person publishes them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from catalogue.exchange.importing import ImportPlan
from catalogue.publishing import editing
from catalogue.publishing.values import ModuleValues
from catalogue.vocabulary import Status


def hold_online(session: Session, plan: ImportPlan, now: datetime) -> int:
    """Takes the changes of modules that are online out of `plan`, and lets them wait as next versions; returns how many modules.

    What is left of the plan changes nothing that anybody sees. Raises PlaceUnknown.
    """
    left: list[ModuleValues] = []
    for values in plan.changed:
        module = editing.module_to_edit(session, values["uid"])
        if module is None or module.status is not Status.PUBLISHED:
            left.append(values)
        else:
            editing.keep(session, module, values, now)
    n_waiting = len(plan.changed) - len(left)
    plan.changed = left
    return n_waiting

"""Two modules that are the same become one: one is kept, the other goes offline and leads to it. Nothing is deleted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from catalogue.models import Edition, MergedModule, Module, Revision
from catalogue.publishing.documents import to_document, values_of
from catalogue.publishing.editing import discard, next_version, step
from catalogue.publishing.status import StepNotAllowed
from catalogue.publishing.values import ModuleValues
from catalogue.publishing.write import queue_change
from catalogue.vocabulary import Status


def merge(session: Session, kept: Module, gone: Module, now: datetime, *, with_runs: bool) -> Revision:
    """Takes `gone` offline and lets its address, and what people saved, lead to `kept`; the revision that says so.

    Args:
        kept: online; its texts stay as they are.
        gone: another module that is online; changes that wait for it are thrown away.
        with_runs: also move the runs of `gone` to `kept`, with their public ids; otherwise they stay where they are.

    Raises:
        StepNotAllowed: they are the same one, or either is not online.
    """
    if kept.id == gone.id or {kept.status, gone.status} != {Status.PUBLISHED}:
        raise StepNotAllowed(gone.status, Status.WITHDRAWN)
    discard(session, gone)
    revision = step(session, gone, Status.WITHDRAWN, now)
    if with_runs:
        _move_runs(session, kept, gone, now)
    session.execute(update(MergedModule).where(MergedModule.into_id == gone.id).values(into_id=kept.id))
    session.merge(MergedModule(module_id=gone.id, into_id=kept.id, merged_at=now))
    session.flush()
    return revision


def _move_runs(session: Session, kept: Module, gone: Module, now: datetime) -> None:
    moved = to_document(ModuleValues(editions=values_of(gone)["editions"]))["editions"]
    session.execute(update(Edition).where(Edition.module_id == gone.id).values(module_id=kept.id))
    session.expire(kept, ["editions"])
    session.expire(gone, ["editions"])
    kept.updated_at = now
    if waiting := next_version(session, kept):
        waiting.document = waiting.document | {"editions": [*waiting.document["editions"], *moved]}
    queue_change(session, kept, now)

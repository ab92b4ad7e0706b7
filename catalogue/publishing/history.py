"""What a file or a feed did to modules, kept beside the steps of people; and next versions that wait, brought up to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from catalogue.models import FeedRevision, Module, NextVersion, Revision
from catalogue.publishing.documents import Document, is_same, to_document, values_of
from catalogue.publishing.write import Outcome, Saved
from catalogue.vocabulary import Status, Way

_AT_ONCE = 500
Key = TypeVar("Key", int, str)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where changes came from that no person made by hand."""

    way: Way
    feed_id: int | None = None


BY_FILE = Origin(Way.FILE)
BY_PROGRAM = Origin(Way.PROGRAM)


def keep_revisions(session: Session, many: Sequence[Saved], origin: Origin, now: datetime) -> list[int]:
    """Keeps one revision of each module that was added or changed; returns their keys."""
    touched = [one for one in many if one.outcome is not Outcome.UNCHANGED]
    numbers = _last_numbers(session, [one.module.id for one in touched if one.outcome is Outcome.CHANGED])
    rows = [
        {
            "module_id": one.module.id,
            "number": numbers.get(one.module.id, 0) + 1,
            "status": one.module.status,
            "created_at": now,
            "way": origin.way,
            "document": to_document(values_of(one.module)),
            "before": one.before,
        }
        for one in touched
    ]
    keys = list(session.scalars(insert(Revision).returning(Revision.id), rows)) if rows else []
    if keys and origin.feed_id:
        session.execute(insert(FeedRevision), [{"revision_id": key, "feed_id": origin.feed_id} for key in keys])
    return keys


def carry_over(session: Session, many: Sequence[Saved]) -> None:
    """Lets next versions follow what changed online.

    A field that nobody touched in the next version becomes what is online now. One that somebody did change stays as it is, and is noted as
    overtaken. A next version that says nothing else any more is no next version.
    """
    changed = {one.module.id: one for one in many if one.before}
    for waiting in next_versions(session, changed):
        one = changed[waiting.module_id]
        now_online, document, overtaken = to_document(values_of(one.module)), dict(waiting.document), set(waiting.overtaken)
        for name, old in one.before.items():
            if is_same(name, document.get(name), old):
                document[name] = now_online[name]
            elif not is_same(name, document.get(name), now_online[name]):
                overtaken.add(name)
        if all(is_same(name, document.get(name), value) for name, value in now_online.items()):
            session.delete(waiting)
        else:
            waiting.document, waiting.overtaken = document, sorted(overtaken)


def next_versions(session: Session, module_ids: Collection[int]) -> list[NextVersion]:
    """The next versions that wait of these modules."""
    return [
        waiting for ids in _stretches(module_ids) for waiting in session.scalars(select(NextVersion).where(NextVersion.module_id.in_(ids)))
    ]


def count_waiting(session: Session, uids: Collection[str]) -> int:
    """Of how many of these modules a next version waits."""
    query = select(func.count()).select_from(NextVersion).join(Module, Module.id == NextVersion.module_id)
    return sum(session.scalars(query.where(Module.uid.in_(some))).one() for some in _stretches(uids))


def last_of_feed(session: Session, feed_id: int, first: int, size: int) -> tuple[list[tuple[Revision, Module]], int]:
    """What a feed did the last time that it did anything: so many revisions, with their modules, from the `first`; and of how many."""
    came = select(FeedRevision.revision_id).where(FeedRevision.feed_id == feed_id)
    last = select(func.max(Revision.created_at)).where(Revision.id.in_(came)).scalar_subquery()
    done = select(Revision, Module).join(Module, Module.id == Revision.module_id)
    mine = done.where(Revision.id.in_(came), Revision.created_at == last)
    total = session.scalars(select(func.count()).select_from(mine.subquery())).one()
    return [(revision, module) for revision, module in session.execute(mine.order_by(Revision.id).offset(first).limit(size))], total


def overtaken_fields(waiting: NextVersion, online: Document) -> list[str]:
    """The fields that a file changed online while somebody changed them here, where the two still differ."""
    return [name for name in waiting.overtaken if not is_same(name, waiting.document.get(name), online.get(name))]


def offline_by_hand(session: Session, modules: Collection[Module]) -> set[int]:
    """The keys of those modules that are not online because of a step of a person. What a file changed in one since makes no difference."""
    offline = [module.id for module in modules if module.status is not Status.PUBLISHED]
    last: dict[int, tuple[Status, Way]] = {}
    for ids in _stretches(offline):
        steps = select(Revision.module_id, Revision.status, Revision.way).where(Revision.module_id.in_(ids))
        for module_id, status, way in session.execute(steps.order_by(Revision.module_id, Revision.number)):
            if module_id not in last or last[module_id][0] is not status:
                last[module_id] = status, way
    return {module_id for module_id, (_status, way) in last.items() if way is Way.HAND}


def _last_numbers(session: Session, module_ids: Collection[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for ids in _stretches(module_ids):
        query = select(Revision.module_id, func.max(Revision.number)).where(Revision.module_id.in_(ids)).group_by(Revision.module_id)
        found |= dict(session.execute(query).all())
    return found


def _stretches(some: Collection[Key]) -> Iterator[list[Key]]:
    keys = sorted(some)
    return (keys[begin : begin + _AT_ONCE] for begin in range(0, len(keys), _AT_ONCE))

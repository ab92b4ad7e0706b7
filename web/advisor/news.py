"""What a client did in a dossier that its advisor has not looked at yet, by the audit trail. Functions take the session first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for
from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import Session

from web.advisor.model import Dossier
from web.audit.chain import CLIENT
from web.audit.model import AuditActor, AuditEntry
from web.languages import lazy_gettext

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

NEWS: Mapping[str, tuple[LazyString, str]] = {
    "intake": (lazy_gettext("uw klant gaf antwoorden"), "advisor.intake"),
    "choices": (lazy_gettext("uw klant veranderde de lijst"), "advisor.choices"),
    "claims": (lazy_gettext("uw klant veranderde wat eerder geleerd is"), "advisor.claims"),
    "files": (lazy_gettext("uw klant veranderde de bestanden"), "advisor.files"),
    "consent": (lazy_gettext("uw klant gaf antwoord over de toestemming"), "advisor.dossier"),
}
"""Parts that a client can change, as the trail calls them: what to say of that, and where the advisor looks at it."""
CONSENT_ANSWERS = frozenset({"agreed", "agreed-longer", "refused-longer"})
CHANGES = frozenset({"gave-answers", "chose", "unlisted", "claimed", "unclaimed", "added-file", "removed-file"}) | CONSENT_ANSWERS
"""What a client does there that changes something."""
_SHOWN_ON = {"dossier": "consent"}
"""Pages with another name in the trail than what they show."""


@dataclass(frozen=True, slots=True)
class NewsLine:
    """What the client did, and where to look at it."""

    text: str
    address: str


def news_of(session: Session, dossier_ids: Collection[int]) -> Mapping[str, frozenset[str]]:
    """The parts that the client changed after the advisor of now was last there, by the uid of the dossier; in two queries."""
    last = select(AuditEntry.dossier, AuditEntry.what, func.max(AuditEntry.number)).join(Dossier, Dossier.uid == AuditEntry.dossier)
    last = last.where(Dossier.id.in_(dossier_ids), AuditEntry.what.in_([*NEWS, *_SHOWN_ON])).group_by(AuditEntry.dossier, AuditEntry.what)
    clients = last.outerjoin(AuditActor, AuditActor.account_id == Dossier.client_id)
    clients = clients.where(AuditEntry.action.in_(CHANGES), or_(AuditEntry.actor == CLIENT, AuditEntry.actor == AuditActor.key))
    advisors = last.join(AuditActor, AuditActor.account_id == Dossier.advisor_id).where(AuditEntry.actor == AuditActor.key)
    seen = _by_part(session.execute(advisors).all())
    news: dict[str, set[str]] = defaultdict(set)
    for (uid, part), number in _by_part(session.execute(clients).all()).items():
        if number > seen.get((uid, part), 0):
            news[uid].add(part)
    return {uid: frozenset(parts) for uid, parts in news.items()}


def _by_part(rows: Sequence[Row[str, str, int]]) -> Mapping[tuple[str, str], int]:
    """The last of each part."""
    return {(uid, _SHOWN_ON.get(part, part)): number for uid, part, number in sorted(rows, key=lambda row: row[2])}


def news_lines(uid: str, parts: Collection[str]) -> list[NewsLine]:
    """News of a dossier in words."""
    return [NewsLine(str(text), url_for(endpoint, uid=uid)) for part, (text, endpoint) in NEWS.items() if part in parts]

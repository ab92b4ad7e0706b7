"""How long dossiers are kept, and their end. Functions take the session first and never commit."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from flask_babel import force_locale
from sqlalchemy import or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from web.accounts.letters import send
from web.advisor.doors import ANSWER_WITHIN
from web.advisor.dossiers import wipe_dossier
from web.advisor.letters import will_be_deleted
from web.advisor.model import Consent, Dossier
from web.audit.chain import SITE, noted
from web.wiring import HERE, local_day

KEPT = timedelta(days=365)
"""After the guidance was closed or the last day of the consent, whichever was first."""
KEPT_WITHDRAWN = timedelta(days=30)
"""After the client withdrew the consent; the client can delete it at once."""
NOTICE = timedelta(days=30)
"""So long before we tell."""


def deleted_at(dossier: Dossier) -> datetime:
    """When a dossier is deleted, as things stand now."""
    consent = dossier.consent
    if consent.withdrawn_at is not None:
        return consent.withdrawn_at + KEPT_WITHDRAWN
    if consent.given_at is None:
        return consent.asked_at + ANSWER_WITHIN
    ends = datetime.combine(consent.until, time(), HERE) + timedelta(days=1)
    return min(ends, dossier.closed_at or ends) + KEPT


def warn_of_end(session: Session, now: datetime) -> None:
    """Mails the advisor and the client once that a dossier will be deleted. What was withdrawn or never answered needs no warning."""
    for dossier in _near_end(session, now + NOTICE):
        consent = dossier.consent
        if dossier.warned_at is None and consent.given_at is not None and consent.withdrawn_at is None:
            dossier.warned_at = now
            advisor = dossier.advisor.email if dossier.advisor else ""
            when = local_day(max(deleted_at(dossier), now + NOTICE))
            with force_locale("nl"):  # nobody asks for a page here
                for email in filter(None, {advisor, dossier.client_email}):
                    send(session, email, will_be_deleted(when), now)


def purge_dossiers(session: Session, now: datetime) -> None:
    """Deletes the dossiers whose time is over, and writes down that it did. Who should be warned was so at least `NOTICE` ago."""
    for dossier in _near_end(session, now):
        needs_no_warning = dossier.consent.given_at is None or dossier.consent.withdrawn_at is not None
        if needs_no_warning or (dossier.warned_at is not None and dossier.warned_at + NOTICE <= now):
            noted(session, SITE, dossier.uid, "wiped", "dossier", now)
            wipe_dossier(session, dossier)


def _near_end(session: Session, until: datetime) -> list[Dossier]:
    """The dossiers that end by then, for this transaction alone; one that somebody has open waits for the next time."""
    ended = until - KEPT
    may_end = or_(
        *(Consent.withdrawn_at.is_not(None), Consent.given_at.is_(None)), Consent.until < local_day(ended), Dossier.closed_at <= ended
    )
    query = select(Dossier).join(Dossier.consent).where(may_end).options(contains_eager(Dossier.consent), joinedload(Dossier.advisor))
    found = session.scalars(query.order_by(Dossier.id).with_for_update(of=Dossier, skip_locked=True))
    return [dossier for dossier in found if deleted_at(dossier) <= until]

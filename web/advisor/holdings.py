"""What dossiers and their audit trail keep of people, for the data inventory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, false, or_, select

from web.accounts.models import Account
from web.advisor.model import Consent, Dossier, Note, Task
from web.audit.model import AuditActor, AuditEntry
from web.languages import lazy_gettext
from web.privacy.holding import Field, Given, Holding, Person

_KEPT = lazy_gettext("Tot een jaar na het einde, of tot 30 dagen nadat u stopt. U kunt het eerder wissen.")
_NUMBER = Field(lazy_gettext("Ons nummer voor dit gegeven."), is_number=True)
_DOSSIER_NUMBER = Field(lazy_gettext("Het nummer van het dossier."), is_number=True)


def _of_client(column: Any) -> Callable[[Person], ColumnElement[bool]]:
    """Rows whose `column` is the key of a dossier about this person."""

    def mine(person: Person) -> ColumnElement[bool]:
        condition: ColumnElement[bool] = column.in_(select(Dossier.id).where(Dossier.client_id == person.account_id))
        return condition if person.account_id is not None else false()

    return mine


def _entries(person: Person) -> ColumnElement[bool]:
    """What somebody did, and what was done with a dossier about them."""
    if person.account_id is None:
        return false()
    own = select(AuditActor.key).where(AuditActor.account_id == person.account_id)
    about = select(Dossier.uid).where(Dossier.client_id == person.account_id)
    return or_(AuditEntry.actor.in_(own), AuditEntry.dossier.in_(about))


HOLDINGS: tuple[Holding, ...] = (
    Holding(
        table=Consent.__table__,
        title=lazy_gettext("Uw toestemming voor een dossier"),
        kept=_KEPT,
        fields={
            "purpose": Field(lazy_gettext("Waarvoor uw adviseur een dossier heeft.")),
            "until": Field(lazy_gettext("Tot en met welke dag uw adviseur mag kijken.")),
            "how": Field(lazy_gettext("Of u online ja zei, of op papier.")),
            "text_version": Field(lazy_gettext("Welke tekst u las toen u ja zei.")),
            "asked_at": Field(lazy_gettext("Wanneer uw adviseur het vroeg.")),
            "given_at": Field(lazy_gettext("Wanneer u ja zei.")),
            "withdrawn_at": Field(lazy_gettext("Wanneer u stopte.")),
            "dossier_id": _DOSSIER_NUMBER,
        },
        mine=_of_client(Consent.dossier_id),
    ),
    Holding(
        table=Note.__table__,
        title=lazy_gettext("Notities van uw adviseur"),
        kept=_KEPT,
        fields={
            "day": Field(lazy_gettext("De dag van het gesprek.")),
            "text": Field(lazy_gettext("Waar het over ging.")),
            "id": _NUMBER,
            "dossier_id": _DOSSIER_NUMBER,
        },
        mine=_of_client(Note.dossier_id),
    ),
    Holding(
        table=Task.__table__,
        title=lazy_gettext("Taken in uw dossier"),
        kept=_KEPT,
        fields={
            "text": Field(lazy_gettext("Wat er gaat gebeuren.")),
            "due": Field(lazy_gettext("Voor welke dag.")),
            "done_at": Field(lazy_gettext("Wanneer het gedaan was.")),
            "id": _NUMBER,
            "dossier_id": _DOSSIER_NUMBER,
        },
        mine=_of_client(Task.dossier_id),
    ),
    Holding(
        table=AuditEntry.__table__,
        title=lazy_gettext("Wie in een dossier keek"),
        kept=lazy_gettext("Voor altijd, maar zonder naam. Na het wissen weet niemand meer om wie het ging."),
        fields={
            "moment": Field(lazy_gettext("Wanneer iemand iets deed.")),
            "action": Field(lazy_gettext("Wat iemand deed.")),
            "what": Field(lazy_gettext("Met welk deel van het dossier.")),
            "actor": Field(lazy_gettext("Een code voor wie het deed."), is_number=True),
            "dossier": Field(lazy_gettext("Een code voor het dossier."), is_number=True),
            "number": _NUMBER,
        },
        not_personal=frozenset({"previous_hash", "hash"}),
        mine=_entries,
        stays=True,
    ),
    Holding(
        table=AuditActor.__table__,
        title=lazy_gettext("Uw code in het logboek van dossiers"),
        kept=lazy_gettext("Zo lang u een account hebt."),
        fields={
            "key": Field(lazy_gettext("Een code die voor u staat."), is_number=True),
            "account_id": Field(lazy_gettext("Het nummer van uw account."), is_number=True),
        },
        mine=lambda person: AuditActor.account_id == person.account_id if person.account_id is not None else false(),
    ),
    Holding(  # after those above, which it tells whose they are
        table=Dossier.__table__,
        title=lazy_gettext("Een dossier over u bij een adviseur"),
        kept=_KEPT,
        fields={
            "client_name": Field(lazy_gettext("Hoe uw adviseur u noemt.")),
            "client_email": Field(lazy_gettext("Daar sturen wij uw link heen.")),
            "goal": Field(lazy_gettext("Wat u wilt.")),
            "situation": Field(lazy_gettext("Hoe het nu met u gaat.")),
            "advisor_id": Field(lazy_gettext("Wie uw adviseur is, zo lang die een account heeft."), names=(Account.id, Account.email)),
            "client_id": Field(lazy_gettext("Het nummer van uw account."), is_number=True),
            "opened_at": Field(lazy_gettext("Wanneer het dossier begon.")),
            "closed_at": Field(lazy_gettext("Wanneer het dossier sloot.")),
            "warned_at": Field(lazy_gettext("Wanneer wij zeiden dat het gewist wordt.")),
            "id": _NUMBER,
            "uid": _NUMBER,
            "link_hash": Field(
                lazy_gettext("Hieraan herkennen wij uw link."), Given.IS_SET, lazy_gettext("Wie dit heeft, kan bij uw gegevens.")
            ),
        },
        mine=lambda person: Dossier.client_id == person.account_id if person.account_id is not None else false(),
    ),
)

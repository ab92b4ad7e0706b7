"""What dossiers and their audit trail keep of people, for the data inventory."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, or_, select

from web.accounts.models import Account, AdvisorCard
from web.advisor.guidance_holdings import GUIDANCE_HOLDINGS, KEPT, of_dossier
from web.advisor.model import Consent, Dossier, Note, Task
from web.audit.model import AuditActor, AuditEntry
from web.languages import lazy_gettext
from web.privacy.holding import ACCOUNT_NUMBER, NUMBER, Field, Holding, Person, of_account, secret


def _entries(person: Person) -> ColumnElement[bool]:
    """What somebody did, and what was done with a dossier about them."""
    if person.account_id is None:
        return false()
    own = select(AuditActor.key).where(AuditActor.account_id == person.account_id)
    about = select(Dossier.uid).where(Dossier.client_id == person.account_id)
    return or_(AuditEntry.actor.in_(own), AuditEntry.dossier.in_(about))


HOLDINGS: tuple[Holding, ...] = (
    *GUIDANCE_HOLDINGS,
    Holding(
        table=AdvisorCard.__table__,
        title=lazy_gettext("Hoe uw klanten u zien als u adviseur bent"),
        kept=lazy_gettext("Zo lang u een account hebt."),
        fields={
            "name": Field(lazy_gettext("Hoe u heet.")),
            "organisation": Field(lazy_gettext("Waar u werkt.")),
            "phone": Field(lazy_gettext("Uw telefoonnummer.")),
            "account_id": ACCOUNT_NUMBER,
        },
        mine=of_account(AdvisorCard.account_id),
    ),
    of_dossier(
        Consent,
        lazy_gettext("Uw toestemming voor een dossier"),
        {
            "purpose": Field(lazy_gettext("Waarvoor uw adviseur een dossier heeft.")),
            "until": Field(lazy_gettext("Tot en met welke dag uw adviseur mag kijken.")),
            "how": Field(lazy_gettext("Of u online ja zei, of op papier.")),
            "text_version": Field(lazy_gettext("Welke tekst u las toen u ja zei.")),
            "asked_at": Field(lazy_gettext("Wanneer uw adviseur het vroeg.")),
            "given_at": Field(lazy_gettext("Wanneer u ja zei.")),
            "longer_until": Field(lazy_gettext("Tot welke dag uw adviseur langer wil kijken.")),
            "longer_asked_at": Field(lazy_gettext("Wanneer uw adviseur dat vroeg.")),
            "withdrawn_at": Field(lazy_gettext("Wanneer u stopte.")),
        },
    ),
    of_dossier(
        Note,
        lazy_gettext("Notities van uw adviseur"),
        {"day": Field(lazy_gettext("De dag van het gesprek.")), "text": Field(lazy_gettext("Waar het over ging.")), "id": NUMBER},
    ),
    of_dossier(
        Task,
        lazy_gettext("Taken in uw dossier"),
        {
            "text": Field(lazy_gettext("Wat er gaat gebeuren.")),
            "due": Field(lazy_gettext("Voor welke dag.")),
            "done_at": Field(lazy_gettext("Wanneer het gedaan was.")),
            "id": NUMBER,
        },
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
            "number": NUMBER,
        },
        not_personal=frozenset({"previous_hash", "hash"}),
        mine=_entries,
        stays=True,
    ),
    Holding(
        table=AuditActor.__table__,
        title=lazy_gettext("Uw code in het logboek van dossiers"),
        kept=lazy_gettext("Zo lang u een account hebt."),
        fields={"key": Field(lazy_gettext("Een code die voor u staat."), is_number=True), "account_id": ACCOUNT_NUMBER},
        mine=of_account(AuditActor.account_id),
    ),
    Holding(  # after those above, which it tells whose they are
        table=Dossier.__table__,
        title=lazy_gettext("Een dossier over u bij een adviseur"),
        kept=KEPT,
        fields={
            "client_name": Field(lazy_gettext("Hoe uw adviseur u noemt.")),
            "client_email": Field(lazy_gettext("Daar sturen wij uw link heen.")),
            "goal": Field(lazy_gettext("Wat u wilt.")),
            "situation": Field(lazy_gettext("Hoe het nu met u gaat.")),
            "advisor_id": Field(lazy_gettext("Wie uw adviseur is, zo lang die een account heeft."), names=(Account.id, Account.email)),
            "client_id": ACCOUNT_NUMBER,
            "opened_at": Field(lazy_gettext("Wanneer het dossier begon.")),
            "closed_at": Field(lazy_gettext("Wanneer het dossier sloot.")),
            "asked_hash": Field(lazy_gettext("Hieraan herkennen wij de link waarmee u ja zei. Die opent niets meer."), is_number=True),
            "warned_at": Field(lazy_gettext("Wanneer wij zeiden dat het gewist wordt.")),
            "id": NUMBER,
            "uid": NUMBER,
            "link_hash": secret(lazy_gettext("Hieraan herkennen wij uw link.")),
        },
        mine=of_account(Dossier.client_id),
    ),
)

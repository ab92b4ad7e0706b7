"""What the people of a dossier are called by whoever looks into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from web.accounts.models import Account, AdvisorCard
from web.advisor.doors import Opened
from web.audit.chain import CLIENT, SITE, people_behind
from web.audit.model import AuditActor
from web.languages import _


def advisor_name(account: Account) -> str:
    """What others read for an advisor: the name on the card, with the organisation; without a card the mail address."""
    card = account.card
    if card is None:
        return account.email
    return f"{card.name} ({card.organisation})" if card.organisation else card.name


def advisor_reach(account: Account) -> str:
    """How to reach an advisor besides: telephone and mail address; "" where the mail address is the name already."""
    return ", ".join(filter(None, (account.card.phone, account.email))) if account.card else ""


def keep_card(session: Session, account_id: int, name: str, organisation: str, phone: str) -> None:
    """Makes or changes the card of an advisor."""
    session.merge(AdvisorCard(account_id=account_id, name=name, organisation=organisation, phone=phone))


def names(opened: Opened, actors: Iterable[str]) -> Mapping[str, str]:
    """What to call those who did something, by what the audit trail calls them; who looks is "U"."""
    keys, clients = set(actors), clients_keys(opened)
    accounts = people_behind(opened.session, keys)
    named = {key: advisor_name(accounts[key]) if key in accounts else _("iemand wiens account gewist is") for key in keys}
    named |= {SITE: "Leerwijzer"} | dict.fromkeys(clients, opened.dossier.client_name)
    return named | dict.fromkeys(clients if opened.actor in clients else {opened.actor}, _("U"))


def clients_keys(opened: Opened) -> frozenset[str]:
    """What the audit trail calls the client: whoever has the link, and the own account."""
    client_id = opened.dossier.client_id
    own = opened.session.get(AuditActor, client_id) if client_id is not None else None
    return frozenset({CLIENT, own.key} if own else {CLIENT})

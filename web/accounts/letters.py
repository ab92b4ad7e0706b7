"""What we mail, in the reader's language. Every letter waits as a job: no page waits for a mail server."""

from __future__ import annotations

from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from catalogue.jobs import enqueue
from catalogue.models import Organisation, new_uid
from web.accounts import invitations
from web.accounts.links import VALID, Purpose, new_link
from web.accounts.models import Account, MemberRole
from web.accounts.presenters import MEMBER_DUTIES, MEMBER_ROLES
from web.languages import _
from web.security.address import site_address
from web.wiring import local_day
from web.words import day


class Letter:
    """Subject and paragraphs of plain text."""

    def __init__(self, subject: str, *paragraphs: str) -> None:
        self.subject, self.paragraphs = subject, paragraphs


def send(session: Session, email: str, letter: Letter, now: datetime, *, unsubscribe: str = "") -> str:
    """Puts a letter with the work that waits; returns its id. `unsubscribe` is the address where one click stops letters like it."""
    text = "\n\n".join((_("Dag,"), *letter.paragraphs, _("Groeten van Leerwijzer"))) + "\n"
    payload = {"id": new_uid(), "to": email, "subject": letter.subject, "text": text, "unsubscribe": unsubscribe}
    enqueue(session, "mail", payload, now)
    return payload["id"]


def sign_in(account: Account | None, following: str) -> Letter:
    """The link to sign in with; for who has no account, how to make one."""
    if account is None:
        return _no_account()
    return Letter(
        _("Uw link om in te loggen"),
        _("Met deze link logt u in bij Leerwijzer:"),
        new_link(account, Purpose.SIGN_IN, following),
        _("De link werkt één keer, tot %(minutes)s minuten na deze mail.", minutes=_minutes(Purpose.SIGN_IN)),
        _not_asked(),
    )


def register(account: Account) -> Letter:
    """Confirms an address; for who has an account already, a link to sign in."""
    if account.confirmed_at is not None:
        return Letter(
            _("U hebt al een account"),
            _("U wilde een account maken bij Leerwijzer. Met dit e-mailadres hebt u er al een."),
            _("Met deze link logt u in bij Leerwijzer:"),
            new_link(account, Purpose.SIGN_IN),
            _not_asked(),
        )
    return Letter(
        _("Bevestig uw e-mailadres"),
        _("U wilt een account maken bij Leerwijzer. Bevestig uw e-mailadres met deze link:"),
        new_link(account, Purpose.CONFIRM),
        _("De link werkt één keer, tot 24 uur na deze mail."),
        _not_asked(),
    )


def recover(account: Account | None) -> Letter:
    """The link to choose another password with; for who has no account, how to make one."""
    if account is None:
        return _no_account()
    return Letter(
        _("Kies een nieuw wachtwoord"),
        _("Met deze link kiest u een nieuw wachtwoord voor Leerwijzer:"),
        new_link(account, Purpose.RESET),
        _("De link werkt één keer, tot %(minutes)s minuten na deze mail.", minutes=_minutes(Purpose.RESET)),
        _not_asked(),
    )


def password_changed() -> Letter:
    """Tells that the password is another one now."""
    return Letter(
        _("Uw wachtwoord is veranderd"),
        _("Het wachtwoord van uw account bij Leerwijzer is zojuist veranderd."),
        _("Was u dat niet? Kies dan meteen een nieuw wachtwoord:"),
        site_address() + url_for("accounts.recover"),
    )


def second_step_changed(*, is_on: bool) -> Letter:
    """Tells that signing in asks for a code now, or does not any more."""
    return Letter(
        _("Uw tweede stap staat aan") if is_on else _("Uw tweede stap staat uit"),
        _("U logt bij Leerwijzer nu in met een code erbij.") if is_on else _("U logt bij Leerwijzer nu in zonder code."),
        _("Was u dat niet? Kies dan meteen een nieuw wachtwoord:"),
        site_address() + url_for("accounts.recover"),
    )


def invitation(organisation: Organisation, role: MemberRole, token: str, now: datetime) -> Letter:
    """Asks somebody to work for an organisation. It does not name who asks: it may lie around when that account is gone."""
    return Letter(
        _("%(organisation)s nodigt u uit", organisation=organisation.name),
        _("%(organisation)s vraagt u om mee te werken op Leerwijzer.", organisation=organisation.name),
        _("Uw rol daar: %(role)s. %(duty)s", role=MEMBER_ROLES[role], duty=MEMBER_DUTIES[role]),
        _("Met deze link doet u mee:"),
        site_address() + url_for("invitations.accept", token=token),
        _("De link werkt één keer, tot en met %(day)s.", day=day(local_day(now + invitations.VALID))),
        _("Kent u deze aanbieder niet? Dan hoeft u niets te doen."),
    )


def _no_account() -> Letter:
    return Letter(
        _("Er is nog geen account"),
        _("Iemand vroeg een link voor dit e-mailadres. Maar bij dit adres hoort geen account."),
        _("Wilt u een account maken? Dat kan hier:"),
        site_address() + url_for("accounts.register"),
        _not_asked(),
    )


def _not_asked() -> str:
    return _("Vroeg u hier niet om? Dan hoeft u niets te doen.")


def _minutes(purpose: Purpose) -> int:
    return int(VALID[purpose].total_seconds() // 60)

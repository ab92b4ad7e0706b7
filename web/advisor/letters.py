"""What we mail about a dossier: links for the client, and that a dossier goes to another advisor or will be deleted."""

from __future__ import annotations

from datetime import date

from flask import url_for

from web.accounts.letters import Letter
from web.languages import _
from web.security.address import site_address
from web.words import day


def consent_asked(token: str, last_day: date) -> Letter:
    """Asks a client for consent. It names nobody: it may lie around when the dossier is gone."""
    return Letter(
        _("Uw adviseur vraagt uw toestemming"),
        _("Uw adviseur wil een dossier over u bijhouden op Leerwijzer. Dat mag alleen als u dat goed vindt."),
        _("Hier leest u wat uw adviseur vraagt. Daar zegt u ook ja of nee:"),
        clients_link(token),
        _("De link werkt tot %(day)s. Kent u deze adviseur niet? Dan hoeft u niets te doen.", day=day(last_day)),
    )


def own_link(token: str) -> Letter:
    """The link with which a client looks into the own dossier."""
    return Letter(
        _("Uw link naar uw dossier"),
        _("Met deze link ziet u uw dossier op Leerwijzer. U ziet ook wie erin keek, en u kunt stoppen:"),
        clients_link(token),
        _("De link is alleen voor u. Bewaar hem goed. Een eerdere link werkt nu niet meer."),
    )


def longer_asked() -> Letter:
    """Tells a client that the advisor asks for more time; the link of the dossier is theirs alone, and so not in it."""
    return Letter(
        _("Uw adviseur vraagt om meer tijd"),
        _("Uw adviseur wil langer in uw dossier op Leerwijzer kijken. Dat mag alleen als u dat goed vindt."),
        _("Met de link van uw dossier ziet u tot wanneer. Daar zegt u ja of nee. Doet u niets? Dan verandert er niets."),
    )


def longer_given() -> Letter:
    """Tells a client that the advisor recorded a later last day on paper."""
    return Letter(
        _("Uw dossier blijft langer open"),
        _("Uw adviseur schreef op dat u getekend hebt voor meer tijd. Uw dossier op Leerwijzer blijft daarom langer open."),
        _("Klopt dat niet? Met de link van uw dossier kunt u meteen stoppen."),
    )


def handed_over(uid: str) -> Letter:
    """Tells an advisor that a dossier is theirs now."""
    return Letter(
        _("U krijgt een dossier van een collega"),
        _("Een collega draagt een dossier aan u over:"),
        site_address() + url_for("advisor.dossier", uid=uid),
    )


def other_advisor() -> Letter:
    """Tells a client that another advisor looks into the dossier now."""
    return Letter(
        _("U hebt een andere adviseur"),
        _("Uw dossier op Leerwijzer is nu van een andere adviseur. De vorige kan er niet meer in."),
        _("Met de link van uw dossier ziet u wie het is. U kunt daar ook stoppen."),
    )


def report_ready() -> Letter:
    """Tells a client that there is a report. It says nothing of what is in it, for mail is no safe place."""
    return Letter(
        _("Uw adviesverslag is klaar"),
        _("Uw adviseur maakte een verslag voor u. Het staat in uw dossier op Leerwijzer."),
        _("U leest het met de link van uw dossier. Bent u die kwijt? Vraag uw adviseur om een nieuwe."),
    )


def will_be_deleted(when: date) -> Letter:
    """Tells that a dossier is at its end."""
    return Letter(
        _("Een dossier wordt binnenkort gewist"),
        _("Op %(day)s wissen wij een dossier van u op Leerwijzer. De begeleiding is dan een jaar voorbij.", day=day(when)),
        _("Wilt u er nog iets uit bewaren? Doe dat dan voor die dag."),
    )


def clients_link(token: str) -> str:
    """The address of the client's own door."""
    return site_address() + url_for("client.look", key=token)

"""What we mail about a request to join."""

from __future__ import annotations

from datetime import datetime

from flask import url_for
from flask_babel import force_locale

from catalogue.models import Organisation
from web.accounts import invitations
from web.accounts.letters import Letter
from web.languages import LANGUAGES, _
from web.security.address import site_address
from web.wiring import local_day
from web.words import day


def confirm(token: str) -> Letter:
    """Asks whether the owner of the address asked this. It repeats nothing that was typed: anybody can type any address."""
    return Letter(
        _("Bevestig uw aanvraag"),
        _("Iemand meldde met dit e-mailadres een organisatie aan bij Leerwijzer. Was u dat? Bevestig het dan met deze link:"),
        site_address() + url_for("joining.own", token=token),
        _("Daar kunt u de aanvraag ook wissen."),
        _("Vroeg u hier niet om? Dan hoeft u niets te doen. Na 24 uur wissen wij deze vraag."),
    )


def something_waits() -> Letter:
    """Tells an administrator that there is something to answer, in every language: an account keeps none."""
    subjects, texts = [], []
    for code in LANGUAGES:
        with force_locale(code):
            subjects.append(_("Een organisatie wil meedoen"))
            texts.append(_("Er is een nieuwe aanvraag op Leerwijzer. U leest die hier:"))
    return Letter(" / ".join(subjects), *texts, site_address() + url_for("join_requests.overview"))


def accepted(organisation: Organisation, token: str, now: datetime) -> Letter:
    """Invites who asked to begin."""
    return Letter(
        _("Welkom bij Leerwijzer"),
        _("Uw aanvraag is goedgekeurd. U mag nu modules plaatsen voor %(organisation)s.", organisation=organisation.name),
        _("Met deze link begint u:"),
        site_address() + url_for("invitations.accept", token=token),
        _("De link werkt één keer, tot en met %(day)s.", day=day(local_day(now + invitations.VALID))),
        _("Daarna kunt u ook uw collega's uitnodigen."),
    )


def works_there_already(organisation: Organisation) -> Letter:
    """For who could begin long ago."""
    return Letter(
        _("U doet al mee"),
        _("U vroeg om mee te doen op Leerwijzer. U werkt daar al voor %(organisation)s.", organisation=organisation.name),
        _("Log in om te beginnen:"),
        site_address() + url_for("accounts.sign_in"),
    )


def declined(name: str, reason: str) -> Letter:
    """Says no, in the administrator's own words."""
    return Letter(
        _("Over uw aanvraag bij Leerwijzer"),
        _("U vroeg of %(organisation)s mag meedoen op Leerwijzer. Dat kan nu niet. Dit is de reden:", organisation=name),
        reason,
        _("Is er iets veranderd? Dan kunt u het opnieuw vragen:"),
        site_address() + url_for("joining.ask"),
    )

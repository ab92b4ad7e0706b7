"""What we mail to who asked."""

from __future__ import annotations

from flask import url_for

from catalogue.models import Demand
from catalogue.vocabulary import DemandStatus
from web.accounts.letters import Letter
from web.languages import _
from web.security.address import site_address


def news_of(demand: Demand) -> Letter:
    """Tells who asked how the demand stands now, after a step of who helps."""
    helper = demand.helper.name if demand.helper else ""
    first = {
        DemandStatus.PICKED_UP: _("%(organisation)s pakt uw leervraag op: %(title)s.", organisation=helper, title=demand.title),
        DemandStatus.ANSWERED: _(
            "%(organisation)s heeft een antwoord op uw leervraag: %(title)s.", organisation=helper, title=demand.title
        ),
    }.get(demand.status, _("Uw leervraag is weer open voor iedereen: %(title)s.", title=demand.title))
    return Letter(_("Nieuws over uw leervraag"), first, _("Hier leest u meer:"), site_address() + url_for("demands.demand", uid=demand.uid))

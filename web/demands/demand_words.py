"""Demands in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalogue.demands.status import ONLINE, Side
from catalogue.vocabulary import DemandStatus
from matching.core.exclusions import Exclusion
from web import words
from web.languages import lazy_gettext

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

STATUSES: dict[DemandStatus, LazyString] = {
    DemandStatus.DRAFT: lazy_gettext("nog niet online"),
    DemandStatus.OPEN: lazy_gettext("open"),
    DemandStatus.PICKED_UP: lazy_gettext("opgepakt"),
    DemandStatus.ANSWERED: lazy_gettext("beantwoord"),
    DemandStatus.CLOSED: lazy_gettext("klaar"),
    DemandStatus.WITHDRAWN: lazy_gettext("ingetrokken"),
}
FILTERED: dict[DemandStatus, LazyString] = {status: STATUSES[status] for status in STATUSES if status in ONLINE}

STEP_BUTTONS: dict[tuple[Side, DemandStatus, DemandStatus], LazyString] = {
    (Side.ASKER, DemandStatus.DRAFT, DemandStatus.OPEN): lazy_gettext("Zet de vraag online"),
    (Side.ASKER, DemandStatus.OPEN, DemandStatus.ANSWERED): lazy_gettext("Mijn vraag is beantwoord"),
    (Side.ASKER, DemandStatus.OPEN, DemandStatus.WITHDRAWN): lazy_gettext("Trek de vraag in"),
    (Side.ASKER, DemandStatus.PICKED_UP, DemandStatus.ANSWERED): lazy_gettext("Mijn vraag is beantwoord"),
    (Side.ASKER, DemandStatus.PICKED_UP, DemandStatus.WITHDRAWN): lazy_gettext("Trek de vraag in"),
    (Side.ASKER, DemandStatus.ANSWERED, DemandStatus.CLOSED): lazy_gettext("Dit is genoeg, sluit de vraag"),
    (Side.ASKER, DemandStatus.ANSWERED, DemandStatus.OPEN): lazy_gettext("Dit is niet genoeg, open de vraag weer"),
    (Side.ASKER, DemandStatus.WITHDRAWN, DemandStatus.OPEN): lazy_gettext("Zet de vraag weer online"),
    (Side.HELPER, DemandStatus.OPEN, DemandStatus.PICKED_UP): lazy_gettext("Pak deze vraag op"),
    (Side.HELPER, DemandStatus.PICKED_UP, DemandStatus.ANSWERED): lazy_gettext("De vraag is beantwoord"),
    (Side.HELPER, DemandStatus.PICKED_UP, DemandStatus.OPEN): lazy_gettext("Geef de vraag terug"),
}
"""What the button of each step of `catalogue.demands.status.STEPS` says."""

LIMITS: dict[Exclusion, LazyString] = words.EXCLUSIONS | {
    Exclusion.BUDGET: lazy_gettext("het budget"),
    Exclusion.FORMAT: lazy_gettext("de plek"),
    Exclusion.FINISH_BY: lazy_gettext("de dag waarop het klaar moet zijn"),
}
"""What removes modules, for readers who did not ask themselves."""

"""Words for feeds: how often they are fetched, and what went wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalogue.exchange.feed_problems import FeedProblem
from catalogue.outbound.troubles import Trouble
from web.languages import _, lazy_gettext

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

OFTEN: dict[int, LazyString] = {
    1: lazy_gettext("elk uur"),
    6: lazy_gettext("elke 6 uur"),
    24: lazy_gettext("elke dag"),
    168: lazy_gettext("één keer per week"),
}

_TEXTS: dict[str, LazyString] = {
    Trouble.ADDRESS_NOT_ALLOWED: lazy_gettext("Dit adres kunnen wij niet gebruiken. Het moet beginnen met https://."),
    Trouble.HOST_NOT_ALLOWED: lazy_gettext("Van deze site halen wij niets op. Vraag de beheerder om hem toe te voegen."),
    Trouble.HOST_UNKNOWN: lazy_gettext("Er is geen site met deze naam. Klopt het adres?"),
    Trouble.NOT_PUBLIC: lazy_gettext("Deze site staat niet open op het internet. Dus halen wij er niets op."),
    Trouble.NOT_REACHED: lazy_gettext("De site gaf geen antwoord."),
    Trouble.CERTIFICATE: lazy_gettext("De site heeft geen goed certificaat. Zo weten wij niet of het de echte site is."),
    Trouble.TOO_SLOW: lazy_gettext("De site was te traag. Wij wachten hoogstens een minuut."),
    Trouble.TOO_LARGE: lazy_gettext("Het bestand is te groot. Het mag hoogstens %(value)s zijn."),
    Trouble.CUT_OFF: lazy_gettext("Het bestand kwam maar half binnen."),
    Trouble.NO_LENGTH: lazy_gettext("De site zegt niet hoe lang het bestand is. Zo weten wij niet of het heel is."),
    Trouble.PACKED_WRONG: lazy_gettext("Het bestand is zo ingepakt dat wij het niet kunnen lezen."),
    Trouble.NOT_HTTP: lazy_gettext("Het antwoord van de site konden wij niet lezen."),
    Trouble.REDIRECTS: lazy_gettext("De site stuurt ons te vaak door."),
    Trouble.WEB_PAGE: lazy_gettext("Op dit adres staat een webpagina en geen bestand. Moet men daar eerst inloggen?"),
    Trouble.BUSY: lazy_gettext("De site is druk en vroeg ons om later terug te komen."),
    Trouble.STATUS: lazy_gettext("De site gaf geen bestand, maar foutcode %(value)s."),
    FeedProblem.ROWS: lazy_gettext("Er klopt iets niet in het bestand."),
    FeedProblem.TOO_MANY_GONE: lazy_gettext("Er zijn veel modules weg uit het bestand: %(gone)s van de %(total)s."),
    FeedProblem.HALF_LIST: lazy_gettext("De lijst was niet heel. Het ging mis bij %(value)s."),
    FeedProblem.NOT_A_LIST: lazy_gettext("Op dit adres staat geen lijst zoals het hoort: %(value)s."),
    FeedProblem.BAD_PAGE: lazy_gettext("Op deze pagina klopt er iets niet in de gegevens: %(value)s."),
    FeedProblem.TOO_MANY_REQUESTS: lazy_gettext("Er staat te veel op dit adres. Wij halen hoogstens %(value)s pagina's op."),
    FeedProblem.TOO_LONG: lazy_gettext("Het ophalen duurde te lang. Wij stoppen na tien minuten."),
    FeedProblem.INTERRUPTED: lazy_gettext("Wij waren bezig en moesten stoppen."),
    FeedProblem.OURS: lazy_gettext("Er ging bij ons iets mis. De beheerder kan zien wat."),
}


def trouble_text(code: str, value: str = "", gone: int = 0, total: int = 0) -> str:
    """What went wrong, as a sentence."""
    return str(_TEXTS[code]) % {"value": value, "gone": gone, "total": total}


def often(hours: int) -> str:
    """How often that is."""
    return str(OFTEN[hours]) if hours in OFTEN else _("elke %(hours)s uur", hours=hours)

"""What stands in a browser, and what its session on the server holds: entries of the data inventory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from web.languages import lazy_gettext
from web.presentation import LANGUAGE_COOKIE
from web.privacy.holding import Field, Given

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie. Over https the name of the session's begins with `__Host-`."""

    name: str
    purpose: LazyString
    kept: LazyString


COOKIES = (
    Cookie(
        "leerwijzer",
        lazy_gettext("Een willekeurig nummer. Daarmee vinden wij uw antwoorden en uw lijst terug."),
        lazy_gettext("24 uur na uw laatste bezoek"),
    ),
    Cookie(LANGUAGE_COOKIE, lazy_gettext("De taal die u koos."), lazy_gettext("een jaar")),
)

_IS_A_KEY = lazy_gettext("Hiermee kan iemand anders zich voordoen als u.")
_PROTECTION = Field(lazy_gettext("Beschermt u tegen misbruik van uw formulieren."), Given.IS_SET, _IS_A_KEY)
_SIGNED_IN = Field(
    lazy_gettext("Wij weten zo wie er is ingelogd, en sinds wanneer."),
    Given.IS_SET,
    lazy_gettext("Dit is een nummer dat alleen wij gebruiken."),
)

SESSION_ENTRIES: Mapping[str, Field] = {
    "profile": Field(lazy_gettext("Uw antwoorden. Daarmee zoeken wij modules die bij u passen.")),
    "paths": Field(lazy_gettext("De leerroutes die u het laatst zag. Zo tonen wij ze snel nog eens.")),
    "saved": Field(lazy_gettext("Uw lijst met modules en notities.")),
    "saved_removed": Field(lazy_gettext("Wat u het laatst van uw lijst haalde. Zo kunt u het terugzetten.")),
    "passport": Field(lazy_gettext("Uw vaardigheden met hun bewijs.")),
    "passport_files": Field(lazy_gettext("De nummers van uw bewijzen. Zo kunt alleen u ze openen.")),
    "passport_shared": Field(lazy_gettext("Welke vaardigheden u wilt delen.")),
    "shares": Field(lazy_gettext("De nummers van wat u deelt. Zo kunt u ermee stoppen.")),
    "traces": Field(
        lazy_gettext("De nummers van mail waar u om vroeg. Zo kunnen wij ook die wissen."),
        Given.IS_SET,
        lazy_gettext("Alleen de eigenaar van het e-mailadres mag die mail lezen."),
    ),
    "second_step": Field(lazy_gettext("U bent aan het inloggen, en moet uw code nog geven."), Given.IS_SET, _IS_A_KEY),
    "second_step_seed": Field(lazy_gettext("U zet uw tweede stap aan, maar bent nog niet klaar."), Given.IS_SET, _IS_A_KEY),
    "_flashes": Field(lazy_gettext("Een melding die u nog gaat zien.")),
    "csrf_token": _PROTECTION,
    "fs_cc": _PROTECTION,
    "account_id": _SIGNED_IN,
    "_user_id": _SIGNED_IN,
    "_id": _SIGNED_IN,
    "_fresh": _SIGNED_IN,
    "fs_paa": _SIGNED_IN,
    "identity.name": _SIGNED_IN,
    "identity.auth_type": _SIGNED_IN,
}
"""By their key in the session."""

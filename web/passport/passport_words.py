"""Sources, kinds of evidence, checks of badges and what is wrong with a file, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matching.passports.checks import Because, Outcome, Subject
from matching.passports.passport import EvidenceKind, Source
from matching.passports.problems import Reason, Unreadable
from web.languages import _, lazy_gettext

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

SOURCES: dict[Source, LazyString] = {
    Source.SELF: lazy_gettext("dat zegt u zelf"),
    Source.OCCUPATION: lazy_gettext("dat hoort bij uw werk"),
    Source.RECOGNISED: lazy_gettext("erkend met EVC"),
    Source.BADGE: lazy_gettext("dat zegt een badge"),
    Source.ADVISOR: lazy_gettext("dat zegt een adviseur"),
}
SOURCES_FOR_OTHERS: dict[Source, LazyString] = {
    Source.SELF: lazy_gettext("zelf gezegd"),
    Source.OCCUPATION: lazy_gettext("hoort bij het werk"),
    Source.RECOGNISED: lazy_gettext("erkend met EVC"),
    Source.BADGE: lazy_gettext("badge"),
    Source.ADVISOR: lazy_gettext("adviseur"),
}
KINDS: dict[EvidenceKind, LazyString] = {
    EvidenceKind.CERTIFICATE: lazy_gettext("diploma of certificaat"),
    EvidenceKind.RECOGNISED: lazy_gettext("EVC-bewijs"),
    EvidenceKind.OTHER: lazy_gettext("ander bewijs"),
    EvidenceKind.BADGE: lazy_gettext("digitale badge"),
}
SUBJECTS: dict[Subject, LazyString] = {
    Subject.VALIDITY: lazy_gettext("Nog geldig?"),
    Subject.RECIPIENT: lazy_gettext("Van u?"),
    Subject.SIGNATURE: lazy_gettext("Niet veranderd?"),
    Subject.REVOCATION: lazy_gettext("Niet ingetrokken?"),
    Subject.ISSUER: lazy_gettext("Echt van deze uitgever?"),
}
OUTCOMES: dict[Outcome, LazyString] = {
    Outcome.GOOD: lazy_gettext("klopt"),
    Outcome.BAD: lazy_gettext("klopt niet"),
    Outcome.UNCHECKED: lazy_gettext("niet gecontroleerd"),
}
BECAUSE: dict[Because, LazyString] = {
    Because.NO_END: lazy_gettext("De badge heeft geen einddatum."),
    Because.NOT_OVER: lazy_gettext("De einddatum is nog niet voorbij."),
    Because.OVER: lazy_gettext("De einddatum is voorbij."),
    Because.NOT_YET: lazy_gettext("De badge begint pas later."),
    Because.SAME_EMAIL: lazy_gettext("De badge staat op uw e-mailadres."),
    Because.OTHER_EMAIL: lazy_gettext("De badge staat op een ander e-mailadres dan dat van uw account."),
    Because.NO_EMAIL: lazy_gettext("U bent niet ingelogd. Wij weten uw e-mailadres niet."),
    Because.OTHER_IDENTITY: lazy_gettext("De badge staat niet op een e-mailadres. Dat kunnen wij niet nakijken."),
    Because.GIVEN_KEY: lazy_gettext("De badge past bij de sleutel die u gaf."),
    Because.OWN_KEY: lazy_gettext("De badge past bij de sleutel die erin zit. Van wie die sleutel is, weten wij niet."),
    Because.ISSUERS_KEY: lazy_gettext("De badge past bij de sleutel van de uitgever. Wie dat is, weten wij niet."),
    Because.CHANGED: lazy_gettext("De badge past niet bij de sleutel. Misschien is er iets aan veranderd."),
    Because.NO_KEY: lazy_gettext("Er zit geen sleutel in de badge. U kunt er een vragen aan de school."),
    Because.OTHER_METHOD: lazy_gettext("De badge is op een manier getekend die wij niet kunnen nakijken."),
    Because.NOT_SIGNED: lazy_gettext("De badge is niet getekend. Alleen de site van de school kan dit zeggen."),
    Because.TAKEN_BACK: lazy_gettext("In de badge staat dat hij is ingetrokken."),
    Because.NEEDS_NETWORK: lazy_gettext("Dat staat op de site van de school. Wij halen daar niets op."),
}
REASONS: dict[Reason, LazyString] = {
    Reason.EMPTY: lazy_gettext("er staat niets in"),
    Reason.TOO_LARGE: lazy_gettext("het is te groot"),
    Reason.NOT_TEXT: lazy_gettext("dit is geen tekst en geen plaatje met een badge"),
    Reason.NOT_JSON: lazy_gettext("dit is geen JSON"),
    Reason.TOO_DEEP: lazy_gettext("er zit te veel in elkaar"),
    Reason.NOT_A_BADGE: lazy_gettext("dit is geen Open Badge"),
    Reason.ONLY_A_DESCRIPTION: lazy_gettext("dit vertelt over een badge, maar hij is aan niemand gegeven"),
    Reason.ONLY_AN_ADDRESS: lazy_gettext("hier staat alleen een link, en wij halen niets op. Haal bij de school de badge met alles erin."),
    Reason.MISSING: lazy_gettext("dit ontbreekt"),
    Reason.NOT_AN_OBJECT: lazy_gettext("dit heeft niet de goede vorm"),
    Reason.NOT_A_DATE: lazy_gettext("dit is geen datum"),
    Reason.PICTURE_BROKEN: lazy_gettext("het plaatje is stuk"),
    Reason.PICTURE_WITHOUT_BADGE: lazy_gettext("in dit plaatje zit geen badge"),
    Reason.UNSAFE: lazy_gettext("in dit plaatje zitten delen die niet veilig zijn"),
    Reason.BAD_TOKEN: lazy_gettext("de getekende tekst is stuk"),
    Reason.BAD_KEY: lazy_gettext("dit is geen sleutel die wij kennen (RSA, als PEM of JWK)"),
    Reason.BAD_VALUE: lazy_gettext("deze waarde kan niet"),
    Reason.TOO_MANY: lazy_gettext("dit is te veel of te lang"),
}


def what_is_wrong(wrong: Unreadable) -> str:
    """Why a file cannot be read, and where."""
    if wrong.field:
        return _("Wij kunnen dit niet lezen. Bij %(field)s: %(why)s.", field=wrong.field, why=str(REASONS[wrong.reason]).rstrip("."))
    return _("Wij kunnen dit niet lezen: %(why)s.", why=str(REASONS[wrong.reason]).rstrip("."))

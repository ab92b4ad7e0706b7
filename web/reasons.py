"""Reasons of a match in sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from matching.results import Reason
from web import words
from web.languages import _, lazy_gettext, ngettext

NAMES = {
    "gap_coverage": lazy_gettext("Stappen naar uw doel"),
    "entry_readiness": lazy_gettext("Kunnen beginnen"),
    "focus": lazy_gettext("Gaat over uw doel"),
    "level_fit": lazy_gettext("Niveau"),
    "text_similarity": lazy_gettext("Uw eigen woorden"),
    "price_fit": lazy_gettext("Prijs"),
    "hours_fit": lazy_gettext("Uren per week"),
    "distance_fit": lazy_gettext("Afstand"),
    "language_fit": lazy_gettext("Taal"),
    "start_fit": lazy_gettext("Start"),
    "credential_fit": lazy_gettext("Bewijs na afloop"),
    "nothing_known": lazy_gettext("Nieuw voor u"),
    "off_goal": lazy_gettext("Gaat vooral over iets anders"),
}
"""What each component of a score is about, by its code."""

GOOD = 0.75
FAIR = 0.4


def reason_name(code: str) -> str:
    """What a reason is about."""
    return str(NAMES.get(code, code))


def reason_text(reason: Reason) -> str:
    """Why a module got the points of this reason, in one sentence with its numbers."""
    sentence = _SENTENCES.get(reason.code)
    numbers = {name: value for name, value in reason.details.items() if isinstance(value, int | float)}
    return sentence(reason.value, numbers) if sentence else reason_name(reason.code)


Details = Mapping[str, float]


def _gap_coverage(_value: float, numbers: Details) -> str:
    closed, whole = numbers.get("closed_steps", 0), numbers.get("gap_steps", 0)
    steps = _("Zet %(closed)s van de %(whole)s stappen naar uw doel.", closed=words.number(closed), whole=words.number(whole))
    if "counted_steps" not in numbers:
        return steps
    counted, full = words.number(numbers["counted_steps"]), words.number(numbers.get("full_steps", 0))
    weighed = _("De kern van uw doel telt zwaarder. Dit telt als %(counted)s. Het hoogste is %(full)s.", counted=counted, full=full)
    return f"{steps} {weighed}"


def _entry_readiness(_value: float, numbers: Details) -> str:
    missing = round(numbers.get("missing_skills", 0))
    if not numbers.get("asked_steps"):
        return _("U kunt beginnen als u de gewone basis hebt.") if numbers.get("unknown_skills") else _("U hoeft vooraf niets te kunnen.")
    if not missing:
        return _("U kunt alles al wat nodig is om te beginnen.")
    return ngettext("U mist nog %(num)s vaardigheid om te beginnen.", "U mist nog %(num)s vaardigheden om te beginnen.", missing)


def _focus(value: float, numbers: Details) -> str:
    share = _("%(percent)s procent van de module telt voor uw doel.", percent=round(value * 100))
    if "other_steps" not in numbers:
        return share
    counted, other = words.number(numbers.get("counted_steps", 0)), words.number(numbers["other_steps"])
    beside = _("Dat is %(counted)s voor uw doel en %(other)s aan andere stappen.", counted=counted, other=other)
    return f"{share} {beside}"


def _off_goal(_value: float, _numbers: Details) -> str:
    return _("Maar een klein deel telt voor uw doel. Daarom tellen alle punten minder.")


def _level_fit(value: float, numbers: Details) -> str:
    if "nlqf" not in numbers:
        return _("Deze module heeft geen vast niveau.")
    if value >= GOOD:
        return _("Het niveau past bij uw werk of doel.")
    is_lower = numbers["nlqf"] < numbers.get("lowest_nlqf", numbers["nlqf"])
    return _("Het niveau is wat laag voor uw werk of doel.") if is_lower else _("Het niveau is wat hoog voor uw werk of doel.")


def _text_similarity(value: float, _numbers: Details) -> str:
    if value >= GOOD:
        return _("De titel lijkt veel op wat u schreef.")
    return _("De titel lijkt een beetje op wat u schreef.") if value >= FAIR else _("De titel lijkt weinig op wat u schreef.")


def _price_fit(_value: float, numbers: Details) -> str:
    if "price_eur" not in numbers:
        return _("De prijs is niet bekend.")
    if numbers["price_eur"] == 0:
        return _("Deze module is gratis.")
    price, budget = words.price(numbers["price_eur"]), numbers.get("budget_eur")
    if budget is None:
        return _("Kost %(price)s.", price=price)
    return _("Kost %(price)s van uw %(budget)s.", price=price, budget=words.price(budget))


def _hours_fit(_value: float, numbers: Details) -> str:
    if "asked_hours_per_week" not in numbers:
        return _("Het is niet bekend hoeveel uur per week dit vraagt.")
    asked, free = words.hours_per_week(numbers["asked_hours_per_week"]), numbers.get("available_hours_per_week")
    if free is None:
        return _("Vraagt %(asked)s per week.", asked=asked)
    return _("Vraagt %(asked)s per week. U hebt %(free)s.", asked=asked, free=words.hours(free))


def _distance_fit(_value: float, numbers: Details) -> str:
    if numbers.get("is_online"):
        return _("U kunt dit thuis volgen.")
    if "distance_km" not in numbers:
        return _("De afstand is niet bekend.")
    return _("Dit is %(km)s km van u.", km=round(numbers["distance_km"]))


def _start_fit(_value: float, numbers: Details) -> str:
    if "wait_days" not in numbers:
        return _("De startdag staat nog niet vast.")
    days = round(numbers["wait_days"])
    return ngettext("Begint over %(num)s dag.", "Begint over %(num)s dagen.", days) if days > 0 else _("U kunt meteen beginnen.")


def _language_fit(value: float, _numbers: Details) -> str:
    return _("De lessen zijn in uw eigen taal.") if value >= 1 else _("De lessen zijn in een andere taal dan u leest.")


def _credential_fit(value: float, _numbers: Details) -> str:
    if value >= 1:
        return _("U krijgt een bewijs dat in heel Nederland telt.")
    if value >= GOOD:
        return _("U krijgt een bewijs van een erkende school.")
    return _("U krijgt een bewijs van de aanbieder.") if value > 0 else _("De aanbieder noemt geen bewijs.")


def _nothing_known(value: float, _numbers: Details) -> str:
    if value >= 1:
        return _("Alles in deze module is nieuw voor u.")
    return _("%(percent)s procent van deze module is nieuw voor u.", percent=round(value * 100))


_SENTENCES: Mapping[str, Callable[[float, Details], str]] = {
    "gap_coverage": _gap_coverage,
    "entry_readiness": _entry_readiness,
    "focus": _focus,
    "level_fit": _level_fit,
    "text_similarity": _text_similarity,
    "price_fit": _price_fit,
    "hours_fit": _hours_fit,
    "distance_fit": _distance_fit,
    "language_fit": _language_fit,
    "start_fit": _start_fit,
    "credential_fit": _credential_fit,
    "nothing_known": _nothing_known,
    "off_goal": _off_goal,
}

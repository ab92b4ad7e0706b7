"""Codes and numbers in words, in the language of the reader. Pages, the API and mail all say it the same way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flask_babel import format_currency, format_date, format_decimal

from catalogue.models.skill import HasLabels
from catalogue.moments import JOINT, Moment
from catalogue.starts import Start
from catalogue.vocabulary import AssessmentForm, Credential, Format, Kind, Level, LoadUnit, OrganisationKind, StartType, Status
from matching.core.exclusions import Exclusion
from web.languages import _, language, lazy_gettext, locale, ngettext

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

LEVELS: dict[Level, LazyString] = {
    Level.MBO_1: lazy_gettext("mbo niveau 1"),
    Level.MBO_2: lazy_gettext("mbo niveau 2"),
    Level.MBO_3: lazy_gettext("mbo niveau 3"),
    Level.MBO_4: lazy_gettext("mbo niveau 4"),
    Level.ASSOCIATE_DEGREE: lazy_gettext("associate degree"),
    Level.HBO_BACHELOR: lazy_gettext("hbo-bachelor"),
    Level.HBO_MASTER: lazy_gettext("hbo-master"),
    Level.WO_BACHELOR: lazy_gettext("wo-bachelor"),
    Level.WO_MASTER: lazy_gettext("wo-master"),
    Level.NONE: lazy_gettext("geen niveau opgegeven"),
}
KINDS: dict[Kind, LazyString] = {
    Kind.MODULE: lazy_gettext("module"),
    Kind.MICRO_INTERVENTION: lazy_gettext("micro-interventie"),
    Kind.CBLC: lazy_gettext("leergemeenschap rond een opdracht"),
    Kind.CERTIFICATE_PROGRAMME: lazy_gettext("certificaatprogramma"),
    Kind.WORKSHOP: lazy_gettext("workshop"),
    Kind.E_LEARNING: lazy_gettext("e-learning"),
    Kind.ON_THE_JOB: lazy_gettext("leren op het werk"),
    Kind.NON_FORMAL: lazy_gettext("cursus zonder examen"),
}
CREDENTIALS: dict[Credential, LazyString] = {
    Credential.DIPLOMA: lazy_gettext("diploma"),
    Credential.MBO_CERTIFICAAT: lazy_gettext("mbo-certificaat"),
    Credential.MBO_VERKLARING: lazy_gettext("mbo-verklaring"),
    Credential.CERTIFICATE: lazy_gettext("certificaat van de aanbieder"),
    Credential.MICROCREDENTIAL: lazy_gettext("microcredential"),
    Credential.BADGE: lazy_gettext("digitale badge"),
    Credential.NONE: lazy_gettext("geen bewijs opgegeven"),
}
ASSESSMENT_FORMS: dict[AssessmentForm, LazyString] = {
    AssessmentForm.TEST: lazy_gettext("met een toets"),
    AssessmentForm.PRACTICE: lazy_gettext("door het te doen"),
    AssessmentForm.PORTFOLIO: lazy_gettext("met een map vol eigen werk (portfolio)"),
    AssessmentForm.PRIOR_LEARNING: lazy_gettext("met wat iemand al kan (EVC)"),
    AssessmentForm.UNKNOWN: lazy_gettext("nog niet bekend"),
}
FORMATS: dict[Format, LazyString] = {
    Format.ON_SITE: lazy_gettext("op locatie"),
    Format.ONLINE: lazy_gettext("online"),
    Format.BLENDED: lazy_gettext("deels online"),
    Format.WORKPLACE: lazy_gettext("op het werk"),
}
ORGANISATION_KINDS: dict[OrganisationKind, LazyString] = {
    OrganisationKind.MBO: lazy_gettext("mbo-school"),
    OrganisationKind.HBO: lazy_gettext("hogeschool"),
    OrganisationKind.WO: lazy_gettext("universiteit"),
    OrganisationKind.COMPANY: lazy_gettext("bedrijf"),
    OrganisationKind.PRIVATE: lazy_gettext("particuliere opleider"),
}
STATUSES: dict[Status, LazyString] = {
    Status.DRAFT: lazy_gettext("concept"),
    Status.IN_REVIEW: lazy_gettext("wordt bekeken"),
    Status.PUBLISHED: lazy_gettext("staat online"),
    Status.WITHDRAWN: lazy_gettext("teruggetrokken"),
}
SKILL_LEVELS: tuple[LazyString, ...] = (
    lazy_gettext("nog niet"),
    lazy_gettext("de basis"),
    lazy_gettext("met hulp"),
    lazy_gettext("zelfstandig"),
    lazy_gettext("leert het anderen"),
)
"""Words for the skill levels 0 to 4."""

GLOSSARY: dict[str, tuple[LazyString, LazyString]] = {
    "SBU": (
        lazy_gettext("SBU"),
        lazy_gettext("Studiebelastingsuren. Dat is alle tijd die u kwijt bent, met de les en het huiswerk samen."),
    ),
    "EC": (lazy_gettext("EC"), lazy_gettext("Europese studiepunten. Een EC is 28 uur werk: de les en het huiswerk samen.")),
    "NLQF": (
        lazy_gettext("NLQF en EQF"),
        lazy_gettext("Het niveau in Nederland en in Europa, van 1 tot 8. Mbo gaat van 1 tot 4, een hbo- of wo-bachelor is 6."),
    ),
    Kind.MICRO_INTERVENTION: (lazy_gettext("Micro-interventie"), lazy_gettext("Een heel korte training over een ding, vaak een paar uur.")),
    Kind.CBLC: (
        lazy_gettext("Leergemeenschap rond een opdracht"),
        lazy_gettext("U werkt met een groep aan een echte opdracht van een bedrijf. Daar leert u van."),
    ),
    Credential.MICROCREDENTIAL: (
        lazy_gettext("Microcredential"),
        lazy_gettext("Een erkend bewijs van een kleine opleiding. U haalt het op een hbo of op een universiteit."),
    ),
}
"""Words of the trade with their meaning, by the code that they come with."""

FACETS: dict[str, LazyString] = {
    "level": lazy_gettext("Niveau"),
    "theme": lazy_gettext("Thema"),
    "place": lazy_gettext("Plaats"),
    "provider": lazy_gettext("Aanbieder"),
    "format": lazy_gettext("Waar u leert"),
    "moment": lazy_gettext("Wanneer u leert"),
    "kind": lazy_gettext("Soort"),
    "credential": lazy_gettext("Bewijs na afloop"),
    "language": lazy_gettext("Taal van de lessen"),
}
EXCLUSIONS: dict[Exclusion, LazyString] = {
    Exclusion.BUDGET: lazy_gettext("uw budget"),
    Exclusion.DISTANCE: lazy_gettext("de afstand"),
    Exclusion.LANGUAGE: lazy_gettext("de taal"),
    Exclusion.FORMAT: lazy_gettext("de plek waar u wilt leren"),
    Exclusion.MOMENT: lazy_gettext("de tijd waarop u kunt leren"),
    Exclusion.LEVEL: lazy_gettext("het niveau"),
    Exclusion.START_AFTER: lazy_gettext("de dag waarop u kunt beginnen"),
    Exclusion.FINISH_BY: lazy_gettext("de dag waarop u klaar wilt zijn"),
    Exclusion.HOURS_PER_WEEK: lazy_gettext("uw uren per week"),
    Exclusion.CLOSED: lazy_gettext("een start die al voorbij is"),
    Exclusion.REJECTED: lazy_gettext("een eigen keuze"),
    Exclusion.NOTHING_TO_CLOSE: lazy_gettext("een ander onderwerp dan uw doel"),
}
MOMENTS: dict[str, LazyString] = {
    Moment.DAYTIME: lazy_gettext("overdag"),
    Moment.EVENING: lazy_gettext("'s avonds"),
    Moment.WEEKEND: lazy_gettext("in het weekend"),
    Moment.OWN_TIME: lazy_gettext("wanneer u wilt"),
}
_DAYS = {
    "monday": lazy_gettext("maandag"),
    "tuesday": lazy_gettext("dinsdag"),
    "wednesday": lazy_gettext("woensdag"),
    "thursday": lazy_gettext("donderdag"),
    "friday": lazy_gettext("vrijdag"),
    "saturday": lazy_gettext("zaterdag"),
    "sunday": lazy_gettext("zondag"),
}
_PARTS = {"morning": lazy_gettext("ochtend"), "afternoon": lazy_gettext("middag"), "evening": lazy_gettext("avond")}


def named(concept: HasLabels) -> tuple[str, str]:
    """The name of a skill or occupation for the language of the page, and the language that it is in."""
    here = language()
    return concept.label(here), concept.label_language(here)


def capitalised(text: object) -> str:
    """With a capital in front and the rest as it is: "begins on 13 February", "mbo-certificaat"."""
    written = str(text)
    return written[:1].upper() + written[1:]


def language_name(code: str) -> str:
    """A language in words: "nl" -> "Nederlands"; the code itself where nobody knows it."""
    found = locale()
    return str(found.languages.get(code, code)) if found else code


def one_of(names: Sequence[str]) -> str:
    """Names of which one is enough, at least one: "Nederlands of Engels"."""
    return _("%(first)s of %(last)s", first=", ".join(names[:-1]), last=names[-1]) if len(names) > 1 else names[0]


def all_of(names: Sequence[str]) -> str:
    """Names that go together, at least one: "Breda, Tilburg en Oss"."""
    return _("%(first)s en %(last)s", first=", ".join(names[:-1]), last=names[-1]) if len(names) > 1 else names[0]


def facet_value(facet: str, value: str, names: Mapping[str, Mapping[str, str]]) -> str:
    """A facet's value in words.

    Args:
        facet: one of `catalogue.search.port.FACETS`.
        value: the code or slug that was counted.
        names: names by slug of the facets that are data: "theme", "place", "provider".
    """
    closed: dict[str, Mapping[Any, LazyString]] = {"level": LEVELS, "kind": KINDS, "credential": CREDENTIALS, "format": FORMATS}
    if facet == "language":
        return language_name(value)
    if facet == "moment":
        return moment(value)
    return str(closed[facet].get(value, value)) if facet in closed else names.get(facet, {}).get(value, value)


def moment(value: str) -> str:
    """Parts of the week in words: "evening+weekend" -> "'s avonds en in het weekend"."""
    return all_of([str(MOMENTS.get(part, part)) for part in value.split(JOINT)])


def start(when: Start, today: date) -> str:
    """When a learner can begin, in words; a flexible start never looks like a date."""
    match when.type:
        case StartType.DIRECT:
            return _("direct, op elk moment")
        case StartType.AGREED:
            return _("in overleg")
        case StartType.WHEN_ENROLLED:
            return ngettext("zodra %(num)s mens zich aanmeldt", "zodra %(num)s mensen zich aanmelden", when.when_enrolled or 0)
        case StartType.ROLLING:
            first = when.next_start(today) or today
            every = ngettext("elke week", "elke %(num)s weken", when.every_weeks or 0)
            return _("%(every)s, eerst op %(day)s", every=every, day=day(first))
        case _:
            if when.on is None:
                return _("nog niet bekend")
            return day(when.on) if when.is_open(today) else _("begon op %(day)s", day=day(when.on))


def proposed_start(when: Start | None) -> str:
    """That a first day is ours and not the provider's, and how one comes to another."""
    match when and when.type:
        case StartType.AGREED:
            return _("De begindag is ons voorstel. U spreekt met de school af wanneer u begint.")
        case StartType.WHEN_ENROLLED:
            return _("De begindag is ons voorstel. De school begint pas als er genoeg mensen zijn.")
        case _:
            return _("De begindag is ons voorstel. U kunt op een ander moment beginnen.")


def day(value: date | None) -> str:
    """A day in words: "8 februari 2027"; "" for none."""
    return str(format_date(value, "d MMMM yyyy")) if value else ""


def weekday_and_day(value: date) -> str:
    """A day in words with its day of the week: "maandag 8 februari 2027"."""
    return str(format_date(value, "EEEE d MMMM yyyy"))


def short_day(value: date) -> str:
    """A day where there is little room: "8 feb."."""
    return str(format_date(value, "d MMM"))


def price(price_eur: float | None) -> str:
    """A price in words: "gratis", "€ 595", "€ 12,50", or that it is not stated."""
    if price_eur is None:
        return _("prijs niet bekend")
    if price_eur == 0:
        return _("gratis")
    text = str(format_currency(price_eur, "EUR"))
    return text.removesuffix(",00").removesuffix(".00")


def number(value: float) -> str:
    """A number with at most one decimal, as the reader writes it."""
    return str(format_decimal(round(value, 1)))


def percent(share: float) -> str:
    """A share in whole percents: .384 -> "38 %"."""
    return _("%(number)s %%", number=round(share * 100))


def tenth(value: float) -> str:
    """A number with exactly one decimal, for columns that one can add up."""
    return str(format_decimal(value, "#,##0.0"))


def hours(value: float | None, unit: LoadUnit = LoadUnit.HOURS) -> str:
    """A study load in words: "84 uur", with the provider's own unit: "84 uur (3 EC)", "80 uur (SBU)"."""
    if value is None:
        return _("aantal uren niet bekend")
    text = _("%(number)s uur", number=number(value))
    if unit is LoadUnit.HOURS:
        return text
    return f"{text} ({unit})" if unit.hours_per_unit == 1 else f"{text} ({number(value / unit.hours_per_unit)} {unit})"


def hours_per_week(value: float) -> str:
    """Hours a week in words, in whole hours and at least one: the same number on the card and in its reason."""
    return hours(max(1, round(value)))


def distance(km: float | None) -> str:
    """A distance in words; "" where there is none."""
    if km is None:
        return ""
    return _("in de buurt") if km < 1 else _("%(km)s km van u", km=format_decimal(round(km)))


def in_the_week(codes: Sequence[str], start_type: StartType, way: Format) -> str:
    """When in the week a run is; of one that names no part of it no more than how it starts and where it is can tell."""
    if codes:
        return day_parts(codes)
    if way is Format.ONLINE:
        return _("op eigen tijd")
    return _("in overleg") if start_type is StartType.AGREED else _("niet bekend")


def day_parts(codes: Sequence[str]) -> str:
    """Parts of the week in words: "saturday-morning", "saturday-afternoon" -> "zaterdag (ochtend, middag)"."""
    by_day: dict[str, list[str]] = {}
    for code in codes:
        weekday, _hyphen, part = code.partition("-")
        if weekday in _DAYS and part in _PARTS:
            by_day.setdefault(weekday, []).append(str(_PARTS[part]))
    return ", ".join(f"{_DAYS[weekday]} ({', '.join(parts)})" for weekday, parts in by_day.items())

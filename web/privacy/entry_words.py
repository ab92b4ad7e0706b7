"""What is kept of somebody, by the names of columns and of the entries within them: what they are called, and their codes in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from catalogue.vocabulary import DemandStatus, OrganisationKind
from web import words
from web.accounts.alert_model import Followed
from web.accounts.models import MemberRole, RoleName
from web.accounts.presenters import MEMBER_DUTIES, moment, role_word
from web.advisor.intake.answer_codes import BARRIERS, DIGITAL, ROUTES, STEPS
from web.demands.demand_words import STATUSES
from web.joining.model import Answer
from web.joining.presenters import ANSWERS
from web.languages import lazy_gettext
from web.second_step.codes import STEP_SECONDS

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

FOLLOWED: Mapping[Followed, LazyString] = {
    Followed.SEARCH: lazy_gettext("een zoekvraag"),
    Followed.PROFILE: lazy_gettext("uw antwoorden"),
    Followed.START: lazy_gettext("uw start"),
}
FIELDS: Mapping[str, Callable[[Any], str]] = {
    "language": words.language_name,
    "role_id": lambda value: role_word(RoleName(value)),
    "role": lambda value: str(MEMBER_DUTIES[MemberRole(value)]),
    "status": lambda value: str(STATUSES[DemandStatus(value)]),
    "needed_by": lambda value: words.day(date.fromisoformat(value)),
    "last_used": lambda value: moment(datetime.fromtimestamp(value * STEP_SECONDS, UTC)),
    "kind": lambda value: str(words.ORGANISATION_KINDS[OrganisationKind(value)]),
    "answer": lambda value: str(ANSWERS[Answer(value)]),
    "followed": lambda value: str(FOLLOWED[Followed(value)]),
}
"""Columns that hold a code or a number which only we can read, with what makes words of it."""

LEVELLED = frozenset({"skills", "goal_skills", "goal_meant", "recognised"})
"""Entries that hold a level for each skill."""
CODED: Mapping[str, Mapping[str, LazyString]] = {
    "route": {code: name for code, (name, _effect) in ROUTES.items()},
    "digital": DIGITAL,
    "barriers": {code: barrier.name for code, barrier in BARRIERS.items()},
    "done": STEPS,
    "skipped": STEPS,
}
"""Entries that hold codes, with what each stands for."""

ENTRY_NAMES: Mapping[str, LazyString] = {
    "occupation": lazy_gettext("Uw werk"),
    "skills": lazy_gettext("Wat u kunt"),
    "sources": lazy_gettext("Hoe wij dit weten"),
    "evidence": lazy_gettext("Bewijs"),
    "skill": lazy_gettext("Vaardigheid"),
    "origin": lazy_gettext("Van wie wij dit weten"),
    "title": lazy_gettext("Naam"),
    "issuer": lazy_gettext("Van wie u het kreeg"),
    "issued": lazy_gettext("Gekregen op"),
    "expires": lazy_gettext("Geldig tot en met"),
    "ects": lazy_gettext("Studiepunten"),
    "media_type": lazy_gettext("Soort bestand"),
    "size_bytes": lazy_gettext("Grootte in bytes"),
    "sha256": lazy_gettext("Kenmerk van het bestand"),
    "is_sound": lazy_gettext("Niets sprak ertegen"),
    "uid": lazy_gettext("Nummer"),
    "goal_kind": lazy_gettext("Soort doel"),
    "goal_occupation": lazy_gettext("Het beroep dat u wilt"),
    "goal_skills": lazy_gettext("Wat u wilt leren"),
    "goal_theme": lazy_gettext("Het thema dat u koos"),
    "goal_text": lazy_gettext("Uw doel, in uw eigen woorden"),
    "goal_meant": lazy_gettext("Wat u daarmee bedoelt"),
    "budget_eur": lazy_gettext("Hoogste prijs, in euro"),
    "hours_per_week": lazy_gettext("Uren per week"),
    "near": lazy_gettext("Uw plaats of postcode"),
    "max_km": lazy_gettext("Hoogste afstand, in km"),
    "languages": lazy_gettext("Taal van de lessen"),
    "formats": lazy_gettext("Vorm van de lessen"),
    "moments": lazy_gettext("Wanneer u leert"),
    "levels": lazy_gettext("Niveau"),
    "start_after": lazy_gettext("Begin na"),
    "finish_by": lazy_gettext("Klaar voor"),
    "emphasis": lazy_gettext("Wat u belangrijk vindt"),
    "searched": lazy_gettext("Wat u het laatst typte"),
    "recognised": lazy_gettext("Gevonden in uw tekst"),
    "recognised_work": lazy_gettext("Beroepen in uw tekst"),
    "q": lazy_gettext("Uw zoekwoorden"),
    "level": lazy_gettext("Niveau"),
    "theme": lazy_gettext("Thema"),
    "place": lazy_gettext("Plaats"),
    "format": lazy_gettext("Vorm van de lessen"),
    "language": lazy_gettext("Taal van de lessen"),
    "provider": lazy_gettext("Aanbieder"),
    "kind": lazy_gettext("Soort"),
    "credential": lazy_gettext("Wat u ervoor krijgt"),
    "moment": lazy_gettext("Wanneer u leert"),
    "max_price_eur": lazy_gettext("Hoogste prijs, in euro"),
    "max_hours": lazy_gettext("Hoogste aantal uren"),
    "start_before": lazy_gettext("Begin voor"),
    "radius_km": lazy_gettext("Hoogste afstand, in km"),
    "sort": lazy_gettext("Volgorde"),
    "module": lazy_gettext("Module"),
    "edition": lazy_gettext("Nummer van de start die u koos"),
    "start": lazy_gettext("De start die u koos"),
    "note": lazy_gettext("Uw notitie"),
    "route": lazy_gettext("Hoe u binnenkwam"),
    "work": lazy_gettext("Uw werk tot nu toe"),
    "name": lazy_gettext("Naam"),
    "years": lazy_gettext("Hoe lang"),
    "energy": lazy_gettext("Wat u energie geeft"),
    "drains": lazy_gettext("Wat u energie kost"),
    "dutch": lazy_gettext("Uw Nederlands"),
    "digital": lazy_gettext("U en de computer"),
    "barriers": lazy_gettext("Wat in de weg staat"),
    "barriers_text": lazy_gettext("Meer over wat in de weg staat"),
    "done": lazy_gettext("Wat u besprak"),
    "skipped": lazy_gettext("Wat u oversloeg"),
}
"""What an entry within a value is called."""

"""How small a change would bring a module into reach, in words."""

from __future__ import annotations

from math import ceil

from catalogue.models import Module
from catalogue.moments import moment_of
from matching.core.exclusions import Exclusion
from matching.results import WhatIf
from web import words
from web.languages import _


def what_if_text(one: WhatIf, module: Module, budget_eur: float | None) -> str:
    """The change of one wish, in a few words: "met 150 euro meer"."""
    edition = module.edition(one.edition_id)
    match one.wish:
        case Exclusion.BUDGET if one.price_eur is not None:
            return _("met %(price)s meer", price=words.price(ceil(one.price_eur - (budget_eur or 0))))
        case Exclusion.DISTANCE if one.distance_km is not None:
            return _("als u tot %(km)s km reist", km=ceil(one.distance_km))
        case Exclusion.FINISH_BY if one.day:
            return _("als u op %(day)s klaar mag zijn", day=words.day(one.day))
        case Exclusion.START_AFTER if one.day:
            return _("als u op %(day)s kunt beginnen", day=words.day(one.day))
        case Exclusion.LANGUAGE:
            return _("als de les in het %(language)s mag", language=words.language_name(module.language))
        case Exclusion.LEVEL:
            return _("als ook dit niveau goed is: %(level)s", level=words.LEVELS[module.level])
        case Exclusion.FORMAT if edition:
            return _("als u ook zo wilt leren: %(form)s", form=words.FORMATS[edition.format])
        case Exclusion.MOMENT if edition:
            return _("als u ook zo kunt leren: %(moment)s", moment=words.moment(moment_of(edition.day_parts, edition.format)))
        case _:
            return str(words.EXCLUSIONS[one.wish])

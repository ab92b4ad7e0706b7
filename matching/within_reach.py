"""What lies just outside somebody's wishes: from rows of the arrays back to keys of the database."""

from __future__ import annotations

from datetime import date

from matching.core.exclusions import Exclusion
from matching.core.supply import Miss
from matching.core.what_if import Change
from matching.gather import Catalogue
from matching.keys import edition_id, known
from matching.results import NearMiss, WhatIf


def what_if(catalogue: Catalogue, change: Change) -> WhatIf:
    """A change of one wish, with keys for rows."""
    is_day = change.wish in (Exclusion.START_AFTER, Exclusion.FINISH_BY)
    return WhatIf(
        module_id=int(catalogue.modules.key[change.module]),
        edition_id=edition_id(catalogue, change.edition),
        wish=change.wish,
        price_eur=change.needed if change.wish is Exclusion.BUDGET else None,
        distance_km=change.needed if change.wish is Exclusion.DISTANCE else None,
        day=date.fromordinal(int(change.needed)) if is_day else None,
    )


def near_miss(catalogue: Catalogue, miss: Miss) -> NearMiss:
    """The edition nearest to the wishes, with keys for rows."""
    return NearMiss(
        module_id=int(catalogue.modules.key[miss.module]),
        edition_id=edition_id(catalogue, miss.edition),
        wishes=miss.wishes,
        distance_km=known(miss.distance_km),
        price_eur=known(miss.price_eur),
    )

"""What lies just outside somebody's wishes: from rows of the arrays back to keys of the database."""

from __future__ import annotations

import math
from datetime import date

from matching.core.supply import Miss
from matching.core.what_if import Change
from matching.gather import Catalogue
from matching.results import Exclusion, NearMiss, WhatIf


def what_if(catalogue: Catalogue, change: Change) -> WhatIf:
    """A change of one wish, with keys for rows."""
    edition = int(catalogue.editions.key[change.edition])
    is_day = change.wish in (Exclusion.START_AFTER, Exclusion.FINISH_BY)
    return WhatIf(
        module_id=int(catalogue.modules.key[change.module]),
        edition_id=edition if edition >= 0 else None,
        wish=change.wish,
        price_eur=change.needed if change.wish is Exclusion.BUDGET else None,
        distance_km=change.needed if change.wish is Exclusion.DISTANCE else None,
        day=date.fromordinal(int(change.needed)) if is_day else None,
    )


def near_miss(catalogue: Catalogue, miss: Miss) -> NearMiss:
    """The edition nearest to the wishes, with keys for rows."""
    edition = int(catalogue.editions.key[miss.edition])
    return NearMiss(
        module_id=int(catalogue.modules.key[miss.module]),
        edition_id=edition if edition >= 0 else None,
        wishes=miss.wishes,
        distance_km=known(miss.distance_km),
        price_eur=known(miss.price_eur),
    )


def known(value: float) -> float | None:
    """A number of the arrays; None for NaN, which there says that it is not known."""
    return None if math.isnan(value) else float(value)

"""What a learner without a goal could do: occupations within reach, and modules that bring more of them there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from matching.core.arrays import Gap, Wishes
from matching.core.reach import SHARE_IN_REACH, EssentialNeeds, reach
from matching.gather import Catalogue
from matching.keys import edition_id, known, known_day
from matching.taxonomy import OccupationNeeds


@dataclass(frozen=True, slots=True)
class NearOccupation:
    """An occupation, and the share of its essential skills that one holds, or would hold."""

    occupation_id: int
    share: float


@dataclass(frozen=True, slots=True)
class Opening:
    """A module that can be begun now, with its cheapest fitting edition, and the occupations that it brings within reach, fullest first."""

    module_id: int
    edition_id: int | None
    brings: tuple[NearOccupation, ...]
    price_eur: float | None
    start: date | None
    distance_km: float | None


@dataclass(frozen=True, slots=True)
class Exploration:
    """`within`: occupations within reach already, fullest first; `nearest`: those that come next; `openings`: modules, most first.

    `total` counts all modules that bring an occupation within reach, `total_within` all occupations that are.
    """

    within: tuple[NearOccupation, ...]
    nearest: tuple[NearOccupation, ...]
    openings: tuple[Opening, ...]
    total: int
    total_within: int

    def named_occupations(self) -> set[int]:
        """The keys of all occupations that the answer names."""
        brought = {one.occupation_id for opening in self.openings for one in opening.brings}
        return brought | {one.occupation_id for one in (*self.within, *self.nearest)}

    def named_modules(self) -> set[int]:
        """The keys of all modules that the answer names."""
        return {opening.module_id for opening in self.openings}


def essential_needs(occupations: OccupationNeeds) -> EssentialNeeds:
    """The essential needs of all occupations, which are numbered in the order of `occupations.begins`."""
    sizes = [end - begin for begin, end in occupations.begins.values()]
    owner = np.repeat(np.arange(len(sizes)), sizes)
    order = np.concatenate([np.arange(*span) for span in occupations.begins.values()] or [np.zeros(0, dtype=np.int64)])
    kept = occupations.is_essential[order]
    return EssentialNeeds(owner[kept], occupations.column[order][kept], occupations.level[order][kept], len(sizes))


def explored(catalogue: Catalogue, needs: EssentialNeeds, gap: Gap, wishes: Wishes, own_occupation: int | None, limit: int) -> Exploration:
    """What lies open to a learner who stands where `gap.held` says.

    Args:
        own_occupation: key of what the learner does now, which is no discovery.
        limit: so many occupations of each sort, and modules.
    """
    keys = np.fromiter(catalogue.occupations.begins, np.int64)
    found = reach(needs, catalogue.modules, catalogue.editions, gap, wishes, keys == (own_occupation or -1), limit=limit)
    share = np.nan_to_num(found.share, nan=-1.0)
    order = np.lexsort((keys, -np.round(share, 9)))
    n_within = int(np.sum(share >= SHARE_IN_REACH - 1e-9))
    near = [NearOccupation(int(keys[at]), float(share[at])) for at in order[: n_within + limit].tolist() if share[at] > 0]
    return Exploration(
        within=tuple(near[:n_within][:limit]),
        nearest=tuple(near[n_within:]),
        openings=tuple(
            Opening(
                module_id=int(catalogue.modules.key[row]),
                edition_id=edition_id(catalogue, found.offer.edition[place]),
                brings=tuple(
                    NearOccupation(int(keys[at]), float(reached))
                    for at, reached in zip(found.brought[place].tolist(), found.reached[place].tolist(), strict=True)
                ),
                price_eur=known(found.offer.price_eur[place]),
                start=known_day(found.offer.start[place]),
                distance_km=known(found.offer.distance_km[place]),
            )
            for place, row in enumerate(found.module.tolist())
        ),
        total=found.total,
        total_within=n_within,
    )

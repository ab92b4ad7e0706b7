"""Ranked modules with all that can be said of them: what they close, what is missing to begin, and why they stand where they stand."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from matching.core.arrays import Gap, Wishes
from matching.core.bridges import bridges
from matching.core.explain import SkillSteps, explanation
from matching.core.ranking import Ranking
from matching.gather import Catalogue
from matching.keys import edition_id, known, known_day, step_of
from matching.reasons import GapSize, reasons_of
from matching.results import Match, MissingAtEntry
from matching.snapshot import Snapshot


def matches(snapshot: Snapshot, gap: Gap, wishes: Wishes, ranked: Ranking) -> tuple[Match, ...]:
    """The ranked modules with their reasons, in the order of `ranked`."""
    catalogue = snapshot.catalogue
    rows = ranked.module.tolist()
    explained = {row: explanation(row, catalogue.modules, gap) for row in rows}
    missing = {row: reason.missing for row, reason in explained.items()}
    bridging = bridges(missing, catalogue.modules, catalogue.editions, gap, wishes, snapshot.first_steps)
    offer, size = ranked.offer, GapSize.of(gap)
    matches = []
    for place, row in enumerate(rows):
        hours = known(catalogue.modules.hours[row])
        reasons = reasons_of(place, explained[row], ranked, catalogue.modules, size, wishes)
        matches.append(
            Match(
                module_id=int(catalogue.modules.key[row]),
                edition_id=edition_id(catalogue, offer.edition[place]),
                score=min(sum(reason.contribution for reason in reasons), 1.0),
                closes=tuple(step_of(catalogue, step) for step in explained[row].closes),
                already_known=tuple(int(catalogue.skill_ids[column]) for column in explained[row].known),
                missing_at_entry=tuple(_missing(catalogue, row, step, bridging) for step in explained[row].missing),
                unknown_at_entry=tuple(step_of(catalogue, step) for step in explained[row].unknown),
                reasons=reasons,
                hours=hours,
                net_hours=known(ranked.net_hours[place]),
                hours_per_week=known(offer.asked_hours_per_week[place]),
                is_own_pace=bool(offer.is_own_pace[place]),
                price_eur=known(offer.price_eur[place]),
                start=known_day(offer.start[place]),
                end=known_day(offer.start[place] + np.ceil(offer.weeks[place] * 7)),
                distance_km=known(offer.distance_km[place]),
            )
        )
    return tuple(matches)


def _missing(catalogue: Catalogue, row: int, step: SkillSteps, bridging: Mapping[tuple[int, int], int]) -> MissingAtEntry:
    bridge = bridging.get((row, step.column))
    return MissingAtEntry(
        skill_id=int(catalogue.skill_ids[step.column]),
        held=int(step.from_level),
        asked=int(step.to_level),
        bridge_module_id=None if bridge is None else int(catalogue.modules.key[bridge]),
    )

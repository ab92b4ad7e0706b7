"""Duplicates: near-copies planted among all modules, how many are found, how many others with them, and how fast."""

from __future__ import annotations

import resource
import time

from catalogue.modules import published_with_providers
from catalogue.publishing.duplicates import NEAR_COPY, near_copies, text_of
from tests.benchmarks.measuring import Report
from tests.near_copies import plant
from web.wiring import Services

PLANTED = 2_000
SEEDS = (11, 12)
"""The likeness that counts was chosen with other copies."""


def duplicates_report(name: str, parts: Services) -> Report:
    """Finds planted near-copies, for each seed."""
    with parts.database.reading() as session:
        texts = [text_of(module) for module in published_with_providers(session)]
    report = Report(name, f"{len(texts):,} modules and {PLANTED:,} near-copies of them, likeness from {NEAR_COPY}")
    seconds, recalls, precisions = [], [], []
    for seed in SEEDS:
        everything, planted = plant(texts, PLANTED, seed)
        begin = time.perf_counter()
        found = {(pair.first, pair.second) for pair in near_copies(everything)}
        seconds.append(time.perf_counter() - begin)
        recalls.append(len(found & planted) / len(planted))
        precisions.append(len(found & planted) / max(len(found), 1))
    report.add("find all near-copies", "Leerwijzer", seconds, "s")
    report.add("recall", "Leerwijzer", recalls, "")
    report.add("precision", "Leerwijzer", precisions, "")
    report.add("memory of the process, at most", "Leerwijzer", [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024], "MB")
    return report

"""A path without the modules that it can do without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from matching.core.path.candidates import TOLERANCE
from matching.core.path.field import Field, Found, Objective, aim_of, costs, steps_of
from matching.core.path.schedule import dated, is_enough


def thinned(found: Found, least: float, objective: Objective | None, field: Field, fixed: Collection[int] = ()) -> Found:
    """Without the modules that neither the gap nor another module takes; what adds most to the aim goes first, and all keep their dates.

    Args:
        least: weighted steps that are closed without them too.
        fixed: modules that stay whatever they close.
    """
    of_module, jobs, kept = costs(objective, field)[1], found.jobs, list(found.placed)
    times = Counter(node for job in jobs for node in job.gives)
    spare = found.covered - least + TOLERANCE
    for one in sorted(kept, key=lambda one: (-one.mode.cost - of_module[jobs[one.job].module], one.job)):
        job, fewer = jobs[one.job], [other for other in kept if other is not one]
        lost = sum(field.steps.value[node] for node in job.gives if times[node] == 1)
        if lost <= spare and job.module not in fixed and is_enough(jobs, fewer, ()):
            kept, spare = fewer, spare - lost
            times.subtract(job.gives)
    if len(kept) == len(jobs):
        return found
    order = sorted(one.job for one in kept)
    some = tuple(jobs[at] for at in order)
    schedule = dated([replace(one, job=order.index(one.job)) for one in kept], field.earliest)
    return replace(found, placed=schedule.placed, jobs=some, covered=steps_of(some, field), aim=aim_of(objective, schedule, some, field))

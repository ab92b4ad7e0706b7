"""A path without the modules that it can do without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from matching.core.exclusions import TOLERANCE
from matching.core.path.schedule import dated, is_enough
from matching.core.path.task import Found, Task


def thinned(found: Found, least: float, task: Task, fixed: Collection[int] = ()) -> Found:
    """Without the modules that neither the gap nor another module takes; what adds most to the aim goes first, and all keep their dates.

    Args:
        least: weighted steps that are closed without them too.
        fixed: modules that stay whatever they close.
    """
    field, jobs, kept = task.field, found.jobs, list(found.placed)
    times = Counter(node for job in jobs for node in job.gives)
    spare = found.covered - least + TOLERANCE
    for one in sorted(kept, key=lambda one: (-one.mode.cost - task.of_module[jobs[one.job].module], one.job)):
        job, fewer = jobs[one.job], [other for other in kept if other is not one]
        lost = sum(field.steps.value[node] for node in job.gives if times[node] == 1)
        if lost <= spare and job.module not in fixed and is_enough(jobs, fewer, ()):
            kept, spare = fewer, spare - lost
            times.subtract(job.gives)
    if len(kept) == len(jobs):
        return found
    order = sorted(one.job for one in kept)
    schedule = dated([replace(one, job=order.index(one.job)) for one in kept], field.earliest)
    left = task.found(schedule, [jobs[at] for at in order])
    return replace(left, is_proven=found.is_proven, bound=found.bound)

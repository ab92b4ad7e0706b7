"""Cuts of the cover: from a set of modules that turned out to have no order or no dates, what no other set may hold either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matching.core.path.candidates import NEVER
from matching.core.path.instance import Cut
from matching.core.path.schedule import Job


def order_cuts(jobs: Sequence[Job], waiting: Sequence[int]) -> list[Cut]:
    """For each circle of jobs that wait for one another: it needs a way in.

    A circle holds, with each of its jobs, all those that give the thing that this job lacks.
    """
    given = frozenset[int]().union(*(job.gives for at, job in enumerate(jobs) if at not in set(waiting)))
    lack = {at: min(jobs[at].needs - given) for at in waiting}
    circles = list[frozenset[int]]()
    for start in waiting:
        circle, added = {start}, {start}
        while added:
            wanted = {lack[at] for at in added}
            added = {at for at in waiting if jobs[at].gives & wanted} - circle
            circle |= added
        circles.append(frozenset(circle))
    smallest = sorted({circle for circle in circles if not any(other < circle for other in circles)}, key=sorted)
    return [Cut(frozenset(), dict.fromkeys((lack[at] for at in circle), NEVER), is_entry=True) for circle in smallest]


def clash(jobs: Sequence[Job], together: Sequence[int], nodes: Mapping[int, int]) -> Cut:
    """Not these jobs together without another giver of `nodes` in time; or, where it is not known which of them clash, not all of them
    without another giver of what they need."""
    if together:
        return Cut(frozenset(jobs[at].module for at in together), nodes)
    needs = frozenset[int]().union(*(job.needs for job in jobs))
    return Cut(frozenset(job.module for job in jobs), dict.fromkeys(needs, NEVER))

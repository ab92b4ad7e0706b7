"""The steps of publishing. A module that was online is withdrawn, never removed: dossiers and links keep pointing at it."""

from __future__ import annotations

from datetime import datetime

from catalogue.models import Module
from catalogue.publishing.checks import Check, blocking_checks
from catalogue.vocabulary import Status

STEPS: dict[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.IN_REVIEW, Status.PUBLISHED}),
    Status.IN_REVIEW: frozenset({Status.DRAFT, Status.PUBLISHED}),
    Status.PUBLISHED: frozenset({Status.WITHDRAWN}),
    Status.WITHDRAWN: frozenset({Status.DRAFT, Status.PUBLISHED}),
}
"""From where to where. Who may take which step is decided where people act; an administrator's import goes straight to published."""


class StepNotAllowed(ValueError):
    """A module cannot go from `current` to `wanted`."""

    def __init__(self, current: Status, wanted: Status) -> None:
        super().__init__(f"a module cannot go from {current} to {wanted}")
        self.current, self.wanted = current, wanted


class NotPublishable(ValueError):
    """Something has to be filled in before this module can be published; `checks` says what."""

    def __init__(self, checks: list[Check]) -> None:
        super().__init__(f"cannot be published: {', '.join(checks)}")
        self.checks = checks


def take_step(module: Module, wanted: Status, now: datetime) -> bool:
    """Moves `module` to another status; returns whether anything changed.

    Raises:
        StepNotAllowed: `STEPS` has no such step.
        NotPublishable: the step is to published and a blocking check fails.
    """
    if module.status is wanted:
        return False
    if wanted not in STEPS[module.status]:
        raise StepNotAllowed(module.status, wanted)
    if wanted is Status.PUBLISHED:
        if failed := blocking_checks(module):
            raise NotPublishable(failed)
        module.published_at = module.published_at or now
    module.status = wanted
    module.updated_at = now
    return True

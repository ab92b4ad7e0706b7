"""What is looked at when a module is published: very little blocks, the rest is advice on quality.

A provider's file is often thin (a thesis project with a title and no text, a price that is settled by quotation). Such a module can be
found and chosen, so it is not refused; its provider is told what would make it better.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from catalogue.models import Module
from catalogue.vocabulary import Level

FEWEST_WORDS = 40
"""A description below this tells a learner too little to choose by."""


class Check(StrEnum):
    """One thing that a module lacks."""

    TITLE_MISSING = "title-missing"
    DESCRIPTION_MISSING = "description-missing"
    DESCRIPTION_SHORT = "description-short"
    OUTCOMES_MISSING = "outcomes-missing"
    LEVEL_MISSING = "level-missing"
    LOAD_MISSING = "load-missing"
    THEME_MISSING = "theme-missing"
    SKILLS_MISSING = "skills-missing"
    SKILLS_UNCONFIRMED = "skills-unconfirmed"
    EDITIONS_MISSING = "editions-missing"
    EDITIONS_OVER = "editions-over"
    PRICE_MISSING = "price-missing"


BLOCKING = frozenset({Check.TITLE_MISSING})
"""What must be there before publishing."""


def failed_checks(module: Module, today: date | None = None) -> list[Check]:
    """All that `module` lacks, the blocking ones among them, in the order of `Check`; what passes with time only where `today` is told."""
    words = len(module.description.split())
    taught = module.taught
    lacks = {
        Check.TITLE_MISSING: not module.title.strip(),
        Check.DESCRIPTION_MISSING: words == 0,
        Check.DESCRIPTION_SHORT: 0 < words < FEWEST_WORDS,
        Check.OUTCOMES_MISSING: not module.outcomes,
        Check.LEVEL_MISSING: module.level in (None, Level.NONE),
        Check.LOAD_MISSING: module.workload_hours is None,
        Check.THEME_MISSING: module.theme_id is None,
        Check.SKILLS_MISSING: not taught,
        Check.SKILLS_UNCONFIRMED: any(row.is_recognised for row in taught),
        Check.EDITIONS_MISSING: not module.editions,
        Check.EDITIONS_OVER: today is not None and bool(module.editions) and not any(one.start.is_open(today) for one in module.editions),
        Check.PRICE_MISSING: any(edition.price_cents is None for edition in module.editions),
    }
    return [check for check, is_lacking in lacks.items() if is_lacking]


def blocking_checks(module: Module) -> list[Check]:
    """What must be filled in before `module` can be published."""
    return [check for check in failed_checks(module) if check in BLOCKING]

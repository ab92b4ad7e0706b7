"""What a module has to say before a badge or a microcredential can be given for it.

The fields are those of a badge at edubadges (SURF), and of the framework for microcredentials in higher education (Npuls): 3 to 30 EC, a
level of the NLQF, outcomes, the form of the assessment, who guards the quality, and whether it can be stacked. Nothing here stops a
module from being published; it tells what whoever gives the badge will ask for.
"""

from __future__ import annotations

from enum import StrEnum

from catalogue.models import Module
from catalogue.vocabulary import AssessmentForm, Credential, Level, LoadUnit

FEWEST_EC, MOST_EC = 3, 30
HIGHER = frozenset(level for level in Level if level is not Level.NONE and not level.value.startswith("mbo"))
"""The levels of hbo and wo, where a microcredential has a size in EC."""


class BadgeNeed(StrEnum):
    """One thing that is still missing."""

    DESCRIPTION = "description"
    OUTCOMES = "outcomes"
    LEVEL = "level"
    LOAD = "load"
    SIZE = "size"
    ASSESSMENT = "assessment"
    ASSESSMENT_FORM = "assessment-form"
    SUPERVISION = "supervision"
    IDENTITY = "identity"
    STACKABLE = "stackable"
    QUALITY = "quality"


_BADGE = frozenset({BadgeNeed.DESCRIPTION, BadgeNeed.OUTCOMES, BadgeNeed.ASSESSMENT, BadgeNeed.LOAD})
ASKED = {Credential.BADGE: _BADGE, Credential.MICROCREDENTIAL: frozenset(BadgeNeed)}
"""What each credential asks; the others ask nothing here."""


def missing_for_badge(module: Module) -> list[BadgeNeed]:
    """What the credential of `module` asks and the module does not say, in the order of `BadgeNeed`."""
    hours = module.workload_hours
    is_sized = hours is None or FEWEST_EC <= hours / LoadUnit.EC.hours_per_unit <= MOST_EC
    lacks = {
        BadgeNeed.DESCRIPTION: not module.description.strip(),
        BadgeNeed.OUTCOMES: not module.outcomes,
        BadgeNeed.LEVEL: module.level is Level.NONE,
        BadgeNeed.LOAD: hours is None,
        BadgeNeed.SIZE: module.level in HIGHER and not is_sized,
        BadgeNeed.ASSESSMENT: not module.assessment.strip(),
        BadgeNeed.ASSESSMENT_FORM: module.assessment_form is AssessmentForm.UNKNOWN,
        BadgeNeed.SUPERVISION: module.is_supervised is None,
        BadgeNeed.IDENTITY: module.is_identity_checked is None,
        BadgeNeed.STACKABLE: module.is_stackable is None,
        BadgeNeed.QUALITY: not module.quality_mark.strip(),
    }
    return [need for need in BadgeNeed if lacks[need] and need in ASKED.get(module.credential, ())]

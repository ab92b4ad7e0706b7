"""What other systems miss of a module, in the Open Onderwijs API and on our pages: what stays empty there, and what
we say because the provider does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from catalogue.models import Module
from catalogue.vocabulary import Level, StartType


class Gap(StrEnum):
    """One thing that a provider has not stated."""

    DESCRIPTION = "description"
    OUTCOMES = "outcomes"
    LEVEL = "level"
    LOAD = "load"
    LINK = "link"
    SKILLS = "skills"
    SKILLS_RECOGNISED = "skills-recognised"
    EDITIONS = "editions"
    DATES = "dates"
    WEEKS = "weeks"
    PRICE = "price"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Told:
    """What becomes of a gap.

    Attributes:
        v5, v6: the attributes that it is about in each version; "" where the version has none, and nothing is amiss there.
        schema_org: the property that it is about on our own page of the module.
        is_guessed: whether something of our own stands there; else it is empty or absent.
    """

    v5: str
    v6: str
    schema_org: str
    is_guessed: bool = False


TOLD = {
    Gap.DESCRIPTION: Told("Course.description", "Course.description", "Course.description"),
    Gap.OUTCOMES: Told("Course.learningOutcomes", "LearningOutcome.name", "Course.teaches"),
    Gap.LEVEL: Told("Course.level", "Course.level", "Course.educationalLevel", is_guessed=True),
    Gap.LOAD: Told("Course.studyLoad", "Course.studyLoad", "Course.timeRequired"),
    Gap.LINK: Told("Course.link", "Course.link", "Course.sameAs"),
    Gap.SKILLS: Told("", "LearningOutcome.primaryCode", "Course.teaches"),
    Gap.SKILLS_RECOGNISED: Told("", "LearningOutcome.primaryCode", "Course.teaches", is_guessed=True),
    Gap.EDITIONS: Told("CourseOffering", "CourseOffering", "CourseInstance"),
    Gap.DATES: Told("CourseOffering.startDate", "CourseOffering.startDateTime", "CourseInstance.startDate", is_guessed=True),
    Gap.WEEKS: Told("CourseOffering.endDate", "CourseOffering.endDateTime", "CourseInstance.endDate", is_guessed=True),
    Gap.PRICE: Told("CourseOffering.priceInformation", "CourseOffering.priceInformation", "Offer.price"),
    Gap.CODE: Told("Course.primaryCode", "Course.primaryCode", "Course.courseCode", is_guessed=True),
}
"""What other systems find in the place of each."""
OPEN_ON_PAGES = frozenset({Gap.LEVEL, Gap.DATES, Gap.WEEKS})
"""What we guess for the Open Onderwijs API, which wants something there, and leave open in schema.org."""


def gaps(module: Module) -> list[Gap]:
    """What is missing or guessed in what other systems read of `module`, in the order of `Gap`."""
    is_missing = {
        Gap.DESCRIPTION: not module.description.strip(),
        Gap.OUTCOMES: not module.outcomes,
        Gap.LEVEL: module.level is Level.NONE,
        Gap.LOAD: module.workload_hours is None,
        Gap.LINK: not module.url,
        Gap.SKILLS: not module.taught,
        Gap.SKILLS_RECOGNISED: any(row.is_recognised for row in module.taught),
        Gap.EDITIONS: not module.editions,
        Gap.DATES: any(edition.start.type is not StartType.FIXED for edition in module.editions),
        Gap.WEEKS: any(not edition.weeks for edition in module.editions),
        Gap.PRICE: any(edition.price_cents is None for edition in module.editions),
        Gap.CODE: not module.external_id,
    }
    return [gap for gap in Gap if is_missing[gap]]

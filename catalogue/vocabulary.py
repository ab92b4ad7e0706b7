"""The closed lists of the field: levels, kinds, credentials, formats, units, and when an edition starts.

Codes are English and stand in the database, the API and import files; only `web` turns them into Dutch or English words.
"""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """Education level of a module. `rank` orders them; `nlqf` and `eqf` are the framework levels, empty where there is none."""

    MBO_1 = "mbo-1"
    MBO_2 = "mbo-2"
    MBO_3 = "mbo-3"
    MBO_4 = "mbo-4"
    ASSOCIATE_DEGREE = "associate-degree"
    HBO_BACHELOR = "hbo-bachelor"
    HBO_MASTER = "hbo-master"
    WO_BACHELOR = "wo-bachelor"
    WO_MASTER = "wo-master"
    NONE = "none"
    """There is none, or its provider stated none: which of both, nobody knows."""

    @property
    def nlqf(self) -> str:
        """Level in the Dutch qualifications framework: "1" to "8" or "4+"; "" for no level. Source: nlqf.nl."""
        return _NLQF[self]

    @property
    def eqf(self) -> int | None:
        """Level in the European qualifications framework; None for no level. Dutch levels map one to one (4+ is EQF 4)."""
        nlqf = _NLQF[self]
        return int(nlqf.rstrip("+")) if nlqf else None

    @property
    def sector(self) -> Sector | None:
        """The kind of education that gives it, None for no level; an associate degree belongs to hbo."""
        name = "hbo" if self is Level.ASSOCIATE_DEGREE else self.value.partition("-")[0]
        return None if self is Level.NONE else Sector(name)


_NLQF: dict[Level, str] = {
    Level.MBO_1: "1",
    Level.MBO_2: "2",
    Level.MBO_3: "3",
    Level.MBO_4: "4",
    Level.ASSOCIATE_DEGREE: "5",
    Level.HBO_BACHELOR: "6",
    Level.HBO_MASTER: "7",
    Level.WO_BACHELOR: "6",
    Level.WO_MASTER: "7",
    Level.NONE: "",
}


class Sector(StrEnum):
    """The three kinds of education after school."""

    MBO = "mbo"
    HBO = "hbo"
    WO = "wo"


class Kind(StrEnum):
    """Form in which a module is learned. CBLC is a challenge-based learning community."""

    MODULE = "module"
    MICRO_INTERVENTION = "micro-intervention"
    CBLC = "cblc"
    CERTIFICATE_PROGRAMME = "certificate-programme"
    WORKSHOP = "workshop"
    E_LEARNING = "e-learning"
    ON_THE_JOB = "on-the-job"
    NON_FORMAL = "non-formal"


class Credential(StrEnum):
    """What a learner holds afterwards."""

    DIPLOMA = "diploma"
    MBO_CERTIFICAAT = "mbo-certificaat"
    MBO_VERKLARING = "mbo-verklaring"
    CERTIFICATE = "certificate"
    MICROCREDENTIAL = "microcredential"
    BADGE = "badge"
    NONE = "none"
    """As with `Level.NONE`."""


class AssessmentForm(StrEnum):
    """How a learner shows what was learnt, in the words that badges use for it."""

    TEST = "test"
    PRACTICE = "practice"
    """Doing it, on the job or in a workshop."""
    PORTFOLIO = "portfolio"
    PRIOR_LEARNING = "prior-learning"
    UNKNOWN = "unknown"


class Format(StrEnum):
    """Where an edition is followed."""

    ON_SITE = "on-site"
    ONLINE = "online"
    BLENDED = "blended"
    WORKPLACE = "workplace"


class StartType(StrEnum):
    """How an edition starts; see `catalogue.starts`."""

    FIXED = "fixed"
    DIRECT = "direct"
    AGREED = "agreed"
    ROLLING = "rolling"
    WHEN_ENROLLED = "when-enrolled"


class LoadUnit(StrEnum):
    """Unit in which a provider states the study load; `hours_per_unit` converts it (1 EC = 28 hours, 1 SBU = 1 hour)."""

    HOURS = "hours"
    SBU = "SBU"
    EC = "EC"

    @property
    def hours_per_unit(self) -> int:
        """Hours of study in one unit."""
        return 28 if self is LoadUnit.EC else 1


class Status(StrEnum):
    """Where a module stands in publishing."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Way(StrEnum):
    """How a change of a module came: by the hand of a person, with a file that somebody brought, with a feed, or from a program."""

    HAND = "hand"
    FILE = "file"
    FEED = "feed"
    PROGRAM = "program"


class DemandStatus(StrEnum):
    """Where a learning demand stands; see `catalogue.demands.status`."""

    DRAFT = "draft"
    OPEN = "open"
    PICKED_UP = "picked-up"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class OrganisationKind(StrEnum):
    """What sort of provider an organisation is."""

    MBO = "mbo"
    HBO = "hbo"
    WO = "wo"
    COMPANY = "company"
    PRIVATE = "private"


class SkillKind(StrEnum):
    """A skill is something one does, knowledge something one knows; group marks a node of the hierarchy only."""

    SKILL = "skill"
    KNOWLEDGE = "knowledge"
    GROUP = "group"


class Importance(StrEnum):
    """How much an occupation needs a skill."""

    ESSENTIAL = "essential"
    OPTIONAL = "optional"


SKILL_LEVELS = range(5)
"""0 none, 1 basic, 2 with help of a colleague, 3 independently, 4 teaches others."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PARTS_OF_DAY = ("morning", "afternoon", "evening")
DAY_PARTS = tuple(f"{day}-{part}" for day in WEEKDAYS for part in PARTS_OF_DAY)

COLLECTIONS = ("green", "digital", "transversal", "language", "basic")

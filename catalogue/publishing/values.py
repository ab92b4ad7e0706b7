"""What importer, editor and API hand over to be written: values without a database row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from catalogue.starts import Start
from catalogue.vocabulary import AssessmentForm, Credential, Format, Kind, Level, LoadUnit


@dataclass(frozen=True, slots=True, order=True)
class SkillLevel:
    """A skill at a level from 1 to 4. `is_recognised`: found in the text, and not yet confirmed by a person."""

    skill_id: int
    level: int
    is_recognised: bool = False


@dataclass(frozen=True, slots=True)
class EditionValues:
    """One run of a module; fields as in `catalogue.models.Edition`, except `place`: the slug of a place, "" for none.

    `uid` tells which stored run this is, where that is known; "" leaves it to what the run says. It makes no difference between values.
    """

    start: Start
    format: Format
    weeks: int | None = None
    place: str = ""
    day_parts: tuple[str, ...] = ()
    price_cents: int | None = None
    capacity: int | None = None
    minimum_group: int | None = None
    uid: str = field(default="", compare=False, repr=False)


class ModuleValues(TypedDict, total=False):
    """Fields of `catalogue.models.Module`. What is not named stays as it is; a new module needs a title at least.

    `external_id` finds the module again; `uid` does so for a module that has none.
    """

    uid: str
    external_id: str | None
    title: str
    description: str
    audience: str
    entry_text: str
    assessment: str
    outcomes: list[str]
    level: Level
    kind: Kind
    credential: Credential
    assessment_form: AssessmentForm
    is_supervised: bool | None
    is_identity_checked: bool | None
    is_stackable: bool | None
    quality_mark: str
    quality_url: str
    language: str
    workload_hours: float | None
    load_unit: LoadUnit
    theme_id: int | None
    hub_id: int | None
    url: str
    taught: Sequence[SkillLevel]
    required: Sequence[SkillLevel]
    editions: Sequence[EditionValues]


COLUMNS = frozenset(ModuleValues.__annotations__) - {"uid", "taught", "required", "editions"}
"""The values that are columns of the table of modules."""

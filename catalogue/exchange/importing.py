"""A provider's catalogue: read, compared with what is there, and written as a whole or not at all.

`plan_import` writes nothing, so that a dry run is the plan itself; `apply_plan` writes it in the caller's transaction.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from catalogue.exchange.import_file import ImportFile, read_modules
from catalogue.exchange.problems import ImportProblem
from catalogue.language.word_keys import language_of
from catalogue.models import Module, Organisation
from catalogue.progress import Progress, silent
from catalogue.publishing.checks import Check, failed_checks
from catalogue.publishing.differences import is_different, skill_levels
from catalogue.publishing.history import BY_FILE, Origin, carry_over, count_waiting, keep_revisions, offline_by_hand
from catalogue.publishing.values import ModuleValues, SkillLevel
from catalogue.publishing.write import KnownModules, save_modules
from catalogue.skills.recognised import RecogniseMany
from catalogue.vocabulary import Status

LEAST_SCORE = 0.5
"""A recognised skill below this is more often wrong than right, and is not stored."""
MOST_RECOGNISED = 10
"""Recognised skills of one module, surest first."""
_AT_ONCE = 1_000


@dataclass(slots=True)
class ImportPlan:
    """What an import would do.

    Attributes:
        organisation_id: the provider.
        publish: whether the modules are also put online.
        stays_offline: ids of the modules that a person took offline, and that are not put online with the others.
        added, changed: what to write, in the order of the file.
        n_unchanged: modules of the file that stand there already.
        offline: those among them that are not online, to put online if all of the file has to be.
        n_waiting: modules among the changed ones of which a next version waits.
        known_ids: the stored modules that the file speaks of, whether they change or not.
        n_with_skills, n_recognised: modules of the file that teach a skill, and those among them whose text was read for it just now.
        doubled: titles of modules of which the file tells one run more than once.
        left_open: what stands in the file and is not taken along: words that we do not have, and columns without a name.
        ignored: columns that fed nothing.
        column_mapping: what the organisation calls our fields, to remember.
    """

    organisation_id: int
    publish: bool
    added: list[ModuleValues] = field(default_factory=list)
    changed: list[ModuleValues] = field(default_factory=list)
    n_unchanged: int = 0
    offline: list[ModuleValues] = field(default_factory=list)
    n_waiting: int = 0
    known_ids: set[int] = field(default_factory=set)
    stays_offline: set[str] = field(default_factory=set)
    n_with_skills: int = 0
    n_recognised: int = 0
    doubled: list[str] = field(default_factory=list)
    left_open: tuple[ImportProblem, ...] = ()
    ignored: tuple[str, ...] = ()
    column_mapping: dict[str, str] = field(default_factory=dict)

    @property
    def n_modules(self) -> int:
        """Modules in the file."""
        return len(self.added) + len(self.changed) + self.n_unchanged


def plan_import(
    session: Session,
    organisation: Organisation,
    file: ImportFile,
    recognise: RecogniseMany,
    *,
    publish: bool = False,
    leaves_offline: bool = False,
    progress: Progress = silent,
) -> ImportPlan:
    """Reads a file and compares it with the catalogue.

    Args:
        session: only read from.
        recognise: finds skills in the text of modules for which the file names none.
        publish: whether the modules will be put online too.
        leaves_offline: whether modules that a person took offline stay there all the same.
        progress: told of each stage.

    Raises:
        ImportRefused: with every problem of the file, the first `MOST_PROBLEMS` of them described.
        ColumnAbsent: a told column is not in the file.
    """
    progress("read file", 0, 1)
    found = read_modules(session, organisation, file)
    many, mapping = found.modules, found.mapping
    progress("read file", 1, 1)
    plan = ImportPlan(organisation.id, publish, left_open=found.left_open, ignored=mapping.ignored, column_mapping=mapping.told)
    for begin in range(0, len(many), _AT_ONCE):
        stretch = many[begin : begin + _AT_ONCE]
        known = KnownModules(session, organisation.id, stretch)
        if leaves_offline:
            offline = offline_by_hand(session, modules := known.all())
            plan.stays_offline |= {module.uid for module in modules if module.id in offline}
        _compare(plan, known, stretch, _Recogniser(recognise, progress, begin, len(many)))
    progress("recognise skills", len(many), len(many))
    plan.n_waiting = count_waiting(session, [values["uid"] for values in plan.changed])
    return plan


@dataclass(slots=True)
class ImportResult:
    """What was written: how many modules, which ones, the revisions that were kept, and what the modules lack (advice on quality)."""

    n_added: int = 0
    n_changed: int = 0
    module_ids: set[int] = field(default_factory=set)
    revision_ids: list[int] = field(default_factory=list)
    advice: Counter[Check] = field(default_factory=Counter)


def apply_plan(session: Session, plan: ImportPlan, now: datetime, progress: Progress = silent, origin: Origin = BY_FILE) -> ImportResult:
    """Writes a plan and remembers its mapping. All within the caller's transaction; the search index follows through the outbox.

    Each module that is added or changed gets a revision that says where it came from; next versions that wait follow what changed.
    """
    organisation = session.get_one(Organisation, plan.organisation_id)
    if organisation.column_mapping != plan.column_mapping:
        organisation.column_mapping = plan.column_mapping
    result = ImportResult(len(plan.added), len(plan.changed))
    many = [*plan.added, *plan.changed]
    for begin in range(0, len(many), _AT_ONCE):
        progress("write modules", begin, len(many))
        stretch = many[begin : begin + _AT_ONCE]
        offline = [values for values in stretch if values.get("uid") in plan.stays_offline]
        rest = [values for values in stretch if values.get("uid") not in plan.stays_offline]
        saved = [*save_modules(session, organisation, rest, now, publish=plan.publish), *save_modules(session, organisation, offline, now)]
        carry_over(session, saved)
        result.revision_ids += keep_revisions(session, saved, origin, now)
        for one in saved:
            result.module_ids.add(one.module.id)
            result.advice.update(failed_checks(one.module))
    progress("write modules", len(many), len(many))
    return result


@dataclass(frozen=True, slots=True)
class _Recogniser:
    """A recogniser that tells how far it is in the whole file."""

    recognise: RecogniseMany
    progress: Progress
    done: int
    total: int

    def skills(self, texts: list[str]) -> list[list[SkillLevel]]:
        """The skills of each text that are sure enough."""
        if not texts:
            return []

        def shown(stage: str, done: int, total: int) -> None:
            self.progress(stage, self.done + min(done, total), self.total)

        found = self.recognise(texts, MOST_RECOGNISED, shown)
        return [[SkillLevel(one.skill_id, one.level, is_recognised=True) for one in skills if one.score >= LEAST_SCORE] for skills in found]


def _compare(plan: ImportPlan, known: KnownModules, many: list[ModuleValues], recogniser: _Recogniser) -> None:
    to_read = [values for values in many if not values.get("taught") and _has_new_text(known.find(values), values)]
    for values, skills in zip(to_read, recogniser.skills([_text(known.find(values), values) for values in to_read]), strict=True):
        values["taught"] = _with_confirmed(known.find(values), values, skills)
        plan.n_recognised += bool(skills)
    for values in many:
        module = known.find(values)
        if not values.get("taught") and module is not None and not _has_new_text(module, values):
            values.pop("taught", None)
        if module is None:
            values.setdefault("language", language_of(_text(None, values)))
            plan.added.append(values)
        elif is_different(module, values) or _goes_online(plan, module):
            plan.changed.append(values)
        else:
            plan.n_unchanged += 1
            if module.status is not Status.PUBLISHED:
                plan.offline.append(values)
        if module is not None:
            plan.known_ids.add(module.id)
        runs = values.get("editions", [])
        if len(set(runs)) < len(runs):
            plan.doubled.append(values["title"])
        plan.n_with_skills += bool(values.get("taught", module.taught if module else ()))


def _goes_online(plan: ImportPlan, module: Module) -> bool:
    return plan.publish and module.status is not Status.PUBLISHED and module.uid not in plan.stays_offline


def _text(module: Module | None, values: ModuleValues) -> str:
    """What the recogniser reads: title, description and outcomes, as they will be."""
    title = values.get("title", module.title if module else "")
    description = values.get("description", module.description if module else "")
    outcomes = values.get("outcomes", module.outcomes if module else [])
    return "\n".join((title, description, *outcomes))


def _has_new_text(module: Module | None, values: ModuleValues) -> bool:
    """Whether skills have to be looked for: the text is new, or the skills that an earlier file named are gone from this one."""
    if module is None:
        return True
    is_cleared = "taught" in values and any(not row.is_recognised for row in module.taught)
    return is_cleared or _text(module, {}) != _text(module, values)


def _with_confirmed(module: Module | None, values: ModuleValues, recognised: list[SkillLevel]) -> list[SkillLevel]:
    """The recognised skills, and those that a person confirmed where the file has no column for skills."""
    if module is None or "taught" in values:
        return recognised
    confirmed = [skill for skill in skill_levels(module, "taught") if not skill.is_recognised]
    names = {skill.skill_id for skill in confirmed}
    return confirmed + [skill for skill in recognised if skill.skill_id not in names]

"""The bridge from rows to arrays: published modules with their editions; `taxonomy.py` has skills and occupations.

One query for each table, plain columns instead of objects: 100,000 modules are read in seconds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from scipy.sparse import csr_array
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from catalogue.models import Edition, Module, ModuleSkill, Place, Skill, StackStep
from catalogue.moments import Moment, moment_of, moments_within
from catalogue.vocabulary import Credential, Format, Level, StartType, Status
from matching.background import Background
from matching.core.arrays import AGREED, UNKNOWN, BoolArray, EditionArrays, IntArray, ModuleArrays
from matching.taxonomy import OccupationNeeds, background, occupation_needs

LEVELS = {level.value: code for code, level in enumerate(Level)}
MOMENTS = {value: code for code, value in enumerate(sorted(moments_within([str(part) for part in Moment])))}
FORMATS = {form.value: code for code, form in enumerate(Format)}
CREDENTIAL_WORTH = {
    Credential.DIPLOMA: 1.0,
    Credential.MBO_CERTIFICAAT: 1.0,
    Credential.MICROCREDENTIAL: 0.75,
    Credential.MBO_VERKLARING: 0.75,
    Credential.CERTIFICATE: 0.5,
    Credential.BADGE: 0.5,
    Credential.NONE: 0.0,
}
"""How widely a proof is known. Diploma and mbo-certificaat are laid down by law (Wet educatie en beroepsonderwijs); a verklaring and a
microcredential come from a recognised school, by agreement; certificates and badges say what their provider says."""
_STARTS = {kind: code for code, kind in enumerate(StartType)}
_NLQF = [float(level.nlqf.rstrip("+") or "nan") for level in Level]
_CENTS = 100


@dataclass(frozen=True)
class Catalogue:
    """The arrays of one state of the database, with the keys to put back.

    Attributes:
        skill_ids: shape (n_skills,), ascending: the skill of each column.
        languages: code of each language of instruction.
        titles: title of each module, in the order of `modules`.
        stacks: by key of a stack the rows of its modules; only those of which all modules are published.
        themes: shape (n_modules,), key of the theme of each; 0 for none.
        background: what follows from skills and kinds of work.
    """

    modules: ModuleArrays
    editions: EditionArrays
    occupations: OccupationNeeds
    background: Background
    skill_ids: IntArray
    languages: Mapping[str, int]
    titles: Sequence[str]
    stacks: Mapping[int, tuple[int, ...]]
    themes: IntArray

    def rows(self, module_ids: Collection[int]) -> list[int]:
        """The rows of those of some modules that are published, ascending."""
        wanted = np.array(list(module_ids), dtype=np.int64)
        return np.flatnonzero(np.isin(self.modules.key, wanted)).tolist()

    def gone(self, module_ids: Collection[int]) -> list[int]:
        """Those of some modules that are not published."""
        return sorted(set(module_ids).difference(self.modules.key[self.rows(module_ids)].tolist()))

    def columns(self, skill_ids: Iterable[int]) -> IntArray:
        """The column of each skill, UNKNOWN for one that is not in the taxonomy."""
        wanted = np.array(list(skill_ids), dtype=np.int64)
        if not len(self.skill_ids):
            return np.full(len(wanted), UNKNOWN)
        at = np.minimum(np.searchsorted(self.skill_ids, wanted), len(self.skill_ids) - 1)
        return np.where(self.skill_ids[at] == wanted, at, UNKNOWN)


def gather(session: Session) -> Catalogue:
    """Reads everything that matching needs. Drafts, modules in review and withdrawn ones are left out."""
    skill_ids = np.array(session.scalars(select(Skill.id).order_by(Skill.id)).all(), dtype=np.int64)
    modules, languages, titles = _modules(session, skill_ids)
    occupations = occupation_needs(session, skill_ids)
    return Catalogue(
        modules=modules,
        editions=_editions(session, modules.key),
        occupations=occupations,
        background=background(session, skill_ids, occupations),
        skill_ids=skill_ids,
        languages=languages,
        titles=titles,
        stacks=_stacks(session, modules.key),
        themes=_themes(session),
    )


def _published(*columns: Any) -> Select[Any]:
    """Columns of the published modules, in the order of all arrays."""
    return select(*columns).where(Module.status == Status.PUBLISHED).order_by(Module.id)


def _themes(session: Session) -> IntArray:
    return np.array([theme or 0 for theme in session.scalars(_published(Module.theme_id))], dtype=np.int64)


def _modules(session: Session, skill_ids: IntArray) -> tuple[ModuleArrays, dict[str, int], tuple[str, ...]]:
    rows = _columns(
        session.execute(
            _published(
                Module.id, Module.organisation_id, Module.title, Module.level, Module.language, Module.workload_hours, Module.credential
            )
        ).all(),
        7,
    )
    keys, organisations, titles, levels, language, hours, credentials = rows
    languages = {code: number for number, code in enumerate(sorted(set(language)))}
    courses: dict[tuple[int, str], int] = {}
    course = [courses.setdefault((owner, _plain(title)), len(courses)) for owner, title in zip(organisations, titles, strict=True)]
    level = np.array([LEVELS[code] for code in levels], dtype=np.int64)
    key = np.array(keys, dtype=np.int64)
    cells = _columns(
        session.execute(
            select(ModuleSkill.module_id, ModuleSkill.skill_id, ModuleSkill.role, ModuleSkill.level)
            .join(Module, Module.id == ModuleSkill.module_id)
            .where(Module.status == Status.PUBLISHED)
        ).all(),
        4,
    )
    row, column = np.searchsorted(key, np.array(cells[0], dtype=np.int64)), np.searchsorted(skill_ids, np.array(cells[1], dtype=np.int64))
    is_taught = np.array([role == ModuleSkill.TAUGHT for role in cells[2]], dtype=np.bool_)
    reached = np.array(cells[3], dtype=np.int8)
    shape = (len(key), len(skill_ids))
    modules = ModuleArrays(
        key=key,
        taught=_levels(row, column, reached, is_taught, shape),
        required=_levels(row, column, reached, ~is_taught, shape),
        hours=np.array(hours, dtype=np.float64),
        level=level,
        nlqf=np.array(_NLQF)[level],
        language=np.array([languages[code] for code in language], dtype=np.int64),
        credential=np.array([CREDENTIAL_WORTH[code] for code in credentials], dtype=np.float64),
        course=np.array(course, dtype=np.int64),
    )
    return modules, languages, tuple(titles)


def _plain(title: str) -> str:
    """A title by which copies are recognised, whatever its capitals and spaces."""
    return " ".join(title.casefold().split())


def _levels(row: IntArray, column: IntArray, level: Any, mask: BoolArray, shape: tuple[int, int]) -> csr_array[Any]:
    cells = csr_array((level[mask], (row[mask], column[mask])), shape=shape)
    cells.sort_indices()
    return cells


def _editions(session: Session, module_keys: IntArray) -> EditionArrays:
    places = _columns(session.execute(select(Place.id, Place.latitude, Place.longitude).order_by(Place.id)).all(), 3)
    place_row = {key: row for row, key in enumerate(places[0])} | {None: UNKNOWN}
    rows = session.execute(
        select(
            Edition.id,
            Edition.module_id,
            Edition.start_type,
            Edition.start_on,
            Edition.start_every_weeks,
            Edition.weeks,
            Edition.price_cents,
            Edition.format,
            Edition.day_parts,
            Edition.place_id,
        )
        .join(Module, Module.id == Edition.module_id)
        .where(Module.status == Status.PUBLISHED)
    ).all()
    key, module, kind, on, every, weeks, cents, form, parts, place = _columns(rows, 10)
    bare = np.setdiff1d(module_keys, np.array(module, dtype=np.int64))
    n_bare = len(bare)

    def filled(values: Iterable[Any], missing: float, dtype: Any) -> Any:
        return np.concatenate([np.array(list(values), dtype=dtype), np.full(n_bare, missing, dtype=dtype)])

    keys = filled(key, UNKNOWN, np.int64)
    of_module = np.searchsorted(module_keys, np.concatenate([np.array(module, dtype=np.int64), bare]))
    order = np.lexsort((keys, of_module))
    return EditionArrays(
        key=keys[order],
        module=of_module[order],
        start_type=filled((_STARTS[code] for code in kind), AGREED, np.int64)[order],
        start_on=filled((day.toordinal() if day else 0 for day in on), 0, np.int64)[order],
        every_weeks=filled((number or 0 for number in every), 0, np.int64)[order],
        weeks=filled(weeks, np.nan, np.float64)[order],
        price_eur=filled(cents, np.nan, np.float64)[order] / _CENTS,
        format=filled((FORMATS[code] for code in form), UNKNOWN, np.int64)[order],
        moment=filled((_moment(frozenset(days), code) for days, code in zip(parts, form, strict=True)), UNKNOWN, np.int64)[order],
        is_online=filled((code == Format.ONLINE for code in form), 0, np.bool_)[order],
        place=filled((place_row[code] for code in place), UNKNOWN, np.int64)[order],
        latitude=np.array(places[1], dtype=np.float64),
        longitude=np.array(places[2], dtype=np.float64),
    )


@cache
def _moment(day_parts: frozenset[str], edition_format: Format) -> int:
    """The code of when in the week; few differ among all editions."""
    return MOMENTS.get(moment_of(day_parts, edition_format), UNKNOWN)


def _stacks(session: Session, keys: IntArray) -> dict[int, tuple[int, ...]]:
    row = {key: at for at, key in enumerate(keys.tolist())}
    found: dict[int, list[int]] = {}
    for stack, module in session.execute(select(StackStep.stack_id, StackStep.module_id).order_by(StackStep.stack_id, StackStep.position)):
        found.setdefault(stack, []).append(row.get(module, -1))
    return {stack: tuple(rows) for stack, rows in found.items() if min(rows) >= 0}


def _columns(rows: Sequence[Any], width: int) -> list[tuple[Any, ...]]:
    """Rows as columns; `width` empty ones when there are no rows."""
    return list(zip(*rows, strict=True)) if rows else [()] * width

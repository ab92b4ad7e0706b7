"""All names of the taxonomy's skills or occupations, as arrays: what finding and recognising look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.language.dutch import folded
from catalogue.models import Occupation, OccupationAlias, OccupationGroup, Skill, SkillAlias
from catalogue.vocabulary import SkillKind

LANGUAGES = ("nl", "en")
LONGEST_DESCRIPTION = 600
"""Characters of a description that are kept; few are longer."""

IntArray = NDArray[np.int32]
BoolArray = NDArray[np.bool_]
ConceptRow = tuple[int, str, str, str, str]
"""Key, label and description of a concept: Dutch label, English label, Dutch description, English description."""
NameRow = tuple[int, str, str, bool]
"""Key of the concept, language, text, and whether it is the preferred label."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names in groups: all names that one concept has in one language stand together.

    Attributes:
        ids: shape (n_concepts,), database keys.
        texts: n_names names as the taxonomy writes them; within a group the preferred label comes first.
        group: shape (n_names,), ascending; the group of each name.
        group_concept: shape (n_groups,), row in `ids`.
        group_is_english: shape (n_groups,).
        is_preferred: shape (n_names,).
        descriptions: by row in `ids`, what the taxonomy says about a concept in Dutch and in English, each on one line or "".
        kin: by row in `ids`, code and Dutch label of the group that the concept stands in, for concepts that stand in one.
    """

    ids: NDArray[np.int64]
    texts: list[str]
    group: IntArray
    group_concept: IntArray
    group_is_english: BoolArray
    is_preferred: BoolArray
    descriptions: dict[int, tuple[str, str]] = field(default_factory=dict)
    kin: dict[int, tuple[str, str]] = field(default_factory=dict)

    @property
    def concept(self) -> IntArray:
        """Shape (n_names,), row in `ids` of each name."""
        concepts: IntArray = self.group_concept[self.group]
        return concepts

    @property
    def is_english(self) -> BoolArray:
        """Shape (n_names,)."""
        english: BoolArray = self.group_is_english[self.group]
        return english

    @property
    def group_starts(self) -> NDArray[np.intp]:
        """Shape (n_groups,), the first name of each group."""
        return np.searchsorted(self.group, np.arange(len(self.group_concept)))


def lexicon_of(
    rows: Iterable[NameRow], descriptions: Mapping[int, tuple[str, str]] | None = None, kin: Mapping[int, tuple[str, str]] | None = None
) -> Lexicon:
    """Puts names in groups. Names that differ only in case or accents count once; concepts without a name do not occur.

    Args:
        rows: the names, in any order.
        descriptions: by key of the concept, Dutch and English.
        kin: by key of the concept, code and Dutch label of its group.
    """
    descriptions, kin = descriptions or {}, kin or {}
    ordered = sorted(
        ((key, LANGUAGES.index(language), not is_preferred, text) for key, language, text, is_preferred in rows if text.strip())
    )
    ids: list[int] = []
    texts: list[str] = []
    group: list[int] = []
    group_concept: list[int] = []
    group_is_english: list[bool] = []
    is_preferred_name: list[bool] = []
    current: tuple[int, int] | None = None
    seen: set[str] = set()
    for key, language, is_alias, text in ordered:
        if not ids or ids[-1] != key:
            ids.append(key)
        if current != (key, language):
            current, seen = (key, language), set()
            group_concept.append(len(ids) - 1)
            group_is_english.append(language == 1)
        plain = folded(text)
        if plain in seen:
            continue
        seen.add(plain)
        texts.append(text)
        group.append(len(group_concept) - 1)
        is_preferred_name.append(not is_alias)
    return Lexicon(
        np.array(ids, np.int64),
        texts,
        np.array(group, np.int32),
        np.array(group_concept, np.int32),
        np.array(group_is_english, np.bool_),
        np.array(is_preferred_name, np.bool_),
        {row: (_line(dutch), _line(english)) for row, key in enumerate(ids) for dutch, english in [descriptions.get(key, ("", ""))]},
        {row: kin[key] for row, key in enumerate(ids) if key in kin},
    )


def skill_lexicon(session: Session) -> Lexicon:
    """The names of all skills and knowledge; groups of the hierarchy are nothing that one can have."""
    columns = (Skill.id, Skill.label_nl, Skill.label_en, Skill.description_nl, Skill.description_en)
    concepts = session.execute(select(*columns).where(Skill.kind != SkillKind.GROUP)).all()
    offered = {key for key, *_ in concepts}
    aliases = session.execute(select(SkillAlias.skill_id, SkillAlias.language, SkillAlias.text))
    return lexicon_of([*_preferred(concepts), *(_alias(row) for row in aliases if row[0] in offered)], _descriptions(concepts))


def occupation_lexicon(session: Session) -> Lexicon:
    """The names of all occupations, which are kin when they stand in one unit group of ISCO."""
    columns = (Occupation.id, Occupation.label_nl, Occupation.label_en, Occupation.description_nl, Occupation.description_en)
    concepts = session.execute(select(*columns)).all()
    aliases = session.execute(select(OccupationAlias.occupation_id, OccupationAlias.language, OccupationAlias.text))
    in_group = (
        select(Occupation.id, Occupation.isco, OccupationGroup.label_nl)
        .outerjoin(OccupationGroup, OccupationGroup.code == Occupation.isco)
        .where(Occupation.isco != "")
    )
    kin = {key: (code, label or "") for key, code, label in session.execute(in_group)}
    return lexicon_of([*_preferred(concepts), *map(_alias, aliases)], _descriptions(concepts), kin)


def _preferred(concepts: Iterable[ConceptRow]) -> Iterable[NameRow]:
    for key, dutch, english, *_ in concepts:
        yield key, "nl", dutch, True
        yield key, "en", english, True


def _descriptions(concepts: Iterable[ConceptRow]) -> dict[int, tuple[str, str]]:
    return {key: (dutch, english) for key, _, _, dutch, english in concepts}


def _line(text: str) -> str:
    return " ".join(text[: 2 * LONGEST_DESCRIPTION].split())[:LONGEST_DESCRIPTION]


def _alias(row: tuple[int, str, str]) -> NameRow:
    return row[0], row[1], row[2], False

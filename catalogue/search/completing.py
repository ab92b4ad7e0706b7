"""What somebody may be typing: modules, skills, occupations, places and providers whose name holds a word that begins so.

Every beginning of a word in a name is a key in one sorted array, so all names for what was typed stand in one run, whatever its length.
A word that begins nothing is first looked up as a typing error.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from catalogue.database import Database
from catalogue.language.dutch import folded
from catalogue.models import Module, Occupation, OccupationAlias, Organisation, Place, Skill, SkillAlias
from catalogue.search.spelling import Speller
from catalogue.versions import MODULES, TAXONOMY, current_versions
from catalogue.vocabulary import SkillKind, Status

KINDS = ("module", "skill", "occupation", "place", "provider")
SECONDS_BETWEEN_LOOKS = 1.0
KEY_BYTES = 40
MOST_STARTS = 8
"""Words of a name with which one may begin."""
MOST_COMPARED = 10_000
_LEAST_WORD = 3
_LATER_WORD, _OTHER_NAME, _PER_LETTER, _TYPO = 0.25, 0.15, 0.004, 0.3
_LOG = logging.getLogger(__name__)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Completion:
    """Something that may be meant. `key` is its public id, or its slug for a place and a provider; `score` in [0, 1]."""

    kind: str
    key: str
    label: str
    uri: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Name:
    """One name of something; `is_other` for a name that is not the one to show."""

    kind: str
    key: str
    label: str
    name: str
    uri: str | None = None
    is_other: bool = False


class Names:
    """All names of one moment. Immutable, so threads may share it."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._names = list(names)
        keys: list[bytes] = []
        owners: list[int] = []
        penalties: list[float] = []
        words: dict[str, int] = {}
        for owner, name in enumerate(self._names):
            plain = " ".join(_WORD.findall(folded(name.name)))
            penalty = _OTHER_NAME * name.is_other + _PER_LETTER * min(len(plain), 100)
            place = 0
            for number, word in enumerate(plain.split(" ")):
                words[word] = words.get(word, 0) + 1
                if number < MOST_STARTS and (number == 0 or len(word) >= _LEAST_WORD):
                    keys.append(plain[place:].encode()[:KEY_BYTES])
                    owners.append(owner)
                    penalties.append(penalty + _LATER_WORD * (number > 0))
                place += len(word) + 1
        unsorted = np.array(keys or [b""], f"S{KEY_BYTES}")[: len(keys)]
        order = np.argsort(unsorted, kind="stable")
        self._keys = unsorted[order]
        self._owners = np.array(owners, np.int32)[order]
        self._scores = 1.0 - np.array(penalties, np.float32)[order]
        kinds = np.array([KINDS.index(name.kind) for name in self._names], np.int8)
        self._kinds = kinds[self._owners] if len(kinds) else kinds
        self._speller = Speller(words)

    def complete(self, text: str, kinds: Sequence[str], limit: int) -> list[Completion]:
        """The best `limit`, best first; each of `kinds` gets an equal share of the places as far as it can fill them."""
        typed = _WORD.findall(folded(text))
        run, lost = self._run(" ".join(typed)), 0.0
        if run[0] == run[1] and (corrected := self._corrected(typed)):
            run, lost = self._run(" ".join(corrected)), _TYPO
        found = [self._best(run, kind, limit, lost) for kind in kinds]
        share = max(1, limit // max(1, len(kinds)))
        sure = [one for own in found for one in own[:share]]
        others = sorted((one for own in found for one in own[share:]), key=_rank)
        return sorted((sure + others)[:limit], key=_rank)

    def _run(self, text: str) -> tuple[int, int]:
        """The first of the keys that begin with `text`, and the one after the last."""
        prefix = text.encode()[: KEY_BYTES - 1]
        if not prefix:
            return 0, 0
        return int(np.searchsorted(self._keys, prefix)), int(np.searchsorted(self._keys, prefix + b"\xff"))

    def _best(self, run: tuple[int, int], kind: str, limit: int, lost: float) -> list[Completion]:
        rows = run[0] + np.flatnonzero(self._kinds[run[0] : run[1]] == KINDS.index(kind))
        scores = self._scores[rows]
        if len(rows) > 4 * limit:  # names of one thing take several places
            some = np.argpartition(-scores, 4 * limit)[: 4 * limit]
            rows, scores = rows[some], scores[some]
        found: dict[str, Completion] = {}
        for place in np.lexsort((self._owners[rows], -scores)):
            name = self._names[self._owners[rows[place]]]
            score = round(max(float(scores[place]) - lost, 0.01), 3)
            found.setdefault(name.key, Completion(kind, name.key, name.label, name.uri, score))
        return list(found.values())[:limit]

    def _corrected(self, typed: Sequence[str]) -> list[str]:
        """The words with those that nothing holds replaced; the last one may be half a word. [] when none can be."""
        result = []
        for number, word in enumerate(typed, 1):
            if word in self._speller or len(word) < 4:
                result.append(word)
            elif near := self._speller.near(word, 1 if len(word) < 7 else 2):
                result.append(near[0].word)
            else:
                result.append(self._beginning_like(word) if number == len(typed) else word)
        return result if result != list(typed) else []

    def _beginning_like(self, word: str) -> str:
        """The beginning of a name that differs from `word` by one error after its first three letters; `word` when there is none."""
        begin, end = self._run(word[:3])
        beginnings = np.unique(self._keys[begin : min(end, begin + MOST_COMPARED)].astype(f"S{len(word.encode())}"))
        found = process.extractOne(word, [one.decode(errors="ignore") for one in beginnings], scorer=OSA.distance, score_cutoff=1)
        return str(found[0]) if found else word


class Completer:
    """The names of everything, kept up to date: another thread reads them anew when the catalogue or the taxonomy changed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._names: Names | None = None
        self._versions: dict[str, int] = {}
        self._looked_at = float("-inf")
        self._lock = threading.Lock()

    def complete(self, text: str, kinds: Sequence[str] = KINDS, limit: int = 10) -> list[Completion]:
        """See `Names.complete`."""
        return self._current().complete(text, kinds, limit)

    def _current(self) -> Names:
        names = self._names
        if names is None:
            with self._lock:
                return self._names or self._read()
        if time.monotonic() - self._looked_at > SECONDS_BETWEEN_LOOKS and self._lock.acquire(blocking=False):
            threading.Thread(target=self._look, name="read-names", daemon=True).start()
        return names

    def _look(self) -> None:
        try:
            with self._database.reading() as session:
                is_changed = _versions(session) != self._versions
            if is_changed:
                self._read()
        except SQLAlchemyError:
            _LOG.warning("cannot see whether names changed; going on with what is known", exc_info=True)
        finally:
            self._looked_at = time.monotonic()
            self._lock.release()

    def _read(self) -> Names:
        with self._database.reading() as session:
            versions = _versions(session)
            names = Names(all_names(session))
        self._names, self._versions, self._looked_at = names, versions, time.monotonic()
        return names


def all_names(session: Session) -> Iterable[Name]:
    """The names of published modules, skills, occupations, places and providers, Dutch and English."""
    for uid, title in session.execute(select(Module.uid, Module.title).where(Module.status == Status.PUBLISHED)):
        yield Name("module", uid, title, title)
    yield from _concepts(session, "skill", Skill, SkillAlias, SkillAlias.skill_id)
    yield from _concepts(session, "occupation", Occupation, OccupationAlias, OccupationAlias.occupation_id)
    for slug, name, others in session.execute(select(Place.slug, Place.name, Place.other_names)):
        yield Name("place", slug, name, name)
        yield from (Name("place", slug, name, other, is_other=True) for other in others)
    for slug, name in session.execute(select(Organisation.slug, Organisation.name)):
        yield Name("provider", slug, name, name)


def _concepts(
    session: Session, kind: str, model: type[Skill | Occupation], aliases: type[SkillAlias | OccupationAlias], owner: object
) -> Iterable[Name]:
    columns = (model.id, model.uid, model.uri, model.label_nl, model.label_en)
    wanted = select(*columns).where(Skill.kind != SkillKind.GROUP) if model is Skill else select(*columns)
    labels: dict[int, tuple[str, str, str | None]] = {}
    for key, uid, uri, dutch, english in session.execute(wanted):
        label = dutch or english
        if label:
            labels[key] = (uid, label, uri)
            yield Name(kind, uid, label, label, uri)
            if english and english != label:
                yield Name(kind, uid, label, english, uri, is_other=True)
    for key, text in session.execute(select(owner, aliases.text)):  # type: ignore[call-overload]
        if key in labels:
            uid, label, uri = labels[key]
            yield Name(kind, uid, label, text, uri, is_other=True)


def _versions(session: Session) -> dict[str, int]:
    return {name: number for name, number in current_versions(session).items() if name in (TAXONOMY, MODULES)}


def _rank(one: Completion) -> tuple[float, int, str]:
    return -one.score, KINDS.index(one.kind), one.label

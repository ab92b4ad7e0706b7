"""What a running Leerwijzer knows of skills and occupations: one object that finds and recognises, and keeps itself up to date."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scipy import sparse
from sqlalchemy.exc import SQLAlchemyError

from catalogue.database import Database
from catalogue.language.dutch import tokens
from catalogue.language.embedder import Embedder, FloatArray, installed_embedder
from catalogue.progress import Progress, silent
from catalogue.skills.finder import SKILL_WEIGHTS, Finder, Found
from catalogue.skills.job_names import JobNames
from catalogue.skills.label_vectors import NameVectors, VectorCache, learned_turn, names_with_vector
from catalogue.skills.lexicon import Lexicon, occupation_lexicon, skill_lexicon
from catalogue.skills.pieces import LONGEST_TEXT
from catalogue.skills.readings import concept_readings, encode_readings, query_reading, skill_readings
from catalogue.skills.recogniser import Meanings, RecognisedSkill, Recogniser
from catalogue.skills.relevance import RankedSkill, Reader, SkillRelevance
from catalogue.skills.surroundings import Surroundings
from catalogue.skills.work import Work, occupation_needs, work_readings
from catalogue.versions import TAXONOMY, current_versions

SECONDS_BETWEEN_LOOKS = 1.0
"""How often at most the database is asked whether the taxonomy changed."""
ENCODED_AT_ONCE = 4_000
"""Names and concepts without a vector that a first question waits for, a second or two; more are encoded in the background."""
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _State:
    """All that is known at one version of the taxonomy. `lacks_vectors`: there is a model, and its vectors are still to come."""

    version: int
    skills: Lexicon
    occupations: Lexicon
    needs: sparse.csr_array
    skill_finder: Finder
    occupation_finder: Finder
    recogniser: Recogniser
    relevance: SkillRelevance
    job_names: JobNames
    name_words: frozenset[str]
    meanings: Meanings | None
    lacks_vectors: bool


class SkillKnowledge:
    """Finds skills and occupations by name, recognises skills in text, and ranks all skills for a text.

    Nothing is read before the first question. When another process changes the taxonomy, the next question notices within a second.
    Vectors of names are kept in a file, so that they are made once; a large taxonomy whose vectors are not there yet is searched by
    letters and words while they are made in the background. Threads may share one object.

    Args:
        database: where the taxonomy stands.
        cache_dir: folder for the vectors; made when needed.
        embedder: a factory of the model; the default takes the installed one, and None goes without.
    """

    def __init__(self, database: Database, cache_dir: Path, embedder: Callable[[], Embedder | None] = installed_embedder) -> None:
        self._database, self._cache_dir, self._make_embedder = database, cache_dir, embedder
        self._embedder: Embedder | None = None
        self._state: _State | None = None
        self._looked_at = float("-inf")
        self._building = threading.RLock()
        self._encoding: threading.Thread | None = None

    def recognise(self, text: str, limit: int = 10) -> list[RecognisedSkill]:
        """The skills in a text (Dutch or English, the first 20,000 characters), surest first."""
        return self._current().recogniser.recognise_many([text], limit)[0]

    def recognise_many(self, texts: Sequence[str], limit: int = 10, progress: Progress = silent) -> list[list[RecognisedSkill]]:
        """The skills in each of many texts, as an import needs them. Waits for the vectors of names, since the result is kept."""
        self.prepare(progress)
        return self._current().recogniser.recognise_many(texts, limit, progress)

    def rank_skills(self, text: str, limit: int = 10) -> list[RankedSkill]:
        """The skills that a longer text is most likely about, named or not, best first: to offer, never to count. See `relevance`."""
        return self._current().relevance.rank(text, limit)

    def find_skills(self, query: str, limit: int = 10) -> list[Found]:
        """Skills by what was typed, best first."""
        state = self._current()
        return state.skill_finder.find(query, self._meaning_of(state, query), limit)

    def find_occupations(self, query: str, limit: int = 10) -> list[Found]:
        """Occupations by what was typed, best first."""
        state = self._current()
        return state.occupation_finder.find(query, self._meaning_of(state, query), limit)

    def occupations_named_in(self, text: str, limit: int = 10) -> list[int]:
        """The keys of the occupations that a text names (its first 20,000 characters), in its order."""
        return self._current().job_names.named_in(text[:LONGEST_TEXT], limit)

    def knows_word(self, word: str) -> bool:
        """Whether a folded word stands in the name of any skill or occupation."""
        return word in self._current().name_words

    def prepare(self, progress: Progress = silent) -> None:
        """Makes everything ready now, vectors included, so that the first visitor need not wait.

        When it is done nothing goes on in another thread, so that the process may fork.
        """
        if self._encoding is not None:
            self._encoding.join()
        with self._building:
            state = self._renewed(in_background=False)
            if state.lacks_vectors:
                self._state = self._with_vectors(state, progress)

    def _meaning_of(self, state: _State, query: str) -> FloatArray | None:
        if state.meanings is None or not query.strip():
            return None
        vector: FloatArray = state.meanings.turn(encode_readings(state.meanings.embedder, [query_reading(query)]))[0]
        return vector

    def _current(self) -> _State:
        state = self._state
        if state is not None and time.monotonic() - self._looked_at < SECONDS_BETWEEN_LOOKS:
            return state
        if state is not None and not self._building.acquire(blocking=False):
            return state  # another thread is making the new one; the old one serves until then
        if state is None:
            self._building.acquire()
        try:
            return self._renewed()
        finally:
            self._building.release()

    def _renewed(self, *, in_background: bool = True) -> _State:
        try:
            with self._database.reading() as session:
                version = current_versions(session)[TAXONOMY]
                if self._state is None or self._state.version != version:
                    skills, occupations = skill_lexicon(session), occupation_lexicon(session)
                    self._state = self._built(version, skills, occupations, occupation_needs(session, occupations, skills))
                    if self._state.lacks_vectors and in_background:
                        self._encode_in_background(self._state)
        except SQLAlchemyError:
            if self._state is None:
                raise
            _LOG.warning("cannot see whether the taxonomy changed; going on with what is known", exc_info=True)
        self._looked_at = time.monotonic()
        return self._state

    def _built(self, version: int, skills: Lexicon, occupations: Lexicon, needs: sparse.csr_array) -> _State:
        recogniser = Recogniser(skills)
        skill_finder = Finder(skills, words=recogniser.words, weights=SKILL_WEIGHTS)
        occupation_finder = Finder(occupations, surroundings=Surroundings(occupations))
        relevance = SkillRelevance(skills, skill_finder.index, recogniser.words)
        state = _State(
            version,
            skills,
            occupations,
            needs,
            skill_finder,
            occupation_finder,
            recogniser,
            relevance,
            JobNames(occupations),
            frozenset(word for lexicon in (skills, occupations) for name in lexicon.texts for parts in tokens(name) for word in parts),
            meanings=None,
            lacks_vectors=False,
        )
        if self._embedder is None:
            self._embedder = self._make_embedder()
        if self._embedder is None or not (skills.texts or occupations.texts):
            return state
        state = replace(state, lacks_vectors=True)
        missing = VectorCache(self._cache_dir, self._embedder).missing([text for own in _texts_with_vector(state) for text in own])
        if len(missing) <= ENCODED_AT_ONCE:
            return self._with_vectors(state, silent)
        return state

    def _encode_in_background(self, state: _State) -> None:
        def encode() -> None:
            complete = self._with_vectors(state, silent)
            with self._building:
                if self._state is state:
                    self._state = complete

        self._encoding = threading.Thread(target=encode, name="encode-names", daemon=True)
        self._encoding.start()

    def _with_vectors(self, state: _State, progress: Progress) -> _State:
        """The same state with meanings: encodes what the cache lacks. The work on letters and words is taken over."""
        assert self._embedder is not None  # noqa: S101 - `_built` has looked
        cache = VectorCache(self._cache_dir, self._embedder)
        texts = _texts_with_vector(state)
        cache.fill([text for own in texts for text in own], progress)
        skill_names, occupation_names, *readings = (cache.get(own) for own in texts)
        turn = learned_turn((state.skills, state.occupations), (skill_names, occupation_names))
        meanings = Meanings(self._embedder, turn, NameVectors(names_with_vector(state.skills), turn(skill_names)))
        skills, occupations, works = (turn(own) for own in readings)
        surroundings = state.occupation_finder.surroundings
        work = Work(state.needs, works, skills, surroundings) if surroundings is not None and state.needs.nnz else None
        return replace(
            state,
            skill_finder=state.skill_finder.with_meaning(skills),
            occupation_finder=state.occupation_finder.with_meaning(occupations),
            recogniser=Recogniser(state.skills, meanings, state.recogniser.words),
            relevance=SkillRelevance(
                state.skills, state.skill_finder.index, state.recogniser.words, Reader(self._embedder, turn, skills, work)
            ),
            meanings=meanings,
            lacks_vectors=False,
        )


def _texts_with_vector(state: _State) -> list[list[str]]:
    """What the model reads: names of skills, names of occupations, skills, occupations, and occupations as texts about work."""
    lexicons = (state.skills, state.occupations)
    names = [[lexicon.texts[row] for row in names_with_vector(lexicon)] for lexicon in lexicons]
    return [*names, skill_readings(state.skills), concept_readings(state.occupations), work_readings(state.occupations)]

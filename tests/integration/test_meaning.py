"""Vectors of modules: made once, kept with their model, read by every process, and what they do for a search."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from catalogue.database import Database
from catalogue.language.embedder import FloatArray
from catalogue.models import Module, ModuleVector
from catalogue.search import meaning
from catalogue.search.finding import search_modules
from catalogue.search.meaning import ModuleMeanings
from catalogue.search.port import Query
from catalogue.vocabulary import Status
from tests.conftest import NOW, app_in
from tests.integration.test_indexing import catalogue
from web.wiring import Services

__all__ = ["catalogue"]


class Words:
    """A model in which texts are alike when they share words."""

    dimensions = 512

    def __init__(self, name: str = "words-1") -> None:
        self.name, self.encoded = name, 0

    def encode(self, texts: list[str]) -> FloatArray:
        self.encoded += len(texts)
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            for word in text.lower().replace(".", " ").replace(",", " ").split():
                vector[int(hashlib.sha256(word.encode()).hexdigest(), 16) % self.dimensions] += 1
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


@pytest.fixture(autouse=True)
def look_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "SECONDS_BETWEEN_LOOKS", -1.0)


def ids(database: Database) -> dict[str, int]:
    with database.reading() as session:
        return dict(session.execute(select(Module.title, Module.id)).all())


def test_what_is_published_gets_a_vector_once(catalogue: Database) -> None:
    model = Words()
    meanings = ModuleMeanings(catalogue, lambda: model)
    assert meanings.alike("boren") == {}
    told: list[tuple[str, int, int]] = []
    assert meanings.fill(progress=lambda *step: told.append(step)) == 3
    assert (told[0][1:], told[-1][1:]) == ((0, 3), (3, 3))
    encoded = model.encoded
    assert meanings.fill() == 0
    assert model.encoded == encoded
    module_ids = ids(catalogue)
    assert list(meanings.alike("boren")) == [module_ids["Boren"]]
    assert meanings.alike("boren")[module_ids["Boren"]] == 1.0
    assert meanings.alike("iets anders") == {}
    assert meanings.alike("  ") == {}


def test_a_changed_text_and_another_model_make_new_vectors(catalogue: Database) -> None:
    model = Words()
    meanings, other_process = ModuleMeanings(catalogue, lambda: model), ModuleMeanings(catalogue, Words)
    meanings.fill()
    boren = ids(catalogue)["Boren"]
    assert list(other_process.alike("boren")) == [boren]
    with catalogue.writing() as session:
        module = session.get(Module, boren)
        assert module is not None
        module.title = "Slijpen"
    assert meanings.fill([boren]) == 1
    assert list(other_process.alike("slijpen")) == [boren]
    assert other_process.alike("boren") == {}
    newer = ModuleMeanings(catalogue, lambda: Words("words-2"))
    assert newer.alike("slijpen") == {}
    assert newer.fill() == 3
    assert list(newer.alike("slijpen")) == [boren]


def test_a_run_that_breaks_off_goes_on_where_it_was(catalogue: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "BATCH", 1)

    class Failing(Words):
        def encode(self, texts: list[str]) -> FloatArray:
            if self.encoded >= 4:
                raise MemoryError
            return super().encode(texts)

    with pytest.raises(MemoryError):
        ModuleMeanings(catalogue, Failing).fill()
    assert ModuleMeanings(catalogue, Words).fill() == 1


def test_without_a_model_nothing_is_alike(catalogue: Database) -> None:
    meanings = ModuleMeanings(catalogue, lambda: None)
    assert (meanings.fill(), meanings.alike("boren")) == (0, {})


def test_a_module_that_is_gone_leaves_no_vector(catalogue: Database) -> None:
    meanings = ModuleMeanings(catalogue, Words)
    meanings.fill()
    with catalogue.writing() as session:
        session.execute(delete(Module).where(Module.title == "Boren"))
    with catalogue.reading() as session:
        assert session.scalar(select(func.count()).select_from(ModuleVector)) == 2


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("pompa ciepła instalator", "warmtepomp"),
        ("ısı pompası kurulumu", "warmtepomp"),
        ("تركيب الألواح الشمسية", "zonnepanelen"),
        ("installer des panneaux solaires", "zonnepanelen"),
        ("opieka nad osobami starszymi", "ouderen"),
    ],
)
def test_other_languages_find_dutch_modules(seeded_app: Flask, text: str, slug: str) -> None:
    parts: Services = seeded_app.extensions["leerwijzer"]
    result, _ = search_modules(parts.database, parts.search, parts.meanings, Query(today=NOW.date(), text=text))
    with parts.database.reading() as session:
        titles = dict(session.execute(select(Module.id, Module.title).where(Module.status == Status.PUBLISHED)).all())
    assert any(slug in titles[hit.module_id].lower() for hit in result.hits[:3]), [titles[hit.module_id] for hit in result.hits[:5]]


def test_nonsense_is_near_to_nothing(seeded_app: Flask) -> None:
    parts: Services = seeded_app.extensions["leerwijzer"]
    for text in ("melk brood kaas eieren", "Jan de Vries", "asdf qwer", "12345"):
        assert parts.meanings.alike(text) == {}, text


def test_search_goes_on_without_a_model(seeded_app: Flask) -> None:
    parts: Services = replace(seeded_app.extensions["leerwijzer"])
    wordless = ModuleMeanings(parts.database, lambda: None)
    query = Query(today=NOW.date(), text="warmtepomp")
    with_meaning, _ = search_modules(parts.database, parts.search, parts.meanings, query)
    without, _ = search_modules(parts.database, parts.search, wordless, query)
    assert without.total == with_meaning.total > 5


def test_one_app_reads_what_another_wrote(own_seeded_app: Flask) -> None:
    parts: Services = own_seeded_app.extensions["leerwijzer"]
    other: Services = app_in(parts.settings.instance_dir).extensions["leerwijzer"]
    assert other.meanings.alike("zonnepanelen leggen") == parts.meanings.alike("zonnepanelen leggen") != {}

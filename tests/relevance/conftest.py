"""What the judged sets over ESCO share: the classification, and the vectors of its names, which stay between runs."""

from __future__ import annotations

import pytest

from tests.relevance.evaluation import JudgedVectors
from tests.relevance.taxonomy_sets import Esco


@pytest.fixture(scope="module")
def esco() -> Esco:
    return Esco.read()


@pytest.fixture(scope="module")
def vectors(pytestconfig: pytest.Config) -> JudgedVectors:
    assert pytestconfig.cache is not None
    return JudgedVectors(pytestconfig.cache.mkdir("name-vectors") / "esco")

"""Two steps find the same near modules as comparing every vector whole."""

from __future__ import annotations

import numpy as np
import pytest

from catalogue.search.meaning import KEPT_DIMENSIONS, Vectors

DIMENSIONS = 256


@pytest.mark.parametrize("least", [-1.0, 0.0, 0.2, 0.38, 0.9])
@pytest.mark.parametrize("spread", [1.0, 0.97, 0.9])
def test_nothing_near_is_lost(least: float, spread: float) -> None:
    chance = np.random.default_rng(3)
    scale = (spread ** np.arange(DIMENSIONS)).astype(np.float32)
    vectors = chance.normal(size=(2_000, DIMENSIONS)).astype(np.float32) * scale
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    basis = np.eye(DIMENSIONS, KEPT_DIMENSIONS, dtype=np.float32)
    kept = Vectors.of(np.arange(2_000) * 3, vectors @ basis, basis, number=1)
    for vector in vectors[:25] + 0.05 * chance.normal(size=(25, DIMENSIONS)).astype(np.float32):
        products = (vectors @ basis) @ (vector @ basis)
        module_ids, found = kept.near(vector, least)
        sure = products >= least + 1e-5
        assert set(np.flatnonzero(sure) * 3) <= set(module_ids.tolist())
        assert (found >= least - 1e-5).all()
        assert np.allclose(found, products[module_ids // 3], atol=1e-5)

"""Facets counted in joint tables are what counting one by one gives."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from catalogue.search.columns import Columns, Dictionary, columns_of
from catalogue.search.counting import MOST_CELLS, JointCodes

N = 3_000
SIZES = {"level": 10, "theme": 13, "kind": 8, "credential": 7, "language": 3, "provider": 900}


def _columns() -> Columns:
    chance = np.random.default_rng(5)
    codes = {facet: chance.integers(0, size, N).astype(np.int64) for facet, size in SIZES.items()}
    empty = columns_of([], Dictionary())
    return replace(empty, module_ids=np.arange(N), facets=codes)


def test_counts_are_those_of_each_facet() -> None:
    columns = _columns()
    rows = np.random.default_rng(6).choice(N, 700, replace=False)
    counted: dict[str, np.ndarray] = {}
    for joint in JointCodes.packed(columns):
        counted |= joint.counts(rows, SIZES)
    assert set(counted) == set(SIZES)
    for facet, size in SIZES.items():
        assert np.array_equal(counted[facet], np.bincount(columns.facets[facet][rows], minlength=size)[: len(counted[facet])])


def test_tables_stay_small_and_only_what_is_wanted_is_counted() -> None:
    joints = JointCodes.packed(_columns())
    assert sorted(facet for joint in joints for facet in joint.facets) == sorted(SIZES)
    assert all(joint.n_cells <= MOST_CELLS for joint in joints)
    assert len(joints) < len(SIZES)
    rows = np.arange(10)
    assert {facet for joint in joints for facet in joint.counts(rows, {"theme"})} == {"theme"}

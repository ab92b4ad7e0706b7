"""Modules that another one can take the place of in any path, and that a search may therefore leave out.

`i` stands in for `j` where it gives at least as much of what counts, asks nothing, and has a run that may start on any day and costs no
more, takes no more days and asks no more hours a week than any run of `j`. In a path with `j`, put that run of `i` on the day on which `j`
started: nothing that comes after is later, and nothing gets dearer. (Where the path holds `i` already: leave out the later of the two.)
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from matching.core.arrays import BoolArray, FloatArray, IntArray


def replaceable(give_at: IntArray, give_node: IntArray, least: FloatArray, offered_at: IntArray, offered: FloatArray) -> BoolArray:
    """Whether some other module, which itself stays, can stand in for each. Shape (n_modules,).

    Args:
        give_at, give_node: shape (n_gives,), position of the module and node, of those nodes that count.
        least: shape (n_modules, n_traits), the least of each thing (cost, days, hours a week ...) over the runs of each module.
        offered_at: shape (n_offers,), positions of modules that ask nothing.
        offered: shape (n_offers, n_traits), the same things of one run of each that may start on any day.
    """
    n_modules = len(least)
    nodes, column = np.unique(give_node, return_inverse=True)
    gives = csr_array((np.ones(len(give_at), dtype=np.int32), (give_at, column)), shape=(n_modules, max(len(nodes), 1)))
    n_gives = np.diff(gives.indptr)
    found = n_gives == 0
    shared = (gives @ gives[offered_at].T).tocoo()
    gives_all = shared.data == n_gives[shared.row]
    other, offer = shared.row[gives_all], shared.col[gives_all]
    for own, their in zip(offered.T, least.T, strict=True):
        is_no_more = own[offer] <= their[other]
        other, offer = other[is_no_more], offer[is_no_more]
    here = offered_at[offer]
    # Of two that could stand in for each other the first one stays.
    is_equal = (n_gives[here] == n_gives[other]) & np.all(offered[offer] == least[other], axis=1)
    found[other[(here != other) & (~is_equal | (here < other))]] = True
    return np.asarray(found, dtype=np.bool_)

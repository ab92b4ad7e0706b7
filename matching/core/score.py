"""The weighted sum: components that say nothing for this learner are left out, the others share the whole score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import numpy as np

from matching.core.arrays import FloatArray, check_length
from matching.core.weights import TABLE, Component

NO_EMPHASIS: Mapping[Component, float] = MappingProxyType({})


def weights_for(components: Iterable[Component], emphasis: Mapping[Component, float] = NO_EMPHASIS) -> dict[Component, float]:
    """The weights of these components, scaled to sum to 1, in the order of the table.

    Args:
        emphasis: factors by which a learner weighs some of them; others keep their weight.
    """
    present = set(components)
    shares = {component: weight.share * emphasis.get(component, 1.0) for component, weight in TABLE.items() if component in present}
    whole = sum(shares.values())
    return {component: share / whole for component, share in shares.items()}


def weighted_sum(values: Mapping[Component, FloatArray], weights: Mapping[Component, float | FloatArray]) -> FloatArray:
    """Sum of value times weight over the components in `values`, which must have weights: one for all, or one for each.

    Returns:
        Shape of the values, in [0, 1] when the weights sum to at most 1. Added in the order of the table, so that equal values give
        equal sums to the last bit.

    Raises:
        ShapeMismatch: the values are not equally long.
    """
    length = len(next(iter(values.values())))
    total = np.zeros(length)
    for component in TABLE:
        if component in values:
            check_length(component, values[component], length)
            total += weights[component] * values[component]
    return total

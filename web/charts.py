"""Charts as template values, drawn by `parts/charts.html`: figures only, since the table beside a chart says the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST_LABEL_CHARS = 44
ROW_HEIGHT, BAR_TOP, BAR_HEIGHT = 42.0, 20.0, 13.0
WIDTH = 360.0
PLOT_HEIGHT, FOOT_HEIGHT, HEAD_HEIGHT = 130.0, 26.0, 20.0
LABELLED_COLUMNS = 6
LEAST_VISIBLE = 1.5


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar that lies: its label above it, how long it is of the whole width, and where a mark of comparison stands, -1 for none."""

    label: str
    language: str
    value: str
    top: float
    length: float
    mark: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars below each other; sizes are in units of the drawing."""

    bars: Sequence[Bar]
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """A bar that stands: a week, say. `label` is "" where there is no room for it, `value` where it is not the highest."""

    label: str
    value: str
    left: float
    width: float
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Columns:
    """Bars beside each other; `base` is the line on which they stand."""

    columns: Sequence[Column]
    base: float
    height: float


@dataclass(frozen=True, slots=True)
class Measure:
    """Something to draw: its name, the language that it is in ("" for that of the page), its number, and what it is compared with."""

    label: str
    value: float
    text: str
    language: str = ""
    compared: float | None = None


def bars(measures: Sequence[Measure]) -> Bars | None:
    """Bars for these, in their order; None where there is nothing to see."""
    most = max((max(one.value, one.compared or 0.0) for one in measures), default=0.0)
    if not most:
        return None

    def along(value: float) -> float:
        return value / most * WIDTH

    drawn = [
        Bar(
            label=one.label if len(one.label) <= MOST_LABEL_CHARS else one.label[: MOST_LABEL_CHARS - 1].rstrip() + "…",
            language=one.language,
            value=one.text,
            top=place * ROW_HEIGHT,
            length=max(along(one.value), LEAST_VISIBLE) if one.value else 0.0,
            mark=-1.0 if one.compared is None else min(along(one.compared), WIDTH - LEAST_VISIBLE),
        )
        for place, one in enumerate(measures)
    ]
    return Bars(drawn, len(drawn) * ROW_HEIGHT)


def columns(measures: Sequence[Measure]) -> Columns | None:
    """Standing bars for these, from left to right; None where there is nothing to see."""
    most = max((one.value for one in measures), default=0.0)
    if not most:
        return None
    step = WIDTH / len(measures)
    every = -(-len(measures) // LABELLED_COLUMNS)
    highest = next(place for place, one in enumerate(measures) if one.value == most)
    base = HEAD_HEIGHT + PLOT_HEIGHT
    drawn = []
    for place, one in enumerate(measures):
        height = max(one.value / most * PLOT_HEIGHT, LEAST_VISIBLE) if one.value else 0.0
        is_labelled = (len(measures) - 1 - place) % every == 0
        drawn.append(
            Column(
                label=one.label if is_labelled else "",
                value=one.text if place == highest else "",
                left=place * step + step * 0.12,
                width=step * 0.76,
                top=base - height,
                height=height,
            )
        )
    return Columns(drawn, base, base + FOOT_HEIGHT)

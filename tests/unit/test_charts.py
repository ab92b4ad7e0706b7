"""Charts: lengths stand to each other as the numbers do, and nothing falls outside the drawing."""

from __future__ import annotations

import pytest

from web.charts import HEAD_HEIGHT, LABELLED_COLUMNS, LEAST_VISIBLE, MOST_LABEL_CHARS, PLOT_HEIGHT, WIDTH, Measure, bars, columns


def measures(*numbers: float) -> list[Measure]:
    return [Measure(f"m{place}", number, str(number)) for place, number in enumerate(numbers)]


def test_bars_are_as_long_as_their_numbers() -> None:
    drawn = bars([Measure("a", 40, "40", compared=60), Measure("b", 20, "20", compared=0), Measure("c", 0, "0")])
    assert drawn is not None
    assert [bar.length for bar in drawn.bars] == pytest.approx([WIDTH * 2 / 3, WIDTH / 3, 0])
    assert [bar.mark for bar in drawn.bars] == pytest.approx([WIDTH - LEAST_VISIBLE, 0, -1])
    assert drawn.bars[-1].top < drawn.height


def test_a_small_number_can_still_be_seen_and_a_long_name_fits() -> None:
    drawn = bars([Measure("x" * 99, 1, "1"), Measure("y" * MOST_LABEL_CHARS, 100_000, "100.000")])
    assert drawn is not None
    assert drawn.bars[0].length == LEAST_VISIBLE
    assert drawn.bars[0].label == "x" * (MOST_LABEL_CHARS - 1) + "…"
    assert drawn.bars[1].label == "y" * MOST_LABEL_CHARS


@pytest.mark.parametrize("many", [1, 4, 12, 26, 52])
def test_columns_stand_on_one_line_with_room_for_their_labels(many: int) -> None:
    drawn = columns(measures(*range(many + 1)))
    assert drawn is not None
    assert all(column.top + column.height == pytest.approx(HEAD_HEIGHT + PLOT_HEIGHT) for column in drawn.columns)
    assert max(column.left + column.width for column in drawn.columns) <= WIDTH
    labelled = [column for column in drawn.columns if column.label]
    assert 1 <= len(labelled) <= LABELLED_COLUMNS
    assert labelled[-1] is drawn.columns[-1], "the last one says when that is"
    assert [column.value for column in drawn.columns if column.value] == [str(many)], "only the highest says its number"


@pytest.mark.parametrize("draw", [bars, columns])
def test_nothing_to_see_is_no_chart(draw: object) -> None:
    assert callable(draw)
    assert draw([]) is None
    assert draw(measures(0, 0)) is None

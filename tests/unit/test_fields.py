"""Numbers as people type them."""

from __future__ import annotations

import pytest

from web.fields import number_in


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1500", "1500"),
        ("1.500", "1500"),
        ("1,500", "1500"),
        ("1 500", "1500"),
        ("12.500", "12500"),
        ("1.250.000", "1250000"),
        ("1.500,50", "1500.50"),
        ("1,500.50", "1500.50"),
        ("€ 1.500", "1500"),
        ("€1500,-", "1500"),
        ("1500 euro", "1500"),
        ("EUR 12,50", "12.50"),
        ("12.5", "12.5"),
        ("7,5", "7.5"),
        ("0.125", "0.125"),
        ("8 uur", "8"),
        ("30km", "30"),
        ("30 kilometer", "30"),
        ("0", "0"),
    ],
)
def test_number_in(typed: str, number: str) -> None:
    assert number_in(typed) == number


@pytest.mark.parametrize("typed", ["", "veel", "-5", "1e9", "1.5.2", "12 34", "NaN", "km", "٣", "1.500.5000", "€"])
def test_what_is_no_number(typed: str) -> None:
    assert number_in(typed) is None

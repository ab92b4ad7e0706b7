"""Numbers as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from web.fields import Day, number_in


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


class WhenForm(Form):  # type: ignore[misc]
    """A form with a day."""

    on = Day("Wanneer?")


@pytest.mark.parametrize(
    "typed", ["2027-03-15", "15-3-2027", "15/03/2027", "15.3.2027", "15 maart 2027", "15 mrt 2027", "15 March 2027", " 15 Maart 2027 "]
)
@pytest.mark.usefixtures("dutch")
def test_a_day_as_people_write_it(typed: str) -> None:
    assert WhenForm(MultiDict({"on": typed})).on.data == date(2027, 3, 15)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("30-02-2027", "Deze dag bestaat niet."),
        ("31/4/2027", "Deze dag bestaat niet."),
        ("maart 2027", "Schrijf een datum als 8-2-2027."),
        ("40-40-2027", "Schrijf een datum als 8-2-2027."),
        ("in overleg", "Schrijf een datum als 8-2-2027."),
    ],
)
@pytest.mark.usefixtures("dutch")
def test_what_is_no_day_says_why(typed: str, says: str) -> None:
    form = WhenForm(MultiDict({"on": typed}))
    assert not form.validate()
    assert (form.on.data, form.on.errors, form.on._value()) == (None, [says], typed)

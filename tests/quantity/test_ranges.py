"""A quantity is a range with its words: what it refuses, how it adds, how JSON carries it."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinji_report.quantity import Quantity, at_least, exactly, unknown

numbers = st.one_of(
    st.integers(min_value=0, max_value=10**9),
    st.floats(min_value=0, max_value=10**9, allow_nan=False, allow_infinity=False),
)


@st.composite
def quantities(draw):
    low = draw(numbers)
    high = draw(st.one_of(st.none(), numbers.map(lambda more: low + more)))
    return Quantity(low, high, draw(st.text(max_size=12)))


@pytest.mark.parametrize(
    ("low", "high"),
    [(-1, 3), (-0.5, None), (4, 3), (math.nan, 3), (3, math.nan), (math.inf, None), (0, math.inf), (0, -1)],
)
def test_an_impossible_range_is_refused(low, high):
    with pytest.raises(ValueError, match="must be"):
        Quantity(low, high)


def test_a_count_beyond_all_numbers_is_refused_like_any_impossible_range():
    with pytest.raises(ValueError, match="must be"):
        Quantity(10**400, None)


def test_what_is_no_number_is_refused():
    with pytest.raises((TypeError, ValueError)):
        Quantity.from_json({"low": "3", "high": None})


def test_a_range_of_one_number_is_exact():
    assert Quantity(3, 3).exact
    assert not Quantity(3, 4).exact
    assert not Quantity(3, None).exact


def test_the_top_of_an_open_range_is_infinite():
    assert at_least(3).top == math.inf
    assert exactly(3).top == 3


def test_the_dust_of_decimal_arithmetic_is_rounded_off():
    assert exactly(0.1 + 0.2).low == 0.3
    assert exactly(999.99).low == 999.99


def test_a_whole_decimal_becomes_the_count_that_it_is():
    assert exactly(3.0).low == 3
    assert isinstance(exactly(3.0).low, int)


def test_a_sum_adds_both_ends_and_both_words():
    both = Quantity(2, 3, "两三人").plus(Quantity(1, 1, "1人"))
    assert (both.low, both.high, both.said) == (3, 4, "两三人、1人")


def test_a_sum_with_an_open_range_is_open():
    assert exactly(3).plus(at_least(1)).high is None
    assert unknown("不详").plus(exactly(3)).low == 3


def test_a_sum_can_be_given_its_own_words():
    assert exactly(1, "甲").plus(exactly(2, "乙"), "共3人").said == "共3人"


def test_the_same_range_may_have_other_words():
    assert exactly(3, "3人").same_range(exactly(3, "三人"))
    assert exactly(3, "3人") != exactly(3, "三人")
    assert not exactly(3).same_range(at_least(3))


@given(quantities())
def test_json_brings_back_the_same_quantity(quantity):
    text = json.dumps(quantity.to_json(), allow_nan=False)
    again = Quantity.from_json(json.loads(text))
    assert again == quantity
    assert hash(again) == hash(quantity)


@given(quantities(), quantities())
def test_the_order_of_a_sum_does_not_change_its_range(one, other):
    assert one.plus(other).same_range(other.plus(one))


@given(quantities())
def test_nothing_added_changes_nothing(quantity):
    assert quantity.plus(exactly(0)) == quantity

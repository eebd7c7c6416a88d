"""About-words become ranges: an estimate is never a hard count (design §1.1)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinji_report.quantity import (
    at_least,
    at_most,
    between,
    exactly,
    nearly,
    roughly,
    some_more,
    unknown,
)

counts = st.integers(min_value=1, max_value=1_000_000)


def ends(quantity):
    return quantity.low, quantity.high


@pytest.mark.parametrize(
    ("n", "low", "high"),
    [(10, 11, 19), (20, 21, 29), (30, 31, 39), (100, 101, 199), (120, 121, 129), (4000, 4001, 4999)],
)
def test_some_more_than_n_ends_with_the_unit_of_n(n, low, high):
    assert ends(some_more(n)) == (low, high)


def test_some_more_than_a_number_without_trailing_zeros_reaches_the_next_number():
    assert ends(some_more(5)) == (5, 6)
    assert ends(some_more(25)) == (25, 26)


@pytest.mark.parametrize(
    ("n", "low", "high"), [(100, 90, 99), (10, 9, 9), (30, 27, 29), (11, 10, 10), (2, 1, 1)]
)
def test_nearly_n_stays_below_n(n, low, high):
    assert ends(nearly(n)) == (low, high)


@pytest.mark.parametrize(
    ("n", "low", "high"), [(20, 18, 22), (100, 90, 110), (10, 9, 11), (15, 13, 17), (3, 2, 4), (1, 0, 2)]
)
def test_roughly_n_is_ten_per_cent_each_way_rounded_outward(n, low, high):
    assert ends(roughly(n)) == (low, high)


def test_at_least_n_is_open_above():
    assert ends(at_least(5)) == (5, None)


def test_less_than_n_is_read_like_nearly_n():
    assert ends(at_most(100)) == ends(nearly(100))


def test_a_span_of_two_numbers_holds_both():
    assert ends(between(2, 3)) == (2, 3)


def test_unknown_is_open_from_zero_and_keeps_its_words():
    quantity = unknown("伤亡不详")
    assert ends(quantity) == (0, None)
    assert quantity.wholly_open
    assert not quantity.exact
    assert quantity.said == "伤亡不详"


def test_none_hurt_is_an_exact_count_and_not_unknown():
    quantity = exactly(0, "无人员伤亡")
    assert quantity.exact
    assert not quantity.wholly_open


def test_an_about_word_works_on_decimals():
    assert ends(roughly(1.5)) == (1.35, 1.65)
    assert ends(nearly(0.5)) == (0.45, 0.5)
    assert ends(some_more(1.5)) == (1.5, 2.5)


@given(counts)
def test_some_more_than_n_is_never_n_itself_when_n_is_round(n):
    quantity = some_more(n * 10)
    assert quantity.low == n * 10 + 1
    assert n * 10 < quantity.high < n * 20


@given(counts)
def test_roughly_n_holds_n_and_never_less_than_ten_per_cent_around_it(n):
    quantity = roughly(n)
    assert quantity.low <= n * 0.9
    assert quantity.high >= n * 1.1 - 1e-6
    assert quantity.high - quantity.low <= n * 0.2 + 2


@given(counts)
def test_nearly_n_is_below_n(n):
    if n > 1:
        assert nearly(n).low <= nearly(n).high == n - 1
        assert nearly(n).low >= math.floor(n * 0.9)

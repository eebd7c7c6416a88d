"""Conditions turned round: the incident that is found does meet the condition, or does fail it."""

import math
from datetime import date
from itertools import product
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.standards.pack import WHY, loaded

from jinji_report.judgement.bounds import tightened
from jinji_report.standards.conditions import Known, Threshold, outcomes, reduce
from jinji_report.standards.load import load
from jinji_report.standards.possible import Conditions, Tangled, smallest
from jinji_report.standards.witness import QUIET, Box, boxes, day_of, filling_of, witness, witnesses

CONDITIONED = ("factors", "reports", "grades", "limits", "owners", "consultations", "skips")


@pytest.fixture(scope="module")
def county():
    return load("county").on(QUIET)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return loaded(
        tmp_path_factory.mktemp("packs"),
        f'[[window]]\nname = "春节"\nspans = [[2026-02-15, 2026-02-23]]\n'
        f'[[grade]]\nid = "g.3"\ngrade = "较大"\ncategory = "火灾"\nmeasure = "deaths"\nat_least = 3\n{WHY}\n',
    )


def judged(tree, found, standards):
    """What judging makes of a condition and the incident that was found, all else being none."""
    ranges = {name: (float(found.measures.get(name, 0)),) * 2 for name in standards.measures}
    known = Known(category=found.category, tags=found.tags, on=found.day, ranges=ranges)
    fitted = tightened(ranges, frozenset(), standards)
    return outcomes(reduce(tree, known, standards), fitted, standards)


def rows(standards):
    for table in CONDITIONED:
        for row in getattr(standards, table):
            categories = getattr(row, "categories", ())
            yield row, {"all": [{"category": list(categories)}, row.when]} if categories else row.when


def test_the_witness_of_every_row_meets_it(county):
    for row, tree in rows(county):
        found = witness(tree, county)
        assert found is not None, row.id
        assert judged(tree, found, county).sure, row.id


def test_the_witness_against_every_row_fails_it(county):
    for row, tree in rows(county):
        found = witness(tree, county, denied=True)
        if not tree:  # no condition can be failed
            assert found is None
        else:
            assert judged(tree, found, county).never, row.id


def test_witnesses_of_a_whole_pack_cost_less_than_a_breath(county):
    begun = process_time()
    for _, tree in rows(county):
        witness(tree, county)
        witness(tree, county, denied=True)
    assert process_time() - begun < 5


def test_the_witness_is_the_smallest_plain_incident(small):
    found = witness({"grade_at_least": "较大"}, small)
    assert (found.category, found.tags, found.measures) == ("火灾", (), {"deaths": 3})
    assert found.day == QUIET


def test_the_measure_that_comes_first_bears_a_sum(small):
    tree = {"measure": ["injured", "deaths"], "at_least": 5}
    assert witness(tree, small).measures == {"deaths": 5, "injured": 0}


def test_a_part_brings_its_whole_with_it_where_both_are_bound(small):
    tree = {"all": [{"measure": "seriously_injured", "at_least": 5}, {"measure": "injured", "at_least": 2}]}
    assert witness(tree, small).measures == {"injured": 5, "seriously_injured": 5}


def test_a_witness_of_a_window_lies_in_it(small):
    assert small.windows["春节"].holds(witness({"window": "春节"}, small).day)
    assert witness({"not": {"window": "春节"}}, small, after=date(2026, 2, 16)).day == date(2026, 2, 24)


def test_what_nothing_can_meet_has_no_witness(small):
    tree = {"all": [{"tag": "学生"}, {"not": {"tag": "学生"}}]}
    assert witness(tree, small) is None
    assert witness(tree, small, denied=True) is not None


def test_boxes_come_as_they_are_asked_for_and_each_once(small):
    many = {"all": [{"any": [{"tag": f"t{n}"}, {"tag": f"u{n}"}]} for n in range(40)]}
    first = next(boxes(many, small))
    assert len(first.tags) == 40
    twice = {"any": [{"tag": "学生"}, {"tag": "学生"}, {"measure": "deaths", "at_least": 1}]}
    assert len(list(boxes(twice, small))) == 2


def test_too_many_boxes_are_refused_when_it_comes_to_that(small):
    many = {"all": [{"any": [{"tag": f"t{n}"}, {"tag": f"u{n}"}]} for n in range(40)]}
    with pytest.raises(Tangled):
        list(boxes(many, small))


def test_the_witness_of_a_box_is_on_a_day_of_the_box(small):
    box = Box(windows=frozenset({"春节"}), thresholds=(Threshold(("deaths",), "more_than", 2),))
    (found,) = witnesses([box], small)
    assert found.measures == {"deaths": 3}
    assert small.windows["春节"].holds(found.day)
    assert day_of(Box(no_windows=frozenset({"春节"})), small) == QUIET


def test_whole_numbers_that_no_half_can_stand_for(small):
    """Each two of three make one, so all three make one and a half: no count does."""
    pairs = [("deaths", "injured"), ("injured", "slight"), ("deaths", "slight")]
    for pair in pairs:
        assert filling_of([Threshold(pair, "at_least", 1), Threshold(pair, "at_most", 1)], small) is not None
    assert (
        filling_of([Threshold(pair, op, 1) for pair in pairs for op in ("at_least", "at_most")], small)
        is None
    )


NAMES = ("deaths", "injured", "seriously_injured")
bound = st.tuples(
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True),
    st.sampled_from(["at_least", "more_than", "at_most", "below"]),
    st.integers(0, 5),
)


@settings(max_examples=300, deadline=None)
@given(bounds=st.lists(bound, min_size=1, max_size=6))
def test_bounds_on_sums_have_a_filling_exactly_where_trying_every_number_finds_one(small, bounds):
    thresholds = [Threshold(*one) for one in bounds]
    tried = any(
        all(threshold.holds(dict(zip(NAMES, values, strict=True))) for threshold in thresholds)
        for values in product(range(8), repeat=3)
        if values[2] <= values[1]
    )
    found = filling_of(thresholds, small)
    assert (found is not None) == tried
    if found is not None:
        whole = {name: found.get(name, 0) for name in NAMES}
        if "injured" not in found:
            whole["injured"] = max(whole.values())
        assert all(threshold.holds(whole) for threshold in thresholds)
        assert all(math.isfinite(value) and value == int(value) for value in found.values())


def test_a_search_that_goes_on_too_long_says_so(small, monkeypatch):
    from jinji_report.standards import possible

    monkeypatch.setattr(possible, "MOST_CHOICES", 0)
    conditions = Conditions(small)
    node = conditions.formula({"any": [{"measure": "deaths", "at_least": 1}, {"tag": "学生"}]}, "火灾", QUIET)
    with pytest.raises(Tangled):
        conditions.meeting(node)
    assert conditions.possible(node)
    assert smallest({("deaths",): (2, False, None, False)}, small) == {"deaths": 2}

"""A condition is decided over every filling of the ranges, and brute force says the same (design §1.2)."""

import math
from datetime import date
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.standards.pack import WHY, loaded

from jinji_report.judgement.bounds import tightened
from jinji_report.standards.conditions import Known, Outcomes, measures_of, outcomes, reduce, thresholds_of
from jinji_report.standards.rows import Standards

DAY = date(2026, 3, 20)
MOST = 5  # closed ranges go so far, bounds two further
FAR = MOST + 4  # stands for infinity: beyond every bound
NAMES = ("deaths", "injured", "seriously_injured")  # the third is a part of the second


@pytest.fixture(scope="module")
def standards(tmp_path_factory) -> Standards:
    return loaded(
        tmp_path_factory.mktemp("packs"),
        f'[[measure]]\nid = "loss"\nlabel = "损失"\nunit = "万元"\nask = "损失多少？"\nwhole = false\n'
        f'[[window]]\nname = "春节"\nspans = [[2026-02-15, 2026-02-23]]\n'
        f'[[factor]]\nid = "f.pupils"\nname = "学生受害"\neffect = "lifts"\nwhen = {{ tag = "学生" }}\n{WHY}\n'
        f'[[factor]]\nid = "f.many"\nname = "多人"\neffect = "asks"\nwhen = {{ measure = "injured", at_least = 5 }}\n{WHY}\n'
        f'[[grade]]\nid = "g.3"\ngrade = "较大"\ncategory = "火灾"\nmeasure = "deaths"\nat_least = 3\n{WHY}\n'
        f'[[grade]]\nid = "g.10"\ngrade = "重大"\ncategory = "火灾"\nmeasure = "deaths"\nat_least = 10\n{WHY}\n',
    )


ends = st.tuples(st.integers(0, MOST), st.one_of(st.none(), st.integers(0, MOST))).map(
    lambda pair: (pair[0], math.inf if pair[1] is None else max(pair))
)
spans = st.fixed_dictionaries({name: ends for name in NAMES})
operators = st.sampled_from(["at_least", "more_than", "at_most", "below"])


def thresholds(measure):
    return st.tuples(measure, operators, st.integers(0, MOST + 2)).map(
        lambda t: {"measure": t[0], t[1]: t[2]}
    )


def trees(measure):
    return st.recursive(
        thresholds(measure),
        lambda part: st.one_of(
            st.lists(part, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
            st.lists(part, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
            part.map(lambda inner: {"not": inner}),
        ),
        max_leaves=6,
    )


one = st.sampled_from(NAMES)
several = st.lists(one, min_size=1, max_size=3, unique=True)


def known(ranges=None, **more):
    fields = {"category": "火灾", "tags": (), "on": DAY} | more
    return Known(ranges=ranges or {}, **fields)


def holds(tree, filling):
    """The condition itself, written a second time and as plainly as possible."""
    if "any" in tree:
        return any(holds(part, filling) for part in tree["any"])
    if "all" in tree:
        return all(holds(part, filling) for part in tree["all"])
    if "not" in tree:
        return not holds(tree["not"], filling)
    names = [tree["measure"]] if isinstance(tree["measure"], str) else tree["measure"]
    value = sum(filling[name] for name in names)
    return {
        "at_least": lambda bound: value >= bound,
        "more_than": lambda bound: value > bound,
        "at_most": lambda bound: value <= bound,
        "below": lambda bound: value < bound,
    }[next(op for op in tree if op != "measure")](next(tree[op] for op in tree if op != "measure"))


def fillings(ranges, step=1):
    """Every filling in whole numbers (or steps), a part never above its whole."""

    def values(low, high):
        top = FAR if math.isinf(high) else high
        return [low + i * step for i in range(int((top - low) / step) + 1)]

    for chosen in product(*(values(*ranges[name]) for name in NAMES)):
        filling = dict(zip(NAMES, chosen, strict=True))
        if filling["seriously_injured"] <= filling["injured"]:
            yield filling


def brute(tree, ranges, step=1):
    answers = {holds(tree, filling) for filling in fillings(ranges, step)}
    return (True in answers, False in answers)


def agree(tree, ranges, standards):
    """`outcomes` says what brute force says."""
    fitted = tightened(ranges, frozenset(), standards)
    assume(all(low <= high for low, high in fitted.values()))
    found = outcomes(reduce(tree, known(fitted), standards), fitted, standards)
    assert (found.can_hold, found.can_fail) == brute(tree, fitted)


@settings(max_examples=150, deadline=None)
@given(tree=trees(one), ranges=spans)
def test_a_condition_on_single_measures_agrees_with_brute_force(standards, tree, ranges):
    agree(tree, ranges, standards)


@settings(max_examples=150, deadline=None)
@given(tree=trees(several), ranges=spans)
def test_a_condition_on_sums_agrees_with_brute_force(standards, tree, ranges):
    agree(tree, ranges, standards)


@settings(max_examples=100, deadline=None)
@given(
    parts=st.lists(
        st.tuples(several, st.sampled_from(["at_least", "more_than"]), st.integers(0, MOST + 2)),
        min_size=1,
        max_size=4,
    ),
    head=st.sampled_from(["any", "all"]),
    ranges=spans,
)
def test_rising_thresholds_and_sums_agree_with_brute_force(standards, parts, head, ranges):
    agree({head: [{"measure": names, op: bound} for names, op, bound in parts]}, ranges, standards)


@settings(max_examples=100, deadline=None)
@given(tree=trees(one), ranges=spans)
def test_an_open_answer_has_a_filling_for_each_side_and_a_sure_one_none_against_it(standards, tree, ranges):
    fitted = tightened(ranges, frozenset(), standards)
    found = outcomes(reduce(tree, known(fitted), standards), fitted, standards)
    answers = [holds(tree, filling) for filling in fillings(fitted)]
    if found.open:
        assert any(answers)
        assert not all(answers)
    elif found.sure:
        assert all(answers)
    else:
        assert found.never
        assert not any(answers)


def test_a_measure_of_decimals_may_lie_between_two_whole_bounds(standards):
    ranges = dict.fromkeys((*NAMES, "loss"), (0, math.inf))

    def can_lie_between(measure):
        tree = {"all": [{"measure": measure, "more_than": 0}, {"measure": measure, "below": 1}]}
        return outcomes(reduce(tree, known(ranges), standards), ranges, standards).can_hold

    assert can_lie_between("loss")
    assert not can_lie_between("deaths")


def state(standards, tree, **ranges):
    full = dict.fromkeys(NAMES, (0, 0)) | ranges
    found = outcomes(reduce(tree, known(full), standards), full, standards)
    return "sure" if found.sure else "never" if found.never else "open"


THREE = {"measure": "deaths", "at_least": 3}


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((2, 2), "never"),
        ((3, 3), "sure"),
        ((4, 4), "sure"),
        ((0, 2), "never"),
        ((2, 3), "open"),
        ((3, 9), "sure"),
        ((0, math.inf), "open"),
        ((3, math.inf), "sure"),
    ],
)
def test_a_threshold_at_one_below_and_unknown(standards, span, expected):
    assert state(standards, THREE, deaths=span) == expected


@pytest.mark.parametrize(
    ("op", "below", "at", "above"),
    [
        ("at_least", "never", "sure", "sure"),
        ("more_than", "never", "never", "sure"),
        ("at_most", "sure", "sure", "never"),
        ("below", "sure", "never", "never"),
    ],
)
def test_each_bound_says_whether_it_counts_itself(standards, op, below, at, above):
    tree = {"measure": "deaths", op: 3}
    assert [state(standards, tree, deaths=(n, n)) for n in (2, 3, 4)] == [below, at, above]


def test_bands_that_meet_are_surely_one_or_the_other(standards):
    bands = {
        "any": [{"all": [THREE, {"measure": "deaths", "below": 10}]}, {"measure": "deaths", "at_least": 10}]
    }
    assert state(standards, bands, deaths=(3, math.inf)) == "sure"
    assert state(standards, bands, deaths=(2, math.inf)) == "open"


def test_a_contradiction_never_holds_and_its_opposite_always(standards):
    never = {"all": [THREE, {"not": THREE}]}
    assert state(standards, never, deaths=(0, math.inf)) == "never"
    assert state(standards, {"not": never}, deaths=(0, math.inf)) == "sure"


def test_a_part_above_its_whole_is_no_filling(standards):
    impossible = {
        "all": [{"measure": "seriously_injured", "at_least": 3}, {"measure": "injured", "at_most": 2}]
    }
    assert state(standards, impossible, injured=(0, 5), seriously_injured=(0, 5)) == "never"


def test_a_part_may_be_as_large_as_its_whole(standards):
    both = {"measure": ["injured", "seriously_injured"], "at_least": 10}
    tree = {"all": [both, {"measure": "injured", "at_most": 5}]}
    assert state(standards, tree, injured=(0, 8), seriously_injured=(0, 8)) == "open"
    assert (
        state(
            standards,
            {"all": [both, {"measure": "injured", "at_most": 4}]},
            injured=(0, 8),
            seriously_injured=(0, 8),
        )
        == "never"
    )


def test_a_sum_of_unknowns_can_reach_a_bound_that_neither_needs_to(standards):
    both = {"measure": ["deaths", "injured"], "at_least": 3}
    assert state(standards, both, deaths=(1, 2), injured=(0, 1)) == "open"
    assert state(standards, both, deaths=(2, 2), injured=(1, 1)) == "sure"
    assert state(standards, both, deaths=(1, 1), injured=(1, 1)) == "never"


def decided(standards, tree, **more):
    return reduce(tree, known(**more), standards)


def test_what_is_no_threshold_is_true_or_false_at_once(standards):
    assert decided(standards, {}) is True
    assert decided(standards, {"category": ["火灾"]}) is True
    assert decided(standards, {"category": ["火灾"]}, category=None) is False
    assert decided(standards, {"tag": "学生"}, tags=("学生",)) is True
    assert decided(standards, {"tag": "学"}, tags=("学生",)) is False
    assert decided(standards, {"window": "春节"}, on=date(2026, 2, 20)) is True
    assert decided(standards, {"window": "春节"}) is False
    assert decided(standards, {"factor": "学生受害"}, tags=("学生",)) is True
    assert decided(standards, {"factor_effect": "lifts"}) is False
    assert decided(standards, {"any": []}) is False
    assert decided(standards, {"all": []}) is True


def test_a_factor_can_leave_a_threshold_behind(standards):
    assert measures_of(decided(standards, {"factor": "多人"})) == {"injured"}
    assert measures_of(decided(standards, {"factor_effect": "asks"})) == {"injured"}


def test_a_grade_is_reached_by_its_own_rung_and_by_graver_ones(standards):
    formula = decided(standards, {"grade_at_least": "较大"})
    assert {threshold.bound for threshold in thresholds_of(formula)} == {3, 10}
    assert decided(standards, {"grade_at_least": "特别重大"}) is False
    assert decided(standards, {"grade_at_least": "较大"}, category="地震灾害") is False


def test_a_negated_threshold_is_nothing_that_a_rising_value_can_meet(standards):
    assert list(thresholds_of(decided(standards, {"not": THREE}))) == []


@pytest.mark.parametrize("answer", [True, False])
def test_a_decided_condition_has_one_outcome(standards, answer):
    found = outcomes(answer, {}, standards)
    assert (found.sure, found.never, found.open) == (answer, not answer, False)
    assert isinstance(found, Outcomes)

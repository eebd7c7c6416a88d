"""How an officer names a case, and which number a new one gets."""

import pytest
from tests.factory import clock
from tests.model.entries import entry, received

from jinji_report.desk.cases import find_case, next_number, require_open
from jinji_report.errors import CaseState, UnknownCase
from jinji_report.ledger.cases import Folded
from jinji_report.model.fold import fold
from jinji_report.vocabulary import EntryKind

FIRST, SECOND, NEXT_DAY = "20260320-01", "20260320-02", "20260321-01"


def cases(*numbers, closed=()):
    entries = [
        *(received(case=number) for number in numbers),
        *(entry(EntryKind.CLOSED, {}, case=n) for n in closed),
    ]
    return Folded(fold(entries))


@pytest.mark.parametrize(
    ("name", "number"),
    [(FIRST, FIRST), ("-01", FIRST), ("01", FIRST), ("-02", SECOND), ("02", SECOND), ("latest", SECOND)],
)
def test_a_case_is_named_by_its_number_its_tail_or_latest(name, number):
    assert find_case(cases(FIRST, SECOND), name).number == number


@pytest.mark.parametrize("name", ["-03", "03", "1", "", "-", "20260320", "../x", "LATEST", "0320-01"])
def test_a_name_that_fits_no_case_is_refused_with_the_way_to_find_one(name):
    with pytest.raises(UnknownCase) as caught:
        find_case(cases(FIRST, SECOND), name)
    assert "jinji list" in caught.value.remedy


def test_an_empty_ledger_says_how_to_open_the_first_case():
    with pytest.raises(UnknownCase) as caught:
        find_case({}, "latest")
    assert "jinji new" in caught.value.remedy


def test_a_tail_of_two_open_cases_is_refused_with_both_numbers():
    with pytest.raises(UnknownCase) as caught:
        find_case(cases(FIRST, NEXT_DAY), "-01")
    assert FIRST in caught.value.problem
    assert NEXT_DAY in caught.value.problem


def test_a_tail_means_the_open_case_before_any_closed_one():
    assert find_case(cases(FIRST, NEXT_DAY, closed=[NEXT_DAY]), "-01").number == FIRST
    assert find_case(cases(FIRST, NEXT_DAY, closed=[FIRST]), "-01").number == NEXT_DAY


def test_a_tail_of_closed_cases_means_the_newest():
    assert find_case(cases(FIRST, NEXT_DAY, closed=[FIRST, NEXT_DAY]), "-01").number == NEXT_DAY


def test_a_number_counts_the_calls_of_its_day():
    assert next_number([], clock("09:10")) == FIRST
    assert next_number([FIRST], clock("09:10")) == SECOND
    assert next_number([FIRST, SECOND], clock("09:10", "2026-03-21")) == NEXT_DAY


def test_a_number_goes_on_after_the_greatest_and_never_fills_a_gap():
    assert next_number(["20260320-07"], clock("09:10")) == "20260320-08"
    assert next_number(["20260320-99"], clock("09:10")) == "20260320-100"


@pytest.mark.parametrize("strange", ["20260320-x", "20260320-", "20260320-²", "演练-01"])
def test_a_number_of_another_make_is_passed_over(strange):
    assert next_number([strange, FIRST], clock("09:10")) == SECOND


def test_a_closed_case_takes_no_step_and_says_how_to_reopen_it():
    found = find_case(cases(FIRST, closed=[FIRST]), FIRST)
    with pytest.raises(CaseState) as caught:
        require_open(found, "续报")
    assert f"jinji reopen {FIRST}" in caught.value.remedy
    require_open(find_case(cases(FIRST), FIRST), "续报")

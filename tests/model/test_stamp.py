"""What every entry carries: when it happened, when it was entered, by whom, and why so late."""

from datetime import timedelta

import pytest
from tests.factory import NOW, clock

from jinji_report.desk.stamp import Stamp
from jinji_report.errors import UnusableInput, Usage
from jinji_report.vocabulary import EntryKind

SECOND = timedelta(seconds=1)
TEN = timedelta(minutes=10)


def stamp(**more):
    return Stamp(recorded=NOW, by="王五", **more)


def test_what_has_no_moment_of_its_own_happened_now():
    assert stamp().at == NOW


@pytest.mark.parametrize("back", [timedelta(0), timedelta(minutes=9), TEN])
def test_up_to_ten_minutes_back_needs_no_reason(back):
    assert stamp(at=NOW - back).at == NOW - back


@pytest.mark.parametrize("back", [TEN + SECOND, timedelta(minutes=11), timedelta(days=3)])
@pytest.mark.parametrize("reason", ["", "  "])
def test_more_than_ten_minutes_back_needs_a_reason(back, reason):
    with pytest.raises(Usage) as caught:
        stamp(at=NOW - back, reason=reason)
    assert "--reason" in caught.value.remedy
    assert stamp(at=NOW - back, reason="停电").at == NOW - back


def test_the_future_is_refused_but_a_clock_may_be_a_minute_off():
    with pytest.raises(UnusableInput) as caught:
        stamp(at=NOW + timedelta(minutes=1) + SECOND)
    assert caught.value.remedy
    assert stamp(at=NOW + timedelta(minutes=1)).at > NOW


def test_a_moment_before_the_republic_is_refused_even_with_a_reason():
    with pytest.raises(UnusableInput):
        stamp(at=clock("00:00", "1900-01-01"), reason="补登")


def test_an_entry_carries_both_moments_the_writer_and_the_reason():
    entry = stamp(at=NOW - timedelta(hours=1), reason="停电").entry(
        "20260320-01", EntryKind.SENT, {"form": "电话"}
    )
    assert (entry.at, entry.recorded, entry.by) == (NOW - timedelta(hours=1), NOW, "王五")
    assert entry.data == {"form": "电话", "reason": "停电"}


def test_a_reason_of_the_step_itself_is_not_overwritten():
    entry = stamp(reason="停电").entry("c", EntryKind.DECISION, {"reason": "误报"})
    assert entry.data["reason"] == "误报"


def test_a_clock_set_by_hand_keeps_the_clock_of_the_machine():
    machine = clock("15:00")
    assert stamp(machine=machine).entry("c", EntryKind.CLOSED, {}).machine == machine
    assert stamp().entry("c", EntryKind.CLOSED, {}).machine is None

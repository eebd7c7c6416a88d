"""提醒: each thing is told once when it is due soon and once when it is overdue."""

from datetime import datetime, timedelta

import pytest

from jinji_report.model.due import Row
from jinji_report.moments import BEIJING
from jinji_report.oversight.alarm import DUE_SOON, OVERDUE, alarms, name_of

DUE = datetime(2026, 3, 5, 2, 25, tzinfo=BEIJING)
SOON = timedelta(minutes=5)


def row(minutes_before: float, *, case: str = "01", due: datetime = DUE, request: str = "") -> Row:
    to = {"tier": "市", "line": "党委", "office": "市委办公室"}
    told = {"id": "first-phone", "owes": "县委", "to": to, "state": None, "label": "电话", "receipt": None}
    if request:
        told["request"] = request
    return Row(case, "事件", due, told, DUE - timedelta(minutes=minutes_before), SOON)


@pytest.mark.parametrize(
    ("minutes", "event"), [(6, None), (5, DUE_SOON), (1, DUE_SOON), (0, DUE_SOON), (-1 / 60, OVERDUE)]
)
def test_it_is_told_when_it_becomes_due_soon_and_when_it_is_overdue(
    minutes: float, event: str | None
) -> None:
    found, after = alarms([row(minutes)], {})
    assert [told for told, _ in found] == ([] if event is None else [event])
    assert list(after.values()) == [told for told, _ in found]


def test_what_was_told_is_not_told_again_and_what_got_worse_is() -> None:
    _, told = alarms([row(4)], {})
    assert alarms([row(3)], told) == ([], told)
    found, told = alarms([row(-1)], told)
    assert [event for event, _ in found] == [OVERDUE]
    assert alarms([row(-50)], told)[0] == []


def test_a_clock_that_goes_back_tells_nothing_anew() -> None:
    _, told = alarms([row(-1)], {})
    for minutes in (30, 3, -1):
        found, told = alarms([row(minutes)], told)
        assert found == []


def test_what_is_due_no_longer_is_forgotten() -> None:
    _, told = alarms([row(3), row(3, case="02")], {})
    assert list(alarms([row(3, case="02")], told)[1]) == [name_of(row(3, case="02"))]


def test_the_next_of_a_cadence_and_another_request_are_things_of_their_own() -> None:
    _, told = alarms([row(-1)], {})
    later = DUE + timedelta(hours=2)
    found, _ = alarms([row(-200, due=later), row(-1, request="Q1")], told)
    assert len(found) == 2

"""叫应: the tree that holds at this hour, and whom to call next after who could not be reached and who answered."""

from datetime import datetime
from typing import Any

import pytest

from jinji_report.judgement.calling import CallState, Tree, at_work, tree_at
from jinji_report.model.chain import Called
from jinji_report.model.entry import NewEntry
from jinji_report.moments import BEIJING
from jinji_report.standards.load import load
from jinji_report.standards.rows import Contact, Standards
from jinji_report.vocabulary import EntryKind

BROADCASTER = load("broadcaster")
THURSDAY = "2026-03-05"
LEADER, DEPARTMENT, DEPUTY, HEAD = (
    f"call.off.{name}" for name in ("duty-leader", "department", "deputy", "head")
)


def moment(clock: str, day: str = THURSDAY) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=BEIJING)


def called(
    contact: str, clock: str, *, reached: bool = False, unit: str = "台领导", phone: str = ""
) -> Called:
    data: dict[str, Any] = {"contact": contact, "unit": unit, "phone": phone, "reached": reached}
    at = moment(clock)
    entry = NewEntry(case="1", kind=EntryKind.CALLED.value, at=at, recorded=at, by="张", data=data)
    return Called(entry.placed(1, ""))


def tree(clock: str, *calls: Called, standards: Standards = BROADCASTER) -> Tree:
    return tree_at(moment(clock), standards.contacts, calls, standards)


def turn(found: Tree) -> str | None:
    return None if found.next is None else found.next.id


@pytest.mark.parametrize(
    ("clock", "works"),
    [
        ("07:59", False),
        ("08:00", True),
        ("08:01", True),
        ("11:59", True),
        ("12:00", False),
        ("13:59", False),
        ("14:00", True),
        ("17:59", True),
        ("18:00", False),
    ],
)
def test_the_hours_of_work_hold_their_first_minute_and_not_their_last(clock: str, works: bool) -> None:
    assert at_work(moment(clock), BROADCASTER) is works


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-03-06", True),  # Friday
        ("2026-03-07", False),  # Saturday
        ("2026-02-14", True),  # a Saturday that is worked for the Spring Festival
        ("2026-02-16", False),  # a Monday within it
        ("2026-10-01", False),
        ("2026-10-10", True),
    ],
)
def test_weekends_and_holidays_are_off_but_for_those_that_are_worked(day: str, works: bool) -> None:
    assert at_work(moment("09:00", day), BROADCASTER) is works


def test_standards_without_hours_know_no_time_of_work() -> None:
    import copy

    silent = copy.copy(BROADCASTER.on(moment("09:00").date()))
    silent.hours = ()
    assert not at_work(moment("09:00"), silent)


def test_in_hours_the_head_of_the_department_is_called_first_and_out_of_hours_the_duty_leader() -> None:
    assert turn(tree("09:00")) == "call.work.department"
    found = tree("02:40")
    assert found.hours == "非工作时间" and turn(found) == LEADER
    assert [rung.contact.id for rung in found.rungs] == [LEADER, DEPARTMENT, DEPUTY, HEAD]


def test_who_could_not_be_reached_is_skipped() -> None:
    found = tree("02:50", called(LEADER, "02:41"), called(DEPARTMENT, "02:43"))
    assert turn(found) == DEPUTY and not found.again
    assert [rung.state for rung in found.rungs][:3] == [
        CallState.UNREACHABLE,
        CallState.UNREACHABLE,
        CallState.WAITING,
    ]


def test_who_answered_ends_it() -> None:
    found = tree("02:50", called(LEADER, "02:41"), called(DEPUTY, "02:44", reached=True))
    assert turn(found) is None
    assert found.answered is not None and found.answered.contact == DEPUTY


def test_when_all_were_called_in_vain_it_begins_anew() -> None:
    everybody = [called(one, "02:41") for one in (LEADER, DEPARTMENT, DEPUTY, HEAD)]
    found = tree("02:50", *everybody)
    assert found.again and turn(found) == LEADER
    found = tree("02:52", *everybody, called(LEADER, "02:51"))
    assert found.again and turn(found) == DEPARTMENT
    assert found.rungs[0].tries == 2


def test_who_was_called_in_vain_in_hours_is_not_called_again_by_the_other_tree() -> None:
    before = called("call.work.department", "17:58", unit="事发部门", phone="0000-3234511")
    found = tree("18:01", before)
    assert turn(found) == LEADER
    assert found.rungs[1].state == CallState.UNREACHABLE
    assert turn(tree("18:02", before, called(LEADER, "18:01"))) == DEPUTY


def test_a_contact_of_any_time_is_in_both_trees_and_one_without_a_place_in_none() -> None:
    def contact(ident: str, call: int | None) -> Contact:
        return Contact(
            {
                "id": ident,
                "unit": "甲",
                "role": "",
                "person": "",
                "phone": "1",
                "hours": "任何时间",
                "call": call,
                "direct": False,
            }
        )

    both = [contact("a", 2), contact("b", None), contact("c", 1)]
    for clock in ("09:00", "02:40"):
        found = tree_at(moment(clock), both, [], BROADCASTER)
        assert [rung.contact.id for rung in found.rungs] == ["c", "a"]


def test_without_a_tree_nobody_is_next() -> None:
    found = tree_at(moment("09:00"), [], [], load("county"))
    assert found.next is None and found.rungs == () and not found.again

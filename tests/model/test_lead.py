"""A 线索 in the fold: a case that is no incident until a 接报 makes one of it, whatever else stands in the ledger."""

import pytest

from jinji_report.model.case import Case
from jinji_report.vocabulary import LeadState, Status

from ..factory import clock, incident
from .test_backflow import CITY, Ledger


def lead() -> Ledger:
    return Ledger().lead("09:10", "网络")


def against(case: Case) -> list[str]:
    return [one.text for one in case.contradictions]


def test_a_call_in_the_same_case_makes_an_incident_of_it_and_contradicts_nothing() -> None:
    told = lead().add("核实", "09:15", state="属实", unit="派出所", text="对").call("09:20").case
    assert (told.status, told.opened_at, against(told)) == (Status.OPEN, clock("09:10"), [])
    assert told.rumour is None and told.chain.lead is not None
    assert (told.chain.lead.state, told.chain.lead.promoted_at) == (LeadState.TRUE, clock("09:20"))


def test_a_second_call_is_one_too_many() -> None:
    assert against(lead().call("09:20").call("09:25").case) == ["同一案卷又有一次接报"]


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("报送", {"to": CITY, "form": "电话", "stage": "首报", "number": 0}),
        ("决定", {"decision": "应报", "reason": "x"}),
        ("要素", {"incident": incident().to_json()}),
    ],
)
def test_what_only_an_incident_has_contradicts_a_lead(kind: str, data: dict[str, object]) -> None:
    case = lead().add(kind, "09:20", **data).case
    assert against(case) == [f"线索没有转为事件就有{kind}"]


def test_a_lead_within_a_case_changes_nothing_of_what_it_owes() -> None:
    case = Ledger().call("09:05").lead("09:10", "网络").case
    assert (case.status, case.rumour, against(case)) == (Status.OPEN, None, ["同一案卷又有线索"])


def test_a_verification_of_what_is_no_lead_is_told() -> None:
    case = Ledger().call("09:05").add("核实", "09:15", state="属实", unit="派出所", text="对").case
    assert against(case) == ["核实的内容读不出来，未采用"]


def test_a_dismissed_lead_that_is_opened_again_is_a_lead() -> None:
    told = lead().add("核实", "09:15", state="不实", unit="派出所", text="演练")
    told.add("结案", "09:20", missing=[], lead="不实")
    assert told.case.status == Status.CLOSED
    told.add("重开", "09:30", reason="又有视频")
    assert (told.case.status, against(told.case)) == (Status.LEAD, [])


def test_a_lead_without_its_shape_is_told_and_kept() -> None:
    case = Ledger().add("线索", "09:10", note="网传", channel="微博").case
    assert against(case) == ["线索的内容读不出来，未采用"] and case.rumour is None

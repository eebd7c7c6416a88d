"""倒灌 (R27): who knew first follows from requests, leads and what was entered; each counts once."""

from typing import Any

import pytest

from jinji_report.model.backflow import backflows_of
from jinji_report.model.case import Case
from jinji_report.model.entry import Entry
from jinji_report.model.fold import fold

from ..factory import clock, incident

CITY = {"tier": "市", "line": "党委", "office": "市委办公室"}
PROVINCE = {"tier": "省", "line": "党委", "office": "省委办公厅"}


class Ledger:
    """The entries of one case, each at a minute."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def add(self, kind: str, minute: str, **data: Any) -> "Ledger":
        moment, seq = clock(minute), len(self.entries) + 1
        self.entries.append(Entry(1, seq, f"e{seq}", "c", kind, moment, moment, "张", data, ""))
        return self

    def call(self, minute: str = "09:25") -> "Ledger":
        return self.add("接报", minute, note="", incident=incident(deaths=2).to_json())

    def lead(self, minute: str, kind: str | None) -> "Ledger":
        told = incident().to_json() | {"source": {"kind": kind}}
        return self.add("线索", minute, note="", channel="某处", incident=told)

    def asked(self, minute: str, kind: str = "核报") -> "Ledger":
        return self.add("上级要求", minute, request=kind, text="", **{"from": CITY})

    def sent(self, minute: str, to: dict[str, str] = CITY) -> "Ledger":
        return self.add("报送", minute, to=to, form="电话", stage="首报", number=0)

    @property
    def case(self) -> Case:
        return fold(self.entries)["c"]

    @property
    def who(self) -> list[str]:
        return [one.who.value for one in backflows_of(self.case)]


def test_a_request_before_anything_was_sent_there_shows_that_they_knew() -> None:
    (one,) = backflows_of(Ledger().call().asked("09:31").case)
    assert (one.who, one.at, one.entered) == ("上级", clock("09:31"), False)
    assert one.text == "市委办公室来核报时本单位还没有报过"


def test_a_request_in_the_minute_of_the_report_shows_nothing() -> None:
    assert Ledger().call().sent("09:31").asked("09:31").who == []
    assert Ledger().call().sent("09:32").asked("09:31").who == ["上级"]


def test_what_went_to_another_tier_did_not_tell_them() -> None:
    assert Ledger().call().sent("09:30", PROVINCE).asked("09:31").who == ["上级"]


def test_a_spot_check_need_not_know_of_anything() -> None:
    assert Ledger().call().asked("09:31", "抽查").who == []
    assert Ledger().call().asked("09:31", "批示").who == ["上级"]


def test_several_requests_are_one_knowing() -> None:
    assert Ledger().call().asked("09:31").asked("09:35").who == ["上级"]


def test_what_was_entered_stands_before_what_follows() -> None:
    told = Ledger().call().asked("09:31").add("倒灌", "09:29", who="上级", text="电话来问")
    (one,) = backflows_of(told.case)
    assert (one.at, one.text, one.entered) == (clock("09:29"), "电话来问", True)


@pytest.mark.parametrize(
    ("kind", "who"), [("网络", ["互联网"]), ("媒体", ["媒体"]), ("电话", []), ("群消息", []), (None, [])]
)
def test_a_lead_that_became_an_incident_was_known_where_it_came_from(
    kind: str | None, who: list[str]
) -> None:
    assert Ledger().lead("09:10", kind).who == []  # of a lead nothing is known yet
    assert Ledger().lead("09:10", kind).call().who == who


def test_a_lead_that_came_after_the_report_shows_nothing() -> None:
    def merged(minute: str) -> list[str]:
        told = Ledger().call().sent("09:31").add("并案", "09:40", **{"from": "d"})
        lead = Ledger().lead(minute, "网络").add("并案", "09:40", into="c")
        for entry in lead.entries:
            entry.case, entry.id = "d", f"d{entry.seq}"
        case = fold([*told.entries, *lead.entries])["c"]
        return [one.who.value for one in backflows_of(case)]

    assert merged("09:30") == ["互联网"]
    assert merged("09:31") == []


def test_they_stand_in_the_order_of_their_moments() -> None:
    assert Ledger().lead("09:10", "网络").call().asked("09:31").who == ["互联网", "上级"]

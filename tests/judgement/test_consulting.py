"""会商 (R6): an opinion is waited for as long as the standards say, round by round; the decision is then the officer's."""

from typing import Any

import pytest

from jinji_report.judgement.classify import classify
from jinji_report.judgement.consulting import awaited, decision_waits, rounds_of
from jinji_report.judgement.limits import Limit
from jinji_report.judgement.obligations import limits_of
from jinji_report.model.case import Case
from jinji_report.model.entry import Entry
from jinji_report.model.facts import Facts
from jinji_report.model.fold import fold
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Decision, LimitState

from ..factory import clock, incident

LEAK = incident(category="危险化学品事故", tags=("危险化学品", "泄漏"), deaths=0, injured=0)
SPILL = incident(category="环境污染事件")
UNIT = "应急管理"
ASKED = ["是什么物质，泄漏（燃爆）量多大，还剩多少？"]


class Night:
    """The entries of one case about `facts`, called in at 09:05."""

    def __init__(self, standards: Standards, facts: Facts = LEAK) -> None:
        self.standards = standards
        self.entries: list[Entry] = []
        self.add("接报", "09:05", note="", incident=facts.to_json())
        verdict = classify(facts, standards, clock("09:05"))
        self.add("研判", "09:05", verdict=verdict.to_json())

    def add(self, kind: str, minute: str, **data: Any) -> "Night":
        moment, seq = clock(minute), len(self.entries) + 1
        self.entries.append(Entry(1, seq, f"e{seq}", "c", kind, moment, moment, "张", data, ""))
        return self

    def asked(self, minute: str, unit: str = UNIT, questions: list[str] | None = None) -> "Night":
        asks = ASKED if questions is None else questions
        return self.add("会商", minute, unit=unit, person="", questions=asks, opinion="")

    def told(self, minute: str, unit: str = UNIT) -> "Night":
        return self.add("会商", minute, unit=unit, person="王工", questions=[], opinion="已堵漏")

    @property
    def case(self) -> Case:
        return fold(self.entries)["c"]

    def limits(self, minute: str) -> list[Limit]:
        found = limits_of(self.case, self.standards, clock(minute))
        return [limit for limit in found if limit.label == "会商意见"]

    def states(self, minute: str) -> list[LimitState]:
        return [limit.state for limit in self.limits(minute)]

    def waits(self, minute: str = "09:40") -> bool:
        return decision_waits(self.case, self.standards, clock(minute))


def test_an_opinion_is_in_time_up_to_the_minute_that_the_standards_say(county: Standards) -> None:
    (limit,) = Night(county).asked("09:10").limits("09:10")
    assert (limit.due, limit.owes, limit.ours) == (clock("09:25"), UNIT, False)
    assert Night(county).asked("09:10").told("09:24").states("09:40") == [LimitState.MET]
    assert Night(county).asked("09:10").told("09:25").states("09:40") == [LimitState.MET]
    assert Night(county).asked("09:10").told("09:26").states("09:40") == [LimitState.MET_LATE]
    assert Night(county).asked("09:10").states("09:26") == [LimitState.OVERDUE]


def test_the_clock_of_the_way_up_does_not_stop_for_an_opinion(county: Standards) -> None:
    def first(night: Night) -> tuple[Any, ...]:
        found = limits_of(night.case, county, clock("09:20"))
        return next((one.due, one.state) for one in found if one.ours)

    assert first(Night(county).asked("09:10")) == first(Night(county))


def test_asked_again_before_it_answered_it_is_waited_for_since_the_first_time(county: Standards) -> None:
    night = Night(county).asked("09:10").asked("09:20", questions=["还漏吗？"])
    (one,) = rounds_of(night.case)
    assert (one.asked, one.questions) == (clock("09:10"), [*ASKED, "还漏吗？"])
    assert [limit.due for limit in night.limits("09:20")] == [clock("09:25")]


def test_asked_again_after_it_answered_a_new_time_runs(county: Standards) -> None:
    night = Night(county).asked("09:10").told("09:15").asked("09:30")
    assert [limit.due for limit in night.limits("09:31")] == [clock("09:25"), clock("09:45")]
    assert night.states("09:31") == [LimitState.MET, LimitState.OPEN]
    assert [one.asked for one in awaited(night.case)] == [clock("09:30")]


def test_an_opinion_that_nobody_asked_for_was_waited_for_by_nobody(county: Standards) -> None:
    night = Night(county).told("09:15")
    assert night.limits("09:40") == [] and rounds_of(night.case)[0].asked is None


def test_a_unit_of_the_officers_own_choice_is_waited_for_no_longer_than_the_others(county: Standards) -> None:
    night = Night(county).asked("09:10", "省化工专家组", ["会不会爆？"])
    assert [limit.due for limit in night.limits("09:10")] == [clock("09:25")]


def test_where_the_standards_say_no_minutes_none_run(county: Standards) -> None:
    night = Night(county, SPILL).asked("09:10", "生态环境", ["上下游流量怎样，能不能调水、拦蓄？"])
    assert night.limits("09:40") == []


def test_who_was_asked_is_waited_for_though_the_incident_turned_out_another_kind(county: Standards) -> None:
    night = Night(county).asked("09:10").add("要素", "09:15", note="", incident=SPILL.to_json())
    assert [limit.due for limit in night.limits("09:16")] == [clock("09:25")]


def test_what_was_held_open_by_the_consultation_alone_waits_for_the_officer(county: Standards) -> None:
    night = Night(county)
    assert night.case.verdict is not None and night.case.verdict.decision == Decision.UNSURE
    assert not night.waits()
    assert not night.asked("09:10").waits()
    assert night.told("09:15").waits()
    night.add("决定", "09:20", decision="不报", reason="已控制", verdict="待核")
    assert not night.waits()


def test_what_is_still_open_for_another_reason_is_not_the_officers_yet(county: Standards) -> None:
    unknown = incident(category="危险化学品事故", tags=("危险化学品", "泄漏"), deaths=(0, None))
    assert not Night(county, unknown).asked("09:10").told("09:15").waits()


@pytest.mark.parametrize("kind", ["结案", "决定"])
def test_what_ended_is_waited_for_no_more(county: Standards, kind: str) -> None:
    night = Night(county).asked("09:10").add(kind, "09:15", decision="不报", reason="已控制", missing=[])
    assert night.states("09:40") == [LimitState.WAIVED]

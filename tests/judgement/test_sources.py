"""多头报送 and 双主体: who owes a report by when, who is silent, whose figures stand against whose."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.factory import HAPPENED, clock, incident

from jinji_report.judgement.claims import heard_of
from jinji_report.judgement.classify import classify
from jinji_report.judgement.conduct import departures_of
from jinji_report.judgement.limits import Limit
from jinji_report.judgement.obligations import limits_of
from jinji_report.judgement.sources import (
    OWN,
    agreed_figures,
    angles_missing,
    conflicts,
    side_by_side,
    silent,
)
from jinji_report.model.case import Case
from jinji_report.model.entry import Entry, NewEntry
from jinji_report.model.facts import Facts, Source
from jinji_report.model.fold import fold_case, gather
from jinji_report.quantity import exactly
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import EntryKind, LimitState

A, B = "20260320-01", "20260320-02"
CALLED = clock("09:10")
FIRE, TOWN = "消防救援", "城关镇"


class Told:
    """The entries of one case, a line each."""

    def __init__(self, standards: Standards, number: str = A) -> None:
        self.standards = standards
        self.number = number
        self.entries: list[Entry] = []

    def put(self, kind: EntryKind, at: datetime, data: dict[str, Any]) -> "Told":
        new = NewEntry(case=self.number, kind=kind.value, at=at, recorded=at, by="王五", data=data)
        self.entries.append(new.placed(len(self.entries) + 1, ""))
        return self

    def facts(self, facts: Facts, at: datetime, *, correct: bool = False, known: Any = ()) -> "Told":
        kind = EntryKind.FACTS if self.entries else EntryKind.RECEIVED
        verdict = classify(facts, self.standards, at)
        self.put(kind, at, {"incident": facts.to_json()})
        told = {"verdict": verdict.to_json(), "correction": correct, "known": list(known)}
        return self.put(EntryKind.VERDICT, at, told)

    def unit(self, unit: str, at: datetime, angle: str = "", form: str = "电话", **counts: int) -> "Told":
        measures = {name: exactly(count, f"{count}人").to_json() for name, count in counts.items()}
        return self.put(
            EntryKind.UNIT_REPORT, at, {"unit": unit, "angle": angle, "form": form, "measures": measures}
        )

    def agree(self, at: datetime, sources: dict[str, str] | None = None, **counts: int) -> "Told":
        measures = {name: exactly(count, f"{count}人").to_json() for name, count in counts.items()}
        return self.put(
            EntryKind.AGREED, at, {"measures": measures, "sources": sources or {}, "reason": "核对"}
        )

    @property
    def case(self) -> Case:
        return fold_case(self.number, self.entries)


def fire(*, unit: str | None = None, **counts: Any) -> Facts:
    facts = incident(moments={"received": CALLED}, **counts)
    return facts if unit is None else facts.with_changes(source=Source(unit, None, None, None))


def owed(case: Case, standards: Standards, now: datetime, unit: str) -> Limit:
    (found,) = [
        limit
        for limit in limits_of(case, standards, now)
        if limit.id == "owner-report" and limit.owes == unit
    ]
    return found


def quiet(case: Case, standards: Standards, now: datetime) -> dict[str, int | None]:
    found = silent(case, standards, limits_of(case, standards, now), now)
    return {one.unit: one.minutes_late for one in found}


# ------------------------------------------------------------------ what each unit owes


@pytest.mark.parametrize(
    ("minutes", "state", "late"),
    [(29, LimitState.DUE_SOON, 0), (30, LimitState.DUE_SOON, 0), (31, LimitState.OVERDUE, 1)],
)
def test_a_unit_owes_its_report_within_thirty_minutes_of_the_incident(
    county: Standards, minutes: int, state: LimitState, late: int
) -> None:
    case = Told(county).facts(fire(deaths=3), CALLED).case
    now = HAPPENED + timedelta(minutes=minutes)
    assert owed(case, county, now, FIRE).state == state
    assert quiet(case, county, now) == {FIRE: late, TOWN: late}


@pytest.mark.parametrize(
    ("minutes", "state"),
    [(29, LimitState.MET), (30, LimitState.MET), (31, LimitState.MET_LATE)],
)
def test_what_a_unit_told_after_its_limit_was_told_late_for_good(
    county: Standards, minutes: int, state: LimitState
) -> None:
    told = Told(county).facts(fire(deaths=3), CALLED).unit(FIRE, HAPPENED + timedelta(minutes=minutes))
    for now in (clock("09:40"), clock("23:00")):
        assert owed(told.case, county, now, FIRE).state == state
        assert FIRE not in quiet(told.case, county, now)


def test_both_subjects_owe_and_one_does_not_answer_for_the_other(county: Standards) -> None:
    told = Told(county).facts(fire(deaths=3), CALLED).unit("县消防救援大队", clock("09:12"))
    assert owed(told.case, county, clock("10:00"), FIRE).state == LimitState.MET
    assert owed(told.case, county, clock("10:00"), TOWN).state == LimitState.OVERDUE
    assert quiet(told.case, county, clock("10:00")) == {TOWN: 30}


def test_the_call_itself_is_the_report_of_the_unit_that_called(county: Standards) -> None:
    case = Told(county).facts(fire(unit="城关镇政府值班室", deaths=3), CALLED).case
    limit = owed(case, county, clock("10:00"), TOWN)
    assert (limit.state, limit.met_at) == (LimitState.MET, CALLED)
    assert quiet(case, county, clock("10:00")) == {FIRE: 30}


def test_who_called_for_another_unit_has_reported_nothing_of_its_own(county: Standards) -> None:
    case = Told(county).facts(fire(unit="县人民医院", deaths=3), CALLED).case
    assert set(quiet(case, county, clock("10:00"))) == {FIRE, TOWN}


def test_an_incident_kept_for_reference_is_owed_by_nobody(county: Standards) -> None:
    case = Told(county).facts(fire(deaths=0, injured=0), CALLED).case
    assert case.verdict is not None
    assert case.verdict.decision == "备查"
    assert [one for one in limits_of(case, county, clock("12:00")) if one.id == "owner-report"] == []
    assert quiet(case, county, clock("12:00")) == {}


def test_closing_waives_what_was_not_due_and_keeps_what_was(county: Standards) -> None:
    for minute, state in (("09:30", LimitState.WAIVED), ("09:31", LimitState.OVERDUE)):
        told = Told(county).facts(fire(deaths=3), CALLED).put(EntryKind.CLOSED, clock(minute), {})
        assert owed(told.case, county, clock("12:00"), FIRE).state == state
    assert quiet(told.case, county, clock("12:00")) == {FIRE: 1, TOWN: 1}


def test_what_was_waived_by_closing_is_not_told_late_afterwards(county: Standards) -> None:
    told = Told(county).facts(fire(deaths=3), CALLED).put(EntryKind.CLOSED, clock("09:20"), {})
    told.unit(FIRE, clock("09:50"))
    assert owed(told.case, county, clock("12:00"), FIRE).state == LimitState.WAIVED
    assert told.case.contradictions == []


def test_news_that_makes_it_owed_gives_the_units_their_time_from_the_news(county: Standards) -> None:
    told = Told(county).facts(fire(deaths=0, injured=0), CALLED).facts(fire(deaths=3), clock("11:00"))
    assert owed(told.case, county, clock("11:05"), FIRE).due == clock("11:30")
    assert quiet(told.case, county, clock("11:30")) == {FIRE: 0, TOWN: 0}
    assert quiet(told.case, county, clock("11:31")) == {FIRE: 1, TOWN: 1}


def test_what_was_read_wrong_at_first_earns_the_units_no_later_clock(county: Standards) -> None:
    told = Told(county).facts(fire(deaths=0, injured=0), CALLED)
    told.facts(fire(deaths=3), clock("11:00"), correct=True)
    assert owed(told.case, county, clock("11:05"), FIRE).due == clock("09:30")


def test_a_township_that_is_named_later_owes_since_the_locality_did(county: Standards) -> None:
    unnamed = incident(moments={"received": CALLED}, place="国道旁", deaths=3)
    told = Told(county).facts(unnamed, CALLED)
    assert "属地党委政府" in quiet(told.case, county, clock("09:31"))
    told.facts(fire(deaths=3), clock("10:00"))
    assert quiet(told.case, county, clock("10:00")) == {FIRE: 30, TOWN: 30}


def test_who_called_about_a_merged_case_has_reported_this_one(county: Standards) -> None:
    one = Told(county).facts(fire(deaths=3), CALLED).put(EntryKind.MERGED, clock("09:40"), {"from": B}).case
    other = Told(county, B).facts(fire(unit="城关镇政府", deaths=2), clock("09:25"))
    other.put(EntryKind.MERGED, clock("09:40"), {"into": A})
    merged = other.case
    gather(one, {B: merged}.get)
    assert owed(one, county, clock("10:00"), TOWN).met_at == clock("09:25")
    assert quiet(one, county, clock("10:00")) == {FIRE: 30}
    assert quiet(merged, county, clock("10:00")) == {}


# ------------------------------------------------------------------ figures side by side


def test_figures_stand_side_by_side_and_nothing_is_summed(county: Standards) -> None:
    told = Told(county).facts(fire(deaths=2, injured=5), CALLED)
    told.unit("县卫健局", clock("09:20"), deaths=3).unit(FIRE, clock("09:25"), deaths=2)
    (row,) = side_by_side(told.case, county)
    assert [(one.unit, one.quantity.low, one.at) for one in row.figures] == [
        (OWN, 2, CALLED),
        ("县卫健局", 3, clock("09:20")),
        (FIRE, 2, clock("09:25")),
    ]
    assert row.conflict and row.open
    assert told.case.facts.measures["deaths"].low == 2


def test_a_unit_counts_by_its_newest_figure_under_whichever_of_its_names(county: Standards) -> None:
    told = Told(county).facts(fire(deaths=3), CALLED)
    told.unit("县消防救援大队", clock("09:20"), deaths=2).unit("消防救援", clock("09:30"), deaths=3)
    (row,) = side_by_side(told.case, county)
    assert [(one.unit, one.quantity.low) for one in row.figures] == [(OWN, 3), (FIRE, 3)]
    assert not row.conflict


@pytest.mark.parametrize(("count", "apart"), [(4, True), (5, False), (6, False)])
def test_figures_conflict_only_where_they_cannot_both_be_true(
    county: Standards, count: int, apart: bool
) -> None:
    told = Told(county).facts(fire(deaths=(5, None)), CALLED).unit(FIRE, clock("09:20"), deaths=count)
    assert [row.conflict for row in side_by_side(told.case, county)] == [apart]


def test_figures_of_a_merged_case_are_those_of_who_called_about_it(county: Standards) -> None:
    one = Told(county).facts(fire(deaths=3), CALLED).put(EntryKind.MERGED, clock("09:40"), {"from": B}).case
    other = Told(county, B).facts(fire(unit="城关镇政府", deaths=2), clock("09:25"))
    gather(one, {B: other.put(EntryKind.MERGED, clock("09:40"), {"into": A}).case}.get)
    (row,) = conflicts(one, county)
    assert [(figure.unit, figure.quantity.low) for figure in row.figures] == [
        (OWN, 3),
        (f"城关镇政府（{B}）", 2),
    ]


# ------------------------------------------------------------------ angles


def test_an_angle_is_missing_until_its_unit_tells_it(county: Standards) -> None:
    told = Told(county).facts(fire(deaths=3), CALLED)
    assert [one["unit"] for one in angles_missing(told.case, county)] == [FIRE, TOWN]
    told.unit(FIRE, clock("09:20"), angle="现场秩序")
    assert angles_missing(told.case, county)[0] == {"unit": FIRE, "angle": "火因和扑救"}
    told.unit("县应急局", clock("09:21"), angle="火因和扑救")
    assert [one["unit"] for one in angles_missing(told.case, county)] == [TOWN]


def test_whoever_called_has_told_his_angle(county: Standards) -> None:
    case = Told(county).facts(fire(unit="城关镇", deaths=3), CALLED).case
    assert [one["unit"] for one in angles_missing(case, county)] == [FIRE]
    assert heard_of(case, county) == {TOWN: [(CALLED, None)]}


# ------------------------------------------------------------------ 统一口径


def test_a_conflict_is_open_until_it_is_agreed_and_again_once_somebody_departs(county: Standards) -> None:
    told = Told(county).facts(fire(deaths=2), CALLED).unit(FIRE, clock("09:20"), deaths=3)
    assert [row.measure for row in conflicts(told.case, county)] == ["deaths"]
    told.agree(clock("09:30"), {"deaths": OWN}, deaths=2)
    (row,) = side_by_side(told.case, county)
    assert row.conflict and not row.open
    told.unit("县卫健局", clock("09:40"), deaths=2)
    assert conflicts(told.case, county) == []
    told.unit("县卫健局", clock("09:45"), deaths=4)
    assert [row.measure for row in conflicts(told.case, county)] == ["deaths"]


def test_each_measure_holds_as_it_was_agreed_last(county: Standards) -> None:
    told = Told(county).facts(fire(deaths=2, injured=3), CALLED)
    told.agree(clock("09:30"), deaths=2, injured=3).agree(clock("09:40"), {"deaths": FIRE}, deaths=4)
    agreed = agreed_figures(told.case)
    assert (agreed["deaths"].quantity.low, agreed["deaths"].unit) == (4, FIRE)
    assert (agreed["injured"].quantity.low, agreed["injured"].at) == (3, clock("09:30"))


def off(case: Case, standards: Standards, now: datetime) -> list[tuple[str, datetime, int]]:
    return [(d.text, d.since, d.minutes) for d in departures_of(case, standards, now) if d.rule == "agreed"]


def test_a_follow_up_that_departs_from_the_agreed_figure_is_shown_from_its_own_minute(
    county: Standards,
) -> None:
    told = Told(county).facts(fire(deaths=2), CALLED).agree(clock("09:30"), deaths=2)
    assert off(told.case, county, clock("10:00")) == []
    told.facts(fire(deaths=3), clock("09:50")).facts(fire(deaths=4), clock("09:55"))
    assert off(told.case, county, clock("10:00")) == [
        ("死亡与3月20日 09:30的统一口径不一致，已10分钟", clock("09:50"), 10)
    ]
    told.agree(clock("10:05"), deaths=4)
    assert off(told.case, county, clock("10:10")) == []
    told.facts(fire(deaths=5), clock("10:20")).facts(fire(deaths=4), clock("10:30"))
    assert off(told.case, county, clock("10:40")) == []
    told.facts(fire(deaths=6), clock("10:50"))
    assert [(since, minutes) for _, since, minutes in off(told.case, county, clock("10:55"))] == [
        (clock("10:50"), 5)
    ]


def test_an_office_that_an_agreed_figure_brings_in_has_its_clock_from_when_the_desk_knew(
    county: Standards,
) -> None:
    told = Told(county).facts(fire(deaths=0, injured=0), CALLED)
    before = (
        {(demand.tier, demand.line) for demand in told.case.verdict.report_to} if told.case.verdict else set()
    )
    known = [{"tier": "市", "line": "党委", "at": "2026-03-20T09:20:00+08:00"}]
    told.facts(fire(deaths=3), clock("10:00"), known=known)
    assert ("市", "党委") not in before
    assert told.case.demanded["市", "党委"] == clock("09:20")
    assert told.case.demanded["市", "政府"] == clock("10:00")
    assert told.case.contradictions == []

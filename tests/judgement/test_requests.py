"""Requests from above: from the minute of the request, by each row for its kind, until it is answered in that form."""

from datetime import datetime, timedelta

import pytest
from tests.factory import clock
from tests.model.entries import entry, judged, received, sent
from tests.standards.pack import row, small, written

from jinji_report.judgement.claims import open_requests
from jinji_report.judgement.limits import Limit
from jinji_report.judgement.obligations import limits_of
from jinji_report.model.backflow import backflows_of
from jinji_report.model.case import Case
from jinji_report.model.entry import Entry
from jinji_report.model.fold import fold_case
from jinji_report.standards.load import load
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import EntryKind, LimitState

COUNTY = load("county")  # 核报 20 and 40 minutes, 批示 12 hours, 抽查 10 minutes
CITY = {"tier": "市", "line": "党委", "office": "市委办公室"}
GOVERNMENT = {"tier": "市", "line": "政府", "office": "市政府办公室"}
ASKED = "09:30"
NUMBER = "20260320-01"
OPEN, DUE_SOON, OVERDUE, MET, MET_LATE, WAIVED = LimitState


def request(
    kind: str = "核报",
    at: str = ASKED,
    of: dict[str, str] = CITY,
    id: str = "q1",
    case: str = NUMBER,
    **more: str,
) -> Entry:
    told = {"request": kind, "from": of, "text": "请核实"} | more
    return entry(EntryKind.REQUEST, told, at, case, id=id)


def answer(step: str = "答复", at: str = "09:40", form: str | None = "电话", id: str = "q1") -> Entry:
    return entry(EntryKind.ANSWER, {"request": id, "step": step, "form": form}, at, id=f"a{at}{step}{form}")


def case(*entries: Entry) -> Case:
    return fold_case(NUMBER, [received(), judged(CITY | {"decision": "应报"}), *entries])


def asked(case: Case, now: datetime | str, standards: Standards = COUNTY) -> dict[str, Limit]:
    """The limits that requests bring, by label."""
    at = clock(now) if isinstance(now, str) else now
    return {one.label: one for one in limits_of(case, standards, at) if "request" in one.duty.before}


def names(case: Case, now: str) -> list[str]:
    return [one.name for one in open_requests(case, COUNTY, clock(now))]


@pytest.mark.parametrize(
    ("form", "minutes", "label"), [("电话", 20, "核报·电话 Q1"), ("书面", 40, "核报·书面 Q1")]
)
@pytest.mark.parametrize(("late", "state"), [(-1, MET), (0, MET), (1, MET_LATE)])
def test_an_answer_in_its_minute_is_in_time_and_one_minute_later_is_late(
    form: str, minutes: int, label: str, late: int, state: LimitState
) -> None:
    at = (clock(ASKED) + timedelta(minutes=minutes + late)).strftime("%H:%M")
    limit = asked(case(request(), answer(at=at, form=form)), "10:30")[label]
    assert limit.due - limit.starts == timedelta(minutes=minutes)
    assert (limit.state, limit.met_at) == (state, clock(at))


@pytest.mark.parametrize(
    ("minutes", "state"), [(14, OPEN), (15, DUE_SOON), (19, DUE_SOON), (20, DUE_SOON), (21, OVERDUE)]
)
def test_an_answer_that_is_owed_grows_due_and_overdue_by_the_minute(minutes: int, state: LimitState) -> None:
    now = clock(ASKED) + timedelta(minutes=minutes)
    phone = asked(case(request()), now)["核报·电话 Q1"]
    assert COUNTY.due_soon == 5
    assert (phone.state, phone.minutes_left) == (state, 20 - minutes)


def test_an_answer_by_phone_does_not_stop_the_written_one_nor_the_other_way_round() -> None:
    told = case(request(), answer(at="09:40"))
    by = asked(told, "10:11")
    assert (by["核报·电话 Q1"].state, by["核报·书面 Q1"].state) == (MET, OVERDUE)
    wrote = asked(case(request(), answer(at="09:40", form="书面")), "10:11")
    assert (wrote["核报·电话 Q1"].state, wrote["核报·书面 Q1"].state) == (OVERDUE, MET)


def test_a_message_stands_for_a_call_and_never_for_paper() -> None:
    by = asked(case(request(), answer(form="信息")), "09:50")
    assert (by["核报·电话 Q1"].state, by["核报·书面 Q1"].state) == (MET, OPEN)


@pytest.mark.parametrize("step", ["复述", "转办", "落实"])
def test_a_step_on_the_way_answers_nothing(step: str) -> None:
    by = asked(case(request(), answer(step, form="电话")), "09:45")
    assert by["核报·电话 Q1"].met_at is None


def test_an_answer_from_before_the_request_does_not_meet_it() -> None:
    told = case(request(), answer(at="09:29"))
    assert asked(told, "09:45")["核报·电话 Q1"].met_at is None
    assert [one.text for one in told.contradictions] == ["办理的时间早于要求"]


def test_an_answer_to_one_request_leaves_the_other_as_it_is() -> None:
    told = case(request(), request(at="09:35", id="q2"), answer(id="q2"))
    by = asked(told, "09:45")
    assert (by["核报·电话 Q1"].met_at, by["核报·电话 Q2"].met_at) == (None, clock("09:40"))
    assert (by["核报·电话 Q1"].due, by["核报·电话 Q2"].due) == (clock("09:50"), clock("09:55"))
    assert [one.to_json()["request"] for one in by.values()] == ["Q1", "Q2", "Q1", "Q2"]


def test_a_name_that_the_entry_has_stays_when_an_earlier_request_is_taken_back() -> None:
    undone = entry(EntryKind.UNDONE, {"voids": ["q1"]}, "09:41", id="u")
    told = case(request(name="Q1"), request(at="09:35", id="q2", name="Q2"), undone)
    assert list(asked(told, "09:45")) == ["核报·电话 Q2", "核报·书面 Q2"]


# —— 批示 ——


@pytest.mark.parametrize(
    ("now", "state"), [("11:44", OPEN), ("11:45", DUE_SOON), ("11:50", DUE_SOON), ("11:51", OVERDUE)]
)
def test_an_instruction_at_ten_to_midnight_is_due_twelve_hours_later_on_the_next_day(
    now: str, state: LimitState
) -> None:
    told = case(request("批示", at="23:50"))
    feedback = asked(told, clock(now, "2026-03-21"))["批示反馈 Q1"]
    assert feedback.due == clock("11:50", "2026-03-21")
    assert feedback.state == state


@pytest.mark.parametrize("step", ["转办", "落实", "答复"])
def test_an_instruction_is_met_by_what_is_fed_back_and_not_by_passing_it_on(step: str) -> None:
    told = case(request("批示"), answer(step))
    assert asked(told, "10:00")["批示反馈 Q1"].met_at is None
    fed_back = case(request("批示"), answer(step), answer("反馈", "09:50", "信息"))
    assert asked(fed_back, "10:00")["批示反馈 Q1"].met_at == clock("09:50")


def test_an_instruction_is_tracked_until_it_is_done_with_though_its_limit_is_met() -> None:
    fed_back = request("批示"), answer("反馈", "09:50", "书面")
    assert names(case(*fed_back), "10:00") == ["Q1"]
    assert names(case(*fed_back, answer("办结", "09:55", None)), "10:00") == []


def test_a_request_is_done_with_once_it_is_answered_in_every_form() -> None:
    assert names(case(request()), "10:00") == ["Q1"]
    assert names(case(request(), answer()), "10:00") == ["Q1"]
    assert names(case(request(), answer(), answer(form="书面")), "10:00") == []
    assert names(case(request("抽查"), answer()), "10:00") == []


def test_a_request_that_was_ended_unanswered_is_waived_and_one_that_was_late_by_then_stays_missed() -> None:
    by = asked(case(request(), answer("办结", "09:55", None)), "11:00")
    phone, paper = by["核报·电话 Q1"], by["核报·书面 Q1"]
    assert (phone.state, phone.missed, phone.running) == (OVERDUE, True, False)
    assert (paper.state, paper.missed, paper.met_at) == (WAIVED, False, None)


# —— whose request, and of which case ——


def test_a_row_that_names_its_offices_holds_for_no_other(tmp_path) -> None:
    limit = row(
        "limit",
        "ask",
        'text = "核报"',
        'to = [{ tier = "市", line = "政府" }]',
        'form = "电话"',
        'starts = "requested"',
        'request = "核报"',
        "within = 15",
    )
    standards = load(str(written(tmp_path, "small", small(limit, top=("due_soon = 5",)))))
    assert asked(case(request(of=CITY)), "09:40", standards) == {}
    (found,) = asked(case(request(of=GOVERNMENT)), "09:40", standards).values()
    assert (found.due, found.office, found.ours) == (clock("09:45"), "市政府办公室", True)


def test_a_closed_case_still_owes_the_answer() -> None:
    told = case(request(), entry(EntryKind.CLOSED, {"missing": []}, "09:35", id="c"))
    by = asked(told, "09:45")
    assert by["核报·电话 Q1"].running and by["核报·书面 Q1"].running
    assert names(told, "09:45") == ["Q1"]


def test_a_request_about_a_closed_case_is_no_contradiction() -> None:
    told = case(entry(EntryKind.CLOSED, {"missing": []}, "09:20", id="c"), request(), answer())
    assert told.contradictions == []
    assert asked(told, "09:45")["核报·书面 Q1"].running


def test_a_lead_owes_the_answer_and_nothing_else() -> None:
    rumour = {"note": "网传起火", "channel": "市委办公室核报", "incident": {}}
    lead = entry(EntryKind.LEAD, rumour, "09:30", id="l")
    told = fold_case(NUMBER, [lead, request()])
    assert [one.label for one in limits_of(told, COUNTY, clock("09:40"))] == ["核报·电话 Q1", "核报·书面 Q1"]
    assert limits_of(fold_case(NUMBER, [lead]), COUNTY, clock("09:40")) == ()


def test_what_is_asked_of_a_merged_case_is_owed_by_the_other_and_named_after_its_own() -> None:
    other = fold_case("20260320-02", [received(case="20260320-02"), request(case="20260320-02")])
    into = case(request(id="own"))
    into.chain.absorb(other.chain, other.number)
    assert [one.name for one in into.chain.requests] == ["Q1", "20260320-02:Q1"]


def test_a_spot_check_shows_nobody_to_have_known_of_an_incident_first() -> None:
    assert backflows_of(case(request("抽查"))) == []
    (knew,) = backflows_of(case(request("核报")))
    assert knew.at == clock(ASKED)
    assert backflows_of(case(sent(at="09:15"), request("核报"))) == []

"""Limits: from which moment each clock runs, by when it is due, and how it stands now (design §1.5)."""

import json
from datetime import timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.factory import HAPPENED, NOW, clock, incident
from tests.standards.pack import row, small, written

from jinji_report.judgement.classify import classify
from jinji_report.judgement.limits import (
    Ack,
    Demand,
    Sent,
    casualty_window_end,
    demands,
    first_limits,
    limits,
    limits_text,
)
from jinji_report.model.verdict import OfficeDecision
from jinji_report.standards.load import load
from jinji_report.standards.rows import Address
from jinji_report.vocabulary import Basis, Decision, Form, LimitState, Line, Stage, Tier

CITY, CITY_GOVERNMENT = Address(Tier.CITY, Line.PARTY), Address(Tier.CITY, Line.GOVERNMENT)
PROVINCE, CENTRE = Address(Tier.PROVINCE, Line.PARTY), Address(Tier.CENTRE, Line.PARTY)
COUNTY = load("county")
OPEN, DUE_SOON, OVERDUE, MET, MET_LATE, WAIVED = LimitState
MINUTE = timedelta(minutes=1)


def demand(to, since=None, decision=Decision.REPORT):
    return Demand(OfficeDecision(to.tier, to.line, f"{to.tier}{to.line}", decision), since)


def phoned(at, to=CITY, stage=Stage.FIRST, form=Form.PHONE):
    return Sent(to, form, at, stage=stage)


def wrote(at, to=CITY, stage=Stage.FIRST):
    return phoned(at, to, stage, Form.WRITTEN)


def found(now=NOW, *, facts=None, wanted=(CITY,), standards=COUNTY, **more):
    """The limits by (id, tier, line)."""
    offices = [to if isinstance(to, Demand) else demand(to) for to in wanted]
    rows = limits(facts or incident(), offices, standards, now, **more)
    return {(row.id, row.to.tier, row.to.line): row for row in rows}


def limit(id, now=NOW, *, to=CITY, **more):
    return found(now, wanted=more.pop("wanted", (to,)), **more)[id, to.tier, to.line]


def pack(folder, *rows, top=("due_soon = 5",)):
    return load(str(written(folder, "small", small(*rows, top=top))))


# —— the hops ——


@pytest.mark.parametrize(
    ("to", "due", "owes", "ours"),
    [
        (CITY, "09:25", "示范县委办公室", True),
        (CITY_GOVERNMENT, "09:25", "示范县委办公室", True),
        (PROVINCE, "09:40", "市委办公室", False),
        (CENTRE, "10:00", "省委办公厅", False),
    ],
)
def test_an_hour_to_the_centre_is_shared_out_over_the_hops(to, due, owes, ours):
    phone = limit("first-phone", to=to)
    assert (phone.due, phone.owes, phone.ours) == (clock(due), owes, ours)
    assert (phone.starts, phone.starts_from) == (HAPPENED, "occurred")


@pytest.mark.parametrize(
    ("now", "state", "left"),
    [
        ("09:19:59", OPEN, 5),
        ("09:20", DUE_SOON, 5),
        ("09:20:01", DUE_SOON, 4),
        ("09:24:59", DUE_SOON, 0),
        ("09:25", DUE_SOON, 0),
        ("09:25:01", OVERDUE, -1),
        ("09:26", OVERDUE, -1),
        ("09:26:30", OVERDUE, -2),
    ],
)
def test_a_limit_is_kept_up_to_and_including_its_minute(now, state, left):
    phone = limit("first-phone", clock(now))
    assert (phone.state, phone.minutes_left) == (state, left)


@pytest.mark.parametrize(
    ("at", "state"), [("09:05", MET), ("09:25", MET), ("09:25:01", MET_LATE), ("09:26", MET_LATE)]
)
def test_a_report_on_the_very_minute_is_in_time_and_one_after_it_is_late(at, state):
    phone = limit("first-phone", clock("11:00"), sent=[phoned(clock(at))])
    assert (phone.state, phone.met_at) == (state, clock(at))
    assert not phone.running


def test_the_first_of_several_reports_is_the_one_that_counts():
    phone = limit("first-phone", sent=[phoned(clock("09:28")), phoned(clock("09:10"))])
    assert (phone.state, phone.met_at) == (MET, clock("09:10"))


def test_a_report_to_one_office_meets_no_limit_of_another():
    rows = found(sent=[phoned(clock("09:10"))], wanted=(CITY, CITY_GOVERNMENT))
    assert rows["first-phone", "市", "党委"].state == MET
    assert rows["first-phone", "市", "政府"].running


def test_a_message_meets_the_phone_limit_and_a_letter_does_not():
    assert limit("first-phone", sent=[phoned(clock("09:10"), form=Form.MESSAGE)]).state == MET
    assert limit("first-phone", sent=[wrote(clock("09:10"))]).state == OVERDUE


def test_what_this_desk_sends_does_not_meet_what_another_owes():
    assert limit("first-phone", to=PROVINCE, sent=[phoned(clock("09:10"), PROVINCE)]).running


# —— which moment starts the clock ——


def test_the_clock_runs_from_the_occurrence_and_not_from_the_call():
    facts = incident(moments={"received": clock("09:20"), "alarm": clock("09:03")})
    phone = limit("first-phone", facts=facts)
    assert (phone.starts, phone.starts_from, phone.stands_in) == (HAPPENED, "occurred", False)


def test_an_alarm_that_stands_for_the_occurrence_is_called_an_alarm():
    phone = limit("first-phone", facts=incident(occurred=clock("09:03"), basis=Basis.ALARM))
    assert (phone.due, phone.starts_from, phone.stands_in) == (clock("09:28"), "alarm", True)


@pytest.mark.parametrize(
    ("moments", "start", "name"),
    [
        ({"received": "09:20"}, "09:20", "received"),
        ({"received": "09:20", "alarm": "09:03"}, "09:03", "alarm"),
        ({"received": "09:20", "discovered": "09:10"}, "09:10", "discovered"),
        ({"received": "09:05", "alarm": "09:10"}, "09:05", "received"),
    ],
)
def test_an_unknown_occurrence_lets_the_clock_run_from_the_earliest_moment_known(moments, start, name):
    facts = incident(occurred=None, moments={key: clock(at) for key, at in moments.items()})
    phone = limit("first-phone", facts=facts)
    assert (phone.starts, phone.starts_from) == (clock(start), name)
    assert phone.due == clock(start) + 25 * MINUTE
    assert phone.stands_in


def test_a_clock_that_wants_the_call_runs_from_the_call():
    facts = incident(category="矿山事故", deaths=1, moments={"received": clock("09:12")})
    step = found(facts=facts)["law.493.step", "市", "行业"]
    assert (step.starts, step.starts_from, step.due) == (clock("09:12"), "received", clock("11:12"))
    assert (step.owes, step.ours) == ("县行业主管部门", False)


def test_an_unknown_discovery_is_stood_in_for_by_the_occurrence():
    unit = found(facts=incident(category="矿山事故", deaths=1))["law.493.unit", "县", "行业"]
    assert (unit.starts_from, unit.stands_in, unit.due) == ("occurred", True, clock("10:00"))


def test_a_limit_of_another_unit_runs_only_where_the_incident_must_be_reported():
    facts = incident(category="矿山事故", deaths=0, injured=0)
    unsure = demand(CITY, decision=Decision.UNSURE)
    assert ("law.493.unit", "县", "行业") not in found(facts=facts, wanted=(unsure,))
    assert found(facts=facts, wanted=()) == {}


def test_an_incident_of_unknown_time_keeps_its_limits_after_midnight(tmp_path):
    """Limits and verdict go by the same day: the one of the earliest moment known."""
    first = (
        'text = "首报"',
        'form = "电话"',
        'starts = "received"',
        "within = 60",
        "effective_to = 2026-03-20",
    )
    standards = pack(tmp_path, row("limit", "l.first", *first))
    facts = incident(occurred=None, moments={"received": clock("23:50")})
    before = found(clock("23:55"), facts=facts, standards=standards)
    after = found(clock("00:10", "2026-03-21"), facts=facts, standards=standards)
    assert set(before) == set(after) == {("l.first", "市", "党委")}


@pytest.mark.parametrize(
    ("occurred", "due", "day"),
    [("07:59", "08:00", 20), ("08:00", "17:00", 20), ("17:00", "08:00", 21), ("20:30", "08:00", 21)],
)
def test_a_report_at_fixed_times_is_due_at_the_next_of_them(tmp_path, occurred, due, day):
    daily = ('text = "日报"', 'form = "书面"', 'starts = "occurred"', 'daily = ["08:00", "17:00"]')
    standards = pack(tmp_path, row("limit", "l.daily", *daily))
    rows = found(clock("21:00"), facts=incident(occurred=clock(occurred)), standards=standards)
    assert rows["l.daily", "市", "党委"].due == clock(due, f"2026-03-{day}")


LETTER = ('text = "书面"', 'form = "书面"', "within = 30")


def test_a_clock_that_runs_from_the_receipt_above_does_not_run_before_it(tmp_path):
    standards = pack(tmp_path, row("limit", "l.letter", *LETTER, 'starts = "acked"'))
    assert found(clock("21:00"), standards=standards) == {}
    sent = [phoned(clock("09:05"))]
    assert found(clock("21:00"), standards=standards, sent=sent) == {}


@pytest.mark.parametrize(("acks", "due"), [(["09:07"], "09:37"), (["09:12", "09:07"], "09:37")])
def test_a_clock_that_runs_from_the_receipt_above_starts_with_the_first_of_them(tmp_path, acks, due):
    standards = pack(tmp_path, row("limit", "l.letter", *LETTER, 'starts = "acked"'))
    sent = [phoned(clock("09:05"))]
    acked = [Ack(sent[0].to, Form.PHONE, clock(at)) for at in acks]
    (only,) = found(clock("09:20"), standards=standards, sent=sent, acks=acked).values()
    assert (only.starts_from, only.due, only.stands_in) == ("acked", clock(due), False)


def test_the_final_report_is_due_from_the_end_of_the_response_and_not_before_anybody_told_that(tmp_path):
    standards = pack(tmp_path, row("limit", "l.final", *LETTER, 'starts = "ended"'))
    assert found(clock("21:00"), standards=standards) == {}
    facts = incident()
    facts = facts.with_changes(moments=facts.moments | {"ended": clock("18:00")})
    (only,) = found(clock("18:10"), facts=facts, standards=standards).values()
    assert (only.starts_from, only.due) == ("ended", clock("18:30"))


# —— in writing, after the phone ——


def test_the_letter_is_due_at_the_end_of_the_hop_at_the_latest():
    assert limit("first-written").due == clock("09:25")
    assert limit("first-written", sent=[phoned(clock("09:05"))]).due == clock("09:25")


@pytest.mark.parametrize(
    ("phone", "due", "start"),
    [
        (None, "11:30", "occurred"),
        ("09:05", "09:35", "sent"),
        ("10:59", "11:29", "sent"),
        ("11:01", "11:30", "sent"),
        ("11:40", "11:30", "sent"),
    ],
)
def test_the_letter_is_due_thirty_minutes_after_the_call_and_never_past_the_hop(tmp_path, phone, due, start):
    standards = pack(
        tmp_path,
        row("hop", "h.township", 'tier = "乡镇"', "minutes = 30"),
        row("hop", "h.county", 'tier = "县"', "minutes = 120"),
        row("limit", "first", 'text = "电话"', 'form = "电话"', 'starts = "occurred"', "until_hop = true"),
        row(
            "limit",
            "letter",
            'text = "书面"',
            'form = "书面"',
            'starts = "occurred"',
            "within = 30",
            "until_hop = true",
            'after = "first"',
        ),
    )
    sent = [phoned(clock(phone))] if phone else []
    letter = limit("letter", standards=standards, sent=sent)
    assert (letter.due, letter.starts_from) == (clock(due), start)


def test_a_letter_meets_its_own_limit():
    assert limit("first-written", sent=[phoned(clock("09:05")), wrote(clock("09:20"))]).state == MET


# —— receipts ——


def test_a_call_waits_for_its_receipt():
    assert limit("first-phone").receipt is None
    assert limit("first-phone", sent=[phoned(clock("09:10"))]).receipt == "waiting"
    assert limit("first-written", sent=[wrote(clock("09:10"))]).receipt is None


@pytest.mark.parametrize(
    ("form", "at", "to", "receipt"),
    [
        (Form.PHONE, "09:10", CITY, "confirmed"),
        (None, "09:12", CITY, "confirmed"),
        (Form.WRITTEN, "09:12", CITY, "waiting"),
        (Form.PHONE, "09:09", CITY, "waiting"),
        (Form.PHONE, "09:12", CITY_GOVERNMENT, "waiting"),
    ],
)
def test_a_receipt_confirms_what_had_been_sent_to_that_office_in_that_form(form, at, to, receipt):
    phone = limit("first-phone", sent=[phoned(clock("09:10"))], acks=[Ack(to, form, clock(at))])
    assert phone.receipt == receipt
    assert phone.state == MET


# —— follow-ups ——


def followup(now="11:00", **more):
    return found(clock(now), **more).get(("followup", "市", "党委"))


def test_no_follow_up_is_due_before_anything_was_sent():
    assert followup() is None


def test_the_next_follow_up_is_due_two_hours_after_the_last_report():
    assert followup(sent=[phoned(clock("09:20"))]).due == clock("11:20")
    assert followup(sent=[phoned(clock("09:20")), wrote(clock("10:05"))]).due == clock("12:05")


@pytest.mark.parametrize(
    ("now", "state"), [("11:14", OPEN), ("11:15", DUE_SOON), ("11:20", DUE_SOON), ("11:21", OVERDUE)]
)
def test_a_follow_up_counts_down_like_any_limit(now, state):
    assert followup(now, sent=[phoned(clock("09:20"))]).state == state


def test_a_follow_up_that_was_sent_starts_the_next_one():
    late = followup("11:30", sent=[phoned(clock("09:20")), phoned(clock("11:25"), stage=Stage.FOLLOW_UP)])
    assert (late.state, late.due) == (OPEN, clock("13:25"))


def test_after_the_final_report_no_follow_up_is_due():
    sent = [phoned(clock("09:20")), wrote(clock("10:30"), stage=Stage.FINAL)]
    assert followup(sent=sent) is None
    other = [phoned(clock("09:20")), wrote(clock("10:30"), CITY_GOVERNMENT, Stage.FINAL)]
    assert followup(sent=other, wanted=(CITY, CITY_GOVERNMENT)) is not None


# —— the end, and later news ——


def test_what_was_not_due_when_the_case_ended_is_waived_and_what_was_stays_in_the_record():
    rows = found(clock("11:00"), sent=[phoned(clock("09:10"))], ended=clock("10:00"))
    assert rows["first-phone", "市", "党委"].state == MET
    assert rows["followup", "市", "党委"].state == WAIVED
    written = rows["first-written", "市", "党委"]  # due at 09:25, and never sent
    assert (written.state, written.missed, written.running) == (OVERDUE, True, False)


@pytest.mark.parametrize(("ended", "state"), [("09:24", WAIVED), ("09:25", WAIVED), ("09:26", OVERDUE)])
def test_a_limit_is_missed_if_the_case_ended_after_its_minute(ended, state):
    assert limit("first-phone", clock("12:00"), ended=clock(ended)).state == state


def test_a_step_of_the_cadence_that_came_late_stays_in_the_record():
    sent = [phoned(clock("09:10")), phoned(clock("11:09")), phoned(clock("13:10"))]
    rows = [
        row
        for row in limits(incident(), [demand(CITY)], COUNTY, clock("13:11"), sent=sent)
        if row.id == "followup"
    ]
    late = [(row.due, row.met_at) for row in rows if row.state == LimitState.MET_LATE]
    assert late == [(clock("13:09"), clock("13:10"))]
    assert [row.due for row in rows if row.running] == [clock("15:10")]


def test_a_case_that_was_opened_again_starts_its_cadence_anew():
    sent = [phoned(clock("09:10"))]
    rows = limits(incident(), [demand(CITY)], COUNTY, clock("15:01"), sent=sent, resumed=clock("15:00"))
    assert [row.due for row in rows if row.id == "followup"] == [clock("17:00")]


@pytest.mark.parametrize(("to", "due"), [(CITY, "12:15"), (PROVINCE, "12:30"), (CENTRE, "12:50")])
def test_an_office_that_later_news_brought_in_has_its_clock_from_the_news(to, due):
    phone = limit("first-phone", clock("12:00"), to=to, wanted=(demand(to, clock("12:00")),))
    assert (phone.due, phone.starts, phone.starts_from) == (clock(due), clock("12:00"), "received")


def test_later_news_leaves_the_clocks_of_the_first_offices_alone():
    rows = found(clock("12:00"), wanted=(CITY, demand(PROVINCE, clock("12:00"))))
    assert rows["first-phone", "市", "党委"].due == clock("09:25")


def test_limits_come_in_the_order_in_which_they_are_due():
    rows = limits(incident(), [demand(CENTRE), demand(PROVINCE), demand(CITY)], COUNTY, NOW)
    assert [row.due for row in rows] == sorted(row.due for row in rows)


def test_a_limit_with_a_condition_runs_only_where_it_surely_holds():
    def has_it(deaths):
        rows = found(facts=incident(category="矿山事故", deaths=deaths, injured=0), wanted=(PROVINCE,))
        return ("law.21.larger", "省", "行业") in rows

    assert [has_it(2), has_it((2, 3)), has_it(3)] == [False, False, True]


def test_ningxia_gives_two_hours_from_the_occurrence():
    (first,) = [row for row in limits(incident(), [demand(PROVINCE)], load("ningxia"), NOW) if row.ours]
    assert (first.id, first.due, first.owes) == ("ningxia.first", clock("11:00"), "市委办公室")


def test_a_verdict_that_reports_nothing_demands_nothing():
    verdict = classify(incident(deaths=0, injured=0), COUNTY, NOW)
    assert limits(incident(), demands(verdict), COUNTY, NOW) == ()


def test_json_says_what_is_owed_to_whom_by_when():
    data = limit("first-phone", clock("09:13")).to_json()
    wanted = {
        "id": "first-phone",
        "owes": "示范县委办公室",
        "to": {"tier": "市", "line": "党委", "office": "市党委"},
        "form": "电话",
        "starts": "2026-03-20T09:00:00+08:00",
        "from": "occurred",
        "due": "2026-03-20T09:25:00+08:00",
        "state": "open",
        "minutes_left": 12,
    }
    assert {key: data[key] for key in wanted} == wanted


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"sent": [phoned(clock("09:10"))]},
        {"sent": [phoned(clock("09:10"))], "acks": [Ack(CITY, None, clock("09:12"))]},
        {"ended": clock("09:20")},
        {"ended": clock("09:40")},
    ],
    ids=["running", "met", "confirmed", "waived", "missed"],
)
def test_the_text_of_a_limit_is_its_json(more):
    for one in limits(incident(), [demand(CITY), demand(PROVINCE)], COUNTY, clock("09:30"), **more):
        assert one.to_text() == json.dumps(one.to_json(), ensure_ascii=False)


def test_what_was_sent_to_one_office_leaves_the_clock_of_another_that_shares_it():
    rows = found(sent=[phoned(clock("09:10"))], wanted=(CITY, CITY_GOVERNMENT))
    assert [rows["first-written", "市", line].starts for line in ("党委", "政府")] == [
        clock("09:10"),
        clock("09:25"),
    ]


# —— the casualty window ——


@pytest.mark.parametrize(
    ("category", "days"), [("火灾", 7), ("道路交通事故", 7), ("矿山事故", 30), ("地震灾害", None)]
)
def test_casualties_change_the_grade_within_their_window(category, days):
    end = casualty_window_end(category, HAPPENED, COUNTY)
    assert end == (None if days is None else HAPPENED + timedelta(days=days))


def test_an_unknown_occurrence_has_no_casualty_window():
    assert casualty_window_end("火灾", None, COUNTY) is None


# —— laws ——

OFFICES = (CITY, CITY_GOVERNMENT, PROVINCE, CENTRE)
offsets = st.integers(0, 600)
moments = st.fixed_dictionaries({}, optional={name: offsets for name in ("received", "alarm", "discovered")})
sendings = st.lists(
    st.tuples(st.sampled_from(OFFICES), st.sampled_from(Form), offsets, st.sampled_from(Stage)), max_size=5
)
wants = st.lists(
    st.tuples(st.sampled_from(OFFICES), st.one_of(st.none(), offsets)), max_size=4, unique_by=lambda w: w[0]
)
categories = st.sampled_from(["火灾", "矿山事故", "危险化学品事故", "食物中毒", "洪涝灾害", "群体性事件"])


def at(minutes):
    return clock("00:00") + minutes * MINUTE


def played(now, occurred, category, moments, sent, wanted, ended=None):
    facts = incident(
        category=category,
        deaths=3,
        occurred=None if occurred is None else at(occurred),
        moments={name: at(minutes) for name, minutes in moments.items()},
    )
    reports = [Sent(to, form, at(minutes), stage=stage) for to, form, minutes, stage in sent]
    offices = [demand(to, None if since is None else at(since)) for to, since in wanted]
    rows = limits(facts, offices, COUNTY, now, sent=reports, ended=ended)
    return {(row.id, row.to.tier, row.to.line): row for row in rows}


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([load(name) for name in ("county", "henan", "panshan", "yixing")]),
    st.one_of(st.none(), offsets),
    st.sampled_from(Basis),
    st.one_of(st.none(), categories),
    moments,
    st.integers(0, 40),
    offsets,
)
def test_a_report_to_an_office_that_is_owed_nothing_changes_no_limit(
    pack, occurred, basis, category, moments, deaths, now
):
    facts = incident(
        category=category,
        deaths=deaths,
        basis=basis,
        occurred=None if occurred is None else at(occurred),
        moments={name: at(minutes) for name, minutes in moments.items()},
    )
    verdict = classify(facts, pack, at(now))
    first = first_limits(facts, verdict, pack, at(now))
    elsewhere = phoned(at(0), Address(Tier.TOWNSHIP, Line.INDUSTRY))
    after = limits(facts, demands(verdict), pack, at(now), sent=[elsewhere])
    told = [(row.stands_in, row.vague, row.to_json()) for row in after]
    assert [(row.stands_in, row.vague, row.to_json()) for row in first] == told
    assert limits_text(first) == limits_text(after)


def test_the_text_of_first_limits_follows_the_order_in_which_they_fall_due():
    for occurred in ("09:00", "08:50", "08:45", "09:00"):
        facts = incident(occurred=clock(occurred), moments={"received": clock("09:00")}, deaths=3)
        first = first_limits(facts, classify(facts, COUNTY, NOW), COUNTY, NOW)
        rows = json.loads(f"[{first.to_text()}]")
        assert rows == [row.to_json() for row in first]
        assert [row["due"] for row in rows] == sorted(row["due"] for row in rows)


@settings(max_examples=150, deadline=None)
@given(offsets, offsets, categories, moments, sendings, wants)
def test_a_later_occurrence_never_makes_a_limit_earlier(one, other, category, moments, sent, wanted):
    earlier, later = sorted((one, other))
    before = played(NOW, earlier, category, moments, sent, wanted)
    after = played(NOW, later, category, moments, sent, wanted)
    assert before.keys() == after.keys()
    for key, was in before.items():
        assert was.due <= after[key].due


@settings(max_examples=150, deadline=None)
@given(offsets, offsets, st.one_of(st.none(), offsets), categories, moments, sendings, wants)
def test_time_that_passes_never_undoes_a_met_limit_nor_moves_a_due_moment(
    one, other, occurred, category, moments, sent, wanted
):
    if occurred is None and not moments:
        moments = {"received": 5}
    sooner, later = (at(600 + minutes) for minutes in sorted((one, other)))
    before = played(sooner, occurred, category, moments, sent, wanted)
    after = played(later, occurred, category, moments, sent, wanted)
    assert before.keys() == after.keys()
    for key, was in before.items():
        assert after[key].due == was.due
        if was.state in (MET, MET_LATE):
            assert after[key].state == was.state
            assert after[key].met_at == was.met_at
        elif was.state == OVERDUE:
            assert after[key].state == OVERDUE


@settings(max_examples=100, deadline=None)
@given(offsets, categories, moments, sendings, wants)
def test_once_the_case_has_ended_nothing_runs(occurred, category, moments, sent, wanted):
    rows = played(NOW, occurred, category, moments, sent, wanted, ended=NOW)
    assert not any(row.running for row in rows.values())


@settings(max_examples=100, deadline=None)
@given(offsets, categories, moments, sendings, wants)
def test_one_report_more_never_makes_a_first_limit_unmet(occurred, category, moments, sent, wanted):
    # A report that went out before anything happened is refused at the desk.
    assume(all(minutes >= (occurred or 0) for _, _, minutes, _ in sent))
    before = played(NOW, occurred, category, moments, sent[:-1], wanted)
    after = played(NOW, occurred, category, moments, sent, wanted)
    for key, was in before.items():
        if was.state == MET and key in after:
            assert after[key].state == MET


@pytest.mark.parametrize(("acked", "due"), [(None, "09:25"), ("09:20", None)])
def test_a_report_without_its_receipt_is_due_again_after_the_minutes_of_its_row(acked, due):
    acks = [] if acked is None else [Ack(CITY, Form.PHONE, clock(acked))]
    for now in ("09:24", "09:25", "09:26"):
        row = limit("first-phone", clock(now), sent=[phoned(clock("09:15"))], acks=acks)
        assert row.receipt_due == (None if due is None else clock(due))
        assert row.to_json().get("receipt_due") == (None if due is None else f"2026-03-20T{due}:00+08:00")


def test_a_report_that_was_sent_again_waits_for_its_receipt_from_then_on():
    again = [phoned(clock("09:15")), phoned(clock("09:27")), phoned(clock("09:29"), CITY_GOVERNMENT)]
    row = limit("first-phone", clock("09:30"), sent=again)
    assert (row.met_at, row.receipt_due) == (clock("09:15"), clock("09:37"))


def test_a_row_that_names_no_minutes_lets_its_report_only_wait():
    panshan = load("panshan")
    row = limit("first-phone", clock("09:30"), sent=[phoned(clock("09:15"))], standards=panshan)
    assert row.receipt == "waiting" and row.receipt_due is None

"""A case is the fold of its entries: every one counts, none is lost, and none can break it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factory import NOW, clock
from tests.model.entries import CITY, PROVINCE, entry, judged, made, received, sent, verdict

from jinji_report.judgement.obligations import demands_of, limits_of, sent_of
from jinji_report.model.case import effective_decision
from jinji_report.model.fold import fold
from jinji_report.standards.load import load
from jinji_report.vocabulary import EntryKind, Stage, Status

COUNTY = load("county")


def case_of(*entries):
    (case,) = fold(entries).values()
    return case


def deaths(case):
    return case.facts.measures["deaths"].low


def test_the_newest_facts_are_the_incident_as_it_looks_now():
    later = entry(EntryKind.FACTS, {"incident": received(deaths=3).data["incident"]})
    assert deaths(case_of(received(deaths=2), later)) == 3


def test_facts_come_back_from_the_ledger_as_they_went_in():
    first = received(deaths=(11, 19), tags={"校园": "县一中"}, moments={"received": clock("09:10")})
    assert case_of(first).facts.to_json() == first.data["incident"]


def test_cases_stand_in_the_order_in_which_they_were_opened():
    entries = [received(case="b"), received(case="a"), entry(EntryKind.CLOSED, {}, case="b")]
    assert list(fold(entries)) == ["b", "a"]


def test_an_entry_belongs_to_its_own_case_alone():
    cases = fold(
        [received(case="a", deaths=1), received(case="b", deaths=2), entry(EntryKind.CLOSED, {}, case="a")]
    )
    assert (cases["a"].status, cases["b"].status) == (Status.CLOSED, Status.OPEN)
    assert deaths(cases["a"]) == 1


def test_a_case_closes_and_opens_again():
    case = case_of(received(), entry(EntryKind.CLOSED, {}, "12:00"))
    assert (case.status, case.closed_at) == (Status.CLOSED, clock("12:00"))
    case = case_of(received(), entry(EntryKind.CLOSED, {}, "12:00"), entry(EntryKind.REOPENED, {}, "13:00"))
    assert (case.status, case.closed_at) == (Status.OPEN, None)


def test_the_offices_of_the_first_verdict_have_been_demanded_from_the_start():
    assert case_of(received(), judged(CITY)).demanded == {("市", "党委"): None}


def test_an_office_that_later_news_brings_in_is_demanded_since_the_news():
    case = case_of(received(), judged(CITY), judged(CITY, PROVINCE, at="11:00"))
    assert case.demanded == {("市", "党委"): None, ("省", "党委"): clock("11:00")}
    assert [(d.office.tier.value, d.since) for d in demands_of(case, COUNTY)] == [
        ("市", None),
        ("省", clock("11:00")),
    ]


def test_an_office_is_demanded_since_the_first_news_that_asked_for_it():
    case = case_of(
        received(), judged(), judged(CITY, at="10:00"), judged(at="10:30"), judged(CITY, at="11:00")
    )
    assert case.demanded == {("市", "党委"): clock("10:00")}


def test_a_corrected_reading_earns_no_later_clock():
    case = case_of(received(), judged(CITY), judged(CITY, PROVINCE, at="11:00", correction=True))
    assert case.demanded[("省", "党委")] is None


def test_an_office_that_the_newest_verdict_dropped_is_owed_nothing():
    case = case_of(received(), judged(CITY, PROVINCE), judged(CITY, at="10:00"))
    assert [d.office.tier.value for d in demands_of(case, COUNTY)] == ["市"]


def test_a_report_remembers_the_facts_on_which_it_rests():
    more = entry(EntryKind.FACTS, {"incident": received(deaths=3).data["incident"]}, "10:00")
    case = case_of(received(deaths=2), made(), more, made("续报", 1, at="10:05"))
    assert [(m.stage, m.number) for m in case.made] == [(Stage.FIRST, 0), (Stage.FOLLOW_UP, 1)]
    assert [m.facts.measures["deaths"].low for m in case.made] == [2, 3]


def test_the_last_report_that_was_sent_is_the_newest_that_any_office_got():
    first, follow = made(), made("续报", 1, at="10:05")
    assert case_of(received(), first, follow).last_sent_report() is None
    assert case_of(received(), first, sent(), follow).last_sent_report() == 0
    assert case_of(received(), first, sent(), follow, sent("续报", 1, at="10:10")).last_sent_report() == 1


def test_a_case_is_called_by_its_first_report_else_by_place_and_kind():
    assert case_of(received(category="火灾", place="东街")).title == "东街火灾"
    assert case_of(received(category=None, place=None)).title == "事件"
    assert case_of(received(), made(title="东街一店起火2人死亡")).title == "东街一店起火2人死亡"


def test_the_officers_own_decision_goes_before_the_verdict():
    case = case_of(received(), judged(CITY))
    assert effective_decision(case) == "应报"
    case = case_of(
        received(), judged(CITY), entry(EntryKind.DECISION, {"decision": "不报", "reason": "误报"}, "10:00")
    )
    assert effective_decision(case) == "不报"
    assert (case.decision.by, case.decision.reason) == ("王五", "误报")
    left = limits_of(case, COUNTY, NOW)
    assert not any(limit.running for limit in left)
    # What was due before the decision is missed, and stays in the record.
    assert all(limit.missed == (limit.due < case.decision.at) for limit in left)


def test_an_officer_who_reports_against_the_verdict_makes_the_next_level_owed():
    case = case_of(
        received(), judged(), entry(EntryKind.DECISION, {"decision": "应报", "reason": "影响大"}, "09:30")
    )
    owed = {(d.office.tier.value, d.office.line.value) for d in demands_of(case, COUNTY)}
    assert owed == {("市", "党委"), ("市", "政府")}


def test_a_closed_case_owes_nothing_more():
    case = case_of(received(deaths=2), judged(CITY), entry(EntryKind.CLOSED, {}, "12:00"))
    assert not any(limit.running for limit in limits_of(case, COUNTY, NOW))


# —— the fold is total ——


def test_a_kind_that_this_version_does_not_know_is_kept_and_changes_nothing():
    case = case_of(received(deaths=2), entry("督办", {"incident": {}, "deaths": 9}))
    assert deaths(case) == 2
    assert [e.kind for e in case.entries] == ["接报", "督办"]


def test_fields_that_this_version_does_not_know_are_kept():
    case = case_of(
        received(), entry(EntryKind.SENT, {"to": CITY, "form": "电话", "stage": "首报", "weather": "雨"})
    )
    assert case.sent[0].data["weather"] == "雨"
    assert len(sent_of(case)) == 1


MALFORMED = [
    (EntryKind.RECEIVED, {}),
    (EntryKind.FACTS, {}),
    (EntryKind.FACTS, {"incident": None}),
    (EntryKind.FACTS, {"incident": "三人死亡"}),
    (EntryKind.FACTS, {"incident": {"measures": {"deaths": 3}}}),
    (EntryKind.FACTS, {"incident": {"measures": {"deaths": {"low": -1, "high": None}}}}),
    (EntryKind.FACTS, {"incident": {"occurred": "昨晚"}}),
    (EntryKind.FACTS, {"incident": {"place": "东街"}}),
    (EntryKind.VERDICT, {}),
    (EntryKind.VERDICT, {"verdict": "应报"}),
    (EntryKind.VERDICT, {"verdict": {"report_to": [PROVINCE, {}]}}),
    (EntryKind.VERDICT, {"verdict": {"report_to": [{"tier": "市", "line": "党委"}]}}),
    (EntryKind.VERDICT, {"verdict": {"report_to": [CITY | {"tier": "国"}]}}),
    (EntryKind.REPORT, {}),
    (EntryKind.REPORT, {"stage": "初报"}),
    (EntryKind.SENT, {}),
    (EntryKind.SENT, {"stage": ["首报"]}),
    (EntryKind.SENT, {"to": "市委", "form": "电话", "stage": "首报"}),
    (EntryKind.ACK, {}),
    (EntryKind.ACK, {"to": {"tier": "市"}}),
    (EntryKind.DECISION, {}),
    (EntryKind.DECISION, {"decision": None}),
]


@pytest.mark.parametrize(
    ("kind", "data"), MALFORMED, ids=[f"{kind.value}-{data}" for kind, data in MALFORMED]
)
def test_an_entry_without_the_shape_of_its_kind_is_kept_and_changes_nothing(kind, data):
    plain = [received(deaths=2), judged(CITY), made(), sent()]
    before, case = case_of(*plain), case_of(*plain, entry(kind, data, "10:00"))
    assert len(case.entries) == 5
    assert deaths(case) == 2
    assert case.title == before.title
    assert case.demanded == before.demanded
    assert case.last_sent_report() == before.last_sent_report()
    assert effective_decision(case) == effective_decision(before)
    assert [row.to_json() for row in limits_of(case, COUNTY, NOW)] == [
        row.to_json() for row in limits_of(before, COUNTY, NOW)
    ]


@pytest.mark.parametrize("data", [{}, {"incident": "x"}, {"incident": {"measures": 3}}])
def test_a_case_that_opens_with_nothing_readable_is_still_a_case(data):
    case = case_of(entry(EntryKind.RECEIVED, data))
    assert case.title
    assert case.facts.measures == {}
    assert limits_of(case, COUNTY, NOW) == ()


json_like = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-5, 5), st.text(max_size=4)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)
fields = st.sampled_from(["incident", "verdict", "stage", "number", "to", "form", "decision", "report_to"])


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([kind.value for kind in EntryKind]), st.dictionaries(fields, json_like, max_size=4))
def test_whatever_an_entry_holds_the_desk_can_still_see_its_case(kind, data):
    case = case_of(received(deaths=2), judged(CITY), entry(kind, data, "10:00"))
    assert len(case.entries) == 3
    assert case.title
    case.last_sent_report()
    effective_decision(case)
    limits_of(case, COUNTY, NOW)


def test_a_verdict_stands_as_it_was_written():
    assert case_of(received(), judged(CITY)).verdict.to_json() == verdict(CITY)

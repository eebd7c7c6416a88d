"""撤销 and 并案 in the fold: what was taken back never was, taken back twice it is again, and nothing breaks it."""

import copy
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.factory import NOW, clock
from tests.model.entries import CITY, PROVINCE, entry, judged, made, received, sent

from jinji_report.judgement.obligations import limits_of
from jinji_report.model.case import effective_decision
from jinji_report.model.fold import fold, taken_back, undoing
from jinji_report.standards.load import load
from jinji_report.vocabulary import EntryKind, Status

COUNTY = load("county")
A, B, C = "20260320-01", "20260320-02", "20260320-03"


def ledger(*drafts):
    """The entries with an id and a seq of their own each, as a ledger has them."""
    numbered = []
    for seq, draft in enumerate(drafts, 1):
        one = copy.copy(draft)
        one.seq, one.id = seq, one.id if one.id != "0" else f"e{seq}"
        numbered.append(one)
    return numbered


def of(case, one):
    one.case = case
    return one


def undone(*names, case=A, **more):
    return entry(EntryKind.UNDONE, {"voids": list(names), "reason": "录错"}, "12:00", case, **more)


def merged(a, b):
    return entry(EntryKind.MERGED, {"into": b}, "11:00", a), entry(EntryKind.MERGED, {"from": a}, "11:00", b)


def ack(at="09:30", case=A):
    return entry(EntryKind.ACK, {"to": CITY, "form": None}, at, case)


def picture(case):
    """Everything that a case is, but which entries it has and which of them are void."""
    return {
        "status": case.status,
        "opened": case.opened_at,
        "closed": (case.closed_at, case.reopened_at),
        "facts": case.facts.to_json(),
        "title": case.title,
        "verdict": None if case.verdict is None else case.verdict.to_json(),
        "demanded": case.demanded,
        "made": [
            (m.id, m.stage, m.number, m.since, m.facts.to_json(), m.text, m.correction) for m in case.made
        ],
        "sent": [one.id for one in case.sent],
        "acks": [one.id for one in case.acks],
        "decision": None if case.decision is None else (case.decision.decision, case.decision.lapsed),
        "merged": (case.merged_into, case.merged, [one.number for one in case.absorbed]),
        "told": [(one.entry.id, one.text) for one in case.contradictions],
        "last": case.last_sent_report(),
        "limits": [limit.to_json() for limit in limits_of(case, COUNTY, NOW)],
        "decided": effective_decision(case),
    }


def pictures(entries):
    return {number: picture(case) for number, case in fold(entries).items()}


# —— histories: any steps on three cases, with ids and sequence numbers as a ledger has them ——

DEATHS = st.integers(0, 12)
STEPS = st.one_of(
    DEATHS.map(lambda n: lambda: entry(EntryKind.FACTS, {"incident": received(deaths=n).data["incident"]})),
    st.sampled_from([(CITY,), (CITY, PROVINCE), ()]).map(lambda to: lambda: judged(*to, at="09:40")),
    st.tuples(st.sampled_from(["续报", "终报"]), st.integers(0, 3), st.sampled_from([None, 0, 1])).map(
        lambda told: lambda: made(told[0], told[1], "09:45", since=told[2])
    ),
    st.tuples(st.sampled_from(["首报", "续报"]), st.integers(0, 2)).map(
        lambda told: lambda: sent(told[0], told[1], "09:50")
    ),
    st.just(lambda: ack("10:10")),
    st.sampled_from(["应报", "不报"]).map(
        lambda word: lambda: entry(EntryKind.DECISION, {"decision": word, "reason": "x"}, "10:00")
    ),
    st.just(lambda: entry(EntryKind.CLOSED, {}, "10:20")),
    st.just(lambda: entry(EntryKind.REOPENED, {}, "10:30")),
    st.just(lambda: entry("督办", {"x": 1})),
)


@st.composite
def histories(draw):
    """A first report on each of three cases, then steps on them, some of which are taken back."""
    drafts = []
    for number in (A, B, C):
        drafts += [of(number, one) for one in (received(deaths=2), judged(CITY), made(), sent())]
    entries = ledger(*drafts)
    for step, number, back in draw(
        st.lists(st.tuples(STEPS, st.sampled_from([A, B, C]), st.integers(0, 7)), max_size=14)
    ):
        entries = ledger(*entries, of(number, step()))
        if back == 0:
            own = [one.id for one in entries if one.case == number]
            entries = ledger(*entries, undone(own[draw(st.integers(0, len(own) - 1))], case=number))
    return entries


@given(histories(), st.data())
def test_what_is_taken_back_never_was(entries, data):
    number = data.draw(st.sampled_from([A, B, C]))
    gone = data.draw(st.sampled_from([one for one in entries if one.case == number]))
    after = pictures(ledger(*entries, undone(gone.id, case=number)))[number]
    never = pictures([one for one in entries if one.id != gone.id])[number]
    if after["status"] == Status.VOID:
        return
    assert after == never


@given(histories(), st.data())
def test_taken_back_twice_all_is_as_it_was(entries, data):
    number = data.draw(st.sampled_from([A, B, C]))
    own = [one.id for one in entries if one.case == number]
    names = data.draw(st.lists(st.sampled_from(own), min_size=1, max_size=4))
    once = ledger(*entries, undone(*names, case=number))
    twice = ledger(*once, undone(once[-1].id, case=number))
    thrice = ledger(*twice, undone(twice[-1].id, case=number))
    assert pictures(twice) == pictures(entries)
    assert pictures(thrice) == pictures(once)


@given(histories(), st.sampled_from([(A, B), (B, A), (A, C), (C, B)]))
def test_a_merge_that_is_taken_back_leaves_no_trace_but_its_entries(entries, pair):
    a, b = pair
    both = ledger(*entries, *merged(a, b))
    back = ledger(*both, undone(both[-2].id, case=a), undone(both[-1].id, case=b))
    assert pictures(back) == pictures(entries)
    cases = fold(back)
    assert both[-2].id in cases[a].voided
    assert both[-1].id in cases[b].voided


@given(histories(), st.sampled_from([(A, B), (B, A), (C, B)]))
def test_a_merge_counts_what_went_out_about_either(entries, pair):
    a, b = pair
    before, after = fold(entries), fold(ledger(*entries, *merged(a, b)))
    if Status.VOID in (before[a].status, before[b].status):
        return
    assert after[a].status == Status.MERGED
    assert limits_of(after[a], COUNTY, NOW) == ()
    assert {one.id for one in after[b].sent} == {one.id for one in (*before[a].sent, *before[b].sent)}
    assert {one.id for one in after[b].acks} == {one.id for one in (*before[a].acks, *before[b].acks)}
    assert after[b].facts.measures == before[b].facts.measures
    assert after[b].last_sent_report() == before[b].last_sent_report()


@given(histories(), st.data())
def test_what_stands_on_other_cases_is_not_touched(entries, data):
    number = data.draw(st.sampled_from([A, B, C]))
    anything = data.draw(st.sampled_from([one.id for one in entries]))
    after = pictures(ledger(*entries, undone(anything, case=number)))
    before = pictures(entries)
    assert all(after[other] == before[other] for other in (A, B, C) if other != number)


@given(histories())
def test_the_undoing_of_a_whole_ledger_is_that_of_each_of_its_cases(entries):
    named = undoing([one for one in entries if one.kind == EntryKind.UNDONE])
    by_case = {number: taken_back([e for e in entries if e.case == number]) for number in (A, B, C)}
    for one in entries:
        by = named.get((one.case, one.id))
        told = by if by is not None and by.seq > one.seq else None
        assert told is by_case[one.case].get(one.id)


arbitrary = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-5, 5), st.text(max_size=4), st.sampled_from([A, B, "e1"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = st.sampled_from(
    [
        "voids",
        "into",
        "from",
        "since",
        "base",
        "stage",
        "number",
        "to",
        "form",
        "incident",
        "title",
        "decision",
    ]
)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*(kind.value for kind in EntryKind), "督办"]),
            st.sampled_from([A, B, C]),
            st.dictionaries(KEYS, arbitrary, max_size=4),
        ),
        min_size=1,
        max_size=10,
    )
)
def test_whatever_the_entries_hold_every_case_can_be_seen(drafts):
    cases = fold(ledger(*(entry(kind, data, "10:00", number) for kind, number, data in drafts)))
    assert sum(len(case.entries) for case in cases.values()) == len(drafts)
    for case in cases.values():
        picture(case)


# —— one by one ——


def test_what_an_entry_took_back_before_it_was_there_stays():
    entries = ledger(received(), undone("e3"), made())
    assert fold(entries)[A].made[0].id == "e3"


def test_a_case_whose_call_is_taken_back_owes_nothing_and_keeps_its_name():
    entries = ledger(received(deaths=2), judged(CITY), made(title="东街起火"), undone("e1", "e2", "e3"))
    case = fold(entries)[A]
    assert (case.status, case.title, effective_decision(case)) == (Status.VOID, "东街起火", "")
    assert limits_of(case, COUNTY, NOW) == ()


def test_a_report_goes_on_from_the_one_it_was_written_on_though_another_was_taken_back():
    first, second = made(), made("续报", 1, "10:05", since=0, base="e2")
    third = made("续报", 2, "10:10", since=1, base="e3")
    fourth = made("续报", 3, "10:15", since=2, base="e4")
    case = fold(ledger(received(), first, second, third, fourth, undone("e3")))[A]
    assert [(m.number, m.since) for m in case.made] == [(0, None), (2, 0), (3, 1)]


def test_a_case_that_was_merged_twice_over_brings_everything_along():
    for order in ((A, B, C), (C, B, A), (B, C, A)):
        opened = [of(number, one) for number in order for one in (received(), made(), sent())]
        entries = ledger(*opened, *merged(A, B), *merged(B, C))
        last = fold(entries)[C]
        assert sorted(one.case for one in last.sent) == [A, B, C]
        assert [one.number for one in last.absorbed] == [B, A]


def test_cases_that_were_merged_into_each_other_are_no_trap():
    entries = ledger(received(case=A), received(case=B), *merged(A, B), *merged(B, A))
    cases = fold(entries)
    assert cases[A].status == cases[B].status == Status.MERGED


def test_a_long_row_of_merges_is_no_trap():
    numbers = [f"20260320-{n:04d}" for n in range(1100)]
    drafts = [received(case=number) for number in numbers]
    for a, b in pairwise(numbers):
        drafts += merged(a, b)
    assert fold(ledger(*drafts))[numbers[-1]].absorbed[-1].number == numbers[0]


def test_a_clock_that_ran_for_either_case_runs_from_the_earlier_moment():
    early = received("09:05", case=A, moments={"received": clock("09:05")})
    late = received("09:20", case=B, moments={"received": clock("09:20")})
    case = fold(ledger(late, early, *merged(A, B)))[B]
    assert case.facts.moments["received"] == clock("09:05")


def test_what_was_sent_about_the_merged_case_meets_the_limits_and_its_receipt_is_awaited():
    opened = [of(number, one) for number in (A, B) for one in (received(deaths=2), judged(CITY), made())]
    entries = ledger(*opened, of(A, sent(at="09:15")), *merged(A, B))
    phone = [one for one in limits_of(fold(entries)[B], COUNTY, NOW) if one.form == "电话" and one.ours]
    assert [(one.state, one.receipt, one.met_at) for one in phone] == [("met", "waiting", clock("09:15"))]
    confirmed = ledger(*entries, ack("09:25", B))
    phone = [one for one in limits_of(fold(confirmed)[B], COUNTY, NOW) if one.form == "电话" and one.ours]
    assert [one.receipt for one in phone] == ["confirmed"]


def test_a_receipt_for_what_the_merged_case_sent_contradicts_nothing_until_the_merge_is_taken_back():
    opened = [of(number, one) for number in (A, B) for one in (received(), judged(CITY), made())]
    entries = ledger(*opened, of(A, sent()), *merged(A, B), ack("11:30", B))
    assert fold(entries)[B].contradictions == []
    back = ledger(*entries, undone("e8", case=A), undone("e9", case=B))
    assert [one.text for one in fold(back)[B].contradictions] == ["没有报送就有回执"]


def test_a_report_of_the_merged_case_is_not_mistaken_for_one_of_the_other():
    opened = [of(number, one) for number in (A, B) for one in (received(), made())]
    case = fold(ledger(*opened, of(A, sent()), *merged(A, B)))[B]
    assert case.last_sent_report() is None


def test_what_is_done_about_a_case_after_it_was_merged_is_told():
    entries = ledger(received(case=A), received(case=B), *merged(A, B), of(A, made(at="12:00")))
    assert [one.text for one in fold(entries)[A].contradictions] == [f"并入{B}后又有成文"]


def test_a_report_that_goes_on_from_none_that_there_is_is_kept_and_told():
    case = fold(ledger(received(), made(), made("续报", 1, since=-1)))[A]
    assert [m.number for m in case.made] == [0]
    assert [one.entry.seq for one in case.contradictions] == [3]

"""What is due, by the index: for any history and any `now` what the folded log gives, and no case is folded for it twice."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinji_report.judgement.dues import dues_of
from jinji_report.ledger.cases import Cases, Folded, Wanted, cases_of
from jinji_report.ledger.dues import MOST_RULES
from jinji_report.ledger.index import Index
from jinji_report.ledger.indexed import Indexed
from jinji_report.ledger.journal import Journal
from jinji_report.ledger.memory import Memory
from jinji_report.ledger.owed import Reckoning
from jinji_report.model.case import Case
from jinji_report.model.due import Part, Reckoned
from jinji_report.model.entry import NewEntry
from jinji_report.model.facts import Facts, Occurred, Place
from jinji_report.model.fold import fold
from jinji_report.moments import BEIJING
from jinji_report.quantity import exactly
from jinji_report.standards.load import load
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import AnswerStep, Basis, Precision, RequestKind, Status

START = datetime(2026, 3, 5, 0, 0, tzinfo=BEIJING)
NUMBERS = ("20260305-01", "20260305-02", "20260306-01")
OFFICES = [
    {"tier": tier, "line": line, "office": f"{tier}{line}办公室"}
    for tier in ("市", "省")
    for line in ("党委", "政府")
]
UNITS = sorted({unit for row in load("county").consultations for unit, _ in row.units} | {"应急管理局"})
PARTS = {part: slice(0, None) for part in Part}
COUNTY = load("county")

minutes = st.integers(0, 3000)
cases = st.sampled_from(NUMBERS)


def new(case: str, kind: str, data: dict[str, Any], minute: int = 0, id: str | None = None) -> NewEntry:
    at = START + timedelta(minutes=minute)
    return NewEntry(case=case, kind=kind, at=at, recorded=at, by="值班员", data=data, id=id)


@st.composite
def told(draw: Any) -> dict[str, Any]:
    """Facts, with or without the moment it happened, and with whatever other moments."""
    occurred = None
    if draw(st.booleans()):
        at = START + timedelta(minutes=draw(minutes), microseconds=draw(st.sampled_from((0, 1, 999_999))))
        occurred = Occurred(
            at, precision=draw(st.sampled_from(Precision)), basis=draw(st.sampled_from(Basis))
        )
    names = draw(st.sets(st.sampled_from(("received", "alarm", "discovered", "arrived"))))
    facts = Facts(
        category=draw(st.sampled_from(("火灾", "道路交通事故", "食物中毒", None))),
        occurred=occurred,
        moments={name: START + timedelta(minutes=draw(minutes)) for name in names},
        place=Place("城关镇东街"),
        measures={"deaths": exactly(draw(st.integers(0, 12)), "死亡")},
        title=draw(st.sampled_from(("东街火灾", "", "半个\ud83c字"))),
    )
    return {"incident": facts.to_json()}


def verdict(places: Sequence[int], decisions: Sequence[str]) -> dict[str, Any]:
    lists = ("reasons", "near_misses", "questions", "factors", "consult", "owners", "presumed")
    offices = [{**OFFICES[place], "decision": decisions[place]} for place in sorted(places)]
    shape = {
        "decision": "应报",
        "grade": None,
        "report_to": offices,
        "standards": {"id": "county", "digest": "0", "on": "2026-03-05"},
    }
    owners = [{"unit": unit, "side": "行业", "angle": "处置"} for unit in UNITS[:2]]
    return {"verdict": shape | {name: [] for name in lists} | {"owners": owners}}


forms = st.sampled_from(("电话", "书面", "信息"))
entries = st.one_of(
    st.builds(new, cases, st.sampled_from(("接报", "要素")), told(), minutes),
    st.builds(
        new,
        cases,
        st.just("研判"),
        st.builds(
            verdict,
            st.sets(st.integers(0, 3)).map(sorted),
            st.lists(st.sampled_from(("应报", "待核")), min_size=4, max_size=4),
        ),
        minutes,
    ),
    st.builds(
        new,
        cases,
        st.just("报送"),
        st.builds(
            lambda to, form, stage: {"to": to, "form": form, "stage": stage, "number": 0},
            st.sampled_from(OFFICES),
            forms,
            st.sampled_from(("首报", "续报", "终报")),
        ),
        minutes,
    ),
    st.builds(
        new,
        cases,
        st.just("回执"),
        st.builds(lambda to, form: {"to": to, "form": form}, st.sampled_from(OFFICES), st.none() | forms),
        minutes,
    ),
    st.builds(
        new, cases, st.just("决定"), st.sampled_from(("不报", "应报")).map(lambda d: {"decision": d}), minutes
    ),
    st.builds(new, cases, st.sampled_from(("结案", "重开")), st.just({}), minutes),
    st.builds(
        new,
        cases,
        st.just("上级要求"),
        st.builds(
            lambda kind, office: {"request": kind, "from": office, "text": "请报"},
            st.sampled_from(RequestKind),
            st.sampled_from(OFFICES),
        ),
        minutes,
        st.sampled_from(("q1", "q2")),
    ),
    st.builds(
        new,
        cases,
        st.just("办理"),
        st.builds(
            lambda ident, step, form: {"request": ident, "step": step, "form": form},
            st.sampled_from(("q1", "q2")),
            st.sampled_from(AnswerStep),
            forms,
        ),
        minutes,
    ),
    st.builds(
        new,
        cases,
        st.just("单位报告"),
        st.builds(lambda unit, form: {"unit": unit, "form": form}, st.sampled_from(UNITS), forms),
        minutes,
    ),
    st.builds(
        new,
        cases,
        st.just("会商"),
        st.builds(
            lambda unit, opinion: {"unit": unit, "opinion": opinion},
            st.sampled_from(UNITS),
            st.sampled_from(("", "同意")),
        ),
        minutes,
    ),
    st.builds(new, cases, st.just("线索"), told(), minutes),
    st.builds(
        new, cases, st.just("并案"), cases.map(lambda o: {"into": o}) | cases.map(lambda o: {"from": o})
    ),
)
merges = st.lists(cases, min_size=2, max_size=2, unique=True).map(
    lambda pair: [new(pair[0], "并案", {"into": pair[1]}), new(pair[1], "并案", {"from": pair[0]})]
)


@st.composite
def histories(draw: Any) -> list[list[NewEntry]]:
    """Batches of entries, first of them the calls; now and then one takes back some that stand before it."""
    made = [new(number, "接报", draw(told())) for number in NUMBERS]
    made += [new(number, "研判", verdict((0, 1), ["应报"] * 4)) for number in NUMBERS]
    batches = [list(made)]
    for batch in draw(st.lists(merges | st.lists(entries, min_size=1, max_size=2), max_size=8)):
        if draw(st.integers(0, 3)) == 0:
            meant = draw(st.sampled_from(made))
            batch = [*batch, new(meant.case, "撤销", {"voids": [meant.id]})]
        made += batch
        batches.append(batch)
    return batches


class Beside(Memory):
    """A store in memory with room for an index."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.index_path = path  # type: ignore[assignment]


class Counting:
    """Works out the dues, and counts of how many cases it did."""

    def __init__(self, standards: Standards, now: datetime, rules: str = "county") -> None:
        self.standards = standards
        self.cases: list[str] = []
        self.now = now
        self.reckoning = Reckoning(rules, now, timedelta(minutes=standards.due_soon), self)

    def __call__(self, case: Case) -> Reckoned:
        self.cases.append(case.number)
        return dues_of(case, self.standards, self.now)


def answers(
    cases: Cases, now: datetime, page: slice = PARTS[Part.OURS], standards: Standards = COUNTY
) -> dict[str, Any]:
    reckoning = Counting(standards, now).reckoning
    owed = cases.owed(reckoning, PARTS | {Part.OURS: page})
    wants = (Wanted(), Wanted(status=Status.OPEN), Wanted(find="火灾"), Wanted(since=START, until=now))
    return {
        "open": owed.open_cases,
        "parts": {
            part: (found.total, found.overdue, found.due_soon, [row.to_json() for row in found.rows])
            for part, found in owed.sections.items()
        },
        "listed": [
            (found.total, [(one.number, one.title, due) for one, due in found.rows])
            for newest in (None, 1, 2)
            for found in (cases.listed(wanted, reckoning, newest) for wanted in wants)
        ],
    }


pages = st.sampled_from((slice(0, None), slice(0, 1), slice(1, 3), slice(20, 40)))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(histories(), st.data())
def test_what_is_due_by_the_index_is_what_is_due_by_the_folded_log(
    tmp_path_factory: pytest.TempPathFactory, history: list[list[NewEntry]], data: st.DataObject
) -> None:
    store = Beside(tmp_path_factory.mktemp("beside") / "index")
    for batch in history:
        store.append(batch, store.head().head)
        for now in data.draw(st.lists(minutes, max_size=2)):
            moment = START + timedelta(minutes=now - 600)
            page = data.draw(pages)
            found = cases_of(store)
            assert isinstance(found, Indexed)
            assert answers(found, moment, page) == answers(Folded(fold(store.since(0))), moment, page)


@settings(max_examples=100)
@given(histories(), minutes, minutes)
def test_what_is_due_holds_for_as_long_as_is_said(
    history: list[list[NewEntry]], minute: int, later: int
) -> None:
    store = Memory()
    for batch in history:
        store.append(batch, store.head().head)
    now, then = (START + timedelta(minutes=one - 600) for one in (minute, later))
    for case in fold(store.since(0)).values():
        first, second = dues_of(case, COUNTY, now), dues_of(case, COUNTY, then)
        assert (first.since or now) <= now <= (first.until or now)
        if (first.since or then) <= then <= (first.until or then):
            shown = [[(due.part, due.due, due.told) for due in one.dues] for one in (first, second)]
            assert shown[0] == shown[1]


@pytest.fixture
def filled(journal: Journal) -> Journal:
    """Three open cases of a fire, each owing two offices."""
    fire = {"incident": Facts(category="火灾", moments={"received": START}, title="起火").to_json()}
    for number in NUMBERS:
        batch = [new(number, "接报", fire), new(number, "研判", verdict((0, 1), ["应报"] * 4))]
        journal.append(batch, journal.head().head)
    return journal


NOW = START + timedelta(minutes=20)


def ask(store: Journal, now: datetime = NOW, rules: str = "county") -> tuple[list[str], int]:
    """The cases that had to be reckoned, and how much this desk owes."""
    counting = Counting(COUNTY, now, rules)
    owed = cases_of(store).owed(counting.reckoning, {Part.OURS: slice(0, 1)})
    return counting.cases, owed.sections[Part.OURS].total


def test_a_case_is_reckoned_once_and_again_only_when_something_came_about_it(filled: Journal) -> None:
    first, owed = ask(filled)
    assert (first, owed > 0) == (list(NUMBERS), True)
    assert ask(filled) == ([], owed)
    assert ask(filled, NOW + timedelta(days=3)) == ([], owed)
    filled.append([new(NUMBERS[1], "结案", {}, 20)], filled.head().head)
    reckoned, left = ask(filled)
    assert (reckoned, left) == ([], owed * 2 // 3)  # it is closed, and closed cases owe nothing
    filled.append([new(NUMBERS[0], "将来的条目", {}, 21)], filled.head().head)
    assert ask(filled) == ([NUMBERS[0]], left)


def test_what_comes_about_a_case_that_was_merged_is_reckoned_with_the_other(filled: Journal) -> None:
    a, b, c = NUMBERS
    for source, target in ((a, b), (b, c)):
        merge = [new(source, "并案", {"into": target}), new(target, "并案", {"from": source})]
        filled.append(merge, filled.head().head)
    ask(filled)
    sent = {"to": OFFICES[0], "form": "电话", "stage": "首报", "number": 0}
    filled.append([new(a, "报送", sent, 15)], filled.head().head)
    before = ask(filled)
    assert before[0] == [c]
    taken_back = next(entry.id for entry in filled.since(0) if entry.data.get("into") == b)
    filled.append([new(a, "撤销", {"voids": [taken_back]}, 16)], filled.head().head)
    reckoned, owed = ask(filled)
    assert sorted(reckoned) == [a, c]
    assert owed > before[1]


def test_a_merge_of_which_the_halves_come_apart_is_reckoned_when_the_second_is_there(filled: Journal) -> None:
    a, b, _ = NUMBERS
    filled.append([new(b, "并案", {"from": a})], filled.head().head)
    ask(filled)
    filled.append([new(a, "并案", {"into": b})], filled.head().head)
    assert ask(filled)[0] == [b]


def test_what_is_owed_stands_by_its_moment_and_what_waits_for_a_receipt_by_its_case(
    journal: Journal,
) -> None:
    for number, minute in zip(NUMBERS, (10, 0, 5), strict=True):
        moments = {"received": START + timedelta(minutes=minute)}
        fire = {"incident": Facts(category="火灾", moments=moments, title="起火").to_json()}
        batch = [new(number, "接报", fire), new(number, "研判", verdict((0, 1), ["应报"] * 4))]
        sent = {"to": OFFICES[0], "form": "电话", "stage": "首报", "number": 0}
        journal.append([*batch, new(number, "报送", sent, 12)], journal.head().head)
    for cases in (cases_of(journal), Folded(fold(journal.since(0)))):
        sections = cases.owed(Counting(COUNTY, NOW).reckoning, PARTS).sections
        assert [row.case for row in sections[Part.RECEIPT].rows] == list(NUMBERS)
        rows = [(row.due, row.case) for row in sections[Part.OURS].rows]
        assert rows == sorted(rows) != sorted(rows, key=lambda row: row[1])


def test_what_the_office_above_asked_for_is_owed_about_a_closed_case_too(filled: Journal) -> None:
    ask(filled)
    a, b, _ = NUMBERS
    asked = {"request": "批示", "from": OFFICES[0], "text": "请查明原因"}
    filled.append([new(b, "上级要求", asked, 12, "q1"), new(b, "结案", {}, 13)], filled.head().head)
    merge = [new(b, "并案", {"into": a}), new(a, "并案", {"from": b}), new(a, "结案", {}, 14)]
    for batch, owing in (([], b), (merge, a)):
        filled.append(batch, filled.head().head)
        for _ in range(2):
            found = cases_of(filled).owed(Counting(COUNTY, NOW).reckoning, PARTS).sections[Part.OURS].rows
            assert [row.case for row in found if row.told.get("request")] == [owing]
        assert answers(cases_of(filled), NOW) == answers(Folded(fold(filled.since(0))), NOW)
    done = {"request": "q1", "step": "办结"}
    filled.append([new(b, "办理", done, 15)], filled.head().head)
    assert ask(filled)[0] == []


def test_a_case_of_which_no_moment_is_known_is_reckoned_whenever_it_is_asked_for(filled: Journal) -> None:
    ask(filled)
    silent = {"incident": Facts(category="火灾").to_json()}
    filled.append([new(NUMBERS[0], "要素", silent, 3)], filled.head().head)
    for minute in (1, 2):
        assert ask(filled, NOW + timedelta(minutes=minute))[0] == [NUMBERS[0]]
    assert ask(filled, NOW + timedelta(minutes=2))[0] == []


def test_each_standards_have_their_dues_and_those_that_came_first_go_first(filled: Journal) -> None:
    names = [f"标准{number}" for number in range(MOST_RULES)]
    for name in names:
        assert ask(filled, rules=name)[0] == list(NUMBERS)
    assert [ask(filled, rules=name)[0] for name in names] == [[]] * MOST_RULES
    ask(filled, rules="又一标准")
    assert ask(filled, rules=names[1])[0] == []
    assert ask(filled, rules=names[0])[0] == list(NUMBERS)
    kept = {name for (name,) in Index(filled, filled.index_path).query("SELECT name FROM rules")}
    assert kept == {names[0], names[2], "又一标准"}


def test_where_the_index_cannot_be_written_each_case_is_reckoned_in_memory(
    filled: Journal, start: Any
) -> None:
    expected = answers(cases_of(filled), NOW)
    filled.append([new(NUMBERS[0], "将来的条目", {}, 21)], filled.head().head)
    assert isinstance(cases_of(filled), Indexed)
    holder = start(
        "import sys, pathlib; from jinji_report.ledger.lock import Lock\n"
        "with Lock(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.readline()",
        filled.index_path.with_name(f"{filled.index_path.name}.lock"),
    )
    assert holder.stdout.readline() == "held\n"
    try:
        found = cases_of(filled)
        assert isinstance(found, Indexed)
        assert answers(found, NOW) == expected
        assert ask(filled)[0] == list(NUMBERS)
    finally:
        holder.communicate("\n")
    assert ask(filled)[0] == [NUMBERS[0]]


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE cases SET status = '已结' WHERE id = 2",
        "UPDATE cases SET status = '已撤'",
        "UPDATE cases SET status = '在办' WHERE id = 4",
        "UPDATE cases SET status = CASE id WHEN 1 THEN '已结' WHEN 4 THEN '在办' ELSE status END",
        "DELETE FROM cases WHERE id = 1",
        "DELETE FROM dues WHERE place = 0 AND case_id = 2",
        "UPDATE dues SET part = '?'",
        "UPDATE dues SET due = '?'",
        "UPDATE dues SET told = '{'",
        "UPDATE dues SET told = '3'",
    ],
)
def test_what_was_rewritten_in_a_sound_index_is_noticed(filled: Journal, harm: str) -> None:
    gone = [new("20260307-01", "接报", {}), new("20260307-01", "结案", {})]
    filled.append(gone, filled.head().head)
    expected = answers(cases_of(filled), NOW)
    list(Index(filled, filled.index_path).query(harm))
    again = Journal(filled.folder)
    assert answers(cases_of(again), NOW) == expected
    assert len(again.notices) == 1 and again.notices[0].endswith("，已重建。")
    # What came since does not make good what was rewritten.
    list(Index(again, again.index_path).query(harm))
    again.append([new(NUMBERS[2], "将来的条目", {}, 21)], again.head().head)
    last = Journal(filled.folder)
    assert answers(cases_of(last), NOW) == expected
    assert len(last.notices) == 1 and last.notices[0].endswith("，已重建。")


def test_a_case_that_was_rewritten_as_closed_is_still_found_by_its_tail_and_beside_a_call(
    filled: Journal,
) -> None:
    cases_of(filled)
    for asked in (
        lambda cases: cases.ending("-02")[0],
        lambda cases: [one.number for one in cases.near("火灾", NOW, NOW, START, set())],
        lambda cases: [one.number for one in cases.glances(Wanted(status=Status.CLOSED))],
        lambda cases: [one.number for one in cases.open()],
    ):
        expected = asked(cases_of(filled))
        list(Index(filled, filled.index_path).query("UPDATE cases SET status = '已结' WHERE id = 2"))
        assert asked(cases_of(filled)) == expected

"""What the index answers is what the folded log answers, whatever happened, and however often it is made anew."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinji_report.errors import LedgerBroken
from jinji_report.ledger import gathering
from jinji_report.ledger.brief import Told, summary_of
from jinji_report.ledger.cases import Cases, Folded, Wanted, cases_of
from jinji_report.ledger.index import Index, IndexUnusable
from jinji_report.ledger.indexed import Indexed
from jinji_report.ledger.journal import Journal
from jinji_report.ledger.memory import Memory
from jinji_report.ledger.seal import GENESIS, digest
from jinji_report.ledger.summary import glance_of, summary
from jinji_report.model.case import Case
from jinji_report.model.entry import Entry, NewEntry, NotAnEntry, heading
from jinji_report.model.facts import Facts, Occurred, Place
from jinji_report.model.fold import fold, fold_case
from jinji_report.model.glance import Glance
from jinji_report.moments import BEIJING
from jinji_report.quantity import exactly
from jinji_report.vocabulary import EntryKind, Status

START = datetime(2026, 3, 5, 0, 0, tzinfo=BEIJING)
NUMBERS = ("20260305-01", "20260305-02", "20260306-01", "外来号", "20260306-\ud83c")
KINDS = ("火灾", "道路交通事故", None, "其他")


def new(case: str, kind: str, data: dict[str, Any], minute: int = 0, id: str | None = None) -> NewEntry:
    at = START + timedelta(minutes=minute)
    return NewEntry(case=case, kind=kind, at=at, recorded=at, by="值班员", data=data, id=id)


def told(category: str | None, minute: int | None, dead: int, title: str) -> dict[str, Any]:
    occurred = None if minute is None else Occurred(START + timedelta(minutes=minute))
    facts = Facts(
        category=category,
        occurred=occurred,
        place=Place("城关镇东街"),
        measures={"deaths": exactly(dead, f"{dead}人死亡")},
        title=title,
    )
    return {"note": f"{title}，{dead}人死亡", "incident": facts.to_json()}


def written(stage: str, title: str, text: str, since: Any) -> dict[str, Any]:
    return {"stage": stage, "number": 0, "title": title, "text": text, "since": since, "correction": False}


def verdict(decision: str, low: str | None) -> dict[str, Any]:
    lists = ("reasons", "near_misses", "questions", "factors", "consult", "owners", "presumed", "report_to")
    grade = None if low is None else {"low": low, "high": "重大"}
    shape = {
        "decision": decision,
        "grade": grade,
        "standards": {"id": "county", "digest": "0", "on": "2026-03-05"},
    }
    return {"verdict": shape | {name: [] for name in lists}}


minutes = st.integers(0, 5000)
cases = st.sampled_from(NUMBERS)
telling = st.builds(
    told,
    st.sampled_from(KINDS),
    st.none() | minutes,
    st.integers(0, 3),
    st.sampled_from(["东街火灾", "车祸", ""]),
)
odd = st.sampled_from(
    [{}, {"incident": 3}, {"verdict": {}}, {"stage": "首报"}, {"voids": [1, "x"]}, {"into": 7}]
)
entries = st.one_of(
    st.builds(new, cases, st.sampled_from(["接报", "要素"]), telling | odd, minutes),
    st.builds(
        new,
        cases,
        st.just("研判"),
        st.builds(verdict, st.sampled_from(["应报", "待核", "备查"]), st.sampled_from([None, "一般", "较大"]))
        | odd,
        minutes,
    ),
    st.builds(
        new, cases, st.sampled_from(["结案", "重开", "成文", "报送", "回执", "将来的条目"]), odd, minutes
    ),
    st.builds(
        new,
        cases,
        st.just("成文"),
        st.builds(
            written,
            st.sampled_from(["首报", "续报", "终报", "无此报"]),
            st.sampled_from(["东街火灾", '说"起火"', "", 3]),
            st.sampled_from(["一行\n又一行", "\\note", '"note"', "\ud83c"]),
            st.sampled_from([None, 0, 2, "0", 1.5]),
        ),
        minutes,
    ),
    st.builds(
        new,
        cases,
        st.sampled_from(["要素", "结案", "成文", "报送", "将来的条目"]),
        st.sampled_from(
            [
                {"note": '他说"没事"\n\t\\u0041'},
                {"note": "\ud83c半个字"},
                {"note": None},
                {"sets": [], "note": "车祸"},
                {"data": {"note": "不是来电"}},
                {"note": "车祸", "more": {"note": "不是来电"}},
            ]
        ),
        minutes,
    ),
    st.builds(new, cases, st.just("决定"), st.just({"decision": "不报", "reason": "已核实"}), minutes),
    st.builds(
        new,
        cases,
        st.just("并案"),
        cases.map(lambda other: {"into": other}) | cases.map(lambda o: {"from": o}),
    ),
    st.builds(new, st.just(""), st.just("归档"), st.just({"seq": 1}), minutes),
)


@st.composite
def histories(draw: Any) -> list[list[NewEntry]]:
    """Batches of entries; now and then one takes back some that stand before it."""
    made: list[NewEntry] = []
    batches = []
    for batch in draw(st.lists(st.lists(entries, min_size=1, max_size=3), max_size=9)):
        if made and draw(st.booleans()):
            meant = draw(st.sampled_from(made))
            batch = [*batch, new(meant.case or NUMBERS[0], "撤销", {"voids": [meant.id]})]
        made += batch
        batches.append(batch)
    return batches


class Beside(Memory):
    """A store in memory with room for an index."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.index_path = path  # type: ignore[assignment]


def shape(case: Case | None) -> Any:
    if case is None:
        return None
    own = case.decision
    return {
        "number": case.number,
        "status": case.status,
        "facts": case.facts.to_json(),
        "verdict": None if case.verdict is None else case.verdict.to_json(),
        "decision": None if own is None else (own.decision, own.lapsed),
        "entries": [entry.id for entry in case.entries],
        "voided": sorted(case.voided),
        "sent": [entry.id for entry in case.sent],
        "merged": (case.merged_into, case.merged),
        "found": [(one.entry.id, one.text) for one in case.contradictions],
        "closed": case.closed_at,
    }


def lines(found: Iterator[Glance]) -> list[tuple[Any, ...]]:
    return [tuple(getattr(one, name) for name in Glance.__slots__) for one in found]


def answers(cases: Cases, moments: Sequence[datetime]) -> dict[str, Any]:
    """All that a ledger can be asked."""
    early, late = moments
    wants = {
        "all": Wanted(),
        "open": Wanted(status=Status.OPEN),
        "void": Wanted(status=Status.VOID),
        "since": Wanted(since=early, until=late),
        "word": Wanted(find="车祸"),
        "wild": Wanted(find="%"),
        "place": Wanted(find="东街", status=Status.OPEN),
    }
    told = {name: lines(cases.glances(wanted)) for name, wanted in wants.items()}
    return told | {
        "bool": bool(cases),
        "get": [shape(cases.get(number)) for number in (*NUMBERS, "20260305-03", "")],
        "newest": shape(cases.newest()),
        "ending": [cases.ending(tail) for tail in ("-01", "-02", "-1", "-", "0305-01", "-20260305-01")],
        "beginning": [cases.beginning(head) for head in ("20260305-", "20260306-", "2026", "外", "%")],
        "running": [shape(case) for case in cases.open()],
        "watched": lines(cases.watched(early)),
        "chosen": [shape(case) for case in cases.wanted(Wanted(since=early))],
    }


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(histories(), minutes, minutes)
def test_the_index_answers_as_the_folded_log_does(
    tmp_path_factory: pytest.TempPathFactory, history: list[list[NewEntry]], one: int, other: int
) -> None:
    store = Beside(tmp_path_factory.mktemp("beside") / "index")
    moments = [START + timedelta(minutes=minute) for minute in sorted((one, other))]
    for batch in history:
        store.append(batch, store.head().head)
        # Brought up to each head in turn, as the desk's runs would.
        assert answers(cases_of(store), moments) == answers(Folded(fold(store.since(0))), moments)
    index = Index(store, store.index_path)  # type: ignore[arg-type]
    if history:
        with suppress(IndexUnusable):
            index.rebuild("要重做")
        if not isinstance(cases_of(store), Folded):  # half a surrogate pair in a number
            assert answers(Indexed(index), moments) == answers(Folded(fold(store.since(0))), moments)
    index.close()


@settings(max_examples=200)
@given(histories())
def test_the_line_of_a_case_made_of_the_few_entries_that_decide_it_is_that_of_the_whole_case(
    history: list[list[NewEntry]],
) -> None:
    store = Memory()
    for batch in history:
        store.append(batch, store.head().head)
    told: dict[str, list[Told]] = {}
    for place, line in store.lines(0):
        _, case, kind = heading(line)
        told.setdefault(case, []).append((place + 1, kind, line))
    for number, own in told.items():
        whole = fold_case(number, [entry for entry in store.since(0) if entry.case == number])
        assert summary_of(number, own) == summary(whole)


@settings(max_examples=300)
@given(st.lists(entries, min_size=1, max_size=9))
def test_nor_does_it_matter_what_stands_between_them(history: list[NewEntry]) -> None:
    store = Memory()
    for one in history:
        one.case = "c"
        store.append([one], store.head().head)
    own = [(place + 1, heading(line)[2], line) for place, line in store.lines(0)]
    assert summary_of("c", own) == summary(fold_case("c", list(store.since(0))))


@pytest.mark.parametrize(
    "said", [rb'"note":"a","note":"b"', rb'"\u006eote":"b"', rb'"note":"a","\u006eote":"b"', rb'"note":"\x"']
)
@pytest.mark.parametrize("kind", ["接报", "报送", "成文", "结案"])
def test_a_note_that_another_program_wrote_its_own_way_is_found_as_well(kind: str, said: bytes) -> None:
    line = new("c", kind, {"x": 1}).placed(1, GENESIS).to_line().replace(b'"x":1', said)
    own = [
        (1, kind, line),
        (2, "要素", new("c", "要素", told("火灾", 5, 1, "起火")).placed(2, digest(line)).to_line()),
    ]
    try:
        entries = [Entry.from_line(line) for *_, line in own]
    except NotAnEntry:
        with pytest.raises(LedgerBroken):
            summary_of("c", own)
    else:
        assert summary_of("c", own) == summary(fold_case("c", entries))


@pytest.mark.parametrize("last", [{"incident": 3}, {"incident": {"measures": {"deaths": {"low": -1}}}}])
def test_facts_that_cannot_be_read_do_not_hide_those_before_them(last: dict[str, Any]) -> None:
    store = Memory()
    for data in (told("火灾", 5, 1, "起火"), told("火灾", 5, 2, "死了两人"), last):
        unnoted = {name: value for name, value in data.items() if name != "note"}
        store.append([new("c", "要素", unnoted)], store.head().head)
    own = [(place + 1, "要素", line) for place, line in store.lines(0)]
    assert glance_of("c", summary_of("c", own)[:7]).title == "死了两人"


def test_a_case_is_summed_up_whole_however_far_apart_its_entries_lie(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Little is kept in hand, so that cases are let go, and come up again when they were.
    monkeypatch.setattr(gathering, "MANY", 3)
    monkeypatch.setattr(gathering, "MOST", 2000)
    for title, kind in (("起火", "接报"), ("火已扑灭", "要素"), ("", "结案")):
        for number in (*NUMBERS[:4], "20260307-01", "20260307-02"):
            data = told("火灾", 5, 1, title) if title else {}
            journal.append([new(number, kind, data)], journal.head().head)
    found, folded = cases_of(journal), Folded(fold(journal.since(0)))
    assert isinstance(found, Indexed)
    for wanted in (Wanted(), Wanted(status=Status.CLOSED), Wanted(find="起火"), Wanted(find="扑灭")):
        assert lines(found.glances(wanted)) == lines(folded.glances(wanted))
    assert len(list(found.wanted(Wanted(find="起火，1人死亡")))) == 6


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(histories(), st.sampled_from(KINDS), minutes, st.integers(0, 600), st.sets(cases, max_size=2))
def test_no_case_that_is_near_is_left_out(
    tmp_path_factory: pytest.TempPathFactory,
    history: list[list[NewEntry]],
    category: str | None,
    minute: int,
    span: int,
    numbers: set[str],
) -> None:
    store = Beside(tmp_path_factory.mktemp("beside") / "index")
    for batch in history:
        store.append(batch, store.head().head)
    start = START + timedelta(minutes=minute)
    end, called = start + timedelta(minutes=span), start
    cases = cases_of(store)
    found = {case.number for case in cases.near(category, start, end, called, numbers)}
    for case in fold(store.since(0)).values():
        known = case.facts.occurred
        kinds = {category, case.facts.category} - {None, "其他"}
        in_time = case.opened_at >= called or (
            known is not None and known.at <= end and (known.until or known.at) >= start
        )
        live = case.status in (Status.OPEN, Status.CLOSED)
        if live and (case.number in numbers or (len(kinds) < 2 and in_time)):
            assert case.number in found
        elif isinstance(cases, Indexed):
            assert case.number not in found


def test_what_is_watched_was_to_be_reported_and_was_closed_since(journal: Journal) -> None:
    told_at = (
        ("一", "应报", 10, 20),
        ("二", "备查", 10, 20),
        ("三", "应报", None, 20),
        ("四", "应报", 10, 5),
    )
    for number, decision, occurred, closed in told_at:
        journal.append(
            [
                new(number, "接报", told("火灾", occurred, 1, "起火")),
                new(number, "研判", verdict(decision, None)),
                new(number, "结案", {}, closed),
            ],
            journal.head().head,
        )
    since = START + timedelta(minutes=15)
    for cases in (cases_of(journal), Folded(fold(journal.since(0)))):
        (one,) = cases.watched(since)
        assert (one.number, one.category, one.occurred) == ("一", "火灾", START + timedelta(minutes=10))


@pytest.fixture
def filled(journal: Journal) -> Journal:
    for number in NUMBERS[:3]:
        journal.append([new(number, EntryKind.RECEIVED, told("火灾", 5, 1, "东街火灾"))], journal.head().head)
    return journal


def numbers_in(journal: Journal) -> list[str]:
    return [one.number for one in cases_of(journal).glances(Wanted())]


def test_a_ledger_of_which_nothing_is_there_gets_no_index(journal: Journal) -> None:
    assert not cases_of(journal)
    assert not journal.folder.exists()


def test_an_index_is_made_in_silence_and_for_this_user_alone(filled: Journal) -> None:
    assert numbers_in(filled) == list(NUMBERS[:3])
    assert filled.notices == []
    beside = sorted(path for path in filled.folder.iterdir() if ".index" in path.name)
    assert filled.index_path in beside
    assert {path.stat().st_mode & 0o077 for path in beside} == {0}


def test_where_much_is_taken_in_it_is_told_how_far_up_to_the_end(
    filled: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, int]] = []
    filled.tell = lambda done, total: told.append((done, total))
    numbers_in(filled)
    assert told == []
    filled.index_path.unlink()
    monkeypatch.setattr(gathering, "MANY", 2)
    numbers_in(filled)
    assert told == [(2, 3), (3, 3)]


def test_an_index_that_was_deleted_comes_back(filled: Journal) -> None:
    numbers_in(filled)
    for path in list(filled.folder.iterdir()):
        if ".index" in path.name:
            path.unlink()
    assert numbers_in(filled) == list(NUMBERS[:3])
    assert filled.notices == []


@pytest.mark.parametrize("left", [0, 1, 16, 100, 4096, 5000])
def test_an_index_that_was_cut_is_made_anew_and_says_so(filled: Journal, left: int) -> None:
    numbers_in(filled)
    whole = filled.index_path.read_bytes()
    for end in ("-wal", "-shm"):
        filled.index_path.with_name(f"{filled.index_path.name}{end}").unlink(missing_ok=True)
    filled.index_path.write_bytes(whole[:left])
    again = Journal(filled.folder)
    assert numbers_in(again) == list(NUMBERS[:3])
    assert len(again.notices) == (left > 1)  # a byte is as good as nothing to SQLite
    assert all("索引" in notice and "已重建" in notice for notice in again.notices)
    assert numbers_in(Journal(filled.folder)) == list(NUMBERS[:3])


@pytest.mark.parametrize("noise", [b"\x00" * 9000, b"hello" * 3000, b"SQLite format 3\x00" + b"\xff" * 9000])
def test_noise_in_the_place_of_the_index_is_made_anew_and_says_so(filled: Journal, noise: bytes) -> None:
    filled.index_path.write_bytes(noise)
    assert numbers_in(filled) == list(NUMBERS[:3])
    assert len(filled.notices) == 1 and "已重建" in filled.notices[0]


def test_an_index_ahead_of_the_log_is_made_anew_and_says_so(filled: Journal) -> None:
    earlier = filled.path.read_bytes()
    filled.append([new("20260307-01", EntryKind.RECEIVED, {})], filled.head().head)
    assert len(numbers_in(filled)) == 4
    filled.path.write_bytes(earlier)
    again = Journal(filled.folder)
    assert numbers_in(again) == list(NUMBERS[:3])
    assert "比台账还新" in again.notices[0]


@pytest.mark.parametrize("more", [0, 1])
def test_an_index_of_another_ledger_is_made_anew_and_says_so(
    filled: Journal, tmp_path: Path, more: int
) -> None:
    numbers_in(filled)
    other = Journal(tmp_path / "别处")
    for number in ("20250101-01", "20250101-02", "20250101-03", "20250101-04")[: 3 + more]:
        other.append([new(number, EntryKind.RECEIVED, {})], other.head().head)
    filled.path.write_bytes(other.path.read_bytes())
    again = Journal(filled.folder)
    assert numbers_in(again)[0] == "20250101-01"
    assert "对不上" in again.notices[0]


def test_an_index_of_another_version_is_made_anew_and_says_so(filled: Journal) -> None:
    numbers_in(filled)
    index = Index(filled, filled.index_path)
    list(index.query("UPDATE meta SET value = 99 WHERE name = 'schema'"))
    index.close()
    assert numbers_in(filled) == list(NUMBERS[:3])
    assert "另一版本" in filled.notices[0]


def test_an_index_that_points_to_another_case_is_found_out_when_the_case_is_read(filled: Journal) -> None:
    numbers_in(filled)
    index = Index(filled, filled.index_path)
    list(index.query("UPDATE entries SET place = 0"))
    index.close()
    case = cases_of(filled).get(NUMBERS[1])
    assert case is not None and [entry.case for entry in case.entries] == [NUMBERS[1]]
    assert "对不上" in filled.notices[0]


def test_where_no_index_can_be_made_the_log_is_read(filled: Journal) -> None:
    filled.index_path.mkdir()
    found = cases_of(filled)
    assert isinstance(found, Folded)
    assert [one.number for one in found.glances(Wanted())] == list(NUMBERS[:3])


def test_while_another_process_keeps_the_index_the_log_is_read(
    filled: Journal, start: Callable[..., Any]
) -> None:
    holder = start(
        "import sys, pathlib; from jinji_report.ledger.lock import Lock\n"
        "with Lock(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.readline()",
        filled.index_path.with_name(f"{filled.index_path.name}.lock"),
    )
    assert holder.stdout.readline() == "held\n"
    found = cases_of(filled)
    holder.communicate("\n")
    assert isinstance(found, Folded) and len(list(found.open())) == 3

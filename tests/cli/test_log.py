"""jinji log and jinji at: the ledger as it is, and a case as it was known."""

import json
from pathlib import Path
from typing import Any

import pytest

from jinji_report.exchange.rows import ENTRY_COLUMNS
from jinji_report.ledger.journal import Journal
from jinji_report.model.entry import Entry, NewEntry, heading
from jinji_report.moments import parse_moment

from .conftest import Jinji
from .refusal import refused

DAY = "2026-03-05T"
FIRE = "9时20分，城关镇东街一服装店起火，2人死亡，1人重伤，1人轻伤"
CAR = "G30高速K1023两车追尾，一名驾驶员轻伤，现场已撤离"


def at(minute: str) -> tuple[str, str]:
    return ("--now", f"{DAY}{minute}")


@pytest.fixture
def morning(jinji: Jinji) -> Jinji:
    """1-3 a fire, 4-5 told to the city, 6-8 a follow-up, 9-11 another call, 12 the follow-up taken back."""
    for line in (
        ["new", "-y", FIRE, *at("09:25")],
        ["sent", "01", "--form", "电话", *at("09:31")],
        ["followup", "01", "又有1人死亡", *at("09:40")],
        ["new", "-y", CAR, *at("09:45")],
        ["undo", "01", "--reason", "听错了", *at("09:50")],
    ):
        assert jinji(*line).code == 0
    return jinji


def log(jinji: Jinji, *line: str) -> list[dict]:
    outcome = jinji("log", *line, "--json", *at("10:00"))
    assert (outcome.code, outcome.err, outcome.out.count("\n")) == (0, "", 1), outcome
    assert outcome.json["schema"] == "jinji/1"
    return outcome.json["entries"]


def seqs(entries: list[dict]) -> list[int]:
    return [one["seq"] for one in entries]


def test_all_entries_come_as_their_lines_have_them_oldest_first(morning: Jinji, home: Path) -> None:
    lines = [json.loads(line) for line in (home / "ledger.jsonl").read_bytes().splitlines()]
    entries = log(morning)
    assert [{k: v for k, v in one.items() if k != "voided_by"} for one in entries] == lines
    assert [one["voided_by"] for one in entries] == [None] * 5 + [12] * 3 + [None] * 4


def test_the_newest_are_asked_for_by_their_number(morning: Jinji) -> None:
    assert seqs(log(morning, "-n", "6")) == [7, 8, 9, 10, 11, 12]
    assert [one["voided_by"] for one in log(morning, "-n", "6")][:2] == [12, 12]
    assert seqs(log(morning, "-n", "99")) == list(range(1, 13))
    assert morning("log", "-n", "6", "--json", *at("10:00")).json["earlier"] == 6


def test_one_case_has_its_own_entries(morning: Jinji) -> None:
    assert seqs(log(morning, "01")) == [1, 2, 3, 4, 5, 6, 7, 8, 12]
    assert seqs(log(morning, "01", "-n", "2")) == [8, 12]
    assert seqs(log(morning, "latest")) == [9, 10, 11]


def test_a_span_is_of_the_moments_of_recording(morning: Jinji) -> None:
    morning(
        "sent", "02", "--to", "市", "--form", "电话", "--at", f"{DAY}09:46", "--reason", "补登", *at("10:30")
    )
    span = ["--since", f"{DAY}09:31", "--until", f"{DAY}09:45"]
    assert seqs(log(morning, *span)) == list(range(4, 12))
    assert seqs(log(morning, *span, "-n", "2")) == [10, 11]
    assert seqs(log(morning, *span, "01")) == [4, 5, 6, 7, 8]
    assert [one["voided_by"] for one in log(morning, *span)][2:5] == [12, 12, 12]
    assert log(morning, "--since", f"{DAY}12:00") == []


def test_the_screen_tells_a_line_an_entry_and_marks_what_counts_no_more(morning: Jinji) -> None:
    outcome = morning("log", *at("10:00"))
    assert outcome.err == ""
    lines = outcome.out.splitlines()
    assert lines[0].split() == ["序号", "登记", "发生", "条目", "记录人", "内容"]
    (facts,) = [line for line in lines if line.split()[0] == "6"]
    assert "要素×*" in facts
    assert "又有1人死亡" in facts
    assert "20260305-01" in lines
    assert any(line.startswith("× 已撤销") for line in lines)
    (undone,) = [line for line in lines if line.split()[0] == "12"]
    assert "要素、研判、成文（第 6 至 8 条）（听错了）" in undone


def test_the_screen_has_the_newest_thirty_and_says_how_many_came_before(morning: Jinji) -> None:
    for minute in range(10, 40):
        morning("decide", "02", "应报", "--reason", "x", *at(f"10:{minute}"))
    outcome = morning("log", *at("11:00"))
    assert "更早的还有 12 条" in outcome.out
    assert sum(line.split()[0].isdigit() for line in outcome.out.splitlines() if line.strip()) == 30


def test_the_ledgers_own_entries_stand_under_no_case(morning: Jinji, home: Path) -> None:
    moment = parse_moment(f"{DAY}09:55")
    store = Journal(home)
    data = {"kept": 12, "left_out": 1, "file": "ledger.broken"}
    entry = NewEntry(case="", kind="修复", at=moment, recorded=moment, by="x", data=data)
    store.append([entry], store.head().head)
    lines = morning("log", "-n", "2", *at("10:00")).out.splitlines()
    place = lines.index("（台账自身）")
    assert "留下 12 条，略去 1 行，原文件存为 ledger.broken" in lines[place + 1]


def test_an_empty_ledger_or_span_is_said(jinji: Jinji) -> None:
    for line in (["log"], ["log", "--since", f"{DAY}09:00"]):
        outcome = jinji(*line, *at("10:00"))
        assert (outcome.code, outcome.out) == (0, "")
        assert outcome.err
    assert jinji("log", "--json", *at("10:00")).json["entries"] == []


def test_the_newest_of_many_are_read_without_the_others(
    morning: Jinji, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jinji_report.desk import history

    looked: list[int] = []
    monkeypatch.setattr(history, "heading", lambda line: looked.append(heading(line)[0]) or heading(line))
    assert morning("log", "-n", "3", *at("10:00")).code == 0
    assert looked == [10, 11, 12]


def test_an_entry_that_was_named_before_it_was_there_is_not_taken_back(morning: Jinji, home: Path) -> None:
    moment = parse_moment(f"{DAY}09:55")
    store = Journal(home)
    for kind, data, ident in (("撤销", {"voids": ["late"]}, "early"), ("结案", {}, "late")):
        entry = NewEntry(
            case="20260305-01", kind=kind, at=moment, recorded=moment, by="x", data=data, id=ident
        )
        store.append([entry], store.head().head)
    assert [one["voided_by"] for one in log(morning, "-n", "2")] == [None, None]


@pytest.mark.parametrize("more", [(), ("-n", "2")], ids=["all", "the newest"])
def test_a_span_is_found_in_one_pass_and_only_its_own_entries_are_read_in_full(
    morning: Jinji, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]
) -> None:
    passes: list[int] = []
    full: list[int] = []
    lines, from_line = Journal.lines, Entry.from_line

    def passing(self: Journal, seq: int) -> Any:
        passes.append(seq)
        return lines(self, seq)

    def reading(line: bytes) -> Entry:
        entry = from_line(line)
        full.append(entry.seq)
        return entry

    monkeypatch.setattr(Journal, "lines", passing)
    monkeypatch.setattr(Journal, "since", None)
    monkeypatch.setattr(Entry, "from_line", reading)
    found = seqs(log(morning, "--since", f"{DAY}09:45", "--until", f"{DAY}09:46", *more))
    assert found == [9, 10, 11][-2 if more else 0 :]
    assert passes == [0] and set(full) - {1, 12} == set(found)  # the ends are looked at, and what takes back


def test_a_line_that_cannot_be_read_is_named(morning: Jinji, home: Path) -> None:
    path = home / "ledger.jsonl"
    lines = path.read_bytes().splitlines()
    lines[4] = b"rubbish"
    path.write_bytes(b"\n".join(lines) + b"\n")
    outcome = morning("log", "--since", f"{DAY}09:00", *at("10:00"))
    refused(outcome, 4)
    assert "第 5 行" in outcome.err


def test_export_says_of_each_entry_what_took_it_back(morning: Jinji) -> None:
    rows = [json.loads(line) for line in morning("export", "--entries", *at("10:00")).out.splitlines()]
    assert [row["voided_by"] for row in rows] == [None] * 5 + [12] * 3 + [None] * 4
    assert list(rows[0]).index("voided_by") == list(ENTRY_COLUMNS).index("voided_by")


# —— jinji at ——


def known(jinji: Jinji, moment: str, *line: str) -> dict:
    outcome = jinji("at", f"{DAY}{moment}", "01", *line, "--json", *at("10:00"))
    assert outcome.code == 0, outcome
    return outcome.json


def dead(answer: dict) -> int:
    return answer["incident"]["measures"]["deaths"]["low"]


def test_what_was_known_then_is_what_had_been_recorded(morning: Jinji) -> None:
    assert [dead(known(morning, minute)) for minute in ("09:25", "09:39", "09:40", "09:49", "09:50")] == [
        2,
        2,
        3,
        3,
        2,
    ]
    assert len(known(morning, "09:30")["entries"]) == 3
    assert [one["voided_by"] for one in known(morning, "09:45")["entries"]] == [None] * 8


def test_it_has_the_shape_of_show_and_the_moment(morning: Jinji) -> None:
    shown = morning("show", "01", "--json", *at("09:30")).json
    then = known(morning, "09:30")
    assert set(then) == {*shown, "known_at"}
    assert then["known_at"] == f"{DAY}09:30:00+08:00"


def test_the_limits_stand_as_they_stood(morning: Jinji) -> None:
    phone = {
        minute: {one["state"] for one in known(morning, minute)["limits"] if one["id"] == "first-phone"}
        for minute in ("09:26", "09:30", "09:31")
    }
    assert phone == {"09:26": {"open"}, "09:30": {"open"}, "09:31": {"met"}}
    assert {
        one["minutes_left"] for one in known(morning, "09:30")["limits"] if one["id"] == "first-phone"
    } == {15}


def test_an_entry_of_the_same_minute_was_known_at_that_minute(jinji: Jinji) -> None:
    jinji("new", "-y", FIRE, "--now", f"{DAY}09:25:40")
    assert jinji("at", f"{DAY}09:25", "01", "--json", *at("10:00")).code == 0
    assert jinji("at", f"{DAY}09:25:39", "01", "--json", *at("10:00")).code == 1
    assert len(log(jinji, "--until", f"{DAY}09:25")) == 3
    assert log(jinji, "--until", f"{DAY}09:25:39") == []


def test_before_the_first_entry_the_answer_is_no(morning: Jinji) -> None:
    outcome = morning("at", f"{DAY}09:24", "01", *at("10:00"))
    refused(outcome, 1)
    assert "还没有案卷 20260305-01，它的第一条登记于 2026年3月5日 09:25" in outcome.err


def test_a_moment_that_has_not_come_or_is_none_is_refused(morning: Jinji) -> None:
    refused(morning("at", f"{DAY}10:01", "01", *at("10:00")))
    refused(morning("at", "某时某刻", "01", *at("10:00")), 2)
    for day in ("今天", DAY[:10]):  # it is not over yet
        assert morning("at", day, "01", "--json", *at("10:00")).json["known_at"] == f"{DAY}10:00:00+08:00"


def test_a_merge_counts_from_when_it_was_entered(morning: Jinji) -> None:
    morning("merge", "02", "01", "--reason", "x", *at("09:55"))
    assert known(morning, "09:54")["merged"] == []
    assert known(morning, "09:55")["merged"] == ["20260305-02"]


def test_the_screen_says_that_it_is_of_then(morning: Jinji) -> None:
    outcome = morning("at", f"{DAY}09:45", "01", *at("10:00"))
    assert outcome.out.startswith("2026年3月5日 09:45 时所知")
    assert "3人" in outcome.out
    assert "×" not in outcome.out


def test_show_marks_an_entry_that_does_not_fit_the_others(morning: Jinji, home: Path) -> None:
    moment = parse_moment(f"{DAY}09:55")
    store = Journal(home)
    for kind in ("结案", "成文"):
        data = {"stage": "续报", "number": 7, "title": "t", "text": "t"}
        entry = NewEntry(case="20260305-01", kind=kind, at=moment, recorded=moment, by="x", data=data)
        store.append([entry], store.head().head)
    assert "※ 第 14 条：结案后又有成文" in morning("show", "01", *at("10:00")).out
    shown = morning("show", "01", "--json", *at("10:00")).json
    assert shown["findings"] == [{"seq": 14, "kind": "成文", "text": "结案后又有成文"}]

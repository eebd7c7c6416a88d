"""What `export` gives to shell scripts and spreadsheets."""

import csv
import io
import json
import sys
from typing import Any

import pytest

from jinji_report.cli import progress
from jinji_report.exchange.rows import CASE_COLUMNS, ENTRY_COLUMNS

from .conftest import Jinji
from .refusal import written

NOW = ("--now", "2026-03-07T12:00")


@pytest.fixture
def three(jinji: Jinji) -> Jinji:
    """Three cases on three days; the first is sent, followed up and closed, the second not reported."""
    lines = [
        ("03-05T09:30", ["new", "-y", "昨晚11点半，城关镇东街一服装店起火，2人死亡，1人重伤，1人轻伤"]),
        ("03-05T09:31", ["sent", "01", "--form", "电话"]),
        ("03-05T09:40", ["sent", "01", "--form", "书面"]),
        ("03-05T10:00", ["followup", "01", "又有1人抢救无效死亡"]),
        ("03-05T11:00", ["followup", "01", "善后处置基本结束", "--final"]),
        ("03-05T11:05", ["close", "01"]),
        ("03-06T08:00", ["new", "-y", "G30高速K1023两车追尾，一名驾驶员轻伤", "--by", "李四"]),
        ("03-06T08:01", ["decide", "20260306-01", "不报", "--reason", "轻微"]),
        ("03-07T11:50", ["new", "-y", "县一中食堂，中午饭后有23名学生呕吐腹泻，已送县医院"]),
    ]
    for minute, line in lines:
        outcome = jinji(*line, "--now", f"2026-{minute}")
        assert outcome.code == 0, outcome
    return jinji


def rows_of(jinji: Jinji, *more: str) -> list[dict[str, Any]]:
    outcome = jinji("export", *more, *NOW)
    assert outcome.code == 0, outcome
    assert outcome.err == ""
    return [json.loads(line) for line in outcome.out.splitlines()]


def test_a_row_a_case_holds_what_was_done_about_it(three: Jinji) -> None:
    fire, road, food = rows_of(three)
    assert [fire["case"], road["case"], food["case"]] == ["20260305-01", "20260306-01", "20260307-01"]
    assert (fire["status"], fire["decision"], fire["grade_low"]) == ("已结", "应报", "较大")
    assert (fire["deaths_low"], fire["deaths_high"]) == (3, 3)
    assert (fire["first_phone_sent"], fire["first_written_sent"]) == (
        "2026-03-05T09:31:00+08:00",
        "2026-03-05T09:40:00+08:00",
    )
    assert (fire["reports"], fire["follow_ups"]) == (3, 1)
    assert fire["final_report"] == "2026-03-05T11:00:00+08:00"
    assert fire["closed"] == "2026-03-05T11:05:00+08:00"
    assert fire["next_due"] is None
    assert (road["decision"], road["verdict"], road["officer_decision"], road["officer_reason"]) == (
        "不报",
        "备查",
        "不报",
        "轻微",
    )
    assert road["recorded_by"] == "李四"
    assert road["deaths_low"] is None
    assert (road["injured_low"], road["injured_high"]) == (1, 1)
    assert (food["status"], food["decision"]) == ("在办", "应报")
    assert "校园" in food["tags"].split("|")
    assert food["next_due"] is not None


@pytest.mark.parametrize("entries", [False, True])
def test_columns_are_the_head_of_the_table_and_the_keys_of_every_row(three: Jinji, entries: bool) -> None:
    more = ["--entries"] if entries else []
    listed = [line.split("\t") for line in three("export", "--columns", *more).out.splitlines()]
    assert dict(listed) == (ENTRY_COLUMNS if entries else CASE_COLUMNS)
    names = [name for name, _ in listed]
    table = three("export", "--format", "csv", *more, *NOW).out
    assert next(csv.reader(io.StringIO(table))) == names
    for row in rows_of(three, *more):
        assert list(row)[: len(names)] == names


def test_columns_do_not_need_a_ledger_nor_make_one(jinji: Jinji, home: Any) -> None:
    assert jinji("export", "--columns").code == 0
    assert not home.exists()


@pytest.mark.parametrize("entries", [[], ["--entries"]])
def test_the_three_formats_say_the_same(three: Jinji, entries: list[str]) -> None:
    lines = rows_of(three, *entries)
    assert json.loads(three("export", "--format", "json", *entries, *NOW).out) == lines
    table = list(
        csv.DictReader(io.StringIO(three("export", "--format", "csv", *entries, *NOW).out, newline=""))
    )
    assert len(table) == len(lines)

    def cell(value: Any) -> str:
        if value is None:
            return ""
        return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)

    for row, line in zip(table, lines, strict=True):
        assert row == {name: cell(line.get(name)) for name in row}


def test_only_excel_gets_a_mark_before_the_first_column(three: Jinji) -> None:
    plain = three("export", "--format", "csv", *NOW).out
    assert plain.startswith("case,")
    assert three("export", "--format", "csv", "--excel", *NOW).out == f"\ufeff{plain}"
    for form in ("json", "jsonl"):
        assert not three("export", "--format", form, *NOW).out.startswith("\ufeff")
    assert "\r" not in plain
    assert plain.endswith("\n")


def test_two_exports_of_one_moment_are_the_same_bytes(three: Jinji, home: Any) -> None:
    before = written(home)
    for more in ([], ["--entries"], ["--format", "csv"], ["--format", "json", "--entries"]):
        assert three("export", *more, *NOW).out == three("export", *more, *NOW).out
    assert written(home) == before


def numbers(rows: list[dict[str, Any]]) -> list[str]:
    return [row["case"][4:8] for row in rows]


SPANS: list[tuple[list[str], list[str]]] = [
    (["--since", "2026-03-06"], ["0306", "0307"]),
    (["--until", "2026-03-06"], ["0305", "0306"]),
    (["--since", "2026-03-06", "--until", "2026-03-06"], ["0306"]),
    (["--since", "昨天"], ["0306", "0307"]),
    (["--since", "今天"], ["0307"]),
    (["--until", "昨天"], ["0305", "0306"]),
    (["--since", "3月6日"], ["0306", "0307"]),
    (["--since", "2026-03-06T08:00"], ["0306", "0307"]),
    (["--since", "2026-03-06T08:01"], ["0307"]),
    (["--until", "2026-03-06T07:59"], ["0305"]),
    (["--until", "2026-03-06T08:00"], ["0305", "0306"]),
    (["--status", "已结"], ["0305"]),
    (["--status", "在办"], ["0306", "0307"]),
    (["--status", "在办", "--since", "2026-03-07"], ["0307"]),
    (["--since", "2026-03-07T12:00"], []),
]


def test_a_span_and_a_state_choose_the_cases(three: Jinji) -> None:
    for more, expected in SPANS:
        assert numbers(rows_of(three, *more)) == expected, more


def test_entries_are_chosen_by_when_they_happened(three: Jinji) -> None:
    every = rows_of(three, "--entries")
    assert [row["seq"] for row in every] == list(range(1, len(every) + 1))
    assert every[0]["kind"] == "接报"
    assert all(row["machine"] for row in every)
    sixth = rows_of(three, "--entries", "--since", "2026-03-06", "--until", "2026-03-06")
    assert [row["kind"] for row in sixth] == ["接报", "研判", "成文", "决定"]
    closed = rows_of(three, "--entries", "--status", "已结")
    assert {row["case"] for row in closed} == {"20260305-01"}
    assert closed[-1]["kind"] == "结案"


def test_nothing_to_export_is_an_empty_table_and_no_error(jinji: Jinji) -> None:
    assert jinji("export", *NOW).out == ""
    assert json.loads(jinji("export", "--format", "json", *NOW).out) == []
    assert jinji("export", "--format", "csv", *NOW).out == ",".join(CASE_COLUMNS) + "\n"


@pytest.mark.parametrize("what", [(), ("--entries",)])
def test_a_long_export_says_at_a_terminal_how_far_it_is_and_leaves_the_rows_alone(
    three: Jinji, monkeypatch: pytest.MonkeyPatch, what: tuple[str, ...]
) -> None:
    quiet = three("export", *what, *NOW)
    assert quiet.err == ""
    monkeypatch.setattr(progress, "SAID_AFTER", 0)
    assert three("export", *what, *NOW).err == ""
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda stream: stream is sys.stderr)
    told = three("export", *what, *NOW)
    assert told.out == quiet.out
    assert "\r导出台账……" in told.err and "%" in told.err and told.err.endswith("\r\x1b[K")


def test_rows_on_a_screen_have_nothing_between_them(three: Jinji, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "SAID_AFTER", 0)
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda stream: True)
    assert three("export", *NOW).err == ""

"""A clock that is set back, a leap day, the end of a year: numbers, limits and the check of the chain go on."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from jinji_report.cli import edge
from jinji_report.cli.main import main
from jinji_report.ledger.journal import Journal

from .conftest import NOTE, assert_sound


@pytest.fixture
def jinji(home: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command at a moment; its JSON answer, or its words for `ledger verify`."""

    def run(now: str, *words: str, code: int = 0) -> Any:
        capsys.readouterr()
        shape = () if words[0] in ("ledger", "next") else ("--json",)
        shape += ("--no-input",) if words[0] in ("new", "followup") else ()
        timed = () if words[0] == "ledger" else ("--now", now)
        assert main([*words, *shape, *timed]) == code, capsys.readouterr().err
        out = capsys.readouterr().out
        return json.loads(out) if shape else out

    return run


def dues(answer: Any) -> list[str]:
    return sorted(limit["due"] for limit in answer["limits"] if limit.get("due"))


def test_a_clock_set_back_an_hour_between_entries_is_told_and_breaks_nothing(home: Path, jinji: Any) -> None:
    opened = jinji("2026-03-05T10:00", "new", NOTE)
    followed = jinji("2026-03-05T09:00", "followup", "latest", "又有3人受伤。")
    assert followed["case"] == opened["case"] == "20260305-01"
    assert followed["report"]["number"] == 1
    second = jinji("2026-03-05T09:05", "new", NOTE, "--attach", "never")
    assert second["case"] == "20260305-02"  # by the calls of the day, not by the clock
    store = assert_sound(home)
    check = store.verify()
    assert check.holds and [f.line for f in check.findings if f.code == "backwards"] == [4]
    assert [entry.recorded.hour for entry in store.since(0)] == [10] * 3 + [9] * 6
    assert "早于上一行" in jinji("", "ledger", "verify")
    # What was promised from the first call on still counts from it.
    shown = jinji("2026-03-05T10:10", "show", "20260305-01")
    assert set(dues(opened)) <= set(dues(shown))


def test_a_machine_whose_own_clock_was_set_back_is_told_too(
    home: Path, jinji: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No `--now`: these lines are as most are, and those are gone through fast."""
    hours = iter((10, 9, 9, 9))

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime(2026, 3, 5, next(hours), tzinfo=tz)

    monkeypatch.setattr(edge, "datetime", Clock)
    for _ in range(2):
        assert main(["new", NOTE, "--attach", "never", "--json", "--no-input"]) == 0
    entries = list(Journal(home).since(0))
    assert [entry.recorded.hour for entry in entries] == [10] * 3 + [9] * 3
    assert not any(entry.machine for entry in entries)
    check = assert_sound(home).verify()
    assert [(f.line, f.code) for f in check.findings] == [(4, "backwards")]


def test_a_clock_set_back_over_midnight_numbers_by_the_day_it_shows(home: Path, jinji: Any) -> None:
    numbers = [
        jinji(now, "new", NOTE, "--attach", "never")["case"]
        for now in ("2026-03-05T23:50", "2026-03-06T00:10", "2026-03-05T23:55", "2026-03-06T00:12")
    ]
    assert numbers == ["20260305-01", "20260306-01", "20260305-02", "20260306-02"]
    assert_sound(home)


@pytest.mark.parametrize(
    ("before", "after", "numbers"),
    [
        ("2028-02-28T23:50", "2028-02-29T00:10", ("20280228-01", "20280229-01")),
        ("2028-02-29T23:50", "2028-03-01T00:10", ("20280229-01", "20280301-01")),
        ("2027-02-28T23:50", "2027-03-01T00:10", ("20270228-01", "20270301-01")),
        ("2026-12-31T23:50", "2027-01-01T00:10", ("20261231-01", "20270101-01")),
    ],
    ids=["into the leap day", "out of the leap day", "no leap year", "the end of the year"],
)
def test_across_midnight_numbers_and_limits_go_on(
    home: Path, jinji: Any, before: str, after: str, numbers: tuple[str, str]
) -> None:
    first = jinji(before, "new", NOTE)
    followed = jinji(after, "followup", "latest", "又有3人受伤。")
    second = jinji(after, "new", NOTE, "--attach", "never")
    assert (first["case"], followed["case"], second["case"]) == (numbers[0], numbers[0], numbers[1])
    store = assert_sound(home)
    assert store.verify().breaks == ()
    assert [entry.at.isoformat()[:16] for entry in store.since(0)] == [before] * 3 + [after] * 6
    # The hour of a call ten minutes before midnight is up fifty minutes after it, on the new day.
    assert {due[:10] for due in dues(first)} == {after[:10]}
    hour = [limit for limit in first["limits"] if limit["due"][:16] == f"{after[:11]}00:15"]
    assert hour, dues(first)
    late = jinji(f"{after[:11]}03:00", "next", code=21)
    assert numbers[0] in late and "超" in late
    assert [case["case"] for case in jinji(f"{after[:11]}03:00", "list")["cases"]] == list(numbers)
    assert [case["case"] for case in jinji(f"{after[:11]}03:00", "list", "--since", after[:10])["cases"]] == [
        numbers[1]
    ]


def test_a_leap_day_is_a_day_that_can_be_named(home: Path, jinji: Any) -> None:
    told = jinji(
        "2028-03-01T08:00", "new", "2月29日23时40分，城关镇东街居民家中起火，1人死亡。消防大队李队长报。"
    )
    assert told["incident"]["occurred"]["at"] == "2028-02-29T23:40:00+08:00"
    late = jinji(
        "2028-03-01T08:10",
        "followup",
        "latest",
        "又有3人受伤。",
        "--at",
        "2028-02-29T23:59",
        "--reason",
        "补登",
    )
    assert late["case"] == "20280301-01"
    entries = list(Journal(home).since(0))
    assert entries[-1].at.isoformat() == "2028-02-29T23:59:00+08:00"
    assert_sound(home)

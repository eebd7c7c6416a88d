"""A ledger of a million entries and a case of a hundred thousand: every answer is right, and none takes the memory of the whole.

How fast is for `python -m tests.benchmarks.ledger` to say.
"""

import json
import resource
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.ledger_maker import make, make_one_case

from jinji_report.ledger.cases import cases_of
from jinji_report.ledger.journal import Journal

from .conftest import NOTE, Forked, command

pytestmark = pytest.mark.slow

MOST_MEMORY = 150 << 20  # bytes more than before
NOW = "2026-03-20T09:20"  # half an hour after the last entry at the most

Answer = Callable[..., Any]
spent: list[float] = []
"""Seconds of processor time that each run took, newest last."""


@pytest.fixture
def jinji(home: Path) -> Answer:
    """Run a command in a process of its own; its answer, and a look at the memory that it took."""

    def run(*words: str, code: int = 0, most: int = MOST_MEMORY) -> Any:
        def task() -> int:
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            answer = command(*words)()
            more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) << 10
            assert more < most, f"{words[0]} took {more >> 20} MB"
            return answer

        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        process = Forked(task).finish(300)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime - before.ru_utime)
        assert process.code == code, process.err
        return json.loads(process.out) if "--json" in words else process.out

    return run


@pytest.fixture
def emptied(home: Path) -> Iterator[Path]:
    """The data folder; what was made in it does not stay until pytest clears up."""
    home.mkdir(0o700)
    yield home
    shutil.rmtree(home)


def test_a_million_entries_are_listed_shown_and_followed_up(emptied: Path, jinji: Answer) -> None:
    make(emptied / "ledger.jsonl", 1_000_000, still_open=20)
    at = ("--now", NOW)
    running = jinji("list", "--status", "在办", "--json", *at)["cases"]
    assert len(running) == 20
    numbers = [case["case"] for case in running]
    assert numbers == sorted(numbers) and numbers[-1].startswith("20260320-")

    upcoming = jinji("next", *at, code=21)
    assert any(number in upcoming for number in numbers)

    for number in (numbers[0], "20200101-07", "20171231-01"):
        shown = jinji("show", number, "--json", *at)
        assert shown["case"] == number
        assert shown["status"] == ("在办" if number in numbers else "已结")
        assert len(shown["entries"]) >= 10 and shown["entries"][0]["kind"] == "接报"

    found = jinji("list", "--since", "2020-02-29", "--until", "2020-02-29", "--json", *at)["cases"]
    assert len(found) in (28, 29) and all(case["case"].startswith("20200229-") for case in found)

    opened = jinji("new", NOTE, "--attach", "never", "--json", "--no-input", *at)
    assert opened["case"] == f"20260320-{int(numbers[-1][-2:]) + 1:02d}"
    jinji("followup", opened["case"], "又有3人受伤。", "--json", "--no-input", *at)
    jinji("followup", numbers[0], "又有3人受伤。", "--json", "--no-input", *at)
    running = jinji("list", "--status", "在办", "--json", *at)["cases"]
    assert [case["case"] for case in running] == [*numbers, opened["case"]]
    store = Journal(emptied)
    assert store.head().seq == 1_000_009
    added = list(store.since(1_000_000))
    assert [entry.kind for entry in added] == ["接报", "研判", "成文"] + ["要素", "研判", "成文"] * 2
    assert [entry.case for entry in added] == [opened["case"]] * 6 + [numbers[0]] * 3
    case = cases_of(store).get(numbers[0])
    assert case is not None and [entry.id for entry in case.entries[-3:]] == [
        entry.id for entry in added[-3:]
    ]


def test_a_case_of_a_hundred_thousand_entries_is_listed_shown_and_followed_up(
    emptied: Path, jinji: Answer
) -> None:
    make_one_case(emptied / "ledger.jsonl", 100_000)
    at, plenty = ("--now", NOW), 1 << 30  # a case is held as a whole while it is folded
    (running,) = jinji("list", "--status", "在办", "--json", *at, most=plenty)["cases"]
    number = running["case"]
    assert number in jinji("next", *at, code=21, most=plenty)
    shown = jinji("show", number, "--json", *at, most=plenty)
    assert len(shown["entries"]) == 100_000
    look = spent[-1]
    told = jinji("followup", number, "又有3人受伤。", "--json", "--no-input", *at, most=plenty)
    assert spent[-1] < 3 * look, "what a follow-up rests on was looked for over and over"
    assert told["report"]["number"] == 20_000
    jinji("close", number, "--json", "-y", *at, most=plenty)
    assert jinji("list", "--status", "在办", "--json", *at, most=plenty, code=1)["cases"] == []
    assert [entry.kind for entry in Journal(emptied).since(100_000)] == ["要素", "研判", "成文", "结案"]

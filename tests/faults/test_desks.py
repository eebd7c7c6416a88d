"""Several desks at one ledger: nothing is lost, nothing is there twice, nobody waits long, and who stands in the way is named."""

import os
import re
import signal
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.ledger.conftest import Draft

from jinji_report.cli.main import main
from jinji_report.errors import HeadMoved
from jinji_report.ledger.journal import Journal
from jinji_report.ledger.lock import Lock

from .conftest import NOTE, Forked, assert_sound, command, finish_all

DESKS, APPENDS = 8, 250
LONGEST_WAIT = 1.0  # seconds


def appending(folder: Path, draft: Draft, desk: int) -> Callable[[], None]:
    """Enter one after the other, each as soon as it can; print what was entered and how long each waited."""

    def task() -> None:
        store = Journal(folder, wait=30)
        for number in range(APPENDS):
            new = draft(f"{desk} {number}", by=str(desk))
            began = time.monotonic()
            while True:
                try:
                    store.append([new], store.head().head)
                    break
                except HeadMoved:
                    continue
            print(new.id, time.monotonic() - began)

    return task


@pytest.mark.slow
def test_eight_desks_that_enter_250_each_lose_nothing_and_none_waits_a_second(
    folder: Path, draft: Draft
) -> None:
    began = time.monotonic()
    desks = finish_all(*(appending(folder, draft, desk) for desk in range(DESKS)))
    lasted = time.monotonic() - began
    assert [desk.err for desk in desks] == [""] * DESKS
    answers = [line.split() for desk in desks for line in desk.out.splitlines()]
    longest = max(float(waited) for _, waited in answers)
    print(f"{DESKS} × {APPENDS} in {lasted:.1f} s, the longest wait {longest * 1000:.0f} ms")

    store = Journal(folder)
    assert store.verify().findings == ()
    entries = list(store.since(0))
    assert len(entries) == DESKS * APPENDS
    assert sorted(entry.id for entry in entries) == sorted(ident for ident, _ in answers)
    order: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        order[entry.by].append(str(entry.data["said"]))
    assert order == {str(desk): [f"{desk} {number}" for number in range(APPENDS)] for desk in range(DESKS)}
    assert not (folder / "ledger.jsonl.torn").exists()
    assert longest < LONGEST_WAIT


def holding(folder: Path) -> Callable[[], None]:
    def task() -> None:
        with Lock(folder / "ledger.jsonl.lock"):
            print("held", flush=True)
            time.sleep(3600)

    return task


@pytest.fixture
def stopped(home: Path) -> Forked:
    """A process that was stopped while it held the ledger."""
    assert Forked(command("new", NOTE, "--json", "--no-input")).finish().code == 0
    process = Forked(holding(home))
    while not (home / "ledger.jsonl.lock").read_bytes():
        time.sleep(0.001)
        assert process.running()
    os.kill(process.pid, signal.SIGSTOP)
    return process


def test_a_ledger_held_by_a_stopped_process_is_busy_and_says_by_whom_and_since_when(
    home: Path, stopped: Forked
) -> None:
    began = time.monotonic()
    refused = Forked(command("followup", "latest", "又有3人受伤。", "--json", "--no-input")).finish()
    lasted = time.monotonic() - began
    assert (refused.code, refused.out) == (5, "")
    problem, remedy = refused.err.splitlines()[-2:]
    assert f"进程 {stopped.pid}，自" in problem and re.search(r"自.*\d\d:\d\d起", problem)
    assert f"结束进程 {stopped.pid}" in remedy
    assert 5 <= lasted < 15
    assert Journal(home).head().seq == 3
    looked = Forked(command("list", "--json")).finish()
    assert looked.code == 0 and "在办" in looked.out  # who only reads is not kept waiting
    stopped.kill()
    assert Forked(command("followup", "latest", "又有3人受伤。", "--json", "--no-input")).finish().code == 0
    assert_sound(home)


def test_who_waits_for_a_stopped_process_goes_on_when_it_goes_on(home: Path, draft: Draft) -> None:
    """It is stopped in the middle of its own append, and goes on later."""
    gate = home.parent / "gate"

    def stopping() -> int:
        real = os.fsync

        def fsync(fd: int) -> None:
            if not gate.exists():
                gate.touch()
                os.kill(os.getpid(), signal.SIGSTOP)
            real(fd)

        os.fsync = fsync  # type: ignore[assignment]  # in the process that was forked for it
        return main(["followup", "latest", "又有3人受伤。", "--json", "--no-input"])

    assert Forked(command("new", NOTE, "--json", "--no-input")).finish().code == 0
    first = Forked(stopping)
    while not gate.exists():
        time.sleep(0.001)
        assert first.running()
    second = Forked(command("followup", "latest", "又有5人受伤。", "--json", "--no-input"))
    time.sleep(0.5)
    assert second.running()
    os.kill(first.pid, signal.SIGCONT)
    assert (first.finish().code, second.finish().code) == (0, 0), (first.err, second.err)
    store = assert_sound(home)
    assert [entry.data.get("number") for entry in store.since(0) if entry.kind == "成文"] == [0, 1, 2]


def test_two_desks_that_follow_up_one_case_at_once_are_both_there_and_numbered(home: Path) -> None:
    assert Forked(command("new", NOTE, "--json", "--no-input")).finish().code == 0
    for turn in range(5):
        notes = [f"又有{hurt}人受伤，第{turn}轮。" for hurt in (2, 3)]
        both = finish_all(*(command("followup", "latest", note, "--json", "--no-input") for note in notes))
        assert [desk.code for desk in both] == [0, 0], [desk.err for desk in both]
        store = assert_sound(home)
        entries = list(store.since(0))[3 + 6 * turn :]
        assert [entry.kind for entry in entries] == ["要素", "研判", "成文"] * 2
        assert {entry.data["note"] for entry in entries if entry.kind == "要素"} == set(notes)
        numbers = [entry.data["number"] for entry in entries if entry.kind == "成文"]
        assert numbers == [2 * turn + 1, 2 * turn + 2]
        # What each desk was told is what the ledger has: the second knew of the first.
        assert sorted(re.findall(r'"number": ?(\d+)', both[0].out + both[1].out)) == sorted(map(str, numbers))


def test_two_desks_that_take_a_call_at_once_give_two_numbers(home: Path) -> None:
    calls = [f"城关镇{place}居民家中起火，1人死亡。" for place in ("东街", "西关", "南园", "北坪")]
    desks = finish_all(*(command("new", note, "--attach", "never", "--json", "--no-input") for note in calls))
    assert [desk.code for desk in desks] == [0] * 4, [desk.err for desk in desks]
    store = assert_sound(home)
    received = [entry for entry in store.since(0) if entry.kind == "接报"]
    assert sorted(entry.case[-3:] for entry in received) == ["-01", "-02", "-03", "-04"]
    assert {entry.data["note"] for entry in received} == set(calls)

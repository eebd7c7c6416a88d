"""A run that is killed with -9 at any moment loses nothing that it answered, and leaves nothing half done."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from jinji_report.ledger.journal import Journal

from .conftest import Forked, assert_sound, command

SOURCE = Path(__file__).resolve().parents[2] / "src"
KINDS = ("居民家中起火", "两车相撞", "天然气泄漏爆燃", "工地脚手架垮塌")
REAL_WRITE = os.write


def words_of(run: int) -> list[str]:
    """The command line of a run: every third opens a case, the others follow up the newest."""
    if run % 3 == 0:
        note = f"城关镇东街{run}号{KINDS[run // 3 % 4]}，1人死亡，第{run}次来电。"
        return ["new", note, "--attach", "never", "--json", "--no-input"]
    return ["followup", "latest", f"又有{run % 7 + 2}人受伤，第{run}次来电。", "--json", "--no-input"]


def by_sips(words: list[str]) -> Callable[[], int]:
    """The same run on a disk that takes a few bytes at a time, so that it is often killed in a write."""

    def write(fd: int, data: bytes) -> int:
        time.sleep(0.001)
        return REAL_WRITE(fd, data[:100])

    def run() -> int:
        os.write = write  # type: ignore[assignment]  # in the process that was forked for it
        return command(*words)()

    return run


def times_entered(store: Journal) -> Counter[int]:
    """How often each run's note stands in the ledger."""
    notes = [str(entry.data["note"]) for entry in store.since(0) if "note" in entry.data]
    return Counter(int(note.rpartition("第")[2].removesuffix("次来电。")) for note in notes)


def ends_torn(folder: Path) -> bool:
    store = Journal(folder)
    store.head()
    return bool(store.notices)


def check(folder: Path, answered: set[int], runs: range) -> Journal:
    store = assert_sound(folder)
    entered = times_entered(store)
    assert {run: entered[run] for run in answered} == dict.fromkeys(answered, 1)
    assert set(entered.values()) <= {1} and set(entered) <= set(runs)
    return store


@pytest.mark.slow
@pytest.mark.parametrize("ledger", range(10))
def test_a_hundred_runs_killed_at_any_moment_lose_nothing_that_was_answered(
    home: Path, lots: random.Random, ledger: int
) -> None:
    """Ten ledgers, a hundred runs each, half of them on a disk that is slow to take the words."""
    runs = range(100)
    answered, cut_off, lasts = set(), 0, {0: 0.0, 1: 0.0}
    for run in runs:
        words, sips, spared = words_of(run), run % 2, run % 11 < 2
        began = time.monotonic()
        process = Forked(by_sips(words) if sips else command(*words))
        if spared:
            assert process.finish().code == 0, process.err
            lasts[sips] = time.monotonic() - began
        give_up = began + lots.uniform(0, 1.2) * lasts[sips]
        while process.running():
            if time.monotonic() > give_up:
                process.kill()
                cut_off += ends_torn(home)
            else:
                time.sleep(0.0002)
        if process.out:
            answered.add(run)
    print(
        f"ledger {ledger}: {len(answered)} of 100 answered, {cut_off} times a torn end, a run takes {lasts}"
    )
    entries = check(home, answered, runs).head().seq
    assert Forked(command(*words_of(102))).finish().code == 0
    assert check(home, answered | {102}, range(103)).head().seq == entries + 3


@pytest.mark.slow
def test_runs_of_the_real_command_killed_at_any_moment_lose_nothing_that_was_answered(
    home: Path, lots: random.Random
) -> None:
    env = {**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1"}
    answered: set[int] = set()
    lasts = 0.0
    runs = range(50)
    for run in runs:
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "jinji_report", *words_of(run)],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        try:
            # From the moment when it has started to somewhat after it should be done.
            out, err = process.communicate(timeout=lots.uniform(0.3, 1.2) * lasts if lasts else None)
            lasts = time.monotonic() - began
            assert process.returncode == 0, err.decode()
        except subprocess.TimeoutExpired:
            process.kill()
            out, _ = process.communicate()
        if out:
            answered.add(run)
    print(f"{len(answered)} of {len(runs)} answered")
    check(home, answered, runs)

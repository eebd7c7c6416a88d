"""Several processes write one ledger: nothing is lost, nothing appears twice, nobody waits for ever."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from jinji_report.errors import StoreBusy, StoreUnwritable
from jinji_report.ledger.journal import Journal
from jinji_report.ledger.lock import Lock
from jinji_report.ledger.seal import GENESIS

from .conftest import Draft, Fill

Start = Callable[..., "subprocess.Popen[str]"]

DESK = """
import sys
from datetime import datetime
from pathlib import Path
from jinji_report.errors import HeadMoved
from jinji_report.ledger.journal import Journal
from jinji_report.model.entry import NewEntry
from jinji_report.moments import BEIJING

folder, desk, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
journal = Journal(folder, wait=60)
now = datetime(2026, 3, 5, 9, 0, tzinfo=BEIJING)
for number in range(count):
    batch = [
        NewEntry(id=f"{desk}-{number}-{part}", case="c", kind="接报", at=now, recorded=now, by=desk, data={})
        for part in range(1 + number % 2)
    ]
    while True:
        try:
            journal.append(batch, journal.head().head)
            break
        except HeadMoved:
            pass
    print(*(new.id for new in batch), sep="\\n", flush=True)
"""

HOLDER = """
import os, sys, time
from pathlib import Path
from jinji_report.ledger.lock import Lock
with Lock(Path(sys.argv[1])):
    print(os.getpid(), flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def lock(folder: Path) -> Path:
    folder.mkdir(0o700)
    return folder / "ledger.jsonl.lock"


def test_four_desks_that_write_at_once_lose_nothing(journal: Journal, folder: Path, start: Start) -> None:
    desks = [start(DESK, folder, f"desk{number}", 50) for number in range(4)]
    acknowledged: list[str] = []
    for desk in desks:
        out, err = desk.communicate(timeout=120)
        assert desk.returncode == 0, err
        acknowledged += out.split()
    written = [entry.id for entry in journal.since(0)]
    assert sorted(written) == sorted(acknowledged)
    assert len(written) == len(set(written)) == 4 * 75
    assert journal.verify().findings == ()
    assert not folder.joinpath("ledger.jsonl.torn").exists()


def test_a_desk_that_is_killed_loses_nothing_that_it_acknowledged(
    journal: Journal, folder: Path, fill: Fill, start: Start
) -> None:
    for number in range(5):
        desk = start(DESK, folder, f"desk{number}", 100_000)
        assert desk.stdout is not None
        acknowledged = desk.stdout.readline().split()
        time.sleep(0.02 * number)
        desk.kill()
        acknowledged += desk.communicate()[0].split()
        fill(1)
        check = journal.verify()
        assert check.findings == ()
        written = [entry.id for entry in journal.since(0)]
        assert set(acknowledged) <= set(written) and len(written) == len(set(written))


def test_a_desk_that_holds_the_lock_is_named_after_the_wait(
    folder: Path, lock: Path, draft: Draft, start: Start
) -> None:
    holder = start(HOLDER, lock)
    assert holder.stdout is not None
    pid = holder.stdout.readline().strip()
    began = time.monotonic()
    with pytest.raises(StoreBusy) as busy:
        Journal(folder, wait=0.3).append([draft()], GENESIS)
    assert 0.3 <= time.monotonic() - began < 3
    assert f"进程 {pid}" in busy.value.problem and "自" in busy.value.problem
    assert busy.value.remedy and busy.value.exit_code == 5
    assert Journal(folder).head().seq == 0
    holder.communicate("go\n", timeout=30)
    assert Journal(folder, wait=0.3).append([draft()], GENESIS).seq == 1


def test_a_desk_waits_for_one_that_is_soon_done(folder: Path, lock: Path, draft: Draft, start: Start) -> None:
    holder = start(HOLDER, lock)
    assert holder.stdout is not None and holder.stdin is not None
    holder.stdout.readline()
    writer = start(DESK, folder, "desk", 1)
    time.sleep(0.3)
    assert writer.poll() is None
    assert Journal(folder).head().seq == 0
    holder.communicate("go\n", timeout=30)
    assert writer.communicate(timeout=30)[0].split() == ["desk-0-0"]


def test_the_lock_of_a_desk_that_was_killed_is_free(
    folder: Path, lock: Path, draft: Draft, start: Start
) -> None:
    holder = start(HOLDER, lock)
    assert holder.stdout is not None
    holder.stdout.readline()
    holder.kill()
    holder.communicate()
    assert lock.read_bytes()
    assert Journal(folder, wait=0.3).append([draft()], GENESIS).seq == 1


def test_a_lock_that_was_let_go_names_nobody(lock: Path) -> None:
    with Lock(lock):
        assert lock.read_bytes()
    assert lock.read_bytes() == b""


def test_the_lock_is_let_go_after_a_failure(lock: Path) -> None:
    with pytest.raises(ZeroDivisionError), Lock(lock):
        raise ZeroDivisionError
    with Lock(lock, wait=0):
        pass


def test_a_holder_that_has_not_yet_said_who_it_is_is_busy_all_the_same(lock: Path) -> None:
    with Lock(lock):
        lock.write_bytes(b"")
        with pytest.raises(StoreBusy, match="另一个程序占用。") as busy, Lock(lock, wait=0):
            pass
    assert busy.value.remedy


def test_a_lock_that_cannot_be_opened_is_no_busy_ledger(folder: Path, lock: Path, draft: Draft) -> None:
    lock.mkdir(0o700)
    with pytest.raises(StoreUnwritable, match=r"\.lock"):
        Journal(folder).append([draft()], GENESIS)

"""The ledger file takes entries at its end, whole, and gives them back in order."""

import errno
import json
import os
import stat
import threading
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from jinji_report.errors import HeadMoved, LedgerBroken, StoreUnwritable
from jinji_report.ledger import journal as room
from jinji_report.ledger.journal import Journal, SeveralLedgers
from jinji_report.ledger.seal import EMPTY, GENESIS, Seal
from jinji_report.ledger.store import Store

from .conftest import Draft, Fill

REAL_WRITE = os.write


def lines_of(journal: Journal) -> list[bytes]:
    return journal.path.read_bytes().split(b"\n")[:-1]


def fail_after(good_bytes: int, code: int) -> Callable[[int, memoryview], int]:
    """An `os.write` on a disk that has room for so many bytes of ledger lines, and then none."""
    room_left = good_bytes

    def write(fd: int, data: memoryview) -> int:
        nonlocal room_left
        if bytes(data[:1]) != b"{" and room_left == good_bytes:
            return REAL_WRITE(fd, data)  # the words in the lock file
        if room_left == 0:
            raise OSError(code, os.strerror(code))
        written = REAL_WRITE(fd, data[:room_left])
        room_left -= written
        return written

    return write


def test_a_journal_is_a_store(journal: Journal) -> None:
    store: Store = journal
    assert store.head() == EMPTY


def test_a_folder_that_is_missing_is_an_empty_ledger_and_stays_missing(
    journal: Journal, folder: Path
) -> None:
    assert list(journal.since(0)) == []
    assert journal.head() == Seal(0, GENESIS)
    assert journal.verify().entries == 0
    assert not folder.exists()


def test_entries_come_back_in_the_order_in_which_they_were_appended(journal: Journal, fill: Fill) -> None:
    fill(1, 3, 1)
    assert [entry.seq for entry in journal.since(0)] == [1, 2, 3, 4, 5]
    assert [entry.data["said"] for entry in journal.since(1)] == ["第0条", "第1条", "第2条", "第0条"]


def test_each_line_is_bound_to_the_bytes_of_the_line_before(journal: Journal, fill: Fill) -> None:
    seal = fill(1, 2, 1)
    prev = GENESIS
    for raw in lines_of(journal):
        assert json.loads(raw)["prev"] == prev
        prev = sha256(raw).hexdigest()
    assert seal == Seal(4, prev)


def test_append_gives_the_seal_that_head_gives(journal: Journal, draft: Draft) -> None:
    assert journal.append([draft(), draft()], GENESIS) == journal.head()


def test_lines_end_in_a_bare_newline(journal: Journal, fill: Fill) -> None:
    fill(2)
    assert b"\r" not in journal.path.read_bytes()
    assert journal.path.read_bytes().endswith(b"}\n")


def test_only_entries_that_came_together_say_so(journal: Journal, fill: Fill) -> None:
    fill(1, 2)
    assert [json.loads(raw).get("batch") for raw in lines_of(journal)] == [None, [1, 2], [2, 2]]


def test_a_head_that_has_moved_on_stops_the_append(journal: Journal, fill: Fill, draft: Draft) -> None:
    before = journal.head()
    fill(1)
    kept = journal.path.read_bytes()
    with pytest.raises(HeadMoved):
        journal.append([draft()], before.head)
    assert journal.path.read_bytes() == kept


def test_the_head_is_compared_under_the_lock(journal: Journal, draft: Draft) -> None:
    """Two that saw the same head and write at once: one of them is told."""
    gate = threading.Barrier(2)
    told: list[str] = []

    def write() -> None:
        gate.wait()
        try:
            Journal(journal.folder).append([draft()], GENESIS)
            told.append("written")
        except HeadMoved:
            told.append("moved")

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["moved", "written"]
    assert journal.head().seq == 1


def test_appending_nothing_writes_nothing(journal: Journal, fill: Fill) -> None:
    seal = fill(1)
    kept = journal.path.read_bytes()
    assert journal.append([], seal.head) == seal
    assert journal.path.read_bytes() == kept


def test_data_that_is_no_json_leaves_the_ledger_as_it_was(journal: Journal, fill: Fill, draft: Draft) -> None:
    seal = fill(1)
    with pytest.raises(ValueError):
        journal.append([draft(), draft(data={"loss": float("inf")})], seal.head)
    assert journal.head() == seal


def test_reading_on_from_any_place_gives_exactly_the_rest(
    journal: Journal, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_NARROW", 64)
    monkeypatch.setattr(room, "_WINDOW", 16)
    head = GENESIS
    for number in range(40):
        head = journal.append([draft("字" * (number * 7 % 50))] * (1 + number % 3), head).head
    count = journal.head().seq
    for seq in range(count + 2):
        assert [entry.seq for entry in journal.since(seq)] == list(range(seq + 1, count + 1))


def test_reading_on_looks_at_few_of_many_lines(
    journal: Journal, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(*[500] * 8)
    read = []
    real = room.Entry.from_line
    monkeypatch.setattr(room.Entry, "from_line", lambda raw: read.append(1) or real(raw))
    assert [entry.seq for entry in journal.since(3998)] == [3999, 4000]
    assert len(read) < 700
    read.clear()
    journal.head()
    assert len(read) == 1


def test_a_line_longer_than_any_window_is_found_from_the_end(journal: Journal, draft: Draft) -> None:
    seal = journal.append([draft("长" * 1_000_000)], GENESIS)
    assert journal.head() == seal
    assert journal.append([draft()], seal.head).seq == 2


def test_a_reader_that_began_before_an_append_ends_where_it_began(journal: Journal, fill: Fill) -> None:
    fill(2)
    reader = journal.since(0)
    first = next(reader)
    fill(3)
    assert [first.seq, *(entry.seq for entry in reader)] == [1, 2]


def test_reading_needs_no_lock(journal: Journal, fill: Fill, tmp_path: Path) -> None:
    fill(1)
    with room.Lock(journal.path.with_name("ledger.jsonl.lock")):
        assert journal.head().seq == 1
        assert len(list(journal.since(0))) == 1
        assert journal.verify().holds


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_everything_that_is_made_is_private_to_the_user(journal: Journal, folder: Path, fill: Fill) -> None:
    old = os.umask(0)
    try:
        fill(1)
        with journal.path.open("ab") as file:
            file.write(b"{torn")
        fill(1)
    finally:
        os.umask(old)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {
        "ledger.jsonl": 0o600,
        "ledger.jsonl.lock": 0o600,
        "ledger.jsonl.torn": 0o600,
    }


def test_folders_above_are_made_too(tmp_path: Path, draft: Draft) -> None:
    journal = Journal(tmp_path / "a" / "b" / "c")
    assert journal.append([draft()], GENESIS).seq == 1


def test_the_one_ledger_of_a_folder_is_used_whatever_its_name(journal: Journal, folder: Path) -> None:
    folder.mkdir(0o700)
    (folder / "城关镇.jsonl").touch()
    (folder / "._城关镇.jsonl").touch()
    assert journal.path.name == "城关镇.jsonl"


def test_two_ledgers_in_one_folder_are_refused_with_a_remedy(journal: Journal, folder: Path) -> None:
    folder.mkdir(0o700)
    for name in ("甲.jsonl", "乙.jsonl"):
        (folder / name).touch()
    with pytest.raises(SeveralLedgers) as refused:
        journal.head()
    assert "甲.jsonl" in refused.value.problem and "乙.jsonl" in refused.value.problem
    assert refused.value.remedy


@pytest.mark.parametrize("at", [1, 2])
def test_a_line_that_is_no_entry_stops_the_reading_there(journal: Journal, fill: Fill, at: int) -> None:
    fill(1, 1, 1)
    raw = lines_of(journal)
    raw[at - 1] = b"\xff" + raw[at - 1]
    journal.path.write_bytes(b"\n".join(raw) + b"\n")
    reader = journal.since(0)
    assert [next(reader).seq for _ in range(at - 1)] == list(range(1, at))
    with pytest.raises(LedgerBroken) as broken:
        next(reader)
    assert broken.value.line == at


def test_a_bad_line_where_the_halving_looks_first_is_met_by_who_reads_it_and_by_nobody_else(
    journal: Journal, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_NARROW", 64)
    fill(*[1] * 9)
    raw = lines_of(journal)
    raw[5] = b"\xff" * len(raw[5])  # where the halving looks first
    journal.path.write_bytes(b"\n".join(raw) + b"\n")
    with pytest.raises(LedgerBroken) as broken:
        list(journal.since(4))
    assert broken.value.line == 6
    assert [entry.seq for entry in journal.since(6)] == [7, 8, 9]


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="counts the open files in /proc")
def test_no_file_stays_open(journal: Journal, fill: Fill, draft: Draft) -> None:
    seal = fill(1)
    before = len(os.listdir("/proc/self/fd"))
    with pytest.raises(HeadMoved):
        journal.append([draft()], GENESIS)
    journal.append([draft()], seal.head)
    next(journal.since(0))
    journal.verify()
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_line_that_is_lost_stops_the_reading_there(journal: Journal, fill: Fill) -> None:
    fill(1, 1, 1)
    raw = lines_of(journal)
    journal.path.write_bytes(b"\n".join([raw[0], raw[2]]) + b"\n")
    with pytest.raises(LedgerBroken) as broken:
        list(journal.since(0))
    assert broken.value.line == 2


def test_nothing_is_appended_behind_a_last_line_that_is_no_entry(
    journal: Journal, fill: Fill, draft: Draft
) -> None:
    seal = fill(1, 1)
    raw = journal.path.read_bytes() + b"note\n"
    journal.path.write_bytes(raw)
    with pytest.raises(LedgerBroken) as broken:
        journal.append([draft()], seal.head)
    assert broken.value.line == 3
    assert journal.path.read_bytes() == raw


def test_short_writes_and_all_arrive(journal: Journal, fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "write", lambda fd, data: REAL_WRITE(fd, data[:7]))
    seal = fill(1, 3)
    assert seal.seq == 4
    assert journal.verify(seal.head).holds


def test_a_batch_goes_out_in_one_write(
    journal: Journal, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[bytes] = []
    monkeypatch.setattr(os, "write", lambda fd, data: written.append(bytes(data)) or REAL_WRITE(fd, data))
    journal.append([draft(), draft(), draft()], GENESIS)
    assert [block.count(b"\n") for block in written if block.startswith(b"{")] == [3]


def test_an_entry_is_on_disk_before_append_returns(
    journal: Journal, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    real_sync = os.fsync

    def sync(fd: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(fd).st_mode) else f"{os.fstat(fd).st_size} bytes")
        real_sync(fd)

    monkeypatch.setattr(os, "fsync", sync)
    journal.append([draft()], GENESIS)
    assert steps[-1] == f"{journal.path.stat().st_size} bytes"
    if os.name == "posix":  # the new folder in its parent, the new file in its folder
        assert steps[:-1] == ["folder", "folder"]
    steps.clear()
    journal.append([draft()], journal.head().head)
    assert steps == [f"{journal.path.stat().st_size} bytes"]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("good_bytes", [0, 1, 200, 400])
def test_a_write_that_fails_leaves_the_ledger_as_it_was(
    journal: Journal,
    fill: Fill,
    draft: Draft,
    monkeypatch: pytest.MonkeyPatch,
    good_bytes: int,
    code: int,
) -> None:
    seal = fill(2)
    kept = journal.path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", fail_after(good_bytes, code))
        with pytest.raises(StoreUnwritable) as refused:
            journal.append([draft(), draft(), draft()], seal.head)
    assert refused.value.remedy
    assert ("磁盘已满" in refused.value.problem) == (code == errno.ENOSPC)
    assert journal.path.read_bytes() == kept
    assert journal.append([draft()], seal.head).seq == 3


def test_an_entry_that_did_not_reach_the_disk_is_taken_back(
    journal: Journal, fill: Fill, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal = fill(1)
    kept = journal.path.read_bytes()
    real_sync, calls = os.fsync, []

    def sync(fd: int) -> None:
        calls.append(fd)
        if len(calls) == 1:
            raise OSError(errno.EIO, "I/O error")
        real_sync(fd)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", sync)
        with pytest.raises(StoreUnwritable):
            journal.append([draft()], seal.head)
    assert journal.path.read_bytes() == kept


def test_an_officer_who_presses_ctrl_c_leaves_no_half_batch(
    journal: Journal, fill: Fill, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal = fill(1)
    kept = journal.path.read_bytes()

    def write(fd: int, data: memoryview) -> int:
        if bytes(data[:1]) == b"{":
            REAL_WRITE(fd, data[:100])
            raise KeyboardInterrupt
        return REAL_WRITE(fd, data)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", write)
        with pytest.raises(KeyboardInterrupt):
            journal.append([draft()], seal.head)
    assert journal.path.read_bytes() == kept
    assert journal.append([draft()], seal.head).seq == 2


def test_a_write_that_cannot_be_taken_back_is_not_called_undone(
    journal: Journal, fill: Fill, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal = fill(1)
    real_truncate = os.ftruncate

    def truncate(fd: int, size: int) -> None:
        if size:  # the words in the lock file go away with 0
            raise OSError(errno.EIO, "I/O error")
        real_truncate(fd, size)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", fail_after(100, errno.ENOSPC))
        patch.setattr(os, "ftruncate", truncate)
        with pytest.raises(StoreUnwritable, match="未能撤回") as refused:
            journal.append([draft()], seal.head)
    assert "ledger verify" in refused.value.remedy
    assert journal.append([draft()], seal.head).seq == 2


def test_a_file_in_the_place_of_the_folder_is_named(folder: Path, draft: Draft) -> None:
    folder.write_text("")
    for journal in (Journal(folder), Journal(folder / "deeper")):
        with pytest.raises(StoreUnwritable, match="是一个文件") as refused:
            journal.append([draft()], GENESIS)
        assert str(folder) in refused.value.problem
    with pytest.raises(StoreUnwritable):
        Journal(folder).head()


@pytest.mark.skipif(not os.path.isdir("/proc"), reason="needs a folder that nobody can write")
def test_a_folder_that_cannot_be_made_gets_a_remedy(draft: Draft) -> None:
    with pytest.raises(StoreUnwritable) as refused:
        Journal(Path("/proc/jinji")).append([draft()], GENESIS)
    assert refused.value.remedy


@pytest.mark.skipif(
    os.name == "nt" or (hasattr(os, "geteuid") and os.geteuid() == 0), reason="root may write anywhere"
)
def test_a_folder_without_permission_gets_a_remedy(journal: Journal, folder: Path, draft: Draft) -> None:
    folder.mkdir(0o500)
    with pytest.raises(StoreUnwritable, match="没有权限"):
        journal.append([draft()], GENESIS)


def test_a_file_that_cannot_be_opened_is_named(
    journal: Journal, fill: Fill, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal = fill(1)
    real_open = os.open

    def refuse(path: os.PathLike[str] | str, *rest: int) -> int:
        if str(path).endswith(".jsonl"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real_open(path, *rest)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(StoreUnwritable, match=r"ledger\.jsonl.*没有权限"):
        journal.append([draft()], seal.head)


def test_a_folder_in_the_place_of_the_file_is_named(journal: Journal, folder: Path, draft: Draft) -> None:
    folder.mkdir(0o700)
    (folder / "ledger.jsonl").mkdir()
    with pytest.raises(StoreUnwritable):
        journal.append([draft()], GENESIS)
    with pytest.raises(StoreUnwritable):
        journal.head()

"""A disk that is full or fails, at each call that an append makes: all of a batch is there or none, and the next one goes in."""

import errno
import fcntl
import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.ledger.conftest import Draft
from tests.ledger_maker import make

from jinji_report.errors import JinjiError, StoreUnwritable
from jinji_report.ledger.cases import cases_of
from jinji_report.ledger.journal import Journal
from jinji_report.model.entry import NewEntry

from .conftest import NOTE, Forked, assert_sound, command, folded, sentence, told

TORN = b'{"v":1,"seq":' + b"x" * 3000
CALLS = (
    *((os, name) for name in ("open", "close", "read", "write", "lseek", "fsync", "ftruncate", "fstat")),
    *((os, name) for name in ("stat", "listdir", "mkdir")),
    (fcntl, "flock"),
)


class Failing:
    """The system refuses its `nth` call of `calls`, and with `ever_after` all that follow.

    `ran` is how many were made. A file that is not let closed is closed all the same, as systems do.
    """

    def __init__(
        self, nth: int, code: int, calls: tuple[tuple[Any, str], ...] = CALLS, *, ever_after: bool
    ) -> None:
        self.nth = nth
        self.code = code
        self.calls = calls
        self.ever_after = ever_after
        self.ran = 0

    def __enter__(self) -> "Failing":
        self._patch = pytest.MonkeyPatch()
        for module, name in self.calls:
            self._patch.setattr(module, name, self._failing(getattr(module, name), name))
        return self

    def __exit__(self, *raised: object) -> None:
        self._patch.undo()

    def _failing(self, real: Callable[..., Any], name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            self.ran += 1
            if self.ran == self.nth or (self.ever_after and self.ran > self.nth):
                if name == "close":
                    real(*arguments)
                if name == "write":  # some of it got through
                    real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
                raise OSError(self.code, os.strerror(self.code))
            return real(*arguments, **options)

        return call


def nothing_yet(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def a_small_ledger(folder: Path) -> None:
    nothing_yet(folder)
    folder.mkdir(0o700)
    make(folder / "ledger.jsonl", 11, still_open=0)


def a_torn_end(folder: Path) -> None:
    a_small_ledger(folder)
    with (folder / "ledger.jsonl").open("ab") as file:
        file.write(TORN)


def ids_in(folder: Path) -> list[str]:
    return [entry.id for entry in Journal(folder).since(0)]


@pytest.mark.parametrize("ever_after", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EINTR], ids=["EIO", "ENOSPC", "EINTR"])
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("before", [nothing_yet, a_small_ledger, a_torn_end])
def test_whichever_system_call_of_an_append_fails_all_is_there_or_none(
    folder: Path, draft: Draft, before: Callable[[Path], None], count: int, code: int, ever_after: bool
) -> None:
    """The calls one after the other, until none is left to fail."""
    nth, refused = 0, 0
    while True:
        nth += 1
        before(folder)
        known = ids_in(folder)
        batch = [draft(f"第{number}条") for number in range(count)]
        ids = [*known, *(new.id for new in batch)]
        head = Journal(folder).head().head
        raised: JinjiError | None = None
        with Failing(nth, code, ever_after=ever_after) as disk:
            try:
                Journal(folder).append(batch, head)
            except JinjiError as error:
                raised = error
        there = ids_in(folder)
        if raised is None:
            assert there == ids
        elif "未能撤回" in sentence(raised):
            assert ever_after and there in (known, ids)
        else:
            refused += 1
            assert there == known, (nth, raised.problem)
        store = Journal(folder)
        store.append([draft()], store.head().head)
        assert ids_in(folder)[:-1] == there and store.verify().breaks == ()
        torn = folder / "ledger.jsonl.torn"
        assert before is not a_torn_end or TORN in torn.read_bytes()
        if disk.ran < nth:
            break
    assert refused > 5


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC])
def test_a_run_on_a_failing_disk_says_so_and_enters_nothing(home: Path, code: int) -> None:
    """The full command: one sentence and its remedy, exit code 5, and the same run afterwards does it."""
    words = ["new", NOTE, "--attach", "never", "--json", "--no-input"]
    writing = ((os, "write"), (os, "fsync"), (os, "ftruncate"))

    def run(nth: int) -> Callable[[], int]:
        def task() -> int:
            with Failing(nth, code, writing, ever_after=True) as disk:
                answer = command(*words)()
            return answer if disk.ran >= nth else 99

        return task

    entries = 0
    for nth in range(1, 50):
        process = Forked(run(nth)).finish()
        if process.code == 99:
            break
        if process.code == 0:  # what failed was not needed any more
            entries += 3
            assert process.out
        else:
            assert process.code == 5, process.err
            assert process.out == ""
            problem, remedy = process.err.splitlines()[-2:]
            assert ("磁盘" in problem) and remedy.startswith("  ") and "Traceback" not in process.err
        assert Journal(home).head().seq == entries
    assert nth > 3
    assert_sound(home)


def limited(size: int) -> None:
    """No file may grow beyond so many bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def unlimited() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def refused_or_whole(folder: Path, batch: list[NewEntry]) -> bool:
    """Append; see that all or none is there; whether it was refused."""
    known = ids_in(folder)
    store = Journal(folder)
    try:
        store.append(batch, store.head().head)
    except StoreUnwritable as error:
        assert sentence(error)
        unlimited()
        assert ids_in(folder) == known, error
        return True
    unlimited()
    assert ids_in(folder) == [*known, *(new.id for new in batch)]
    return False


def test_files_that_may_not_grow_take_a_batch_whole_or_not_at_all(folder: Path, draft: Draft) -> None:
    """Every few bytes from none at all to room enough, on an empty ledger and behind a small one."""

    def task() -> None:
        for before in (nothing_yet, a_small_ledger):
            before(folder)
            size = sum(path.stat().st_size for path in folder.glob("*.jsonl"))
            room, refused = 0, 0
            while True:
                before(folder)
                limited(size + room)
                if not refused_or_whole(folder, [draft() for _ in range(3)]):
                    break
                refused += 1
                assert not refused_or_whole(folder, [draft()])
                assert Journal(folder).verify().breaks == ()
                room += 13
            assert refused > 20

    process = Forked(task).finish()
    assert process.code == 0, process.err


def test_where_there_is_no_room_to_set_a_torn_end_aside_it_stays(folder: Path, draft: Draft) -> None:
    def task() -> None:
        for room in range(0, len(TORN), 199):
            a_torn_end(folder)
            whole = (folder / "ledger.jsonl").read_bytes()
            limited(room)
            assert refused_or_whole(folder, [draft()])
            assert (folder / "ledger.jsonl").read_bytes() == whole
            assert not refused_or_whole(folder, [draft()])
            assert TORN in (folder / "ledger.jsonl.torn").read_bytes()

    process = Forked(task).finish()
    assert process.code == 0, process.err


def test_where_there_is_no_room_for_the_index_the_answers_are_those_of_the_log(folder: Path) -> None:
    def task() -> None:
        a_small_ledger(folder)
        expected = folded(Journal(folder))
        for size in (0, 1, 100, *range(4096, 100_000, 4096)):
            for path in folder.glob("*.index*"):
                path.unlink()
            limited(size)
            assert told(cases_of(Journal(folder))) == expected
            unlimited()
            store = Journal(folder)
            assert told(cases_of(store)) == expected
            assert store.index_path.stat().st_size > 0

    process = Forked(task).finish()
    assert process.code == 0, process.err


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 160 KB of its own."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    place = tmp_path / "disk"
    place.mkdir(0o700)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=160k,mode=700", "tmpfs", str(place)],
        capture_output=True,
        text=True,
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_that_is_full_page_by_page_takes_a_batch_whole_or_not_at_all(
    small_disk: Path, draft: Draft
) -> None:
    """Ledger, lock, torn end and index on a disk with room for so many pages, from none at all."""
    folder, ballast = small_disk / "home", small_disk / "ballast"
    refused = 0
    for pages in range(14):
        for before in (nothing_yet, a_small_ledger, a_torn_end):
            ballast.unlink(missing_ok=True)
            before(folder)
            fill_up(ballast, pages)
            batch = [draft("车" * 2000) for _ in range(2)]
            known = ids_in(folder)
            store = Journal(folder)
            try:
                store.append(batch, store.head().head)
                assert ids_in(folder) == [*known, *(new.id for new in batch)]
            except StoreUnwritable as error:
                refused += 1
                assert "磁盘已满" in sentence(error)
                assert ids_in(folder) == known
            assert told(cases_of(Journal(folder))) == folded(Journal(folder))
            ballast.unlink()
            store = Journal(folder)
            store.append([draft()], store.head().head)
            assert_sound(folder)
    assert refused > 10


def fill_up(path: Path, pages: int) -> None:
    """Leave room for so many pages."""
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError as full:
            assert full.errno == errno.ENOSPC
        file.truncate(max(0, file.tell() - pages * 4096))

"""What goes wrong around a ledger, made to go wrong on purpose: processes to be killed, disks that fail, checks after.

A process is forked from a warm one, so that it is at its work at once and a thousand can be killed in
a minute. Whatever was drawn by lot is drawn from a seed that the test prints.
"""

import gc
import io
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.ledger.conftest import draft, fill, folder, journal

from jinji_report.cli.main import main
from jinji_report.errors import JinjiError
from jinji_report.ledger.cases import Cases, Folded, Wanted, cases_of
from jinji_report.ledger.journal import Journal
from jinji_report.ledger.owed import Reckoning
from jinji_report.model.case import Case
from jinji_report.model.due import Due, Part, Reckoned
from jinji_report.model.fold import fold
from jinji_report.model.glance import Glance
from jinji_report.moments import BEIJING
from jinji_report.vocabulary import Status

__all__ = ["draft", "fill", "folder", "journal"]

if sys.platform == "win32":
    collect_ignore_glob = ["test_*.py"]  # no fork, no SIGKILL, no RLIMIT_FSIZE

PATIENCE = 120.0  # seconds until a process that should be done counts as hung


class Forked:
    """`task` in a process of its own. What it prints goes to files, so that nobody waits for a reader.

    When it is done, `code` is its exit code, or minus the signal that ended it.
    """

    def __init__(self, task: Callable[[], int | None]) -> None:
        self.code: int | None = None
        self.out = self.err = ""
        self._files = [tempfile.TemporaryFile() for _ in range(2)]  # noqa: SIM115 - closed when it is done
        self.pid = os.fork()
        if self.pid == 0:
            os._exit(_run(task, [file.fileno() for file in self._files]))

    def running(self) -> bool:
        if self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
                self.out, self.err = map(_taken, self._files)
        return self.code is None

    def finish(self, patience: float = PATIENCE) -> "Forked":
        """Wait until it is done."""
        give_up, pause = time.monotonic() + patience, 0.0005
        while self.running():
            if time.monotonic() > give_up:
                self.kill()
                raise AssertionError(f"hung: {self.err}")
            time.sleep(pause)
            pause = min(pause * 1.2, 0.02)
        return self

    def kill(self) -> "Forked":
        if self.running():
            os.kill(self.pid, signal.SIGKILL)
        return self.finish()


def _taken(file: Any) -> str:
    with file:
        file.seek(0)
        return str(file.read().decode("utf-8", "replace"))


def _run(task: Callable[[], int | None], ends: list[int]) -> int:
    gc.disable()  # as the `jinji` script does
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for fd, end in enumerate(ends, 1):
            os.dup2(end, fd)
        sys.stdin, sys.stdout, sys.stderr = (
            io.TextIOWrapper(io.FileIO(fd, mode), encoding="utf-8", write_through=fd == 2)
            for fd, mode in enumerate(("r", "w", "w"))
        )
        code = task() or 0
        sys.stdout.flush()
        return code
    except BaseException:
        traceback.print_exc()
        return 70


def command(*words: str) -> Callable[[], int]:
    """A task: one run of the full command line."""
    return lambda: main(list(words))


def finish_all(*tasks: Callable[[], int | None]) -> list[Forked]:
    """Let them all run at once, and see each come to its end."""
    return [process.finish() for process in [Forked(task) for task in tasks]]


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory, cache_folder: Path) -> None:
    """This process has loaded and worked out all that a run needs; what is forked from it starts there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JINJI_HOME", str(tmp_path_factory.mktemp("warm") / "home"))
        patch.setenv("JINJI_CACHE", str(cache_folder))
        for words in (["new", NOTE], ["followup", "latest", "又有2人受伤。"]):
            # Straight to files: the children must not inherit words that were not flushed yet.
            with tempfile.TemporaryFile("w+") as sink:
                patch.setattr(sys, "stdout", sink)
                patch.setattr(sys, "stderr", sink)
                assert main([*words, "--json", "--no-input"]) == 0


NOTE = "城关镇东街居民家中起火，1人死亡。消防大队李队长报。"


@pytest.fixture
def home(folder: Path, monkeypatch: pytest.MonkeyPatch, cache_folder: Path, warm: None) -> Iterator[Path]:
    """The data folder of the command line, no settings from outside, the clock of the machine."""
    for name in ("NOW", "CONFIG", "STANDARDS", "UNIT", "SIGNER", "CONTACT", "PHONE", "BY"):
        monkeypatch.delenv(f"JINJI_{name}", raising=False)
    monkeypatch.setenv("JINJI_HOME", str(folder))
    monkeypatch.setenv("JINJI_CACHE", str(cache_folder))
    monkeypatch.setenv("JINJI_BY", "张值班")
    yield folder


@pytest.fixture
def lots() -> random.Random:
    """Lots from a seed that is printed; JINJI_SEED gives the one of an earlier run."""
    seed = int(os.environ.get("JINJI_SEED", "0")) or random.SystemRandom().randrange(1, 1 << 32)
    print(f"JINJI_SEED={seed}")
    return random.Random(seed)


def told(cases: Cases) -> dict[str, Any]:
    """What the cases say of themselves, for comparing."""
    return {
        "lines": [tuple(getattr(one, name) for name in Glance.__slots__) for one in cases.glances(Wanted())],
        "cases": [(case.number, len(case.entries)) for case in cases.wanted(Wanted())],
        "open": [(case.number, len(case.entries)) for case in cases.wanted(Wanted(status=Status.OPEN))],
        "newest": getattr(cases.newest(), "number", None),
        "due": [
            row.to_json()
            for row in cases.owed(RECKONING, {Part.OURS: slice(0, None)}).sections[Part.OURS].rows
        ],
    }


def _due(case: Case) -> Reckoned:
    """One thing about each case, so many minutes after the call as the case has entries."""
    due = case.opened_at + timedelta(minutes=len(case.entries))
    return Reckoned([Due(Part.OURS, due, {"id": case.number, "state": None})], None, None)


RECKONING = Reckoning(
    "by the entries", datetime(2026, 3, 20, 9, 30, tzinfo=BEIJING), timedelta(minutes=10), _due
)


def folded(store: Journal) -> dict[str, Any]:
    """The same by the log alone."""
    return told(Folded(fold(store.since(0))))


def without_index(store: Journal) -> None:
    """As if it had been deleted."""
    for path in store.folder.glob(f"{store.index_path.name}*"):
        path.unlink()


def assert_sound(folder: Path) -> Journal:
    """The chain holds, no entry is there twice, and the index agrees with the log."""
    store = Journal(folder)
    assert store.verify().breaks == ()
    ids = [entry.id for entry in store.since(0)]
    assert len(ids) == len(set(ids)) == store.head().seq
    assert told(cases_of(store)) == folded(store)
    return store


def sentence(error: JinjiError) -> str:
    """The problem, once it is seen to be a Chinese sentence with a remedy."""
    for words in (error.problem, error.remedy):
        assert words.endswith("。") and any("一" <= letter <= "鿿" for letter in words), words
    return error.problem

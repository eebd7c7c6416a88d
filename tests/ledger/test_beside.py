"""A file that is written anew stands there whole or not at all, and what a killed run left of it does not stay for ever."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jinji_report.files import write_private
from jinji_report.ledger.archive import find_cut, seal_off
from jinji_report.ledger.beside import write_beside
from jinji_report.ledger.journal import Journal

from .conftest import NINE, Draft, Fill

HOURS_AGO = time.time() - 3 * 3600


def aged(path: Path) -> Path:
    """Nobody has written to it for hours."""
    os.utime(path, (HOURS_AGO, HOURS_AGO), follow_symlinks=False)
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="no fork, no SIGKILL")
@pytest.mark.parametrize("write", ["ledger", "private"])
def test_what_a_run_left_that_was_killed_is_cleared_by_a_later_one_when_it_is_old(
    tmp_path: Path, write: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept"
    path.write_bytes(b"before")

    def killed() -> Iterator[bytes]:
        yield b"half"
        os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        if write == "ledger":
            write_beside(path, killed())
        monkeypatch.setattr(os, "replace", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        write_private(path, "half")
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    (left,) = tmp_path.glob("*.tmp")
    assert path.read_bytes() == b"before"

    write_beside(path, [b"now"])
    assert path.read_bytes() == b"now" and left.exists()  # it may be another run that is at work
    aged(left)
    if write == "ledger":
        write_beside(path, [b"later"])
    else:
        write_private(path, "later")
    assert list(tmp_path.iterdir()) == [path] and path.read_bytes() == b"later"


def test_what_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    names = ("kept.tmp", "kept.x1.tmp", "other.12.tmp", "kept.12.tmp.bak")
    for name in names:
        (tmp_path / name).write_bytes(b"")
        aged(tmp_path / name)
    link = tmp_path / "kept.77.tmp"
    link.symlink_to(tmp_path / names[0])
    (tmp_path / "kept.78.tmp").mkdir()
    for one in (link, tmp_path / "kept.78.tmp"):
        aged(one)
    before = {*tmp_path.iterdir()}
    write_beside(path, [b"now"])
    assert {*tmp_path.iterdir()} == before | {path}


def test_an_archive_clears_what_that_of_another_year_left(journal: Journal, fill: Fill, draft: Draft) -> None:
    fill(1, 1)
    sealed = journal.folder / "archive"
    sealed.mkdir(mode=0o700)
    (sealed / "ledger-2024.jsonl.4711.tmp").write_bytes(b"half")
    aged(sealed / "ledger-2024.jsonl.4711.tmp")
    cut = find_cut(journal, NINE.year)
    seal_off(journal, cut, draft(case="", kind="归档", data=cut.data))
    assert [path.name for path in sealed.iterdir()] == ["ledger-2026.jsonl"]

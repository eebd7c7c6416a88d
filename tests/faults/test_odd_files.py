"""Something else than a plain file where the ledger should lie: told with what to do, never taken for an empty ledger."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from jinji_report.errors import StoreUnwritable
from jinji_report.ledger.journal import Journal

from .conftest import NOTE, Forked, command, sentence

COMMANDS = (
    ["list"],
    ["next"],
    ["show", "01"],
    ["log"],
    ["export"],
    ["new", NOTE, "--no-input"],
    ["ledger", "head"],
    ["ledger", "verify"],
    ["ledger", "repair"],
    ["ledger", "archive"],
    ["ledger", "reindex"],
    ["ledger", "backup", "elsewhere.jsonl"],
)


def a_folder(ledger: Path) -> None:
    ledger.mkdir()


def a_link_to_a_disk_that_is_away(ledger: Path) -> None:
    ledger.symlink_to(ledger.parent.parent / "disk" / "ledger.jsonl")


def a_link_to_itself(ledger: Path) -> None:
    ledger.symlink_to(ledger)


def a_link_to_another_ledger(ledger: Path) -> None:
    """Who comes to it by its own folder locks another lock."""
    other = ledger.parent.parent / "other"
    other.mkdir(0o700)
    (other / "ledger.jsonl").write_bytes(b"")
    ledger.symlink_to(other / "ledger.jsonl")


def a_pipe(ledger: Path) -> None:
    os.mkfifo(ledger)


def a_folder_that_is_a_link_to_nowhere(ledger: Path) -> None:
    ledger.parent.rmdir()
    ledger.parent.symlink_to(ledger.parent.parent / "disk")


ODD: tuple[Callable[[Path], None], ...] = (
    a_folder,
    a_link_to_a_disk_that_is_away,
    a_link_to_itself,
    a_link_to_another_ledger,
    a_pipe,
    a_folder_that_is_a_link_to_nowhere,
)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd.__name__)
def test_what_is_no_plain_file_is_refused_by_every_command(
    home: Path, odd: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    home.mkdir(0o700)
    odd(home / "ledger.jsonl")
    monkeypatch.chdir(home.parent)
    with pytest.raises(StoreUnwritable) as refused:
        Journal(home).head()
    assert "链接" in sentence(refused.value) or "文件" in sentence(refused.value)
    for words in COMMANDS:
        run = Forked(command(*words)).finish(20)
        assert (run.code, run.out) == (5, ""), (words, run.out, run.err)
        assert len(run.err.splitlines()) == 2 and "Traceback" not in run.err, run.err
    told = Forked(command("doctor")).finish(20)
    assert told.code == 1 and "还没有登记过" not in told.out, told.out
    assert not (home.parent / "elsewhere.jsonl").exists() and not (home.parent / "disk").exists()

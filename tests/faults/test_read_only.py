"""A ledger that may only be read is read; what would write to it says why it cannot, and writes nothing."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.ledger_maker import make

from jinji_report.errors import StoreUnwritable
from jinji_report.ledger.cases import cases_of
from jinji_report.ledger.journal import Journal

from .conftest import NOTE, Forked, command, folded, sentence, told

NOBODY = 65534
LOOKING = (
    ("show", "latest", "--json"),
    ("show", "latest"),
    ("why", "latest"),
    ("report", "latest"),
    ("log", "latest"),
    ("log", "--since", "2020-01-01"),
    ("board",),
    ("export",),
    ("export", "--entries"),
    ("ledger", "verify"),
    ("ledger", "head"),
)
ENTRIES = 32


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if "-shm" not in path.name}


def as_nobody(task: Callable[[], int]) -> Callable[[], int]:
    """Root may write anywhere; the task is run by a user who may not."""

    def run() -> int:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        return task()

    return run


def reads_but_does_not_write(home: Path, cause: str) -> None:
    """The commands that look give the right answer, those that enter exit with 5 and a sentence."""
    before = contents(home)
    expected = folded(Journal(home))

    def answers() -> int:
        assert told(cases_of(Journal(home))) == expected
        return 0

    looked = Forked(as_nobody(answers)).finish()
    assert looked.code == 0, looked.err
    listed = Forked(as_nobody(command("list", "--json"))).finish()
    assert listed.code == 0 and listed.out.count('"case"') >= 3, listed.err
    for words in LOOKING:
        looked = Forked(as_nobody(command(*words))).finish()
        assert looked.code == 0 and looked.out and "程序出错" not in looked.err, (words, looked.err)
    made = Forked(as_nobody(command("ledger", "reindex"))).finish()
    assert (made.code, made.out) == (5, "") and "索引" in made.err and "Errno" not in made.err, made.err
    for words in (("new", NOTE, "--attach", "never"), ("followup", "latest", "又有3人受伤。")):
        refused = Forked(as_nobody(command(*words, "--json", "--no-input"))).finish()
        assert (refused.code, refused.out) == (5, ""), refused.err
        problem, remedy = refused.err.splitlines()[-2:]
        assert "没有记入任何条目" in problem and cause in problem and remedy.startswith("  请")
        assert "Traceback" not in refused.err
    assert contents(home) == before


@pytest.fixture
def for_nobody(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder that its owner may read and not write, in a place where that user can go."""
    place = Path(tempfile.mkdtemp(prefix="jinji-faults-"))
    folder = place / "home"
    folder.mkdir(0o700)
    make(folder / "ledger.jsonl", ENTRIES, still_open=2)
    monkeypatch.setenv("JINJI_HOME", str(folder))
    monkeypatch.setenv("JINJI_CACHE", str(place / "cache"))
    try:
        yield folder
    finally:
        folder.chmod(0o700)
        shutil.rmtree(place)


def close_to_writing(folder: Path) -> None:
    for path in (folder.parent, folder, *folder.iterdir()):
        path.chmod(0o400 if path.is_file() else 0o500)
        if os.geteuid() == 0:
            os.chown(path, NOBODY, NOBODY)


@pytest.mark.parametrize("indexed", [False, True], ids=["no index", "with its index"])
def test_a_folder_without_the_right_to_write_is_read(for_nobody: Path, indexed: bool) -> None:
    if indexed:
        cases_of(Journal(for_nobody))
    close_to_writing(for_nobody)
    reads_but_does_not_write(for_nobody, "没有权限")


def test_a_folder_without_the_right_to_read_says_so(for_nobody: Path) -> None:
    close_to_writing(for_nobody)
    for_nobody.chmod(0o000)

    def head() -> int:
        with pytest.raises(StoreUnwritable, match="没有权限") as refused:
            Journal(for_nobody).head()
        assert sentence(refused.value) and refused.value.exit_code == 5
        return 0

    process = Forked(as_nobody(head)).finish()
    assert process.code == 0, process.err
    for words in (
        ("list",),
        ("show", "latest"),
        ("next",),
        ("new", NOTE, "--no-input"),
        ("ledger", "verify"),
    ):
        refused = Forked(as_nobody(command(*words))).finish()
        # The settings in the folder are asked for first, and they are no ledger.
        assert (refused.code, refused.out) == (3, ""), (words, refused.err)
        problem, remedy = refused.err.splitlines()[-2:]
        assert "没有权限" in problem and "权限" in remedy and "Traceback" not in refused.err


@pytest.fixture
def disk(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """A disk of its own for the data folder, which can be told to be read only."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a disk that is read only")
    home.mkdir(0o700)
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs", str(home)]
    mounted = subprocess.run(mount, capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield lambda how: subprocess.run(["mount", "-o", f"remount,{how}", str(home)], check=True) and None
    finally:
        subprocess.run(["umount", "-l", str(home)], check=True)


@pytest.mark.parametrize("indexed", [False, True], ids=["no index", "with its index"])
def test_a_disk_that_is_read_only_is_read(
    home: Path, disk: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, indexed: bool
) -> None:
    make(home / "ledger.jsonl", ENTRIES, still_open=2)
    if indexed:
        cases_of(Journal(home))
    disk("ro")
    monkeypatch.setattr(f"{__name__}.as_nobody", lambda task: task)  # root may not write there either
    reads_but_does_not_write(home, "只读")
    disk("rw")
    assert Forked(command("followup", "latest", "又有3人受伤。", "--json", "--no-input")).finish().code == 0

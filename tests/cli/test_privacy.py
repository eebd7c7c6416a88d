"""Who can read what the desk writes: nobody but its user, whatever the system lets through (0700, 0600)."""

import os
import sqlite3
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from jinji_report.cli.draft import keep_draft, keep_note

from .conftest import Jinji
from .refusal import refused, written
from .test_drill import ALL, clock

if sys.platform == "win32":
    pytest.skip(
        "Windows keeps no such rights; a folder there has those of the user's data", allow_module_level=True
    )

NOW = ("--now", "2025-03-05T09:30")
FIRE = "9时10分，河西乡一民房起火，1人死亡"
LOOKING_ELSEWHERE = ("classify", "config", "init", "doctor")
FOR_OTHERS = 0o077


def open_to_others(folder: Path) -> list[str]:
    return [
        f"{stat.S_IMODE(path.lstat().st_mode):o} {path}"
        for path in (folder, *folder.rglob("*"))
        if path.lstat().st_mode & FOR_OTHERS
    ]


@pytest.fixture
def careless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A system that would let everybody at every new file, and folders that are not there yet."""
    monkeypatch.setenv("JINJI_HOME", str(tmp_path / "made" / "data" / "jinji"))
    monkeypatch.setenv("JINJI_CACHE", str(tmp_path / "made" / "cache" / "jinji"))
    before = os.umask(0)
    yield tmp_path / "made"
    os.umask(before)


def test_after_a_days_work_no_file_has_a_bit_for_others(jinji: Jinji, careless: Path) -> None:
    home = careless / "data" / "jinji"
    assert jinji("init", "--unit", "城北区委办公室", "--no-input").code == 0
    for drill in ([], ["--drill"]):
        for line in (
            ["new", "-y", FIRE],
            ["new", "-y", "--set", "死亡=3", FIRE],
            ["followup", "01", "又有1人死亡"],
            ["sent", "01", "--form", "电话", "--to", "市委办公室"],
            ["ack", "01"],
            ["undo", "01", "--reason", "记错了"],
            ["close", "01"],
            ["close", "02"],
        ):
            done = jinji(*line, *drill, *NOW)
            assert done.code in (0, 2), done
        folder = home / "drill" if drill else home
        with (folder / "ledger.jsonl").open("ab") as file:
            file.write(b'{"v":1,"seq"')
        watching = sqlite3.connect(folder / "ledger.jsonl.index")
        assert watching.execute("SELECT count(*) FROM cases").fetchone() == (2,)
        assert jinji("new", "-y", FIRE, *drill, "--now", "2026-03-05T09:30").code == 0
        assert {"ledger.jsonl.torn", "ledger.jsonl.lock", "ledger.jsonl.index-wal"} <= set(os.listdir(folder))
        keep_draft(folder, FIRE, [])
        keep_note(folder, FIRE, "jinji followup 01")
        told = jinji("ledger", "archive", "--through", "2025", "-y", *drill, "--now", "2026-03-05T09:31")
        assert told.code == 0, told
        assert list((folder / "archive").glob("*.jsonl"))
        assert jinji("ledger", "backup", str(careless / f"{len(drill)}.jsonl"), *drill).code == 0
        assert jinji("ledger", "reindex", *drill).code == 0
        assert open_to_others(careless) == []
        watching.close()
    assert len(list(careless.rglob("*"))) > 20


def test_a_draft_may_be_the_first_thing_that_is_written(careless: Path) -> None:
    keep_draft(careless / "data" / "jinji" / "drill", FIRE, [])
    assert open_to_others(careless) == []


# `ledger repair` mends the folder's rights.
STORED = [line for line in ALL if line[0] not in LOOKING_ELSEWHERE and line != ["ledger", "repair"]]


@pytest.mark.parametrize("line", STORED, ids=lambda line: " ".join(line[:2]))
def test_a_folder_that_others_can_enter_is_neither_read_nor_written(
    jinji: Jinji, home: Path, line: list[str]
) -> None:
    assert jinji("new", "-y", FIRE, *NOW).code == 0
    home.chmod(0o755)
    before = written(home)
    outcome = jinji(*clock(line, NOW))
    refused(outcome)
    assert f"chmod 700 '{home}'" in outcome.err
    assert written(home) == before
    home.chmod(0o700)
    assert jinji("show", "01", *NOW).code == 0


def test_a_draft_in_such_a_folder_is_not_taken_up(jinji: Jinji, home: Path) -> None:
    assert jinji("new", "-y", FIRE, *NOW).code == 0
    keep_draft(home, "独角兽", [])
    home.chmod(0o705)
    outcome = jinji("new", "--resume", "-y", *NOW)
    refused(outcome)
    assert "chmod 700" in outcome.err
    assert list(home.glob("draft*"))


def test_the_drills_folder_is_looked_at_too(jinji: Jinji, home: Path) -> None:
    assert jinji("new", "-y", FIRE, "--drill", *NOW).code == 0
    (home / "drill").chmod(0o707)
    outcome = jinji("list", "--drill", *NOW)
    assert outcome.code == 3
    assert f"chmod 700 '{home / 'drill'}'" in outcome.err


def test_doctor_says_so_and_names_the_remedy(jinji: Jinji, home: Path) -> None:
    assert jinji("new", "-y", FIRE, *NOW).code == 0
    home.chmod(0o755)
    told = jinji("doctor")
    assert told.code == 1
    assert f"chmod 700 {home}" in told.out


def test_a_linked_data_folder_is_as_private_as_what_it_leads_to(
    jinji: Jinji, home: Path, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir(mode=0o700)
    home.symlink_to(disk)
    assert jinji("new", "-y", FIRE, *NOW).code == 0
    assert "ledger.jsonl" in os.listdir(disk)
    assert open_to_others(disk) == []
    disk.chmod(0o711)
    outcome = jinji("list", *NOW)
    refused(outcome)
    assert "chmod 700" in outcome.err


def test_a_link_to_nowhere_is_no_data_folder(jinji: Jinji, home: Path, tmp_path: Path) -> None:
    home.symlink_to(tmp_path / "nowhere")
    refused(jinji("new", "-y", FIRE, *NOW), 5)
    assert not (tmp_path / "nowhere").exists()


def test_the_cache_holds_nothing_of_a_note(
    jinji: Jinji, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setenv("JINJI_CACHE", str(cache))
    for line in (
        ["new", "-y", f"{FIRE}，独角兽路8号"],
        ["classify", f"{FIRE}，独角兽路8号"],
        ["classify", "--set", "地点=独角兽路8号"],
        ["followup", "01", "独角兽路8号又有1人死亡"],
        ["list", "--find", "独角兽"],
    ):
        assert jinji(*line, *NOW).code == 0
    kept = [path for path in cache.rglob("*") if path.is_file()]
    assert kept
    for path in kept:
        assert not any("独角兽".encode(code) in path.read_bytes() for code in ("utf-8", "gbk", "utf-16-le"))
        assert b"\\u72ec\\u89d2\\u517d" not in path.read_bytes().lower()
    assert open_to_others(cache) == []

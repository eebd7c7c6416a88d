"""A backup is the whole ledger in one file, and gives way only to one that says the same and more."""

import os
import stat
from pathlib import Path

import pytest

from jinji_report.errors import JinjiError, LedgerBroken, UnusableInput
from jinji_report.ledger import backup as room
from jinji_report.ledger.archive import find_cut, seal_off
from jinji_report.ledger.backup import Backup, BackupKept, back_up
from jinji_report.ledger.journal import Journal

from .conftest import NINE, Draft, Fill

WHEN = "20260305T0930"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "优盘").mkdir()
    return tmp_path / "优盘" / "ledger-20260305.jsonl"


def made(journal: Journal, target: Path) -> Backup:
    return back_up(Journal(journal.folder), target, WHEN)


def seal(journal: Journal, draft: Draft) -> None:
    cut = find_cut(journal, NINE.year)
    seal_off(journal, cut, draft(case="", kind="归档", data=cut.data))


def test_a_backup_is_one_file_from_the_first_line_on_that_can_be_used_as_a_ledger(
    journal: Journal, fill: Fill, draft: Draft, target: Path, tmp_path: Path
) -> None:
    fill(1, 2)
    seal(journal, draft)
    head = fill(2)
    backup = made(journal, target)
    assert (backup.seal, backup.missing, backup.size) == (head, 0, target.stat().st_size)
    again = tmp_path / "again"
    again.mkdir(0o700)
    target.rename(again / "ledger.jsonl")
    check = Journal(again).verify(head.head)
    assert check.holds and check.findings == () and check.entries == 6
    assert [e.id for e in Journal(again).since(0)] == [e.id for e in journal.since(0)]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_backup_is_private_and_nothing_else_is_left_beside_it(
    journal: Journal, fill: Fill, target: Path
) -> None:
    fill(1)
    made(journal, target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert os.listdir(target.parent) == [target.name]


def test_a_batch_that_is_being_written_is_not_in_it(journal: Journal, fill: Fill, target: Path) -> None:
    seal_ = fill(1)
    size = journal.path.stat().st_size
    fill(3)
    journal.path.write_bytes(journal.path.read_bytes()[:-5])
    assert made(journal, target).seal == seal_ and target.stat().st_size == size


def test_what_others_write_meanwhile_is_left_for_the_next(
    journal: Journal, fill: Fill, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal_ = fill(2)
    real = room.write_beside

    def write(*arguments: object, **named: object) -> None:
        fill(1)
        real(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(room, "write_beside", write)
    assert made(journal, target).seal == seal_
    assert len(target.read_bytes().splitlines()) == 2


def test_an_older_backup_gives_way_to_a_newer_one(journal: Journal, fill: Fill, target: Path) -> None:
    fill(1)
    made(journal, target)
    seal_ = fill(1)
    assert made(journal, target).seal == seal_ and made(journal, target).aside is None
    assert target.read_bytes() == journal.path.read_bytes()


def test_a_larger_backup_stays(journal: Journal, fill: Fill, target: Path) -> None:
    fill(1, 1)
    made(journal, target)
    kept = target.read_bytes()
    journal.path.write_bytes(kept[: kept.index(b"\n") + 1])
    with pytest.raises(BackupKept, match="有 2 条，比台账还多") as refused:
        made(journal, target)
    assert refused.value.exit_code == 1 and target.read_bytes() == kept


def test_a_backup_that_went_another_way_stays(
    journal: Journal, fill: Fill, target: Path, draft: Draft
) -> None:
    fill(1)
    first = journal.path.read_bytes()
    fill(1)
    made(journal, target)
    kept = target.read_bytes()
    journal.path.write_bytes(first)
    fill(1, 1)
    with pytest.raises(BackupKept, match="从第 2 行起与台账不同"):
        made(journal, target)
    assert target.read_bytes() == kept


@pytest.mark.parametrize("other", ["another ledger", "no ledger"])
def test_a_file_of_something_else_stays(
    journal: Journal, fill: Fill, target: Path, tmp_path: Path, draft: Draft, other: str
) -> None:
    fill(1)
    if other == "no ledger":
        target.write_text("值班安排\n", encoding="utf-8")
    else:
        elsewhere = Journal(tmp_path / "elsewhere")
        elsewhere.append([draft()], elsewhere.head().head)
        made(elsewhere, target)
    kept = target.read_bytes()
    with pytest.raises(UnusableInput, match="不是这本台账的备份") as refused:
        made(journal, target)
    assert refused.value.exit_code == 3 and target.read_bytes() == kept


@pytest.mark.parametrize("harm", ["a changed byte", "a torn end"])
def test_a_broken_backup_is_set_aside(journal: Journal, fill: Fill, target: Path, harm: str) -> None:
    fill(1, 1, 1)
    made(journal, target)
    raw = target.read_bytes()
    if harm == "a torn end":
        target.write_bytes(raw + b'{"v":1')
    else:
        second = raw.index(b"\n") + 1
        target.write_bytes(raw[:second] + raw[second:].replace("第0条".encode(), "第8条".encode(), 1))
    broken = target.read_bytes()
    backup = made(journal, target)
    assert backup.aside == target.with_name("ledger-20260305.jsonl.damaged-20260305T0930")
    assert backup.aside.read_bytes() == broken and target.read_bytes() == raw


def test_a_ledger_that_does_not_hold_is_not_backed_up_over_one_that_does(
    journal: Journal, fill: Fill, target: Path
) -> None:
    fill(1)
    made(journal, target)
    kept = target.read_bytes()
    fill(1, 1)
    lines = journal.path.read_bytes().splitlines(keepends=True)
    journal.path.write_bytes(lines[0] + lines[1].replace(b'"c1"', b'"c2"') + lines[2])
    with pytest.raises(LedgerBroken) as refused:
        made(journal, target)
    assert refused.value.line == 3 and target.read_bytes() == kept
    assert os.listdir(target.parent) == [target.name]


def test_a_full_disk_leaves_what_was_there(
    journal: Journal, fill: Fill, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(1)
    made(journal, target)
    kept = target.read_bytes()
    fill(1)

    def sync(_: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", sync)
    with pytest.raises(JinjiError, match="磁盘已满"):
        made(journal, target)
    assert target.read_bytes() == kept and os.listdir(target.parent) == [target.name]


def test_years_that_were_taken_elsewhere_are_missing_and_that_is_told(
    journal: Journal, fill: Fill, draft: Draft, target: Path
) -> None:
    fill(1, 1)
    seal(journal, draft)
    (journal.folder / "archive" / "ledger-2026.jsonl").rename(target.parent / "elsewhere.jsonl")
    assert made(journal, target).missing == 2
    assert made(journal, target).aside is None


@pytest.mark.parametrize("place", ["ledger-2.jsonl", "archive/x.jsonl", "drill/x.jsonl", "gone/../x.jsonl"])
def test_a_place_where_it_would_be_taken_for_the_ledger_is_refused(
    journal: Journal, fill: Fill, place: str
) -> None:
    fill(1)
    for name in ("archive", "drill", "gone"):
        (journal.folder / name).mkdir()
    with pytest.raises(UnusableInput, match="在数据文件夹里"):
        made(journal, journal.folder / place)


def test_an_empty_ledger_a_missing_folder_and_no_plain_file_are_refused(
    journal: Journal, fill: Fill, target: Path
) -> None:
    with pytest.raises(UnusableInput, match="还没有条目"):
        made(journal, target)
    fill(1)
    with pytest.raises(UnusableInput, match=r"没有 .+ 这个文件夹"):
        made(journal, target.parent / "gone" / "x.jsonl")
    with pytest.raises(UnusableInput, match="不是普通文件"):
        made(journal, target.parent)


def test_a_disk_that_gives_back_fewer_lines_than_were_written_leaves_what_was_there(
    journal: Journal, fill: Fill, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(1)
    made(journal, target)
    kept = target.read_bytes()
    fill(1)
    monkeypatch.setattr(room._Source, "blocks", lambda *_: iter([kept]))
    with pytest.raises(LedgerBroken, match="与原来的不同"):
        made(journal, target)
    assert target.read_bytes() == kept and os.listdir(target.parent) == [target.name]

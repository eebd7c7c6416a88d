"""An end that was not wholly written is kept aside, and never read as if it were."""

import os
from pathlib import Path

import pytest

from jinji_report.errors import LedgerBroken, StoreUnwritable
from jinji_report.ledger import journal as room
from jinji_report.ledger.journal import Journal
from jinji_report.ledger.seal import GENESIS, digest

from .conftest import Draft, Fill


def test_a_batch_cut_at_any_byte_was_never_there(journal: Journal, fill: Fill, draft: Draft) -> None:
    seal = fill(1, 2)
    kept = journal.path.read_bytes()
    fill(3)
    whole = journal.path.read_bytes()
    aside = journal.path.with_name("ledger.jsonl.torn")
    for cut in range(len(kept), len(whole)):
        journal.path.write_bytes(whole[:cut])
        aside.unlink(missing_ok=True)
        again = Journal(journal.folder)

        assert again.head() == seal
        assert [entry.seq for entry in again.since(0)] == [1, 2, 3]
        assert len(again.notices) == (cut > len(kept))
        check = again.verify(seal.head)
        assert check.holds and check.head == seal and check.entries == 3
        assert [finding.code for finding in check.findings] == ["torn"] * (cut > len(kept)) or (
            {finding.code for finding in check.findings} == {"torn"}
        )

        after = again.append([draft()], seal.head)
        assert after.seq == 4
        assert again.verify(after.head).findings == ()
        assert journal.path.read_bytes().startswith(kept)
        if cut > len(kept):
            assert aside.read_bytes().rstrip(b"\n") == whole[len(kept) : cut].rstrip(b"\n")
            assert "已移到 ledger.jsonl.torn" in again.notices[-1]
        else:
            assert not aside.exists()


def test_a_whole_record_without_its_newline_is_torn(journal: Journal, fill: Fill) -> None:
    seal = fill(1)
    kept = journal.path.read_bytes()
    fill(1)
    journal.path.write_bytes(journal.path.read_bytes()[:-1])
    assert journal.head() == seal
    assert [entry.seq for entry in journal.since(0)] == [1]
    fill(1)
    assert journal.path.read_bytes().startswith(kept) and journal.head().seq == 2


def test_zeros_that_a_power_cut_leaves_at_the_end_are_torn(journal: Journal, fill: Fill) -> None:
    seal = fill(1)
    with journal.path.open("ab") as file:
        file.write(b'{"v":1' + bytes(5000))
    assert journal.head() == seal
    fill(1)
    assert journal.verify().findings == ()


def test_a_ledger_that_is_torn_in_its_first_line_is_empty(journal: Journal, fill: Fill) -> None:
    fill(1)
    journal.path.write_bytes(journal.path.read_bytes()[:50])
    assert journal.head().seq == 0
    assert list(journal.since(0)) == []
    assert fill(1).seq == 1


def test_what_was_set_aside_earlier_stays(journal: Journal, fill: Fill) -> None:
    for _ in range(2):
        fill(1)
        with journal.path.open("ab") as file:
            file.write(b"{torn")
    fill(1)
    assert journal.path.with_name("ledger.jsonl.torn").read_bytes() == b"{torn\n{torn\n"


def test_a_torn_end_is_on_disk_aside_before_the_ledger_lets_go_of_it(
    journal: Journal, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(1)
    with journal.path.open("ab") as file:
        file.write(b"{torn")
    steps: list[tuple[str, bool]] = []
    aside = journal.path.with_name("ledger.jsonl.torn")
    real_sync, real_truncate = os.fsync, os.ftruncate

    def sync(fd: int) -> None:
        if aside.exists() and os.path.samestat(os.fstat(fd), aside.stat()):
            steps.append(("aside on disk", aside.read_bytes() == b"{torn\n"))
        real_sync(fd)

    def truncate(fd: int, size: int) -> None:
        if size:
            steps.append(("let go", True))
        real_truncate(fd, size)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "ftruncate", truncate)
    fill(1)
    assert steps == [("aside on disk", True), ("let go", True)]


def test_a_disk_too_full_to_set_a_torn_end_aside_loses_nothing(
    journal: Journal, fill: Fill, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal = fill(1)
    with journal.path.open("ab") as file:
        file.write(b"{torn")
    kept = journal.path.read_bytes()
    real_write = os.write

    def write(fd: int, data: bytes) -> int:
        if bytes(data[:5]) == b"{torn":
            raise OSError(28, "No space left on device")
        return real_write(fd, data)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", write)
        with pytest.raises(StoreUnwritable, match="磁盘已满"):
            journal.append([draft()], seal.head)
    assert journal.path.read_bytes() == kept


def test_a_torn_batch_longer_than_any_window_is_passed_over_whole(
    journal: Journal, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_WINDOW", 16)
    seal = fill(2)
    kept = len(journal.path.read_bytes())
    fill(200)
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole[: whole.rindex(b"\n", 0, -1) + 1])
    assert journal.head() == seal
    assert fill(1).seq == 3
    aside = journal.path.with_name("ledger.jsonl.torn")
    assert aside.read_bytes() == whole[kept : whole.rindex(b"\n", 0, -1) + 1]


@pytest.mark.parametrize(
    ("keep", "line"),
    [((0, 2), 2), ((2,), 1), ((1, 2), 1), ((0, 2, 3), 2), ((0, 1, 3), 3), ((0, 1, 2, 1), 4)],
)
def test_a_batch_with_a_hole_is_not_taken_for_one_that_was_cut_off(
    journal: Journal, fill: Fill, draft: Draft, keep: tuple[int, ...], line: int
) -> None:
    """Only what a broken-off write leaves is set aside; anything else was done by somebody."""
    fill(1, 4)
    raw = journal.path.read_bytes().split(b"\n")
    left = b"".join(raw[number] + b"\n" for number in keep)
    journal.path.write_bytes(left)
    with pytest.raises(LedgerBroken) as broken:
        journal.append([draft()], GENESIS)
    assert broken.value.line == line
    assert journal.path.read_bytes() == left
    assert not journal.verify().holds


def test_a_batch_out_of_order_is_refused_even_where_the_bonds_hold(
    journal: Journal, fill: Fill, draft: Draft
) -> None:
    fill(1)
    for seq, batch in ((2, (1, 3)), (3, (3, 4))):
        line = draft().placed(seq, digest(journal.path.read_bytes().split(b"\n")[-2]), batch).to_line()
        journal.path.write_bytes(journal.path.read_bytes() + line + b"\n")
    with pytest.raises(LedgerBroken) as broken:
        journal.head()
    assert broken.value.line == 3
    assert not journal.verify().holds


def test_two_batches_cut_off_one_behind_the_other_are_no_accident(
    journal: Journal, fill: Fill, draft: Draft
) -> None:
    fill(1)
    for seq in (2, 3):
        line = draft().placed(seq, digest(journal.path.read_bytes().split(b"\n")[-2]), (1, 3)).to_line()
        journal.path.write_bytes(journal.path.read_bytes() + line + b"\n")
    with pytest.raises(LedgerBroken) as broken:
        journal.head()
    assert broken.value.line == 2
    assert not journal.verify().holds


def test_a_notice_is_given_once(journal: Journal, fill: Fill) -> None:
    fill(1)
    with journal.path.open("ab") as file:
        file.write(b"{torn")
    for _ in range(3):
        journal.head()
        list(journal.since(0))
    assert len(journal.notices) == 1
    assert Path(journal.path).name in journal.notices[0]

"""Years that were sealed are in a file of their own, and the ledger reads as before, wherever the move broke off."""

import os
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from jinji_report.errors import HeadMoved, JinjiError, LedgerBroken, StoreBusy, UnusableInput
from jinji_report.ledger import archive as room
from jinji_report.ledger import beside
from jinji_report.ledger.archive import Cut, find_cut, seal_off
from jinji_report.ledger.cases import Wanted, cases_of
from jinji_report.ledger.journal import Journal
from jinji_report.model.entry import NewEntry
from jinji_report.moments import BEIJING

from .conftest import Draft


def moment(year: int) -> datetime:
    return datetime(year, 12, 31, 23, 59, 59, tzinfo=BEIJING)


@pytest.fixture
def years(journal: Journal, draft: Draft) -> Journal:
    """A closed case each year from 2023 to 2026, in batches of two and one."""
    for year in range(2023, 2027):
        when = {"at": moment(year), "recorded": moment(year), "case": f"{year}1231-01"}
        journal.append([draft(f"{year}", **when), draft(**when, kind="要素")], journal.head().head)
        journal.append([draft(**when, kind="结案", data={})], journal.head().head)
    return journal


def sealing(cut: Cut) -> NewEntry:
    now = datetime(2026, 12, 31, 23, 59, 59, tzinfo=BEIJING)
    return NewEntry(case="", kind="归档", at=now, recorded=now, by="张", data=cut.data)


def seal(journal: Journal, through: int) -> Cut:
    cut = find_cut(journal, through)
    seal_off(journal, cut, sealing(cut))
    return cut


def told(journal: Journal) -> list[tuple[int, str, int]]:
    return [(entry.seq, entry.case, entry.place) for entry in journal.since(0) if entry.case]


def test_the_lines_of_the_years_go_as_they_are_and_the_rest_stays(years: Journal) -> None:
    before = years.path.read_bytes()
    lines = before.split(b"\n")
    cut = seal(years, 2024)
    assert cut.sealed.name == "ledger-2024.jsonl" and cut.entries == 6
    sealed, live = cut.sealed.read_bytes(), years.path.read_bytes()
    assert sealed == b"\n".join([*lines[:6], b""])
    assert (sealed + live).startswith(before)
    (entry,) = [e for e in years.since(0) if e.kind == "归档"]
    assert entry.data == {"seq": 6, "head": cut.end.head, "file": "ledger-2024.jsonl", "entries": 6}
    assert entry.case == ""


def test_a_ledger_with_sealed_years_reads_verifies_and_finds_as_before(years: Journal) -> None:
    before, head = told(years), years.head().head
    list(cases_of(years).wanted(Wanted()))
    seal(years, 2023)
    second = seal(years, 2025)
    assert second.entries == 6 and second.base.seq == 3
    again = Journal(years.folder)
    assert told(again) == before
    check = again.verify(head)
    assert check.holds and check.findings == () and check.expect_found
    assert [name for name, _ in check.files] == [
        "archive/ledger-2023.jsonl",
        "archive/ledger-2025.jsonl",
        "",
    ]
    cases = cases_of(again)
    assert [case.number for case in cases.wanted(Wanted())] == [
        f"{year}1231-01" for year in range(2023, 2027)
    ]
    case = cases.get("20231231-01")
    assert case is not None and len(case.entries) == 3
    assert not [notice for notice in again.notices if "重建" in notice]
    assert [entry.seq for entry in again.since(7)] == list(range(8, 15))


def test_entries_go_on_behind_the_sealed_years(years: Journal, draft: Draft) -> None:
    seal(years, 2025)
    later = years.append([draft(recorded=moment(2027))], years.head().head)
    assert later.seq == 14 and years.verify(later.head).findings == ()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_what_was_sealed_can_only_be_read_and_only_by_its_owner(years: Journal) -> None:
    cut = seal(years, 2024)
    assert stat.S_IMODE(cut.sealed.stat().st_mode) == 0o400
    assert stat.S_IMODE(cut.sealed.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(years.path.stat().st_mode) == 0o600
    assert sorted(os.listdir(years.folder)) == ["archive", "ledger.jsonl", "ledger.jsonl.lock"]


def test_the_cut_is_before_the_first_line_of_a_later_year_though_the_clock_went_back(
    journal: Journal, draft: Draft
) -> None:
    for year in (2023, 2025, 2023):
        journal.append([draft(recorded=moment(year))], journal.head().head)
    assert find_cut(journal, 2024).entries == 1


def test_a_year_in_which_nothing_was_entered_or_an_empty_ledger_has_nothing_to_seal(
    journal: Journal, years: Journal
) -> None:
    assert find_cut(years, 2022).entries == 0
    assert find_cut(Journal(years.folder / "other"), 2024).entries == 0


@pytest.mark.parametrize("step", ["append", "folder", "sealed", "ledger"])
@pytest.mark.parametrize("written", [False, True])
def test_a_move_that_breaks_off_anywhere_leaves_a_ledger_that_reads_right_and_a_second_run_ends_it(
    years: Journal, monkeypatch: pytest.MonkeyPatch, step: str, written: bool
) -> None:
    """Each step fails before it did its work, or after."""
    before, head = told(years), years.head().head
    cut = find_cut(years, 2024)

    def breaking(real: Callable[..., object], *names: str) -> Callable[..., object]:
        todo = list(names)

        def act(*args: object, **named: object) -> object:
            here = todo.pop(0) == step
            if here and not written:
                raise OSError(5, os.strerror(5))
            result = real(*args, **named)
            if here:
                raise OSError(5, os.strerror(5))
            return result

        return act

    with monkeypatch.context() as failing:
        failing.setattr(Journal, "append_locked", breaking(Journal.append_locked, "append"))
        failing.setattr(room, "make_folder", breaking(room.make_folder, "folder"))
        failing.setattr(room, "write_beside", breaking(room.write_beside, "sealed", "ledger"))
        with pytest.raises(JinjiError) as refused:
            seal_off(years, cut, sealing(cut))
    assert refused.value.exit_code == 5 and "没有丢失" in refused.value.problem

    again = Journal(years.folder)
    assert told(again) == before
    check = again.verify(head)
    assert check.holds and check.expect_found
    sealed_but_kept = (step, written) in (("sealed", True), ("ledger", False))
    assert [f.code for f in check.findings] == ["unfinished"] * sealed_but_kept
    assert [case.number[:4] for case in cases_of(again).wanted(Wanted())] == ["2023", "2024", "2025", "2026"]

    if (step, written) != ("ledger", True):
        seal(again, 2024)
    assert told(again) == before and again.verify(head).findings == ()
    assert len([entry for entry in again.since(0) if entry.kind == "归档"]) == 1
    assert not list(years.folder.rglob("*.tmp"))


def test_a_reader_that_keeps_the_file_open_on_windows_stops_the_move_and_nothing_is_lost(
    years: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = told(years)
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        if target == years.path:
            raise PermissionError(13, "sharing violation")
        real(source, target)

    monkeypatch.setattr(beside.os, "replace", replace)
    cut = find_cut(years, 2024)
    with pytest.raises(StoreBusy, match="正被别的程序打开"):
        seal_off(years, cut, sealing(cut))
    assert told(years) == before and years.verify().holds
    monkeypatch.undo()
    seal(years, 2024)
    assert years.verify().findings == ()


def test_what_somebody_wrote_since_the_cut_was_found_stops_the_move(years: Journal, draft: Draft) -> None:
    cut = find_cut(years, 2024)
    years.append([draft()], years.head().head)
    kept = years.path.read_bytes()
    with pytest.raises(HeadMoved):
        seal_off(years, cut, sealing(cut))
    assert years.path.read_bytes() == kept and not cut.sealed.exists()


def test_another_file_of_that_name_is_left_alone(years: Journal) -> None:
    (years.folder / "archive").mkdir(0o700)
    other = years.folder / "archive" / "ledger-2024.jsonl"
    other.write_bytes(b"{}\n")
    with pytest.raises(UnusableInput, match="已经有了"):
        find_cut(years, 2024)
    assert other.read_bytes() == b"{}\n"


def test_years_whose_lines_do_not_hold_are_not_sealed(years: Journal) -> None:
    raw = years.path.read_bytes()
    years.path.write_bytes(raw.replace("值班员".encode(), "值斑员".encode(), 1))
    with pytest.raises(LedgerBroken) as refused:
        find_cut(years, 2024)
    assert refused.value.line == 2


def test_a_disk_that_gives_back_other_bytes_than_were_written_seals_nothing(
    years: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = find_cut(years, 2024)
    before = told(years)
    monkeypatch.setattr(room, "blocks_of", lambda *_: iter([b"x" * cut.size]))
    with pytest.raises(LedgerBroken):
        seal_off(years, cut, sealing(cut))
    assert not cut.sealed.exists() and told(years) == before and years.verify().holds


@pytest.mark.parametrize("place", [10, -2])
def test_a_byte_changed_in_a_sealed_file_is_found_and_named(years: Journal, place: int) -> None:
    cut = seal(years, 2024)
    raw = bytearray(cut.sealed.read_bytes())
    raw[place] ^= 1
    cut.sealed.chmod(0o600)
    cut.sealed.write_bytes(raw)
    check = Journal(years.folder).verify()
    assert not check.holds
    assert any("archive/ledger-2024.jsonl 第 " in finding.where for finding in check.breaks)


def test_a_sealed_file_that_was_cut_short_is_found(years: Journal) -> None:
    cut = seal(years, 2024)
    cut.sealed.chmod(0o600)
    cut.sealed.write_bytes(cut.sealed.read_bytes() + b'{"v":1')
    check = years.verify()
    assert next((f.where, f.code) for f in check.breaks) == (
        "archive/ledger-2024.jsonl 第 7 行",
        "unreadable",
    )
    cut.sealed.write_bytes(b"".join(cut.sealed.read_bytes().splitlines(keepends=True)[:5]))
    assert [f.code for f in years.verify().breaks] == ["stray"]


def test_a_sealed_file_that_was_taken_elsewhere_is_told_and_missed_by_none(years: Journal) -> None:
    cut = seal(years, 2024)
    cut.sealed.rename(years.folder.parent / "elsewhere.jsonl")
    check = years.verify()
    assert check.holds and [(f.line, f.number, f.code) for f in check.findings] == [(1, 7, "sealed")]
    assert next(iter(years.since(0))).seq == 7


def test_the_first_lines_lost_without_a_word_of_sealing_are_a_break(years: Journal) -> None:
    years.path.write_bytes(b"".join(years.path.read_bytes().splitlines(keepends=True)[3:]))
    assert [f.code for f in years.verify().breaks] == ["missing"]


def test_a_foreign_file_among_the_sealed_ones_is_told(years: Journal) -> None:
    seal(years, 2024)
    (years.folder / "archive" / "other.jsonl").write_bytes(b"{}\n")
    check = years.verify()
    assert check.holds and [(f.file, f.code) for f in check.findings] == [("archive/other.jsonl", "foreign")]


def test_a_break_behind_sealed_years_is_told_by_its_line_in_the_file(years: Journal) -> None:
    seal(years, 2024)
    first, second = years.path.read_bytes().split(b"\n", 1)
    years.path.write_bytes(first + b"\n" + second.replace(b"T23:59:59", b"T23:59:99", 1))
    found = years.verify().breaks[0]
    assert (found.file, found.line, found.number, found.where) == ("", 2, 8, "第 2 行")

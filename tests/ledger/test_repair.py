"""A ledger that does not hold is set aside whole, and what can be read of it goes on in one that does."""

import json
import os
import stat
from hashlib import sha256
from pathlib import Path

import pytest

from jinji_report.errors import LedgerBroken, StoreUnwritable
from jinji_report.ledger import repair as room
from jinji_report.ledger.archive import find_cut, seal_off
from jinji_report.ledger.damage import Damage, look
from jinji_report.ledger.journal import Journal
from jinji_report.ledger.repair import mend
from jinji_report.ledger.seal import GENESIS
from jinji_report.model.entry import Entry, NewEntry

from .conftest import NINE, Draft, Fill

WHEN = "20260305T0930"


def telling(damage: Damage) -> NewEntry:
    return NewEntry(case="", kind="修复", at=NINE, recorded=NINE, by="张", data=damage.data)


def repaired(journal: Journal) -> Damage:
    return mend(Journal(journal.folder, drill=journal.drill), WHEN, telling)


def left_out(damage: Damage) -> list[tuple[int, str]]:
    return [(found.line, found.problem) for found in damage.left_out]


def lines_of(journal: Journal) -> list[bytes]:
    return journal.path.read_bytes().split(b"\n")[:-1]


def entries_of(journal: Journal) -> list[Entry]:
    return list(Journal(journal.folder, drill=journal.drill).since(0))


def put(journal: Journal, lines: list[bytes]) -> None:
    journal.path.write_bytes(b"".join(line + b"\n" for line in lines))


def test_a_sound_ledger_is_left_as_it_is(journal: Journal, fill: Fill) -> None:
    fill(1, 2)
    before = {path: path.read_bytes() for path in journal.folder.iterdir() if path.suffix != ".lock"}
    assert not look(journal, WHEN) and not repaired(journal)
    assert {p: p.read_bytes() for p in journal.folder.iterdir() if p.suffix != ".lock"} == before


def test_what_was_written_up_to_the_break_stays_byte_for_byte_and_the_rest_is_bound_anew(
    journal: Journal, fill: Fill
) -> None:
    early = fill(1, 1)
    fill(1, 1)
    raw = lines_of(journal)
    raw[2] = raw[2].replace("第0条".encode(), "第9条".encode())
    put(journal, raw)
    old = journal.path.read_bytes()
    damage = repaired(journal)
    assert [(f.line, f.code) for f in damage.breaks] == [(4, "chain")]

    assert lines_of(journal)[:3] == raw[:3]
    entries = entries_of(journal)
    assert [entry.kind for entry in entries] == ["接报", "接报", "接报", "修复", "接报"]
    assert entries[4].extra["was"] == {"seq": 4, "line": sha256(raw[3]).hexdigest()}
    assert entries[4].id == json.loads(raw[3])["id"] and entries[4].data == json.loads(raw[3])["data"]
    told = entries[3]
    assert (told.case, told.data["kept"], told.data["bound"], told.data["left_out"]) == ("", 3, 1, 0)
    assert told.data["breaks"] == [{"line": 4, "code": "chain", "problem": "与上一行对不上"}]
    aside = journal.folder / told.data["file"]
    assert aside.name == "ledger.jsonl.damaged-20260305T0930"
    assert aside.read_bytes() == old and sha256(old).hexdigest() == told.data["sha256"]
    check = journal.verify(early.head)
    assert check.holds and check.findings == () and check.expect_found
    assert not repaired(journal)


def test_a_head_that_was_noted_behind_the_break_is_not_found_but_told(journal: Journal, fill: Fill) -> None:
    fill(1, 1)
    noted = fill(1).head
    raw = lines_of(journal)
    put(journal, [raw[0], raw[2]])
    for line in (3, 3):
        repaired(journal)
        check = journal.verify(noted)
        assert not check.holds and check.expect_found is False
        assert [(f.line, f.code) for f in check.findings] == [(line, "rebound")]
        assert "修复前的台账里是第 3 条" in check.findings[0].problem
        put(journal, [lines_of(journal)[0], lines_of(journal)[2]])
    repaired(journal)
    assert journal.verify(sha256(b"x").hexdigest()).findings == ()


def test_lines_that_cannot_be_read_are_left_out_and_named(journal: Journal, fill: Fill) -> None:
    fill(1, 1, 1, 1)
    raw = lines_of(journal)
    put(journal, [raw[0], b"noise", raw[2], raw[2], raw[3]])
    journal.path.write_bytes(journal.path.read_bytes() + b'{"v":1')
    damage = repaired(journal)
    assert left_out(damage) == [
        (2, "不是 JSON 记录"),
        (4, "与前面的一条编号相同"),
        (6, "没有写完"),
    ]
    entries = entries_of(journal)
    assert [entry.id for entry in entries if entry.case] == [json.loads(raw[n])["id"] for n in (0, 2, 3)]
    (told,) = [entry for entry in entries if entry.kind == "修复"]
    assert told.data["left_out"] == 3 and told.data["lines_left_out"][0]["line"] == 2
    assert journal.verify().findings == ()


def test_a_batch_that_the_break_cuts_through_is_kept_as_single_entries(journal: Journal, fill: Fill) -> None:
    early = fill(1)
    fill(3, 1)
    raw = lines_of(journal)
    put(journal, [raw[0], raw[1], raw[3], raw[4]])
    damage = repaired(journal)
    assert (damage.kept, damage.bound, damage.left_out) == (1, 3, [])
    assert [entry.extra.get("was", {}).get("seq") for entry in entries_of(journal)] == [None, None, 2, 4, 5]
    assert journal.verify(early.head).findings == ()


def test_a_batch_that_was_never_written_to_its_end_is_not_taken_over(journal: Journal, fill: Fill) -> None:
    fill(1, 1, 3)
    raw = lines_of(journal)
    put(journal, [raw[0], b"noise", raw[2], raw[3]])
    assert [found.line for found in repaired(journal).left_out] == [2, 3, 4]
    assert [entry.kind for entry in entries_of(journal)] == ["接报", "修复"]


def test_a_ledger_without_its_first_lines_begins_anew_with_the_repair(journal: Journal, fill: Fill) -> None:
    fill(1, 1, 1)
    put(journal, lines_of(journal)[1:])
    assert [f.code for f in repaired(journal).breaks] == ["missing"]
    entries = entries_of(journal)
    assert [(entry.seq, entry.kind) for entry in entries] == [(1, "修复"), (2, "接报"), (3, "接报")]
    assert entries[0].prev == GENESIS and journal.verify().findings == ()


def test_entries_of_a_drill_do_not_become_real_ones(journal: Journal, tmp_path: Path, draft: Draft) -> None:
    drill = Journal(tmp_path / "drill", drill=True)
    drill.append([draft()], GENESIS)
    journal.append([draft()], GENESIS)
    put(journal, [*lines_of(journal), *lines_of(drill), *lines_of(journal)])
    damage = repaired(journal)
    assert (2, "是演练的条目") in left_out(damage)
    assert not any(entry.drill for entry in entries_of(journal)) and journal.verify().holds


def test_a_second_repair_keeps_where_an_entry_stood_at_first(journal: Journal, fill: Fill) -> None:
    fill(1, 1, 1)
    raw = lines_of(journal)
    put(journal, [raw[0], raw[2]])
    repaired(journal)
    put(journal, [lines_of(journal)[0], lines_of(journal)[2]])
    repaired(journal)
    was = entries_of(journal)[-1].extra["was"]
    assert (was["seq"], was["was"]["seq"]) == (3, 3) and was["was"]["line"] == sha256(raw[2]).hexdigest()
    assert len(list(journal.folder.glob("*.damaged-*"))) == 2


def test_a_torn_end_alone_is_set_aside_and_nothing_else_changes(journal: Journal, fill: Fill) -> None:
    fill(1)
    kept = journal.path.read_bytes()
    journal.path.write_bytes(kept + b"{torn")
    assert look(journal, WHEN).torn == 5 and journal.path.read_bytes() == kept + b"{torn"
    assert repaired(journal).torn == 5
    assert journal.path.read_bytes() == kept
    assert journal.path.with_name("ledger.jsonl.torn").read_bytes() == b"{torn\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_rights_are_put_right(journal: Journal, fill: Fill) -> None:
    fill(1)
    path = journal.path
    path.chmod(0o644)
    journal.folder.chmod(0o755)
    assert [path.name for path in look(Journal(journal.folder), WHEN).exposed] == ["台账", "ledger.jsonl"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    repaired(journal)
    assert stat.S_IMODE(journal.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600
    assert Journal(journal.folder).verify().holds


def test_looking_writes_nothing(journal: Journal, fill: Fill) -> None:
    fill(1, 1)
    put(journal, [lines_of(journal)[1]])
    before = {path: path.read_bytes() for path in journal.folder.iterdir()}
    damage = look(journal, WHEN)
    assert damage.bound == 1 and damage.aside is not None and not damage.aside.exists()
    assert {path: path.read_bytes() for path in journal.folder.iterdir()} == before


@pytest.mark.parametrize("step", ["set_aside", "replace"])
@pytest.mark.parametrize("written", [False, True])
def test_a_repair_that_breaks_off_leaves_the_old_file_or_the_new_one_whole(
    journal: Journal, fill: Fill, monkeypatch: pytest.MonkeyPatch, step: str, written: bool
) -> None:
    fill(1, 1, 1)
    raw = lines_of(journal)
    put(journal, [raw[0], raw[2]])
    old = journal.path.read_bytes()
    where = room if step == "set_aside" else os
    real = getattr(where, step)

    def act(*arguments: object) -> None:
        if written:
            real(*arguments)
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as failing:
        failing.setattr(where, step, act)
        with pytest.raises(StoreUnwritable, match="没有丢失任何条目"):
            repaired(journal)
    done = step == "replace" and written
    assert done or journal.path.read_bytes() == old
    assert done is Journal(journal.folder).verify().holds
    repaired(journal)
    assert Journal(journal.folder).verify().findings == ()
    (aside,) = journal.folder.glob("*.damaged-*")
    assert aside.read_bytes() == old and not list(journal.folder.glob("*.tmp"))


def test_a_file_system_without_second_names_gets_a_copy(
    journal: Journal, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(1, 1, 1)
    raw = lines_of(journal)
    put(journal, [raw[0], raw[2]])
    old = journal.path.read_bytes()

    def link(*_: object) -> None:
        raise OSError(95, "not supported")

    monkeypatch.setattr(os, "link", link)
    damage = repaired(journal)
    assert damage.aside is not None and damage.aside.read_bytes() == old and journal.verify().holds


def test_a_break_behind_sealed_years_is_mended_and_these_still_lead_up_to_it(
    journal: Journal, fill: Fill, draft: Draft
) -> None:
    fill(1, 1)
    cut = find_cut(journal, NINE.year)
    seal_off(journal, cut, draft(case="", kind="归档", data=cut.data))
    fill(1, 1)
    raw = lines_of(journal)
    put(journal, [b"noise", *raw[1:]])
    assert [found.line for found in repaired(journal).left_out] == [1]
    assert [entry.seq for entry in entries_of(journal)] == [1, 2, 3, 4, 5]
    assert journal.verify().findings == ()


def test_a_disk_that_gives_back_other_lines_than_were_written_leaves_the_old_file(
    journal: Journal, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(1, 1)
    put(journal, lines_of(journal)[1:])
    old = journal.path.read_bytes()
    monkeypatch.setattr(room, "_new_lines", lambda *_, **__: iter([b"noise\n"]))
    with pytest.raises(LedgerBroken):
        repaired(journal)
    assert journal.path.read_bytes() == old and not list(journal.folder.glob("*.damaged-*"))

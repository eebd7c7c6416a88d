"""A ledger that was touched is found out, and one that was not is left in peace."""

import json
import re
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from jinji_report.ledger import check as check_room
from jinji_report.ledger.check import verify
from jinji_report.ledger.journal import Journal
from jinji_report.ledger.seal import EMPTY, GENESIS
from jinji_report.ledger.verification import MOST_OF_A_KIND, Verification

from .conftest import NINE, Draft, Fill


def codes(journal: Journal, expect: str | None = None) -> list[tuple[int, str]]:
    return [(finding.line, finding.code) for finding in journal.verify(expect).findings]


def rechained(records: list[dict[str, object]]) -> bytes:
    """The records as lines whose bonds hold, so that only what else is wrong shows."""
    prev, lines = GENESIS, b""
    for record in records:
        raw = json.dumps(record | {"prev": prev}, ensure_ascii=False, separators=(",", ":")).encode()
        prev = sha256(raw).hexdigest()
        lines += raw + b"\n"
    return lines


def records(journal: Journal) -> list[dict[str, object]]:
    return [json.loads(raw) for raw in journal.path.read_bytes().split(b"\n")[:-1]]


def test_an_untouched_ledger_holds(journal: Journal, fill: Fill) -> None:
    seal = fill(1, 3, 1)
    check = journal.verify()
    assert (check.entries, check.head, check.findings, check.holds) == (5, seal, (), True)
    assert check.expect_found is None


def test_an_empty_ledger_holds(journal: Journal) -> None:
    check = journal.verify()
    assert (check.entries, check.head, check.holds) == (0, EMPTY, True)


def test_one_changed_byte_anywhere_before_the_last_line_is_found(journal: Journal, fill: Fill) -> None:
    fill(1, 2, 1)
    whole = journal.path.read_bytes()
    last = whole.rindex(b"\n", 0, -1) + 1
    for place in range(last):
        for byte in {ord("\n"), ord("0"), ord(" "), whole[place] ^ 1, whole[place] ^ 0x80} - {whole[place]}:
            journal.path.write_bytes(whole[:place] + bytes([byte]) + whole[place + 1 :])
            assert not journal.verify().holds, (place, byte)


def test_one_byte_lost_or_added_before_the_last_line_is_found(journal: Journal, fill: Fill) -> None:
    fill(1, 2, 1)
    whole = journal.path.read_bytes()
    last = whole.rindex(b"\n", 0, -1) + 1
    for place in range(last):
        for touched in (whole[:place] + whole[place + 1 :], whole[:place] + b" " + whole[place:]):
            if touched[: len(whole)] != whole:
                journal.path.write_bytes(touched)
                assert not journal.verify().holds, place


def test_a_cut_tail_or_a_changed_last_line_is_found_by_the_head_noted_down(
    journal: Journal, fill: Fill
) -> None:
    seal = fill(1, 2, 1)
    whole = journal.path.read_bytes()
    last = whole.rindex(b"\n", 0, -1) + 1
    for touched in (b"", whole[:last], whole[:-1], whole[: last + 40], whole.replace(b"c1", b"c2")):
        journal.path.write_bytes(touched)
        check = journal.verify(seal.head)
        assert check.expect_found is False and not check.holds


def test_a_head_of_yesterday_is_found_in_the_ledger_of_today(journal: Journal, fill: Fill) -> None:
    yesterday = fill(1, 2)
    fill(1)
    assert journal.verify(yesterday.head).expect_found is True
    assert journal.verify(f" {yesterday.head.upper()}\n").expect_found is True
    assert journal.verify("f" * 64).expect_found is False
    assert journal.verify("").expect_found is False


def test_sixty_four_zeros_are_the_head_of_the_empty_ledger_alone(journal: Journal, fill: Fill) -> None:
    assert journal.verify(GENESIS).expect_found is True
    fill(1)
    assert journal.verify(GENESIS).expect_found is False


def test_lines_that_changed_places_are_found(journal: Journal, fill: Fill) -> None:
    fill(1, 1, 1)
    one, two, three = journal.path.read_bytes().split(b"\n")[:-1]
    journal.path.write_bytes(b"\n".join([one, three, two, b""]))
    assert [line for line, code in codes(journal) if code == "chain"] == [2, 3]
    assert [line for line, code in codes(journal) if code == "order"] == [2, 3]


def test_numbers_that_skip_are_found_even_where_the_bonds_hold(journal: Journal, fill: Fill) -> None:
    fill(1, 1, 1)
    first, second, third = records(journal)
    journal.path.write_bytes(rechained([first, second | {"seq": 4}, third | {"seq": 5}]))
    assert codes(journal) == [(2, "order")]


def test_a_batch_with_a_hole_is_found_even_where_the_bonds_hold(journal: Journal, fill: Fill) -> None:
    fill(3, 1)
    first, second, third, fourth = records(journal)
    for kept, at in (
        ([first, second, fourth], 3),
        ([first, third, fourth], 2),
        ([second, third, fourth], 1),
        ([first, second, first, second, third], 3),
    ):
        numbered = [record | {"seq": seq} for seq, record in enumerate(kept, 1)]
        journal.path.write_bytes(rechained(numbered))
        assert codes(journal)[0] == (at, "batch")


@pytest.mark.parametrize(
    ("bad", "why"), [(b"\xff\xfe", "不是 UTF-8 文字"), (b"{}", "缺少字段 v"), (b"", "不是 JSON 记录")]
)
def test_a_line_that_is_no_entry_is_reported_and_the_check_goes_on(
    journal: Journal, fill: Fill, bad: bytes, why: str
) -> None:
    fill(1, 1, 1, 1)
    raw = journal.path.read_bytes().split(b"\n")
    raw[1] = bad
    journal.path.write_bytes(b"\n".join([*raw[:-2], raw[-2].replace("第0条".encode(), b"x"), b""]))
    check = journal.verify()
    assert [(finding.line, finding.code) for finding in check.breaks] == [(2, "unreadable"), (3, "chain")]
    assert check.findings[0].problem == why
    assert check.entries == 4


def test_an_unreadable_moment_is_a_break(journal: Journal, fill: Fill) -> None:
    fill(1, 1)
    first, second = records(journal)
    journal.path.write_bytes(rechained([first | {"recorded": "昨天"}, second]))
    assert codes(journal) == [(1, "unreadable")]


def test_time_that_runs_backwards_is_a_notice_and_no_break(journal: Journal, draft: Draft) -> None:
    journal.append([draft()], GENESIS)
    journal.append([draft(recorded=NINE - timedelta(hours=1))], journal.head().head)
    check = journal.verify()
    assert check.holds
    assert [(finding.line, finding.code, finding.is_break) for finding in check.findings] == [
        (2, "backwards", False)
    ]


def test_an_entry_made_while_the_clock_was_set_is_marked_and_counted(journal: Journal, draft: Draft) -> None:
    machine = NINE + timedelta(days=30)
    journal.append([draft(), draft(machine=machine), draft()], GENESIS)
    check = journal.verify()
    assert check.holds and check.set_clock == 1
    assert [(finding.line, finding.code) for finding in check.findings] == [(2, "set_clock")]
    assert "2026-04-04T09:00:00+08:00" in check.findings[0].problem


def test_the_batch_that_was_cut_off_counts_for_nothing(journal: Journal, fill: Fill, draft: Draft) -> None:
    seal = fill(1)
    torn = journal.append([draft(machine=NINE), draft(), draft()], seal.head)
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole[: whole.rindex(b"\n", 0, -1) + 1])
    check = journal.verify(seal.head)
    assert (check.entries, check.head, check.set_clock) == (1, seal, 0)
    assert check.expect_found is True and check.holds
    assert journal.verify(torn.head).expect_found is False
    half = sha256(whole.split(b"\n")[2]).hexdigest()
    assert journal.verify(half).expect_found is False


def test_any_bytes_get_a_report() -> None:
    for raw in (b"\n", b"\x00\n", b"null\n", b"\xff", b"[" * 10_000 + b"\n", b"{}\r\n", b'{"seq":-1}\n'):
        assert verify([raw], "0").entries in (0, 1)


def test_a_line_read_by_its_usual_spelling_and_one_read_in_full_are_judged_alike(
    journal: Journal, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each byte of the second line is changed, and the lines behind are bound anew: only what it says is wrong."""
    journal.append([draft(data={"said": '引号"', "n": [1, 2.5, None]})], GENESIS)
    journal.append([draft(), draft(at=NINE - timedelta(minutes=1))], journal.head().head)
    for number in (1, 2, 3):
        raw = journal.path.read_bytes().split(b"\n")[:-1]
        for place in range(len(raw[number - 1])):
            for byte in b'"\\{}[],:0 \x00\xff' + bytes([raw[number - 1][place] ^ 1]):
                touched = [*raw]
                line = raw[number - 1]
                touched[number - 1] = line[:place] + bytes([byte]) + line[place + 1 :]
                for behind in range(number, len(raw)):
                    prev = sha256(touched[behind - 1]).hexdigest().encode()
                    touched[behind] = re.sub(rb'"prev":"\w+"', b'"prev":"' + prev + b'"', touched[behind])
                lines = b"\n".join([*touched, b""]).splitlines(keepends=True)
                quick = told(verify(lines))
                with monkeypatch.context() as full:
                    full.setattr(check_room, "_as_next", lambda *_, **__: None)
                    assert told(verify(lines)) == quick, (number, place, byte)


def told(check: Verification) -> tuple[object, ...]:
    findings = [(f.line, f.code, f.problem) for f in check.findings]
    return check.entries, check.head, findings


@pytest.mark.parametrize("drill", [False, True])
def test_an_ordinary_ledger_is_read_by_its_usual_spelling_alone(
    tmp_path: Path, draft: Draft, monkeypatch: pytest.MonkeyPatch, drill: bool
) -> None:
    journal = Journal(tmp_path / ("drill" if drill else "台账"), drill=drill)
    for size in (1, 3, 2):
        journal.append([draft()] * size, journal.head().head)
    monkeypatch.setattr(check_room.Check, "look_into", None)
    assert journal.verify().entries == 6


def test_a_ledger_of_noise_is_reported_without_keeping_all_of_it() -> None:
    check = verify(b"noise\n" for _ in range(5000))
    assert len(check.findings) == MOST_OF_A_KIND and check.counts["unreadable"] == 5000
    assert check.entries == 5000 and not check.holds


def test_how_far_the_check_has_come_is_told(journal: Journal, fill: Fill) -> None:
    fill(1, 2)
    heard: list[tuple[int, int]] = []
    journal.tell = lambda done, total: heard.append((done, total))
    journal.verify()
    size = journal.path.stat().st_size
    assert heard[-1] == (size, size)

"""Bytes that are cut off, changed, lost or brought in: what was never whole is set aside, all else is found.

The one case that only the head noted down elsewhere can tell: a last entry that was changed or cut off.
"""

import io
import random
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from tests.ledger.conftest import Draft
from tests.ledger_maker import make

from jinji_report.errors import LedgerBroken
from jinji_report.ledger.cases import cases_of
from jinji_report.ledger.check import verify
from jinji_report.ledger.index import IndexUnusable
from jinji_report.ledger.journal import Journal
from jinji_report.ledger.seal import Seal, digest

from .conftest import assert_sound, folded, sentence, told, without_index


@pytest.fixture
def made(folder: Path) -> Path:
    """A small ledger as a desk writes it: batches and single entries, two cases, the last of them open."""
    folder.mkdir(0o700)
    make(folder / "ledger.jsonl", 21, still_open=1)
    return folder / "ledger.jsonl"


def offsets(raw: bytes) -> list[int]:
    """Where each line begins, and where the last ends."""
    found = [0]
    for line in raw.splitlines(keepends=True):
        found.append(found[-1] + len(line))
    return found


def whole_until(raw: bytes, cut: int) -> Seal:
    """The seal of the last whole batch in the first `cut` bytes."""
    check = verify(raw[:cut].splitlines(keepends=True))
    assert check.breaks == ()
    return check.head


def entries_in(folder: Path) -> list[str]:
    return [entry.id for entry in Journal(folder).since(0)]


def test_a_ledger_cut_at_every_byte_of_its_last_three_entries_goes_on_from_what_was_whole(
    made: Path, draft: Draft
) -> None:
    """Single entries. The cut that leaves whole lines is told by the head alone."""
    raw = made.read_bytes()
    lines = offsets(raw)
    ids = entries_in(made.parent)
    head = Journal(made.parent).head()
    aside = made.with_name("ledger.jsonl.torn")
    for cut in range(lines[-4], len(raw)):
        made.write_bytes(raw[:cut])
        aside.unlink(missing_ok=True)
        store = Journal(made.parent)
        kept = sum(end <= cut for end in lines[1:])
        assert (store.head().seq, [entry.id for entry in store.since(0)]) == (kept, ids[:kept])
        assert bool(store.notices) == (cut not in lines)
        check = store.verify(head.head)
        assert check.breaks == () and check.expect_found is False and not check.holds

        if cut % 4 and cut not in lines:
            continue
        after = store.append([draft()], store.head().head)
        assert after.seq == kept + 1 and store.verify(after.head).breaks == ()
        assert made.read_bytes()[: lines[kept]] == raw[: lines[kept]]
        if cut in lines:
            assert not aside.exists()
        else:
            assert aside.read_bytes() == raw[lines[kept] : cut] + b"\n"
        if cut % 64 == 0:  # the index was ahead of the log, as often as not
            assert_sound(made.parent)


@pytest.mark.parametrize("first", [0, 10])
def test_a_batch_cut_at_every_byte_was_never_there(made: Path, draft: Draft, first: int) -> None:
    """Three entries that came together: of none, one or two of them nothing is kept."""
    raw = made.read_bytes()
    lines = offsets(raw)
    ids = entries_in(made.parent)
    for cut in range(lines[first] + 1, lines[first + 3]):
        made.write_bytes(raw[:cut])
        store = Journal(made.parent)
        assert store.head().seq == first
        assert [entry.id for entry in store.since(0)] == ids[:first]
        assert {finding.code for finding in store.verify().findings} == {"torn"}
        if cut % 10 == 0:
            after = store.append([draft()], store.head().head)
            assert after.seq == first + 1 and store.verify(after.head).breaks == ()
        if cut % 100 == 0:
            assert_sound(made.parent)


def changed(raw: bytes, place: int) -> Iterator[bytes]:
    """The bytes with another at `place` (each bit the other way, and bytes that mean something here), one less, one more."""
    others = {raw[place] ^ 1 << bit for bit in range(8)} | set(b'\n\x00"') - {raw[place]}
    for other in sorted(others):
        yield raw[:place] + bytes([other]) + raw[place + 1 :]
    yield raw[:place] + raw[place + 1 :]
    for more in (b"0", b"\n"):
        yield raw[:place] + more + raw[place:]


@pytest.mark.slow
@pytest.mark.parametrize("entries", [3, 10])
def test_every_change_of_one_byte_is_found_by_verify_or_by_the_head(made: Path, entries: int) -> None:
    """Before the last line by `verify` alone; in it, by the head that was noted down. One ledger ends in a batch."""
    lines = made.read_bytes().splitlines(keepends=True)[:entries]
    raw, head = b"".join(lines), digest(lines[-1][:-1])
    last = len(raw) - len(lines[-1])
    assert verify(lines, head).holds
    for place in range(len(raw)):
        for touched in changed(raw, place):
            check = verify(io.BytesIO(touched), head)
            assert not check.holds, (place, touched[max(0, place - 20) : place + 20])
            assert check.breaks or place >= last - 1, (place, touched[max(0, place - 20) : place + 20])


@pytest.mark.slow
def test_a_ledger_with_a_changed_byte_is_read_or_refused_in_a_sentence(
    made: Path, lots: random.Random
) -> None:
    """Whatever byte of four is changed into whatever other: no command comes upon anything but entries or a break."""
    raw = made.read_bytes()
    refused = 0
    for place in range(0, len(raw), 4):
        made.write_bytes(raw[:place] + bytes([lots.randrange(256)]) + raw[place + 1 :])
        store = Journal(made.parent)
        try:
            if place % 20 == 0:
                # An index made of the log as it was: what lies in the middle is for `verify` to find.
                with suppress(IndexUnusable):
                    told(cases_of(store))
            expected = folded(store)
            if place % 40 == 0:
                without_index(store)
                assert told(cases_of(store)) == expected
        except LedgerBroken as broken:
            refused += 1
            assert sentence(broken) and broken.exit_code == 4
    print(f"{refused} of {len(raw) // 4} refused")
    assert 0 < refused < len(raw) // 4

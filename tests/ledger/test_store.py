"""What every store promises: the journal on disk and the one in memory keep it alike, line for line."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from jinji_report.desk.cases import commit
from jinji_report.errors import HeadMoved
from jinji_report.ledger.cases import Cases
from jinji_report.ledger.journal import Journal
from jinji_report.ledger.memory import Memory
from jinji_report.ledger.seal import EMPTY, GENESIS, Seal, digest
from jinji_report.ledger.store import Store
from jinji_report.model.entry import NewEntry

from .conftest import Draft


@pytest.fixture(params=["journal", "memory"])
def store(request: pytest.FixtureRequest, folder: Path) -> Store:
    return Journal(folder) if request.param == "journal" else Memory()


def test_an_empty_store_has_the_empty_seal(store: Store) -> None:
    assert store.head() == EMPTY == Seal(0, GENESIS)
    assert list(store.since(0)) == [] == list(store.lines(0))
    assert store.verify().holds


def test_entries_come_back_in_order_with_their_places_and_bonds(store: Store, draft: Draft) -> None:
    store.append([draft("一")], GENESIS)
    seal = store.append([draft("二"), draft("三")], store.head().head)
    entries = list(store.since(0))
    assert [entry.data["said"] for entry in entries] == ["一", "二", "三"]
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert [entry.batch for entry in entries] == [None, (1, 2), (2, 2)]
    assert [entry.seq for entry in store.since(2)] == [3]
    assert list(store.since(3)) == [] == list(store.since(9))
    lines = list(store.lines(0))
    assert [digest(line) for _, line in lines] == [*(entry.prev for entry in entries[1:]), seal.head]
    assert [place for place, _ in lines] == [entry.place for entry in entries]
    again = list(store.at([entries[2].place, entries[0].place]))
    assert [entry.data["said"] for entry in again] == ["三", "一"]


def test_an_old_picture_writes_nothing(store: Store, draft: Draft) -> None:
    seal = store.append([draft()], GENESIS)
    with pytest.raises(HeadMoved):
        store.append([draft(), draft()], GENESIS)
    assert store.head() == seal
    assert store.append([draft()], seal.head).seq == 2


def test_a_head_that_was_noted_is_found_by_its_check(store: Store, draft: Draft) -> None:
    noted = store.append([draft()], GENESIS)
    store.append([draft()], noted.head)
    assert store.verify(noted.head).holds
    assert not store.verify("f" * 64).holds


def test_the_two_write_the_same_lines(folder: Path, draft: Draft) -> None:
    entries = [draft(f"第{number}条", id=f"{number:024x}") for number in range(5)]
    journal, memory = Journal(folder), Memory()
    for batch in (entries[:1], entries[1:4], entries[4:]):
        journal.append(batch, journal.head().head)
        memory.append(batch, memory.head().head)
    assert journal.path.read_bytes() == b"".join(line + b"\n" for line in memory.raw)


def test_who_decided_on_an_old_picture_decides_again(store: Store, draft: Draft) -> None:
    decided: list[int] = []

    def decide(cases: Cases) -> tuple[Sequence[NewEntry], str]:
        if not decided:  # meanwhile another desk enters something
            store.append([draft(case="b")], store.head().head)
        decided.append(len(cases.beginning("")))
        return [draft(case="a")], f"第{len(decided)}次"

    assert commit(store, decide) == "第2次"
    assert decided == [0, 1]
    assert [entry.case for entry in store.since(0)] == ["b", "a"]


Append = Callable[[Sequence[NewEntry], str], Seal]


def test_who_is_always_late_gives_up_and_has_written_nothing(
    store: Store, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    append: Append = store.append

    def late(entries: Sequence[NewEntry], expected: str) -> Seal:
        append([draft(case="b")], expected)
        return append(entries, expected)

    monkeypatch.setattr(store, "append", late)
    with pytest.raises(HeadMoved):
        commit(store, lambda cases: ([draft(case="a")], None))
    assert {entry.case for entry in store.since(0)} == {"b"}

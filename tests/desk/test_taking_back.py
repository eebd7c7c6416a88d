"""撤销 and 并案 beside other desks, and over the stores: what was meant is taken back, and nothing else."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.factory import NOW, incident

from jinji_report.desk.cases import read_cases
from jinji_report.desk.merge import merge
from jinji_report.desk.stamp import Stamp
from jinji_report.desk.undo import TakenBack, undo
from jinji_report.errors import CaseState, GivenUp
from jinji_report.ledger.journal import Journal
from jinji_report.ledger.memory import Memory
from jinji_report.ledger.seal import Seal
from jinji_report.ledger.store import Store
from jinji_report.model.entry import NewEntry
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import EntryKind, Status

A, B = "20260320-01", "20260320-02"


def draft(kind: EntryKind, data: dict[str, Any], case: str = A) -> NewEntry:
    return NewEntry(case=case, kind=kind.value, at=NOW, recorded=NOW, by="王五", data=data)


def call(case: str = A, **counts: Any) -> NewEntry:
    return draft(EntryKind.RECEIVED, {"note": "来电", "incident": incident(**counts).to_json()}, case)


def put(store: Store, *entries: NewEntry) -> None:
    store.append(entries, store.head().head)


def stamp(reason: str = "录错") -> Stamp:
    return Stamp(recorded=NOW + timedelta(minutes=5), by="李四", reason=reason)


class Busy(Memory):
    """A store in which another desk is quicker, once."""

    def __init__(self, *theirs: NewEntry) -> None:
        super().__init__()
        self.theirs = theirs

    def append(self, entries: Sequence[NewEntry], expected_head: str) -> Seal:
        if any(entry.by == "李四" for entry in entries) and self.theirs:
            theirs, self.theirs = self.theirs, ()
            super().append(theirs, expected_head)
        return super().append(entries, expected_head)


def test_another_desks_entry_on_the_case_is_not_taken_back_instead(standards: Standards) -> None:
    store = Busy(draft(EntryKind.DECISION, {"decision": "应报", "reason": "x"}))
    put(store, call())
    put(store, draft(EntryKind.CLOSED, {}))
    with pytest.raises(CaseState) as caught:
        undo(store, A, standards, stamp())
    assert "第 3 条 决定" in caught.value.problem
    assert "--entry" in caught.value.remedy
    assert len(store.raw) == 3


def test_who_is_asked_may_mean_the_other_desks_entry(standards: Standards) -> None:
    store = Busy(draft(EntryKind.DECISION, {"decision": "应报", "reason": "x"}))
    put(store, call())
    put(store, draft(EntryKind.CLOSED, {}))
    shown: list[TakenBack] = []

    def agree(done: TakenBack) -> bool:
        shown.append(done)
        return True

    undo(store, A, standards, stamp(), agree=agree)
    assert [[entry.kind for entry in done.entries] for done in shown] == [["结案"], ["决定"]]


def test_another_desks_entry_on_another_case_changes_nothing(standards: Standards) -> None:
    store = Busy(call(B))
    put(store, call(deaths=1), draft(EntryKind.CLOSED, {}))
    done = undo(store, A, standards, stamp())
    assert [entry.seq for entry in done.entries] == [1, 2]
    assert [entry.kind for entry in store.since(2)] == ["接报", "撤销"]


def test_who_says_no_leaves_the_ledger_as_it_was(standards: Standards) -> None:
    store = Memory()
    put(store, call())
    with pytest.raises(GivenUp):
        undo(store, A, standards, stamp(), agree=lambda done: False)
    put(store, call(B))
    with pytest.raises(GivenUp):
        merge(store, A, B, standards, stamp(), agree=lambda done: False)
    assert len(store.raw) == 2


def test_a_case_that_another_desk_just_merged_is_not_merged_again(standards: Standards) -> None:
    store = Busy(
        draft(EntryKind.MERGED, {"into": B}, A),
        draft(EntryKind.MERGED, {"from": A}, B),
    )
    put(store, call(A), call(B))
    with pytest.raises(CaseState):
        merge(store, A, B, standards, stamp())
    assert len(store.raw) == 4


def test_entries_of_a_batch_that_were_taken_back_before_are_not_named_again(standards: Standards) -> None:
    store = Memory()
    put(store, call(), draft(EntryKind.DECISION, {"decision": "应报", "reason": "x"}))
    put(store, draft(EntryKind.CLOSED, {}))
    second = next(store.since(1))
    put(store, draft(EntryKind.UNDONE, {"voids": [second.id]}))
    done = undo(store, A, standards, stamp(), seq=1)
    assert [entry.seq for entry in done.entries] == [1]


@pytest.mark.parametrize("kind", ["memory", "journal"])
def test_a_merge_and_its_reversal_are_one_batch_each_in_any_store(
    standards: Standards, tmp_path: Path, kind: str
) -> None:
    store: Store = Memory() if kind == "memory" else Journal(tmp_path / "台账")
    put(store, call(A, deaths=2))
    put(store, call(B))
    merge(store, A, B, standards, stamp())
    assert [(entry.batch, entry.case) for entry in store.since(2)] == [((1, 2), A), ((2, 2), B)]
    undo(store, None, standards, stamp())
    assert [(entry.batch, entry.kind) for entry in store.since(4)] == [((1, 2), "撤销"), ((2, 2), "撤销")]
    cases = read_cases(store)
    assert [one.status for one in (cases.get(A), cases.get(B)) if one is not None] == [Status.OPEN] * 2


def test_the_case_of_the_newest_entry_is_found_behind_any_number_of_the_ledgers_own(
    standards: Standards,
) -> None:
    store = Memory()
    put(store, call(A))
    put(store, *(draft(EntryKind.REPAIRED, {}, "") for _ in range(200)))
    assert undo(store, None, standards, stamp()).case.number == A


def test_what_a_merged_case_takes_back_changes_the_case_that_counts_it(standards: Standards) -> None:
    store = Memory()
    to = {"tier": "市", "line": "党委", "office": "市委办公室"}
    put(store, call(A))
    put(store, draft(EntryKind.SENT, {"to": to, "form": "电话", "stage": "首报", "number": 0}))
    put(store, call(B))
    merge(store, A, B, standards, stamp())
    done = undo(store, A, standards, stamp(), seq=2)
    assert {(one.case, one.field, one.after) for one in done.changes} == {(A, "sent", ""), (B, "sent", "")}

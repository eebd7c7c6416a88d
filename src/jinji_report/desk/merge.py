"""并案: one case turns out to be another. What went out about it counts for that one from then on.

The facts of neither are changed: where the two tell figures apart, that is said and left to a follow-up.
"""

from collections.abc import Callable, Sequence
from typing import Any

from jinji_report.desk.cases import commit, find_case, require_open, require_standing
from jinji_report.desk.difference import Difference, facts_told
from jinji_report.desk.foresee import foresee
from jinji_report.desk.stamp import Stamp
from jinji_report.errors import CaseState, Usage
from jinji_report.judgement.limits import Limit
from jinji_report.judgement.obligations import demands_of, limits_of
from jinji_report.ledger.cases import Cases
from jinji_report.ledger.store import Store
from jinji_report.model.case import Case
from jinji_report.model.entry import NewEntry
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Decision, EntryKind, Status


class Merged:
    """The case that was merged, the one that it is now part of, what that changes, and what it does not."""

    __slots__ = ("case", "changes", "into", "limits", "notes")

    def __init__(
        self,
        case: Case,
        into: Case,
        changes: Sequence[Difference],
        notes: Sequence[str],
        limits: Sequence[Limit],
    ) -> None:
        self.case = case
        self.into = into
        self.changes = tuple(changes)
        self.notes = tuple(notes)
        self.limits = tuple(limits)

    def to_json(self) -> dict[str, Any]:
        """`limits` are those of the case that it was merged into."""
        return {
            "schema": "jinji/1",
            "case": self.case.number,
            "step": EntryKind.MERGED.value,
            "into": self.into.number,
            "status": self.case.status.value,
            "changes": [change.to_json() for change in self.changes],
            "notes": list(self.notes),
            "limits": [limit.to_json() for limit in self.limits],
        }


def merge(
    store: Store,
    name: str,
    into_name: str,
    standards: Standards,
    stamp: Stamp,
    agree: Callable[[Merged], bool] | None = None,
) -> Merged:
    """Enter that a case is the same incident as another, open one.

    Raises Usage without a reason, UnknownCase, CaseState where they are one, or either is merged, taken
    back, or the second closed, or a lead that an incident cannot be part of.
    """
    if not stamp.reason.strip():
        raise Usage("并案要写明原因。", remedy='加上 --reason "原因"。')

    def decide(cases: Cases) -> tuple[list[NewEntry], Merged]:
        case, into = find_case(cases, name), find_case(cases, into_name)
        if case.number == into.number:
            raise CaseState(
                f"{name} 和 {into_name} 是同一件案卷（{case.number}），不能自己并入自己。",
                remedy="核对两个编号。",
            )
        require_standing(case, "并案")
        if case.rumour is None or into.status != Status.LEAD:  # two leads may be of the same thing
            require_open(into, "接收并案")
        new = [
            stamp.entry(case.number, EntryKind.MERGED, {"into": into.number}),
            stamp.entry(into.number, EntryKind.MERGED, {"from": case.number}),
        ]
        seen = foresee(cases, new)
        after = seen.after[into.number]
        notes = [
            *_figures_apart(case, into, standards),
            *_owed_no_more(case, into, standards),
            *seen.findings(),
        ]
        return new, Merged(
            seen.after[case.number],
            after,
            seen.changes(standards, stamp.recorded),
            notes,
            limits_of(after, standards, stamp.recorded),
        )

    return commit(store, decide, agree)


def _figures_apart(case: Case, into: Case, standards: Standards) -> list[str]:
    """Where the merged case tells the incident otherwise: its facts do not come over."""
    theirs, ours = facts_told(case.facts, standards), facts_told(into.facts, standards)
    apart = [
        f"{label} {words}（{into.number} 为{ours.get(field, ('', ''))[1] or '未提到'}）"
        for field, (label, words) in theirs.items()
        if words
        and (field == "category" or field.startswith("measures."))
        and ours.get(field) != (label, words)
    ]
    if not apart:
        return []
    return [
        f"要素不随并案更改，{case.number} 所说的不同：{'；'.join(apart)}。"
        f"核实后用 jinji followup {into.number} 续报。"
    ]


def _owed_no_more(case: Case, into: Case, standards: Standards) -> list[str]:
    """Offices that must be told of the merged case by its own verdict, and need not be of the other."""
    wanted, kept = (
        [d.office.office for d in demands_of(one, standards) if d.office.decision == Decision.REPORT]
        for one in (case, into)
    )
    lost = [office for office in wanted if office not in kept]
    if not lost:
        return []
    return [
        f"{case.number} 应报{'、'.join(lost)}，{into.number} 的研判没有；并案后按 {into.number} 办，"
        f"仍要报的用 jinji decide {into.number} 应报 --reason 理由。"
    ]

"""How cases will be once entries are written that are not yet, beside how they are."""

from collections.abc import Sequence
from datetime import datetime

from jinji_report.desk.difference import Difference, differences
from jinji_report.ledger.cases import Cases
from jinji_report.model.case import Case
from jinji_report.model.entry import NewEntry
from jinji_report.model.fold import fold_case, gather
from jinji_report.standards.rows import Standards


class Foreseen:
    """The cases that a batch touches, by number: `before` it and `after` it.

    Besides the cases of its entries these are the ones that they are, or will be, merged into.
    """

    __slots__ = ("after", "before")

    def __init__(self, before: dict[str, Case], after: dict[str, Case]) -> None:
        self.before = before
        self.after = after

    def changes(self, standards: Standards, now: datetime) -> tuple[Difference, ...]:
        return tuple(
            one
            for number, after in self.after.items()
            for one in differences(self.before[number], after, standards, now)
        )

    def findings(self) -> list[str]:
        """What contradicts itself afterwards and did not before, a sentence each."""
        return [
            f"{number} 第 {one.entry.seq} 条：{one.text}。"
            for number, after in self.after.items()
            for one in after.contradictions
            if one.entry.seq
            and (one.entry.id, one.text)
            not in [(known.entry.id, known.text) for known in self.before[number].contradictions]
        ]


def foresee(cases: Cases, entries: Sequence[NewEntry]) -> Foreseen:
    """The cases as they are and as they will be with `entries`, which are of cases that are there."""
    before: dict[str, Case] = {}
    after: dict[str, Case] = {}

    def take_in(number: str | None) -> None:
        """The case of this number, and the one that it is merged into, and so on."""
        while number is not None and number not in after:
            case = cases.get(number)
            if case is None:
                return
            new = [entry.placed(0, "") for entry in entries if entry.case == number]
            before[number], after[number] = case, fold_case(number, [*case.entries, *new])
            take_in(case.merged_into)
            number = after[number].merged_into

    for entry in entries:
        take_in(entry.case)
    for case in after.values():
        gather(case, lambda number: after.get(number) or cases.get(number))
    return Foreseen(before, after)

"""One incident on one day, and what each row of the standards makes of it: 成立, 不成立, 未定.

The state of a row is its own: its categories and its condition over every filling of the ranges,
whatever other rows say. An unknown category may be any.
"""

import math
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from jinji_report.judgement.bounds import Bounds, bounds
from jinji_report.model.facts import Facts
from jinji_report.quantity import Number, tidy
from jinji_report.standards.conditions import (
    THRESHOLDS,
    Formula,
    Known,
    Threshold,
    listed,
    measures_of,
    outcomes,
    reduce,
)
from jinji_report.standards.rows import Standards, Tree, applies


class State(StrEnum):
    """Whether a row holds for an incident: surely, surely not, or it depends on what is not known."""

    HOLDS = "成立"
    FAILS = "不成立"
    OPEN = "未定"


class Mark(StrEnum):
    """Where a bound was tried."""

    BELOW = "少一"
    AT = "恰好"
    ABOVE = "多一"
    UNKNOWN = "不详"


# The tables whose rows hold or do not hold for an incident, in the order in which they are shown.
KINDS: Mapping[str, str] = {
    "factor": "factors",
    "grade": "grades",
    "report": "reports",
    "skip": "skips",
    "consultation": "consultations",
    "owner": "owners",
    "limit": "limits",
    "watch": "watches",
    "order": "orders",
}


class BoundOf:
    """One bound in a row's condition. `path` leads to it; `negated`: the row wants it not met.

    `step` is how far one less and one more lie: 1 for what is counted in whole numbers and for whole
    bounds from 10 up; 0.1 for smaller ones, and a tenth of a bound below 1.
    """

    __slots__ = ("marks", "negated", "path", "points", "step", "threshold", "wanted")

    def __init__(
        self, threshold: Threshold, path: tuple[Any, ...], *, negated: bool, standards: Standards
    ) -> None:
        self.threshold = threshold
        self.path = path
        self.negated = negated
        bound = threshold.bound
        if all(standards.measures[name].whole for name in threshold.measures) or (
            bound >= 10 and bound == int(bound)
        ):
            self.step: float = 1
        else:
            self.step = 0.1 if bound >= 1 or bound == 0 else bound / 10
        # The values of the sum at which the bound is tried; below zero there is nothing to try.
        ends = ((Mark.BELOW, bound - self.step), (Mark.AT, bound), (Mark.ABOVE, bound + self.step))
        self.points: dict[Mark, Number] = {mark: tidy(value) for mark, value in ends if value >= 0}
        self.marks = {value: mark for mark, value in self.points.items()}
        # Every point at which it can be tried: a bound that every number meets is never in doubt.
        unknown = {Mark.UNKNOWN} if self.meets(0) != self.meets(math.inf) else set()
        self.wanted = frozenset(self.points) | unknown

    def meets(self, value: float) -> bool:
        """What a sum of `value` says to the row: it speaks for it, or against it."""
        name = self.threshold.measures[0]
        sums = dict.fromkeys(self.threshold.measures, 0.0) | {name: value}
        return self.threshold.holds(sums) != self.negated

    def words(self, standards: Standards) -> str:
        """`死亡+失联≥3人`."""
        rows = [standards.measures[name] for name in self.threshold.measures]
        sign = {"at_least": "≥", "more_than": ">", "at_most": "≤", "below": "<"}[self.threshold.op]
        return f"{'+'.join(row.label for row in rows)}{sign}{tidy(self.threshold.bound)}{rows[0].unit}"


class Proved:
    """A row that cases try: its table, its condition, and the bounds that stand in it."""

    __slots__ = ("bounds", "categories", "id", "kind", "row", "when")

    def __init__(self, kind: str, row: Any, standards: Standards) -> None:
        self.kind = kind
        self.row = row
        self.id: str = row.id
        self.categories: tuple[str, ...] = getattr(row, "categories", ())
        self.when: Tree = getattr(row, "when", {})
        self.bounds = tuple(_bounds(self.when, (), False, standards))


def rows_of(standards: Standards) -> list[Proved]:
    """Every row of the standards that can hold or not hold."""
    return [
        Proved(kind, row, standards) for kind, table in KINDS.items() for row in getattr(standards, table)
    ]


def replaced(tree: Tree, path: tuple[Any, ...], answer: bool) -> Tree:
    """`tree` with the condition at `path` answered for good."""
    if not path:
        return {"all": []} if answer else {"any": []}
    head, *rest = path
    if head == "not":
        return {"not": replaced(tree["not"], tuple(rest), answer)}
    index, *deeper = rest
    parts = list(tree[head])
    parts[index] = replaced(parts[index], tuple(deeper), answer)
    return {head: parts}


class Situation:
    """An incident as the rows in force on a day see it."""

    __slots__ = ("bounds", "facts", "knowns", "on", "standards")

    def __init__(self, facts: Facts, standards: Standards, on: date) -> None:
        self.facts = facts
        self.on = on
        self.standards = standards.on(on)
        self.bounds: Bounds = bounds(facts, self.standards)
        told = facts.category if facts.category in self.standards.categories else None
        self.knowns = [
            Known(category=category, tags=facts.tags, on=on, ranges=self.bounds.ranges)
            for category in ([told] if told is not None else self.standards.categories)
        ]

    def state(self, row: Proved) -> State | None:
        """Whether the row holds; None where it is not in force on the day."""
        if not row.row.in_force(self.on):
            return None
        if len(self.knowns) == 1 and not applies(row.categories, self.knowns[0].category):
            return State.FAILS
        return self.state_of(row.categories, row.when)

    def state_of(self, categories: tuple[str, ...], when: Tree) -> State:
        can_hold = can_fail = False
        for known in self.knowns:
            if not applies(categories, known.category):
                can_fail = True
            else:
                found = outcomes(reduce(when, known, self.standards), self.bounds.ranges, self.standards)
                can_hold = can_hold or found.can_hold
                can_fail = can_fail or found.can_fail
            if can_hold and can_fail:
                return State.OPEN
        return State.HOLDS if can_hold else State.FAILS

    def measures(self, row: Proved) -> list[str]:
        """The measures on which the row depends here, in the order of the standards."""
        found: set[str] = set()
        for known in self.knowns:
            if applies(row.categories, known.category):
                formula: Formula | bool = reduce(row.when, known, self.standards)
                found |= measures_of(formula)
        return [name for name in self.standards.measures if name in found]

    def mark(self, row: Proved, bound: BoundOf) -> Mark | None:
        """Where the situation tries the bound of the row: only where nothing else of the row decides."""
        if len(self.knowns) > 1 or not applies(row.categories, self.knowns[0].category):
            return None
        ranges = [self.bounds.ranges[name] for name in bound.threshold.measures]
        low, high = sum(r[0] for r in ranges), sum(r[1] for r in ranges)
        mark = bound.marks.get(tidy(low)) if low == high else None
        if low != high and bound.meets(low) != bound.meets(high):
            mark = Mark.UNKNOWN
        if mark is None:
            return None
        for met, state in ((True, State.HOLDS), (False, State.FAILS)):
            if self.state_of((), replaced(row.when, bound.path, met != bound.negated)) != state:
                return None
        return mark


def _bounds(tree: Tree, path: tuple[Any, ...], negated: bool, standards: Standards) -> list[BoundOf]:
    for branch in ("any", "all"):
        if branch in tree:
            return [
                bound
                for index, part in enumerate(tree[branch])
                for bound in _bounds(part, (*path, branch, index), negated, standards)
            ]
    if "not" in tree:
        return _bounds(tree["not"], (*path, "not"), not negated, standards)
    if "measure" not in tree:
        return []
    op = next(op for op in THRESHOLDS if op in tree)
    threshold = Threshold(listed(tree["measure"]), op, tree[op])
    return [BoundOf(threshold, path, negated=negated, standards=standards)]

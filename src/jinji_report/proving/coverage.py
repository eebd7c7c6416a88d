"""What the cases cover: each row seen to hold, to fail and to be open; each bound at n−1, n, n+1 and unknown.

A bound counts as tried at a number where the sum is exactly that, and unknown where the sum may lie on
either side, in an incident in which nothing else of the row decides. What no incident can bring about
(a row on a tag alone is never open) is not asked for.
"""

from collections.abc import Iterable, Sequence

from jinji_report.proving.propose import Proposals
from jinji_report.proving.situation import BoundOf, Mark, Proved, Situation, State
from jinji_report.standards.rows import Standards


class RowCoverage:
    """What was seen of one row: its `states`, and where each of its bounds was tried."""

    __slots__ = ("marks", "row", "states")

    def __init__(self, row: Proved) -> None:
        self.row = row
        self.states: set[State] = set()
        self.marks: list[tuple[BoundOf, set[Mark]]] = [(bound, set()) for bound in row.bounds]

    def see(self, situation: Situation) -> bool:
        """Take note of what the situation shows of the row; True once there is nothing left to see."""
        state = situation.state(self.row)
        if state is None:
            return False
        new = state not in self.states
        self.states.add(state)
        for bound, seen in self.marks:
            if seen != bound.wanted:
                mark = situation.mark(self.row, bound)
                if mark is not None and mark not in seen:
                    new = True
                    seen.add(mark)
        return (
            new and len(self.states) == len(State) and all(seen == bound.wanted for bound, seen in self.marks)
        )


class Missing:
    """What the cases have not yet shown of a row, of what can be shown."""

    __slots__ = ("marks", "row", "states")

    def __init__(self, row: Proved, states: list[State], marks: list[tuple[BoundOf, list[Mark]]]) -> None:
        self.row = row
        self.states = states
        self.marks = marks


class Coverage:
    """All rows that the cases are to cover, as far as `situations` cover them."""

    __slots__ = ("missing", "rows")

    def __init__(self, rows: Iterable[Proved], situations: Sequence[Situation], standards: Standards) -> None:
        self.rows = [RowCoverage(row) for row in rows]
        left = self.rows
        for situation in situations:
            left = [row for row in left if not row.see(situation)]
        proposals = Proposals(standards)
        found = (_missing(row, proposals) for row in self.rows)
        self.missing = [one for one in found if one is not None]

    @property
    def rows_done(self) -> int:
        """Rows seen in every state that they can have."""
        return len(self.rows) - sum(bool(one.states) for one in self.missing)

    @property
    def bounds(self) -> int:
        return sum(len(row.marks) for row in self.rows)

    @property
    def bounds_done(self) -> int:
        """Bounds tried at every point that there is."""
        return self.bounds - sum(len(one.marks) for one in self.missing)


def _missing(seen: RowCoverage, proposals: Proposals) -> Missing | None:
    row = seen.row
    unseen = [state for state in State if state not in seen.states]
    possible = proposals.states(row, unseen) if unseen else {}
    # A row that nothing meets is a defect of the pack: it stays wanting until it is mended.
    states = [state for state in unseen if state == State.HOLDS or state in possible]
    marks = []
    for bound, found in seen.marks:
        untried = [mark for mark in Mark if mark in bound.wanted - found]
        if untried:
            tries = proposals.tries(row, bound)
            untried = [mark for mark in untried if mark in tries]
        if untried:
            marks.append((bound, untried))
    return Missing(row, states, marks) if states or marks else None

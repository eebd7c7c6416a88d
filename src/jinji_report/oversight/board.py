"""What is due: the board, the one line for a prompt, and the list of cases."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from jinji_report.judgement.limits import Limit, casualty_window_end
from jinji_report.judgement.obligations import limits_of
from jinji_report.model.case import Case
from jinji_report.model.glance import Glance
from jinji_report.moments import iso
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import LimitState

PAGE = 20


class Due:
    """A limit of one case that still runs, or a receipt that is still awaited."""

    __slots__ = ("case", "limit")

    def __init__(self, case: Case, limit: Limit) -> None:
        self.case = case
        self.limit = limit

    def to_json(self) -> dict[str, Any]:
        return {"case": self.case.number, "title": self.case.title, **self.limit.to_json()}


class Board:
    """Everything that this desk owes now, earliest due first, and the counts of the rest.

    `due`: running limits of this desk. `receipts`: sent, waiting for a receipt. `others`: running
    limits of other units. `watched`: closed cases whose casualties may still change the grade.
    """

    __slots__ = ("due", "now", "open_cases", "others", "receipts", "watched")

    def __init__(
        self,
        now: datetime,
        due: Sequence[Due],
        receipts: Sequence[Due],
        others: int,
        watched: int,
        open_cases: int,
    ) -> None:
        self.now = now
        self.due = tuple(due)
        self.receipts = tuple(receipts)
        self.others = others
        self.watched = watched
        self.open_cases = open_cases

    def count(self, state: LimitState) -> int:
        return sum(row.limit.state == state for row in self.due)

    def to_json(self, page: int | None = None) -> dict[str, Any]:
        """All rows, or those of one page."""
        rows = self.due if page is None else self.due[(page - 1) * PAGE : page * PAGE]
        return {
            "schema": "jinji/1",
            "now": iso(self.now),
            "overdue": self.count(LimitState.OVERDUE),
            "due_soon": self.count(LimitState.DUE_SOON),
            "total": len(self.due),
            "page": page,
            "due": [row.to_json() for row in rows],
            "receipts": [row.to_json() for row in self.receipts],
            "others": self.others,
            "watched": self.watched,
            "open_cases": self.open_cases,
        }


def board(
    cases: Iterable[Case],
    closed: Iterable[tuple[str | None, datetime]],
    standards: Standards,
    now: datetime,
    *,
    of_others: bool = True,
) -> Board:
    """The board at `now`, of the open cases, and of category and moment of those `closed` that may be watched.

    Without `of_others` the limits of other units are not counted.
    """
    due: list[Due] = []
    receipts: list[Due] = []
    others = watched = open_cases = 0
    for category, occurred in closed:
        end = casualty_window_end(category, occurred, standards)
        watched += end is not None and now <= end
    for case in cases:
        open_cases += 1
        for limit in limits_of(case, standards, now, of_others=of_others):
            if limit.receipt == "waiting":
                receipts.append(Due(case, limit))
            elif limit.running and limit.ours:
                due.append(Due(case, limit))
            elif limit.running:
                others += 1
    due.sort(key=lambda row: row.limit.due)
    return Board(now, due, receipts, others, watched, open_cases)


def case_row(one: Glance, case: Case | None, standards: Standards, now: datetime) -> dict[str, Any]:
    """A case as a row of `list --json`; `case` itself where it is open, since only then a limit runs."""
    limits = () if case is None else limits_of(case, standards, now, of_others=False)
    running = [limit for limit in limits if limit.ours and limit.running]
    return {
        "case": one.number,
        "status": one.status.value,
        "title": one.title,
        "category": one.category,
        "decision": one.decision,
        "grade": None if one.grade_high is None else {"low": one.grade_low, "high": one.grade_high},
        "opened": iso(one.opened_at),
        "reports": one.reports,
        "next_due": iso(running[0].due) if running else None,
        "minutes_left": running[0].minutes_left if running else None,
    }

"""What is due: the board, and the list of cases."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from jinji_report.model.due import Row, Section
from jinji_report.model.glance import Glance
from jinji_report.moments import iso, whole_minutes

PAGE = 20


class Watched:
    """A closed case whose casualties may still change the grade, until `until`."""

    __slots__ = ("case", "title", "until")

    def __init__(self, case: str, title: str, until: datetime) -> None:
        self.case = case
        self.title = title
        self.until = until

    def to_json(self) -> dict[str, Any]:
        return {"case": self.case, "title": self.title, "until": iso(self.until)}


class Board:
    """Everything that this desk owes and waits for now, earliest due first, and the counts of the rest.

    `due`: running limits of this desk, those of the `page` (None: all). `receipts`: sent, waiting for a
    receipt; one that nobody gave in time is due again. `awaited`: what other units owe this desk. `others`: how
    much they owe in all. `watched`: closed cases whose casualties may still change the grade.
    """

    __slots__ = ("awaited", "due", "now", "open_cases", "others", "page", "receipts", "watched")

    def __init__(
        self,
        now: datetime,
        due: Section,
        receipts: Section,
        awaited: Section,
        watched: Sequence[Watched],
        *,
        others: int,
        open_cases: int,
        page: int | None,
    ) -> None:
        self.now = now
        self.due = due
        self.receipts = receipts
        self.awaited = awaited
        self.watched = tuple(watched)
        self.others = others
        self.open_cases = open_cases
        self.page = page

    @property
    def overdue(self) -> int:
        """How much this desk is late with, the receipts that it has to press for among it."""
        return self.due.overdue + self.receipts.overdue

    @property
    def due_soon(self) -> int:
        return self.due.due_soon

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "jinji/1",
            "now": iso(self.now),
            "overdue": self.overdue,
            "due_soon": self.due_soon,
            "total": self.due.total,
            "page": self.page,
            "due": [row.to_json() for row in self.due.rows],
            "receipts": [row.to_json() for row in self.receipts.rows],
            "awaited": [row.to_json() for row in self.awaited.rows],
            "others": self.others,
            "watched": len(self.watched),
            "watching": [one.to_json() for one in self.watched],
            "open_cases": self.open_cases,
        }


def pressing(due: Section, receipts: Section) -> Row | None:
    """What is most urgent: the first that this desk owes, or a receipt that nobody gave in time, if that was due before."""
    first = due.rows[0] if due.rows else None
    late = receipts.rows[0] if receipts.rows and receipts.overdue else None
    if first is None or late is None:
        return first or late
    return late if late.due < first.due else first


def case_row(one: Glance, next_due: datetime | None, now: datetime, backflows: int) -> dict[str, Any]:
    """A case as a row of `list --json`; only about an open one there is something due next."""
    return {
        "case": one.number,
        "status": one.status.value,
        "title": one.title,
        "category": one.category,
        "decision": one.decision,
        "grade": None if one.grade_high is None else {"low": one.grade_low, "high": one.grade_high},
        "opened": iso(one.opened_at),
        "reports": one.reports,
        "next_due": None if next_due is None else iso(next_due),
        "minutes_left": None if next_due is None else whole_minutes(next_due - now),
        "backflows": backflows,
    }

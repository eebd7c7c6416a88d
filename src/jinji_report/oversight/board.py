"""What is due: the board, and the list of cases."""

from datetime import datetime
from typing import Any

from jinji_report.model.due import Section
from jinji_report.model.glance import Glance
from jinji_report.moments import iso, whole_minutes

PAGE = 20


class Board:
    """Everything that this desk owes now, earliest due first, and the counts of the rest.

    `due`: running limits of this desk, those of the `page` (None: all). `receipts`: sent, waiting for a
    receipt. `others`: running limits of other units. `watched`: closed cases whose casualties may still
    change the grade.
    """

    __slots__ = ("due", "now", "open_cases", "others", "page", "receipts", "watched")

    def __init__(
        self,
        now: datetime,
        due: Section,
        receipts: Section,
        *,
        others: int,
        watched: int,
        open_cases: int,
        page: int | None,
    ) -> None:
        self.now = now
        self.due = due
        self.receipts = receipts
        self.others = others
        self.watched = watched
        self.open_cases = open_cases
        self.page = page

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "jinji/1",
            "now": iso(self.now),
            "overdue": self.due.overdue,
            "due_soon": self.due.due_soon,
            "total": self.due.total,
            "page": self.page,
            "due": [row.to_json() for row in self.due.rows],
            "receipts": [row.to_json() for row in self.receipts.rows],
            "others": self.others,
            "watched": self.watched,
            "open_cases": self.open_cases,
        }


def case_row(one: Glance, next_due: datetime | None, now: datetime) -> dict[str, Any]:
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
    }

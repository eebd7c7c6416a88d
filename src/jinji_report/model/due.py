"""应办: what somebody still has to do about a case by a moment, and how that stands at another.

What is due follows from the entries of a case and from the standards; how it stands (running, due soon,
overdue, so many minutes left) follows from `now` alone. So the first can be kept beside the log, and the
second is said when somebody looks. How it is worked out is left to `judgement.dues`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from jinji_report.moments import BEIJING, whole_minutes
from jinji_report.vocabulary import LimitState


class Part(StrEnum):
    """Whose turn it is: the section of the board in which something due stands.

    `OURS`: this desk owes it. `RECEIPT`: it was sent, and nobody confirmed it yet. `AWAITED`: others owe it to this
    desk. `OTHERS`: others owe it to somebody else.
    """

    OURS = "ours"
    RECEIPT = "receipt"
    AWAITED = "awaited"
    OTHERS = "others"


NEVER = datetime(9999, 1, 1, tzinfo=BEIJING)
"""The `due` of what may be waited for without end: a receipt of which the standards do not say by when."""


class Due:
    """Something that is still to be done by the moment `due`.

    `told` is the JSON of the obligation: what, by whom, to whom. Its `minutes_left` is None, and its
    `state` too where that follows from `now`.
    """

    __slots__ = ("due", "part", "told")

    def __init__(self, part: Part, due: datetime, told: dict[str, Any]) -> None:
        self.part = part
        self.due = due
        self.told = told


class Reckoned:
    """What is due about a case. It is the same for every `now` from `since` to `until`, both included; None: no end."""

    __slots__ = ("dues", "since", "until")

    def __init__(self, dues: Sequence[Due], since: datetime | None, until: datetime | None) -> None:
        self.dues = dues
        self.since = since
        self.until = until


class Row:
    """Something due, under the number and title of its case, as it stands at a moment."""

    __slots__ = ("case", "due", "minutes_left", "overdue", "state", "title", "told")

    def __init__(
        self, case: str, title: str, due: datetime, told: Mapping[str, Any], now: datetime, soon: timedelta
    ) -> None:
        """It is due soon where no more than `soon` is left. `overdue`: it should be done, though a report may be out
        of which only the receipt is awaited; `minutes_left` is None where it may be waited for without end."""
        self.case = case
        self.title = title
        self.due = due
        self.told = told
        left = due - now
        self.overdue = left < _NOTHING
        self.minutes_left = None if due == NEVER else whole_minutes(left)
        self.state = state_at(left, soon) if told["state"] is None else LimitState(told["state"])

    @property
    def label(self) -> str:
        """Two to four characters for a table."""
        return str(self.told["label"])

    @property
    def owes(self) -> str:
        """Who has to do it."""
        return str(self.told["owes"])

    @property
    def office(self) -> str:
        """Who is to get it."""
        return str(self.told["to"]["office"])

    def to_json(self) -> dict[str, Any]:
        told = {**self.told, "state": self.state, "minutes_left": self.minutes_left}
        return {"case": self.case, "title": self.title, **told}


class Section:
    """All that is due of one part, counted, and the `rows` that were asked for."""

    __slots__ = ("due_soon", "overdue", "rows", "total")

    def __init__(self, total: int, overdue: int, due_soon: int, rows: Sequence[Row]) -> None:
        self.total = total
        self.overdue = overdue
        self.due_soon = due_soon
        self.rows = rows


def state_at(left: timedelta, soon: timedelta) -> LimitState:
    """How something stands that is not done, with so much time left. Its last minute belongs to it (R16: 内 is ≤)."""
    if left < _NOTHING:
        return _OVERDUE
    return _DUE_SOON if left <= soon else _OPEN


_NOTHING = timedelta(0)
_OPEN, _DUE_SOON, _OVERDUE, *_ = LimitState  # looking one up costs more than using it

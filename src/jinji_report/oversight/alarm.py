"""提醒: which of what is due has become urgent since somebody was last told."""

from collections.abc import Iterable, Mapping

from jinji_report.model.due import Row
from jinji_report.vocabulary import LimitState

DUE_SOON, OVERDUE = "on_due_soon", "on_overdue"
_RANK = {DUE_SOON: 0, OVERDUE: 1}


def alarms(rows: Iterable[Row], told: Mapping[str, str]) -> tuple[list[tuple[str, Row]], dict[str, str]]:
    """The rows to tell of now, each with DUE_SOON or OVERDUE, and what was told afterwards.

    `told`: a row's name → what was last told of it. Each is told once of either; a clock that goes back tells
    nothing anew. What is due no longer is forgotten, and a later one of the same kind has a name of its own.
    """
    found: list[tuple[str, Row]] = []
    after: dict[str, str] = {}
    for row in rows:
        name = name_of(row)
        before = told.get(name)
        event = OVERDUE if row.overdue else DUE_SOON if row.state == LimitState.DUE_SOON else None
        if event is not None and (before is None or _RANK[event] > _RANK[before]):
            found.append((event, row))
            after[name] = event
        elif before is not None:
            after[name] = before
    return found, after


def name_of(row: Row) -> str:
    """What tells one thing due from all others: case, row of the standards, who, to whom, by when."""
    to, told = row.told["to"], row.told
    return " ".join(
        (
            row.case,
            told["id"],
            told.get("request", ""),
            told["owes"],
            to["tier"],
            to["line"],
            row.due.isoformat(),
        )
    )

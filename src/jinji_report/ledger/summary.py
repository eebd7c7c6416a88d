"""The columns that the index has of a case: what is asked for by, and the line that a list shows."""

import json
from datetime import datetime
from typing import Any

from jinji_report.model.case import Case
from jinji_report.model.glance import Glance, glance, words_of
from jinji_report.moments import BEIJING
from jinji_report.vocabulary import Decision, Grade, Status

# column → SQLite's type; moments are seconds since 1970.
COLUMNS = {
    "status": "TEXT",
    "opened": "INTEGER",
    "closed": "INTEGER",
    "occurred": "INTEGER",
    "until": "INTEGER",
    "category": "TEXT",
    "line": "TEXT",
    "words": "TEXT",
    "reported": "INTEGER",
    "merged_into": "TEXT",
    "asked": "INTEGER",
}


def summary(case: Case) -> tuple[Any, ...]:
    """The values of COLUMNS for a case."""
    one = glance(case)
    grades = one.grade_low, one.grade_high
    line = json.dumps([one.title, one.category, one.decision, *grades, one.reports, one.place, one.backflows])
    return (
        one.status.value,
        seconds(one.opened_at),
        seconds(one.closed_at),
        seconds(one.occurred),
        seconds(one.occurred_until),
        as_kept(one.category),
        line,
        as_kept(words_of(case)),
        one.decision == Decision.REPORT,
        as_kept(case.merged_into),
        case.asked,
    )


def glance_of(number: str, row: tuple[Any, ...]) -> Glance:
    """The line of a case, from the values of COLUMNS up to `line`."""
    status, opened, closed, occurred, until, _, line = row
    title, category, decision, low, high, reports, place, backflows = json.loads(line)
    return Glance(
        number,
        Status(status),
        title,
        category,
        decision,
        None if low is None else Grade(low),
        None if high is None else Grade(high),
        moment(opened),
        None if closed is None else moment(closed),
        None if occurred is None else moment(occurred),
        None if until is None else moment(until),
        reports,
        place,
        backflows,
    )


def as_kept(text: str | None) -> str | None:
    """Half a surrogate pair, as a chat client's copy may leave it, has no place in SQLite's text."""
    return None if text is None else text.encode("utf-8", "replace").decode("utf-8")


def seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


def moment(value: int) -> datetime:
    return datetime.fromtimestamp(value, BEIJING)

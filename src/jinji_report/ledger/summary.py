"""The columns that the index has of a case: what is asked for by, and the line that a list shows."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from jinji_report.errors import LedgerBroken
from jinji_report.model.case import Case, fold_case
from jinji_report.model.entry import Entry, NotAnEntry
from jinji_report.model.glance import Glance, glance, words_of
from jinji_report.moments import BEIJING
from jinji_report.vocabulary import Decision, EntryKind, Grade, Status

Told = tuple[int, str, bytes]  # seq, kind and line of an entry

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
}


def summary(case: Case) -> tuple[Any, ...]:
    """The values of COLUMNS for a case."""
    one = glance(case)
    line = json.dumps([one.title, one.category, one.decision, one.grade_low, one.grade_high, one.reports])
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
    )


def summary_of(number: str, told: Sequence[Told]) -> tuple[Any, ...]:
    """The same from the lines of all entries of a case, of which only those are read that can matter.

    Raises LedgerBroken for one of them that cannot be read.
    """
    few = _few(told)
    case = fold_case(number, _read(few))
    if case.contradictions and len(few) < len(
        told
    ):  # one may say nothing after all, and another count for it
        case = fold_case(number, _read(told))
    return summary(case)


def _few(told: Sequence[Told]) -> Sequence[Told]:
    """The entries without which the line of the case would be another.

    Of facts and verdicts only the last counts, unless an entry was taken back or the officer decided:
    then any may. A note can stand in all of them.
    """
    last: dict[str, int] = {}
    for place, (_, kind, _) in enumerate(told):
        if kind in _ANY_MAY_COUNT:
            return told
        last[_ROLES.get(kind, "")] = place
    named = {0, last.get("facts"), last.get("verdict")}
    return [
        one
        for place, one in enumerate(told)
        if place in named or one[1] in _EACH_COUNTS or b'"note"' in one[2] or b"\\u" in one[2]
    ]


def _read(told: Iterable[Told]) -> list[Entry]:
    entries = []
    for seq, _, line in told:
        try:
            entries.append(Entry.from_line(line))
        except NotAnEntry as error:
            raise LedgerBroken("台账", seq, str(error)) from None
    return entries


_ANY_MAY_COUNT = frozenset((EntryKind.DECISION.value, EntryKind.UNDONE.value))
_EACH_COUNTS = frozenset(
    kind.value for kind in (EntryKind.REPORT, EntryKind.CLOSED, EntryKind.REOPENED, EntryKind.MERGED)
)
_ROLES = {
    EntryKind.RECEIVED.value: "facts",
    EntryKind.FACTS.value: "facts",
    EntryKind.VERDICT.value: "verdict",
}


def glance_of(number: str, row: tuple[Any, ...]) -> Glance:
    """The line of a case, from the values of COLUMNS up to `line`."""
    status, opened, closed, occurred, until, _, line = row
    title, category, decision, low, high, reports = json.loads(line)
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
    )


def as_kept(text: str | None) -> str | None:
    """Half a surrogate pair, as a chat client's copy may leave it, has no place in SQLite's text."""
    return None if text is None else text.encode("utf-8", "replace").decode("utf-8")


def seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


def moment(value: int) -> datetime:
    return datetime.fromtimestamp(value, BEIJING)

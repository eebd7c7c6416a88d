"""The board, what is due next, and the list of cases, read from the store.

What is due was worked out when something last came about a case, and lies in the index. Only for a case
of which it does not is judgement called upon, and only then is it loaded.
"""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinji_report import __version__
from jinji_report.desk.cases import read_cases
from jinji_report.ledger.cases import Cases, Wanted
from jinji_report.ledger.owed import Reckoning
from jinji_report.ledger.store import Store
from jinji_report.model.case import Case
from jinji_report.model.due import Part, Reckoned, Section
from jinji_report.oversight.board import PAGE, Board, case_row
from jinji_report.standards.rows import Standards

_ROOMS = ("", "model", "standards", "judgement")  # whose code decides what is due


def board_now(
    store: Store, standards: Standards, now: datetime, *, page: int | None, all_receipts: bool
) -> Board:
    """What this desk owes at `now`: the rows of a page, or all of them; of the receipts all, or as many as a page has."""
    cases = read_cases(store)
    rows = slice(0, None) if page is None else slice((page - 1) * PAGE, page * PAGE)
    parts = {
        Part.OURS: rows,
        Part.RECEIPT: slice(0, None if all_receipts else PAGE),
        Part.OTHERS: slice(0, 0),
    }
    owed = cases.owed(_reckoning(standards, now), parts)
    return Board(
        now,
        owed.sections[Part.OURS],
        owed.sections[Part.RECEIPT],
        others=owed.sections[Part.OTHERS].total,
        watched=_watched(cases, standards, now),
        open_cases=owed.open_cases,
        page=page,
    )


def next_now(store: Store, standards: Standards, now: datetime) -> Section:
    """What this desk owes at `now`, with the first row alone."""
    owed = read_cases(store).owed(_reckoning(standards, now), {Part.OURS: slice(0, 1)})
    return owed.sections[Part.OURS]


def find_cases(
    store: Store, wanted: Wanted, standards: Standards, now: datetime, newest: int | None
) -> tuple[int, list[dict[str, Any]]]:
    """A row each of the wanted cases, or of so many of the `newest`, newest last; before it how many come earlier."""
    listed = read_cases(store).listed(wanted, _reckoning(standards, now), newest)
    rows = [case_row(one, due, now) for one, due in listed.rows]
    return listed.total - len(rows), rows


def _watched(cases: Cases, standards: Standards, now: datetime) -> int:
    """How many closed cases are in the window in which their casualties may still change the grade."""
    from jinji_report.judgement.limits import casualty_window_end, longest_watch

    ends = (
        casualty_window_end(category, occurred, standards)
        for category, occurred in cases.watched(now - longest_watch(standards))
    )
    return sum(end is not None and now <= end for end in ends)


def _reckoning(standards: Standards, now: datetime) -> Reckoning:
    def dues(case: Case) -> Reckoned:
        from jinji_report.judgement.dues import dues_of

        return dues_of(case, standards, now)

    return Reckoning(f"{standards.digest} {_code()}", now, timedelta(minutes=standards.due_soon), dues)


def _code() -> str:
    """What works out the dues, as it lies on disk: another state of it may give others, as other standards may.

    Size and time of a file tell its state, as they do for Python itself, which runs what it compiled by them.
    """
    here = Path(__file__).parents[1]
    try:
        return sha256(
            "\n".join(sorted(line for room in _ROOMS for line in _files(here / room))).encode()
        ).hexdigest()
    except OSError:  # packed into one file
        return __version__


def _files(room: Path) -> Iterator[str]:
    with os.scandir(room) as found:
        for file in found:
            if file.name.endswith(".py"):
                status = file.stat()
                yield f"{room.name} {file.name} {status.st_size} {status.st_mtime_ns}"

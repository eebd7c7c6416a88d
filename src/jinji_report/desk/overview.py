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
from jinji_report.model.due import Part, Reckoned, Row
from jinji_report.model.glance import Glance
from jinji_report.oversight.board import PAGE, Board, Watched, case_row, pressing
from jinji_report.standards.rows import Standards

_ROOMS = ("", "model", "standards", "judgement")  # whose code decides what is due


def board_now(
    store: Store, standards: Standards, now: datetime, *, page: int | None, all_others: bool
) -> Board:
    """What this desk owes at `now`: the rows of a page, or all of them; of what others have to do all, or a page."""
    cases = read_cases(store)
    rows = slice(0, None) if page is None else slice((page - 1) * PAGE, page * PAGE)
    others = slice(0, None if all_others else PAGE)
    parts = {Part.OURS: rows, Part.RECEIPT: others, Part.AWAITED: others, Part.OTHERS: slice(0, 0)}
    owed = cases.owed(_reckoning(standards, now), parts)
    return Board(
        now,
        owed.sections[Part.OURS],
        owed.sections[Part.RECEIPT],
        owed.sections[Part.AWAITED],
        _watched(cases, standards, now),
        others=owed.sections[Part.OTHERS].total + owed.sections[Part.AWAITED].total,
        open_cases=owed.open_cases,
        page=page,
    )


def next_now(store: Store, standards: Standards, now: datetime) -> tuple[Row | None, int]:
    """What is most urgent for this desk at `now`, and how much it owes in all."""
    first = slice(0, 1)
    owed = read_cases(store).owed(_reckoning(standards, now), {Part.OURS: first, Part.RECEIPT: first})
    due, receipts = owed.sections[Part.OURS], owed.sections[Part.RECEIPT]
    return pressing(due, receipts), due.total + receipts.overdue


def urgent_rows(store: Store, standards: Standards, board: Board) -> list[Row]:
    """All that this desk is late with, or soon will be, of which the board shows no more than a page."""
    counted = {Part.OURS: board.due, Part.RECEIPT: board.receipts}
    urgent = {part: slice(0, section.overdue + section.due_soon) for part, section in counted.items()}
    owed = read_cases(store).owed(_reckoning(standards, board.now), urgent)
    return [row for section in owed.sections.values() for row in section.rows]


def find_cases(
    store: Store, wanted: Wanted, standards: Standards, now: datetime, newest: int | None
) -> tuple[int, list[dict[str, Any]]]:
    """A row each of the wanted cases, or of so many of the `newest`, newest last; before it how many come earlier."""
    cases = read_cases(store)
    listed = cases.listed(wanted, _reckoning(standards, now), newest)
    rows = [case_row(one, due, now, _backflows(cases, one)) for one, due in listed.rows]
    return listed.total - len(rows), rows


def _backflows(cases: Cases, one: Glance) -> int:
    """How many knew first; where others were merged into the case, all of them are asked."""
    if one.backflows is not None:
        return one.backflows
    from jinji_report.model.backflow import backflows_of

    case = cases.get(one.number)
    return 0 if case is None else len(backflows_of(case))


def _watched(cases: Cases, standards: Standards, now: datetime) -> list[Watched]:
    """The closed cases in the window in which their casualties may still change the grade, soonest over first."""
    from jinji_report.judgement.limits import casualty_window_end, longest_watch

    found = []
    for one in cases.watched(now - longest_watch(standards)):
        end = casualty_window_end(one.category, one.occurred, standards)
        if end is not None and now <= end:
            found.append(Watched(one.number, one.title, end))
    return sorted(found, key=lambda one: one.until)


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

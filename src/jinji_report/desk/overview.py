"""The board and the list of cases, read from the store."""

from datetime import datetime

from jinji_report.desk.cases import read_cases
from jinji_report.ledger.store import Store
from jinji_report.model.case import Case
from jinji_report.oversight.board import Board, board, listed
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Status


def board_now(store: Store, standards: Standards, now: datetime, *, of_others: bool = True) -> Board:
    """What this desk owes at `now`; without `of_others` the limits of other units are not counted."""
    return board(read_cases(store).values(), standards, now, of_others=of_others)


def find_cases(
    store: Store,
    *,
    find: str = "",
    status: Status | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[Case]:
    """The cases that fit, newest last."""
    return listed(read_cases(store).values(), find=find, status=status, since=since, until=until)

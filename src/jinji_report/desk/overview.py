"""The board and the list of cases, read from the store."""

from datetime import datetime
from typing import Any

from jinji_report.desk.cases import read_cases
from jinji_report.judgement.limits import longest_watch
from jinji_report.ledger.cases import Wanted
from jinji_report.ledger.store import Store
from jinji_report.oversight.board import Board, board, case_row
from jinji_report.standards.rows import Standards


def board_now(store: Store, standards: Standards, now: datetime, *, of_others: bool = True) -> Board:
    """What this desk owes at `now`.

    Without `of_others` nothing else is counted: neither the limits of other units nor what is watched.
    """
    cases = read_cases(store)
    watched = cases.watched(now - longest_watch(standards)) if of_others else ()
    return board(cases.open(), watched, standards, now, of_others=of_others)


def find_cases(store: Store, wanted: Wanted, standards: Standards, now: datetime) -> list[dict[str, Any]]:
    """A row each of the wanted cases, newest last."""
    cases = read_cases(store)
    running = {case.number: case for case in cases.open()}
    return [case_row(one, running.get(one.number), standards, now) for one in cases.glances(wanted)]

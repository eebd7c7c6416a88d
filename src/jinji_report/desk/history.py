"""What the ledger tells of the past: its entries as they are, and a case as it was known at a moment."""

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import takewhile
from typing import Any, ClassVar

from jinji_report.desk.cases import find_case, read_cases
from jinji_report.desk.consult import round_json
from jinji_report.desk.request.told import requests_json
from jinji_report.errors import EXIT_NO, JinjiError, UnusableInput
from jinji_report.judgement.conduct import departures_of
from jinji_report.judgement.consulting import decision_waits, rounds_of
from jinji_report.judgement.obligations import limits_of, way_up, window_end
from jinji_report.judgement.sources import angles_missing, side_by_side, silent
from jinji_report.ledger.cases import Cases
from jinji_report.ledger.store import Store
from jinji_report.model.backflow import backflows_of
from jinji_report.model.case import Case, effective_decision
from jinji_report.model.entry import Entry, NotAnEntry, heading, recorded_of
from jinji_report.model.fold import fold_case, gather, undoing
from jinji_report.moments import iso, on_screen
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import EntryKind

Row = tuple[Entry, Entry | None]
"""An entry, and the 撤销 that took it back."""


class NotKnownYet(JinjiError):
    """At that moment the ledger had no entry of the case."""

    exit_code: ClassVar[int] = EXIT_NO

    def __init__(self, case: Case, moment: datetime) -> None:
        first = min(entry.recorded for entry in case.entries)
        super().__init__(
            f"{on_screen(moment)} 时台账里还没有案卷 {case.number}，它的第一条登记于 {on_screen(first)}。",
            remedy=f"问 {on_screen(first)} 及以后的时间。",
        )


class Told:
    """Entries, oldest first; `earlier` of those that were asked for come before them and are left out."""

    __slots__ = ("case", "earlier", "rows")

    def __init__(self, case: str | None, rows: Iterable[Row], earlier: int) -> None:
        self.case = case
        self.rows = rows
        self.earlier = earlier


class Span:
    """The moments from `since` to `until`, either of which may be open; a whole minute is meant to its end."""

    __slots__ = ("since", "until")

    def __init__(self, since: datetime | None = None, until: datetime | None = None) -> None:
        self.since = since
        self.until = until

    def __bool__(self) -> bool:
        return self.since is not None or self.until is not None

    def holds(self, moment: datetime) -> bool:
        return (self.since is None or moment >= self.since) and (
            self.until is None or _by(moment, self.until)
        )


def told(store: Store, name: str | None, span: Span, newest: int | None) -> Told:
    """The entries that were recorded in the span, of the whole ledger or of one case; `newest`: just so many.

    Raises UnknownCase, and what the store raises.
    """
    if name is not None:
        case = find_case(read_cases(store), name)
        rows = [(entry, case.voided.get(entry.id)) for entry in case.entries if span.holds(entry.recorded)]
        kept = rows if newest is None else rows[-newest:]
        return Told(case.number, kept, len(rows) - len(kept))
    last = store.head().seq
    start = 0 if span or newest is None else max(0, last - newest)
    places: deque[int] = deque(maxlen=newest)
    undone: list[Entry] = []
    found = 0
    for place, line in store.lines(start):
        try:
            seq, _, kind = heading(line)
            inside = not span or span.holds(recorded_of(line))
        except NotAnEntry:
            seq, kind, inside = 0, "", True  # the reading of the entries comes upon it and says at which line
        if seq > last:
            break
        if kind == EntryKind.UNDONE:
            undone.append(Entry.from_line(line))
        if inside:
            found += 1
            if span or newest is not None:
                places.append(place)
    earlier = 0 if newest is None else start + found - len(places)
    entries = store.at(places) if span or newest is not None else _up_to(store, last)
    return Told(None, _rows(entries, undoing(undone)), earlier)


def _up_to(store: Store, last: int) -> Iterator[Entry]:
    """The entries up to the `last`; what was written since is not asked for."""
    return takewhile(lambda entry: entry.seq <= last, store.since(0))


def _rows(entries: Iterable[Entry], undone: dict[tuple[str, str], Entry]) -> Iterator[Row]:
    for entry in entries:
        by = undone.get((entry.case, entry.id))
        yield entry, by if by is not None and by.seq > entry.seq else None


def row_json(row: Row) -> dict[str, Any]:
    """The entry as its line has it, and the number of the 撤销 that took it back."""
    entry, voided = row
    return {**entry.to_json(), "voided_by": None if voided is None else voided.seq}


def known_at(cases: Cases, name: str, moment: datetime, now: datetime) -> Case:
    """The case as the entries told it that had been recorded by then; a whole minute is meant to its end.

    Raises UnknownCase, NotKnownYet, UnusableInput for a moment that has not come.
    """
    if moment > now:
        raise UnusableInput(
            f"{on_screen(moment)} 还没有到（现在是 {on_screen(now)}）。", remedy="写一个已经过去的时间。"
        )

    def then(number: str) -> Case | None:
        whole = cases.get(number)
        entries = [] if whole is None else [entry for entry in whole.entries if _by(entry.recorded, moment)]
        return fold_case(number, entries) if entries else None

    whole = find_case(cases, name)
    case = then(whole.number)
    if case is None:
        raise NotKnownYet(whole, moment)
    gather(case, then)
    return case


def _by(recorded: datetime, moment: datetime) -> bool:
    """Whether it was recorded by then; a moment that is told to the minute is meant to the end of it."""
    return (recorded if moment.second else recorded.replace(second=0)) <= moment


def case_json(case: Case, standards: Standards, now: datetime) -> dict[str, Any]:
    """A case with everything that was done about it, and about the cases that were merged into it."""
    end, way = window_end(case, standards), way_up(case, standards, now)
    rows = [(entry, one.voided.get(entry.id)) for one in (case, *case.absorbed) for entry in one.entries]
    limits = limits_of(case, standards, now)
    return {
        "schema": "jinji/1",
        "case": case.number,
        "status": case.status.value,
        "title": case.title,
        "decision": effective_decision(case),
        "incident": case.facts.to_json(),
        "verdict": None if case.verdict is None else case.verdict.to_json(),
        "departures": [one.to_json() for one in departures_of(case, standards, now)],
        "limits": [limit.to_json() for limit in limits],
        "way": None if way is None else way.to_json(),
        "window_until": None if end is None else iso(end),
        "lead": None if case.chain.lead is None else case.chain.lead.to_json(),
        "consulted": [round_json(one) for one in rounds_of(case)],
        "undecided": decision_waits(case, standards, now),
        "backflows": [one.to_json() for one in backflows_of(case)],
        "entries": [row_json(row) for row in sorted(rows, key=lambda row: row[0].seq)],
        "requests": requests_json(case, standards, now),
        "merged_into": case.merged_into,
        "merged": [other.number for other in case.absorbed],
        "told": [report.to_json() for report in case.chain.told],
        "sources": [row.to_json() for row in side_by_side(case, standards)],
        "agreed": [one.to_json() for one in case.chain.agreed],
        "silent": [one.to_json() for one in silent(case, standards, limits, now)],
        "angles_missing": angles_missing(case, standards),
        "findings": [
            {"seq": one.entry.seq, "kind": one.entry.kind, "text": one.text} for one in case.contradictions
        ],
    }

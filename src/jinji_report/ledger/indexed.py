"""The cases as the index finds them: what is asked for by number, state or likeness costs the same in any ledger."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, TypeVar

from jinji_report.ledger.cases import LIVE, Wanted
from jinji_report.ledger.index import Index, IndexUnusable, Stale
from jinji_report.ledger.summary import as_kept, glance_of, moment, seconds
from jinji_report.model.case import Case, gather
from jinji_report.model.glance import Glance
from jinji_report.vocabulary import OTHER_CATEGORY, Status

AT_ONCE = 50  # cases that are read together

_LINE = "number, status, opened, closed, occurred, until, category, line"
_BEHIND = "\U0010ffff"  # sorts behind every character of a number

Answer = TypeVar("Answer")


class Indexed:
    """See `cases.Cases`. The index was brought up to the head before; a case is folded when it is asked for."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def __bool__(self) -> bool:
        return bool(self._rows("SELECT 1 FROM cases LIMIT 1"))

    def get(self, number: str) -> Case | None:
        case = self._named(number)
        return None if case is None else self._with_others(case)

    def newest(self) -> Case | None:
        sql = "SELECT id, number FROM cases WHERE status <> ? ORDER BY id DESC LIMIT 1"
        rows = self._rows(sql, Status.VOID.value)
        return self._case(*rows[0]) if rows else None

    def ending(self, tail: str) -> tuple[list[str], str | None]:
        last = tail.rpartition("-")[2]
        found = "SELECT number FROM cases WHERE {} = ? AND substr(number, -length(?)) = ? ORDER BY id"
        still_open = self._rows(found.format("status"), Status.OPEN.value, tail, tail)
        newest = self._rows(f"{found.format('tail')} DESC LIMIT 1", last, tail, tail)
        return [number for (number,) in still_open], newest[0][0] if newest else None

    def beginning(self, head: str) -> list[str]:
        sql = "SELECT number FROM cases WHERE number >= ? AND number < ? ORDER BY id"
        return [number for (number,) in self._rows(sql, head, head + _BEHIND)]

    def open(self) -> Iterator[Case]:
        return self.wanted(Wanted(status=Status.OPEN))

    def glances(self, wanted: Wanted) -> Iterator[Glance]:
        where, values = _where(wanted)
        sql = f"SELECT {_LINE} FROM cases WHERE {where} ORDER BY id"
        yield from self._made(lambda row: glance_of(row[0], row[1:]), sql, values)

    def wanted(self, wanted: Wanted) -> Iterator[Case]:
        where, values = _where(wanted)
        return self._cases(f"SELECT id, number FROM cases WHERE {where} ORDER BY id", values)

    def near(
        self, category: str | None, start: datetime, end: datetime, called: datetime, numbers: set[str]
    ) -> Iterator[Glance]:
        live, kinds = "+status IN (?, ?)", "1"
        values: list[Any] = []
        if category not in (None, OTHER_CATEGORY):
            kinds = "(category IS NULL OR category IN (?, ?))"
            values = [category, OTHER_CATEGORY]
        # Three ways in, each by an index of its own: the plus keeps SQLite from going through all that live.
        sql = (
            f"SELECT {_LINE} FROM cases WHERE (opened >= ? AND {live} AND {kinds})"
            f" OR (until >= ? AND occurred <= ? AND {live} AND {kinds})"
            f" OR (number IN ({', '.join('?' * len(numbers))}) AND {live}) ORDER BY id"
        )
        asked = [seconds(called), *LIVE, *values, seconds(start), seconds(end), *LIVE, *values]
        for number, *row in self._rows(sql, *asked, *map(as_kept, numbers), *LIVE):
            yield glance_of(number, tuple(row))

    def watched(self, since: datetime) -> Iterator[tuple[str | None, datetime]]:
        sql = (
            "SELECT category, occurred FROM cases"
            " WHERE status = ? AND closed >= ? AND reported AND occurred NOT NULL ORDER BY id"
        )
        yield from self._made(
            lambda row: (row[0], moment(row[1])), sql, [Status.CLOSED.value, seconds(since)]
        )

    def _cases(self, sql: str, values: list[Any]) -> Iterator[Case]:
        named = self._rows(sql, *values)
        for place in range(0, len(named), AT_ONCE):
            for case in self._own(named[place : place + AT_ONCE]):
                yield self._with_others(case)

    def _case(self, ident: int, number: str) -> Case:
        return self._with_others(self._own([(ident, number)])[0])

    def _with_others(self, case: Case) -> Case:
        gather(case, self._named)
        return case

    def _named(self, number: str) -> Case | None:
        """The case of this number by its own entries alone."""
        rows = self._rows("SELECT id FROM cases WHERE number = ?", as_kept(number))
        return self._own([(rows[0][0], number)])[0] if rows else None

    def _own(self, named: list[tuple[int, str]]) -> list[Case]:
        return self._sure(lambda: self.index.cases(named))

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        # Read out at once: a long walk must not keep the index from being written.
        return self._sure(lambda: list(self.index.query(sql, values)))

    def _made(self, make: Callable[[tuple[Any, ...]], Answer], sql: str, values: list[Any]) -> list[Answer]:
        """What `make` makes of each row."""

        def question() -> list[Answer]:
            try:
                return [make(row) for row in list(self.index.query(sql, values))]
            except (ValueError, TypeError, OverflowError, OSError) as error:
                raise Stale("已损坏") from error

        return self._sure(question)

    def _sure(self, question: Callable[[], Answer]) -> Answer:
        """The answer, by an index made anew where this one turns out not to fit. The ids come back the same."""
        try:
            return question()
        except Stale as why:
            self.index.rebuild(str(why))
        try:
            return question()
        except Stale as still:  # the log is not what it was when this run began
            raise IndexUnusable(self.index.path, still) from still


def _where(wanted: Wanted) -> tuple[str, list[Any]]:
    told = {
        "status = ?": None if wanted.status is None else wanted.status.value,
        "opened >= ?": seconds(wanted.since),
        "opened <= ?": seconds(wanted.until),
        "instr(words, ?) > 0": as_kept(wanted.find) or None,
    }
    named = {clause: value for clause, value in told.items() if value is not None}
    return " AND ".join(named) or "1", list(named.values())

"""The cases as the index finds them: what is asked for by number, state or likeness costs the same in any ledger."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from jinji_report.ledger import dues
from jinji_report.ledger.cases import LIVE, Wanted
from jinji_report.ledger.dues import OWING, Dues
from jinji_report.ledger.index import Index, IndexUnusable, Stale
from jinji_report.ledger.owed import Listed, Owed, Parts, Reckoning, listed_by, owed_by
from jinji_report.ledger.summary import as_kept, glance_of, seconds
from jinji_report.model.case import Case
from jinji_report.model.due import Part, Reckoned
from jinji_report.model.glance import Glance
from jinji_report.vocabulary import OTHER_CATEGORY, Status

AT_ONCE = 50  # cases that are read together
MANY = 500  # cases of which it takes a while to reckon what is due

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
        return self._sure(partial(self._found, number))

    def newest(self) -> Case | None:
        sql = "SELECT id, number FROM cases WHERE status <> ? ORDER BY id DESC LIMIT 1"
        rows = self._rows(sql, Status.VOID.value)
        return self._sure(partial(self._whole, rows))[0] if rows else None

    def ending(self, tail: str) -> tuple[list[str], str | None]:
        self._hold_up(Status.OPEN)
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

    def owing(self) -> Iterator[Case]:
        self._hold_up(Status.OPEN)
        return self._cases(
            f"SELECT id, number FROM cases WHERE id IN ({OWING}) ORDER BY id", [Status.OPEN.value]
        )

    def glances(self, wanted: Wanted) -> Iterator[Glance]:
        self._hold_up(wanted.status)
        where, values = _where(wanted)
        sql = f"SELECT {_LINE} FROM cases WHERE {where} ORDER BY id"
        yield from self._made(lambda row: glance_of(row[0], row[1:]), sql, values)

    def wanted(self, wanted: Wanted) -> Iterator[Case]:
        self._hold_up(wanted.status)
        where, values = _where(wanted)
        return self._cases(f"SELECT id, number FROM cases WHERE {where} ORDER BY id", values)

    def owed(self, reckoning: Reckoning, parts: Parts) -> Owed:
        def question(kept: Dues) -> Owed:
            return kept.owed(self._count(Status.OPEN), parts)

        return self._by_dues(reckoning, question) or owed_by(self.owing(), reckoning, parts)

    def listed(self, wanted: Wanted, reckoning: Reckoning, newest: int | None) -> Listed:
        where, values = _where(wanted)
        # The pluses keep SQLite from going through all dues in their order until it comes upon one of the case.
        first = "SELECT min(due) FROM dues WHERE case_id = cases.id AND +rules = ? AND +part = ?"
        chosen = f"SELECT id FROM cases WHERE {where} ORDER BY id DESC LIMIT ?"
        sql = f"SELECT {_LINE}, ({first}) FROM cases WHERE id IN ({chosen}) ORDER BY id"

        def question(kept: Dues) -> Listed:
            self._count(Status.OPEN)
            ((total,),) = self.index.query(f"SELECT count(*) FROM cases WHERE {where}", values)
            asked = (kept.rules, Part.OURS.value, *values, -1 if newest is None else newest)
            rows = [
                (glance_of(number, tuple(row)), None if due is None else dues.moment(due))
                for number, *row, due in self.index.query(sql, asked)
            ]
            return Listed(total, rows)

        self._hold_up(wanted.status)
        found = self._by_dues(reckoning, question)
        return found or listed_by(self.glances(wanted), self.owing(), reckoning, newest)

    def near(
        self, category: str | None, start: datetime, end: datetime, called: datetime, numbers: set[str]
    ) -> Iterator[Glance]:
        self._hold_up(Status.OPEN)
        live, kinds = f"+status IN ({', '.join('?' * len(LIVE))})", "1"
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

    def watched(self, since: datetime) -> Iterator[Glance]:
        sql = (
            f"SELECT {_LINE} FROM cases"
            " WHERE status = ? AND closed >= ? AND reported AND occurred NOT NULL ORDER BY id"
        )
        asked = [Status.CLOSED.value, seconds(since)]
        yield from self._made(lambda row: glance_of(row[0], row[1:]), sql, asked)

    def _by_dues(self, reckoning: Reckoning, question: Callable[[Dues], Answer]) -> Answer | None:
        """The answer by the dues that are kept, where need be after they were reckoned; None where they cannot be kept."""

        def if_nothing_is_missing() -> Answer | None:
            with self.index.one_picture():
                kept = Dues(self.index.query, reckoning)
                if kept.missing():
                    return None
                if not kept.whole():
                    raise Stale("与台账对不上")
                with _no_nonsense():
                    return question(kept)

        found = self._sure(if_nothing_is_missing)
        if found is None:
            try:
                with self.index.changing() as connection:
                    missing = Dues(self.index.query, reckoning).missing()
                    dues.keep(connection, reckoning, self._reckoned(missing, reckoning))
            except IndexUnusable:
                return None
            found = self._sure(if_nothing_is_missing)
        return found

    def _reckoned(
        self, missing: list[tuple[int, str]], reckoning: Reckoning
    ) -> Iterator[tuple[int, Reckoned]]:
        done = 0
        for named in _parts(missing):
            for (ident, _), case in zip(named, self._whole(named), strict=True):
                yield ident, reckoning.of(case)
            done += len(named)
            if len(missing) > MANY:
                self.index.tell(done, len(missing))

    def _hold_up(self, status: Status | None) -> None:
        """Have the cases of a status counted, of each where it is None, before what is asked of them is believed."""
        for one in Status if status is None else (status,):
            self._sure(partial(self._count, one))

    def _count(self, status: Status) -> int:
        """How many cases are of the status. Raises Stale where they are not those that became so."""
        kept = "coalesce((SELECT {} FROM sums WHERE status = ?), 0)"
        sql = (
            f"SELECT count(*), coalesce(sum(id), 0), {kept.format('cases')}, {kept.format('idents')}"
            " FROM cases WHERE status = ?"
        )
        ((count, idents, *kept_sums),) = self.index.query(sql, [status.value] * 3)
        if [count, idents] != kept_sums:
            raise Stale("与台账对不上")
        return int(count)

    def _cases(self, sql: str, values: list[Any]) -> Iterator[Case]:
        for named in _parts(self._rows(sql, *values)):
            yield from self._sure(partial(self._whole, named))

    def _found(self, number: str) -> Case | None:
        """The case of this number with what others brought in. Raises Stale."""
        from jinji_report.model.fold import gather

        case = self._alone(number)
        if case is not None:
            gather(case, self._alone)
        return case

    def _whole(self, named: Sequence[tuple[int, str]]) -> list[Case]:
        """The cases with what those merged into them brought in. Raises Stale."""
        from jinji_report.model.fold import gather

        cases = self.index.cases(named)
        for case in cases:
            gather(case, self._alone)
        return cases

    def _alone(self, number: str) -> Case | None:
        """The case of this number by its own entries alone. Raises Stale."""
        rows = list(self.index.query("SELECT id FROM cases WHERE number = ?", (as_kept(number),)))
        return self.index.cases([(rows[0][0], number)])[0] if rows else None

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        # Read out at once: a long walk must not keep the index from being written.
        return self._sure(lambda: list(self.index.query(sql, values)))

    def _made(self, make: Callable[[tuple[Any, ...]], Answer], sql: str, values: list[Any]) -> list[Answer]:
        """What `make` makes of each row."""

        def question() -> list[Answer]:
            with _no_nonsense():
                return [make(row) for row in list(self.index.query(sql, values))]

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


@contextmanager
def _no_nonsense() -> Iterator[None]:
    """Rows that no version of this program writes are damage: Stale."""
    try:
        yield
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, OSError) as error:
        raise Stale("已损坏") from error


def _parts(named: Sequence[tuple[int, str]]) -> Iterator[Sequence[tuple[int, str]]]:
    """As many as are read together, and so on."""
    return (named[place : place + AT_ONCE] for place in range(0, len(named), AT_ONCE))


def _where(wanted: Wanted) -> tuple[str, list[Any]]:
    told = {
        "status = ?": None if wanted.status is None else wanted.status.value,
        "opened >= ?": seconds(wanted.since),
        "opened <= ?": seconds(wanted.until),
        "instr(words, ?) > 0": as_kept(wanted.find) or None,
    }
    named = {clause: value for clause, value in told.items() if value is not None}
    return " AND ".join(named) or "1", list(named.values())

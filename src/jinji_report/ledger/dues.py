"""What the index keeps of the dues of cases, so that nobody folds a case to see what is due.

They are kept by the name of the rules that they were worked out by. What came about a case takes its
dues away, and those of the case that it was merged into; whoever asks next has the cases reckoned for
which there are none that hold at the moment (`missing`). A case that owes nothing is marked as reckoned
and has no rows.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from jinji_report.ledger.owed import Owed, Parts, Reckoning
from jinji_report.model.due import Part, Reckoned, Row, Section
from jinji_report.moments import BEIJING
from jinji_report.vocabulary import Status

if TYPE_CHECKING:
    import sqlite3

    Query = Callable[[str, Sequence[Any]], Iterator[tuple[Any, ...]]]

MOST_RULES = 3  # standards by which dues are kept at once; those that came first go first

# Moments are microseconds since 1970, since a limit is held to the second fraction of its clock.
TABLES = {
    "rules": "id INTEGER PRIMARY KEY, name TEXT UNIQUE",
    "reckoned": "case_id INTEGER, rules INTEGER, dues INTEGER, since INTEGER, until INTEGER,"
    " PRIMARY KEY (case_id, rules)",
    "dues": "case_id INTEGER, rules INTEGER, place INTEGER, part TEXT, due INTEGER, told TEXT,"
    " PRIMARY KEY (case_id, rules, place)",
}
BY_DUE = "CREATE INDEX dues_0 ON dues (rules, part, due, case_id, place)"

_EVER = (-(1 << 62), 1 << 62)
_MICROSECOND = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, 8, tzinfo=BEIJING)

# The cases that one was merged into, that one included.
_ABOVE = (
    "WITH RECURSIVE above(id) AS ({} UNION SELECT target.id FROM above"
    " JOIN cases AS source ON source.id = above.id JOIN cases AS target ON target.number = source.merged_into)"
    " SELECT id FROM above"
)
OWING = f"SELECT id FROM cases WHERE status = ? UNION SELECT * FROM ({_ABOVE.format('SELECT id FROM cases WHERE asked')})"
"""The ids of the cases about which something may be due, of an open status: see `cases.Cases.owing`."""


class Dues:
    """The dues in an index, by one reckoning; `query` as `Index.query`."""

    def __init__(self, query: "Query", reckoning: Reckoning) -> None:
        self._query = query
        self._reckoning = reckoning
        found = list(query("SELECT id FROM rules WHERE name = ?", (reckoning.rules,)))
        self.rules: int = found[0][0] if found else -1

    def missing(self) -> list[tuple[int, str]]:
        """The ids and numbers of the cases that may owe something, and of which it is not known what is due now."""
        now = _kept(self._reckoning.now)
        sql = (
            f"SELECT id, number FROM cases WHERE id IN ({OWING} EXCEPT"
            " SELECT case_id FROM reckoned WHERE rules = ? AND since <= ? AND until >= ?) ORDER BY id"
        )
        return list(self._query(sql, (Status.OPEN.value, self.rules, now, now)))

    def whole(self) -> bool:
        """All that was kept is still there, and of a part that is asked for."""
        parts = ", ".join(f"'{part}'" for part in Part)
        sql = f"SELECT count(*) FROM dues WHERE rules = ? AND part IN ({parts})"
        (there,) = self._query(sql, (self.rules,))
        (kept,) = self._query("SELECT coalesce(sum(dues), 0) FROM reckoned WHERE rules = ?", (self.rules,))
        return there == kept

    def owed(self, open_cases: int, parts: Parts) -> Owed:
        """What is owed, where nothing is missing. Raises ValueError, KeyError, TypeError for rows of nonsense."""
        return Owed(open_cases, {part: self._section(part, rows) for part, rows in parts.items()})

    def _section(self, part: Part, wanted: slice) -> Section:
        now, soon = self._reckoning.now, self._reckoning.soon
        sql = "SELECT count(*), count(CASE WHEN due < ? THEN 1 END), count(CASE WHEN due BETWEEN ? AND ? THEN 1 END)"
        moments = _kept(now), _kept(now), _kept(now + soon)
        ((total, overdue, due_soon),) = self._query(
            f"{sql} FROM dues WHERE rules = ? AND part = ?", (*moments, self.rules, part.value)
        )
        return Section(total, overdue, due_soon, [*self._rows(part, wanted)])

    def _rows(self, part: Part, wanted: slice) -> Iterator[Row]:
        first, behind = wanted.start or 0, wanted.stop
        most = -1 if behind is None else max(0, behind - first)
        sql = (
            "SELECT case_id, due, told FROM dues WHERE rules = ? AND part = ?"
            " ORDER BY due, case_id, place LIMIT ? OFFSET ?"
        )
        named: dict[int, tuple[str, str]] = {}
        for ident, due, told in list(self._query(sql, (self.rules, part.value, most, first))):
            if ident not in named:
                ((number, line),) = self._query("SELECT number, line FROM cases WHERE id = ?", (ident,))
                named[ident] = number, json.loads(line)[0]
            yield Row(*named[ident], moment(due), json.loads(told), self._reckoning.now, self._reckoning.soon)


def keep(
    connection: "sqlite3.Connection", reckoning: Reckoning, reckoned: Iterable[tuple[int, Reckoned]]
) -> None:
    """Keep what was reckoned of the cases of these ids, in the place of what was."""
    rules = _rules(connection, reckoning.rules)
    for ident, found in reckoned:
        for table in ("dues", "reckoned"):
            connection.execute(f"DELETE FROM {table} WHERE case_id = ? AND rules = ?", (ident, rules))
        since, until = (
            ever if moment is None else _kept(moment)
            for moment, ever in zip((found.since, found.until), _EVER, strict=True)
        )
        connection.execute(
            "INSERT INTO reckoned VALUES (?, ?, ?, ?, ?)", (ident, rules, len(found.dues), since, until)
        )
        connection.executemany(
            "INSERT INTO dues VALUES (?, ?, ?, ?, ?, ?)",
            [
                (ident, rules, place, one.part.value, _kept(one.due), json.dumps(one.told))
                for place, one in enumerate(found.dues)
            ],
        )


def forget(connection: "sqlite3.Connection", idents: Iterable[int]) -> None:
    """Take away what was due about the cases of these ids, and about those that they were merged into."""
    if connection.execute("SELECT 1 FROM reckoned LIMIT 1").fetchone() is None:
        return
    named, above = [(ident,) for ident in idents], _ABOVE.format("SELECT ?")
    for table in ("dues", "reckoned"):
        connection.executemany(f"DELETE FROM {table} WHERE case_id IN ({above})", named)


def _rules(connection: "sqlite3.Connection", name: str) -> int:
    """The id of the rules of that name. Where they are new, those that came first go with their dues."""
    connection.execute("INSERT OR IGNORE INTO rules (name) VALUES (?)", (name,))
    newest = [ident for (ident,) in connection.execute("SELECT id FROM rules ORDER BY id DESC")]
    for gone in newest[MOST_RULES:]:
        for table, column in (("dues", "rules"), ("reckoned", "rules"), ("rules", "id")):
            connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (gone,))
    return int(connection.execute("SELECT id FROM rules WHERE name = ?", (name,)).fetchone()[0])


def _kept(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def moment(kept: int) -> datetime:
    return _EPOCH + kept * _MICROSECOND

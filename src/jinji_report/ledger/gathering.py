"""The index being filled: what is to be written of the entries as the log is gone through, in one pass.

The lines of a case that is new to the index are kept in hand until many have come; its own line is
then made of them, and they are not read again. Only a case of which some entries are not in hand has
to be read from the log (`half_known`).
"""

from collections.abc import Collection, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from jinji_report.ledger.brief import Told, summary_of
from jinji_report.ledger.summary import COLUMNS

if TYPE_CHECKING:
    import sqlite3

MANY = 20_000  # entries that are written at a time
MOST = 32 << 20  # bytes of lines that are kept in hand


class Gathering:
    """What was gone through and is not written yet. `anew`: the index holds nothing before it."""

    def __init__(self, connection: "sqlite3.Connection", *, anew: bool) -> None:
        self._connection = connection
        self._anew = anew
        last = connection.execute("SELECT max(id) FROM cases").fetchone()[0]
        self._next = (last or 0) + 1
        self._ids: dict[str, int] = {}
        self._in_hand: dict[int, tuple[str, list[Told]]] = {}
        self._size = 0
        self._half: dict[int, str] = {}
        self._sums: dict[str, list[int]] = {}
        self._rows: list[tuple[int, int, int]] = []

    def take(self, case: str, kind: str, seq: int, place: int, line: bytes) -> None:
        """One entry more of the case."""
        ident = self._ids.get(case)
        if ident is None:
            ident = self._ids[case] = self._id_of(case)
        held = self._in_hand.get(ident)
        if held is None:
            self._half[ident] = case
        else:
            held[1].append((seq, kind, line))
            self._size += len(line)
        self._rows.append((ident, seq, place))

    @property
    def much(self) -> bool:
        """It is time to write."""
        return len(self._rows) >= MANY

    @property
    def touched(self) -> Collection[int]:
        """The ids of all cases about which something came."""
        return self._ids.values()

    @property
    def half_known(self) -> Iterator[tuple[int, str]]:
        """The ids and numbers of the cases whose line is still to be made, from the log."""
        return iter(self._half.items())

    def write(self) -> None:
        """Write the entries; of the cases, where too much is in hand, those begun first."""
        self._connection.executemany("INSERT INTO entries VALUES (?, ?, ?)", self._rows)
        self._rows.clear()
        if self._size > MOST:
            self._let_go(len(self._in_hand) // 2)

    def write_all(self) -> None:
        self.write()
        self._let_go(len(self._in_hand))

    def _let_go(self, count: int) -> None:
        """Write the cases of which the lines were kept longest, and keep these no more."""
        gone = list(islice(self._in_hand, count))
        self._connection.executemany(
            f"INSERT INTO cases (id, number, tail, {', '.join(COLUMNS)})"
            f" VALUES ({', '.join('?' * (len(COLUMNS) + 3))})",
            (self._row(ident, *self._in_hand.pop(ident)) for ident in gone),
        )

    def _row(self, ident: int, number: str, told: list[Told]) -> tuple[Any, ...]:
        self._size -= sum(len(line) for _, _, line in told)
        values = summary_of(number, told)
        self._count(values[0], 1, ident)
        return ident, number, number.rpartition("-")[2], *values

    def write_line(self, ident: int, values: tuple[Any, ...]) -> None:
        """Write the line of a case anew."""
        for (before,) in self._connection.execute("SELECT status FROM cases WHERE id = ?", (ident,)):
            self._count(before, -1, -ident)
        self._count(values[0], 1, ident)
        columns = ", ".join(f"{name} = ?" for name in COLUMNS)
        self._connection.execute(f"UPDATE cases SET {columns} WHERE id = ?", (*values, ident))

    def write_sums(self) -> None:
        """Write how many cases are of each status, and the sum of their ids.

        They go on from what was written before and never from the cases themselves: a status that was
        changed by anything else stays found out.
        """
        for status, (cases, idents) in self._sums.items():
            self._connection.execute("INSERT OR IGNORE INTO sums VALUES (?, 0, 0)", (status,))
            self._connection.execute(
                "UPDATE sums SET cases = cases + ?, idents = idents + ? WHERE status = ?",
                (cases, idents, status),
            )

    def _count(self, status: str, cases: int, idents: int) -> None:
        sums = self._sums.setdefault(status, [0, 0])
        sums[0] += cases
        sums[1] += idents

    def _id_of(self, number: str) -> int:
        if not self._anew:
            found = self._connection.execute("SELECT id FROM cases WHERE number = ?", (number,)).fetchone()
            if found is not None:
                return int(found[0])
        ident, self._next = self._next, self._next + 1
        self._in_hand[ident] = number, []
        return ident

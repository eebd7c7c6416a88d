"""The index beside the log: whose each entry is, a line of every case, what is due about them, in one SQLite file.

It is made from the log alone and can be deleted at any time. Each run brings it up to the log's head
first; where it is damaged, foreign, of another version or ahead of the log it is made anew, and that
is told. One process writes it at a time; who cannot wait, or cannot write here, reads the log instead
(`IndexUnusable`).

In a file that is sound to SQLite this is still noticed: an entry that it points to is not of that case;
a status was rewritten, or a case is gone, by how many cases are of each status and the sum of their
ids (`sums`), wherever cases are asked for by status; something due is gone, by how many there were. Not
noticed is another title, day or moment in the place of the one that the log gives: `ledger reindex`
makes all of it anew.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, ClassVar

from jinji_report.errors import EXIT_BUSY, JinjiError, LedgerBroken, StoreBusy
from jinji_report.files import cause_of
from jinji_report.ledger import dues
from jinji_report.ledger.lock import Lock
from jinji_report.ledger.seal import EMPTY, Seal, digest
from jinji_report.ledger.store import Store
from jinji_report.ledger.summary import COLUMNS, summary
from jinji_report.model.case import Case
from jinji_report.model.entry import Entry, NotAnEntry, heading

SCHEMA = 5
LONGEST_WAIT = 30.0  # seconds
SAID_AFTER = 1.0

_SECONDS_AN_ENTRY = 0.00005  # what reading the log instead would take
_TABLES = {
    "meta": "name TEXT PRIMARY KEY, value",
    "entries": "case_id INTEGER, seq INTEGER, place INTEGER, PRIMARY KEY (case_id, seq)",
    "cases": "id INTEGER PRIMARY KEY, number TEXT UNIQUE, tail TEXT, "
    + ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items()),
    "sums": "status TEXT PRIMARY KEY, cases INTEGER, idents INTEGER",
    **dues.TABLES,
}
_ALONE = ("meta", "entries", "sums", "reckoned", "dues")  # tables that are their own key's index
_ALSO_BY = ("(status, opened)", "(status, closed)", "(tail)", "(opened)", "(until)", "(asked) WHERE asked")


class IndexUnusable(JinjiError):
    """The index cannot be had now: no right to write here, no room, or others keep it too long."""

    exit_code: ClassVar[int] = EXIT_BUSY

    def __init__(self, path: Path, why: Exception) -> None:
        super().__init__(
            f"台账索引 {path} 现在不能用（{_cause(why)}）。",
            remedy="请再运行一次本命令；仍不行就删去这个文件，它随时可由台账重做。",
        )


def _cause(why: Exception) -> str:
    """Why it cannot be had, in Chinese where it is one of the usual things."""
    if isinstance(why, OSError):
        return cause_of(why)
    if isinstance(why, UnicodeEncodeError):
        return "台账里有不成文字的编号"
    code = getattr(why, "sqlite_errorcode", 0) & 0xFF
    return _REFUSED.get(code) or str(why).rstrip("。")


_REFUSED = {
    sqlite3.SQLITE_READONLY: "不能写",
    sqlite3.SQLITE_CANTOPEN: "打不开",
    sqlite3.SQLITE_BUSY: "别的程序正在写它",
    sqlite3.SQLITE_LOCKED: "别的程序正在写它",
    sqlite3.SQLITE_FULL: "磁盘已满",
    sqlite3.SQLITE_IOERR: "磁盘读写出错",
}


class Stale(Exception):
    """The index does not fit the log, or is none; `str()` is the end of a Chinese sentence about it."""


class Index:
    """The index of a store, in the file `path`, as far as the log went when `catch_up` was last called."""

    def __init__(self, store: Store, path: Path) -> None:
        self.store = store
        self.path = path
        self._told = False
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None  # the file that is open, whatever lies there now

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def tell(self, done: int, total: int) -> None:
        """How far it is, to whoever asked the store to be told; `done` is -1 while another process is at it."""
        if self.store.tell is not None:
            self.store.tell(done, total)

    def catch_up(self) -> None:
        """Take in what the log has beyond it. Raises IndexUnusable, and what the store raises."""
        head = self.store.head()
        with self._usable():
            try:
                if self._seal() == head:
                    return
            except (Stale, sqlite3.DatabaseError):
                pass  # looked at again once nobody else is at work on it
            with self._alone(head):
                self._bring_up(head)
        if self._told:
            self.tell(head.seq, head.seq)

    def rebuild(self, why: str) -> None:
        """Make it anew from the whole log; `why` is told. Raises as `catch_up` does.

        Where another process has done so since this one opened it, that is taken.
        """
        head = self.store.head()
        known = self._connection
        with self._usable(), self._alone(head):
            if known is not self._connection:
                self._bring_up(head)
            else:
                self._rebuild(why, head)

    def query(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows, as they are read. Raises Stale where the file turns out to be damaged, or was taken away.

        In its place another may be made already, and SQLite would mix what lies beside the two.
        """
        try:
            yield from self._open().execute(sql, values)
        except sqlite3.DatabaseError as error:
            raise Stale("已损坏") from error
        if self._file != _identity(self.path):
            raise Stale("已被删去")

    @contextmanager
    def one_picture(self) -> Iterator[None]:
        """What is asked meanwhile is answered from one state of the index, whoever writes it."""
        connection = self._open()
        connection.execute("BEGIN")
        try:
            yield
        finally:
            if connection.in_transaction:  # damage ends it
                connection.execute("ROLLBACK")

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """While nobody else writes it; what is written meanwhile stands whole, or none of it.

        Raises IndexUnusable.
        """
        with self._usable(), self._alone(self.store.head()):
            connection = self._open()
            with _all_or_none(connection):
                yield connection

    def cases(self, named: Sequence[tuple[int, str]]) -> list[Case]:
        """The cases of these ids and numbers, by their own entries; what others brought in is not in them.

        Raises Stale where what the index points to is not of them.
        """
        from jinji_report.model.fold import fold_case

        idents = ", ".join(str(ident) for ident, _ in named)
        sql = f"SELECT case_id, seq, place FROM entries WHERE case_id IN ({idents}) ORDER BY case_id, seq"
        numbers = dict(named)
        told: dict[int, list[Entry]] = {ident: [] for ident in numbers}
        for (ident, _, _), entry in self._found(list(self.query(sql))):
            if entry.case != numbers[ident]:
                raise Stale("与台账对不上")
            told[ident].append(entry)
        if not all(told.values()):
            raise Stale("与台账对不上")
        return [fold_case(number, told[ident]) for ident, number in named]

    def _found(self, rows: Sequence[tuple[int, int, int]]) -> Iterator[tuple[tuple[int, int, int], Entry]]:
        """Rows of `entries`, each with the entry that it points to. Raises Stale, and LedgerBroken for the log."""
        if not all(type(seq) is type(place) is int and min(seq, place + 1) > 0 for _, seq, place in rows):
            raise Stale("已损坏")
        read = 0
        try:
            for entry in self.store.at(place for *_, place in rows):
                if entry.seq != rows[read][1]:
                    raise Stale("与台账对不上")
                yield rows[read], entry
                read += 1
        except LedgerBroken:
            for _ in self.store.since(rows[read][1] - 1):  # raises where the log itself is at fault
                break
            raise Stale("与台账对不上") from None

    def _bring_up(self, head: Seal) -> None:
        try:
            known = self._seal()
            if known is None:
                self._create()
                known = EMPTY
            head = self.store.head()
            if known != head:
                self._take_in(known, head)
        except Stale as stale:
            self._rebuild(str(stale), head)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and not _looks_damaged(error):
                raise
            self._rebuild("已损坏", head)

    def _rebuild(self, why: str, head: Seal) -> None:
        self._note(f"台账索引{why}，已重建。")
        self.close()
        for end in ("", "-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                self.path.with_name(f"{self.path.name}{end}").unlink()
        self._create()
        if head != EMPTY:
            self._take_in(EMPTY, self.store.head())

    @contextmanager
    def _alone(self, head: Seal) -> Iterator[None]:
        """While no other process writes the index. Raises StoreBusy."""
        lock = self.path.with_name(f"{self.path.name}.lock")
        patience = min(LONGEST_WAIT, SAID_AFTER + head.seq * _SECONDS_AN_ENTRY)
        with ExitStack() as held:
            try:
                held.enter_context(Lock(lock, min(SAID_AFTER, patience)))
            except StoreBusy:
                self._say(-1, head.seq)
                held.enter_context(Lock(lock, patience - SAID_AFTER))
            if self._connection is not None and self._file != _identity(self.path):
                self.close()  # another process has made it anew
            yield

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            with suppress(FileExistsError):  # SQLite itself would let others read it
                os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            self._file = _identity(self.path)
            self._connection = sqlite3.connect(self.path, timeout=SAID_AFTER, isolation_level=None)
            self._connection.execute("PRAGMA synchronous=NORMAL")
        return self._connection

    def _seal(self) -> Seal | None:
        """How far it goes; None where it holds nothing. Raises Stale for what is not of this version."""
        connection = self._open()
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = {name for (name,) in names}
        if not tables:
            return None
        meta = dict(connection.execute("SELECT name, value FROM meta")) if "meta" in tables else {}
        if meta.get("schema", SCHEMA) != SCHEMA:
            raise Stale("是另一版本做的")
        if tables != set(_TABLES):
            raise Stale("不是本程序做的")
        if "schema" not in meta:
            raise Stale("已损坏")
        seq, end = meta.get("seq"), meta.get("head")
        if not isinstance(seq, int) or not isinstance(end, str):
            raise Stale("已损坏")
        return Seal(seq, end)

    def _create(self) -> None:
        connection = self._open()
        connection.execute("PRAGMA journal_mode=WAL")
        with _all_or_none(connection):
            for name, columns in _TABLES.items():
                connection.execute(
                    f"CREATE TABLE {name} ({columns}){' WITHOUT ROWID' if name in _ALONE else ''}"
                )
            connection.execute(dues.BY_DUE)
            _mark(connection, EMPTY)

    def _take_in(self, known: Seal, head: Seal) -> None:
        """Take in the entries from `known` to `head`, or none. Raises Stale where they do not go on from it."""
        if known.seq >= head.seq:
            raise Stale("比台账还新" if known.seq > head.seq else "与台账对不上")
        connection = self._open()
        with _all_or_none(connection):
            self._enter(known, head)
            if known == EMPTY:  # sorted once, they are made in half the time
                for number, columns in enumerate(_ALSO_BY):
                    connection.execute(f"CREATE INDEX cases_{number} ON cases {columns}")
            _mark(connection, head)

    def _enter(self, known: Seal, head: Seal) -> None:
        """Enter whose each line is, and a line of every case that they are of."""
        connection = self._open()
        from jinji_report.ledger.gathering import Gathering

        gathering = Gathering(connection, anew=known == EMPTY)
        number, line = known.seq, b""
        for place, line in self.store.lines(known.seq):
            if not number:
                number = _before(line)
            number += 1
            case, kind = self._heading(line, number, known)
            if case:
                gathering.take(case, kind, number, place, line)
            if gathering.much:
                gathering.write()
                self._say(number, head.seq)
            if number == head.seq:
                break
        if number != head.seq or digest(line) != head.head:
            raise Stale("与台账对不上")
        # By the bonds that were and by those that are: a case may have been merged, or be merged no more.
        dues.forget(connection, gathering.touched)
        gathering.write_all()
        for ident, case in gathering.half_known:
            gathering.write_line(ident, summary(self.cases([(ident, case)])[0]))
        gathering.write_sums()
        dues.forget(connection, gathering.touched)

    def _heading(self, line: bytes, number: int, known: Seal) -> tuple[str, str]:
        try:
            seq, case, kind = heading(line)
            if number == known.seq + 1 and known.seq and Entry.from_line(line).prev != known.head:
                raise Stale("与台账对不上")
        except NotAnEntry as error:
            raise LedgerBroken("台账", number, str(error)) from None
        if seq != number:
            raise LedgerBroken("台账", number, f"的序号是 {seq}")
        return case, kind

    @contextmanager
    def _usable(self) -> Iterator[None]:
        """Turn what keeps the index from being used into IndexUnusable.

        A number with half a surrogate pair, as no version of this program makes one, is such a thing too.
        """
        try:
            yield
        except (sqlite3.Error, StoreBusy, Stale, OSError, UnicodeEncodeError) as error:
            raise IndexUnusable(self.path, error) from error

    def _say(self, done: int, total: int) -> None:
        self._told = True
        self.tell(done, total)

    def _note(self, notice: str) -> None:
        if notice not in self.store.notices:
            self.store.notices.append(notice)


@contextmanager
def _all_or_none(connection: sqlite3.Connection) -> Iterator[None]:
    """What is written meanwhile stands whole, or none of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _mark(connection: sqlite3.Connection, seal: Seal) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)",
        [("schema", SCHEMA), ("seq", seal.seq), ("head", seal.head)],
    )


def _before(first: bytes) -> int:
    """How many entries came before the first line that lies here: sealed years may have been taken elsewhere."""
    try:
        return max(heading(first)[0] - 1, 0)
    except NotAnEntry:
        return 0


def _looks_damaged(error: sqlite3.OperationalError) -> bool:
    """A file that was cut or overwritten also shows as an error of operation, by its code."""
    # Words that are no UTF-8 are found by Python, which gives no code.
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in (
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_ERROR,
    )


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file lies there; None for none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino

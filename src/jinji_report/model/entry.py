"""台账条目: one thing that was done or said, as one line of the ledger carries it.

An `Entry` stands in the log and has its place (`seq`) and its bond to the line before (`prev`);
a `NewEntry` is still a draft without either, and the store gives them. Fields that this version
does not know are kept. What a kind of entry means for its case is left to `case`.
"""

import json
import os
import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from jinji_report.moments import BEIJING, iso, parse_moment

VERSION = 1

_FIELDS = ("v", "seq", "id", "case", "kind", "at", "recorded", "by", "data", "prev")
_WORDS = ("id", "case", "kind", "by", "prev")


class NotAnEntry(ValueError):
    """The bytes are no ledger line; `str()` is the Chinese end of a sentence that opens with 第 n 行."""


class Entry:
    """An entry of the log.

    `at`: when it happened; `recorded`: when it was entered; `machine`: the machine's own clock,
    kept where the run's clock had been set by hand (`--now`), else None.
    `batch`: (k, n) where the line is the k-th of n that were appended together, else None.
    `place`: where its line lies in the store that gave it, for that store alone to read; -1 where none did.
    `drill`: it is part of a drill (演练).
    `extra`: the fields of the line that this version does not know.
    """

    __slots__ = (
        "at",
        "batch",
        "by",
        "case",
        "data",
        "drill",
        "extra",
        "id",
        "kind",
        "machine",
        "place",
        "prev",
        "recorded",
        "seq",
        "v",
    )

    def __init__(
        self,
        v: int,
        seq: int,
        id: str,
        case: str,
        kind: str,
        at: datetime,
        recorded: datetime,
        by: str,
        data: Mapping[str, Any],
        prev: str,
        machine: datetime | None = None,
        batch: tuple[int, int] | None = None,
        extra: Mapping[str, Any] | None = None,
        *,
        drill: bool = False,
    ) -> None:
        self.v = v
        self.seq = seq
        self.id = id
        self.case = case
        self.kind = kind
        self.at = at
        self.recorded = recorded
        self.by = by
        self.data = data
        self.prev = prev
        self.machine = machine
        self.batch = batch
        self.extra = extra if extra is not None else {}
        self.drill = drill
        self.place = -1

    def __repr__(self) -> str:
        return f"<Entry {self.seq} {self.kind} {self.case}>"

    def to_json(self) -> dict[str, Any]:
        """The fields in the order in which a ledger line has them."""
        record: dict[str, Any] = {
            "v": self.v,
            "seq": self.seq,
            "id": self.id,
            "case": self.case,
            "kind": self.kind,
            "at": iso(self.at),
            "recorded": iso(self.recorded),
            "by": self.by,
            "data": self.data,
            "prev": self.prev,
        }
        if self.machine is not None:
            record["machine"] = iso(self.machine)
        if self.batch is not None:
            record["batch"] = list(self.batch)
        if self.drill:
            record["drill"] = True
        return {**record, **self.extra}

    def to_line(self) -> bytes:
        """The line for a new entry, without its newline.

        Once written, the line as it stands in the store is what counts and what the chain binds.
        Raises ValueError or TypeError where `data` is no JSON (NaN, a date).
        """
        record = self.to_json()
        try:
            return _dumps(record, ascii_only=False).encode("utf-8")
        except UnicodeEncodeError:
            # Half a surrogate pair, as a chat client's copy may leave it, has no UTF-8: it is
            # kept as an escape, so that the words come back as they came in.
            return _dumps(record, ascii_only=True).encode("ascii")

    @classmethod
    def from_line(cls, line: bytes) -> "Entry":
        """The entry that a ledger line (without its newline) carries. Raises NotAnEntry."""
        # Every reading of a long ledger is mostly this, hence the fields one by one.
        record = _loads(line)
        try:
            v, seq, id, case, kind = record["v"], record["seq"], record["id"], record["case"], record["kind"]
            at, recorded, by, data = record["at"], record["recorded"], record["by"], record["data"]
            prev = record["prev"]
        except KeyError as missing:
            raise NotAnEntry(f"缺少字段 {missing.args[0]}") from None
        if type(seq) is not int or seq < 1:
            raise NotAnEntry("的 seq 不是序号")
        if type(data) is not dict:
            raise NotAnEntry("的 data 不是 JSON 对象")
        if not (type(id) is type(case) is type(kind) is type(by) is type(prev) is str):
            name = next(name for name in _WORDS if type(record[name]) is not str)
            raise NotAnEntry(f"的 {name} 不是文字")
        at, recorded = _moment("at", at), _moment("recorded", recorded)
        entry = cls(v, seq, id, case, kind, at, recorded, by, data, prev)
        if len(record) > len(_FIELDS):
            for name in _FIELDS:
                del record[name]
            if record.get("machine") is not None:
                entry.machine = _moment("machine", record.pop("machine"))
            if "batch" in record:
                entry.batch = _batch(record.pop("batch"))
            if record.get("drill") is True:
                entry.drill = record.pop("drill")
            entry.extra = record
        return entry


class NewEntry:
    """An entry that is not in the log yet. Moments are cut to the second, as the line carries them."""

    __slots__ = ("at", "by", "case", "data", "id", "kind", "machine", "recorded")

    def __init__(
        self,
        *,
        case: str,
        kind: str,
        at: datetime,
        recorded: datetime,
        by: str,
        data: Mapping[str, Any],
        machine: datetime | None = None,
        id: str | None = None,
    ) -> None:
        self.id = new_id() if id is None else id
        self.case = case
        self.kind = kind
        self.at = _to_the_second(at)
        self.recorded = _to_the_second(recorded)
        self.by = by
        self.data = data
        self.machine = None if machine is None else _to_the_second(machine)

    def placed(
        self, seq: int, prev: str, batch: tuple[int, int] | None = None, *, drill: bool = False
    ) -> Entry:
        """The entry that it becomes at its place in the log."""
        return Entry(
            VERSION,
            seq,
            self.id,
            self.case,
            self.kind,
            self.at,
            self.recorded,
            self.by,
            self.data,
            prev,
            self.machine,
            batch,
            drill=drill,
        )


def new_id() -> str:
    """An identifier that no other desk will make: 24 hex digits, of no meaning."""
    return os.urandom(12).hex()


def _to_the_second(moment: datetime) -> datetime:
    return moment.astimezone(BEIJING).replace(microsecond=0)


def _dumps(record: Mapping[str, Any], *, ascii_only: bool) -> str:
    return json.dumps(record, ensure_ascii=ascii_only, allow_nan=False, separators=(",", ":"))


_decode = json.JSONDecoder().raw_decode  # what json.loads comes to, once it has looked for blanks
_parsed = lru_cache(256)(parse_moment)  # entries that came together have their moments in common


def _loads(line: bytes) -> dict[str, Any]:
    # Decoded here, since json.loads on bytes guesses UTF-16 and lets broken UTF-8 through.
    try:
        text = line.decode("utf-8")
        try:
            record, end = _decode(text)
        except ValueError:
            end = -1
        if end != len(text):
            record = json.loads(text)
    except UnicodeDecodeError:
        raise NotAnEntry("不是 UTF-8 文字") from None
    except (ValueError, RecursionError):
        raise NotAnEntry("不是 JSON 记录") from None
    if type(record) is not dict:
        raise NotAnEntry("不是 JSON 对象")
    return record


def _moment(name: str, value: Any) -> datetime:
    try:
        return _parsed(value)
    except (ValueError, TypeError, AttributeError, OverflowError):
        raise NotAnEntry(f"的 {name} 不是时刻") from None


def _batch(value: Any) -> tuple[int, int]:
    # Written out, since `match` would be the dearest step of reading a line.
    if type(value) is list and len(value) == 2 and all(type(number) is int for number in value):
        place, count = value
        if 1 <= place <= count:
            return place, count
    raise NotAnEntry("的 batch 不是批次")


_RECORDED = re.compile(rb'\{"v":\d+,"seq":\d+,(?:"[a-z]+":"[^"\\]*",){4}"recorded":"([^"\\]*)"')


def recorded_of(line: bytes) -> datetime:
    """When the entry of a line was recorded, without reading what it says. Raises NotAnEntry."""
    found = _RECORDED.match(line)
    return (
        Entry.from_line(line).recorded
        if found is None
        else _moment("recorded", found[1].decode("ascii", "replace"))
    )


_HEADING = re.compile(rb'\{"v":\d+,"seq":(\d+),"id":"[^"\\]*","case":"([^"\\]*)","kind":"([^"\\]*)",')


def heading(line: bytes) -> tuple[int, str, str]:
    """The seq, case and kind of a line, without reading what it says. Raises NotAnEntry.

    A line as this program writes it is not parsed for it, so that a million are soon gone through.
    """
    found = _HEADING.match(line)
    if found is None:
        entry = Entry.from_line(line)
        return entry.seq, entry.case, entry.kind
    seq, case, kind = found.groups()
    try:
        return int(seq), case.decode("utf-8"), kind.decode("utf-8")
    except UnicodeDecodeError:
        raise NotAnEntry("不是 UTF-8 文字") from None

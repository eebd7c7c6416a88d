"""The line that the index has of a case, made of the lines of its entries with as little reading as it takes.

A million entries are gone through at once where an index is made. Of what was told and judged only the
last counts, and of most other entries no more than that they are there. Whatever is unusual (something
taken back, an officer's decision, an entry that cannot be as it says) is left to the whole fold, so that
both give the same.
"""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from jinji_report.errors import LedgerBroken
from jinji_report.ledger.summary import summary
from jinji_report.model.entry import VERSION, Entry, NotAnEntry
from jinji_report.model.fold import fold_case
from jinji_report.moments import parse_moment
from jinji_report.vocabulary import EntryKind

Told = tuple[int, str, bytes]  # seq, kind and line of an entry

_ANY_MAY_COUNT = frozenset(
    kind.value
    for kind in (
        EntryKind.DECISION,
        EntryKind.UNDONE,
        EntryKind.LEAD,
        EntryKind.REQUEST,
        EntryKind.BACKFLOW,
    )
)
_FACTS = frozenset((EntryKind.RECEIVED.value, EntryKind.FACTS.value))
_VERDICT, _REPORT, _CLOSED = EntryKind.VERDICT.value, EntryKind.REPORT.value, EntryKind.CLOSED.value
_EACH_COUNTS = frozenset((_REPORT, _CLOSED, EntryKind.REOPENED.value, EntryKind.MERGED.value))
_PASSED_OVER = ""  # a kind of entry that changes nothing

# A line as this program writes it, up to what it says, and the beginning of what it says.
_HEAD = (
    rb'\{"v":\d+,"seq":\d+,(?:"[a-z]+":"[^"\\]*",){3}"at":"([^"\\]*)","recorded":"[^"\\]*",'
    rb'"by":"[^"\\]*","data":\{'
)
_TEXT = rb'"[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*"'
_HEADED = re.compile(_HEAD)
_NOTED = re.compile(_HEAD + rb'"note":(' + _TEXT + rb")[,}]")
_WRITTEN = re.compile(
    _HEAD
    + rb'"stage":"([^"\\]*)","number":\d{1,9},"title":%b,"text":%b,"since":(?:null|\d+)[,}]' % (_TEXT, _TEXT)
)


def summary_of(number: str, told: Sequence[Told]) -> tuple[Any, ...]:
    """The values of `summary.COLUMNS` for the case of these entries, which are all of it.

    Raises LedgerBroken for an entry that cannot be read.
    """
    kinds = [kind for _, kind, _ in told]
    if _ANY_MAY_COUNT.isdisjoint(kinds):
        case = fold_case(number, list(_brief(told, kinds)))
        if case.facts.title and not case.contradictions:
            return summary(case)
    return summary(fold_case(number, [_read(one) for one in told]))


def _brief(told: Sequence[Told], kinds: Sequence[str]) -> Iterable[Entry]:
    """Entries enough for the line of the case, with no more in them than it takes."""
    last_facts = max((place for place, kind in enumerate(kinds) if kind in _FACTS), default=-1)
    last_verdict = max((place for place, kind in enumerate(kinds) if kind == _VERDICT), default=-1)
    for place, one in enumerate(told):
        _, kind, line = one
        brief: Entry | None = None
        if place in (last_facts, last_verdict):
            pass
        elif kind == _REPORT:
            brief = _written(line)
        elif b'"note"' in line or b"\\u" in line:
            if kind not in _EACH_COUNTS:
                brief = _noted(line)
        elif kind == _CLOSED:
            brief = _bare(line, kind)
        elif kind in _EACH_COUNTS:
            pass
        elif place == 0:
            brief = _bare(line, _PASSED_OVER)
        else:
            continue
        yield brief or _read(one)


def _read(one: Told) -> Entry:
    seq, _, line = one
    try:
        return Entry.from_line(line)
    except NotAnEntry as error:
        raise LedgerBroken("台账", seq, str(error)) from None


def _bare(line: bytes, kind: str) -> Entry | None:
    """An entry of that moment which says nothing; None where the line is an unusual one."""
    found = _HEADED.match(line)
    return None if found is None else _entry(found, kind, {})


def _noted(line: bytes) -> Entry | None:
    """An entry that has the note of the line, and changes nothing; None where the line is an unusual one."""
    found = _NOTED.match(line) if line.count(b'"note"') == 1 and b"\\u" not in line else None
    if found is None:
        return None
    said = found[2]
    try:
        note = json.loads(said.decode()) if b"\\" in said else said[1:-1].decode()
    except ValueError:
        return None
    return _entry(found, _PASSED_OVER, {"note": note})


def _written(line: bytes) -> Entry | None:
    """An entry of a report without its words; None where the line is an unusual one, or has a note."""
    found = _WRITTEN.match(line)
    if found is None or line.find(b'"note"', found.end()) >= 0 or line.find(b"\\", found.end()) >= 0:
        return None
    return _entry(found, _REPORT, {"stage": found[2].decode("utf-8", "replace")})


@lru_cache(1024)
def _moment(text: bytes) -> datetime:
    return parse_moment(text.decode("utf-8", "replace"))


def _entry(found: re.Match[bytes], kind: str, data: dict[str, Any]) -> Entry | None:
    try:
        at = _moment(found[1])
    except (ValueError, OverflowError):
        return None
    return Entry(VERSION, 0, "", "", kind, at, at, "", data, "")

"""Whether a ledger holds: every raw line is read, and each bond to the line before is tried.

A broken ledger is reported, never raised, and the check goes on behind a break so that the
report is whole. It knows lines, not where they lie: any store hands over its lines as they were written.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinji_report.errors import LedgerBroken
from jinji_report.ledger.seal import EMPTY, GENESIS, Seal
from jinji_report.ledger.verification import MOST_OF_A_KIND, Finding, Verification, place_of
from jinji_report.model.entry import VERSION, Entry, NotAnEntry
from jinji_report.moments import BEIJING, iso, parse_moment
from jinji_report.vocabulary import EntryKind

_SEALED = EntryKind.SEALED.value

_WORD = r'"[^"\\\x00-\x1f]*"'
_MOMENT = r'"([^"\\\x00-\x1f]{25})"'
_UP_TO_DATA = re.compile(
    rf'\{{"v":{VERSION},"seq":([1-9][0-9]{{0,17}}),"id":{_WORD},"case":{_WORD},"kind":"([^"\\\x00-\x1f]*)",'
    rf'"at":{_MOMENT},"recorded":{_MOMENT},"by":{_WORD},"data":(?=\{{)'
)
_BEHIND = re.compile(r'"(?:,"batch":\[([1-9][0-9]{0,8}),([1-9][0-9]{0,8})\])?(,"drill":true)?\}')
_decode = json.JSONDecoder().raw_decode
_moment = lru_cache(256)(parse_moment)


def _as_next(
    line: bytes, seq: int, prev: str, *, drill: bool
) -> tuple[datetime, tuple[int, int] | None] | None:
    """When a line was entered, and its batch, if it is the `seq`-th, goes on from `prev` and is spelt as
    this program spells it, with no more in it than most entries have; None for any other.

    Almost every line of almost every ledger is such, and a million are to be gone through soon. Whatever
    differs in the least is left to the full reading, and only that says what is wrong. What the entry is
    about is parsed as it is there, so that nothing passes here that is no JSON.
    """
    try:
        text = line.decode("utf-8")
        begun = _UP_TO_DATA.match(text)
        if begun is None:
            return None
        number, kind, at, recorded = begun.groups()
        end = _decode(text, begun.end())[1]
        if text[end : end + 73] != f',"prev":"{prev}' or int(number) != seq or kind == _SEALED:
            return None
        rest = text[end + 73 :]
        batch = None
        if rest != '"}' or drill:
            behind = _BEHIND.fullmatch(rest)
            if behind is None or (behind[3] is not None) is not drill:
                return None
            if behind[1] is not None:
                batch = int(behind[1]), int(behind[2])
                if batch[0] > batch[1]:
                    return None
        if at != recorded:
            _moment(at)
        return _moment(recorded), batch
    except (ValueError, RecursionError):
        return None


class Check:
    """A check as far as it has come: what the next line must fit.

    `expect` holds if some whole line has that hash; 64 zeros hold for the empty ledger. `base` is what
    the first line goes on from where older ones were sealed and taken elsewhere: an entry of the ledger
    itself (归档) must say so. `drill`: every line is to be one of a drill; else none may.
    """

    def __init__(self, expect: str | None, base: Seal, *, drill: bool) -> None:
        self.base = base
        self.drill = drill
        self.sealed: dict[str, Seal] = {}  # by the name of each file, what 归档 told of its end
        self.expect = None if expect is None else expect.strip().lower()
        self.found = False
        self.findings: list[Finding] = []
        self.counts: Counter[str] = Counter()
        self.files: list[tuple[str, int]] = []
        self.file = ""
        self.number = base.seq  # lines so far, in the whole log
        self.seq, self.head = base.seq, base.head
        self.set_clock = 0
        self.recorded = datetime.min.replace(tzinfo=BEIJING)
        self.batch: tuple[int, int] | None = None
        # The state at the opening of a batch: one that the file ends in the middle of never was.
        self.before_batch = (base.seq, base, 0, False)

    def begin(self, file: str = "") -> None:
        """The lines that come are those of the next file: of a sealed one with its name, or of the last."""
        self.file = file
        self.files.append((file, self.number + 1))

    def read(self, lines: Iterable[bytes]) -> None:
        for raw in lines:
            self.take(raw)

    def take(self, raw: bytes) -> None:
        line = raw[:-1]
        self.number += 1
        if raw[-1:] != b"\n":
            self.torn(raw)
            return
        head = sha256(line).hexdigest()
        plain = _as_next(line, self.seq + 1, self.head, drill=self.drill)
        if plain is not None and plain[0] >= self.recorded:
            self.recorded, batch = plain
            if batch is not None or self.batch is not None:
                self.batches(batch)
            self.seq += 1
        else:
            self.look_into(line)
        self.head = head
        if head == self.expect:
            self.found = True

    def look_into(self, line: bytes) -> None:
        """Read the line in full, and say what is to be said of it."""
        try:
            entry = Entry.from_line(line)
        except NotAnEntry as error:
            self.say("unreadable", str(error))
            self.seq += 1
            return
        if entry.prev != self.head:
            self.say("chain", "与上一行对不上")
        if entry.seq != self.seq + 1:
            self.say("order", f"的序号是 {entry.seq}，应为 {self.seq + 1}")
        if entry.drill is not self.drill:
            self.say("drill", "是演练的条目" if entry.drill else "不是演练的条目")
        self.batches(entry.batch)
        self.clocks(entry)
        if entry.kind == _SEALED:
            self.archived(entry)
        if self.expect is not None and "was" in entry.extra:
            self.before_a_repair(entry.extra["was"])
        self.seq = entry.seq

    def torn(self, raw: bytes) -> None:
        if self.file:
            self.say("unreadable", f"没有写完（{len(raw)} 字节），归档文件被截断")
            return
        self.say("torn", f"末尾有 {len(raw)} 字节没有写完，不算入台账", is_break=False)
        self.number -= 1

    def batches(self, batch: tuple[int, int] | None) -> None:
        opened, self.batch = self.batch, batch
        if opened is not None and opened[0] < opened[1]:
            if batch != (opened[0] + 1, opened[1]):
                self.say("batch", f"之前的一批缺少后 {opened[1] - opened[0]} 条")
        elif batch is not None:
            if batch[0] != 1:
                self.say("batch", f"所在的一批缺少前 {batch[0] - 1} 条")
            self.before_batch = (self.number - 1, Seal(self.seq, self.head), self.set_clock, self.found)

    def clocks(self, entry: Entry) -> None:
        if entry.machine is not None:
            self.set_clock += 1
            problem = f"录入时的时钟是人为设定的，当时机器时钟为 {iso(entry.machine)}"
            self.say("set_clock", problem, is_break=False)
        if entry.recorded < self.recorded:
            problem = f"的录入时刻 {iso(entry.recorded)} 早于上一行的 {iso(self.recorded)}"
            self.say("backwards", problem, is_break=False)
        self.recorded = entry.recorded

    def archived(self, entry: Entry) -> None:
        seq, head, file = (entry.data.get(name) for name in ("seq", "head", "file"))
        if isinstance(seq, int) and isinstance(head, str) and isinstance(file, str):
            self.sealed[file] = Seal(seq, head)

    def before_a_repair(self, was: Any) -> None:
        """Say where the expected hash was the head in a ledger that was repaired since: its chain is another now."""
        while isinstance(was, dict):
            if was.get("line") == self.expect:
                problem = f"在修复前的台账里是第 {was.get('seq')} 条，所给的链头就是它的：请对修复时另存的原文件核对"
                self.say("rebound", problem, is_break=False)
            was = was.get("was")

    def say(self, code: str, problem: str, *, is_break: bool = True, number: int | None = None) -> None:
        """A finding about the line of this number of the log, else the one that is being read."""
        number = self.number if number is None else number
        file, line = place_of(number, self.files)
        self.add(Finding(line, code, problem, is_break=is_break, file=file, number=number))

    def add(self, finding: Finding) -> None:
        self.counts[finding.code] += 1
        if self.counts[finding.code] <= MOST_OF_A_KIND:
            self.findings.append(finding)

    def refuse_broken(self, path: Path) -> None:
        """Raises LedgerBroken at the first break that was come upon so far."""
        for finding in self.findings:
            if finding.is_break:
                raise LedgerBroken(path, finding.line, finding.problem)

    def result(self) -> Verification:
        seal = Seal(self.seq, self.head)
        if self.batch is not None and self.batch[0] < self.batch[1]:
            number, seal, set_clock, found = self.before_batch
            problem = f"起的一批只写了 {self.number - number} 条，没有写完，不算入台账"
            self.say("torn", problem, is_break=False, number=number + 1)
            self.number, self.set_clock, self.found = number, set_clock, found
        if self.base.seq and self.base in self.sealed.values():
            problem = f"起第 1 至 {self.base.seq} 条已归档，归档文件不在这里，没有核对"
            self.say("sealed", problem, is_break=False, number=self.base.seq + 1)
        elif self.base.seq:
            self.say("missing", f"起缺少第 1 至 {self.base.seq} 条", number=self.base.seq + 1)
        empty = self.number == 0 and self.expect == GENESIS
        return Verification(
            entries=self.number,
            head=seal,
            findings=tuple(self.findings),
            set_clock=self.set_clock,
            expect_found=None if self.expect is None else self.found or empty,
            counts=self.counts,
            files=tuple(self.files),
        )


def verify(
    lines: Iterable[bytes], expect: str | None = None, *, base: Seal = EMPTY, drill: bool = False
) -> Verification:
    """Check raw `lines`, each with its newline; a last one without it is torn. See `Check`."""
    check = Check(expect, base, drill=drill)
    check.begin()
    check.read(lines)
    return check.result()

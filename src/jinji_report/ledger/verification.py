"""Whether a ledger holds: every raw line is read, and each bond to the line before is tried.

A broken ledger is reported, never raised, and the check goes on behind a break so that the
report is whole. It knows lines, not files: any store hands over its lines as they were written.
"""

from collections.abc import Iterable
from datetime import datetime

from jinji_report.ledger.seal import EMPTY, GENESIS, Seal, digest
from jinji_report.model.entry import Entry, NotAnEntry
from jinji_report.moments import iso
from jinji_report.vocabulary import EntryKind


class Finding:
    """What is to be said of one line (counted from 1). Only some findings are breaks.

    Breaks: `unreadable`, `chain`, `order`, `batch`, `drill`, `missing`.
    Notices: `torn`, `backwards`, `set_clock`, `sealed`.
    """

    __slots__ = ("code", "is_break", "line", "problem")

    def __init__(self, line: int, code: str, problem: str, *, is_break: bool) -> None:
        self.line = line
        self.code = code
        self.problem = problem
        self.is_break = is_break

    def __repr__(self) -> str:
        return f"<Finding {self.line} {self.code}>"


class Verification:
    """The outcome of a check.

    `entries` counts the whole lines, `set_clock` those entered while the clock was set by hand,
    and `head` is the seal of the last of them. `expect_found` is None where no hash was asked for.
    """

    __slots__ = ("entries", "expect_found", "findings", "head", "set_clock")

    def __init__(
        self,
        *,
        entries: int,
        head: Seal,
        findings: tuple[Finding, ...],
        set_clock: int,
        expect_found: bool | None,
    ) -> None:
        self.entries = entries
        self.head = head
        self.findings = findings
        self.set_clock = set_clock
        self.expect_found = expect_found

    @property
    def breaks(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.is_break)

    @property
    def holds(self) -> bool:
        """No break, and the expected hash, where one was given, stands in the chain."""
        return not self.breaks and self.expect_found is not False


def verify(
    lines: Iterable[bytes], expect: str | None = None, *, base: Seal = EMPTY, drill: bool = False
) -> Verification:
    """Check raw `lines`, each with its newline; a last one without it is torn.

    `expect` holds if some whole line has that hash; 64 zeros hold for the empty ledger. `base` is what
    the first line goes on from where older ones were sealed and taken elsewhere: an entry of the ledger
    itself (归档) must say so. `drill`: every line is to be one of a drill; else none may.
    """
    check = _Check(expect, base, drill=drill)
    for raw in lines:
        check.take(raw)
    return check.result()


class _Check:
    """The check as far as it has come: what the next line must fit."""

    def __init__(self, expect: str | None, base: Seal, *, drill: bool) -> None:
        self.base = base
        self.drill = drill
        self.sealed = False  # an entry told that the lines before were sealed
        self.expect = None if expect is None else expect.strip().lower()
        self.found = False
        self.findings: list[Finding] = []
        self.number = base.seq
        self.seal = base
        self.set_clock = 0
        self.recorded: datetime | None = None
        self.batch: tuple[int, int] | None = None
        # The state at the opening of a batch: one that the file ends in the middle of never was.
        self.before_batch = (base.seq, base, 0, False)

    def take(self, raw: bytes) -> None:
        line = raw[:-1]
        if raw[-1:] != b"\n":
            self.notice("torn", f"末尾有 {len(raw)} 字节没有写完，不算入台账", at=self.number + 1)
            return
        self.number += 1
        head = digest(line)
        try:
            entry = Entry.from_line(line)
        except NotAnEntry as error:
            self.broken("unreadable", str(error))
            self.advance(Seal(self.seal.seq + 1, head))
            return
        self.bonds(entry)
        if entry.drill != self.drill:
            self.broken("drill", "是演练的条目" if entry.drill else "不是演练的条目")
        if not self.sealed and entry.kind == EntryKind.SEALED:
            self.sealed = (entry.data.get("seq"), entry.data.get("head")) == (self.base.seq, self.base.head)
        self.batches(entry)
        self.clocks(entry)
        self.advance(Seal(entry.seq, head))

    def bonds(self, entry: Entry) -> None:
        if entry.prev != self.seal.head:
            self.broken("chain", "与上一行对不上")
        if entry.seq != self.seal.seq + 1:
            self.broken("order", f"的序号是 {entry.seq}，应为 {self.seal.seq + 1}")

    def batches(self, entry: Entry) -> None:
        opened, self.batch = self.batch, entry.batch
        if opened is not None and opened[0] < opened[1]:
            if entry.batch != (opened[0] + 1, opened[1]):
                self.broken("batch", f"之前的一批缺少后 {opened[1] - opened[0]} 条")
        elif entry.batch is not None:
            if entry.batch[0] != 1:
                self.broken("batch", f"所在的一批缺少前 {entry.batch[0] - 1} 条")
            self.before_batch = (self.number - 1, self.seal, self.set_clock, self.found)

    def clocks(self, entry: Entry) -> None:
        if entry.machine is not None:
            self.set_clock += 1
            self.notice("set_clock", f"录入时的时钟是人为设定的，当时机器时钟为 {iso(entry.machine)}")
        if self.recorded is not None and entry.recorded < self.recorded:
            self.notice("backwards", f"的录入时刻 {iso(entry.recorded)} 早于上一行的 {iso(self.recorded)}")
        self.recorded = entry.recorded

    def advance(self, seal: Seal) -> None:
        self.seal = seal
        self.found = self.found or seal.head == self.expect

    def broken(self, code: str, problem: str) -> None:
        self.findings.append(Finding(self.number, code, problem, is_break=True))

    def notice(self, code: str, problem: str, at: int | None = None) -> None:
        self.findings.append(Finding(at or self.number, code, problem, is_break=False))

    def result(self) -> Verification:
        if self.batch is not None and self.batch[0] < self.batch[1]:
            number, seal, set_clock, found = self.before_batch
            problem = f"起的一批只写了 {self.number - number} 条，没有写完，不算入台账"
            self.notice("torn", problem, at=number + 1)
            self.number, self.seal, self.set_clock, self.found = number, seal, set_clock, found
        empty = self.number == 0 and self.expect == GENESIS
        if self.base.seq and self.sealed:
            self.notice("sealed", f"起第 1 至 {self.base.seq} 条已归档，归档文件不在这里，没有核对", at=1)
        elif self.base.seq:
            self.findings.append(Finding(1, "missing", f"起缺少第 1 至 {self.base.seq} 条", is_break=True))
        return Verification(
            entries=self.number,
            head=self.seal,
            findings=tuple(self.findings),
            set_clock=self.set_clock,
            expect_found=None if self.expect is None else self.found or empty,
        )

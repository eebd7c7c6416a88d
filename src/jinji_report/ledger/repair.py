"""修复: a ledger that does not hold is set aside whole, and a new one that holds is made of what can be read.

Nothing is destroyed. The lines up to the first break stay byte for byte, so that old heads up to there
still hold; then an entry tells what was found and where the old file lies; behind it come the entries
that can still be read, bound anew, each with where it stood (`was`). What cannot be read is in the old
file alone, and named.
"""

import stat
import sys
from collections.abc import Callable, Iterator
from glob import escape as glob_escape
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinji_report.errors import EXIT_LEDGER, JinjiError
from jinji_report.ledger.beside import blocks_of, name_aside, set_aside, write_beside
from jinji_report.ledger.check import Check
from jinji_report.ledger.journal import Journal
from jinji_report.ledger.seal import EMPTY, Seal, digest
from jinji_report.ledger.segments import SEALED_FOLDER, segments
from jinji_report.ledger.verification import MOST_OF_A_KIND, Finding
from jinji_report.model.entry import Entry, NewEntry, NotAnEntry


class SealedBroken(JinjiError):
    """A sealed file does not hold. It is not written any more, and the ledger goes on from it."""

    exit_code = EXIT_LEDGER

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(
            f"{where}{problem}：这是归档文件，修复不改归档文件，没有写入。",
            remedy="请从备份找回同名的归档文件放回 archive 文件夹，再运行 jinji ledger verify。",
        )


class Damage:
    """What is wrong, and what is to be done about it.

    `breaks`: of the file that is written to; `torn`: bytes at its end that were never entered;
    `exposed`: what others can get at. Of a broken file, which goes on from `base`: the first `kept`
    lines, `size` bytes, stay, with the entries `ids`, and end at `seal`; `sha256` is that of the whole
    file, `aside` where it goes, `bound` how many entries are bound anew, `left_out` the lines that
    cannot be taken over.
    """

    __slots__ = (
        "aside",
        "base",
        "bound",
        "breaks",
        "exposed",
        "ids",
        "kept",
        "left_out",
        "path",
        "seal",
        "sha256",
        "size",
        "torn",
    )

    def __init__(self, path: Path) -> None:
        self.path = path
        self.breaks: tuple[Finding, ...] = ()
        self.exposed: list[Path] = []
        self.torn = 0
        self.kept = 0
        self.size = 0
        self.base = EMPTY
        self.seal = EMPTY
        self.ids: set[str] = set()
        self.sha256 = ""
        self.aside: Path | None = None
        self.bound = 0
        self.left_out: list[tuple[int, str]] = []

    def __bool__(self) -> bool:
        return bool(self.breaks or self.torn or self.exposed)

    @property
    def data(self) -> dict[str, Any]:
        """What the entry 修复 says of a broken file."""
        return {
            "file": "" if self.aside is None else self.aside.name,
            "sha256": self.sha256,
            "kept": self.kept,
            "bound": self.bound,
            "left_out": len(self.left_out),
            "lines_left_out": [
                {"line": line, "problem": problem} for line, problem in self.left_out[:MOST_OF_A_KIND]
            ],
            "breaks": [{"line": f.line, "code": f.code, "problem": f.problem} for f in self.breaks],
        }


def look(journal: Journal, stamp: str) -> Damage:
    """What is wrong with the ledger; nothing is written. `stamp` goes into the name of what is set aside.

    Raises SealedBroken, and what the store raises where it cannot be read at all.
    """
    journal.guarded = False
    damage = Damage(journal.path)
    damage.exposed = _exposed(damage.path)
    if not damage.path.exists():
        return damage
    result = journal.verify()
    for finding in result.breaks:
        if finding.file:
            raise SealedBroken(finding.where, finding.problem)
    damage.breaks = result.breaks
    if not damage.breaks:
        with journal.reading() as (path, file):
            if file is not None:
                damage.torn = path.stat().st_size - journal.whole_in(path, file)[0]
        return damage
    damage.base = EMPTY if result.counts["missing"] else segments(damage.path)[-1].base
    _up_to_the_break(damage, drill=journal.drill)
    damage.bound = sum(1 for _ in _readable(damage, drill=journal.drill))
    whole = sha256()
    for block in blocks_of(damage.path):
        whole.update(block)
    damage.sha256 = whole.hexdigest()
    damage.aside = name_aside(damage.path, stamp)
    return damage


def mend(journal: Journal, stamp: str, entry: Callable[[Damage], NewEntry]) -> Damage:
    """Do what `look` says is to be done, and say what it was. `entry` makes the 修复 of it.

    Raises as `look` does, StoreBusy, StoreUnwritable.
    """
    journal.guarded = False
    with journal.locked("没有修复完，原来的台账还在，没有丢失任何条目") as path:
        damage = look(journal, stamp)
        for each in damage.exposed:
            each.chmod(stat.S_IMODE(each.stat().st_mode) & 0o700)
        if damage.breaks:
            _write_anew(damage, entry(damage), drill=journal.drill)
        elif damage.torn:
            journal.append_locked(path, [], journal.head().head)
    return damage


def _exposed(path: Path) -> list[Path]:
    """What others can get at: the folder, the ledger and what belongs to it, the sealed years."""
    folder = path.parent
    if sys.platform == "win32" or not folder.is_dir():
        return []
    own = [*folder.glob(f"{glob_escape(path.name)}*"), *(folder / SEALED_FOLDER).glob("*.jsonl")]
    found = [folder] if stat.S_IMODE(folder.stat().st_mode) & 0o007 else []
    return found + [one for one in sorted(own) if stat.S_IMODE(one.stat().st_mode) & 0o077]


def _up_to_the_break(damage: Damage, *, drill: bool) -> None:
    """Find how far the file holds, in whole batches, and which entries stand there."""
    check = Check(None, damage.base, drill=drill)
    check.begin()
    damage.seal = damage.base
    batch: list[str] = []
    offset = 0
    with open(damage.path, "rb") as file:
        for number, raw in enumerate(file, 1):
            check.take(raw)
            if any(finding.is_break for finding in check.findings) or raw[-1:] != b"\n":
                return
            check.findings.clear()
            offset += len(raw)
            batch.append(Entry.from_line(raw[:-1]).id)
            if check.batch is None or check.batch[0] == check.batch[1]:
                damage.kept, damage.size, damage.seal = number, offset, Seal(check.seq, check.head)
                damage.ids.update(batch)
                batch.clear()


def _readable(damage: Damage, *, drill: bool) -> Iterator[tuple[Entry, bytes]]:
    """The entries behind the part that holds that can be taken over, with their lines; notes the others."""
    damage.left_out = []
    ids = set(damage.ids)
    batch: list[tuple[int, Entry, bytes]] = []
    with open(damage.path, "rb") as file:
        file.seek(damage.size)
        for number, raw in enumerate(file, damage.kept + 1):
            try:
                entry = _taken_over(raw, ids, drill=drill)
            except NotAnEntry as error:
                damage.left_out.append((number, str(error)))
                continue
            ids.add(entry.id)
            if batch and (entry.batch is None or batch[-1][1].batch != (entry.batch[0] - 1, entry.batch[1])):
                yield from (known[1:] for known in batch)  # a batch with a hole: the rest of it was entered
                batch.clear()
            batch.append((number, entry, raw[:-1]))
            if entry.batch is None or entry.batch[0] == entry.batch[1]:
                yield from (known[1:] for known in batch)
                batch.clear()
    # A batch that the file ends in the middle of was never entered.
    damage.left_out += [(number, "所在的一批没有写完，从未记入") for number, _, _ in batch]


def _taken_over(raw: bytes, ids: set[str], *, drill: bool) -> Entry:
    """The entry of the line. Raises NotAnEntry, with the reason why the line is left out."""
    if raw[-1:] != b"\n":
        raise NotAnEntry("没有写完")
    entry = Entry.from_line(raw[:-1])
    if entry.drill is not drill:
        raise NotAnEntry("是演练的条目" if entry.drill else "不是演练的条目")
    if entry.id in ids:
        raise NotAnEntry("与前面的一条编号相同")
    try:
        entry.to_line()
    except ValueError:
        raise NotAnEntry("的内容不能照样写出") from None
    return entry


def _write_anew(damage: Damage, told: NewEntry, *, drill: bool) -> None:
    aside = damage.aside
    assert aside is not None

    def look_over(written: Path) -> None:
        check = Check(None, damage.base, drill=drill)
        check.begin()
        with open(written, "rb") as file:
            check.read(file)
        check.refuse_broken(written)
        set_aside(damage.path, aside)

    write_beside(damage.path, _new_lines(damage, told, drill=drill), check=look_over)


def _new_lines(damage: Damage, told: NewEntry, *, drill: bool) -> Iterator[bytes]:
    yield from blocks_of(damage.path, 0, damage.size)
    line = told.placed(damage.seal.seq + 1, damage.seal.head, drill=drill).to_line()
    yield line + b"\n"
    seq = damage.seal.seq + 1
    for entry, old in _readable(damage, drill=drill):
        was = {"seq": entry.seq, "line": digest(old)}
        seq += 1
        entry.extra = {
            **entry.extra,
            "was": {**was, "was": entry.extra["was"]} if "was" in entry.extra else was,
        }
        entry.seq, entry.prev, entry.batch = seq, digest(line), None
        line = entry.to_line()
        yield line + b"\n"

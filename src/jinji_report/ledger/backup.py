"""备份: the whole log in one plain ledger file, as it is at one moment, while others go on writing.

It is written beside its place, brought to disk, verified, and only then moved there. What lies there
already gives way only to a backup that says the same and more.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, ClassVar

from jinji_report.errors import EXIT_NO, JinjiError, LedgerBroken, UnusableInput
from jinji_report.files import cause_of
from jinji_report.ledger.beside import blocks_of, name_aside, set_aside, write_beside
from jinji_report.ledger.check import Check
from jinji_report.ledger.journal import Journal
from jinji_report.ledger.seal import Seal
from jinji_report.ledger.segments import Segment, segments
from jinji_report.ledger.store import Tell

_BLOCK = 1 << 20


class BackupKept(JinjiError):
    """The backup that lies there says more than the ledger, or something else: it stays."""

    exit_code: ClassVar[int] = EXIT_NO


class Backup:
    """A backup that was made: where, how far it goes, and what became of the file that lay there before.

    `missing`: how many of the first entries were sealed and taken elsewhere, and so are not in it.
    `aside`: the new name of a broken file that lay there.
    """

    __slots__ = ("aside", "missing", "path", "seal", "size")

    def __init__(self, path: Path, seal: Seal, size: int, missing: int, aside: Path | None) -> None:
        self.path = path
        self.seal = seal
        self.size = size
        self.missing = missing
        self.aside = aside


class _Source:
    """The bytes of the log up to its last whole batch, file by file."""

    def __init__(self, files: tuple[Segment, ...], live: BinaryIO, size: int) -> None:
        self.files = files
        self.live = live
        self.live_size = size
        self.size = files[-1].start + size

    def blocks(self, tell: Tell | None = None) -> Iterator[bytes]:
        done = 0
        for segment in self.files[:-1]:
            for block in blocks_of(segment.path, 0, segment.size):
                done += len(block)
                yield block
        self.live.seek(0)
        left = self.live_size
        while left > 0 and (block := self.live.read(min(left, _BLOCK))):
            left -= len(block)
            done += len(block)
            if tell is not None:
                tell(done, self.size)
            yield block


def back_up(journal: Journal, target: Path, stamp: str) -> Backup:
    """Write the whole log to the file `target`. `stamp` goes into the name of a broken file set aside there.

    Raises UnusableInput where that is no place for it, BackupKept where what lies there is worth more,
    LedgerBroken where the log does not hold, and what the store raises.
    """
    with _refusals(target):
        _refuse_place(journal, target)
    with journal.reading() as (path, live):
        files = segments(path, live)
        size, seal = (0, files[-1].base) if live is None else journal.whole_in(path, live)
        if live is None or not seal.seq:
            raise UnusableInput("台账里还没有条目，不用备份。", remedy="有了登记再备份。")
        source = _Source(files, live, size)
        base = files[0].base

        def look_over(written: Path) -> None:
            check = Check(None, base, drill=journal.drill)
            check.begin()
            with open(written, "rb") as file:
                check.read(file)
            check.refuse_broken(path)
            if check.head != seal.head:
                raise LedgerBroken(path, check.number, "写到备份后与原来的不同")
            if aside is not None:
                set_aside(target, aside)

        with _refusals(target):
            aside = name_aside(target, stamp) if _is_broken(target, source, drill=journal.drill) else None
            write_beside(target, source.blocks(journal.tell), check=look_over)
        return Backup(target, seal, source.size, base.seq, aside)


@contextmanager
def _refusals(target: Path) -> Iterator[None]:
    """What the system refuses, as a sentence."""
    try:
        yield
    except (OSError, ValueError) as error:
        why = cause_of(error) if isinstance(error, OSError) else "路径不对"
        raise UnusableInput(
            f"备份 {target} 写不了（{why}），原来那里的文件没有动。",
            remedy="检查路径、权限和磁盘空间，或换一个地方。",
        ) from error


def _refuse_place(journal: Journal, target: Path) -> None:
    """Two ledgers in one folder would leave nobody knowing which is meant. Raises OSError, ValueError."""
    home = journal.folder.resolve()
    place = target.resolve()
    if target.suffix == ".jsonl" and (
        place.is_relative_to(home) or (journal.drill and place.parent == home.parent)
    ):
        raise UnusableInput(
            f"{target} 在数据文件夹里，再放一个台账文件会分不清用哪一个。",
            remedy="请备份到别的文件夹，最好是另一块磁盘或优盘。",
        )
    if target.exists() and not target.is_file():
        raise UnusableInput(f"{target} 不是普通文件，不能放备份。", remedy="请写一个文件名或文件夹。")
    if not target.parent.is_dir():
        raise UnusableInput(f"没有 {target.parent} 这个文件夹。", remedy="先建好文件夹，或换一个地方。")


def _is_broken(target: Path, source: _Source, *, drill: bool) -> bool:
    """Whether a broken backup of this ledger lies there. Raises UnusableInput, BackupKept, OSError."""
    if not target.exists() or target.stat().st_size == 0:
        return False
    same, line = _in_common(target, source)
    if same == target.stat().st_size:
        return False
    if line == 1:
        raise UnusableInput(
            f"{target} 不是这本台账的备份（第一行就不同），没有覆盖。", remedy="请换一个文件名或文件夹。"
        )
    check = Check(None, source.files[0].base, drill=drill)
    check.begin()
    with open(target, "rb") as file:
        check.read(file)
    if any(finding.is_break for finding in check.findings) or check.result().counts["torn"]:
        return True
    if same == source.size:
        raise BackupKept(
            f"{target} 里有 {check.number} 条，比台账还多，没有覆盖。",
            remedy="台账末尾可能被截去，请用 jinji ledger verify --expect 核对以前记下的链头；备份请另起文件名。",
        )
    raise BackupKept(
        f"{target} 从第 {line} 行起与台账不同，没有覆盖。",
        remedy="两边各自完整，说不准以哪个为准：请都留着，备份另起文件名。",
    )


def _in_common(target: Path, source: _Source) -> tuple[int, int]:
    """How many bytes both begin with, and the line (from 1) in which they differ or one ends."""
    same, line = 0, 1
    with open(target, "rb") as file:
        for block in source.blocks():
            other = file.read(len(block))
            if other != block:
                pairs = enumerate(zip(block, other, strict=False))
                differs = next((place for place, (ours, its) in pairs if ours != its), len(other))
                return same + differs, line + block.count(b"\n", 0, differs)
            same += len(block)
            line += block.count(b"\n")
    return same, line

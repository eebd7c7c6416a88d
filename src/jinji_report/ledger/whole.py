"""The check of a ledger in files: the sealed years, the file that is written to, and what lies beside them."""

from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from jinji_report.ledger.check import Check
from jinji_report.ledger.segments import SEALED_FOLDER, Segment, left_out, segments
from jinji_report.ledger.store import Tell
from jinji_report.ledger.verification import Finding, Verification

_AT_A_TIME = 1 << 20  # bytes


def verify_files(
    path: Path, live: BinaryIO | None, expect: str | None, *, drill: bool, tell: Tell | None = None
) -> Verification:
    """Check the ledger whose last file is `path`, open as `live` or not there. See `store.Store.verify`.

    Raises OSError for a file that cannot be read.
    """
    files = segments(path, live)
    size = 0 if live is None else live.seek(0, 2)
    progress = _Progress(tell, files[-1].start + size)
    check = Check(expect, files[0].base, drill=drill)
    for segment in files[:-1]:
        check.begin(sealed_name(segment.path))
        with open(segment.path, "rb") as file:
            _read(check, file, progress)
    check.begin()
    if live is not None:
        live.seek(0)
        _read(check, live, progress)
    _look_beside(check, path, files)
    return check.result()


def sealed_name(path: Path) -> str:
    """`archive/ledger-2025.jsonl`, as it is called in findings and answers."""
    return f"{SEALED_FOLDER}/{path.name}"


class _Progress:
    __slots__ = ("done", "tell", "total")

    def __init__(self, tell: Tell | None, total: int) -> None:
        self.tell = tell
        self.total = total
        self.done = 0


def _read(check: Check, file: BinaryIO, progress: _Progress) -> None:
    while lines := file.readlines(_AT_A_TIME):
        check.read(lines)
        progress.done += sum(map(len, lines))
        if progress.tell is not None:
            progress.tell(progress.done, progress.total)


def _look_beside(check: Check, path: Path, files: tuple[Segment, ...]) -> None:
    """Say what lies among the sealed files without leading up to the ledger.

    One that says the same as the ledger's first lines was sealed, and its lines were not taken out
    yet. One that 归档 names, or that may be the part which is missing, was altered.
    """
    number = files[-1].base.seq + 1
    for stray in left_out(path, files):
        file = sealed_name(stray)
        if begins_with(path, stray):
            told, is_break = ("unfinished", "起的各条台账里也有，归档没有做完，再归档一次即可"), False
        elif stray.name in check.sealed or files[0].base.seq:
            told, is_break = ("stray", "起接不上台账，可能被改动或截断"), True
        else:
            told, is_break = ("foreign", "起不属于本台账，没有核对"), False
        check.add(Finding(1, *told, is_break=is_break, file=file, number=number))


def begins_with(path: Path, other: Path) -> bool:
    """Whether the file begins with all the bytes of the `other`, which are not none."""
    with suppress(FileNotFoundError), open(path, "rb") as whole, open(other, "rb") as part:
        while block := part.read(_AT_A_TIME):
            if whole.read(len(block)) != block:
                return False
        return part.tell() > 0
    return False

"""The files that one log lies in: years that were sealed (归档), and the file that is written to.

Each goes on where the one before ends: its first line carries the hash of the last line there. A
sealed file that was taken elsewhere is missed, not needed: what lies here still reads and binds.
A place is where a line begins, counted in bytes from the first line that lies here; sealing a year
moves lines to another file, and no line to another place.
"""

import os
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from jinji_report.ledger.seal import EMPTY, GENESIS, Seal, digest
from jinji_report.model.entry import Entry, NotAnEntry

SEALED_FOLDER = "archive"

_HEAD = 1 << 16


class Segment:
    """One file of the log: its lines go on from `base`, and begin at the place `start`.

    `size` is None for the file that is still written to.
    """

    __slots__ = ("base", "path", "size", "start")

    def __init__(self, path: Path, base: Seal, start: int, size: int | None) -> None:
        self.path = path
        self.base = base
        self.start = start
        self.size = size


def base_of(path: Path) -> Seal | None:
    """What the first line of the file goes on from; None where there is no whole first line, or it is no entry.

    Raises OSError for a file that cannot be read.
    """
    with open(path, "rb") as file:
        return base_in(file)


def base_in(file: BinaryIO) -> Seal | None:
    """As `base_of`, for a file that is open, at its beginning."""
    line = file.readline()
    if not line.endswith(b"\n"):
        return None
    try:
        first = Entry.from_line(line[:-1])
    except NotAnEntry:
        return None
    if first.seq == 1 or first.prev == GENESIS:
        return EMPTY
    return Seal(first.seq - 1, first.prev)


def segments(live: Path, opened: BinaryIO | None = None) -> tuple[Segment, ...]:
    """The files of the log whose last is `live`, oldest first; those that do not lead up to it are left out.

    A file that was sealed while the same lines still stood in `live` (the move was cut off) is left out too.
    `opened` is `live` as its reader has it open, so that sealing meanwhile does not mix two pictures.
    """
    if opened is None:
        base = _base_if_there(live)
    else:
        opened.seek(0)
        base = base_in(opened)
        opened.seek(0, os.SEEK_END)  # nothing of it stays buffered, for the store also reads past the buffer
    if base is not None and base.seq == 0:
        return (Segment(live, base, 0, None),)
    sealed = _sealed(live.parent / SEALED_FOLDER)
    if (
        base is None
    ):  # nothing was written since, or that cannot be read; it goes on where the last sealed file ends
        base = max(sealed, key=lambda seal: seal.seq, default=EMPTY)
    chain: list[tuple[Path, Seal]] = []
    wanted = base
    while wanted.seq and wanted in sealed:
        path, before = sealed[wanted]
        chain.append((path, before))
        wanted = before
    found, start = [], 0
    for path, before in reversed(chain):
        size = path.stat().st_size
        found.append(Segment(path, before, start, size))
        start += size
    return (*found, Segment(live, base, start, None))


def left_out(live: Path, files: Sequence[Segment]) -> list[Path]:
    """What lies among the sealed files and is none of `files`, which `segments` gave."""
    known = {segment.path for segment in files}
    return [path for path in _ledgers_in(live.parent / SEALED_FOLDER) if path not in known]


def within(files: Sequence[Segment], place: int) -> Segment:
    """The file in which the place lies."""
    return files[bisect_right([segment.start for segment in files], place) - 1]


def _base_if_there(live: Path) -> Seal | None:
    try:
        return base_of(live)
    except FileNotFoundError:
        return None


def _sealed(folder: Path) -> dict[Seal, tuple[Path, Seal]]:
    """The sealed files by the seal of their last line: the path, and what they go on from."""
    found = {}
    for path in _ledgers_in(folder):
        base, end = base_of(path), end_of(path)
        if base is not None and end is not None and end.seq > base.seq:
            found[end] = path, base
    return found


def _ledgers_in(folder: Path) -> Iterator[Path]:
    try:
        names = sorted(os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    for name in names:
        if name.endswith(".jsonl") and name[0] != ".":
            yield folder / name


def end_of(path: Path) -> Seal | None:
    """The seal of the last whole line; None where it is no entry."""
    with open(path, "rb") as file:
        size = file.seek(0, os.SEEK_END)
        window = _HEAD
        while True:
            start = max(0, size - window)
            file.seek(start)
            lines = file.read(size - start).split(b"\n")
            if len(lines) > 2 or start == 0:
                break
            window *= 4
    if len(lines) < 2:
        return None
    try:
        return Seal(Entry.from_line(lines[-2]).seq, digest(lines[-2]))
    except NotAnEntry:
        return None

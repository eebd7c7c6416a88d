"""A ledger file that is written anew: whole beside its place, on disk, looked over, and only then moved there.

Whatever breaks off, what stood at the place before stands there still.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from jinji_report.errors import StoreBusy
from jinji_report.files import clear_leftovers
from jinji_report.ledger.ground import sync_folder

_BINARY: int = getattr(os, "O_BINARY", 0)
_BLOCK = 1 << 20
_NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)


def write_beside(
    path: Path, blocks: Iterable[bytes], *, mode: int = 0o600, check: Callable[[Path], None] | None = None
) -> None:
    """Bring `blocks` to stand at `path`. `check` is given the file before it is moved, and may raise.

    Raises OSError, StoreBusy where another program keeps the file that is to be replaced, what `check` raises.
    """
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    beside.unlink(missing_ok=True)
    clear_leftovers(path.parent, path.name)
    try:
        fd = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | _BINARY, mode)
        with os.fdopen(fd, "wb") as file:
            for block in blocks:
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        if check is not None:
            check(beside)
        _move(beside, path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    sync_folder(path.parent)


def _move(beside: Path, path: Path) -> None:
    try:
        os.replace(beside, path)
    except PermissionError as error:  # Windows lets nobody replace a file that somebody has open
        raise StoreBusy(
            f"{path} 正被别的程序打开，没能换上新文件，原来的没有动。",
            remedy="请关掉正在读它的程序（包括别的终端里的 jinji），再运行一次本命令。",
        ) from error


def name_aside(path: Path, stamp: str) -> Path:
    """`NAME.damaged-STAMP`, or the next such name that is free or is the same file already."""
    number, aside = 1, path.with_name(f"{path.name}.damaged-{stamp}")
    while aside.exists() and not os.path.samefile(path, aside):
        number += 1
        aside = path.with_name(f"{path.name}.damaged-{stamp}-{number}")
    return aside


def set_aside(path: Path, aside: Path) -> None:
    """Give the file a second name, under which it stays when its place is taken. Raises OSError."""
    if aside.exists():  # a run that broke off here
        return
    try:
        os.link(path, aside)
    except OSError:  # a file system without second names
        write_beside(aside, blocks_of(path))
    sync_folder(path.parent)


def blocks_of(path: Path, start: int = 0, end: int | None = None) -> Iterator[bytes]:
    """The bytes of the file from `start` up to `end`, or all that follow."""
    with open(path, "rb") as file:
        left = (os.fstat(file.fileno()).st_size if end is None else end) - start
        file.seek(start)
        while left > 0 and (block := file.read(min(left, _BLOCK))):
            left -= len(block)
            yield block

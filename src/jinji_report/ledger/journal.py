"""The ledger file: one JSON record a line, each bound to the line before by its hash.

Appending is the only way to write. A batch is on disk whole before `append` returns, or not
there at all, and two desks never write at once. Reading needs no lock: bytes that were once
whole never change, and an unwritten end is passed over. What a record means is not known here.
"""

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from jinji_report.errors import HeadMoved, JinjiError, LedgerBroken, StoreUnwritable
from jinji_report.files import cause_of
from jinji_report.ledger.lock import WAIT_SECONDS, Lock
from jinji_report.ledger.seal import EMPTY, GENESIS, Seal, digest
from jinji_report.ledger.verification import Verification, verify
from jinji_report.model.entry import Entry, NewEntry, NotAnEntry

DEFAULT_NAME = "ledger.jsonl"

_BINARY: int = getattr(os, "O_BINARY", 0)  # else Windows would end the lines in \r\n
_WINDOW = 1 << 13
_NARROW = 1 << 16

_CAUSES = {
    errno.ENOSPC: ("磁盘已满", "请清理磁盘空间后再运行一次本命令。"),
    errno.EACCES: ("没有权限", "请检查台账文件夹及其中文件的权限，改正后再运行一次本命令。"),
    errno.EPERM: ("没有权限", "请检查台账文件夹及其中文件的权限，改正后再运行一次本命令。"),
    errno.EROFS: ("磁盘是只读的", "请把台账文件夹换到可写的磁盘上。"),
    errno.ENOTDIR: ("文件夹的位置上是一个文件", "请换一个台账文件夹，或移走同名文件。"),
    errno.EEXIST: ("文件夹的位置上是一个文件", "请换一个台账文件夹，或移走同名文件。"),
    errno.EISDIR: ("文件的位置上是一个文件夹", "请换一个台账文件夹，或移走同名文件夹。"),
    errno.EIO: ("磁盘读写出错", "请检查磁盘和连线，确认无误后再运行一次本命令。"),
}


class SeveralLedgers(JinjiError):
    """A folder holds more than one ledger file, and nothing says which is meant."""

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        super().__init__(
            f"{folder} 中有 {len(names)} 个台账文件（{'、'.join(names)}），无法确定用哪一个。",
            remedy="请只保留一个 .jsonl 文件，把其余的移到别的文件夹。",
        )


class Journal:
    """The store in a folder; see `store.Store` for what its methods promise.

    The ledger is the one `*.jsonl` in `folder`, or `ledger.jsonl` where there is none yet. A
    folder or file that is missing is an empty ledger. `wait` is in seconds, for the lock.
    """

    def __init__(self, folder: Path, *, wait: float = WAIT_SECONDS) -> None:
        self.folder = folder
        self.wait = wait
        self.notices: list[str] = []

    @property
    def path(self) -> Path:
        """The ledger file, whether or not it is there yet. Raises SeveralLedgers."""
        with _failures_of(self.folder, "打不开"):
            try:
                names = os.listdir(self.folder)
            except FileNotFoundError:
                names = []
        ledgers = sorted(name for name in names if name.endswith(".jsonl") and name[0] != ".")
        if len(ledgers) > 1:
            raise SeveralLedgers(self.folder, ledgers)
        return self.folder / (ledgers[0] if ledgers else DEFAULT_NAME)

    def append(self, entries: Sequence[NewEntry], expected_head: str) -> Seal:
        with _failures_of(self.folder, "写不进去，本次没有记入任何条目"):
            _make_folder(self.folder)
            path = self.path
            with Lock(path.with_name(f"{path.name}.lock"), self.wait):
                fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _BINARY, 0o600)
                try:
                    return self._append(path, fd, entries, expected_head)
                finally:
                    os.close(fd)

    def _append(self, path: Path, fd: int, entries: Sequence[NewEntry], expected_head: str) -> Seal:
        end = _find_end(path, fd)
        if end.seal.head != expected_head:
            raise HeadMoved
        lines, seal = _chained(entries, end.seal)
        if end.torn:
            self._set_aside(path, fd, end)
        if end.offset == 0:
            _sync_folder(path.parent)
        _write_whole(fd, lines, end.offset)
        return seal

    def since(self, seq: int) -> Iterator[Entry]:
        with self._reading() as (path, file):
            if file is None:
                return
            end = self._end_of(path, file)
            if end.seal.seq <= seq:
                return
            offset, number = _place_before(file, end.offset, seq)
            file.seek(offset)
            while offset < end.offset:
                raw = file.readline()
                offset += len(raw)
                entry = _entry(path, raw[:-1], number)
                if entry.seq != number:
                    raise LedgerBroken(path, number, f"的序号是 {entry.seq}")
                if number > seq:
                    yield entry
                number += 1

    def head(self) -> Seal:
        with self._reading() as (path, file):
            return EMPTY if file is None else self._end_of(path, file).seal

    def verify(self, expect: str | None = None) -> Verification:
        with self._reading() as (_, file):
            return verify(() if file is None else file, expect)

    @contextmanager
    def _reading(self) -> Iterator[tuple[Path, BufferedReader | None]]:
        path = self.path
        with _failures_of(path, "打不开"):
            try:
                file = open(path, "rb")  # noqa: SIM115 - closed below, once it is known to be there
            except FileNotFoundError:
                file = None
        if file is None:
            yield path, None
            return
        with file, _failures_of(path, "读不出来"):
            yield path, file

    def _end_of(self, path: Path, file: BufferedReader) -> "_End":
        end = _find_end(path, file.fileno())
        if end.torn:
            self._note(
                f"{path} 末尾有 {end.torn} 字节没有写完（写入中断，或另一台终端正在写入），本次不读这一段。"
            )
        return end

    def _set_aside(self, path: Path, fd: int, end: "_End") -> None:
        """Keep the torn end in a file beside the ledger, on disk, before the ledger lets go of it."""
        aside = path.with_name(f"{path.name}.torn")
        torn = _read(fd, end.offset, end.torn)
        kept = os.open(aside, os.O_RDWR | os.O_CREAT | os.O_APPEND | _BINARY, 0o600)
        try:
            size = os.fstat(kept).st_size
            _write_whole(kept, torn if torn.endswith(b"\n") else torn + b"\n", size)
        finally:
            os.close(kept)
        _sync_folder(path.parent)
        os.ftruncate(fd, end.offset)
        self._note(
            f"{path} 末尾有 {end.torn} 字节是上次没有写完的内容，从未记入台账，已移到 {aside.name} 保存。"
        )

    def _note(self, notice: str) -> None:
        if notice not in self.notices:
            self.notices.append(notice)


class _End:
    """Where the whole batches end: the `offset` behind the last, its `seal`, the `torn` bytes after it."""

    __slots__ = ("offset", "seal", "torn")

    def __init__(self, offset: int, seal: Seal, torn: int) -> None:
        self.offset = offset
        self.seal = seal
        self.torn = torn


def _find_end(path: Path, fd: int) -> _End:
    """Look back from the end of the file, ever further, until the last whole batch shows.

    The window is read anew each time it grows, so that one picture of the file is judged.
    """
    window = _WINDOW
    while True:
        size = os.fstat(fd).st_size
        start = max(0, size - window)
        try:
            end = _end_within(_read(fd, start, size - start), from_the_top=start == 0)
        except _Misfit as misfit:
            number = _read(fd, 0, start + misfit.offset).count(b"\n") + 1
            raise LedgerBroken(path, number, str(misfit)) from None
        if end is not None:
            return _End(start + end.offset, end.seal, end.torn)
        window *= 4


class _Misfit(Exception):
    """The line that begins at `offset` cannot stand where it stands."""

    def __init__(self, offset: int, why: str) -> None:
        super().__init__(why)
        self.offset = offset


def _end_within(block: bytes, *, from_the_top: bool) -> _End | None:
    """The end of the whole batches in `block`, the end of a file; None where it begins too late to tell.

    Lines of a batch that was cut off are passed over, upwards to its first. They must be what a
    write that broke off leaves, bound to each other and to the line above: nothing else is let go.
    """
    offset = block.rfind(b"\n") + 1
    left = count = 0
    bond: str | None = None  # what the cut-off line below says of the line above it
    while offset or from_the_top:
        if offset == 0:
            if left or bond not in (None, GENESIS):
                raise _Misfit(0, "之前缺少条目")
            return _End(0, EMPTY, len(block))
        begin = block.rfind(b"\n", 0, offset - 1) + 1
        if begin == 0 and not from_the_top:
            break
        line = block[begin : offset - 1]
        try:
            entry = Entry.from_line(line)
        except NotAnEntry as error:
            raise _Misfit(begin, str(error)) from None
        place, of = entry.batch or (1, 1)
        if bond not in (None, digest(line)) or (left and (place, of) != (left, count)):
            raise _Misfit(offset, "与上一行对不上")
        if not left:
            if place == of:
                return _End(offset, Seal(entry.seq, digest(line)), len(block) - offset)
            if bond is not None:
                raise _Misfit(begin, "所在的一批缺少后面的条目")
            count = of
        left, bond, offset = place - 1, entry.prev, begin
    return None


def _place_before(file: BufferedReader, end: int, seq: int) -> tuple[int, int]:
    """Where a line begins that is not behind the one after the `seq`-th, and that line's number.

    Found by halving, so that catching up on the last few of a million entries costs little.
    """
    low, number, high = 0, 1, end
    while high - low > _NARROW:
        file.seek((low + high) // 2)
        file.readline()
        begin = file.tell()
        if begin >= high:
            break
        try:
            entry = Entry.from_line(file.readline()[:-1])
        except NotAnEntry:
            break  # the reading from `low` on comes upon it and can say at which line
        if entry.seq > seq:
            high = begin
        else:
            low, number = begin, entry.seq
    return low, number


def _chained(entries: Sequence[NewEntry], seal: Seal) -> tuple[bytes, Seal]:
    """The lines that carry `entries` on from `seal`, and the seal behind them."""
    count = len(entries)
    lines = []
    for place, new in enumerate(entries, 1):
        batch = (place, count) if count > 1 else None
        line = new.placed(seal.seq + 1, seal.head, batch).to_line()
        lines.append(line + b"\n")
        seal = Seal(seal.seq + 1, digest(line))
    return b"".join(lines), seal


def _entry(path: Path, line: bytes, number: int) -> Entry:
    try:
        return Entry.from_line(line)
    except NotAnEntry as error:
        raise LedgerBroken(path, number, str(error)) from None


def _write_whole(fd: int, data: bytes, size: int) -> None:
    """Bring `data` to disk behind the first `size` bytes, or leave just these."""
    rest = memoryview(data)
    try:
        while rest:
            rest = rest[os.write(fd, rest) :]
        os.fsync(fd)
    except BaseException:  # Ctrl-C too must not leave half a batch
        try:
            os.ftruncate(fd, size)
            os.fsync(fd)
        except OSError as error:
            raise StoreUnwritable(
                f"台账写入中断（{_cause(error)[0]}），已写的部分未能撤回。",
                remedy="请先运行 jinji ledger verify 查看末尾，确认没有记入后再重录。",
            ) from None
        raise


def _read(fd: int, start: int, count: int) -> bytes:
    os.lseek(fd, start, os.SEEK_SET)
    parts = []
    while count > 0 and (part := os.read(fd, count)):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    if folder.parent != folder:
        _make_folder(folder.parent)
    try:
        folder.mkdir(0o700)
    except FileExistsError:
        if not folder.is_dir():  # another desk may just have made it
            raise
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    """Bring the names in a folder to disk, where the system has a way to."""
    if os.name != "posix":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some network file systems know no such thing
            raise
    finally:
        os.close(fd)


@contextmanager
def _failures_of(path: Path, what: str) -> Iterator[None]:
    """Say what the system refused, about which file, and what to do."""
    try:
        yield
    except OSError as error:
        cause, remedy = _cause(error)
        raise StoreUnwritable(f"{error.filename or path} {what}：{cause}。", remedy=remedy) from error


def _cause(error: OSError) -> tuple[str, str]:
    unknown = (cause_of(error), "请检查台账文件夹所在的磁盘，再运行一次本命令。")
    return _CAUSES.get(error.errno or 0, unknown)

"""The ledger file: one JSON record a line, each bound to the line before by its hash.

Appending is the only way to write. A batch is on disk whole before `append` returns, or not
there at all, and two desks never write at once. Reading needs no lock: bytes that were once
whole never change, and an unwritten end is passed over. What a record means is not known here,
but for one thing: each line of a drill says so, and what is of the other kind is refused (`drill`).
"""

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from io import BufferedReader
from pathlib import Path

from jinji_report.errors import HeadMoved, JinjiError, LedgerBroken, StoreUnwritable
from jinji_report.ledger.drill import WrongLedger, refuse_astray
from jinji_report.ledger.ground import cause_and_remedy, failures_of, make_folder, refuse_odd, sync_folder
from jinji_report.ledger.lock import WAIT_SECONDS, Lock
from jinji_report.ledger.privacy import refuse_exposed
from jinji_report.ledger.seal import GENESIS, Seal, digest
from jinji_report.ledger.segments import Segment, segments, within
from jinji_report.ledger.store import Tell
from jinji_report.ledger.verification import Verification
from jinji_report.model.entry import Entry, NewEntry, NotAnEntry

DEFAULT_NAME = "ledger.jsonl"

_BINARY: int = getattr(os, "O_BINARY", 0)  # else Windows would end the lines in \r\n
_WINDOW = 1 << 13
_NARROW = 1 << 16
_AFTER_YOU = 0.003  # seconds
_AT_ONCE = 1 << 20


class SeveralLedgers(JinjiError):
    """A folder holds more than one ledger file, and nothing says which is meant."""

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        super().__init__(
            f"{folder} 中有 {len(names)} 个台账文件（{'、'.join(names)}），无法确定用哪一个。",
            remedy="请只保留一个 .jsonl 文件，把其余的移到别的文件夹。",
        )


class Journal:
    """The store in a folder; see `store.Store` for what its methods promise.

    The ledger is the one `*.jsonl` in `folder`, or `ledger.jsonl` where there is none yet; years that
    were sealed lie in its folder `archive`. A folder or file that is missing is an empty ledger.
    `wait` is in seconds, for the lock. `drill`: it is a drill's own ledger, in a
    folder `drill`; DrillAstray is raised where that is a link.
    """

    def __init__(self, folder: Path, *, wait: float = WAIT_SECONDS, drill: bool = False) -> None:
        if drill:
            refuse_astray(folder)
        self.folder = folder
        self.wait = wait
        self.drill = drill
        self.guarded = (
            True  # a folder that others can enter is refused; who puts that right looks in all the same
        )
        self.notices: list[str] = []
        self.tell: Tell | None = None
        self._written: str | None = None  # the head that this one's last append made

    @property
    def path(self) -> Path:
        """The ledger file, whether or not it is there yet. Raises SeveralLedgers, StoreExposed."""
        with failures_of(self.folder, "打不开"):
            try:
                names = os.listdir(self.folder)
            except FileNotFoundError:
                refuse_odd(self.folder, "数据文件夹")
                names = []
            else:
                if self.guarded:
                    self._note(refuse_exposed(self.folder, names))
        ledgers = sorted(name for name in names if name.endswith(".jsonl") and name[0] != ".")
        if len(ledgers) > 1:
            raise SeveralLedgers(self.folder, ledgers)
        path = self.folder / (ledgers[0] if ledgers else DEFAULT_NAME)
        if ledgers:
            refuse_odd(path, "台账文件")
        return path

    @property
    def index_path(self) -> Path:
        path = self.path
        return path.with_name(f"{path.name}.index")

    def append(self, entries: Sequence[NewEntry], expected_head: str) -> Seal:
        with self.locked("写不进去，本次没有记入任何条目") as path:
            seal = self.append_locked(path, entries, expected_head)
        if self._written not in (None, expected_head):  # others write too, and have waited for this one
            time.sleep(_AFTER_YOU)
        self._written = seal.head
        return seal

    def append_locked(self, path: Path, entries: Sequence[NewEntry], expected_head: str) -> Seal:
        """As `append`, for who has `path` from `locked`."""
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _BINARY, 0o600)
        try:
            return self._append(path, fd, entries, expected_head)
        finally:
            # What was brought to disk stays there, whatever is said on closing.
            with suppress(OSError):
                os.close(fd)

    @contextmanager
    def locked(self, failing: str) -> Iterator[Path]:
        """The ledger file while nobody else can write to it. Raises StoreBusy, StoreUnwritable."""
        with failures_of(self.folder, failing):
            make_folder(self.folder)
            path = self.path
            with Lock(path.with_name(f"{path.name}.lock"), self.wait):
                yield path

    def _append(self, path: Path, fd: int, entries: Sequence[NewEntry], expected_head: str) -> Seal:
        end = _find_end(path, fd)
        if end.seal.head != expected_head:
            raise HeadMoved
        self._refuse_the_other_kind(path, end)
        lines, seal = _chained(entries, end.seal, drill=self.drill)
        if end.torn:
            self._set_aside(path, fd, end)
        if end.offset == 0:
            sync_folder(path.parent)
        _write_whole(fd, lines, end.offset)
        return seal

    def since(self, seq: int) -> Iterator[Entry]:
        for place, number, line, path in self._lines(seq):
            entry = _entry(path, line, number)
            if entry.seq != number:
                raise LedgerBroken(path, number, f"的序号是 {entry.seq}")
            entry.place = place
            yield entry

    def lines(self, seq: int) -> Iterator[tuple[int, bytes]]:
        for place, _, line, _ in self._lines(seq):
            yield place, line

    def at(self, places: Iterable[int]) -> Iterator[Entry]:
        with ExitStack() as opened, self.reading() as (path, live):
            files = segments(path, live)
            handles: dict[Path, BufferedReader] = {} if live is None else {path: live}
            for place in places:
                segment = within(files, place)
                file = handles.get(segment.path)
                if file is None:
                    file = handles[segment.path] = opened.enter_context(open(segment.path, "rb"))
                file.seek(place - segment.start)
                line = file.readline()
                try:
                    if not line.endswith(b"\n"):
                        raise NotAnEntry("读不出来")
                    entry = Entry.from_line(line[:-1])
                except NotAnEntry as error:
                    number = _line_at(file.fileno(), place - segment.start)
                    raise LedgerBroken(segment.path, number, str(error)) from None
                entry.place = place
                yield entry

    def head(self) -> Seal:
        with self.reading() as (path, file):
            return self._end_of(path, file).seal if file is not None else segments(path)[-1].base

    def whole_in(self, path: Path, file: BufferedReader) -> tuple[int, Seal]:
        """How many bytes of the file, as `reading` gave it, are whole batches, and the seal behind them.

        Raises LedgerBroken.
        """
        end = self._end_of(path, file)
        return end.offset, end.seal

    def verify(self, expect: str | None = None) -> Verification:
        from jinji_report.ledger.whole import verify_files

        with self.reading() as (path, live):
            return verify_files(path, live, expect, drill=self.drill, tell=self.tell)

    def _lines(self, seq: int) -> Iterator[tuple[int, int, bytes, Path]]:
        """Place, number, raw line without its newline and file of each line after the `seq`-th."""
        with self.reading() as (path, live):
            files = segments(path, live)
            if files[0].base.seq:
                self._note(f"第 1 至 {files[0].base.seq} 条不在 {path.parent}（已归档到别处，或被移走）。")
            for segment in files[:-1]:
                following = files[files.index(segment) + 1]
                if following.base.seq > seq:
                    with open(segment.path, "rb") as file:
                        yield from _lines_of(segment, file, segment.size or 0, seq)
            if live is not None:
                end = self._end_of(path, live)
                if end.seal.seq > seq:
                    yield from _lines_of(files[-1], live, end.offset, seq)

    @contextmanager
    def reading(self) -> Iterator[tuple[Path, BufferedReader | None]]:
        """The ledger file, and it opened; None where it is not there. Raises StoreUnwritable."""
        path = self.path
        with failures_of(path, "打不开"):
            try:
                file = open(path, "rb")  # noqa: SIM115 - closed below, once it is known to be there
            except FileNotFoundError:
                file = None
        if file is None:
            yield path, None
            return
        with file, failures_of(path, "读不出来"):
            yield path, file

    def _end_of(self, path: Path, file: BufferedReader) -> "_End":
        end = _find_end(path, file.fileno())
        self._refuse_the_other_kind(path, end)
        if end.torn:
            self._note(
                f"{path} 末尾有 {end.torn} 字节没有写完（写入中断，或另一台终端正在写入），本次不读这一段。"
            )
        return end

    def _refuse_the_other_kind(self, path: Path, end: "_End") -> None:
        if end.offset and end.drill != self.drill:
            raise WrongLedger(path, drill=self.drill)

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
        sync_folder(path.parent)
        os.ftruncate(fd, end.offset)
        self._note(
            f"{path} 末尾有 {end.torn} 字节是上次没有写完的内容，从未记入台账，已移到 {aside.name} 保存。"
        )

    def _note(self, notice: str) -> None:
        if notice and notice not in self.notices:
            self.notices.append(notice)


class _End:
    """Where the whole batches end: the `offset` behind the last, its `seal`, the `torn` bytes after it.

    `drill`: the last entry is one of a drill.
    """

    __slots__ = ("drill", "offset", "seal", "torn")

    def __init__(self, offset: int, seal: Seal, torn: int, *, drill: bool = False) -> None:
        self.offset = offset
        self.seal = seal
        self.torn = torn
        self.drill = drill


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
            raise LedgerBroken(path, _line_at(fd, start + misfit.offset), str(misfit)) from None
        if end is not None:
            if end.seal.seq == 0:
                return _End(0, _base_alone(path, end.seal.head), end.torn)
            return _End(start + end.offset, end.seal, end.torn, drill=end.drill)
        window *= 4


def _base_alone(path: Path, bond: str) -> Seal:
    """The seal of the log whose last file has no whole batch: that of the sealed files before it.

    `bond` is what the cut-off batch goes on from. Raises LedgerBroken where that is not there.
    """
    files = segments(path)
    if len(files) == 1 and bond != GENESIS:
        raise LedgerBroken(path, 1, "之前缺少条目")
    return files[-1].base


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
            if left:
                raise _Misfit(0, "之前缺少条目")
            return _End(0, Seal(0, bond or GENESIS), len(block))
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
                seal = Seal(entry.seq, digest(line))
                return _End(offset, seal, len(block) - offset, drill=entry.drill)
            if bond is not None:
                raise _Misfit(begin, "所在的一批缺少后面的条目")
            count = of
        left, bond, offset = place - 1, entry.prev, begin
    return None


def _lines_of(
    segment: Segment, file: BufferedReader, end: int, seq: int
) -> Iterator[tuple[int, int, bytes, Path]]:
    """The lines of one file after the `seq`-th of the log, up to the offset `end`."""
    offset, number = _place_before(file, end, seq, segment.base.seq + 1)
    file.seek(offset)
    while offset < end:
        raw = file.readline()
        if number > seq:
            yield segment.start + offset, number, raw[:-1], segment.path
        offset += len(raw)
        number += 1


def _place_before(file: BufferedReader, end: int, seq: int, first: int) -> tuple[int, int]:
    """Where a line begins that is not behind the one after the `seq`-th, and that line's number.

    `first` is the number of the file's first line. Found by halving, so that catching up on the last
    few of a million entries costs little.
    """
    low, number, high = 0, first, end
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


def _chained(entries: Sequence[NewEntry], seal: Seal, *, drill: bool) -> tuple[bytes, Seal]:
    """The lines that carry `entries` on from `seal`, and the seal behind them."""
    count = len(entries)
    lines = []
    for place, new in enumerate(entries, 1):
        batch = (place, count) if count > 1 else None
        line = new.placed(seal.seq + 1, seal.head, batch, drill=drill).to_line()
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
                f"台账写入中断（{cause_and_remedy(error)[0]}），已写的部分未能撤回。",
                remedy="请先运行 jinji ledger verify 查看末尾，确认没有记入后再重录。",
            ) from None
        raise


def _line_at(fd: int, offset: int) -> int:
    """The number within its file of the line that begins at `offset`, or of the last before it."""
    number, place = 1, 0
    while place < offset and (part := _read(fd, place, min(_AT_ONCE, offset - place))):
        number += part.count(b"\n")
        place += len(part)
    return number


def _read(fd: int, start: int, count: int) -> bytes:
    os.lseek(fd, start, os.SEEK_SET)
    parts = []
    while count > 0 and (part := os.read(fd, count)):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)

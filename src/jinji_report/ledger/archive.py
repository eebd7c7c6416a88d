"""归档: the entries of years that are over, moved as they are into a file of their own that is written no more.

The order is such that a ledger reads right wherever the move breaks off: first an entry says what is
being sealed; then the sealed file is moved into its place, whole and checked; only then does the ledger
let go of the same lines. A run after one that broke off finds what is done and does the rest.
"""

from pathlib import Path
from typing import BinaryIO

from jinji_report.errors import LedgerBroken, UnusableInput
from jinji_report.files import clear_leftovers
from jinji_report.ledger.beside import blocks_of, write_beside
from jinji_report.ledger.check import Check
from jinji_report.ledger.ground import make_folder
from jinji_report.ledger.journal import Journal
from jinji_report.ledger.seal import Seal
from jinji_report.ledger.segments import SEALED_FOLDER, base_of, segments
from jinji_report.ledger.whole import begins_with
from jinji_report.model.entry import Entry, NewEntry, NotAnEntry, heading
from jinji_report.vocabulary import EntryKind


class Cut:
    """Where the ledger is to be cut: the first `entries` lines of `path`, `size` bytes, go to `sealed`.

    `base` is what they go on from, `end` the seal of the last of them, `head` that of the whole ledger.
    `told`: an entry says so already, of a run that broke off.
    """

    __slots__ = ("base", "end", "entries", "head", "path", "sealed", "size", "told")

    def __init__(self, path: Path, sealed: Path, base: Seal, head: Seal) -> None:
        self.path = path
        self.sealed = sealed
        self.base = base
        self.end = base
        self.head = head
        self.entries = 0
        self.size = 0
        self.told = False

    @property
    def data(self) -> dict[str, object]:
        """What the entry 归档 says."""
        return {
            "seq": self.end.seq,
            "head": self.end.head,
            "file": self.sealed.name,
            "entries": self.entries,
        }


def find_cut(journal: Journal, through: int) -> Cut:
    """The lines that were recorded up to the end of the year `through`, up to the first that was not.

    Raises LedgerBroken where these lines do not hold, UnusableInput where the sealed file is there with
    other lines, and what the store raises.
    """
    head = journal.head()
    with journal.reading() as (path, live):
        sealed = path.parent / SEALED_FOLDER / f"{path.stem}-{through}.jsonl"
        base = segments(path, live)[-1].base
        cut = Cut(path, sealed, base, head)
        if live is not None:
            live.seek(0)
            _measure(cut, live, through, drill=journal.drill)
        if cut.entries and sealed.exists() and not _is_the_cut(cut):
            raise UnusableInput(
                f"归档文件 {sealed} 已经有了，内容不是要归档的这 {cut.entries} 条。",
                remedy="请先运行 jinji ledger verify 核对；确是放错的文件，移到别处再归档。",
            )
    return cut


def _measure(cut: Cut, live: BinaryIO, through: int, *, drill: bool) -> None:
    check = Check(None, cut.base, drill=drill)
    check.begin()
    size, behind = 0, False
    for number, raw in enumerate(live, 1):
        if cut.base.seq + number > cut.head.seq:
            return
        line = raw[:-1]
        try:
            if behind:
                if heading(line)[2] == EntryKind.SEALED:
                    cut.told |= dict(Entry.from_line(line).data) == cut.data
                continue
            entry = Entry.from_line(line)
        except NotAnEntry as error:
            raise LedgerBroken(cut.path, number, str(error)) from None
        behind = entry.recorded.year > through
        if not behind:
            check.take(raw)
            check.refuse_broken(cut.path)
            size += len(raw)
            if entry.batch is None or entry.batch[0] == entry.batch[1]:
                cut.end, cut.size, cut.entries = Seal(entry.seq, check.head), size, number


def _is_the_cut(cut: Cut) -> bool:
    return cut.sealed.stat().st_size == cut.size and begins_with(cut.path, cut.sealed)


def seal_off(journal: Journal, cut: Cut, entry: NewEntry) -> None:
    """Move the lines of the cut to its sealed file. `entry` is the 归档 that is appended first.

    Raises HeadMoved where somebody wrote since the cut was found, LedgerBroken where the disk gives back
    other lines than it was given, StoreBusy, StoreUnwritable.
    """
    with journal.locked("没有归档完，台账没有丢失任何条目，请再归档一次") as path:
        journal.append_locked(path, [] if cut.told else [entry], cut.head.head)
        make_folder(cut.sealed.parent)
        clear_leftovers(cut.sealed.parent, path.stem)
        if not cut.sealed.exists():
            blocks = blocks_of(path, 0, cut.size)
            write_beside(cut.sealed, blocks, mode=0o400, check=lambda written: _holds(written, cut))
        write_beside(path, blocks_of(path, cut.size), check=lambda written: _goes_on(written, cut))


def _holds(written: Path, cut: Cut) -> None:
    if written.stat().st_size != cut.size or not begins_with(cut.path, written):
        raise LedgerBroken(cut.path, cut.entries, "写到归档文件后与原来的不同")


def _goes_on(written: Path, cut: Cut) -> None:
    if base_of(written) != cut.end:
        raise LedgerBroken(cut.path, cut.entries + 1, "与上一行对不上")

"""A store in memory: what a store promises, without a disk. For drills of other programs and for tests."""

from collections.abc import Iterable, Iterator, Sequence

from jinji_report.errors import HeadMoved, LedgerBroken
from jinji_report.ledger.check import verify
from jinji_report.ledger.seal import EMPTY, Seal, digest
from jinji_report.ledger.store import Tell
from jinji_report.ledger.verification import Verification
from jinji_report.model.entry import Entry, NewEntry, NotAnEntry


class Memory:
    """See `store.Store`. A place is the number of entries before it; `raw` are the lines as a file would have them."""

    def __init__(self, raw: Sequence[bytes] = ()) -> None:
        self.raw = list(raw)
        self.notices: list[str] = []
        self.tell: Tell | None = None
        self.index_path = None

    def append(self, entries: Sequence[NewEntry], expected_head: str) -> Seal:
        seal = self.head()
        if seal.head != expected_head:
            raise HeadMoved
        made = []
        for place, new in enumerate(entries, 1):
            batch = (place, len(entries)) if len(entries) > 1 else None
            made.append(new.placed(seal.seq + 1, seal.head, batch).to_line())
            seal = Seal(seal.seq + 1, digest(made[-1]))
        self.raw += made
        return seal

    def since(self, seq: int) -> Iterator[Entry]:
        return self.at(range(seq, len(self.raw)))

    def lines(self, seq: int) -> Iterator[tuple[int, bytes]]:
        yield from enumerate(self.raw[seq:], seq)

    def at(self, places: Iterable[int]) -> Iterator[Entry]:
        for place in places:
            try:
                entry = Entry.from_line(self.raw[place])
            except NotAnEntry as error:
                raise LedgerBroken("台账", place + 1, str(error)) from None
            entry.place = place
            yield entry

    def head(self) -> Seal:
        return Seal(len(self.raw), digest(self.raw[-1])) if self.raw else EMPTY

    def verify(self, expect: str | None = None) -> Verification:
        return verify((line + b"\n" for line in self.raw), expect)

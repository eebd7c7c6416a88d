"""What every store of the log can do: append at the head, read on from an entry, vouch for itself.

An entry is kept for good before `append` returns, a batch is kept whole or not at all, and
nobody appends to a log that has moved on since they looked. Where the lines lie is known to
the stores alone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from jinji_report.ledger.seal import Seal
from jinji_report.ledger.verification import Verification
from jinji_report.model.entry import Entry, NewEntry

Tell = Callable[[int, int], None]


class Store(Protocol):
    """The log, wherever it lives.

    `tell(done, total)`, where somebody set it, is called now and then while much is gone through: an index
    made, every line checked, a backup written. What is counted is for the store to say.
    `notices` gathers what the officer should hear of (a torn line was set aside …), one Chinese
    sentence each, each once.
    """

    notices: list[str]
    tell: Tell | None

    @property
    def index_path(self) -> Path | None:
        """Where an index made from the log may lie; None where there is no place for one."""

    def append(self, entries: Sequence[NewEntry], expected_head: str) -> Seal:
        """Write all of `entries` or none, and give the new seal.

        Raises HeadMoved where the head is no longer `expected_head`, StoreBusy where another
        process keeps the store, StoreUnwritable, and LedgerBroken where the end cannot be read.
        """

    def since(self, seq: int) -> Iterator[Entry]:
        """The entries after the `seq`-th, in order; all of them for 0.

        Raises LedgerBroken at a line that cannot be read or is out of place. The chain is not
        checked here: see `verify`.
        """

    def lines(self, seq: int) -> Iterator[tuple[int, bytes]]:
        """The places and raw lines (without newline) of the entries after the `seq`-th, unread.

        For who needs a few words of each of a million lines; see `model.entry.heading`.
        """

    def at(self, places: Iterable[int]) -> Iterator[Entry]:
        """The entries at these places, as `since` or `lines` gave them. Raises LedgerBroken."""

    def head(self) -> Seal:
        """How far the log goes now."""

    def verify(self, expect: str | None = None) -> Verification:
        """Check every line. `expect` is a head noted down earlier, to be found in the chain."""

"""案卷 by what one asks of them: by number, still open, like this one; each folded from its own entries.

`Cases` is what the desk asks. `Folded` answers from the whole log, read once; `index.Indexed` from
the index beside it, at a cost that does not grow with the log. Both give the same answers.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Protocol

from jinji_report.ledger.owed import Listed, Owed, Parts, Reckoning, listed_by, owed_by
from jinji_report.ledger.seal import EMPTY
from jinji_report.ledger.store import Store
from jinji_report.model.case import Case
from jinji_report.model.glance import Glance, glance, words_of
from jinji_report.vocabulary import Decision, Status

LIVE = (Status.OPEN, Status.CLOSED, Status.LEAD)


class Wanted:
    """Which cases: those of a status, opened in a span, with a word in them. Nothing named is all."""

    __slots__ = ("find", "since", "status", "until")

    def __init__(
        self,
        *,
        find: str = "",
        status: Status | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> None:
        self.find = find
        self.status = status
        self.since = since
        self.until = until


class Cases(Protocol):
    """The cases of a ledger, as they are at its head when this was made."""

    def __bool__(self) -> bool:
        """There is a case."""

    def get(self, number: str) -> Case | None:
        """The case of this number, with what those merged into it brought in."""

    def newest(self) -> Case | None:
        """The case that was opened last and is not taken back."""

    def ending(self, tail: str) -> tuple[list[str], str | None]:
        """The numbers of the open cases whose number ends so, and the newest number of all that do."""

    def beginning(self, head: str) -> list[str]:
        """The numbers that begin so."""

    def open(self) -> Iterator[Case]:
        """The open cases, in the order in which they were opened."""

    def owing(self) -> Iterator[Case]:
        """The cases about which something may still be due: the open ones, and those of which the office above asked."""

    def glances(self, wanted: Wanted) -> Iterator[Glance]:
        """A line each of the wanted cases, in the order in which they were opened."""

    def wanted(self, wanted: Wanted) -> Iterator[Case]:
        """The wanted cases themselves, one at a time."""

    def owed(self, reckoning: Reckoning, parts: Parts) -> Owed:
        """What is due about the cases."""

    def listed(self, wanted: Wanted, reckoning: Reckoning, newest: int | None) -> Listed:
        """As `glances`, of all or of so many of the `newest`, each with when something is due next."""

    def near(
        self, category: str | None, start: datetime, end: datetime, called: datetime, numbers: set[str]
    ) -> Iterator[Glance]:
        """The open and closed cases and the leads that an incident may be one of: of this category or of none, about
        the span from `start` to `end` or called in since `called`, or named by number."""

    def watched(self, since: datetime) -> Iterator[Glance]:
        """A line each of the incidents that were to be reported, of which the moment is known, and whose case was
        closed since."""


def cases_of(store: Store) -> Cases:
    """The cases of the store as they are now: by its index, or read from the log where there can be none.

    Raises what the store raises.
    """
    path = store.index_path
    if path is None or store.head() == EMPTY:
        return folded(store)
    from jinji_report.ledger.index import Index, IndexUnusable
    from jinji_report.ledger.indexed import Indexed

    index = Index(store, path)
    try:
        index.catch_up()
    except IndexUnusable:
        return folded(store)
    return Indexed(index)


def folded(store: Store) -> "Folded":
    """The cases of the whole log, read now. Raises what the store raises."""
    from jinji_report.model.fold import fold

    return Folded(fold(store.since(0)))


class Folded:
    """The cases of a whole log, folded at once (`model.fold.fold`)."""

    def __init__(self, cases: Mapping[str, Case]) -> None:
        self._cases = dict(cases)

    def __bool__(self) -> bool:
        return bool(self._cases)

    def get(self, number: str) -> Case | None:
        return self._cases.get(number)

    def newest(self) -> Case | None:
        kept = (case for case in reversed(self._cases.values()) if case.status != Status.VOID)
        return next(kept, None)

    def ending(self, tail: str) -> tuple[list[str], str | None]:
        found = [case for case in self._cases.values() if case.number.endswith(tail)]
        still_open = [case.number for case in found if case.status == Status.OPEN]
        return still_open, found[-1].number if found else None

    def beginning(self, head: str) -> list[str]:
        return [number for number in self._cases if number.startswith(head)]

    def open(self) -> Iterator[Case]:
        return (case for case in self._cases.values() if case.status == Status.OPEN)

    def owing(self) -> Iterator[Case]:
        return (case for case in self._cases.values() if case.status == Status.OPEN or case.asked)

    def glances(self, wanted: Wanted) -> Iterator[Glance]:
        return map(glance, self.wanted(wanted))

    def wanted(self, wanted: Wanted) -> Iterator[Case]:
        return (case for case in self._cases.values() if fits(case, wanted))

    def owed(self, reckoning: Reckoning, parts: Parts) -> Owed:
        return owed_by(self.owing(), reckoning, parts)

    def listed(self, wanted: Wanted, reckoning: Reckoning, newest: int | None) -> Listed:
        return listed_by(self.glances(wanted), self.owing(), reckoning, newest)

    def near(
        self, category: str | None, start: datetime, end: datetime, called: datetime, numbers: set[str]
    ) -> Iterator[Glance]:
        return (glance(case) for case in self._cases.values() if case.status in LIVE)

    def watched(self, since: datetime) -> Iterator[Glance]:
        for one in self.glances(Wanted(status=Status.CLOSED)):
            late = one.closed_at is not None and one.closed_at >= since
            if late and one.occurred is not None and one.decision == Decision.REPORT:
                yield one


def fits(case: Case, wanted: Wanted) -> bool:
    return (
        (wanted.status is None or case.status == wanted.status)
        and (wanted.since is None or case.opened_at >= wanted.since)
        and (wanted.until is None or case.opened_at <= wanted.until)
        and (not wanted.find or wanted.find in words_of(case))
    )

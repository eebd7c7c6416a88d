"""Two standards side by side: what they say differently, and what they would judge otherwise. Nothing is written."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinji_report.desk.cases import read_cases
from jinji_report.ledger.cases import Wanted
from jinji_report.ledger.store import Store
from jinji_report.proving.replay import LEDGER, Incident, Rejudged, Replay, told
from jinji_report.standards.compare import Change, compare
from jinji_report.standards.findings import Subject
from jinji_report.standards.load import cases_beside, digest_of, find_pack, read_chain, refuse_faults

if TYPE_CHECKING:
    from jinji_report.standards.schema import CaseTable


class Compared:
    """The two standards and their differences, what changes decisions first."""

    __slots__ = ("after", "before", "changes")

    def __init__(self, before: Subject, after: Subject) -> None:
        self.before = before
        self.after = after
        self.changes: list[Change] = compare(before, after)

    def to_json(self) -> dict[str, Any]:
        return {
            "from": _side_json(self.before),
            "to": _side_json(self.after),
            "changes": [change.to_json() for change in self.changes],
        }


class Replayed:
    """What both standards judged: how many cases of the ledger and of the packs, and those judged otherwise."""

    __slots__ = ("cases", "ledger", "rejudged", "untold")

    def __init__(self, ledger: int, cases: int, untold: list[str], rejudged: list[Rejudged]) -> None:
        self.ledger = ledger
        self.cases = cases
        self.untold = untold
        self.rejudged = rejudged

    def count(self, *, of_ledger: bool) -> int:
        """How many of the ledger's, or of the packs', are judged otherwise."""
        return sum((one.incident.origin == LEDGER) == of_ledger for one in self.rejudged)

    def to_json(self) -> dict[str, Any]:
        return {
            "ledger": {"cases": self.ledger, "rejudged": self.count(of_ledger=True)},
            "packs": {
                "cases": self.cases,
                "rejudged": self.count(of_ledger=False),
                "not_understood": self.untold,
            },
            "rejudged": [one.to_json() for one in self.rejudged],
        }


def compared(before: str, after: str) -> Compared:
    """Two standards, each a shipped name or a path. Raises UnusableStandards."""
    return Compared(_subject(before), _subject(after))


def replayed(
    both: Compared,
    store: Store,
    now: datetime,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Replayed:
    """The ledger's cases (those opened in the span) and the cases of both chains, judged by both standards."""
    before, after = both.before.standards, both.after.standards
    cases = [
        Incident(LEDGER, case.number, case.title, (case.facts, case.facts), case.opened_at)
        for case in read_cases(store).wanted(Wanted(since=since, until=until))
    ]
    of_packs = told(_cases_of(both), before, after, now)
    rejudged = Replay(before, after, both.changes).judge([*cases, *of_packs.incidents])
    return Replayed(len(cases), len(of_packs.incidents), of_packs.untold, rejudged)


def _cases_of(both: Compared) -> "Iterator[tuple[CaseTable, date | None]]":
    """The cases of every file of both chains and beside it; those that tell the same incident count once."""
    seen: set[tuple[str, date | None]] = set()
    files = {path: file for side in (both.before, both.after) for path, file in side.joined.files.items()}
    for path, file in files.items():
        beside = cases_beside(Path(path))
        tables: list[tuple[CaseTable, date | None]] = [(case, None) for case in file.pack.case]
        if beside is not None:
            tables += [(case, beside[2].on) for case in beside[2].case]
        for case, on in tables:
            incident = case.model_dump_json(exclude={"expect"}), on
            if incident not in seen:
                seen.add(incident)
                yield case, on


def _subject(name: str) -> Subject:
    """Raises UnusableStandards, also for rows that name what is not there: those cannot be judged by."""
    joined = read_chain(find_pack(name))
    subject = Subject(joined)
    refuse_faults(joined)
    return subject


def _side_json(side: Subject) -> dict[str, Any]:
    pack = side.joined.pack
    return {
        "id": pack.id,
        "title": pack.title,
        "digest": digest_of(side.joined),
        "files": list(side.joined.files),
    }

"""归档: what may be sealed, and the sealing of it."""

from collections.abc import Callable
from typing import Any

from jinji_report.desk.cases import TRIES, read_cases
from jinji_report.desk.stamp import Stamp
from jinji_report.errors import CaseState, GivenUp, HeadMoved, UnusableInput
from jinji_report.ledger.archive import Cut, find_cut, seal_off
from jinji_report.ledger.journal import Journal
from jinji_report.vocabulary import EntryKind

_NAMED = 5  # of the cases that are still open


class Archived:
    """What goes, or went, to which sealed file; `entries` of the ledger, up to the year `through`."""

    __slots__ = ("cut", "done", "through")

    def __init__(self, cut: Cut, through: int, *, done: bool) -> None:
        self.cut = cut
        self.through = through
        self.done = done

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "jinji/1",
            "done": self.done,
            "through": self.through,
            "file": str(self.cut.sealed),
            "entries": self.cut.entries,
            "seq": self.cut.end.seq,
            "head": self.cut.end.head,
        }


def archive(
    journal: Journal,
    through: int | None,
    stamp: Stamp,
    agree: Callable[[Archived], bool] | None,
    *,
    dry_run: bool = False,
) -> Archived:
    """Seal the entries recorded up to the end of the year `through`, else of the last year but one.

    Raises UnusableInput for a year that is not over or has nothing to seal, CaseState where cases of it
    are open, GivenUp where `agree` says no, and what the store raises.
    """
    year = stamp.recorded.year - 2 if through is None else through
    if year >= stamp.recorded.year:
        raise UnusableInput(
            f"{year} 年还没有过完，不能归档。",
            remedy=f"写 --through {stamp.recorded.year - 1} 或更早的年份。",
        )
    for _ in range(TRIES):
        cut = find_cut(journal, year)
        _refuse(journal, cut, year)
        if dry_run:
            return Archived(cut, year, done=False)
        if agree is not None and not agree(Archived(cut, year, done=False)):
            raise GivenUp("没有归档。", remedy="核对后再运行一次本命令。")
        try:
            seal_off(journal, cut, stamp.entry("", EntryKind.SEALED, cut.data))
        except HeadMoved:
            continue
        return Archived(cut, year, done=True)
    raise HeadMoved


def _refuse(journal: Journal, cut: Cut, year: int) -> None:
    if not cut.entries:
        raise UnusableInput(
            f"台账里没有 {year} 年及以前登记的条目可以归档。",
            remedy="归档过的年份不用再归档；要归档别的年份，写 --through 年份。",
        )
    still_open = [case.number for case in read_cases(journal).open() if case.entries[0].seq <= cut.end.seq]
    if still_open:
        named = "、".join(still_open[:_NAMED]) + ("等" if len(still_open) > _NAMED else "")
        raise CaseState(
            f"{year} 年及以前的案卷还有 {len(still_open)} 件在办（{named}），不能归档。",
            remedy="办完的先用 jinji close 结案；还要办的，用 --through 归档到更早的年份。",
        )

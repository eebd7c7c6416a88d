"""修复 and 重建索引: what is wrong with the ledger, what is done about it, and how that is told."""

from collections.abc import Callable
from typing import Any

from jinji_report.desk.stamp import Stamp
from jinji_report.errors import GivenUp
from jinji_report.ledger.cases import cases_of
from jinji_report.ledger.damage import Damage, look
from jinji_report.ledger.journal import Journal
from jinji_report.ledger.repair import mend
from jinji_report.vocabulary import EntryKind


class Repair:
    """What was wrong, and whether it is `done`; the ledger afterwards has `entries` and the head `head`."""

    __slots__ = ("damage", "done", "entries", "head")

    def __init__(
        self, damage: Damage, *, done: bool, entries: int | None = None, head: str | None = None
    ) -> None:
        self.damage = damage
        self.done = done
        self.entries = entries
        self.head = head

    def to_json(self) -> dict[str, Any]:
        damage = self.damage
        broken = {**damage.data, "file": None if damage.aside is None else str(damage.aside)}
        return {
            "schema": "jinji/1",
            "wrong": bool(damage),
            "done": self.done,
            "broken": broken if damage.breaks else None,
            "torn": damage.torn,
            "exposed": [str(path) for path in damage.exposed],
            "entries": self.entries,
            "head": self.head,
        }


def repair(
    journal: Journal, stamp: Stamp, agree: Callable[[Repair], bool] | None, *, dry_run: bool = False
) -> Repair:
    """Mend what is wrong, if anything is. Raises GivenUp where `agree` says no, and what `mend` raises."""
    when = f"{stamp.recorded:%Y%m%dT%H%M}"
    found = Repair(look(journal, when), done=False)
    if dry_run or not found.damage:
        return found
    if agree is not None and not agree(found):
        raise GivenUp("没有修复。", remedy="核对后再运行一次本命令。")
    damage = mend(journal, when, lambda damage: stamp.entry("", EntryKind.REPAIRED, damage.data))
    seal = journal.head()
    if damage.breaks:
        cases_of(journal)  # which makes the index anew, where there can be one
    return Repair(damage, done=True, entries=seal.seq, head=seal.head)


def reindex(journal: Journal) -> int:
    """Make the index anew; the number of entries that it holds. Raises IndexUnusable and what the store raises."""
    from jinji_report.ledger.index import Index

    path = journal.index_path
    head = journal.head()
    if head.seq:
        index = Index(journal, path)
        index.rebuild("按要求重做")
        index.close()
    return head.seq

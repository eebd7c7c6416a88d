"""修复: a ledger that does not hold is set aside whole, and a new one that holds is made of what can be read.

Nothing is destroyed. The lines up to the first break stay byte for byte, so that old heads up to there
still hold; then an entry tells what was found and where the old files lie; behind it come the entries
that can still be read, bound anew, each with where it stood (`was`). What cannot be read is in the old
files alone, and named. Where the break lies in a sealed year, that file and those after it are set aside
too, and their entries go on in the file that is written to.
"""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from jinji_report.ledger.beside import blocks_of, set_aside, write_beside
from jinji_report.ledger.check import Check
from jinji_report.ledger.damage import Damage, look, readable
from jinji_report.ledger.ground import sync_folder
from jinji_report.ledger.journal import Journal
from jinji_report.ledger.seal import digest
from jinji_report.model.entry import NewEntry


def mend(journal: Journal, stamp: str, entry: Callable[[Damage], NewEntry]) -> Damage:
    """Do what `look` says is to be done, and say what it was. `entry` makes the 修复 of it.

    Raises as `look` does, StoreBusy, StoreUnwritable.
    """
    journal.guarded = False
    with journal.locked("没有修复完，原来的台账还在，没有丢失任何条目") as path:
        damage = look(journal, stamp)
        for each in damage.exposed:
            each.chmod(stat.S_IMODE(each.stat().st_mode) & 0o700)
        if damage.parts:
            _write_anew(damage, entry(damage), drill=journal.drill)
        elif damage.breaks:
            journal.append_locked(path, [entry(damage)], journal.head().head)
        elif damage.torn:
            journal.append_locked(path, [], journal.head().head)
        # Only now: a sealed file that is still there belongs nowhere any more, and the next run finds it.
        for part in (*damage.parts[:-1], *damage.strays):
            os.replace(part.path, part.aside)
            sync_folder(part.path.parent)
    return damage


def _write_anew(damage: Damage, told: NewEntry, *, drill: bool) -> None:
    aside = damage.aside
    assert aside is not None

    def look_over(written: Path) -> None:
        check = Check(None, damage.base, drill=drill)
        check.begin()
        with open(written, "rb") as file:
            check.read(file)
        check.refuse_broken(written)
        set_aside(damage.path, aside)

    write_beside(damage.path, _new_lines(damage, told, drill=drill), check=look_over)


def _new_lines(damage: Damage, told: NewEntry, *, drill: bool) -> Iterator[bytes]:
    yield from blocks_of(damage.parts[0].path, 0, damage.size)
    line = told.placed(damage.seal.seq + 1, damage.seal.head, drill=drill).to_line()
    yield line + b"\n"
    seq = damage.seal.seq + 1
    for entry, old in readable(damage, drill=drill):
        was = {"seq": entry.seq, "line": digest(old)}
        seq += 1
        entry.extra = {
            **entry.extra,
            "was": {**was, "was": entry.extra["was"]} if "was" in entry.extra else was,
        }
        entry.seq, entry.prev, entry.batch = seq, digest(line), None
        line = entry.to_line()
        yield line + b"\n"

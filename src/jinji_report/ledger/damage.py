"""What is wrong with a ledger: where it breaks, what still holds, and what behind the break can be read.

The files of the log are gone through in their order, sealed years first, also those that no longer lead
up to the file that is written to. Nothing is written here; see `repair`.
"""

import stat
import sys
from collections.abc import Iterator, Sequence
from glob import escape as glob_escape
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinji_report.ledger.beside import blocks_of, name_aside
from jinji_report.ledger.check import Check
from jinji_report.ledger.ground import failures_of
from jinji_report.ledger.journal import Journal
from jinji_report.ledger.seal import EMPTY, Seal
from jinji_report.ledger.segments import SEALED_FOLDER, base_of, end_of, left_out, segments
from jinji_report.ledger.verification import MOST_OF_A_KIND, Finding
from jinji_report.ledger.whole import begins_with, sealed_name
from jinji_report.model.entry import Entry, NotAnEntry, heading
from jinji_report.vocabulary import EntryKind


class Part:
    """A file that is to be set aside: at `path`, called `name` in findings (empty: the one that is written to).

    `aside` is where it goes, `sha256` that of its bytes.
    """

    __slots__ = ("aside", "name", "path", "sha256")

    def __init__(self, path: Path, name: str, stamp: str) -> None:
        self.path = path
        self.name = name
        self.aside = name_aside(path, stamp)
        whole = sha256()
        for block in blocks_of(path):
            whole.update(block)
        self.sha256 = whole.hexdigest()


class Damage:
    """What is wrong, and what is to be done about it.

    `torn`: bytes at the end that were never entered; `exposed`: what others can get at.
    `parts` are the files from the first break on, oldest first and the one that is written to last. They
    go on from `base`; the first `kept` lines, `size` bytes, of the first of them stay and end at `seal`;
    `ids` are the entries up to there, `bound` is how many behind it are bound anew, `left_out` the
    lines that cannot be taken over. `strays` are sealed files that belong to no place in the log.
    """

    __slots__ = (
        "base",
        "bound",
        "breaks",
        "exposed",
        "ids",
        "kept",
        "left_out",
        "parts",
        "path",
        "seal",
        "size",
        "strays",
        "torn",
    )

    def __init__(self, path: Path) -> None:
        self.path = path
        self.breaks: tuple[Finding, ...] = ()
        self.exposed: list[Path] = []
        self.torn = 0
        self.parts: list[Part] = []
        self.strays: list[Part] = []
        self.kept = 0
        self.size = 0
        self.base = EMPTY
        self.seal = EMPTY
        self.ids: set[str] = set()
        self.bound = 0
        self.left_out: list[Finding] = []

    def __bool__(self) -> bool:
        return bool(self.breaks or self.torn or self.exposed)

    @property
    def aside(self) -> Path | None:
        """Where the file goes that is written to; None where it stays."""
        return self.parts[-1].aside if self.parts else None

    @property
    def data(self) -> dict[str, Any]:
        """What the entry 修复 says of a ledger that does not hold."""
        sealed = [*self.parts[:-1], *self.strays]
        return {
            "file": self.parts[-1].aside.name if self.parts else "",
            "sha256": self.parts[-1].sha256 if self.parts else "",
            "sealed": [{"file": sealed_name(part.aside), "sha256": part.sha256} for part in sealed],
            "kept": self.kept,
            "bound": self.bound,
            "left_out": len(self.left_out),
            "lines_left_out": [_told(found) for found in self.left_out[:MOST_OF_A_KIND]],
            "breaks": [{**_told(found), "code": found.code} for found in self.breaks],
        }


def _told(found: Finding) -> dict[str, Any]:
    told = {"line": found.line, "problem": found.problem}
    return {**told, "file": found.file} if found.file else told


def look(journal: Journal, stamp: str) -> Damage:
    """What is wrong with the ledger; nothing is written. `stamp` goes into the name of what is set aside.

    Raises what the store raises where it cannot be read at all.
    """
    journal.guarded = False
    damage = Damage(journal.path)
    with failures_of(damage.path, "读不出来"):
        _look(damage, journal, stamp)
    return damage


def _look(damage: Damage, journal: Journal, stamp: str) -> None:
    damage.exposed = _exposed(damage.path)
    if not damage.path.exists():
        return
    result = journal.verify()
    damage.breaks = result.breaks
    if damage.breaks:
        _find_the_break(damage, stamp, missing=bool(result.counts["missing"]), drill=journal.drill)
        damage.bound = sum(1 for _ in readable(damage, drill=journal.drill))
        return
    with journal.reading() as (path, file):
        if file is not None:
            damage.torn = path.stat().st_size - journal.whole_in(path, file)[0]


def _exposed(path: Path) -> list[Path]:
    """What others can get at: the folder, the ledger and what belongs to it, the sealed years."""
    folder = path.parent
    if sys.platform == "win32" or not folder.is_dir():
        return []
    own = [*folder.glob(f"{glob_escape(path.name)}*"), *(folder / SEALED_FOLDER).glob("*.jsonl")]
    found = [folder] if stat.S_IMODE(folder.stat().st_mode) & 0o007 else []
    return found + [one for one in sorted(own) if stat.S_IMODE(one.stat().st_mode) & 0o077]


def _find_the_break(damage: Damage, stamp: str, *, missing: bool, drill: bool) -> None:
    """Find how far the log holds, which files lie behind that, and which belong nowhere."""
    path = damage.path
    files = segments(path)
    lost = files[0].base.seq
    apart = left_out(path, files)
    ends = _ends_told([segment.path for segment in files], apart)
    filling = _filling(files[0].base, apart, ends)
    base = EMPTY if missing else files[0].base
    if filling:
        base = _base_among(filling[0], ends)
    _up_to_the_break(damage, [*filling, *(segment.path for segment in files)], base, stamp, drill=drill)
    for stray in apart:
        unfinished = begins_with(path, stray) and (not damage.parts or stray.stat().st_size <= damage.size)
        if stray not in filling and not unfinished and (stray.name in ends or lost):
            damage.strays.append(Part(stray, sealed_name(stray), stamp))


def _ends_told(files: Sequence[Path], apart: Sequence[Path]) -> dict[str, Seal]:
    """What 归档 tells of the ends of sealed files, by name; also 归档 in a file that another one names."""
    ends: dict[str, Seal] = {}
    waiting, left = list(files), list(apart)
    while waiting:
        with open(waiting.pop(), "rb") as file:
            for raw in file:
                ends |= _end_told(raw[:-1])
        waiting = waiting or [path for path in left if path.name in ends]
        left = [path for path in left if path not in waiting]
    return ends


def _end_told(line: bytes) -> dict[str, Seal]:
    try:
        if heading(line)[2] != EntryKind.SEALED:
            return {}
        data = Entry.from_line(line).data
    except NotAnEntry:
        return {}
    name, seq, head = data.get("file"), data.get("seq"), data.get("head")
    if isinstance(name, str) and isinstance(seq, int) and isinstance(head, str):
        return {name: Seal(seq, head)}
    return {}


def _filling(first: Seal, apart: Sequence[Path], ends: dict[str, Seal]) -> list[Path]:
    """The files that hold entries of those that are missing, up to `first`, in their order.

    They are of this ledger: 归档 names them, or what they go on from, or another of them goes on from them.
    """
    found: list[Path] = []
    leading = {first}
    while first.seq:
        more = [
            one
            for one in apart
            if one not in found
            and one.stat().st_size
            and (one.name in ends or base_of(one) in ends.values() or end_of(one) in leading)
            and _begins_behind(one, ends) < first.seq
        ]
        if not more:
            break
        found += more
        leading |= {base for one in more if (base := base_of(one)) is not None}
    return sorted(found, key=lambda one: _begins_behind(one, ends))


def _begins_behind(path: Path, ends: dict[str, Seal]) -> int:
    """The number of an entry that its first is not before, and that no entry of the next file comes before."""
    base, end = base_of(path), ends.get(path.name) or end_of(path)
    if base is not None:
        return base.seq
    return 0 if end is None else end.seq - 1


def _base_among(path: Path, ends: dict[str, Seal]) -> Seal:
    """What a sealed file goes on from, else what it should."""
    base = base_of(path)
    if base is not None and (base == EMPTY or base in ends.values()):
        return base
    before = [seal for seal in ends.values() if seal.seq <= _begins_behind(path, ends)]
    return max(before, key=lambda seal: seal.seq, default=EMPTY)


def _up_to_the_break(damage: Damage, stretch: Sequence[Path], base: Seal, stamp: str, *, drill: bool) -> None:
    """Find in these files, which follow each other, how far the log holds; those behind are the `parts`."""
    check = Check(None, base, drill=drill)
    damage.seal = base
    for place, path in enumerate(stretch):
        live = path == damage.path
        check.begin("" if live else sealed_name(path))
        damage.base, damage.kept, damage.size = damage.seal, 0, 0
        if not _holds(damage, check, path, live=live):
            rest = stretch[place:-1]
            damage.parts = [Part(sealed, sealed_name(sealed), stamp) for sealed in rest]
            damage.parts.append(Part(damage.path, "", stamp))
            return


def _holds(damage: Damage, check: Check, path: Path, *, live: bool) -> bool:
    """Take in the whole batches of a file, up to the first break or to its end. Whether it came to the end."""
    batch: list[str] = []
    offset = 0
    with open(path, "rb") as file:
        for number, raw in enumerate(file, 1):
            check.take(raw)
            if any(finding.is_break for finding in check.findings):
                return False
            if raw[-1:] != b"\n":
                return live
            check.findings.clear()
            offset += len(raw)
            batch.append(Entry.from_line(raw[:-1]).id)
            if check.batch is None or check.batch[0] == check.batch[1]:
                damage.kept, damage.size, damage.seal = number, offset, Seal(check.seq, check.head)
                damage.ids.update(batch)
                batch.clear()
    return live or not batch


def readable(damage: Damage, *, drill: bool) -> Iterator[tuple[Entry, bytes]]:
    """The entries behind the part that holds that can be taken over, with their lines; notes the others."""
    damage.left_out = []
    ids = set(damage.ids)
    batch: list[tuple[tuple[str, int], Entry, bytes]] = []
    for where, raw in _behind(damage):
        try:
            entry = _taken_over(raw, ids, drill=drill)
        except NotAnEntry as error:
            damage.left_out.append(_left(where, str(error)))
            continue
        ids.add(entry.id)
        if batch and (entry.batch is None or batch[-1][1].batch != (entry.batch[0] - 1, entry.batch[1])):
            yield from (known[1:] for known in batch)  # a batch with a hole: the rest of it was entered
            batch.clear()
        batch.append((where, entry, raw[:-1]))
        if entry.batch is None or entry.batch[0] == entry.batch[1]:
            yield from (known[1:] for known in batch)
            batch.clear()
    # A batch that the log ends in the middle of was never entered.
    damage.left_out += [_left(where, "所在的一批没有写完，从未记入") for where, _, _ in batch]


def _behind(damage: Damage) -> Iterator[tuple[tuple[str, int], bytes]]:
    """The raw lines behind the part that holds, each with the name of its file and its number there."""
    kept, size = damage.kept, damage.size
    for part in damage.parts:
        with open(part.path, "rb") as file:
            file.seek(size)
            for number, raw in enumerate(file, kept + 1):
                yield (part.name, number), raw
        kept = size = 0


def _left(where: tuple[str, int], problem: str) -> Finding:
    file, line = where
    return Finding(line, "left_out", problem, is_break=False, file=file)


def _taken_over(raw: bytes, ids: set[str], *, drill: bool) -> Entry:
    """The entry of the line. Raises NotAnEntry, with the reason why the line is left out."""
    if raw[-1:] != b"\n":
        raise NotAnEntry("没有写完")
    entry = Entry.from_line(raw[:-1])
    if entry.drill is not drill:
        raise NotAnEntry("是演练的条目" if entry.drill else "不是演练的条目")
    if entry.id in ids:
        raise NotAnEntry("与前面的一条编号相同")
    try:
        entry.to_line()
    except ValueError:
        raise NotAnEntry("的内容不能照样写出") from None
    return entry

"""A note walked once: its words by role, its numbers, its clauses and sentences.

Every reader asks the scan instead of searching the text again; each question costs what is
found near, not the length of the note. Positions are those of `note.plain`.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from jinji_report.intake.lexicon import Hit, Lexicon
from jinji_report.intake.numerals import Found, numbers
from jinji_report.intake.patterns import pattern
from jinji_report.intake.text import COMMAS, STOPS, Note

_GROUPED = pattern(",(?<=[0-9],)[0-9]{3}(?![0-9])")
_FEW = 12  # hits up to which a plain walk is quicker than a search by halves
_MARK = pattern(f"[{STOPS}{COMMAS}]")


class _Longest(dict[int, list[Hit]]):
    """Role → the longest hit at each place, left to right, without overlap; worked out where it is asked for."""

    def __init__(self, hits: Sequence[list[Hit]]) -> None:
        self._hits = hits

    def __missing__(self, role: int) -> list[Hit]:
        found = self._hits[role]
        if len(found) > 1:
            kept, end = [], 0
            for hit in found:
                start, stop, _ = hit
                if start >= end:
                    kept.append(hit)
                    end = stop
            found = kept
        self[role] = found
        return found


class Scan:
    """One note, looked through for every word that jinji knows.

    `hits[role]`: every hit, overlapping ones too, left to right and the longer first; `longest[role]`: those
    without overlap; `told`: the words of the standards that stand in the note, in its order, and where. `lined`:
    it has more than one line.
    """

    __slots__ = ("_strays", "hits", "lined", "longest", "marks", "note", "numbers", "stops", "text", "told")

    def __init__(self, note: Note, words: Lexicon) -> None:
        self.note = note
        self.text = text = note.plain
        self.lined = "\n" in text
        self.numbers: list[Found] = numbers(text)
        self.hits, self.told = words.walk(text)
        self._strays = words.strays
        self.longest: Mapping[int, list[Hit]] = _Longest(self.hits)
        self.marks = [mark.start() for mark in _MARK.finditer(text)]
        self.stops = [at for at in self.marks if text[at] in STOPS]
        if _GROUPED.search(text):
            self._keep_numbers_whole()

    # -------------------------------------------------------------- words

    def within(self, role: int, start: int, end: int) -> list[Hit]:
        """The hits of `role` that lie wholly in `start`..`end`."""
        found = self.hits[role]
        if not found:
            return []
        if len(found) > _FEW:
            found = found[bisect_left(found, (start,)) : bisect_left(found, (end,))]
        return [hit for hit in found if start <= hit[0] and hit[1] <= end]

    def any(self, role: int, start: int, end: int) -> bool:
        """A word of `role` stands wholly in `start`..`end`."""
        found = self.hits[role]
        if not found:
            return False
        if len(found) > _FEW:
            found = found[bisect_left(found, (start,)) : bisect_left(found, (end,))]
        for first, last, _ in found:  # noqa: SIM110
            if first >= start and last <= end:
                return True
        return False

    def first(self, role: int, start: int, end: int) -> Hit | None:
        """The first hit of `role` that lies wholly in `start`..`end`, the longest where several begin there."""
        found = self.hits[role]
        if not found:
            return None
        if len(found) > _FEW:
            found = found[bisect_left(found, (start,)) : bisect_left(found, (end,))]
        for hit in found:
            if hit[0] >= start and hit[1] <= end:
                return hit
        return None

    def ending(self, role: int, at: int) -> Hit | None:
        """The longest hit of `role` that ends just at `at`."""
        found = self.hits[role]
        if not found:
            return None
        for hit in found[bisect_left(found, (max(0, at - 24),)) :] if len(found) > _FEW else found:
            if hit[0] >= at:
                return None
            if hit[1] == at:
                return hit
        return None

    def starting(self, role: int, at: int) -> Hit | None:
        """The longest hit of `role` that begins just at `at`."""
        found = self.hits[role]
        if not found:
            return None
        where = bisect_left(found, (at,)) if len(found) > _FEW else 0
        while where < len(found) and found[where][0] <= at:
            if found[where][0] == at:
                return found[where]
            where += 1
        return None

    def told_from(self, start: int, end: int) -> int:
        """Where the first word of the standards, of more than a character, stands in `start`..`end`; `end` where none does."""
        find = self.text.find
        words = (*self.told, *self._strays())
        places = [find(word, start, end) for word in words if len(word) > 1]
        return min([at for at in places if at >= 0], default=end)

    # -------------------------------------------------------------- stretches

    def _keep_numbers_whole(self) -> None:
        """The comma of 1,200 ends no clause."""
        text = self.text
        inside = {
            at
            for one in self.numbers
            for at in range(one.core, one.end)
            if one.told != "range" and text[at] == ","
        }
        self.marks = [at for at in self.marks if at not in inside]

    def sentence(self, at: int) -> tuple[int, int]:
        """The stretch between full stops that holds `at`, without the stops; a stop belongs to what it ends."""
        stops = self.stops
        where = bisect_left(stops, at)
        return (
            stops[where - 1] + 1 if where else 0,
            stops[where] if where < len(stops) else len(self.text),
        )

    def clause(self, at: int) -> tuple[int, int]:
        """The stretch between commas or stops that holds `at`, without the marks; a mark belongs to what it ends."""
        marks = self.marks
        where = bisect_left(marks, at)
        return (
            marks[where - 1] + 1 if where else 0,
            marks[where] if where < len(marks) else len(self.text),
        )

    def clauses(self) -> list[tuple[int, int]]:
        """Every stretch between commas or stops, without the empty ones."""
        found, start = [], 0
        for mark in self.marks:
            if mark > start:
                found.append((start, mark))
            start = mark + 1
        if start < len(self.text):
            found.append((start, len(self.text)))
        return found

    def sentences(self) -> list[tuple[int, int]]:
        """Every stretch between full stops, without the empty ones."""
        found, start = [], 0
        for stop in self.stops:
            if stop > start:
                found.append((start, stop))
            start = stop + 1
        if start < len(self.text):
            found.append((start, len(self.text)))
        return found

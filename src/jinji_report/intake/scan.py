"""A note walked once: its words by role, its numbers, its clauses and sentences.

Every reader asks the scan instead of searching the text again; each question costs what is
found near, not the length of the note. Positions are those of `note.plain`.
"""

from bisect import bisect_left

from jinji_report.intake.lexicon import Hit, Lexicon
from jinji_report.intake.numerals import Found, numbers
from jinji_report.intake.patterns import pattern
from jinji_report.intake.text import COMMAS, STOPS, Note

_STOP = pattern(f"[{STOPS}]")
_MARK = pattern(f"[{STOPS}{COMMAS}]")
_GROUPED = pattern("[0-9],[0-9]{3}(?![0-9])")
_FEW = 12  # hits up to which a plain walk is quicker than a search by halves


class Scan:
    """One note, looked through for every word that jinji knows."""

    __slots__ = ("_found", "_longest", "marks", "note", "numbers", "stops", "text")

    def __init__(self, note: Note, words: Lexicon) -> None:
        self.note = note
        self.text = text = note.plain
        self.numbers: list[Found] = numbers(text)
        self._found = words.walk(text)
        self._longest: dict[int, list[Hit]] = {}
        self.stops = [match.start() for match in _STOP.finditer(text)]
        self.marks = [match.start() for match in _MARK.finditer(text)]
        if _GROUPED.search(text):
            self._keep_numbers_whole()

    # -------------------------------------------------------------- words

    def hits(self, role: int) -> list[Hit]:
        """Every hit of `role`, overlapping ones too, left to right and the longer first."""
        return self._found.get(role) or []

    def longest(self, role: int) -> list[Hit]:
        """The longest hit at each place, left to right, without overlap."""
        kept = self._longest.get(role)
        if kept is None:
            found = self._found.get(role, [])
            kept, end = [], 0
            if len(found) < 2:
                return found
            for hit in found:
                if hit[0] >= end:
                    kept.append(hit)
                    end = hit[1]
            self._longest[role] = kept
        return kept

    def within(self, role: int, start: int, end: int) -> list[Hit]:
        """The hits of `role` that lie wholly in `start`..`end`."""
        found = self._found.get(role)
        if not found:
            return []
        if len(found) > _FEW:
            found = found[bisect_left(found, (start,)) : bisect_left(found, (end,))]
        return [hit for hit in found if start <= hit[0] and hit[1] <= end]

    def any(self, role: int, start: int, end: int) -> bool:
        """A word of `role` stands wholly in `start`..`end`."""
        return self.first(role, start, end) is not None

    def first(self, role: int, start: int, end: int) -> Hit | None:
        """The first hit of `role` that lies wholly in `start`..`end`, the longest where several begin there."""
        found = self._found.get(role)
        if not found:
            return None
        at = bisect_left(found, (start,)) if len(found) > _FEW else 0
        while at < len(found) and found[at][0] < end:
            if found[at][0] >= start and found[at][1] <= end:
                return found[at]
            at += 1
        return None

    def ending(self, role: int, at: int) -> Hit | None:
        """The longest hit of `role` that ends just at `at`."""
        found = self._found.get(role)
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
        found = self._found.get(role)
        if not found:
            return None
        where = bisect_left(found, (at,)) if len(found) > _FEW else 0
        while where < len(found) and found[where][0] <= at:
            if found[where][0] == at:
                return found[where]
            where += 1
        return None

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
        """The stretch between full stops that holds `at`, without the stops."""
        return _between(self.stops, at, len(self.text))

    def clause(self, at: int) -> tuple[int, int]:
        """The stretch between commas or stops that holds `at`, without the marks."""
        return _between(self.marks, at, len(self.text))

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


def _between(marks: list[int], at: int, size: int) -> tuple[int, int]:
    """The stretch that holds `at`; a mark itself belongs to the stretch that it ends."""
    where = bisect_left(marks, at)
    start = marks[where - 1] + 1 if where else 0
    return start, marks[where] if where < len(marks) else size

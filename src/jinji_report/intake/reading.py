"""What was understood of a note: facts, where each value stands, and what is to be confirmed.

`Draft` gathers them while the readers go through the note; `Reading` is what the desk gets.
"""

from collections.abc import Sequence

from jinji_report.intake.kinds import Candidate, Ranked, candidate
from jinji_report.intake.text import Note
from jinji_report.model.facts import Facts
from jinji_report.quantity import Quantity


class Span:
    """Where a value stands in the note as it came: `text[start:end]`, and the words themselves.

    `field` is a measure, or `category`, `occurred`, `place`, `alarm`, `discovered`, `tag`, `source`; `name` is that of a tag.
    """

    __slots__ = ("end", "field", "name", "said", "start")

    def __init__(self, field: str, start: int, end: int, said: str, name: str = "") -> None:
        self.field = field
        self.name = name
        self.start = start
        self.end = end
        self.said = said

    def __repr__(self) -> str:
        return f"Span({self.field!r}, {self.start}, {self.end}, {self.said!r})"


class Doubt:
    """Something to confirm: the field it is about, and one sentence for the desk."""

    __slots__ = ("field", "text")

    def __init__(self, field: str, text: str) -> None:
        self.field = field
        self.text = text

    def __repr__(self) -> str:
        return f"Doubt({self.field!r}, {self.text!r})"


TELLING = 4.0
"""The weight of a kind that is more than a hint."""


def tied(candidates: Sequence[Candidate | Ranked]) -> bool:
    """The second kind weighs nearly as much as the first, and is no mere hint."""
    return len(candidates) > 1 and candidates[1][1] >= max(candidates[0][1] - 1, TELLING)


class Reading:
    """What was understood of a note.

    `increments`: 又死亡1人, 新增2人受伤 without a total: additions to what was known before. Such a measure
    is not in `facts.measures`; the desk adds it to the figure of the case, or takes it as the
    figure where there is no case. `candidates`: (category, weight, words), likeliest first.
    `clocks`: where times stand in the plain text of `note`, those that no value took too.
    """

    __slots__ = ("_draft", "_ranked", "clocks", "doubts", "facts", "increments", "note")

    def __init__(
        self,
        facts: Facts,
        draft: "Draft",
        increments: dict[str, Quantity],
        ranked: list[Ranked],
        clocks: list[tuple[int, int]],
    ) -> None:
        self._draft = draft
        self._ranked = ranked
        self.note = draft.note
        self.clocks = clocks
        self.facts = facts
        self.increments = increments
        self.doubts = tuple(draft.doubts)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where each value stands in the note as it came."""
        return tuple(self._draft.spans())

    @property
    def places(self) -> list[tuple[str, int, int, str]]:
        """Those stretches alone: field, [start, end) in the note as it came, name of a tag."""
        return self._draft.places()

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        return tuple(map(candidate, self._ranked))


_HEAD = "\0head"
"""The name of what stands in the head of a message, where positions are those of the note as it came."""


class Draft:
    """The values as they come in, with where they stand and what is doubtful of them."""

    __slots__ = ("covered", "doubts", "note", "told")

    def __init__(self, note: Note) -> None:
        self.note = note
        self.told: list[tuple[str, int, int, str]] = []  # field, stretch of the plain text, name
        self.covered: list[tuple[int, int]] = []  # what is said by the values themselves
        self.doubts: list[Doubt] = []

    def span(self, field: str, start: int, end: int) -> str:
        """The words of a value, and a note of where they stand."""
        self.told.append((field, start, end, ""))
        self.covered.append((start, end))
        return self.note.quote(start, end)

    def sign(self, field: str, start: int, end: int, name: str = "") -> str:
        """As `span`, for the words that bring a category or a tag: they are no reason to leave them out of the course."""
        self.told.append((field, start, end, name))
        return self.note.quote(start, end)

    def head(self, field: str, first: int, last: int) -> str:
        """A value that stands in the head of a message: its place is that of the note as it came."""
        self.told.append((field, first, last, _HEAD))
        return self.note.words(first, last)

    def spans(self) -> list[Span]:
        """Every value in the note as it came, in the order in which they were read."""
        words = self.note.words
        return [Span(field, start, end, words(start, end), name) for field, start, end, name in self.places()]

    def places(self) -> list[tuple[str, int, int, str]]:
        """As `spans`, without the words."""
        if not self.note.moved:
            return self.told
        span = self.note.span
        return [
            (field, start, end, "") if name is _HEAD else (field, *span(start, end), name)
            for field, start, end, name in self.told
        ]

    def doubt(self, field: str, text: str) -> None:
        self.doubts.append(Doubt(field, text))

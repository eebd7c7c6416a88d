"""The note made even for reading: one width, one kind of punctuation, no stray spaces.

`plain` is what the other modules read; `span` and `quote` lead back to the note as it came, so
that every value points at its own words. Nothing here raises, whatever the input holds.
"""

from bisect import bisect_right
from collections.abc import Iterable

from jinji_report.intake.characters import GONE, TABLE
from jinji_report.intake.paste import MARKED, Head, rejoined, unmarked, without_heads
from jinji_report.intake.patterns import pattern

STOPS = "。；！？\n"
COMMAS = "，,"

_BREAK = pattern("[\0 ]+")
_WORD = pattern("[0-9A-Za-z.:/-]")
_SPACED_FIGURE = pattern(r"(?<![0-9A-Za-z.])[0-9](?: [0-9]){2,}(?![0-9A-Za-z])")
_SPACED_PAIR = pattern(r"(?<![0-9A-Za-z.])[0-9](?: [0-9])+(?![0-9A-Za-z])")
_MARKS = pattern(r"[。；！？，,;!?、\n]")
_BETWEEN = pattern("(?:(?<=[^ \0][一-鿿]) +(?=[^ ]{2})|(?<=[^ \0]{2}) +(?=[一-鿿][^ ]))(?![0-9]+ )")
_SENTENCE = pattern(f"[^{STOPS}]+")
_PICTURES = pattern(
    "[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\U000e0000-\U000e01ef\u20e3\ufe00-\ufe0f]"
)
_A_SENTENCE = 12
"""Characters from which words with spaces between them are clauses."""
_AGAIN = 12
"""Characters from which a sentence that comes again is a second paste, not a second telling."""


class Note:
    """A note as it came (`raw`) and as it is read (`plain`).

    `heads`: the heads of chat messages in it; `repeated`: something was pasted twice, and is read once.
    """

    __slots__ = ("_as_it_came", "_clean", "_plain_at", "_raw_at", "heads", "plain", "raw", "repeated")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.heads: list[Head] = []
        self._plain_at: list[int] | None = None
        self._raw_at: list[int] = []
        even = raw.translate(TABLE)
        if MARKED.search(even) is not None:
            even = unmarked(even)
            if ":" in even:
                even, self.heads = without_heads(even)
            if "\n" in even:
                even = rejoined(even)
            if " " in even:
                even = _parted(even)
            if " " in even or GONE in even:
                even, self._plain_at, self._raw_at = _closed_up(even)
        self.repeated = False
        if len(even) > 2 * _AGAIN and (
            even.find(even[:_AGAIN], _AGAIN) >= 0 or even.find(even[-_AGAIN:], 0, -1) >= 0
        ):
            once = _told_once(even)
            self.repeated = once != even
            even = once
        self.plain = even
        self._clean = raw.isprintable() and _PICTURES.search(raw) is None
        self._as_it_came = self._clean and self._plain_at is None

    @property
    def moved(self) -> bool:
        """`plain` stands elsewhere than the note as it came."""
        return self._plain_at is not None

    def _origin(self, at: int) -> int:
        if self._plain_at is None:
            return at
        part = bisect_right(self._plain_at, at) - 1
        return self._raw_at[part] + at - self._plain_at[part]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `plain[start:end]` stands in the note as it came."""
        if self._plain_at is None and start < end:
            return start, end
        if start >= end:
            at = self._origin(start) if start < len(self.plain) else len(self.raw)
            return at, at
        return self._origin(start), self._origin(end - 1) + 1

    def quote(self, start: int, end: int) -> str:
        """The note's own words for `plain[start:end]`, without pictures and what cannot be printed."""
        if self._as_it_came and start < end:
            return self.raw[start:end]
        return self.words(*self.span(start, end))

    def words(self, first: int, last: int) -> str:
        """`raw[first:last]` without pictures and what cannot be printed."""
        words = self.raw[first:last]
        if self._clean or (words.isprintable() and _PICTURES.search(words) is None):
            return words
        return "".join(c for c in _PICTURES.sub("", words) if c.isprintable())


def even(words: str) -> str:
    """`words` as a note would be read that says them: for lists of words that are looked for in notes."""
    return words.translate(TABLE)


def _parted(text: str) -> str:
    """`text` with commas for its spaces where it has no other mark (塘房镇滑坡 5:51垮的 合兴两个组 47人失联)."""
    if len(text) < _A_SENTENCE or _MARKS.search(text) is not None:
        return text
    return _BETWEEN.sub(",", text)


def _closed_up(text: str) -> tuple[str, list[int], list[int]]:
    """`text` without what is gone and the spaces that part no two Latin words (OCR and chat put them anywhere).

    With it, where its pieces begin in it and where they came from.
    """
    if " " in text:
        spaced = len(text) <= 3 * text.count(" ") > 6
        text = (_SPACED_PAIR if spaced else _SPACED_FIGURE).sub(
            lambda found: found[0].replace(" ", GONE), text
        )
    pieces: list[str] = []
    plain_at: list[int] = []
    raw_at: list[int] = []
    size = end = 0
    called = False  # inside @somebody, whose name ends at the space
    for gap in [*_BREAK.finditer(text), None]:
        start = len(text) if gap is None else gap.start()
        if start > end:
            piece = text[end:start]
            pieces.append(piece)
            plain_at.append(size)
            raw_at.append(end)
            size += start - end
            called = called or "@" in piece
        if gap is None:
            break
        if " " in gap[0] and pieces and (space := gap.start() + gap[0].index(" ")) >= 0:
            after = text[gap.end() : gap.end() + 1]
            named = called and pieces[-1][-1] != "@"
            if named or (_WORD.match(after) and _WORD.match(pieces[-1][-1])):
                pieces.append(" ")
                plain_at.append(size)
                raw_at.append(space)
                size += 1
            called = called and not named
        end = gap.end()
    return "".join(pieces), plain_at or [0], raw_at or [0]


def _told_once(text: str) -> str:
    """`text` with what was pasted again left blank: long sentences word for word, and the short ones that follow them so."""
    told: list[str] = []
    first: dict[str, int] = {}
    out: list[str] = []
    end = 0
    expected = -1  # the sentence that would come next, were this the second paste
    sentences = [(found.start(), found.end(), found[0].strip(",:、 ")) for found in _SENTENCE.finditer(text)]
    keys = [key for _, _, key in sentences]
    period = next((at for at in range(1, len(keys)) if keys[at] == keys[0] and not len(keys) % at), 0)
    whole = period and all(key == keys[at % period] for at, key in enumerate(keys))
    for number, (start, stop, key) in enumerate(sentences):
        again = first.get(key)
        follows = 0 <= expected < len(told) and told[expected] == key
        if again is not None and (whole or follows or len(key) >= _AGAIN):
            out += text[end:start], "\n" * (stop - start)
            end = stop
            expected = (expected if follows else again) + 1
        else:
            first.setdefault(key, number)
            expected = -1
        told.append(key)
    return "".join([*out, text[end:]])


Mask = bytearray
"""Marked stretches of a text: `mask[at]` is true inside one of them; `1 in mask`: there are any."""


def masked(size: int, stretches: Iterable[tuple[int, int]]) -> Mask:
    """A mask of a text of `size` characters."""
    mask = Mask(size + 1)
    for start, end in stretches:
        mask[start:end] = b"\1" * (end - start)
    return mask

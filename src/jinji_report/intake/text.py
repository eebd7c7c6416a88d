"""The note made even for reading: one width, one kind of punctuation, no stray spaces.

`plain` is what the other modules read; `span` and `quote` lead back to the note as it came, so
that every value points at its own words. Nothing here raises, whatever the input holds.
"""

from collections.abc import Iterable

READ_AT_MOST = 20_000
"""Characters that are read; nobody dictates a longer note, and a paste of megabytes must not stall the desk."""

STOPS = "。；！？\n"
COMMAS = "，,"

_SAME_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)}
_EVEN: dict[int, str | int] = (
    {code: chr(plain) for code, plain in _SAME_WIDTH.items()}
    | {code: " " for code in (*range(0x20), *range(0x7F, 0xA1), 0x3000, 0xFEFF, 0xAD)}
    | {code: " " for code in (*range(0x2000, 0x2010), *range(0x2028, 0x2030), *range(0x2060, 0x2070))}
    | str.maketrans("\n\r;；!！?？｡〜–—―−○◯、，：", "\n\n；；！！？？。~----〇〇、，:")
    | str.maketrans(dict.fromkeys("“”「」『』［］【】〔〕〖〗", '"'))
    | str.maketrans(
        "兩傷亡發現場時點車輛縣鎮鄉區廠災難後個員無報過學醫院陽東門樓層塊壓煙燒滅藥運輸處領導級鐵橋們數萬億約許號間斷電氣礦風隊業產損轉濟"
        "達還與於從說讓進這裡來開關",
        "两伤亡发现场时点车辆县镇乡区厂灾难后个员无报过学医院阳东门楼层块压烟烧灭药运输处领导级铁桥们数万亿约许号间断电气矿风队业产损转济"
        "达还与于从说让进这里来开关",
    )
)
_ASCII_WORD = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.:-/")


class Note:
    """A note as it came (`raw`) and as it is read (`plain`); `cut` tells that its end was left unread."""

    __slots__ = ("_origin", "cut", "plain", "raw")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.cut = len(raw) > READ_AT_MOST
        even = raw[:READ_AT_MOST].translate(_EVEN)
        self._origin: list[int] | None = None
        if " " in even:
            even, self._origin = _close_up(even)
        self.plain = even

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `plain[start:end]` stands in the note as it came."""
        if self._origin is None or start >= end:
            return start, end
        return self._origin[start], self._origin[end - 1] + 1

    def quote(self, start: int, end: int) -> str:
        """The note's own words for `plain[start:end]`, without what cannot be printed."""
        first, last = self.span(start, end)
        words = self.raw[first:last]
        return words if words.isprintable() else "".join(c for c in words if c.isprintable())


def _close_up(text: str) -> tuple[str, list[int]]:
    """Drop the spaces that do not part two Latin words or numbers (OCR and chat put them anywhere)."""
    kept: list[str] = []
    origin: list[int] = []
    gap = -1
    called = False  # inside @somebody, whose name ends at the space
    for at, char in enumerate(text):
        if char == " ":
            gap = at
            if called and kept[-1] != "@":
                called = False
                kept.append(" ")
                origin.append(at)
            continue
        called = called or char == "@"
        if gap >= 0 and kept and char in _ASCII_WORD and kept[-1] in _ASCII_WORD:
            kept.append(" ")
            origin.append(gap)
        gap = -1
        kept.append(char)
        origin.append(at)
    return "".join(kept), origin


Hits = list[tuple[int, int, str]]


class Words:
    """A list of words made quick to find: `hits` walks a text once, whatever the length of the list."""

    __slots__ = ("_pairs", "_singles")

    def __init__(self, words: Iterable[str]) -> None:
        self._singles: set[str] = set()
        self._pairs: dict[str, list[str]] = {}
        for word in sorted(set(words), key=len, reverse=True):
            if len(word) == 1:
                self._singles.add(word)
            elif word:
                self._pairs.setdefault(word[:2], []).append(word)

    def all_hits(self, text: str) -> Hits:
        """Every place of every word, overlapping ones too: (start, end, word)."""
        found: Hits = []
        pairs, singles = self._pairs, self._singles
        for at in range(len(text)):
            for word in pairs.get(text[at : at + 2], ()):
                if text.startswith(word, at):
                    found.append((at, at + len(word), word))
            if text[at] in singles:
                found.append((at, at + 1, text[at]))
        return found

    def hits(self, text: str, start: int = 0, end: int | None = None) -> Hits:
        """The longest word at each place, left to right, without overlap."""
        found: Hits = []
        pairs, singles = self._pairs, self._singles
        at, stop = start, len(text) if end is None else end
        while at < stop:
            for word in pairs.get(text[at : at + 2], ()):
                if text.startswith(word, at) and at + len(word) <= stop:
                    break
            else:
                word = text[at] if text[at] in singles else ""
            if word:
                found.append((at, at + len(word), word))
                at += len(word)
            else:
                at += 1
        return found


class Mask:
    """Marked stretches of a text: `mask[at]` is true inside one of them."""

    __slots__ = ("_bits",)

    def __init__(self, size: int, *groups: Iterable[tuple[int, int]]) -> None:
        self._bits = bytearray(size + 1)
        for group in groups:
            for start, end in group:
                self._bits[start:end] = b"\1" * (end - start)

    def __getitem__(self, at: int) -> bool:
        return self._bits[at] == 1

    def marked(self, start: int, end: int) -> int:
        """How many characters of `start`..`end` are marked."""
        return self._bits.count(1, start, end)

    def __bool__(self) -> bool:
        """Anything is marked at all."""
        return 1 in self._bits


def clauses(text: str, marks: str = STOPS + COMMAS) -> list[tuple[int, int]]:
    """The stretches of `text` between `marks`, without the empty ones."""
    found = []
    start = 0
    for at, char in enumerate(text):
        if char in marks:
            if at > start:
                found.append((start, at))
            start = at + 1
    if start < len(text):
        found.append((start, len(text)))
    return found

"""Every word that the readers know, found in one walk over the note.

A reader registers its tables once, when it is imported: `EVENT = role(("起火", "爆炸"))`. The words of
all readers and of the standards stand in one table, so that a note is walked once, whatever the
number of words; a reader asks for the hits of its role (`scan.Scan`). What a word means is the reader's.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import compress
from operator import add

Hit = tuple[int, int, str]
"""Where a word stands in the text, and the word: (start, end, word)."""

_Entries = tuple[tuple[str, int, bool, tuple[int, ...]], ...]
"""The words that begin with the same characters, longest first: word, length, if it is of the pack, roles."""

_Beginning = tuple[_Entries, dict[str, _Entries] | None]
"""The words that begin with one or two characters; and those that do so with a third, by it, where there are any."""

_TABLES: list[tuple[str, ...]] = []
_NONE: list[Hit] = []


def listed(words: str) -> tuple[str, ...]:
    """A table of words as it is written: line after line, a space between two."""
    return tuple(words.split())


def role(words: Iterable[str]) -> int:
    """A new role for `words`; a word may have several roles."""
    _TABLES.append(tuple(dict.fromkeys(word for word in words if word)))
    return len(_TABLES) - 1


MEASURES = role(())
"""The role of the words by which the standards' measures are told."""
KNOWN = role(())
"""The role of the names of the places that the standards know."""


class Lexicon:
    """Words made quick to find: by their first two characters or one, then by the third, each with the shorter ones in it.

    The hits of the words that the standards bring for categories and tags (`pack`) are kept by word; `strays` are
    those of them that were left out because they say nothing in this one note without words that it lacks.
    """

    __slots__ = ("_pairs", "_singles", "strays")

    def __init__(self, tables: Mapping[int, Iterable[str]], pack: Iterable[str]) -> None:
        self.strays: Callable[[], Iterable[str]] = tuple
        roles: dict[str, tuple[int, ...]] = dict.fromkeys(pack, ())
        packed = frozenset(roles)
        for number, words in tables.items():
            alone = (number,)
            for word in dict.fromkeys(words):
                roles[word] = roles[word] + alone if word in roles else alone
        heads: list[dict[str, list[str]]] = [{}, {}, {}, {}]
        for word in roles:
            size = min(len(word), 3)
            head = word[:size]
            if head in heads[size]:
                heads[size][head].append(word)
            else:
                heads[size][head] = [word]
        entries: dict[str, _Entries] = {}
        for size in (1, 2, 3):
            for head, found in heads[size].items():
                found.sort(key=len, reverse=True)
                own = tuple([(word, len(word), word in packed, roles[word]) for word in found])
                shorter = entries.get(head[:-1]) or entries.get(head[:-2], ())
                entries[head] = own + shorter
        thirds: dict[str, dict[str, _Entries]] = {}
        for head in heads[3]:
            thirds.setdefault(head[:2], {})[head[2]] = entries[head]
        self._singles: dict[str, _Beginning] = {head: (entries[head], None) for head in heads[1]}
        self._pairs: dict[str, _Beginning] = {
            head: (entries.get(head) or entries.get(head[0], ()), thirds.get(head))
            for head in {**heads[2], **thirds}
        }

    def walk(self, text: str) -> tuple[list[list[Hit]], dict[str, list[Hit]]]:
        """The hits of each role, and word of the pack → its hits; overlapping ones too, left to right and the longer first."""
        hits = [_NONE] * len(_TABLES)
        told: dict[str, list[Hit]] = {}
        pairs = map(add, text, text[1:] + "\n")
        begins = list(map(self._pairs.get, pairs, map(self._singles.get, text)))
        for at, (found, thirds) in zip(compress(range(len(text)), begins), filter(None, begins), strict=True):
            if thirds is not None:
                found = thirds.get(text[at + 2 : at + 3], found)
            for word, size, of_pack, roles in found:
                if size < 4 or text.startswith(word, at):
                    hit = (at, at + size, word)
                    if of_pack:
                        if word in told:
                            told[word].append(hit)
                        else:
                            told[word] = [hit]
                    for number in roles:
                        if hits[number]:
                            hits[number].append(hit)
                        else:
                            hits[number] = [hit]
        return hits, told


class Heads:
    """A few words made quick to find where they begin: by their first character, longest first."""

    __slots__ = ("_by_first",)

    def __init__(self, words: Iterable[str]) -> None:
        self._by_first: dict[str, tuple[str, ...]] = {}
        for word in sorted(set(words), key=len, reverse=True):
            self._by_first[word[0]] = (*self._by_first.get(word[0], ()), word)

    def at(self, text: str, start: int) -> str:
        """The longest word that begins at `start`, or none ("")."""
        words = self._by_first.get(text[start : start + 1])
        if words is not None and text.startswith(words, start):
            for word in words:
                if text.startswith(word, start):
                    return word
        return ""


class Tails:
    """A few words made quick to find where they end: by their last character, longest first."""

    __slots__ = ("_by_last",)

    def __init__(self, words: Iterable[str]) -> None:
        self._by_last: dict[str, tuple[str, ...]] = {}
        for word in sorted(set(words), key=len, reverse=True):
            self._by_last[word[-1]] = (*self._by_last.get(word[-1], ()), word)

    def before(self, text: str, end: int, low: int = 0) -> str:
        """The longest word that ends at `end` and begins at `low` or later, or none ("")."""
        words = self._by_last.get(text[end - 1 : end]) if end else None
        if words is not None and text.endswith(words, low, end):
            for word in words:
                if text.endswith(word, low, end):
                    return word
        return ""


def lexicon(
    pack_words: Iterable[str] = (),
    places: Iterable[str] = (),
    measures: Iterable[str] = (),
    *,
    text: str | None = None,
) -> Lexicon:
    """The words of every reader imported so far, with those of the standards: of kinds, of places, of measures.

    With `text` only those that stand in it: to find them so is cheaper than to index them all, where but one
    note is read.
    """
    tables: dict[int, Iterable[str]] = dict(enumerate(_TABLES))
    tables |= {KNOWN: places, MEASURES: measures}
    if text is not None:
        tables = {number: [word for word in words if word in text] for number, words in tables.items()}
    return Lexicon(tables, pack_words)

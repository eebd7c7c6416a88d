"""Every word that the readers know, found in one walk over the note.

A reader registers its tables once, when it is imported: `EVENT = role(("起火", "爆炸"))`. The words of
all readers and of the standards stand in one table, so that a note is walked once, whatever the
number of words; a reader asks for the hits of its role (`scan.Scan`). What a word means is the reader's.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain, compress, repeat
from operator import add

Hit = tuple[int, int, str]
"""Where a word stands in the text, and the word: (start, end, word)."""

_Entries = tuple[tuple[str, int, int, tuple[int, ...]], ...]
"""The words that begin with the same characters, longest first: word, length, role, other roles."""

_TABLES: list[tuple[str, ...]] = []


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
    """Words made quick to find: by their first three characters, longest first.

    Of the words that the standards bring for categories and tags (`pack`) a walk only finds which stand in the
    note: most of them speak for nothing without another, so that it is seldom asked where.
    """

    __slots__ = ("_longer", "_pack", "_pack_longer", "_pairs", "_singles")

    def __init__(self, tables: Mapping[int, Iterable[str]], pack: Iterable[str]) -> None:
        roles: dict[str, tuple[int, ...]] = {}
        for number, words in tables.items():
            alone = (number,)
            for word in dict.fromkeys(words):
                roles[word] = roles[word] + alone if word in roles else alone
        self._singles: dict[str, _Entries] = {}
        self._pairs: dict[str, _Entries] = {}
        for word, told in roles.items():
            if len(word) < 3 and word:
                (self._pairs if word[1:] else self._singles)[word] = ((word, len(word), told[0], told[1:]),)
        self._longer: dict[str, _Entries] = {
            head: tuple(
                [
                    (word, len(word), roles[word][0], roles[word][1:])
                    for word in sorted(found, key=len, reverse=True)
                ]
            )
            for head, found in _by_head(roles, 3).items()
        }
        words = frozenset(pack)
        self._pack = frozenset([word for word in words if len(word) < 4])
        self._pack_longer = _by_head(words, 4)

    def walk(self, text: str) -> tuple[dict[int, list[Hit]], set[str]]:
        """Role → its hits in `text`, overlapping ones too, left to right and the longer first; the words of the pack in it."""
        none: repeat[_Entries] = repeat(())
        pairs = list(map(add, text, text[1:] + "\n"))
        triples = list(map(add, pairs, text[2:] + "\n\n"))
        longer = map(self._longer.get, triples, none)
        shorter = map(add, map(self._pairs.get, pairs, none), map(self._singles.get, text, none))
        entries = list(map(add, longer, shorter))
        hits: defaultdict[int, list[Hit]] = defaultdict(list)
        for at in compress(range(len(text)), entries):
            for word, size, number, others in entries[at]:
                if size < 4 or text.startswith(word, at):
                    hit = (at, at + size, word)
                    hits[number].append(hit)
                    if others:
                        for number in others:
                            hits[number].append(hit)
        told = set(self._pack.intersection(chain(text, pairs, triples)))
        for head in self._pack_longer.keys() & triples:
            told.update([word for word in self._pack_longer[head] if word in text])
        return hits, told


def _by_head(words: Iterable[str], least: int) -> dict[str, list[str]]:
    """The words of `least` characters and more by their first three."""
    found: dict[str, list[str]] = {}
    for word in words:
        if len(word) >= least:
            head = word[:3]
            if head in found:
                found[head].append(word)
            else:
                found[head] = [word]
    return found


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
        if words is None or not text.startswith(words, start):
            return ""
        return next(word for word in words if text.startswith(word, start))


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
        if words is None or not text.endswith(words, low, end):
            return ""
        return next(word for word in words if text.endswith(word, low, end))


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

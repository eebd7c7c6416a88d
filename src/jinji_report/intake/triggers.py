"""The standards' trigger words made quick to find: which of them a note bears, and where.

A word as a pack writes it may have several parts. "罐车+泄漏": all stand in one sentence, in any
order. "车…翻": the second follows the first within a few characters of the same clause. A part may
offer others ("客车|大巴…翻|侧翻"), and "#危险化学品" is any word of that tag. A hit inside one of
the row's `excludes` does not count, nor one that is told as what did not happen.

What is not in the note costs nothing: a word of several parts is looked at only where the rarest of
them stands. What the hits come to is left to `kinds` and `tags`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from jinji_report.intake.lexicon import PACK, Hit, role
from jinji_report.intake.lexicon import lexicon as lexicon_of
from jinji_report.intake.scan import Scan
from jinji_report.intake.text import Mask
from jinji_report.standards.rows import Category, Measure, Tag

STRONG, USUAL, WEAK = 10.0, 4.0, 1.0


class Lexicon(Protocol):
    """What the reading needs of the standards."""

    @property
    def categories(self) -> Mapping[str, Category]: ...
    @property
    def tags(self) -> Sequence[Tag]: ...
    @property
    def measures(self) -> Mapping[str, Measure]: ...


_REACH = 12  # characters between the parts of "甲…乙"
_LOOKED_AT = 12  # places of a word that are tried for its companions; a repeated paste needs no more
_DENIAL_REACH = 8

_DENIED = role(
    (
        "未发现",
        "未造成",
        "没造成",
        "没有造成",
        "未引发",
        "没有引发",
        "未发生",
        "没有发生",
        "未出现",
        "没有出现",
        "无人",
        "未导致",
        "排除",
        "未见",
        "没有人",
        "没人",
        "没接到",
        "未接到",
    )
)
_NOT = role(("未", "没有", "并没", "不会", "没发生"))
_NAMES = ("厂", "公司", "园", "企业", "集团", "有限", "路", "大道", "站", "学")
_CUTS = frozenset("，,。；！？\n0123456789")


class Compound:
    """A word of several parts: `chains` of groups, each group the alternatives of one part."""

    __slots__ = ("chains", "others", "said", "tagged", "weight")

    def __init__(self, weight: float, said: str, chains: tuple[tuple[int, ...], ...]) -> None:
        self.weight = weight
        self.said = said
        self.chains = chains
        self.others: tuple[int, ...] = ()
        self.tagged = chains[0][0] if said.startswith("#") else -1


class Found:
    """A trigger that the note bears: its weight, how the pack writes it, and where its literal words stand.

    `tagged`: the group of the tag that it begins with, -1 for none. Of a plain word all places are given,
    of one with several parts (`compound`) the first place of each.
    """

    __slots__ = ("compound", "hits", "said", "tagged", "weight")

    def __init__(self, weight: float, said: str, hits: list[Hit], compound: bool, tagged: int) -> None:
        self.weight = weight
        self.said = said
        self.hits = hits
        self.compound = compound
        self.tagged = tagged


class Row:
    """A category or a tag as the reading sees it; `role` is a tag's (scene, victim, any)."""

    __slots__ = ("name", "role")

    def __init__(self, name: str, role: str) -> None:
        self.name = name
        self.role = role


class Triggers:
    """The words of one lexicon, indexed once."""

    __slots__ = (
        "_groups",
        "_parts",
        "background",
        "by_group",
        "excludes",
        "groups_of",
        "leads",
        "lexicon",
        "rows",
        "singles",
        "tags_from",
    )

    def __init__(self, lexicon: Lexicon) -> None:
        self.rows: list[Row] = []
        self.singles: dict[str, list[tuple[int, float]]] = {}
        self.groups_of: dict[str, list[int]] = {}
        self.by_group: dict[int, list[tuple[int, Compound]]] = {}
        self.excludes: dict[str, list[int]] = {}
        self._groups: dict[tuple[str, ...], int] = {}
        self._parts: list[tuple[str, ...]] = []
        tags = {tag.name: [word for word in tag.words if not is_compound(word)] for tag in lexicon.tags}
        compounds: list[tuple[int, Compound]] = []
        for category in lexicon.categories.values():
            number = self._row(category.name, "", category.excludes)
            for weight, words in (
                (STRONG, category.strong),
                (USUAL, category.words),
                (WEAK, category.weak),
            ):
                self._put(number, weight, words, tags, compounds)
        self.tags_from = len(self.rows)
        for tag in lexicon.tags:
            number = self._row(tag.name, tag.role, tag.excludes)
            self._put(number, USUAL, tag.words, tags, compounds)
        self._by_the_rarest(compounds)
        # (leader, follower) → the words with which it leads; none where it always does
        self.leads = {
            (category.name, over): words
            for category in lexicon.categories.values()
            for over, words in category.leads
        }
        self.background = frozenset(c.name for c in lexicon.categories.values() if c.background)
        self.lexicon = lexicon_of({*self.singles, *self.groups_of, *self.excludes})

    def _row(self, name: str, role: str, excludes: Iterable[str]) -> int:
        number = len(self.rows)
        self.rows.append(Row(name, role))
        for phrase in excludes:
            self.excludes.setdefault(phrase, []).append(number)
        return number

    def _put(
        self,
        number: int,
        weight: float,
        words: Iterable[str],
        tags: Mapping[str, Sequence[str]],
        compounds: list[tuple[int, Compound]],
    ) -> None:
        for word in words:
            if not is_compound(word):
                self.singles.setdefault(word, []).append((number, weight))
                continue
            chains = parts_of(word)
            if chains:
                numbered = tuple(tuple(self._group(part, tags) for part in chain) for chain in chains)
                compounds.append((number, Compound(weight, word, numbered)))

    def _group(self, part: Iterable[str], tags: Mapping[str, Sequence[str]]) -> int:
        """The number of the group of words that may stand for `part`."""
        words: dict[str, None] = {}
        for alternative in part:
            words |= dict.fromkeys(
                tags.get(alternative[1:], ()) if alternative.startswith("#") else (alternative,)
            )
        key = tuple(words)
        number = self._groups.setdefault(key, len(self._groups))
        if number == len(self._parts):
            self._parts.append(key)
            for word in key:
                self.groups_of.setdefault(word, []).append(number)
        return number

    def _by_the_rarest(self, compounds: Sequence[tuple[int, Compound]]) -> None:
        """Index each word of several parts by that part whose words the pack uses least: it is the rarest in notes too."""
        uses: dict[str, int] = {}
        for _, compound in compounds:
            for chain in compound.chains:
                for group in chain:
                    for word in self._parts[group]:
                        uses[word] = uses.get(word, 0) + 1
        common = []
        for words in self._parts:
            use = 0.0
            for word in words:
                use += uses.get(word, 0) / len(word)
            common.append(use)
        for number, compound in compounds:
            groups = dict.fromkeys(group for chain in compound.chains for group in chain)
            rarest = min(groups, key=common.__getitem__)
            compound.others = tuple(group for group in groups if group != rarest)
            self.by_group.setdefault(rarest, []).append((number, compound))


def is_compound(word: str) -> bool:
    return "+" in word or "…" in word or "|" in word or word.startswith("#")


def parts_of(word: str) -> list[list[list[str]]]:
    """A word as chains ("+") of parts ("…") of alternatives ("|"); empty ones left out."""
    chains = (
        [[one for one in part.split("|") if one] for part in chain.split("…") if part.strip("|")]
        for chain in word.split("+")
    )
    return [chain for chain in chains if chain]


class Told:
    """What a note bears of the trigger words: `kinds` and `signs` are category and tag → its triggers."""

    __slots__ = ("_barred", "_denied", "_groups", "_scan", "kinds", "signs")

    def __init__(self, words: Triggers, scan: Scan, past: Mask) -> None:
        self._scan = scan
        self.kinds: dict[int, list[Found]] = {}
        self.signs: dict[int, list[Found]] = {}
        self._barred: dict[int, list[Hit]] = {}
        self._groups: dict[int, list[Hit]] = {}
        self._denied = _denied(scan)
        hits = scan.hits(PACK)
        if past:
            hits = [hit for hit in hits if not past[hit[0]]]
        by_word: dict[str, list[Hit]] = {}
        for hit in hits:
            word = hit[2]
            if word in by_word:
                by_word[word].append(hit)
            else:
                by_word[word] = [hit]
        self._put(words, by_word)
        singles, clean = words.singles, not self._barred and not self._denied
        for word, hits in by_word.items():
            if word in singles:
                for number, weight in singles[word]:
                    kept = hits if clean else [hit for hit in hits if self._counts(number, hit)]
                    if kept:
                        self._found(words, number, Found(weight, word, kept, False, -1))
        groups, by_group = self._groups, words.by_group
        for group in groups:
            if group in by_group:
                for number, compound in by_group[group]:
                    for other in compound.others:
                        if other not in groups:
                            break
                    else:
                        string = self._together(number, compound)
                        if string:
                            found = Found(compound.weight, compound.said, string, True, compound.tagged)
                            self._found(words, number, found)

    def _put(self, words: Triggers, by_word: Mapping[str, list[Hit]]) -> None:
        """The groups that the note's words speak for, and the phrases in which they do not count."""
        groups, groups_of, excludes = self._groups, words.groups_of, words.excludes
        for word, hits in by_word.items():
            if word in groups_of:
                for group in groups_of[word]:
                    groups[group] = groups[group] + hits if group in groups else hits
            if word in excludes:
                for number in excludes[word]:
                    self._barred.setdefault(number, []).extend(hits)

    def _found(self, words: Triggers, number: int, found: Found) -> None:
        table = self.kinds if number < words.tags_from else self.signs
        if number in table:
            table[number].append(found)
        else:
            table[number] = [found]

    def bears(self, words: Iterable[str]) -> bool:
        """One of `words` stands anywhere in the note."""
        text = self._scan.text
        return any(word in text for word in words)

    def in_a_name(self, end: int) -> bool:
        """化工 in 化工厂 names a place and tells little of what came out."""
        return self._scan.text.startswith(_NAMES, end)

    def of_tag_part(self, found: Found) -> list[Hit]:
        """Every place of the tag that a word begins with (#危险化学品+泄漏); none where it begins otherwise."""
        return self._groups.get(found.tagged, []) if found.tagged >= 0 else []

    def _counts(self, number: int, hit: Hit) -> bool:
        """The hit stands in no excluded phrase of the row, and is not told as what did not happen."""
        start, end, _ = hit
        if number in self._barred:
            for first, last, _ in self._barred[number]:
                if first <= start and end <= last:
                    return False
        return all(not first <= start <= last for first, last in self._denied)

    def _together(self, number: int, compound: Compound) -> list[Hit]:
        """The literal words of a compound that stand in one sentence; none where they do not."""
        chains = []
        for chain in compound.chains:
            strings = self._strings(number, chain)
            if not strings:
                return []
            chains.append(strings)
        if len(chains) == 1:
            return chains[0][0]
        for first in chains[0]:
            low, high = self._scan.sentence(first[0][0])
            picked = [first]
            for others in chains[1:]:
                for other in others:
                    if low <= other[0][0] and other[-1][1] <= high and _apart(picked, other):
                        picked.append(other)
                        break
                else:
                    break
            else:
                return [hit for string in picked for hit in string]
        return []

    def _strings(self, number: int, chain: tuple[int, ...]) -> list[list[Hit]]:
        """The places of "甲…乙", each a word for every part; of a part alone, its places."""
        found = [[hit] for hit in self._places(number, chain[0])]
        for group in chain[1:]:
            following = self._places(number, group)
            longer = []
            for string in found:
                end = string[-1][1]
                bound = min(end + _REACH, self._scan.clause(end - 1)[1])
                for hit in following:
                    if end <= hit[0] <= bound:
                        longer.append([*string, hit])
                        break
            found = longer
        return found

    def _places(self, number: int, group: int) -> list[Hit]:
        hits = self._groups[group]
        if len(hits) > 1:
            hits = sorted(hits)[:_LOOKED_AT]
        if self._barred or self._denied:
            return [hit for hit in hits if self._counts(number, hit)]
        return hits


def _apart(picked: Iterable[list[Hit]], string: list[Hit]) -> bool:
    start, end = string[0][0], string[-1][1]
    return all(end <= one[0][0] or one[-1][1] <= start for one in picked)


def _denied(scan: Scan) -> list[tuple[int, int]]:
    """Where a word is told as what did not happen (未发现人员中毒): from the first such start to the last."""
    found = [(end, end) for _, end, _ in scan.hits(_NOT)]
    for start, end, _ in scan.hits(_DENIED):
        reach, limit = end, min(start + _DENIAL_REACH, len(scan.text))
        while reach < limit and scan.text[reach] not in _CUTS:
            reach += 1
        found.append((end, reach))
    return found


_memo: list[tuple[Lexicon, Triggers]] = []


def compiled(lexicon: Lexicon) -> Triggers:
    """The index of `lexicon`, kept for the next note."""
    for known, ready in _memo:
        if known is lexicon:
            return ready
    ready = Triggers(lexicon)
    _memo[:] = [(lexicon, ready), *_memo[:3]]
    return ready

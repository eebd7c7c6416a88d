"""The standards' trigger words made quick to find: which of them a note bears, and where.

A word as a pack writes it may have several parts. "罐车+泄漏": all stand in one sentence, in any
order. "车…翻": the second follows the first within a few characters of the same clause. A part may
offer others ("客车|大巴…翻|侧翻"), and "#危险化学品" is any word of that tag. A hit inside one of
the row's `excludes` does not count, nor one that is told as what did not happen.

What is not in the note costs nothing: a word of several parts is looked at only where the rarest of
them stands. What the hits come to is left to `kinds` and `tags`.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Protocol

from jinji_report.intake.lexicon import Hit, role
from jinji_report.intake.lexicon import lexicon as lexicon_of
from jinji_report.intake.patterns import pattern
from jinji_report.intake.places.gazetteer import Gazetteer
from jinji_report.intake.scan import Scan
from jinji_report.intake.text import Mask
from jinji_report.standards.rows import Category, Desk, KnownPlace, Measure, Tag

STRONG, USUAL, WEAK = 10.0, 4.0, 1.0
_FEW = 12  # excluded phrases up to which all are looked at
_LONGEST = 400  # characters of an excluded phrase, as a pack may write it


class Lexicon(Protocol):
    """What the reading needs of the standards; of one `digest` all its words are the same."""

    @property
    def digest(self) -> str: ...
    @property
    def categories(self) -> Mapping[str, Category]: ...
    @property
    def tags(self) -> Sequence[Tag]: ...
    @property
    def measures(self) -> Mapping[str, Measure]: ...
    @property
    def places(self) -> Sequence[KnownPlace]: ...
    @property
    def desk(self) -> Desk: ...


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


Group = frozenset[str]
"""The words of which one stands for a part."""


class Trigger:
    """A word of the row `number`, as the pack writes it (`said`).

    `chains` are the parts of one that has several, none for a plain word; `other` and `others` are its groups
    but that by which it is found. `tagged`: it begins with any word of a tag (#危险化学品+泄漏); `simple`:
    none of its parts has an order ("甲…乙").
    """

    __slots__ = ("chains", "number", "other", "others", "said", "simple", "tagged", "weight")

    def __init__(
        self, number: int, weight: float, said: str, chains: tuple[tuple[Group, ...], ...] = ()
    ) -> None:
        self.number = number
        self.weight = weight
        self.said = said
        self.chains = chains
        self.other: Group = frozenset()
        self.others: tuple[Group, ...] = ()
        self.tagged = said.startswith("#")
        self.simple = all([len(chain) == 1 for chain in chains])


Found = tuple[Trigger, list[Hit]]
"""A trigger that the note bears: of a plain word all its places, of one with several parts one place of each."""


class Row:
    """A category or a tag as the reading sees it; `role` (scene, victim, any) and `cleared_by` are a tag's."""

    __slots__ = ("cleared_by", "name", "role")

    def __init__(self, name: str, role: str, cleared_by: tuple[str, ...] = ()) -> None:
        self.name = name
        self.role = role
        self.cleared_by = cleared_by


class Triggers:
    """The words of one lexicon, indexed once; with `text` only those that may speak for something in it.

    `bearing`: word → the triggers that it is, and those of several parts for which it may stand.
    """

    __slots__ = (
        "background",
        "bearing",
        "excludes",
        "gazetteer",
        "leads",
        "lexicon",
        "rows",
        "tags_from",
    )

    def __init__(self, lexicon: Lexicon, text: str | None = None) -> None:
        self.rows: list[Row] = []
        singles: dict[str, list[Trigger]] = {}
        compounds: dict[str, list[Trigger]] = {}
        self.excludes: dict[str, list[int]] = {}
        groups: dict[str, Group] = {}
        for tag in lexicon.tags:
            groups["#" + tag.name] = frozenset(
                [word for word in tag.words if (text is None or word in text) and not is_compound(word)]
            )
        for category in lexicon.categories.values():
            number = self._row(Row(category.name, ""), category.excludes, text)
            for weight, words in (
                (STRONG, category.strong),
                (USUAL, category.words),
                (WEAK, category.weak),
            ):
                _put(singles, compounds, number, weight, words, groups, text)
        self.tags_from = len(self.rows)
        for tag in lexicon.tags:
            number = self._row(Row(tag.name, tag.role, tag.cleared_by), tag.excludes, text)
            _put(singles, compounds, number, USUAL, tag.words, groups, text)
        numbers = {name: number for number, name in enumerate(lexicon.categories)}
        self.leads = {
            (numbers[row.name], numbers[lead.over]): lead
            for row in lexicon.categories.values()
            for lead in row.leads
        }
        self.background = frozenset(numbers[c.name] for c in lexicon.categories.values() if c.background)
        self.gazetteer = Gazetteer(lexicon.places, lexicon.desk.tier)
        told = {*singles, *self.excludes}.union(*groups.values())
        self.bearing: dict[str, tuple[Sequence[Trigger], Sequence[Trigger]]] = {
            word: (singles.get(word, ()), compounds.get(word, ())) for word in {**singles, **compounds}
        }
        self.lexicon = lexicon_of(
            told,
            self.gazetteer.words,
            [word for measure in lexicon.measures.values() for word in measure.words],
            text=text,
        )
        if text is not None:
            self.lexicon.strays = partial(_parts, lexicon, text)

    def _row(self, row: Row, excludes: Iterable[str], text: str | None) -> int:
        number = len(self.rows)
        self.rows.append(row)
        for phrase in excludes:
            if text is None or phrase in text:
                self.excludes.setdefault(phrase, []).append(number)
        return number


def _put(
    singles: dict[str, list[Trigger]],
    compounds: dict[str, list[Trigger]],
    number: int,
    weight: float,
    words: Iterable[str],
    groups: dict[str, Group],
    text: str | None,
) -> None:
    """Enter the words of a row: the plain ones, and those of several parts under the rarest of these."""
    for word in words:
        if not is_compound(word):
            if text is not None and word not in text:
                continue
            singles.setdefault(word, []).append(Trigger(number, weight, word))
            continue
        if text is not None and not _may_stand(word, text):
            continue
        chains = tuple(
            tuple(_group(part, groups) for part in chain.split("…") if part.strip("|"))
            for chain in word.split("+")
            if chain.strip("…|")
        )
        told = list(dict.fromkeys(group for chain in chains for group in chain))
        if not told or not all(told):  # nothing is said, or by a tag without words
            continue
        compound = Trigger(number, weight, word, chains)
        rarest = min(told, key=_commonness)
        told.remove(rarest)
        compound.other, *others = told or [rarest]
        compound.others = tuple(others)
        for literal in rarest:
            compounds.setdefault(literal, []).append(compound)


def _parts(lexicon: Lexicon, text: str) -> set[str]:
    """Of the words of several parts, wherever the others stand, those parts that stand in the text."""
    rows = [words for row in lexicon.categories.values() for words in (row.strong, row.words, row.weak)]
    rows += [tag.words for tag in lexicon.tags]
    told = {part for words in rows for word in words if is_compound(word) for part in _PARTED.split(word)}
    return {one for one in told if one and one in text}


def _may_stand(word: str, text: str) -> bool:
    """Every part of the word has an alternative in the text; a tag's words are looked for elsewhere."""
    for part in word.replace("+", "…").split("…"):
        if part and "#" not in part:
            for one in part.split("|"):
                if one in text:
                    break
            else:
                return False
    return True


def _group(part: str, groups: dict[str, Group]) -> Group:
    """The words that may stand for `part`; the same part of another word shares them."""
    if part not in groups:
        ones = [groups.get(one, frozenset()) if one[0] == "#" else (one,) for one in part.split("|") if one]
        groups[part] = frozenset().union(*ones)
    return groups[part]


def _commonness(group: Group) -> int:
    """How often one of the words stands in a note, roughly: short words are the common ones, some more so."""
    return sum([400 if word in _COMMONEST else _COMMON.get(len(word), 1) for word in group])


_PARTED = pattern("[+…|]")
_COMMON = {1: 40, 2: 4}
_COMMONEST = frozenset(("车", "人", "死", "没", "水", "说", "死亡", "受伤"))


def is_compound(word: str) -> bool:
    return "+" in word or "…" in word or "|" in word or word.startswith("#")


class Told:
    """What a note bears of the trigger words: `kinds` and `signs` are category and tag → its triggers."""

    __slots__ = ("_barred", "_borne", "_denied", "_scan", "_told", "kinds", "signs")

    def __init__(self, words: Triggers, scan: Scan, past: Mask) -> None:
        self._scan = scan
        self.kinds: dict[int, list[Found]] = {}
        self.signs: dict[int, list[Found]] = {}
        told: Mapping[str, list[Hit]] = scan.told
        if 1 in past:
            told = _of_now(told, past)
        self._told = told
        borne = self._borne = frozenset(told)
        denied = self._denied = _denied(scan)
        barred: dict[int, list[Hit]] = {}
        self._barred = barred
        for word in words.excludes.keys() & borne:
            hits = told[word]
            for number in words.excludes[word]:
                barred[number] = barred[number] + hits if number in barred else hits
        for number, hits in barred.items():
            if len(hits) > _FEW:
                barred[number] = sorted(hits)
        found: dict[int, list[Found]] = {}
        seen: set[Trigger] = set()
        bearing, tags_from = words.bearing, words.tags_from
        for word in filter(bearing.__contains__, told):
            hits = told[word]
            plain, parts = bearing[word]
            for trigger in plain:
                number, kept = trigger.number, hits
                if denied or number in barred:
                    kept = self._counted(number, hits)
                    if not kept:
                        continue
                if number in found:
                    found[number].append((trigger, kept))
                else:
                    found[number] = [(trigger, kept)]
            for trigger in parts:
                if trigger.other.isdisjoint(borne) or trigger in seen:  # compared from the smaller side
                    continue
                seen.add(trigger)
                if trigger.others and any([other.isdisjoint(borne) for other in trigger.others]):
                    continue
                string = self._together(trigger)
                if string:
                    found.setdefault(trigger.number, []).append((trigger, string))
        for number, borne_of in found.items():
            (self.kinds if number < tags_from else self.signs)[number] = borne_of

    def bears(self, words: Iterable[str]) -> bool:
        """One of `words` stands anywhere in the note."""
        text = self._scan.text
        return any(word in text for word in words)

    def in_a_name(self, end: int) -> bool:
        """化工 in 化工厂 names a place and tells little of what came out."""
        return self._scan.text.startswith(_NAMES, end)

    def of_tag_part(self, found: Found) -> list[Hit]:
        """Every place of the tag that a word begins with (#危险化学品+泄漏); none where it begins otherwise."""
        return self._hits(found[0].chains[0][0], None) if found[0].tagged else []

    def _counted(self, number: int, hits: list[Hit]) -> list[Hit]:
        """The hits that stand in no excluded phrase of the row, and are not told as what did not happen."""
        denied, barred = self._denied, self._barred.get(number)
        if barred is not None:
            hits = [hit for hit in hits if not _inside(hit, barred)]
        return [hit for hit in hits if hit[0] not in denied] if denied else hits

    def _together(self, trigger: Trigger) -> list[Hit]:
        """The words of a trigger of several parts that stand in one sentence; none where they do not."""
        number, chains = trigger.number, trigger.chains
        if len(chains) == 1:
            return self._string(number, chains[0])
        if trigger.simple:
            return self._side_by_side([self._hits(chain[0], number) for chain in chains])
        firsts = self._strings(number, chains[0])
        if not firsts:
            return []
        rest = [self._strings(number, chain) for chain in chains[1:]]
        for first in firsts:
            low, high = self._scan.sentence(first[0][0])
            picked = [first]
            for others in rest:
                for other in others:
                    if low <= other[0][0] and other[-1][1] <= high and _apart(picked, other):
                        picked.append(other)
                        break
                else:
                    break
            else:
                return [hit for string in picked for hit in string]
        return []

    def _side_by_side(self, places: list[list[Hit]]) -> list[Hit]:
        """A place of each that stands in one sentence with the others, none inside another."""
        for first in places[0]:
            low, high = self._scan.sentence(first[0])
            picked = [first]
            for others in places[1:]:
                for other in others:
                    start, end, _ = other
                    if (
                        low <= start
                        and end <= high
                        and not [1 for a, z, _ in picked if a < end and start < z]
                    ):
                        picked.append(other)
                        break
                else:
                    break
            else:
                return picked
        return []

    def _string(self, number: int, chain: tuple[Group, ...]) -> list[Hit]:
        """The first place of "甲…乙"; none where it stands nowhere."""
        if len(chain) != 2:
            found = self._strings(number, chain)
            return found[0] if found else []
        following = self._hits(chain[1], number)
        for hit in self._hits(chain[0], number):
            end = hit[1]
            for other in following:
                begin = other[0]
                if end <= begin <= end + _REACH and begin <= self._scan.clause(end - 1)[1]:
                    return [hit, other]
        return []

    def _strings(self, number: int, chain: tuple[Group, ...]) -> list[list[Hit]]:
        """The places of "甲…乙", each a word for every part; of a part alone, its places."""
        found = [[hit] for hit in self._hits(chain[0], number)]
        for group in chain[1:]:
            if not found:
                break
            following = self._hits(group, number)
            last = following[-1][0] if following else -1
            longer = []
            for string in found:
                end = string[-1][1]
                if last < end:
                    continue
                reach = min(end + _REACH, self._scan.clause(end - 1)[1])
                for hit in following:
                    if end <= hit[0] <= reach:
                        longer.append([*string, hit])
                        break
            found = longer
        return found

    def _hits(self, group: Group, number: int | None) -> list[Hit]:
        """The first places of the words of a group, left to right, those that count for the row `number`."""
        hits: list[Hit] = []
        for word in group & self._borne:
            hits += self._told[word]
        if len(hits) > 1:
            hits.sort()
            del hits[_LOOKED_AT:]
        if number is not None and (self._denied or number in self._barred):
            return self._counted(number, hits)
        return hits


def _apart(picked: Iterable[list[Hit]], string: list[Hit]) -> bool:
    start, end = string[0][0], string[-1][1]
    for one in picked:  # noqa: SIM110
        if one[0][0] < end and start < one[-1][1]:
            return False
    return True


def _inside(hit: Hit, phrases: list[Hit]) -> bool:
    """The hit stands in one of the phrases."""
    start, end, _ = hit
    if len(phrases) > _FEW:
        phrases = phrases[bisect_left(phrases, (end - _LONGEST,)) : bisect_left(phrases, (start + 1,))]
    for first, last, _ in phrases:  # noqa: SIM110
        if first <= start and end <= last:
            return True
    return False


def _of_now(told: Mapping[str, list[Hit]], past: Mask) -> dict[str, list[Hit]]:
    """Without the words that tell of the past, in the order in which they are told."""
    kept = {word: [hit for hit in hits if not past[hit[0]]] for word, hits in told.items()}
    return dict(
        sorted([one for one in kept.items() if one[1]], key=lambda one: (one[1][0][0], -one[1][0][1]))
    )


def _denied(scan: Scan) -> set[int]:
    """Where a word that begins is told as what did not happen (未发现人员中毒)."""
    found = {end for _, end, _ in scan.hits[_NOT]}
    for start, end, _ in scan.hits[_DENIED]:
        reach, limit = end, min(start + _DENIAL_REACH, len(scan.text))
        while reach < limit and scan.text[reach] not in _CUTS:
            reach += 1
        found.update(range(end, reach + 1))
    return found


_MOST_KEPT = 4
_kept: dict[str, Triggers] = {}
_asked: set[str] = set()


def compiled(lexicon: Lexicon, text: str) -> Triggers:
    """The index of `lexicon` for `text`: of the first note only what stands in it, then a whole one, which is kept.

    Most runs read one note; both say the same of it.
    """
    ready = _kept.get(lexicon.digest)
    if ready is not None:
        return ready
    if len(_asked) > _MOST_KEPT:
        _asked.clear()
        _kept.clear()
    if lexicon.digest not in _asked:
        _asked.add(lexicon.digest)
        return Triggers(lexicon, text)
    ready = _kept[lexicon.digest] = Triggers(lexicon)
    return ready

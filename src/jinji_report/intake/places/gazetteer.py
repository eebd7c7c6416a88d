"""The desk's own places: where the note names one, which one it is, and what is to be asked when that is not plain."""

from collections.abc import Iterable, Sequence
from operator import add

from jinji_report.intake.lexicon import KNOWN, Hit, listed
from jinji_report.intake.places.barred import TREATED
from jinji_report.intake.places.divisions import division
from jinji_report.intake.places.words import CLASS, DIVISION, SPOT
from jinji_report.intake.scan import Scan
from jinji_report.standards.rows import KnownPlace
from jinji_report.vocabulary import Tier

# What people leave off a name.
_LEFT_OFF = listed("股份有限公司 有限责任公司 有限公司 集团公司 分公司 公司 集团 厂 小区")
_SHORTEST = 3
# Behind a name these make another one of it: 望山水库路, 红星小学超市.
_OTHER_THING = listed(
    "路 街 大道 巷 胡同 桥 公司 有限公司 厂 店 酒店 饭店 宾馆 超市 药店 商店 饭馆 餐馆 花园 新村 社区 "
    "派出所 站 公园 广场 某 先生 女士 师傅 同志 经理 老板 牌"
)
_COUNTING = frozenset("第一二三四五六七八九十0123456789")
_ABOVE_COUNTY = "省市县区旗州盟"
_ABOVE_TOWN = _ABOVE_COUNTY + "镇乡道村"
_ALONE_IN = {"县": (Tier.COUNTY, Tier.TOWNSHIP), "乡镇": (Tier.TOWNSHIP,)}


class Gazetteer:
    """The places of the standards by every word that they are called."""

    __slots__ = ("_begins", "_common", "_rows", "words")

    def __init__(self, places: Iterable[KnownPlace], tier: Tier | None) -> None:
        self._rows: dict[str, list[KnownPlace]] = {}
        self._common: dict[str, str] = {}
        single = [row for row in places if row.common is None]
        for row in single:
            for word in dict.fromkeys((row.name, row.full, *row.aliases)):
                if len(word) > 1:
                    self._rows.setdefault(word, []).append(row)
        self._shorten(single)
        for row in places:
            if row.common is not None and tier not in _ALONE_IN[row.common]:
                self._common |= dict.fromkeys((row.name, *row.aliases), row.common)
        for word in self._rows:
            self._common.pop(word, None)
        self._common = {word: self._common[word] for word in sorted(self._common, key=len, reverse=True)}
        self._begins = frozenset([word[:2] for word in self._common])
        self.words: tuple[str, ...] = tuple(self._rows)

    def _shorten(self, rows: Sequence[KnownPlace]) -> None:
        """望山化工 is 望山化工有限公司 where no other place is called so."""
        short: dict[str, list[KnownPlace]] = {}
        for row in rows:
            for word in (row.name, row.full, *row.aliases):
                ending = next((end for end in _LEFT_OFF if word.endswith(end)), "")
                rest = word[: len(word) - len(ending)]
                if (
                    ending
                    and len(rest) >= _SHORTEST
                    and rest not in self._rows
                    and row not in short.get(rest, ())
                ):
                    short.setdefault(rest, []).append(row)
        self._rows |= {word: found for word, found in short.items() if len(found) == 1}

    def named(self, scan: Scan) -> list[Hit]:
        """Where the note names a place that the standards know."""
        return [hit for hit in scan.longest[KNOWN] if _stands(scan, hit)] if scan.hits[KNOWN] else []

    def of(self, word: str, phrase: str) -> list[KnownPlace]:
        """The places that `word` may be, by what else the phrase says of where they lie."""
        rows = self._rows[word]
        if len(rows) == 1:
            return rows
        told = [
            row
            for row in rows
            if any(
                part in phrase
                for name in (row.owner or "", row.full.removesuffix(word), row.name.removesuffix(word))
                for part in (name,)
                if part and part not in (row.name, row.full)
            )
        ]
        return told if len(told) == 1 else rows

    def unsettled(self, phrase: str, named: Sequence[str]) -> tuple[str, str] | None:
        """A name in `phrase` that every county or township has, with no word of which one: (the name, 县 or 乡镇)."""
        if self._begins.isdisjoint(map(add, phrase, phrase[1:])):
            return None
        for word in self._common:
            at = phrase.find(word)
            if at < 0 or any(word in known for known in named):
                continue
            level = self._common[word]
            above = _ABOVE_COUNTY if level == "县" else _ABOVE_TOWN
            if division(phrase, 0, at) == 0 and not any(char in above for char in phrase[:at]):
                return word, level
            return None
        return None


def _stands(scan: Scan, hit: Hit) -> bool:
    """The word names the place here, and is no part of another name, nor where people were taken."""
    text = scan.text
    start, end, word = hit
    if TREATED.open(text, end) or (start and text[start - 1] in _COUNTING and word[0] in _COUNTING):
        return False
    spot = scan.ending(SPOT, end)
    return (spot is not None and CLASS[spot[2]] == DIVISION) or not text.startswith(_OTHER_THING, end)

"""Do two phrases name one place? 城关镇东街服装店 and 东街一服装店 do; 第一小学 and 第二小学 do not."""

import re
from enum import IntEnum

from jinji_report.judgement.owners import township

# The units above the township that stand at the head of an address.
_ABOVE = re.compile(
    r"^(?:[^省市县区旗州盟乡镇村街路\W\d]{1,8}?(?:自治区|自治州|自治县|省|市|县|旗|州|盟|(?<![园小社矿厂校景新发])区))+"
)
_IDLE = re.compile(r"(?:附近|旁边|门口|路边|境内|以?内|处|一家|一处|某|一|的|[\s、，,（）()])+")
_NUMBERED = re.compile(
    r"(?P<number>\d+|[一二三四五六七八九十]+)(?P<what>号楼|号|栋|幢|单元|组|社|队|中|小|矿|医院|标段|车间)"
)
_POST = re.compile(r"[Kk](\d+)|(\d+)公里")
_POSTS_APART = 1  # kilometres that two callers may differ
_KINDS_OF_PLACE = (
    r"幼儿园|小学|中学|学校|学院|医院|卫生院|高速公路|高速|公路|国道|省道|县道|乡道|大道|道路|路段|段|路口|交叉口|十字|街|路|村|组|厂|公司|有限|"
    r"工业园区?|园区|小区|社区|化工|煤矿|矿|工地|店|服装|超市|饭店|酒店|宾馆|民房|住宅|居民楼|楼|仓库|隧道|大桥|桥|河|水库|车间|市场|广场|"
    r"加油站|站|方向|镇|乡|(?<![A-Za-z\d])\d+"
)
_GENERIC = re.compile(f"(?:{_KINDS_OF_PLACE})+")
_BARE = re.compile(f"(?:{_KINDS_OF_PLACE}|[东西南北中上下第])+")
_ROAD = re.compile(r"[A-Za-z]\d+")
_MOST = 60  # characters of a place that are compared
_MOSTLY = 0.8


class Nearness(IntEnum):
    """How near two places are as far as their words tell."""

    APART = 0
    TOWN = 1
    NEAR = 2
    SAME = 3


def nearness(one: str, other: str) -> tuple[Nearness, str]:
    """How near, and the words that both have.

    Different townships are apart, and so are different numbers of the same thing (3号楼, K1023, 二组).
    A township alone, a kind of building or a road without a name joins no two places.
    """
    if elsewhere(one, other):
        return Nearness.APART, ""
    one, other = (_ABOVE.sub("", text.strip()) or text.strip() for text in (one[:_MOST], other[:_MOST]))
    towns = township(one), township(other)
    shared = towns[0] if towns[0] == towns[1] else None
    bare = [
        _IDLE.sub("", text.replace(town or "", "", 1)) for text, town in zip((one, other), towns, strict=True)
    ]
    if not all(bare):
        return (Nearness.TOWN, shared) if shared else (Nearness.APART, "")
    if _numbers_differ(*bare):
        return Nearness.APART, ""
    blocks = _blocks(*bare)
    told = any(_specific(block) for block in blocks)
    words = max(blocks, key=len, default="")
    whole = words in bare and not words.isdecimal()
    if not shared and bare[0] != bare[1] and all(_road(block) for block in blocks if _specific(block)):
        return (Nearness.NEAR, words) if told or whole else (Nearness.APART, "")
    if (told or (shared and whole)) and sum(map(len, blocks)) >= min(map(len, bare)) * _MOSTLY:
        return Nearness.SAME, words
    return (Nearness.NEAR, words) if told or whole else (Nearness.APART, "")


def elsewhere(one: str, other: str) -> bool:
    """The two name different townships."""
    towns = township(_ABOVE.sub("", one[:_MOST].strip())), township(_ABOVE.sub("", other[:_MOST].strip()))
    return None not in towns and towns[0] != towns[1]


def _numbers_differ(one: str, other: str) -> bool:
    posts = [[int(a or b) for a, b in _POST.findall(text)] for text in (one, other)]
    if all(posts) and min(abs(a - b) for a in posts[0] for b in posts[1]) > _POSTS_APART:
        return True
    numbers = [{m["what"]: m["number"] for m in _NUMBERED.finditer(text)} for text in (one, other)]
    return any(numbers[1].get(what, number) != number for what, number in numbers[0].items())


def _specific(words: str) -> bool:
    """A name: two characters besides the kind of place and its side, or one in a longer phrase (东街服装店)."""
    return len(_BARE.sub("", words)) >= 2 or (len(words) >= 4 and bool(_GENERIC.sub("", words)))


def _road(words: str) -> bool:
    """No more than the number of a road, which runs through many counties."""
    return _ROAD.fullmatch(_BARE.sub("", words)) is not None


def _blocks(one: str, other: str) -> list[str]:
    """The runs of two characters and more that both have in the same order, longest first found."""
    size, at, there = 0, 0, 0
    ends = [0] * (len(other) + 1)
    for i, char in enumerate(one, 1):
        before = 0
        for j, its in enumerate(other, 1):
            before, ends[j] = ends[j], before + 1 if char == its else 0
            if ends[j] > size:
                size, at, there = ends[j], i, j
    if size < 2:
        return []
    return [
        *_blocks(one[: at - size], other[: there - size]),
        one[at - size : at],
        *_blocks(one[at:], other[there:]),
    ]

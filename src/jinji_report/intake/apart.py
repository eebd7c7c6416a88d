"""Several incidents told in one call: where the note parts into them.

A list (1. … 2. …), paragraphs, or 另外、还有一起 are signs; whether they part incidents is decided by reading
each piece: it must tell an event of its own, elsewhere or at another time or of another kind. What follows from
the first (地震引发滑坡), the sections of one report, and a follow-up in paragraphs stay in one piece.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from jinji_report.intake.patterns import pattern
from jinji_report.intake.read import read
from jinji_report.intake.reading import TELLING, Reading
from jinji_report.intake.sequel import speaks_of_known
from jinji_report.intake.triggers import Lexicon
from jinji_report.model.facts import Facts
from jinji_report.vocabulary import OTHER_CATEGORY, Precision

MOST = 12
"""Pieces that are looked at; what stands behind them goes with the last."""
_LEAST = 6  # characters of a piece

_CHEAP = pattern(
    r"另|还有|再|同[时日天一]|此外|对了|顺便|第[二2]|[二2][、.．)）是]|②|\n[^\S\n]*\r?\n|一个是|又接|又报|"
    r"[两三四几2-4][个起件](?:警|事|情况|险情|案)|[。；;\n][^\S\n]*[一-鿿]{2,10}[:：]"
)
# The patterns below are compiled by `re` when a note first bears one of these signs: most never do.
_COUNTED = r"[两三四几2-4][个起件](?:警|事|情况|险情|案)[^，。；;：:]{0,6}[：:，,。]"
_NEXT = r"[；;][^\S\n]*"
_CLOCK = r"(?:\d{1,2}[:：时点月日号]|凌晨|今[天日早晨]|昨[天日晚夜]|早上|上午|中午|下午|傍晚|晚上|夜里)"
_OPENS_WITH_A_CLOCK = pattern(r"\W*" + _CLOCK)
_CLOCKED = pattern(r"(?<=[。；;\n])[^\S\n]*(?=" + _CLOCK + ")")
_AT_A_STOP = r"(?:^|(?<=[\n。；;：:，,！!]))[^\S\n]*"
_LISTS = (
    _AT_A_STOP + r"(?P<n>\d{1,2})(?:[、)）]|[.．](?!\d))[^\S\n]*",
    _AT_A_STOP + r"(?P<n>[一二三四五六七八九])[、.．][^\S\n]*",
    r"[（(](?P<n>\d{1,2}|[一二三四五六七八九])[)）]",
    r"(?P<n>[①-⑨])",
    _AT_A_STOP + r"(?P<n>[一二三四五六七八九])(?:个|件)?是[，,：:]?",
    r"第(?P<n>[一二三四五六七八九])(?:[件起个](?:事情?|是)?)[，,：:]?",
)
_ORDER = {char: at for row in ("一二三四五六七八九", "①②③④⑤⑥⑦⑧⑨") for at, char in enumerate(row, 1)}
_SAID = (
    r"(?:^|(?<=[\n。；;！!，,]))[^\S\n]*(?=(?:另外?|还|又|再)(?:有|报|说|接报?|接到)?另?(?:一[起件个]|个事|件事|起)|"
    r"另报|另接|再报|另一[起件]|对了[，,]|顺便再?[说报]|又接[到报])"
)
_HINTED = (
    r"(?:^|(?<=[\n。；;！!]))[^\S\n]*"
    r"(?=另外|另[，,：:]|此外|同时|同[日天]|同一时|与此同时|[一-鿿]{2,10}[:：]|还有[，,：:]?(?!\d|[一二两三四五六七八九十]+[人名]))|"
    r"(?<=[，,])(?=另外(?!\d|有?[一二两三四五六七八九十]+[人名]))|\n[^\S\n]*\r?\n\s*"
)
_SECTION = (
    r"^\W*(?:事[故件]?|人员|基本|现场|伤亡|处置|救援|抢险|善后|原因|损失|下一步|采取|工作|领导|应急|舆情|天气|目前|截至|经过|"
    r"简要|初步|存在|有关|相关|下步|报告|联系|主要|医疗|受灾|灾情|影响|措施|信息|死者|伤者|车辆|当事)"
)
_FOLLOWS = (
    r"引发|引起|引燃|导致|次生|受[^，。]{0,8}影响|造成|由此|随后|继而|波及|"
    r"因[^，。]{0,6}(?:地震|暴雨|洪水|爆炸|大火|火灾|事故)"
)
_BESIDE = r"隔壁|旁边|对面|附近|周边|相邻|邻[近居]|下游|下风向|厂区|院内|楼[上下]|同[村楼院]|该"
_HAPPENED = r"发生|出了|也出|又出|一起|接报|来电|又有|也有|着火|起火"
_SHARED = 3  # characters in a row that make two places one
_HOURS_APART = 0.2


class Sign(Enum):
    """What stands before a piece, the plainest first."""

    LISTED = "1. 2."
    SAID = "另一起"
    HINTED = "另外"
    CLOCKED = "8时10分"


class Piece:
    """One incident of the note: `text` is `note[start:end]`, and what was read of it alone."""

    __slots__ = ("end", "reading", "start", "text")

    def __init__(self, start: int, end: int, text: str, reading: Reading) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.reading = reading


class _Group:
    """Pieces that tell one incident."""

    def __init__(self, start: int, end: int, reading: Reading) -> None:
        self.start = start
        self.end = end
        self.readings = [reading]

    @property
    def told(self) -> list[Facts]:
        return [reading.facts for reading in self.readings]

    @property
    def eventful(self) -> bool:
        return any(map(_eventful, self.readings))

    def add(self, end: int, reading: Reading) -> None:
        self.end = end
        self.readings.append(reading)


def apart(text: str, now: datetime, lexicon: Lexicon) -> tuple[Piece, ...]:
    """The incidents that `text` tells, in its order; none where it tells one, or none."""
    if _CHEAP.search(text) is None and not _clocked(text):
        return ()
    cuts = _cuts(text)
    follow_up = bool(cuts) and bool(speaks_of_known(text))
    groups: list[_Group] = []
    for start, end, sign in cuts:
        reading = read(text[start:end], now, lexicon)
        bound = follow_up and sign in (Sign.HINTED, Sign.CLOCKED)
        if groups and (bound or not _own(text[start:end], reading, sign, groups[-1].told, lexicon)):
            groups[-1].add(end, reading)
        elif groups and not groups[-1].eventful:
            groups[-1].add(end, reading)  # what stands above the first incident tells who calls
        else:
            groups.append(_Group(start, end, reading))
    if len(groups) < 2 or not all(group.eventful for group in groups):
        return ()
    return tuple(_piece(text, group, now, lexicon) for group in groups)


def _piece(text: str, group: _Group, now: datetime, lexicon: Lexicon) -> Piece:
    piece = text[group.start : group.end].rstrip(" \t\r\n　，,；;")
    start = group.end - len(text[group.start : group.end].lstrip(" \t\r\n　，,；;"))
    end = group.start + len(piece)
    return Piece(start, end, text[start:end], read(text[start:end], now, lexicon))


# ------------------------------------------------------------------ where it may part


def _cuts(text: str) -> list[tuple[int, int, Sign]]:
    """The pieces between the signs, each with the sign before it; none where there is no sign."""
    signs: dict[int, tuple[int, Sign]] = {}  # where the piece before ends → where the next begins
    listed = _list(text)
    for start, end in listed:
        signs[start] = (end, Sign.LISTED)
    for match in re.finditer(_SAID, text):
        signs.setdefault(match.start(), (match.end(), Sign.SAID))
    counted = None if listed else re.search(_COUNTED, text[:80])
    for match in re.finditer(_NEXT, text) if counted is not None else ():
        if counted is not None and match.start() >= counted.end():
            signs.setdefault(match.start(), (match.end(), Sign.SAID))
    if not listed:
        for match in re.finditer(_HINTED, text):
            signs.setdefault(match.start(), (match.end(), Sign.HINTED))
        for match in _CLOCKED.finditer(text) if _clocked(text) else ():
            signs.setdefault(match.start(), (match.end(), Sign.CLOCKED))
    cuts: list[tuple[int, int, Sign]] = []
    begin, sign = 0, Sign.HINTED
    for at in sorted(signs)[: MOST - 1]:
        if at - begin >= _LEAST:
            cuts.append((begin, at, sign))
        elif at != begin or begin:
            continue  # what is too short to stand alone goes with what follows it
        begin, sign = signs[at]
    if len(text) - begin >= _LEAST:
        cuts.append((begin, len(text), sign))
    return cuts if len(cuts) > 1 else []


def _clocked(text: str) -> bool:
    """Its first sentence opens with a time, and another does too, as the lines of a log."""
    return _OPENS_WITH_A_CLOCK.match(text) is not None and _CLOCKED.search(text) is not None


def _list(text: str) -> list[tuple[int, int]]:
    """The marks of the first kind of list that counts up from one."""
    for form in _LISTS:
        marks: list[tuple[int, int]] = []
        for match in re.finditer(form, text):
            number = int(match["n"]) if match["n"].isdecimal() else _ORDER[match["n"]]
            if number == len(marks) + 1:
                marks.append(match.span())
        if len(marks) > 1:
            return marks
    return []


# ------------------------------------------------------------------ whether it does


def _eventful(reading: Reading) -> bool:
    """It tells an event, not just traces of one."""
    kinds = reading.candidates
    return reading.facts.category not in (None, OTHER_CATEGORY) and bool(kinds) and kinds[0][1] >= TELLING


def _own(words: str, reading: Reading, sign: Sign, before: Sequence[Facts], lexicon: Lexicon) -> bool:
    """The piece tells an incident of its own, not more of the one before."""
    facts, kind = reading.facts, reading.facts.category
    if kind is None or not _eventful(reading) or (sign is not Sign.SAID and re.match(_SECTION, words)):
        return False
    places = [known.place.text for known in before if known.place is not None]
    here = facts.place is not None and any(_shared(facts.place.text, place) for place in places)
    elsewhere = facts.place is not None and bool(places) and not here and not re.search(_BESIDE, words[:16])
    kinds = [
        known.category for known in before if known.category is not None and known.category != OTHER_CATEGORY
    ]
    other_kind = bool(kinds) and kind not in kinds
    clock = facts.occurred is not None and facts.occurred.precision in (Precision.MINUTE, Precision.HOUR)
    other_time = clock and any(_hours_apart(known, facts) > _HOURS_APART for known in before)
    if not clock and (re.search(_FOLLOWS, words[:24]) or _comes_of(kinds, kind, lexicon)):
        return sign is Sign.SAID and elsewhere
    if sign in (Sign.HINTED, Sign.CLOCKED) and other_kind and lexicon.categories[kind].aftermath:
        return False  # the family before the gate comes hours later
    if sign in (Sign.LISTED, Sign.SAID):
        return elsewhere or (not here and (other_kind or other_time))
    if sign is Sign.CLOCKED:
        return elsewhere and other_time
    happened = re.search(_HAPPENED, words[:40]) is not None
    harmed = any(quantity.low for quantity in facts.measures.values())
    return elsewhere and (other_time or harmed or happened) and (other_kind or clock or happened)


def _comes_of(kinds: Sequence[str], kind: str, lexicon: Lexicon) -> bool:
    """What the first kind brings with it at once; a storm is one in all the places that it strikes."""
    return any(kind in lexicon.categories[first].brings for first in kinds) or (
        lexicon.categories[kind].aftermath and any(first != kind for first in kinds)
    )


def _hours_apart(known: Facts, facts: Facts) -> float:
    if known.occurred is None or facts.occurred is None:
        return 0
    return abs((facts.occurred.at - known.occurred.at).total_seconds()) / 3600


def _shared(one: str, other: str) -> bool:
    """The two places have words in common."""
    shorter, longer = sorted((one, other), key=len)
    size = min(_SHARED, len(shorter))
    return any(shorter[i : i + size] in longer for i in range(len(shorter) - size + 1))

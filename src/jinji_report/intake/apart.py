"""Several incidents told in one call: where the note parts into them.

A list (1. … 2. …), paragraphs, or 另外、还有一起 are signs; whether they part incidents is decided by reading
each piece: it must tell an event of its own, elsewhere or at another time or of another kind. What follows from
the first (地震引发滑坡), the sections of one report, and a follow-up in paragraphs stay in one piece.
"""

import re
from collections.abc import Sequence
from datetime import datetime

from jinji_report.intake.read import read
from jinji_report.intake.reading import TELLING, Reading
from jinji_report.intake.sequel import speaks_of_known
from jinji_report.intake.triggers import Lexicon
from jinji_report.vocabulary import OTHER_CATEGORY, Precision

MOST = 12
"""Pieces that are looked at; a digest of more is entered a page at a time."""
_LEAST = 6  # characters of a piece

_CHEAP = re.compile(
    r"另|还有|再|同[时日天]|此外|对了|顺便|第[二2]|[二2][、.．)）是]|②|\n[^\S\n]*\r?\n|一个是|又接|又报"
)
_LISTED = (
    re.compile(r"(?:^|(?<=[\n。；;：:，,！!]))[^\S\n]*(?P<n>\d{1,2})(?:[、)）]|[.．](?!\d))[^\S\n]*"),
    re.compile(r"(?:^|(?<=[\n。；;：:，,！!]))[^\S\n]*(?P<n>[一二三四五六七八九])[、.．][^\S\n]*"),
    re.compile(r"[（(](?P<n>\d{1,2}|[一二三四五六七八九])[)）]"),
    re.compile(r"(?P<n>[①-⑨])"),
    re.compile(r"(?:^|(?<=[\n。；;：:，,！!]))[^\S\n]*(?P<n>[一二三四五六七八九])(?:个|件)?是[，,：:]?"),
    re.compile(r"第(?P<n>[一二三四五六七八九])(?:[件起个](?:事情?|是)?)[，,：:]?"),
)
_ORDER = {char: at for row in ("一二三四五六七八九", "①②③④⑤⑥⑦⑧⑨") for at, char in enumerate(row, 1)}
_CLEAR = re.compile(
    r"(?:^|(?<=[\n。；;！!，,]))[^\S\n]*(?=(?:另外?|还|又|再)(?:有|报|说|接报?|接到)?(?:另)?(?:一[起件个]|个事|件事|起)|另报|另接|还有个|还有件|再报|"
    r"第二[件起个]|另一[起件]|对了[，,]|顺便(?:再)?(?:说|报)|又接(?:到|报))"
)
_LOOSE = re.compile(
    r"(?:^|(?<=[\n。；;！!]))[^\S\n]*(?=另外|另[，,：:]|此外|同时|同[日天]|与此同时|还有[，,：:]?(?!\d|[一二两三四五六七八九十]+[人名]))"
    r"|(?<=[，,])(?=另外(?!\d|有?[一二两三四五六七八九十]+[人名]))|\n[^\S\n]*\r?\n\s*"
)
_SECTION = re.compile(
    r"^\W*(?:事[故件]?|人员|基本|现场|伤亡|处置|救援|抢险|善后|原因|损失|下一步|采取|工作|领导|应急|舆情|天气|目前|截至|经过|简要|初步|存在|有关|相关|"
    r"下步|报告|联系|主要|医疗|受灾|灾情|影响|措施|信息|死者|伤者|车辆|当事)"
)
_FOLLOWS = re.compile(
    r"引发|引起|引燃|导致|次生|受[^，。]{0,8}影响|造成|由此|随后|继而|波及|因[^，。]{0,6}(?:地震|暴雨|洪水|爆炸|大火|火灾|事故)"
)
# What comes of the first without a time of its own: poison and fire of a leak, a crowd of anything.
_AFTER_ANY = ("群体性事件", "网络舆情", "公用设施中断", "环境污染事件")
_AFTER: dict[str, tuple[str, ...]] = {
    "危险化学品事故": ("急性中毒", "火灾", "爆炸事故", "食物中毒"),
    "燃气事故": ("急性中毒", "火灾", "爆炸事故", "坍塌事故"),
    "爆炸事故": ("火灾", "坍塌事故", "危险化学品事故", "急性中毒"),
    "火灾": ("爆炸事故", "坍塌事故", "危险化学品事故", "急性中毒"),
    "环境污染事件": ("急性中毒", "食物中毒"),
    "道路交通事故": ("火灾", "爆炸事故", "危险化学品事故"),
}
_HAPPENED = re.compile(r"发生|出了|也出|又出|一起|接报|来电|又有|也有|着火|起火")
_LISTED_BY, _CLEARLY, _LOOSELY = 0, 1, 2
_SHARED = 3  # characters in a row that make two places one
_HOURS_APART = 0.5


class Piece:
    """One incident of the note: `text` is `note[start:end]`, and what was read of it alone."""

    __slots__ = ("end", "reading", "start", "text")

    def __init__(self, start: int, end: int, text: str, reading: Reading) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.reading = reading


def apart(text: str, now: datetime, lexicon: Lexicon) -> tuple[Piece, ...]:
    """The incidents that `text` tells, in its order; none where it tells one, or none."""
    if _CHEAP.search(text) is None:
        return ()
    cuts = _cuts(text)
    if not cuts:
        return ()
    groups: list[tuple[int, int, list[Reading]]] = []
    followed = bool(speaks_of_known(text))
    for start, end, sign in cuts:
        reading = read(text[start:end], now, lexicon)
        if groups and (
            (followed and sign == _LOOSELY)
            or not _own(text, start, end, reading, sign, groups[-1][2], lexicon)
        ):
            groups[-1] = (groups[-1][0], end, [*groups[-1][2], reading])
        else:
            groups.append((start, end, [reading]))
        if len(groups) > 1 and not any(map(_event, groups[-2][2])):
            # What stands above the first incident tells who calls, and goes with it.
            before, this = groups[-2], groups.pop()
            groups[-1] = (before[0], this[1], this[2])
    if len(groups) < 2 or not any(map(_event, groups[-1][2])):
        return ()
    return tuple(
        Piece(
            first,
            last,
            text[first:last],
            readings[0] if len(readings) == 1 else read(text[first:last], now, lexicon),
        )
        for first, last, readings in (
            (*_trimmed(text, start, end), readings) for start, end, readings in groups
        )
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip(" \t\r\n　，,；;")), start + len(
        piece.rstrip(" \t\r\n　，,；;")
    )


def _cuts(text: str) -> list[tuple[int, int, int]]:
    """The pieces between the signs, each with the kind of sign before it; none where there is no sign."""
    signs: dict[int, tuple[int, int]] = {}  # where the piece before ends → where the next begins, and by what
    listed = _list(text)
    for start, end in listed:
        signs[start] = (end, _LISTED_BY)
    for match in _CLEAR.finditer(text):
        signs.setdefault(match.start(), (match.end(), _CLEARLY))
    if not listed:
        for match in _LOOSE.finditer(text):
            signs.setdefault(match.start(), (match.end(), _LOOSELY))
    cuts: list[tuple[int, int, int]] = []
    begin, sign = 0, _LOOSELY
    for at in sorted(signs)[: MOST * 4]:
        if at - begin >= _LEAST or (at > begin and not cuts and signs[at][1] == _LISTED_BY):
            cuts.append((begin, at, sign))
            begin, sign = signs[at]
        elif not cuts:
            begin, sign = signs[at]
        if len(cuts) == MOST:
            break
    if len(text) - begin >= _LEAST:
        cuts.append((begin, len(text), sign))
    return cuts if len(cuts) > 1 else []


def _list(text: str) -> list[tuple[int, int]]:
    """The marks of the first kind of list that counts up from one."""
    for pattern in _LISTED:
        marks: list[tuple[int, int]] = []
        for match in pattern.finditer(text):
            number = int(match["n"]) if match["n"].isdecimal() else _ORDER[match["n"]]
            if number == len(marks) + 1:
                marks.append(match.span())
        if len(marks) > 1:
            return marks
    return []


def _event(reading: Reading) -> bool:
    """It tells an event, not just its traces."""
    return (
        reading.facts.category not in (None, OTHER_CATEGORY)
        and bool(reading.candidates)
        and reading.candidates[0][1] >= TELLING
    )


def _own(
    text: str,
    start: int,
    end: int,
    reading: Reading,
    sign: int,
    before: Sequence[Reading],
    lexicon: Lexicon,
) -> bool:
    """The piece tells an incident of its own, not more of the one before."""
    facts = reading.facts
    words = text[start:end]
    if not _event(reading) or (sign != _CLEARLY and _SECTION.match(words)):
        return False
    told = [one.facts for one in before]
    places = [f.place.text for f in told if f.place is not None]
    elsewhere = (
        facts.place is not None and bool(places) and not any(_shared(facts.place.text, p) for p in places)
    )
    same_place = facts.place is not None and any(_shared(facts.place.text, p) for p in places)
    kinds = [f.category for f in told if f.category not in (None, OTHER_CATEGORY)]
    other_kind = bool(kinds) and facts.category not in kinds
    timed = facts.occurred is not None and facts.occurred.precision in (Precision.MINUTE, Precision.HOUR)
    other_time = timed and any(_hours(f, reading) > _HOURS_APART for f in told if f.occurred is not None)
    harmed = any(quantity.low for quantity in facts.measures.values())
    if not timed and (
        _FOLLOWS.search(words[:24]) or (other_kind and _comes_of(kinds, facts.category, lexicon))
    ):
        return sign == _CLEARLY and elsewhere
    if sign == _LISTED_BY:
        return elsewhere or (other_kind and not same_place) or (other_time and not same_place)
    if sign == _CLEARLY:
        return elsewhere or (not same_place and (other_kind or other_time))
    news = other_time or harmed or _HAPPENED.search(words[:40]) is not None
    return elsewhere and news and (other_kind or timed or _HAPPENED.search(words[:40]) is not None)


def _comes_of(kinds: Sequence[str | None], kind: str | None, lexicon: Lexicon) -> bool:
    """What the first kind brings with it."""
    for first in kinds:
        row = lexicon.categories.get(first or "")
        if (
            (row is not None and row.kind == "自然灾害")
            or kind in _AFTER_ANY
            or kind in _AFTER.get(first or "", ())
        ):
            return True
    return False


def _hours(before: object, reading: Reading) -> float:
    one, other = getattr(before, "occurred", None), reading.facts.occurred
    if one is None or other is None:
        return 0
    return float(abs((one.at - other.at).total_seconds()) / 3600)


def _shared(one: str, other: str) -> bool:
    """The two places have words in common."""
    shorter, longer = sorted((one, other), key=len)
    size = min(_SHARED, len(shorter))
    return any(shorter[i : i + size] in longer for i in range(len(shorter) - size + 1))

"""Reading a clock and the part of the day: 晚上11点半, 14时20分许, 23:30, 2:20pm, 1420时, 差十分三点."""

import re

from jinji_report.intake.patterns import pattern
from jinji_report.intake.times.pieces import Pieces
from jinji_report.intake.times.words import CHINESE, PARTS, SHORT_PARTS, SMALL

_SMALL = f"[0-9]{{1,2}}|[{CHINESE}]{{1,3}}"
_CLOCK = pattern(
    rf"(?:大约|大概|差不多|将近|接近|约莫|不到|约|近|快)?(?:差({_SMALL}|一刻)分?(?:钟)?(?=(?:{_SMALL})[点时]))?([AaPp]\.?[Mm]\.?)?"
    r"(?:([0-2][0-9])([0-5][0-9])(?:时许?|许)"
    r"|([0-9]{1,2}):([0-5][0-9])(?::[0-5][0-9])?(?![0-9])"
    rf"|({_SMALL})(?:([时点])钟?|(?=[-~至到](?:{_SMALL})[时点])|(?=[AaPp]\.?[Mm])))"
)
_CHINESE_MINUTES = (
    "[一二三四五]?十[一二三四五六七八九]?|[零〇][一二三四五六七八九]|[二三四五][零〇一二三四五六七八九]"
)
_MINUTES = pattern(
    rf"半(?!挂)|([一三13])刻钟?|过?({_SMALL})分(?![钟之])(?:({_SMALL})秒)?|过(一刻)|差(?:({_SMALL})分|一刻)"
    rf"|([0-9]{{2}}|{_CHINESE_MINUTES})(?![人名个辆死伤岁号米日时点间户车位月天台吨万元级公条只%.0-9]"
    r"|头(?!一[响声次批回遍场个下]))"
)
_NO_HOUR = frozenset("速段间代效")  # 30时速, 24时段
_TAIL = pattern(
    r"(?: ?([AaPp])\.?[Mm]\.?)?((?:左右|前后|上下|许|来钟|钟|整(?!个)|多(?![人名辆个])|过(?![火来后])|前(?![往方后])|的时候"
    r"|那会儿|那阵儿?|时分|时许|刚过|出头|的光景|光景|的样子)*)"
)
_TAIL_FIRSTS = frozenset(" AaPp左前上许来钟整多过的那时刚出光")
_NO_CLOCK_AFTER_POINT = pattern(
    "要求|意见|建议|措施|指示|钟头|[0-9零一二三四五六七八九]+(?:[万亿级倍米吨%]|公里|个点|亿元)"
)
_ALONE_ONE = pattern("钟|多|左右|许|来钟|过|刚过")


def read_part(text: str, pieces: Pieces) -> None:
    """The part of the day at `pieces.end`."""
    at = pieces.end
    word = PARTS.at(text, at)
    if word is None:
        return
    end = at + len(word)
    if word in SHORT_PARTS:
        # 晚七时, 26日夜: a single character counts only beside its day or its clock
        if pieces.part is not None and word in "早晚":
            return
        if not (pieces.has_day and pieces.part is None) and not reads_clock(text, end):
            return
    if pieces.part is None or PARTS[pieces.part][0] < 18 or PARTS[word][0] > 0:
        pieces.part = word  # 昨晚凌晨1点 is still of the night that began yesterday
    if len(word) > 1 and text.startswith(("时分", "时候"), end):
        end += 2
    elif text.startswith("儿", end):
        end += 1
    if text[end : end + 1] in ("，", ",", "的", " ") and reads_clock(text, end + 1):
        end += 1
    more = PARTS.at(text, end)
    pieces.end = end if more is None or len(more) == 1 else end + len(more)


def reads_clock(text: str, at: int) -> bool:
    probe = Pieces(at)
    read_clock(text, probe)
    return probe.hour is not None


def read_clock(text: str, pieces: Pieces) -> None:
    """The clock at `pieces.end`."""
    match = _CLOCK.match(text, pieces.end)
    if match is None:
        return
    lacks, half, wire_hour, wire_minute, digital_hour, digital_minute, said, mark = match.groups()
    at, end = match.start(), match.end()
    before = text[at - 1] if at else ""
    minute: int | None = None
    if wire_hour:
        hour, minute, pieces.half_known = int(wire_hour), int(wire_minute), True
    elif digital_hour:
        if before and (before in ":." or (before == "-" and not text[at - 2 : at - 1].isdigit())):
            return
        hour, minute, pieces.half_known = int(digital_hour), int(digital_minute), True
    else:
        if (before and before in "第每") or said not in SMALL:
            return
        hour = SMALL[said]
        pieces.half_known = mark == "时" or half is not None
        found = _MINUTES.match(text, end) if mark else None
        if found is not None:
            minute, end = _minute(found), found.end()
        elif mark == "点" and _NO_CLOCK_AFTER_POINT.match(text, end):
            pieces.half_known = False
            return
        little = said == "一" and (minute is None or (mark == "时" and text[end - 1] == "半"))
        if little and not _one_oclock(text, at, end, pieces):
            return  # 一点意见, 一时半会
        if mark == "时" and minute is None and text[end : end + 1] in _NO_HOUR:
            return
        bare = minute is None and not pieces.has_day and pieces.part is None
        if hour > 24 and bare and (mark != "时" or hour > 29):
            return
    if text[end : end + 1] in _TAIL_FIRSTS:
        tail = _TAIL.match(text, end)
        assert tail is not None  # it may be empty
        end = tail.end()
        half = half or tail[1]
        pieces.vague = "多" in tail[2] or "过" in tail[2]
    if half:
        hour = hour % 12 + (12 if half[0] in "Pp" else 0)
        pieces.half_known = True
    if lacks:
        minute = -15 if lacks == "一刻" else -SMALL.get(lacks, 0)
    if minute is not None and minute < 0:
        hour, minute = (hour - 1) % 24, 60 + minute  # 差5分8点, 8点差5分
    pieces.impossible = hour > 24 or (minute or 0) > 59
    pieces.hour, pieces.minute, pieces.end = hour, minute, end


def _minute(found: "re.Match[str]") -> int:
    quarter, minutes, _, past, lacks, bare = found.groups()
    if found[0][0] == "差":
        return -15 if lacks is None else -SMALL.get(lacks, 0)
    if quarter or past:
        return 45 if quarter in ("三", "3") else 15
    said = minutes or bare
    return 30 if said is None else SMALL.get(said, 99)


def _one_oclock(text: str, at: int, end: int, pieces: Pieces) -> bool:
    """一点 is also "a little": it is a clock beside its day, or where a clause begins."""
    if pieces.has_day or pieces.part is not None or _ALONE_ONE.match(text, end):
        return True
    return (at == 0 or text[at - 1] in "，,。；\n") and text[end : end + 1] in ("，", ",", "发", "在")

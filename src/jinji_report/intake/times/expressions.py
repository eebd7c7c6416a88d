"""Finding the time expressions of a note, and reading each into its pieces.

One small pattern finds the places where a time can begin; what begins there is read by the
readers of days, clocks and spans. What none of them can read is no time.
"""

import re
from collections.abc import Iterator

from jinji_report.intake.times.ago import read_ago, read_just
from jinji_report.intake.times.clocks import read_clock, read_part
from jinji_report.intake.times.dates import read_day
from jinji_report.intake.times.feasts import FEASTS
from jinji_report.intake.times.pieces import Pieces
from jinji_report.intake.times.words import CHINESE, DAYS, JUST, MONTHS, PARTS, SAME, WEEKS, YEARS, Table

_WORDS = [
    word
    for table in (PARTS, DAYS, SAME, JUST, WEEKS, FEASTS, YEARS, MONTHS)
    for word in table
    if len(word) > 1
] + [
    "农历",
    "阴历",
    "旧历",
    "老历",
    "公历",
    "阳历",
    "正月",
    "腊月",
    "冬月",
    "元月",
    *(f"初{c}" for c in CHINESE),
]
_FIRSTS = "".join(sorted({word[0] for word in _WORDS}))
_SECONDS = "".join(sorted({word[1] for word in _WORDS}))
_NUMBER_TAIL = (
    rf"(?:(?=([来多几余]*个?[半多来]?个?半?(?:小时|分钟|钟头|刻钟|钟|[天周月]|星期|礼拜)[^0-9{CHINESE}初]))"
    r"|(?=[年月日号时点许:]|[./-][0-9]{1,2}[-./日号 ]|[AaPp]\.?[Mm]"
    rf"|[-~至到](?:[0-9]{{1,2}}|[{CHINESE}]{{1,3}})[日号时点]))"
)
_START = re.compile(
    rf"[0-9{CHINESE}{_FIRSTS}'AaPp半几好个差](?:"
    rf"(?<=[0-9])(?<![0-9.][0-9])[0-9]{{0,7}}{_NUMBER_TAIL}"
    rf"|(?<=[{CHINESE}几半])[{CHINESE}几百]{{0,4}}{_NUMBER_TAIL}"
    rf"|(?<=[{_FIRSTS}])(?=[{_SECONDS}])"
    rf"|(?<=[晚夜早晨])(?=[0-9{CHINESE}约大快])"
    r"|(?<=')(?=[0-9]{2}年)|(?<=[AaPp])(?=\.?[Mm][0-9])|(?<=个)(?=把)|(?<=好)(?=几)"
    rf"|(?<=差)(?=[0-9{CHINESE}]))"
)
_JUST = Table(JUST)
_JUST_FIRSTS = frozenset(word[0] for word in JUST)
_LASTING = frozenset("一整几两三每半通")  # 一晚上, 每晚: how long or how often, not when
_ASIDE = re.compile(
    r"\((?:(?:[0-9]{1,2}月)?[0-9]{1,2}[日号]|(?:星期|周|礼拜)[一二三四五六日天]|(?:农历|阴历)[^()\n]{2,8}|[大今昨前]{1,2}[天日])\)"
)


def every_expression(text: str) -> Iterator[Pieces]:
    """The time expressions of `text`, left to right, without overlap."""
    end = 0
    for start in _START.finditer(text):
        at = start.start()
        if at < end:
            continue
        pieces = _read(text, at, start)
        if pieces is not None:
            end = pieces.end
            yield pieces


def _read(text: str, at: int, start: "re.Match[str]") -> Pieces | None:
    """The longest time expression that begins at `at`."""
    if start.lastindex is not None or text[at] in "个好":
        return read_ago(text, at)
    if text[at] in _JUST_FIRSTS:
        just = _JUST.at(text, at)
        if just is not None:
            return read_just(text, at, just)
    pieces = Pieces(at)
    read_day(text, pieces)
    if pieces.end == at:
        read_part(text, pieces)
        read_clock(text, pieces)
        if pieces.hour is not None:
            return pieces
        return pieces if pieces.part is not None and text[max(0, at - 1) : at] not in _LASTING else None
    if text[pieces.end : pieces.end + 1] == "(":
        aside = _ASIDE.match(text, pieces.end)
        if aside is not None:
            pieces.end = aside.end()  # 今天(17日)下午 says its day twice
    end, part = pieces.end, pieces.part
    if text[end : end + 1] in (" ", "的"):
        pieces.end += 1
    read_part(text, pieces)
    read_clock(text, pieces)
    if pieces.end == end + 1 and pieces.hour is None and pieces.part is part:
        pieces.end = end
    return pieces

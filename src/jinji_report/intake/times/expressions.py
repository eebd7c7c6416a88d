"""Finding the time expressions of a note, and reading each into its pieces.

One small pattern finds the places where a time can begin; what begins there is read by the
readers of days, clocks and spans. What none of them can read is no time.
"""

from collections.abc import Iterator

from jinji_report.intake.patterns import pattern
from jinji_report.intake.times.ago import read_ago, read_just
from jinji_report.intake.times.clocks import read_clock, read_part
from jinji_report.intake.times.dates import read_day
from jinji_report.intake.times.feasts import FEASTS
from jinji_report.intake.times.pieces import Pieces
from jinji_report.intake.times.words import CHINESE, DAYS, JUST, MONTHS, PARTS, SAME, WEEKS, YEARS, Table

_CALENDARS = ("农历", "阴历", "旧历", "老历", "公历", "阳历", "正月", "腊月", "冬月", "元月")
_PAIRS = frozenset(
    [
        word[:2]
        for table in (PARTS, DAYS, SAME, JUST, WEEKS, FEASTS, YEARS, MONTHS)
        for word in table
        if word[1:]
    ]
    + [first + digit for first in "晚夜早晨差初昨今" for digit in (*CHINESE, *"0123456789约大快")]
    + [first + digit for first in "周'闰" for digit in "一二三四五六日天0123456789"]
    + [*_CALENDARS, "个把", "好几", "PM", "AM", "pm", "am", "P.", "A.", "p.", "a."]
)
"""The first two characters of every word with which a time begins."""
_NUMBER_OF_A_TIME = (
    rf"(?<=[0-9{CHINESE}几半])(?<![0-9][0-9])[0-9{CHINESE}几百]{{0,7}}(?:"
    r"(?=[来多几余]{0,2}个?[半多来]?个?半?(?:小时|分钟|钟头|刻钟|钟|天|周|月(?![0-9初])|星期|礼拜))()"
    r"|(?=[年月日号时点许:]|[./-][0-9]{1,2}[-./日号 ]|[AaPp]\.?[Mm]"
    rf"|[-~至到][0-9{CHINESE}]{{1,3}}[日号时点]| [0-2][0-9]:?[0-5][0-9](?![0-9]))())"
)
_FIRSTS = "".join(sorted({pair[0] for pair in _PAIRS}))
_SECONDS = "".join(sorted({pair[1] for pair in _PAIRS}))
_START = pattern(
    f"[0-9{CHINESE}半几{_FIRSTS}](?:{_NUMBER_OF_A_TIME}|(?<![0-9〇零二四八九十两廿卅])(?=[{_SECONDS}]))"
)
"""A number with a unit of time behind it (group 1: one that is counted, as 天; group 2: one that is dated,
as 日), or a character with which a word of time begins."""
_JUST = Table(JUST)
_JUST_FIRSTS = frozenset(word[0] for word in JUST)
_LASTING = frozenset("一整几两三每半通")  # 一晚上, 每晚: how long or how often, not when
_ASIDE = pattern(
    r"\((?:(?:[0-9]{1,2}月)?[0-9]{1,2}[日号]|(?:星期|周|礼拜)[一二三四五六日天]"
    r"|(?:农历|阴历)[^()\n]{2,8}|[大今昨前]{1,2}[天日])\)"
)


_WIRED = pattern(r" ?([01][0-9]|2[0-3])([0-5][0-9])(?:时|许)?(?![0-9])")
"""20260304 2130: the clock behind a day in figures alone."""


def every_expression(text: str) -> Iterator[Pieces]:
    """The time expressions of `text`, left to right, without overlap."""
    end = 0
    for start in _START.finditer(text):
        at = start.start()
        if at < end or (start.lastindex is None and text[at : at + 2] not in _PAIRS):
            continue
        pieces = _read(text, at, counted=start.lastindex == 1)
        if pieces is not None:
            end = pieces.end
            yield pieces


def _read(text: str, at: int, *, counted: bool) -> Pieces | None:
    """The longest time expression that begins at `at`; `counted`: a number of hours or days."""
    if counted or text[at] in "个好":
        ago = read_ago(text, at)
        if ago is not None:
            return ago if ago.relative is None else _with_clock(text, ago)
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
        often = text[max(0, at - 1) : at] in _LASTING or text[max(0, at - 2) : at] in ("每天", "天天")
        return None if pieces.part is None or often else pieces
    return _with_clock(text, pieces)


def _with_clock(text: str, pieces: Pieces) -> Pieces:
    """A day that was read, with the part of it and the clock that follow."""
    if text[pieces.end : pieces.end + 1] == "(":
        aside = _ASIDE.match(text, pieces.end)
        if aside is not None:
            pieces.end = aside.end()  # 今天(17日)下午 says its day twice
    end, part = pieces.end, pieces.part
    if text[end : end + 1] in (" ", "的"):
        pieces.end += 1
    read_part(text, pieces)
    read_clock(text, pieces)
    if pieces.hour is None and pieces.part is part:
        wired = _WIRED.match(text, end)
        if wired is not None and text[pieces.start : end].strip().isdigit():
            pieces.hour, pieces.minute, pieces.half_known = int(wired[1]), int(wired[2]), True
            pieces.end = wired.end()
    if pieces.end == end + 1 and pieces.hour is None and pieces.part is part:
        pieces.end = end
    return pieces

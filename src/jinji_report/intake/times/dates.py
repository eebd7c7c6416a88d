"""Reading a day: 2026年3月5日, 3.5日, 本月3日, 腊月廿三, 昨天, 上周五, 次日, 除夕.

What is read here is not resolved yet: 13月 and 2月30日 are found to be impossible when they are.
"""

from jinji_report.intake.patterns import pattern
from jinji_report.intake.times.clocks import reads_clock
from jinji_report.intake.times.feasts import FEASTS, MONTH_DAYS, read_feast
from jinji_report.intake.times.pieces import Pieces
from jinji_report.intake.times.words import CHINESE, DAYS, MONTHS, SAME, SMALL, WEEKDAYS, WEEKS, YEARS, Table

_SMALL = f"[0-9]{{1,2}}|[{CHINESE}]{{1,3}}"
_YEAR = (
    r"(?:公元)?(?:([12][0-9]{3}|'?[0-9]{2}|[一二][〇零一二三四五六七八九]{3}|[〇零一二九][〇零一二三四五六七八九])年"
    rf"|({'|'.join(YEARS)}))"
)
_MONTH_DAY = pattern(
    rf"(?:{_YEAR})?(农历|阴历|旧历|老历|公历|阳历)?(闰)?({_SMALL}|[元正冬腊])月份?的?"
    rf"(?:(初[一二三四五六七八九十])|({_SMALL}))([日号])?"
)
_OF_MONTH = pattern(rf"({'|'.join(MONTHS)})?的?({_SMALL})(?:([日号])|(?=[-~至到](?:{_SMALL})日))")
_YEAR_FEAST = pattern(f"{_YEAR}的?")
_POINTS = pattern(
    r"([12][0-9]{3})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?![0-9])"
    r"|(20[0-9]{2})()([01][0-9])([0-3][0-9])(?![0-9])"
    r"|'?([0-9]{2})([-/.])([0-9]{1,2})\10([0-9]{1,2})(?= [0-9]{1,2}:[0-9]{2}|[日号])"
    r"|()()([0-9]{1,2})[-/.]([0-9]{1,2})(?= ?[0-9]{1,2}:[0-9]{2}|[日号](?![0-9]*楼))"
)
_NAMES: Table[object] = Table({**DAYS, **SAME, **WEEKS, **FEASTS, **dict.fromkeys(MONTH_DAYS)})
_CALENDAR = frozenset(CHINESE + "".join(word[0] for word in (*YEARS, *MONTHS)) + "农阴旧老公阳闰元正冬腊")
_LUNAR_FEASTS = frozenset(((2, 2), (3, 3), (5, 5), (7, 7), (7, 15), (8, 15), (9, 9)))
"""八月十五, 九月九: told in words and without 日, they are of the farmers' calendar."""
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_NO_DAY_MARK = frozenset(
    ("", "，", ",", "晚", "早", "上", "下", "凌", "中", "夜", "傍", "深", "清", " ", "。")
)
_HOUSE_FOLLOWS = frozenset("，,。就上下晚早凌中夜那到发的起开清傍深拂至-~() \n0123456789") | frozenset(
    CHINESE
)
_ON_A_DAY = (
    *(
        "查出",
        "确诊",
        "检出",
        "测出",
        "检测出",
        "监测",
        "新增",
        "又",
        "才",
        "报告",
        "报的",
        "上报",
        "接报",
        "接警",
        "夜里",
    ),
    *("当天", "当晚", "出了", "出的事", "出事", "晨", "确认", "公布", "通报", "下雨", "下雪"),
)
"""What is said to happen on a day and of no house: 11号查出来1例."""
_NO_WEEKDAY = frozenset("围边转家庄口")


def read_day(text: str, pieces: Pieces) -> None:
    """The day that begins at `pieces.start`, if one does."""
    at = pieces.start
    char = text[at]
    if char.isascii():
        return _in_figures(text, pieces)
    word = _NAMES.at(text, at)
    if word is None:
        if char in "昨今" and reads_clock(text, at + 1):  # 昨18时10分
            pieces.relative, pieces.end = -(char == "昨"), at + 1
    elif word in DAYS:
        pieces.relative, part = DAYS[word]
        return _beside(pieces, word, part)
    elif word in SAME:
        pieces.same, part = SAME[word]
        return _beside(pieces, word, part)
    elif word in WEEKS:
        if _weekday(text, at, word, pieces):
            return None
    elif read_feast(text, at, word, pieces):
        return None
    return _of_calendar(text, pieces) if char in _CALENDAR else None


def _beside(pieces: Pieces, word: str, part: str) -> None:
    pieces.end = pieces.start + len(word)
    if part:
        pieces.part = part


def _weekday(text: str, at: int, word: str, pieces: Pieces) -> bool:
    end = at + len(word)
    weekday = WEEKDAYS.get(text[end : end + 1])
    if weekday is None or (
        word == "周"
        and (
            text[end + 1 : end + 2] in _NO_WEEKDAY
            or (at and text[at - 1] in "一二两三四五六七八九十0123456789每")
        )
    ):
        return False
    pieces.weekday, pieces.end = (weekday, WEEKS[word]), end + 1
    return True


def _in_figures(text: str, pieces: Pieces) -> None:
    """2026-03-05, 20260305, 26.3.5 14:20, 3.5日; else the written forms."""
    at = pieces.start
    match = _POINTS.match(text, at)
    if match is None:
        return _of_calendar(text, pieces)
    if at and (text[at - 1] in ".-/" or (text[at - 1].isascii() and text[at - 1].isalnum())):
        return None
    year, _, month_said, day_said = [piece for piece in match.groups() if piece is not None]
    pieces.month, pieces.day, pieces.end = int(month_said), int(day_said), match.end()
    if year:
        pieces.year = _whole_year(year)
        if pieces.month > 12 or pieces.day > 31:
            pieces.month = pieces.day = pieces.year = None  # 2012-21-45 is a number of something
            pieces.end = at
            return None
    follows = text[pieces.end : pieces.end + 1]
    if follows in ("日", "号") or (
        follows in ("T", "t", " ") and text[pieces.end + 1 : pieces.end + 2].isdigit()
    ):
        pieces.end += 1
    return None


def _of_calendar(text: str, pieces: Pieces) -> None:
    at = pieces.start
    match = _MONTH_DAY.match(text, at)
    if match is None:
        match = _OF_MONTH.match(text, at)
        if match is not None and (match[1] or match[3] is None or _is_day(text, at, match.end(), match[3])):
            of_month = SMALL.get(match[2], 0)
            if 1 <= of_month <= 31:
                pieces.day, pieces.end = of_month, match.end()
                pieces.month_shift = MONTHS[match[1]] if match[1] else None
        elif match is None:
            _feast_of_year(text, pieces)
        return
    year, year_word, calendar, leap, month_said, lunar_day, day, mark = match.groups()
    months = _LUNAR_MONTHS.get(month_said) or (1 if month_said == "元" else SMALL.get(month_said, 99))
    days = SMALL.get(lunar_day[1:] if lunar_day else day, 99)
    in_words = bool(day) and day[0] in CHINESE and not mark
    pieces.leap = leap is not None
    pieces.lunar = (
        (calendar or "公")[0] in "农阴旧老"
        or pieces.leap
        or lunar_day is not None
        or month_said in _LUNAR_MONTHS
        or (in_words and (day[0] == "廿" or (months, days) in _LUNAR_FEASTS))
    )
    if mark is None and not pieces.lunar and text[match.end() : match.end() + 1] not in _NO_DAY_MARK:
        pieces.lunar = False
        return
    if (months > 12 or not 1 <= days <= 31) and mark is None:
        return
    pieces.month, pieces.day, pieces.end = months, days, match.end()
    if year is not None:
        pieces.year = _whole_year(year)
    elif year_word is not None:
        pieces.year_shift = YEARS[year_word]


def _feast_of_year(text: str, pieces: Pieces) -> None:
    """去年中秋, 2023年除夕."""
    match = _YEAR_FEAST.match(text, pieces.start)
    if match is None:
        return
    word = _NAMES.at(text, match.end())
    if word in FEASTS and read_feast(text, match.end(), word, pieces):
        if match[1]:
            pieces.year = _whole_year(match[1])
        else:
            pieces.year_shift = YEARS[match[2]]


def _whole_year(said: str) -> int:
    """2026, '24, 二〇二六, 〇八; of two digits 50 and above are of the century before."""
    digits = "".join(
        str("〇一二三四五六七八九".find(c)) if c in "〇一二三四五六七八九" else c
        for c in said.replace("零", "〇")
    )
    digits = digits.lstrip("'")
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 50 else 1900)


_HIT_BEFORE = pattern("[撞碰压刮蹭砸顶怼][了上到倒着]$")


def _is_day(text: str, start: int, end: int, mark: str) -> bool:
    """12号 is a day, but 12号楼, 51号 (a house), 3号矿井 are none; 3日游 is no day either."""
    follows = text[end : end + 1]
    before = text[start - 1] if start else ""
    if before and (before in "第.-百千" or (before.isascii() and before.isalnum())):
        return (
            before == "-" and start > 1 and text[start - 2] in ("日号0123456789" if mark == "日" else "日号")
        )
    if text.startswith(("以来", "以后", "之后", "前后"), end):
        return True
    if mark == "日":
        return follows not in ("游", "元", "本", "内", "报") and not text.startswith("夜奋", end)
    if before and (
        before in "路街道巷弄段" or _HIT_BEFORE.search(text, max(0, start - 2), start) is not None
    ):
        return False  # 撞了2号
    return not follows or follows in _HOUSE_FOLLOWS or text.startswith(_ON_A_DAY, end)

"""Days by their names: 除夕, 中秋, 国庆第三天, 初五; which day that was, seen from today.

A name is a day only where the words after it let it be one: 国庆当天 is, 国庆路 and 春节期间 are not.
"""

from collections.abc import Callable
from datetime import date

from jinji_report.intake.patterns import pattern
from jinji_report.intake.times import lunar
from jinji_report.intake.times.pieces import Pieces
from jinji_report.intake.times.words import CHINESE, SMALL


def _on(month: int, day: int) -> Callable[[int], date | None]:
    return lambda year: date(year, month, day)


def _lunar(month: int, day: int) -> Callable[[int], date | None]:
    return lambda year: lunar.solar(year, month, day)


# Sure: whatever follows; Open: only before the words that let it be a day.
_SURE: dict[str, Callable[[int], date | None]] = {
    **dict.fromkeys(("除夕", "大年三十", "年三十", "大年夜", "年三十儿", "年三十晚", "大年三十儿"), lunar.eve),
    **{
        f"{of}初{digit}": _lunar(1, at)
        for of in ("大年", "年", "大", "春节", "过年")
        for at, digit in enumerate("一二三四五六七八九十", 1)
    },
    "跨年夜": _on(12, 31),
}  # fmt: skip
_NAMED: dict[str, Callable[[int], date | None]] = {
    "元宵节": _lunar(1, 15), "端午节": _lunar(5, 5), "七夕节": _lunar(7, 7), "中元节": _lunar(7, 15), "鬼节": _lunar(7, 15),
    "中秋节": _lunar(8, 15), "重阳节": _lunar(9, 9), "腊八节": _lunar(12, 8), "清明节": lunar.bright_and_clear,
    "元旦节": _on(1, 1), "情人节": _on(2, 14), "妇女节": _on(3, 8), "劳动节": _on(5, 1), "五一节": _on(5, 1),
    "儿童节": _on(6, 1), "六一节": _on(6, 1), "教师节": _on(9, 10), "国庆节": _on(10, 1), "圣诞节": _on(12, 25),
}  # fmt: skip
_OPEN: dict[str, Callable[[int], date | None]] = {
    "春节": _lunar(1, 1), "元宵": _lunar(1, 15), "端午": _lunar(5, 5), "七夕": _lunar(7, 7), "中秋": _lunar(8, 15),
    "重阳": _lunar(9, 9), "腊八": _lunar(12, 8), "小年": _lunar(12, 23), "龙抬头": _lunar(2, 2),
    "清明": lunar.bright_and_clear, "冬至": lunar.midwinter, "元旦": _on(1, 1), "五一": _on(5, 1), "六一": _on(6, 1),
    "国庆": _on(10, 1), "圣诞": _on(12, 25), "平安夜": _on(12, 24),
}  # fmt: skip
EVENINGS = frozenset(
    (
        "除夕",
        "大年三十",
        "年三十",
        "年三十儿",
        "大年三十儿",
        "年三十晚",
        "大年夜",
        "元宵节",
        "元宵",
        "平安夜",
        "跨年夜",
    )
)
"""Feasts kept in the evening: a clock on one that does not say which half of the day is of the evening."""
FEASTS = _SURE | _NAMED | _OPEN
MONTH_DAYS = tuple("初" + digit for digit in "一二三四五六七八九十")
"""初五: a day of the farmers' month."""

_OPENS = frozenset(("", *"，,。；;：:\n 、的在这那"))
_PERIOD = pattern("期间|[小长]?假|前|后|来临|将|安保|活动|晚会|快乐|礼|联欢|慰问|值班|保电|促销|黄金周|旺季")
_DAY_FOLLOWS = pattern(
    "当[天日晚夜]|[那这]天|夜|晚(?![会宴])|早|凌晨|[上中下]午|傍晚|半夜|深夜|清晨|头?前?一[天晚]"
    rf"|[0-9{CHINESE}]{{1,3}}[点时:]|[，,。；\n]|$"
)
_NTH = pattern(f"(?:节|假期|长假|黄金周|放假|小长假)*的?第([0-9]|[{CHINESE}])天")
_EVE = pattern("节?(?:的?前一[天晚]|头一[天晚]|前夜)")


def read_feast(text: str, at: int, word: str, pieces: Pieces) -> bool:
    """The day named by `word` at `at`, with 当天, 第三天, 前一天 behind it."""
    end = at + len(word)
    if word.startswith("大初") and text[at - 1 : at] not in _OPENS:
        return False  # 师大初一的学生
    if word in MONTH_DAYS:
        if not _DAY_FOLLOWS.match(text, end) or text[end : end + 1] in "，,。；\n":
            return False
    else:
        nth = _NTH.match(text, end)
        if nth is not None:
            pieces.after_feast = SMALL[nth[1]] - 1
            end = nth.end()
        else:
            eve = _EVE.match(text, end)
            if eve is not None:
                pieces.after_feast = -1
                end = eve.end() - (eve[0][-1] in "晚夜")
            elif word in _SURE:
                pass
            elif word in _NAMED:
                if _PERIOD.match(text, end):
                    return False
            elif not _DAY_FOLLOWS.match(text, end):
                return False
    for follows in ("当天", "当日", "那天", "这天"):
        if text.startswith(follows, end):
            end += 2
            break
    if word[-1] in "夜晚":
        pieces.part = "夜" if word[-1] == "夜" else "晚"
    if text.startswith("当", end) and text[end + 1 : end + 2] in ("晚", "夜"):
        end += 1
    pieces.feast = word
    pieces.end = end
    return True


def feast_day(word: str, today: date, year: int | None) -> date | None:
    """The latest day of that name not after `today`, or the one of `year`."""
    if word in MONTH_DAYS:
        return lunar_day(None, SMALL[word[1:]], today, None)
    when = FEASTS[word]
    if year is not None:
        return when(year)
    return _latest(when, today)


def lunar_day(
    month: int | None, day: int, today: date, year: int | None, *, leap: bool = False
) -> date | None:
    """The latest `month`/`day` of the farmers' calendar (of any month where it is None) not after `today`."""
    if year is not None and month is not None:
        return lunar.solar(year, month, day, leap=leap)
    months = range(1, 13) if month is None else (month,)
    found = [_latest(lambda year, m=one: lunar.solar(year, m, day, leap=leap), today) for one in months]  # type: ignore[misc]
    return max((day for day in found if day is not None), default=None)


def _latest(when: Callable[[int], date | None], today: date) -> date | None:
    for year in range(today.year, today.year - 3, -1):
        found = when(year)
        if found is not None and found <= today:
            return found
    return None

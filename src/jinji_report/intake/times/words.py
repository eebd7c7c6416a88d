"""The words of time: parts of the day, days beside today, and small numbers.

Tables only; what a word means for the moment is worked out in `resolving`.
"""

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Table(Generic[Value]):
    """Words with their values; `at` finds the longest that stands at a place."""

    __slots__ = ("_sizes", "_values")

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = values
        sizes: dict[str, set[int]] = {}
        for word in values:
            sizes.setdefault(word[0], set()).add(len(word))
        self._sizes = {first: sorted(found, reverse=True) for first, found in sizes.items()}

    def at(self, text: str, at: int) -> str | None:
        for size in self._sizes.get(text[at : at + 1], ()):
            word = text[at : at + size]
            if word in self._values:
                return word
        return None

    def __getitem__(self, word: str) -> Value:
        return self._values[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)


def _spread(words_of: Mapping[Value, str]) -> dict[str, Value]:
    return {word: value for value, words in words_of.items() for word in words.split()}


_HOURS: dict[tuple[int, int], str] = {
    (0, 6): "凌晨 今凌晨 后半夜 下半夜 后夜",
    (3, 6): "天亮前 天快亮 快天亮 天要亮",
    (3, 7): "天不亮 天没亮 天还没亮 天未亮 天刚麻麻亮",
    (4, 7): "拂晓 黎明 鸡叫",
    (5, 7): "天蒙蒙亮 蒙蒙亮 天麻麻亮 麻麻亮",
    (5, 8): "天刚亮 天一亮 大天亮",
    (5, 9): "清晨 清早 早晨 一早 一大早 大清早 大早上 大早晨 早起 早间 赶早 起早 早晨间 晨 早饭前",
    (5, 10): "早上 早",
    (6, 9): "吃早饭 早饭点 早饭时间 早餐时间",
    (6, 8): "早读 早自习 出早操",
    (7, 9): "早饭后 吃完早饭 早高峰 上学时间 上学时",
    (8, 12): "前半晌 前晌",
    (6, 12): "上午 头午",
    (9, 11): "大课间 课间操 第二节课间 第二节课后",
    (9, 12): "午前 午饭前",
    (11, 13): "正午",
    (
        11,
        14,
    ): "中午 晌午 午间 大中午 吃午饭 吃中饭 吃晌午饭 午饭点 午饭时间 午餐时间 中饭点 晌午头 饭点 吃饭点 饭口",
    (12, 15): "午饭后 中饭后 午餐后 中午饭后 吃完午饭 吃完中饭 午休 午睡",
    (12, 18): "下午 午后 后晌午",
    (13, 18): "后晌",
    (14, 18): "后半晌",
    (16, 18): "放学时间 放学时",
    (17, 19): "晚高峰 下班高峰",
    (17, 20): "傍晚 黄昏 天快黑 天要黑 快天黑 傍黑 天麻麻黑 擦黑边",
    (17, 21): "天擦黑 擦黑 擦黑儿 天擦黑儿 吃晚饭 晚饭点 晚饭时间 晚餐时间 傍晚黑",
    (18, 21): "天黑 天刚黑 天一黑",
    (18, 22): "晚饭后 晚餐后 吃完晚饭 晚自习 晚自修 晚读",
    (18, 24): "晚上 晚间 夜晚 大晚上 晚夕 晚黑 晚 入夜 黑夜",
    (19, 24): "前半夜 上半夜 前夜里",
    (19, 30): "夜里 夜间 黑里 夜",
    (21, 30): "深夜",
    (22, 30): "半夜 大半夜 三更半夜 深更半夜 午夜 子夜 半夜里",
}
PARTS = Table(_spread(_HOURS))
"""Part of the day → its first hour, and the hour after its last."""

TWICE_A_DAY = {"饭点": 6, "吃饭点": 6, "饭口": 6}
"""A part of the day that comes round again so many hours later."""
SHORT_PARTS = frozenset("晚夜晨早")
"""One character: a part of the day only beside its day or its clock."""

_WITH_A_DAY = (
    "早 早上 早起 早晨 晨 清晨 清早 凌晨 上午 午 中午 晌午 下午 午后 后晌 傍晚 "
    "晚 晚上 晚间 夜 夜里 夜间 深夜 半夜 后半夜 前半夜 下半夜 上半夜 黑"
)
_LONG = {"午": "中午", "黑": "晚", "上半夜": "前半夜"}


def _days() -> dict[str, tuple[int, str]]:
    found = _spread(
        {
            (-3, ""): "大前天 大前日 大前儿",
            (-2, ""): "前天 前日 前儿 前儿个 前个儿",
            (-1, ""): "昨天 昨日 昨儿 昨儿个 昨个 昨个儿",
            (-1, "夜"): "夜个 夜儿个",
            (0, ""): "今天 今日 今儿 今儿个 今个 今个儿 本日",
            (1, ""): "明天 明日 明儿",
            (2, ""): "后天",
        }
    )
    for part in _WITH_A_DAY.split():
        for first, back in (("今", 0), ("昨", -1), ("明", 1)):
            found[first + part] = (back, _LONG.get(part, part))
    for part in ("晚", "晚上", "夜", "夜里", "黑"):
        found |= {"前" + part: (-2, _LONG.get(part, part)), "大前" + part: (-3, _LONG.get(part, part))}
    return found


DAYS = _days()
"""A day beside today → days from today, and the part of the day that the word holds."""

SAME = _spread(
    {
        (0, ""): "事发当天 事发当日 案发当天 案发当日 当天 当日 同日 同一天",
        (0, "晚"): "事发当晚 当晚 同晚",
        (0, "夜"): "当夜",
        (1, ""): "次日 翌日 第二天 第二日 隔天 转天 转过天",
        (1, "晨"): "次晨",
        (1, "凌晨"): "次日凌晨",
        (2, ""): "第三天",
        (-1, ""): "头天 前一天 前一日 头一天",
        (-1, "晚"): "前一晚 头一晚",
        (-1, "夜"): "前一夜",
    }
)
"""A day beside the one told before → days from it, and the part of the day."""

JUST = _spread(
    {
        15: "刚着了 刚着的 刚着 刚着火 刚起火 刚烧 刚烧起来 刚撞 刚撞的 刚翻 刚翻车 刚塌 刚炸 刚爆炸 "
        "刚出事 刚出的事 刚发生 刚掉下 刚才 刚刚 方才 刚不久 不久前 就刚才 适才 才刚 前一会儿 一会儿前 "
        "刚刚才 就刚刚",
        0: "这会儿 眼下",
    }
)
"""A moment ago → how many minutes are taken for it."""

WEEKS = _spread(
    {
        14: "上上周 上上星期 上上个星期 上上礼拜 上上个礼拜",
        7: "上个周 上周 上星期 上个星期 上礼拜 上个礼拜",
        0: "本周 这周 这个周 这星期 这个星期 这礼拜 这个礼拜 本星期",
        -1: "星期 礼拜 周",
    }
)
"""A week → days back to it; -1 where only the weekday is told."""
WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 5}

YEARS = {"大前年": -3, "前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0}
MONTHS = {
    "上上个月": -2,
    "上上月": -2,
    "上个月": -1,
    "上月": -1,
    "本月": 0,
    "这个月": 0,
    "这月": 0,
    "当月": 0,
}

CHINESE = "〇零一二三四五六七八九十两廿卅"
"""The characters of the small numbers of a date or a clock."""


def _small() -> dict[str, int]:
    digits = "零一二三四五六七八九"
    found = {str(n): n for n in range(100)} | {f"0{n}": n for n in range(10)} | {"两": 2, "〇": 0}
    for n in range(60):
        tens, ones = divmod(n, 10)
        unit = digits[ones] if ones else ""
        if tens == 0:
            found |= {digits[ones]: n, "零" + digits[ones]: n, "〇" + digits[ones]: n}
        else:
            found[digits[tens] + "十" + unit] = n
            if tens == 1:
                found["十" + unit] = n
            found[("一" if tens == 1 else digits[tens]) + (digits[ones] if ones else "〇")] = n
        if tens in (2, 3):
            found["廿卅"[tens - 2] + unit] = n
    return found | {digits[n] + digits[n + 1]: n for n in range(1, 9)} | {"两三": 2}


SMALL: dict[str, int] = _small()
"""0..99 as they are written in a date or a clock; 三四 (点) is the first of the two."""

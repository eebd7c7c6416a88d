"""Numbers as a duty desk says and writes them, each with the range that it allows.

`numbers` finds them all in one walk: 3, 1.2万, 十余, 三四十, 两三, 近百, 至少5, 3至5, 小三百, 百分之四十. What
they count is not known here. The about-words have the ranges of `quantity`.
"""

from functools import lru_cache

from jinji_report.intake.lexicon import Tails
from jinji_report.intake.patterns import pattern
from jinji_report.quantity import Number, Quantity, at_least, between, nearly, roughly, some_more

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "俩": 2,
    "仨": 3,
    "幺": 1,
}
_UNIT = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "廿": 20}
_FEW = {"几": (2, 9), "数": (2, 9)}
_CHINESE = frozenset([*_DIGIT, *_UNIT, *_FEW, "半"])
_SPOKEN = {
    "百八十": (80, 100),
    "百儿八十": (80, 100),
    "千八百": (800, 1000),
    "百十": (100, 119),
    "百几十": (111, 199),
    "十几二十": (11, 20),
    "几十上百": (20, 199),
    "几百上千": (200, 1999),
    "三五": (3, 5),
    "三两": (2, 3),
    "三五十": (30, 50),
    "三五百": (300, 500),
}
"""What is said otherwise than it is counted."""

_IN_CHINESE = "零〇一二两三四五六七八九幺壹贰叁肆十百千万亿廿几数半"
_LONGEST = 24
_MORE_AFTER = {"余": "more", "多": "more", "来": "about", "好": "more", "把": "about"}
_WIDE_UNIT = pattern("[千万亿](?![伏瓦米克达别吨])")
_NOT_LAI = ("到", "自", "了", "源", "")
_SHARE = pattern(r"分之([0-9]+(?:\.[0-9]+)?|[零一二两三四五六七八九十百千几]+)")
_RANGE = pattern(
    "(?P<plain>至|到|-|~|或者?|还是)|(?P<list>、)|[人名个位](?P<units>至|到|-|~|或者?|还是)[约有]?"
)
_RANGE_FIRSTS = frozenset("至到-~或还、人名个位")

# An about-word and how it tells; between it and its number may stand 有, 得有, 已有 and the like.
_NEAR = ("将近", "接近", "近", "不到", "不足", "不满", "快", "差不多快", "小")
_ABOUT = (
    "大约",
    "大概",
    "约",
    "约莫",
    "大约莫",
    "估计",
    "估摸",
    "估摸着",
    "差不多",
    "大致",
    "大体",
    "估计着",
    "大概齐",
)
_AT_LEAST = (
    "至少", "最少", "起码", "最起码", "不少于", "不下于", "不下", "不低于", "不止", "超过", "突破", "逾", "超", "少说",
    "少说也", "怎么也", "多于", "大于",
)  # fmt: skip
_AT_MOST = ("最多", "至多", "顶多", "不超过", "不多于", "最多也就")
_FILLERS = (
    "有",
    "得有",
    "已有",
    "已经有",
    "也有",
    "还有",
    "造成",
    "已造成",
    "导致",
    "已导致",
    "都有",
    "已",
    "在",
    "是",
    "也就",
)
_NO_NEAR = ("附近", "最近", "靠近", "邻近", "就近", "临近", "相近", "远近", "新近", "走近")
_BARE_BEFORE = frozenset("上近约成逾超过破快小")


_TOLD = {
    word + filler: told
    for words, told in ((_NEAR, "near"), (_ABOUT, "about"), (_AT_LEAST, "least"), (_AT_MOST, "most"))
    for word in words
    for filler in (("", *_FILLERS) if len(word) > 1 or word in "约近" else ("",))
}
_BEFORE = Tails(_TOLD)
_BEFORE_LASTS = "".join(sorted({word[-1] for word in _TOLD}))
_ON = f"(?:[{_IN_CHINESE}]|好(?=几))*[俩仨]?"
_RUN = pattern(
    rf"[0-9{_IN_CHINESE}好俩仨](?:(?<=[0-9])(?:"
    rf"(?<![{_BEFORE_LASTS}].)[0-9]{{0,14}}(?![0-9.,%几余多来好把百十千万亿]|分之)()"
    r"|[0-9]{0,2}(?:,[0-9]{3})+(?![0-9])|[0-9]*)"
    rf"|(?<=百)儿八十|(?<=几)[十百]上[百千]|(?<![0-9好俩仨]){_ON}|(?<=好)(?=几){_ON}|(?<=[俩仨]))"
)
"""Where a number stands; group 1: nothing around its digits says anything of it."""
_AFTER_UNIT = (
    ("左右", "about"),
    ("上下", "about"),
    ("的样子", "about"),
    ("光景", "about"),
    ("及以上", "least"),
    ("以上", "least"),
    ("开外", "least"),
    ("往上", "least"),
    ("打底", "least"),
    ("不止", "least"),
    ("出头", "more"),
    ("挂零", "more"),
    ("不到", "near"),
    ("以内", "most"),
    ("以下", "most"),
)
_AFTER_FIRST = frozenset(word[0] for word, _ in _AFTER_UNIT)


class Found:
    """A number in the text: `start`..`end` with its about-words, `core` where its digits begin.

    `told` says how it was told: "exact", "range", "near", "about", "least", "most", "more" (余、多), "share" (40%).
    """

    __slots__ = ("core", "end", "high", "low", "start", "told")

    def __init__(self, start: int, core: int, end: int, low: Number, high: Number, told: str) -> None:
        self.start = start
        self.core = core
        self.end = end
        self.low = low
        self.high = high
        self.told = told

    def quantity(self, said: str, times: Number = 1, after: str = "") -> Quantity:
        """The range, in units of `times`; `after` is an about-word told behind the unit (20人左右)."""
        low, high, told = self.low, self.high, after or self.told
        if times != 1:
            low, high = low * times, high * times
        if isinstance(low, float) and low.is_integer() and low < 1e15:
            low = int(low)
        if told == "exact":
            return Quantity(low, high, said)
        if low != high:
            return at_least(low, said) if told == "least" else between(low, high, said)
        if told == "more":
            return some_more(low, said)
        if told == "near":
            return nearly(low, said)
        if told == "about":
            return roughly(low, said)
        if told == "least":
            return at_least(low, said)
        return between(0, low, said) if told == "most" else Quantity(low, high, said)


def after_unit(text: str, end: int) -> tuple[str, int]:
    """The about-word that follows a unit (左右, 以上): how it tells, and where it ends."""
    if text[end : end + 1] in _AFTER_FIRST:
        for word, told in _AFTER_UNIT:
            if text.startswith(word, end):
                return told, end + len(word)
    return "", end


def told_before(text: str, at: int) -> tuple[str, int]:
    """The about-word that ends at `at` (起码|死了5个): how it tells, and where it begins."""
    word = _BEFORE.before(text, at)
    return (_TOLD[word], at - len(word)) if len(word) > 1 else ("", at)


def numbers(text: str) -> list[Found]:
    """Every number of `text`, left to right."""
    found: list[Found] = []
    done = 0
    for match in _RUN.finditer(text):
        at, end = match.span()
        if at < done:
            continue
        one: Found | None
        if match.lastindex:
            low = int(match[0])
            one = Found(at, at, end, low, low, "exact")
        else:
            one = _number(text, at, end)
            if one is None:
                continue
        if found and text[done] in _RANGE_FIRSTS and one.start - done <= 4:
            joined = _joined(text, found[-1], one)
            if joined is not None:
                found[-1] = joined
                done = one.end
                continue
        found.append(one)
        done = one.end
    return found


def _number(text: str, at: int, end: int) -> Found | None:
    """The number whose digits stand at `at`..`end`, with the about-words around it."""
    first = text[at]
    told = "exact"
    low: Number
    high: Number
    if "0" <= first <= "9":
        low, end = _arabic(text, at, end)
        high = low
        following = text[end : end + 1]
        if following == "几":
            high, low, told, end = low + 9, low + 1, "range", end + 1
        elif following == "%":
            return Found(at, at, end + 1, low, low, "share")
    else:
        value = chinese(text[at : min(end, at + _LONGEST)])
        if value is None:
            return None
        low, high = value
        if low != high:
            told = "range"
        elif first in "百千万亿" and text[at:end] not in _SPOKEN and not _bare_unit_counts(text, at, end):
            return _share(text, at, end, low) if text.startswith("分之", end) else None
    following = text[end : end + 1]
    if following in _MORE_AFTER:
        # 十多, 30余万, 十来, 百把: the word stands between the number and its unit
        if low == high and (
            following in "余多"
            or (following == "来" and text[end + 1 : end + 2] not in _NOT_LAI)
            or (
                following == "把"
                and first in "百千万个"
                and text[end + 1 : end + 2] in ("人", "个", "号", "名")
            )
        ):
            told = _MORE_AFTER[following]
            end += 1
        following = text[end : end + 1]
    elif following == "分" and text.startswith("分之", end):
        return _share(text, at, end, low)
    while following and following in "千万亿" and _WIDE_UNIT.match(text, end):
        low, high, end = low * _UNIT[following], high * _UNIT[following], end + 1
        if text.startswith(("余", "多"), end) and low == high:
            told, end = "more", end + 1
        following = text[end : end + 1]
    return _with_words_before(text, Found(at, at, end, low, high, told))


def _share(text: str, at: int, end: int, whole: Number) -> Found | None:
    """百分之四十, 三分之一: a part of something, never so many persons."""
    match = _SHARE.match(text, end)
    if match is None:
        return None
    return Found(at, at, match.end(), whole, whole, "share")


def _bare_unit_counts(text: str, at: int, end: int) -> bool:
    """百, 千, 万 alone are numbers only in company: 百余, 上百, 近千, 约百."""
    return text[end : end + 1] in ("余", "多", "来", "把") or text[at - 1 : at] in _BARE_BEFORE


def _with_words_before(text: str, one: Found) -> Found:
    start = one.start
    if not start:
        return one
    if text[start] in "百千万" and text[start - 1] in "上成过破" and one.told == "exact":
        one.start, one.told = start - 1, "least"
        return one
    word = _BEFORE.before(text, start) if text[start - 1] in _BEFORE_LASTS else ""
    if not word:
        return one
    told = _TOLD[word]
    if word == "近" and text.endswith(_NO_NEAR, 0, start):
        return one
    if word == "超" and text.startswith("超超", start - 2):
        return one
    if word in ("快", "小") and (
        one.low < 10 or text[one.end : one.end + 1] in ("点", "岁", "月", "时", "天")
    ):
        return one
    one.start = start - len(word)
    if one.told in ("exact", "more") or told == "least":
        one.told = told
    return one


def _scaled(text: str, first: Found, second: Found) -> Number:
    """20至30万, 2到3亿: the word behind the second end belongs to both."""
    scale = _UNIT.get(text[second.end - 1 : second.end], 1)
    both = scale >= 1000 and text[first.end - 1] not in _UNIT and first.low * scale < second.low
    return first.low * scale if both else first.low


def _joined(text: str, first: Found, second: Found) -> Found | None:
    """3至5, 3-5, 三到五, 三、四十, 2人或3: two numbers that are the ends of one range."""
    if second.start != second.core or first.low != first.high or second.low != second.high:
        return None
    match = _RANGE.fullmatch(text, first.end, second.start)
    if match is None or "share" in (first.told, second.told):
        return None
    if match["list"]:
        tens = second.low >= 20 and second.low % 10 == 0 and first.low == second.low // 10 - 1
        if tens and first.low < 9:
            low = first.low * 10
        elif second.low == first.low + 1 <= 9 and second.end - second.start == 1:
            low = first.low
        else:
            return None
    elif first.low < second.low:
        low = _scaled(text, first, second)
        if match["units"] and text.endswith(("由", "从"), 0, first.start):
            return None  # 由2人到3人 is a correction
        if (
            low < 10
            and second.low % 10 == 0
            and match["plain"] in ("至", "到")
            and _tens(text, first, second)
        ):
            low *= 10
    else:
        return None
    return Found(first.start, first.core, second.end, low, second.low, "range")


def _tens(text: str, first: Found, second: Found) -> bool:
    """三到五十 is said for 三十到五十; 3到50 and 三至十 mean what they say."""
    return (
        text[first.core] in _DIGIT
        and text[second.core] in _DIGIT
        and second.low // 10 > first.low
        and second.low < 100
    )


def _arabic(text: str, at: int, end: int) -> tuple[Number, int]:
    """12, 1,280, 4148.8606, 4千, 3百 → value and end; digits beyond any sense are capped."""
    whole = text[at:end]
    if "," in whole:
        whole = whole.replace(",", "")
    number: Number = int(whole[:15])
    following = text[end : end + 1]
    if following == "." and "0" <= text[end + 1 : end + 2] <= "9":
        stop = end + 1
        while "0" <= text[stop : stop + 1] <= "9":
            stop += 1
        number = float(f"{whole[:15]}.{text[end + 1 : min(stop, end + 9)]}")
        end = stop
    elif following in ("百", "十") and text[end + 1 : end + 2] not in ("货", "姓", "字"):
        number, end = number * _UNIT[following], end + 1
    return number, end


@lru_cache(maxsize=2048)
def chinese(run: str) -> tuple[Number, Number] | None:
    """The ends of the range that a run of Chinese numerals tells; None where it is no number.

    一百三四十 → 130..140, 十几 → 11..19, 数十 → 20..99, 二〇〇八 → 2008, 两百五 → 250, 一亿两千万, 半 → 0.5.
    """
    run = run.replace("好几", "几")
    if run == "半":
        return 0.5, 0.5
    if run in _SPOKEN:
        return _SPOKEN[run]
    if not run or "半" in run or not _CHINESE.issuperset(run):
        return None
    if len(run) >= 2 and not any(c in _UNIT or c in _FEW for c in run):
        values = [_DIGIT[c] for c in run]
        if len(values) == 2 and values[1] == values[0] + 1 and values[0]:
            return values[0], values[1]
        number = int("".join(map(str, values[:15])))
        return number, number
    low = high = 0
    section = [0, 0]
    digit: tuple[int, int] | None = None
    wide = 0
    for at, char in enumerate(run):
        if char in _FEW:
            if digit is not None and digit != (0, 0):
                return None
            digit = (1, 9) if at else (2, 9)
            wide = 1
        elif char in _DIGIT:
            value = _DIGIT[char]
            digit = (
                (digit[0], value)
                if digit is not None and digit[0] and value == digit[1] + 1
                else (value, value)
            )
        else:
            unit = _UNIT[char]
            if unit >= 10_000:
                whole = (section[0] + (digit[0] if digit else 0), section[1] + (digit[1] if digit else 0))
                if digit is None and not section[1] and not high:
                    whole = (1, 1)
                if high >= unit:  # 一亿两千万
                    low, high = low + whole[0] * unit, high + whole[1] * unit
                else:  # 三万亿
                    low, high = (low + whole[0]) * unit, (high + whole[1]) * unit
                section = [0, 0]
                if wide:
                    high += unit - 1
            else:
                ends = digit or (1, 1)
                section[0] += ends[0] * unit
                section[1] += ends[1] * unit + (unit - 1 if wide else 0)
            digit, wide = None, 0
            if low > 10**15:
                return None
    if digit is not None:
        # 两百五, 三万六, 一百三四: last digits right behind their unit count tenths of it
        before = run[: -2 if digit[0] != digit[1] else -1][-1:]
        tenth = _UNIT[before] // 10 if before and before in "百千万亿" and not wide else 1
        section[0] += digit[0] * tenth
        section[1] += digit[1] * tenth
    low, high = low + section[0], high + section[1]
    return (low, high) if low <= high else None

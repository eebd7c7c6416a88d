"""Numbers as a duty desk says and writes them, each with the range that it allows.

`numbers` finds them all in one walk: 3, 1.2万, 十余, 三四十, 两三, 近百, 至少5, 3至5. What they count
is not known here. The about-words have the ranges of `quantity`.
"""

from jinji_report.quantity import Number, Quantity, at_least, between, nearly, roughly, some_more

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "仨": 3, "幺": 1}
_UNIT = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "廿": 20}
_FEW = {"几": (2, 9), "数": (2, 9)}
_CHINESE = frozenset([*_DIGIT, *_UNIT, *_FEW, "半"])
_ARABIC = frozenset("0123456789")
STARTS = _CHINESE | _ARABIC

_NEAR = ("将近", "接近", "近有", "近")
_BELOW = ("不到", "不足")
_ABOUT = ("大约有", "大概有", "大约", "大概", "约有", "估计有", "估计", "差不多", "约")
_AT_LEAST = (
    "至少有",
    "至少",
    "最少",
    "起码有",
    "起码",
    "不少于",
    "不下于",
    "不下",
    "不低于",
    "超过",
    "突破",
    "逾",
    "超",
)
_AT_MOST = ("最多", "至多", "不超过", "不多于")
_BEFORE: tuple[tuple[str, str], ...] = tuple(
    sorted(
        (
            *((word, "near") for word in (*_NEAR, *_BELOW)),
            *((word, "about") for word in _ABOUT),
            *((word, "least") for word in _AT_LEAST),
            *((word, "most") for word in _AT_MOST),
        ),
        key=lambda pair: -len(pair[0]),
    )
)
_BEFORE_ENDS = frozenset(word[-1] for word, _ in _BEFORE)
_NO_NEAR = ("附近", "最近", "靠近", "邻近", "就近", "临近", "相近", "远近")
_AFTER_UNIT = (
    ("左右", "about"),
    ("上下", "about"),
    ("及以上", "least"),
    ("以上", "least"),
    ("开外", "least"),
)


class Found:
    """A number in the text: `start`..`end` with its about-words, `core` where its digits begin.

    `told` says how it was told: "exact", "range", "near", "about", "least", "most", "more" (余、多).
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
        low, high, told = self.low * times, self.high * times, after or self.told
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
    for word, told in _AFTER_UNIT:
        if text.startswith(word, end):
            return told, end + len(word)
    return "", end


def numbers(text: str) -> list[Found]:
    """Every number of `text`, left to right."""
    found: list[Found] = []
    at, size = 0, len(text)
    while at < size:
        if text[at] not in STARTS:
            at += 1
            continue
        one = _number(text, at)
        if one is None:
            at += 1
            continue
        joined = _joined(text, found[-1], one) if found else None
        if joined is None:
            found.append(one)
        else:
            found[-1] = joined
        at = one.end
    return found


def _number(text: str, at: int) -> Found | None:
    end = at
    if text[at] in _ARABIC:
        low, end = _arabic(text, at)
        high = low
        told = "exact"
        if text.startswith("几", end):
            high, low, told, end = low + 9, low + 1, "range", end + 1
    else:
        while end < len(text) and end - at < 24 and text[end] in _CHINESE:
            end += 1
        value = chinese(text[at:end])
        if value is None:
            return None
        low, high = value
        told = "exact" if low == high else "range"
        if text[at] in _UNIT and text[at] not in "十廿" and not _bare_unit_counts(text, at, end):
            return None
    if end < len(text) and text[end] in "余多来" and low == high:
        # 十多, 30余万, 十来: the word stands between the number and its unit
        if text[end] == "来" and text[end + 1 : end + 2] in ("到", "自", "了", "源", ""):
            pass
        else:
            told = "about" if text[end] == "来" else "more"
            end += 1
    while (
        end < len(text)
        and text[end] in "千万亿"
        and text[end + 1 : end + 2] not in ("伏", "瓦", "米", "克", "达", "别")
    ):
        low, high, end = low * _UNIT[text[end]], high * _UNIT[text[end]], end + 1
        if text.startswith(("余", "多"), end) and low == high:
            told, end = "more", end + 1
    return _with_words_before(text, Found(at, at, end, low, high, told))


def _bare_unit_counts(text: str, at: int, end: int) -> bool:
    """百, 千, 万 alone are numbers only in company: 百余, 上百, 近千, 约百."""
    return text[end : end + 1] in ("余", "多", "来") or text[at - 1 : at] in (
        "上",
        "近",
        "约",
        "成",
        "逾",
        "超",
        "过",
    )


def _with_words_before(text: str, one: Found) -> Found:
    start = one.start
    if start and text[start - 1] == "上" and text[start] in "百千万" and one.told == "exact":
        one.start, one.told = start - 1, "least"
        return one
    if start == 0 or text[start - 1] not in _BEFORE_ENDS:
        return one
    for word, told in _BEFORE:
        if text.endswith(word, max(0, start - len(word)), start):
            if word == "近" and text.endswith(_NO_NEAR, max(0, start - 2), start):
                return one
            if word == "超" and text.startswith("超超", start - 2):
                return one
            one.start = start - len(word)
            if one.told in ("exact", "more") or told == "least":
                one.told = told
            return one
    return one


def _joined(text: str, first: Found, second: Found) -> Found | None:
    """3至5, 3-5, 三到五, 三、四十: two numbers that are the ends of one range."""
    between_them = text[first.end : second.start]
    if second.start != second.core or first.low != first.high or second.low != second.high:
        return None
    tens = second.low >= 20 and second.low % 10 == 0 and first.low == second.low // 10 - 1
    if between_them in ("至", "到", "-", "~") and first.low < second.low:
        low = first.low
    elif between_them == "、" and tens and first.low < 9:
        low = first.low * 10
    elif between_them == "、" and second.low == first.low + 1 <= 9 and second.end - second.start == 1:
        low = first.low
    else:
        return None
    return Found(first.start, first.core, second.end, low, second.low, "range")


def _arabic(text: str, at: int) -> tuple[Number, int]:
    """12, 1,280, 4148.8606, 4千, 3百 → value and end; digits beyond any sense are capped."""
    end = at
    while end < len(text) and text[end] in _ARABIC:
        end += 1
    whole = text[at:end]
    while (
        len(whole) <= 12
        and text.startswith((",", "，"), end)
        and len(text[end + 1 : end + 4]) == 3
        and all(c in _ARABIC for c in text[end + 1 : end + 4])
        and text[end + 4 : end + 5] not in _ARABIC
        and len(text[at:end].split(",")[0]) <= 3
        and text[end] == ","
    ):
        whole += text[end + 1 : end + 4]
        end += 4
    number: Number = int(whole[:15])
    if text.startswith(".", end) and text[end + 1 : end + 2] in _ARABIC and end + 1 < len(text):
        stop = end + 1
        while stop < len(text) and text[stop] in _ARABIC:
            stop += 1
        number = float(f"{whole[:15]}.{text[end + 1 : min(stop, end + 9)]}")
        end = stop
    if text[end : end + 1] in ("百", "十") and text[end + 1 : end + 2] not in ("货", "姓", "字"):
        number, end = number * _UNIT[text[end]], end + 1
    return number, end


def chinese(run: str) -> tuple[Number, Number] | None:
    """The ends of the range that a run of Chinese numerals tells; None where it is no number.

    一百三四十 → 130..140, 十几 → 11..19, 数十 → 20..99, 二〇〇八 → 2008, 半 → 0.5.
    """
    if run == "半":
        return 0.5, 0.5
    if "半" in run or not _CHINESE.issuperset(run):
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
            if digit is not None:
                return None
            digit = (1, 9) if at else (2, 9)
            wide = 1
        elif char in _DIGIT:
            value = _DIGIT[char]
            digit = (
                (digit[0], value)
                if digit is not None and digit[0] and value == digit[0] + 1
                else (value, value)
            )
        else:
            unit = _UNIT[char]
            if unit >= 10_000:
                whole = (section[0] + (digit[0] if digit else 0), section[1] + (digit[1] if digit else 0))
                if digit is None and not section[1]:
                    whole = (1, 1)
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
        section[0] += digit[0]
        section[1] += digit[1]
    low, high = low + section[0], high + section[1]
    return (low, high) if low <= high else None

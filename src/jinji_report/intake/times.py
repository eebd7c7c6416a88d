"""Moments told in a note, past-preferring against `now`, each with what it is the moment of.

A duty desk hears of what has happened: a clock without its day, a day without its month and a
month without its year are the latest that are not in the future. What cannot be settled so
(3点 by day or by night) is taken as the latest past and marked `guessed`.
"""

from datetime import date, datetime, timedelta

from jinji_report.intake.numerals import chinese
from jinji_report.intake.scan import Scan
from jinji_report.intake.text import COMMAS, STOPS
from jinji_report.vocabulary import Precision

_ARABIC = frozenset("0123456789")
_CHINESE = frozenset("〇零一二三四五六七八九十两廿")

# Part of the day: first hour, hour after the last one.
_PARTS: dict[str, tuple[int, int]] = {
    "天不亮": (3, 7), "天没亮": (3, 7), "天还没亮": (3, 7), "天未亮": (3, 7), "天蒙蒙亮": (5, 7), "蒙蒙亮": (5, 7),
        "天亮前": (3, 6),
    "天擦黑": (17, 21), "擦黑": (17, 21), "天快黑": (17, 20), "天刚黑": (18, 21), "吃晚饭": (17, 21), "吃早饭": (6, 9),
    "吃午饭": (11, 14), "吃中饭": (11, 14), "后半晌": (14, 18), "前半晌": (8, 12), "大中午": (11, 14), "大半夜": (22, 30),
    "三更半夜": (22, 30), "晚黑": (18, 24), "擦黑儿": (17, 21), "早起": (5, 9), "晚夕": (18, 24), 
    "后半夜": (0, 6), "下半夜": (0, 6), "凌晨": (0, 6), "拂晓": (4, 7), "清晨": (5, 9), "清早": (5, 9), "早晨": (5, 9),
    "天刚亮": (5, 8),
    "早上": (5, 10), "一早": (5, 9), "一大早": (5, 9), "大清早": (5, 9), "早饭后": (7, 9), "上午": (6, 12), "午前": (9, 12),
    "早间": (5, 9),
    "中午饭后": (12, 15), "午饭后": (12, 15), "午餐后": (12, 15), "吃完午饭": (12, 15), "中午": (11, 14), "正午": (11, 13),
    "晌午": (11, 14), "午间": (11, 14),
    "午休": (12, 15), "午后": (12, 18), "下午": (12, 18), "后晌": (13, 18), "傍晚": (17, 20), "黄昏": (17, 20), "天黑": (18,
    21), "晚饭后": (18, 22),
    "晚餐后": (18, 22), "晚上": (18, 24), "晚间": (18, 24), "夜晚": (18, 24), "夜里": (19, 30), "夜间": (19, 30), "深夜": (21,
    30), "半夜": (22, 30),
    "午夜": (22, 30), "子夜": (22, 30), "前半夜": (19, 24), "晚": (18, 24), "夜": (19, 30), "晨": (5, 9), "早": (5, 10),
}  # fmt: skip
_DAYS: dict[str, int] = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨儿": -1, "今天": 0, "今日": 0, "今儿": 0, "本日": 0,
    "前晚": -2, "前夜": -2, "昨晚": -1, "昨夜": -1, "昨晨": -1, "昨早": -1, "昨午": -1, "今早": 0, "今晨": 0, "今晚": 0,
    "今夜": 0, "昨黑": -1, "前黑": -2, "今午": 0, "今凌晨": 0, "昨凌晨": -1,
}  # fmt: skip
_SAME: tuple[str, ...] = ("事发当天", "事发当日", "当天", "当日", "同日", "当晚", "当夜", "同一天")
_NEXT: tuple[str, ...] = ("次日", "翌日", "第二天")
_JUST: tuple[str, ...] = ("刚才", "刚刚", "方才", "刚不久", "不久前")
_WEEK: tuple[tuple[str, int], ...] = (
    ("上上周", 14), ("上周", 7), ("上星期", 7), ("上个星期", 7), ("上礼拜", 7), ("本周", 0), ("这周", 0), ("这个星期", 0),
    ("星期", -1), ("礼拜", -1), ("周", -1),
)  # fmt: skip
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 5}
_AGO_UNITS: tuple[tuple[str, int], ...] = (
    ("个多小时", 60), ("个半小时", 60), ("多个小时", 60), ("多小时", 60), ("个小时", 60), ("小时", 60), ("个钟头", 60),
    ("个多钟头", 60), ("个钟", 60), ("来分钟", 1), ("多分钟", 1), ("分钟", 1),
    ("天", 1440), ("个星期", 10080), ("周", 10080),
)  # fmt: skip
_WEAK_TAIL = (
    "许",
    "左右",
    "前后",
    "上下",
    "来钟",
    "钟",
    "整",
    "多",
    "过",
    "前",
    "的时候",
    "那会儿",
    "时分",
    "时许",
)
_PART_WORDS = tuple(sorted(_PARTS, key=len, reverse=True))
_PARTS_BY_FIRST = {
    first: tuple(w for w in _PART_WORDS if w[0] == first) for first in {word[0] for word in _PARTS}
}
_DAY_WORDS = tuple(sorted(_DAYS, key=len, reverse=True))
_DAYS_BY_FIRST = {
    first: tuple(w for w in _DAY_WORDS if w[0] == first) for first in {word[0] for word in _DAYS}
}
_STARTS = frozenset(
    [word[0] for group in (_PARTS, _DAYS, _SAME, _NEXT, _JUST) for word in group]
    + [word[0] for word, _ in _WEEK]
    + ["去", "今", "前", "上", "本", "半"]
)

OCCURRED, ALARM, DISCOVERED, OTHER, AS_OF, DATELINE = (
    "occurred",
    "alarm",
    "discovered",
    "other",
    "as_of",
    "dateline",
)

_ALARM = ("接警", "接到报警", "报警", "报的警", "报的", "接报", "接到", "接群众", "接市民", "接过路", "打的119", "打119",
    "打的110", "打110", "打的120", "打120", "拨打", "来电", "打电话", "打来", "报告", "上报", "报称", "传警", "收到报",
    "报了警", "电话报", "指令", "警情", "119接", "110接", "120接")  # fmt: skip
_DISCOVERED = ("发现", "才看见", "被看到")
_OTHER = (
    "扑灭", "灭了", "熄灭", "被控制", "得到控制", "得到有效控制", "抢通", "恢复", "停泵", "停的泵", "停产", "搜救结束",
    "结束", "到达", "赶到", "抵达", "到场", "赶赴", "救出", "获救", "升井",
    "脱险", "放下来", "处置完", "清理完", "解除", "撤离", "出院", "痊愈", "责令", "停了", "通报", "宣布", "透露", "证实",
    "表示", "发布", "介绍", "获悉", "医治无效", "抢救无效", "不治",
    "记者", "发稿", "通车", "开工", "开通", "启动", "召开", "就诊", "批示", "救援人员", "投产", "建成", "出具", "病例", "为止",
)  # fmt: skip
_EVENT = (
    "发生", "起火", "着火", "爆炸", "爆燃", "坍塌", "相撞", "追尾", "突发", "失火", "侧翻", "塌", "炸", "撞", "泄漏", "滑坡",
    "透水", "火灾", "呕吐", "中毒", "坠", "翻", "落水",
)  # fmt: skip


class Told:
    """One time as told: `at`..`until` (both resolved), what it is the moment of, where it stands.

    `guessed`: the half of the day was not told and plausibility chose it. `future`: later than
    now although its day was told. `ancient`: before 1949.
    """

    __slots__ = (
        "at",
        "beijing",
        "end",
        "future",
        "guessed",
        "part_only",
        "precision",
        "role",
        "start",
        "until",
    )

    def __init__(
        self, start: int, end: int, at: datetime, until: datetime | None, precision: Precision
    ) -> None:
        self.start = start
        self.end = end
        self.at = at
        self.until = until
        self.precision = precision
        self.role = OCCURRED
        self.guessed = False
        self.future = False
        self.beijing = False
        self.part_only = False

    @property
    def ancient(self) -> bool:
        return self.at.year < 1949 or (self.at.year == 1949 and self.at.month < 10)

    @property
    def clock(self) -> bool:
        return self.precision in (Precision.MINUTE, Precision.HOUR)


class _Pieces:
    """The pieces of one time expression, as they were read."""

    __slots__ = (
        "ago",
        "clock_style",
        "day",
        "end",
        "hour",
        "minute",
        "month",
        "month_shift",
        "part",
        "relative",
        "same",
        "start",
        "vague",
        "weekday",
        "year",
        "year_shift",
    )

    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start
        self.year: int | None = None
        self.year_shift: int | None = None
        self.month: int | None = None
        self.month_shift: int | None = None
        self.day: int | None = None
        self.relative: int | None = None
        self.same: int | None = None
        self.weekday: tuple[int, int] | None = None
        self.part: str | None = None
        self.hour: int | None = None
        self.minute: int | None = None
        self.clock_style = ""
        self.vague = False
        self.ago: timedelta | None = None

    @property
    def has_day(self) -> bool:
        return (
            self.day is not None
            or self.relative is not None
            or self.same is not None
            or self.weekday is not None
        )

    @property
    def any(self) -> bool:
        return self.has_day or self.part is not None or self.hour is not None or self.ago is not None


def times(scan: Scan, now: datetime) -> list[Told]:
    """Every time told in the note, in order, resolved against `now` and against the days told before it."""
    text = scan.text
    found: list[Told] = []
    day: datetime | None = None  # the last moment told that is no dateline; a bare clock is of its day
    month: date | None = None  # the last day told at all; bare 12日 takes its month
    at, size = 0, len(text)
    while at < size:
        char = text[at]
        if char not in _ARABIC and char not in _CHINESE and char not in _STARTS:
            at += 1
            continue
        pieces = _read(text, at)
        if pieces is None:
            at += 1
            while char in _ARABIC and at < size and text[at] in _ARABIC:
                at += 1
            continue
        told = _resolve(pieces, now, day, month)
        if told is not None:
            _set_role(text, told)
            if told.role != DATELINE and not told.future and (pieces.has_day or day is not None):
                day = told.at
            if pieces.has_day and not told.future:
                month = told.at.date()
            found.append(told)
        at = pieces.end
    return found


# ------------------------------------------------------------------ reading


def _int(text: str, at: int, digits: int = 4) -> tuple[int, int] | None:
    """A whole number at `at` (Arabic or Chinese) and its end."""
    end = at
    if at < len(text) and text[at] in _ARABIC:
        while end < len(text) and end - at <= digits and text[end] in _ARABIC:
            end += 1
        return None if end - at > digits else (int(text[at:end]), end)
    while end < len(text) and end - at < 5 and text[end] in _CHINESE:
        end += 1
    if end == at:
        return None
    value = chinese(text[at:end])
    if value is None or value[0] != value[1]:
        return None
    return int(value[0]), end


def _read(text: str, at: int) -> _Pieces | None:
    """The longest time expression that starts at `at`."""
    pieces = _Pieces(at)
    if _read_ago(text, pieces):
        return pieces
    _read_day(text, pieces)
    if pieces.end > at:
        _skip_aside(text, pieces)
    _read_part(text, pieces)
    _read_clock(text, pieces)
    if not pieces.any:
        return None
    return pieces


def _read_ago(text: str, pieces: _Pieces) -> bool:
    at = pieces.start
    for word in _JUST:
        if text.startswith(word, at):
            pieces.end = at + len(word)
            if _starts_part_or_clock(text, pieces.end):
                return False  # 刚才2点35分: the clock says it better
            pieces.ago, pieces.vague = timedelta(minutes=15), True
            return True
    number: float
    if text.startswith("半", at):
        end, number = at + 1, 0.5
    elif text.startswith("几分钟前", at) or text.startswith("十几分钟前", at):
        end = text.index("前", at) + 1
        pieces.end, pieces.ago, pieces.vague = end, timedelta(minutes=10), True
        return True
    else:
        read = _int(text, at, 3)
        if read is None:
            return False
        number, end = read
    if text.startswith("来", end) or text.startswith("几", end):
        end += 1
    for unit, minutes in _AGO_UNITS:
        if text.startswith(unit, end):
            end += len(unit)
            if unit == "个半小时":
                number += 0.5
            if text.startswith("左右", end):
                end += 2
            for word in ("之前", "以前", "前"):
                if text.startswith(word, end) and not text.startswith("前往", end):
                    pieces.end = end + len(word)
                    pieces.ago = timedelta(minutes=number * minutes)
                    pieces.vague = minutes >= 1440
                    return True
            return False
    return False


def _read_day(text: str, pieces: _Pieces) -> None:
    at = pieces.start
    for word in _DAYS_BY_FIRST.get(text[at : at + 1], ()):
        if text.startswith(word, at):
            pieces.relative, pieces.end = _DAYS[word], at + len(word)
            if word[-1] in "晚夜晨早午黑" or word.endswith("凌晨"):
                pieces.part = (
                    "凌晨" if word.endswith("凌晨") else {"午": "中午", "黑": "晚"}.get(word[-1], word[-1])
                )
            return
    for word in _SAME:
        if text.startswith(word, at):
            pieces.same, pieces.end = 0, at + len(word)
            if word[-1] in "晚夜":
                pieces.part = word[-1]
            return
    for word in _NEXT:
        if text.startswith(word, at):
            pieces.same, pieces.end = 1, at + len(word)
            return
    for word, back in _WEEK:
        if text.startswith(word, at) and text[at + len(word) : at + len(word) + 1] in _WEEKDAYS:
            follows = text[at + len(word) + 1 : at + len(word) + 2]
            if word == "周" and (
                follows in ("围", "边", "转", "家", "庄", "口")
                or (at and text[at - 1] in "一二两三四五六七八九十0123456789每")
            ):
                continue
            pieces.weekday = (_WEEKDAYS[text[at + len(word)]], back)
            pieces.end = at + len(word) + 1
            return
    for word, shift in (("去年", -1), ("前年", -2), ("今年", 0), ("本年", 0)):
        if text.startswith(word, at):
            pieces.year_shift = shift
            at += 2
            break
    for word, shift in (("上个月", -1), ("上月", -1), ("本月", 0), ("这个月", 0)):
        if text.startswith(word, at):
            pieces.month_shift = shift
            at += len(word)
            break
    first = _int(text, at, 4)
    if first is None:
        return
    value, end = first
    mark = text[end : end + 1]
    if mark == "年" and 1000 <= value <= 9999:
        pieces.year = value
        second = _int(text, end + 1, 2)
        if second is None or text[second[1] : second[1] + 1] != "月":
            pieces.year = None
            return
        value, end = second
        mark = "月"
    elif mark in ("-", "/", ".") and 1900 <= value <= 2200 and text[at] in _ARABIC:
        second = _int(text, end + 1, 2)
        third = _int(text, second[1] + 1, 2) if second and text[second[1] : second[1] + 1] == mark else None
        if second and third and 1 <= second[0] <= 12 and 1 <= third[0] <= 31:
            pieces.year, pieces.month, pieces.day, pieces.end = value, second[0], third[0], third[1]
            if text[pieces.end : pieces.end + 1] in ("日", "T", "t", " ") and pieces.end + 1 < len(text):
                pieces.end += 1
        return
    if mark == "月" and 1 <= value <= 12:
        second = _int(text, end + 1, 2)
        if second is not None and 1 <= second[0] <= 31:
            if text[second[1] : second[1] + 1] in ("日", "号"):
                pieces.month, pieces.day, pieces.end = value, second[0], second[1] + 1
            elif text[second[1] : second[1] + 1] in ("", "，", ",", "晚", "早", "上", "下", "凌", " ", "。"):
                pieces.month, pieces.day, pieces.end = value, second[0], second[1]
        else:
            pieces.year = None
        return
    if mark in ("日", "号") and 1 <= value <= 31 and _is_day(text, at, end + 1, mark):
        pieces.day, pieces.end = value, end + 1
    else:
        pieces.year = None


def _is_day(text: str, start: int, end: int, mark: str) -> bool:
    """12号 is a day, but 12号楼, 51号 (a house), 3号矿井 are none; 3日 游 is no day either."""
    follows = text[end : end + 1]
    before = text[start - 1 : start]
    if before and (before in "第.-" or (before.isascii() and before.isalnum())):
        return False
    if mark == "日":
        return follows not in ("游", "元", "本", "夜奋", "内", "报")
    if before and before in "路街道巷弄段":
        return False
    return follows in (
        "",
        "就",
        "上",
        "下",
        "晚",
        "早",
        "凌",
        "中",
        "夜",
        "，",
        ",",
        "。",
        "那",
        "到",
        "发",
        "的",
        "起",
        "开",
        "清",
        "傍",
        "深",
        " ",
        "\n",
        *"0123456789",
    )


def _skip_aside(text: str, pieces: _Pieces) -> None:
    """今天(17日)下午: the aside says the day again."""
    if text.startswith("(", pieces.end):
        inner = _int(text, pieces.end + 1, 2)
        if inner is None:
            return
        end = inner[1]
        if text.startswith("月", end):
            second = _int(text, end + 1, 2)
            end = second[1] if second else end
        if text[end : end + 1] in ("日", "号") and text.startswith(")", end + 1):
            pieces.end = end + 2
        return
    while pieces.end < len(text) and text[pieces.end] in " 的":
        if not _starts_part_or_clock(text, pieces.end + 1):
            return
        pieces.end += 1


def _starts_part_or_clock(text: str, at: int) -> bool:
    probe = _Pieces(at)
    _read_part(text, probe)
    _read_clock(text, probe)
    return probe.end > at


def _read_part(text: str, pieces: _Pieces) -> None:
    at = pieces.end
    for word in _PARTS_BY_FIRST.get(text[at : at + 1], ()):
        if text.startswith(word, at):
            if len(word) == 1:
                # 晚七时, 26日夜: a single character counts only beside its day or its clock
                clock = _Pieces(at + 1)
                _read_clock(text, clock)
                if clock.hour is None and not (pieces.has_day and pieces.part is None and word in "晚夜晨早"):
                    return
            if pieces.part is not None and word in ("早", "晚"):
                return
            pieces.part, pieces.end = word, at + len(word)
            if len(word) > 1 and text.startswith("时分", pieces.end):
                pieces.end += 2
            if text[pieces.end : pieces.end + 1] in ("，", ",", "的", " "):
                clock = _Pieces(pieces.end + 1)
                _read_clock(text, clock)
                if clock.hour is not None and clock.hour <= 24:
                    pieces.end += 1
            more = next((w for w in ("深夜", "凌晨", "夜里", "午后") if text.startswith(w, pieces.end)), None)
            if more:
                pieces.end += len(more)
            return


def _read_clock(text: str, pieces: _Pieces) -> None:
    """23:30, 23时30分许, 7点40, 2:20pm, 十点一刻, 2点半, 九点来钟, 4点半多."""
    at = pieces.end
    for word in ("大约", "大概", "约", "近", "快"):
        if text.startswith(word, at):
            at += len(word)
            break
    four = text[at : at + 4]
    if len(four) == 4 and _ARABIC.issuperset(four) and text.startswith(("时", "许"), at + 4):
        # 0230时, 2135许: the telegraph's clock
        if int(four[:2]) < 24 and int(four[2:]) < 60:
            pieces.hour, pieces.minute, pieces.clock_style = int(four[:2]), int(four[2:]), "24"
            pieces.end = at + (6 if text.startswith("时许", at + 4) else 5)
        return
    read = _int(text, at, 2)
    if read is None:
        return
    hour, end = read
    if hour > 24:
        return
    mark = text[end : end + 1]
    before = text[at - 1 : at] if at else ""
    minute: int | None = None
    if mark == ":" and text[at] in _ARABIC:
        second = _int(text, end + 1, 2)
        if second is None or second[1] != end + 3 or second[0] > 59 or before in (":", "-", "."):
            return
        minute, end, style = second[0], second[1], "24"
        if text.startswith(":", end):
            seconds = _int(text, end + 1, 2)
            end = seconds[1] if seconds else end
    elif mark in ("时", "点"):
        if before and before in "第每":
            return
        style = "24" if mark == "时" else "12"
        end += 1
        if mark == "点":
            if text.startswith(
                ("要求", "意见", "建议", "措施", "指示", "五", "钟头"), end
            ) and not text.startswith("五", end):
                return
            if hour == 1 and text[at] == "一" and not _one_oclock(text, at, end, pieces):
                return
            if text.startswith("钟", end):
                end += 1
        minute, end = _minutes(text, end)
    elif text[end : end + 2].lower() in ("pm", "am") and hour <= 12:
        style = "24"
    else:
        return
    half = text[end : end + 2].lower()
    if half in ("pm", "am"):
        end += 2
        hour = hour % 12 + (12 if half == "pm" else 0)
        style = "24"
    while True:
        for word in _WEAK_TAIL:
            if text.startswith(word, end) and not text.startswith(
                ("前往", "前方", "多人", "多名", "多辆", "过火", "整个", "过来", "过后"), end
            ):
                pieces.vague = pieces.vague or word in ("多", "过")
                end += len(word)
                break
        else:
            break
    pieces.hour, pieces.minute, pieces.clock_style, pieces.end = hour, minute, style, end


def _minutes(text: str, at: int) -> tuple[int | None, int]:
    if text.startswith("半", at):
        return 30, at + 1
    for word, minute in (("一刻", 15), ("三刻", 45), ("1刻", 15), ("3刻", 45)):
        if text.startswith(word, at):
            return minute, at + len(word)
    read = _int(text, at, 2)
    if read is None or read[0] > 59:
        return None, at
    value, end = read
    if text.startswith(("分钟", "分之"), end):
        return None, at
    if text.startswith("分", end):
        end += 1
        seconds = _int(text, end, 2)
        if seconds and text.startswith("秒", seconds[1]):
            end = seconds[1] + 1
        return value, end
    # 8点23左右: bare minutes need two digits or two characters, and nothing that they could count
    follows = text[end : end + 1]
    if end - at < 2 or follows in (
        "人",
        "名",
        "个",
        "辆",
        "死",
        "伤",
        "岁",
        "号",
        "米",
        "日",
        "时",
        "点",
        "间",
        "户",
        "车",
        "位",
        "多",
        "余",
        "名",
        "月",
        "天",
    ):
        return None, at
    return value, end


def _one_oclock(text: str, at: int, end: int, pieces: _Pieces) -> bool:
    """一点 is also "a little": it is a clock beside its day, or with minutes, or where a clause begins."""
    if pieces.has_day or pieces.part is not None:
        return True
    if _minutes(text, end)[0] is not None or text.startswith(("钟", "多", "左右", "许", "来钟", "过"), end):
        return True
    return (at == 0 or text[at - 1] in "，,。；\n") and text[end : end + 1] in ("，", ",", "发", "在")


# ------------------------------------------------------------------ resolving


def _midnight(day: date, now: datetime) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=now.tzinfo)


def _back_a_month(day: date) -> date:
    """The first of the month before."""
    first = day.replace(day=1)
    return (first - timedelta(days=1)).replace(day=1)


def _with_day(month: date, day: int, latest: date) -> date | None:
    """The latest `day` of a month not after `latest`, going back from `month`."""
    first = month.replace(day=1)
    for _ in range(14):
        try:
            found = first.replace(day=day)
        except ValueError:
            found = None
        if found is not None and found <= latest:
            return found
        if first.year <= 1:
            return None
        first = _back_a_month(first)
    return None


def _day_of(pieces: _Pieces, now: datetime, day: datetime | None, month: date | None) -> date | None:
    """The day that `pieces` tell, None where they tell none or an impossible one."""
    today = now.date()
    if pieces.relative is not None:
        return today + timedelta(days=pieces.relative)
    if pieces.same is not None:
        return (day.date() if day else today) + timedelta(days=pieces.same)
    if pieces.weekday is not None:
        weekday, back = pieces.weekday
        monday = today - timedelta(days=today.weekday())
        if back < 0:
            return today - timedelta(days=(today.weekday() - weekday) % 7)
        return monday - timedelta(days=back) + timedelta(days=weekday)
    if pieces.month is not None and pieces.day is not None:
        years = [pieces.year] if pieces.year is not None else [today.year, today.year - 1]
        if pieces.year_shift is not None:
            years = [today.year + pieces.year_shift]
        for year in years:
            try:
                found = date(year, pieces.month, pieces.day)
            except ValueError:
                continue
            if found <= today or pieces.year is not None or pieces.year_shift is not None:
                return found
        if pieces.month == 2 and pieces.day == 29 and pieces.year is None:
            for year in range(today.year, today.year - 8, -1):
                if year % 4 == 0 and date(year, 2, 29) <= today:
                    return date(year, 2, 29)
        return None
    if pieces.day is not None:
        base = month or today
        if pieces.month_shift is not None:
            base = today if pieces.month_shift == 0 else _back_a_month(today)
        return _with_day(base, pieces.day, today)
    return None


def _resolve(pieces: _Pieces, now: datetime, day: datetime | None, month: date | None) -> Told | None:
    try:
        return _resolved(pieces, now, day, month)
    except (ValueError, OverflowError):
        return None


def _resolved(pieces: _Pieces, now: datetime, day: datetime | None, month: date | None) -> Told | None:
    start, end = pieces.start, pieces.end
    if pieces.ago is not None:
        at = now - pieces.ago
        if pieces.ago >= timedelta(days=1):
            whole = _midnight(at.date(), now)
            return Told(start, end, whole, whole + timedelta(hours=23, minutes=59), Precision.DAY)
        told = Told(start, end, at.replace(second=0, microsecond=0), None, Precision.MINUTE)
        if pieces.vague:
            told.precision, told.until = Precision.HOUR, now
        return told
    told_day = _day_of(pieces, now, day, month)
    if pieces.has_day and told_day is None:
        return None
    if pieces.hour is None:
        return _span(pieces, now, told_day, day)
    precision = Precision.HOUR if pieces.minute is None else Precision.MINUTE
    hours, guessed = _hours(pieces)
    minute = pieces.minute or 0
    choices: list[datetime] = []
    if told_day is not None or day is not None:
        base = _midnight(told_day or (day or now).date(), now)
        choices = [base + timedelta(hours=hour, minutes=minute) for hour in hours]
        past = [moment for moment in choices if moment <= now]
        if not past and told_day is None:
            # a clock that follows an older day but cannot be on it in the past is of today
            choices, past = [], []
        elif past:
            choices = past
    if not choices:
        today = _midnight(now.date(), now)
        both = [today + timedelta(hours=hour, minutes=minute) for hour in hours]
        choices = [moment for moment in both if moment <= now] or [m - timedelta(days=1) for m in both]
    # without the half of the day: on a day that was told the hour is taken as said, else the latest past
    if told_day is not None:
        at = choices[0]
    elif day is not None and choices[0].date() == day.date():
        at = next((choice for choice in choices if choice >= day), choices[-1])
    else:
        at = max(choices)
    told = Told(start, end, at, None, precision)
    if (
        at > now
        and pieces.relative == 0
        and (now.hour < 6 or at.date() > now.date())
        and at - timedelta(days=1) <= now
    ):
        at = told.at = at - timedelta(days=1)  # 今晚11点, told after midnight, is the evening before
    told.guessed = guessed and len(hours) > 1
    told.future = at > now
    return told


def _hours(pieces: _Pieces) -> tuple[list[int], bool]:
    """The hours (0..30) that the clock can mean; two where the half of the day is open."""
    hour = pieces.hour or 0
    part = pieces.part
    if part is None:
        if pieces.clock_style == "12" and 1 <= hour <= 12:
            return [hour, 12 if hour == 12 else hour + 12] if hour != 12 else [12, 0], True
        return [hour], False
    first, last = _PARTS[part]
    if part in ("早", "晨") or last <= 12:
        return [0 if hour == 12 and first < 6 else hour], False
    if hour >= 13:
        return [hour], False
    if first >= 18:
        if hour == 12:
            return [24], False
        if hour == 0:
            return [24], False
        if hour <= 5:
            # 昨晚2点 is early today; 夜里2点 without a day is early this morning
            return [hour + 24] if pieces.has_day else [hour], False
        return [hour + 12], False
    if hour < 11 and first >= 11:
        return [hour + 12], False
    return [hour], False


def _span(pieces: _Pieces, now: datetime, told_day: date | None, day: datetime | None) -> Told | None:
    """A day, or a part of one: from its first moment to its last, never past now."""
    base_day = told_day or (day or now).date()
    base = _midnight(base_day, now)
    if pieces.part is None:
        first, last, precision = base, base + timedelta(hours=23, minutes=59), Precision.DAY
    else:
        from_hour, to_hour = _PARTS[pieces.part]
        first = base + timedelta(hours=from_hour)
        last = base + timedelta(hours=to_hour) - timedelta(minutes=1)
        precision = Precision.PART_OF_DAY
        if first > now and told_day is None and base_day == now.date():
            first, last = first - timedelta(days=1), last - timedelta(days=1)
    told = Told(pieces.start, pieces.end, first, min(last, max(now, first)), precision)
    told.future = first > now
    told.part_only = not pieces.has_day
    return told


# ------------------------------------------------------------------ what it is the moment of


def _set_role(text: str, told: Told) -> None:
    line_start = text.rfind("\n", 0, told.start) + 1
    line_end = text.find("\n", told.end)
    line_end = len(text) if line_end < 0 else line_end
    before = text[max(line_start, told.start - 6) : told.start]
    if (line_start or line_end < len(text)) and told.start == line_start and line_end - told.end <= 4:
        told.role = DATELINE
        return
    if text.startswith(("电", "讯", "消息", "信息:", "信息：", "报道"), told.end) and not text.startswith(
        ("电动", "电焊", "电梯", "电力", "电线", "电站", "电话", "电缆", "电瓶", "电器"), told.end
    ):
        told.role = DATELINE
        return
    clause = (
        max((text.rfind(mark, max(0, told.start - 40), told.start) for mark in (*STOPS, *COMMAS)), default=-1)
        + 1
    )
    lead = text[max(clause, line_start, told.start - 16) : told.start]
    if any(word in lead for word in ("无效", "不治", "医治")) and not any(word in lead for word in _EVENT):
        told.role = OTHER
        return
    if lead.endswith(("网", "社", "日报", "晚报", "讯")) or (
        any(w in lead for w in ("中新", "新华", "人民网")) and lead
    ):
        following = text[told.end : told.end + 12]
        if any(word in following for word in ("电", "讯", "消息", "报道", "信息")):
            told.role = DATELINE
            return
    if before.endswith(
        ("截至", "截止", "截止到", "截至到", "至", "截至今", "止", "截止至", "到")
    ) and not before.endswith(("直到",)):
        told.role = AS_OF
        return
    told.beijing = before.endswith("北京时间")
    end = told.end
    while end < len(text) and text[end] in "，, :":
        end += 1
    stop = end
    while stop < len(text) and stop - end < 24 and text[stop] not in STOPS and text[stop] not in COMMAS:
        stop += 1
    tail = text[end:stop]
    if tail.startswith(("不对", "哦不对", "噢不对", "哦不", "说错", "记错", "啊不对", "呃不对")):
        told.role = OTHER  # 上周日,哦不对,今天下午四点
        return
    if "(北京时间" in text[told.end : told.end + 6]:
        told.role = OTHER
        return
    told.role = _role_of(tail)


def _role_of(tail: str) -> str:
    best, role = len(tail) + 1, OCCURRED
    for words, kind in ((_EVENT, OCCURRED), (_ALARM, ALARM), (_DISCOVERED, DISCOVERED), (_OTHER, OTHER)):
        for word in words:
            at = tail.find(word)
            if 0 <= at < best:
                best, role = at, kind
    return role


def occurrence(found: list[Told]) -> Told | None:
    """The time of the occurrence: the first told as such, made exact by a later one that lies inside it.

    Discovery, then the alarm, stand in where nothing better was told.
    """
    past = [told for told in found if not told.future and not told.ancient]
    for role in (OCCURRED, DISCOVERED, ALARM):
        same = [told for told in past if told.role == role]
        if not same:
            continue
        first = next((told for told in same if told.beijing), same[0])
        if first.part_only:
            # 午餐后 in a title, 昨天 in the text: the day that was told goes first
            first = next((told for told in same if not told.part_only), first)
        if not first.clock and first.until is not None:
            for later in same:
                if (
                    later.start > first.start
                    and later.clock
                    and first.at <= later.at <= first.until + timedelta(minutes=1)
                ):
                    return later
        return first
    return None

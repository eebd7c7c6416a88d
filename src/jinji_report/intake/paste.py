"""What copying leaves in a note (markup, list marks, torn lines, heads of chat messages) is taken out of its way.

Every function gives a text of the same length: what is not read becomes `GONE`, so that no position moves.
"""

import re
from datetime import datetime, timedelta
from re import Match

from jinji_report.intake.characters import GONE, TABLE
from jinji_report.intake.patterns import pattern

# Patterns of what few notes bear stand as text: `re` compiles them where they are first met.

_ESCAPE = "\0(?:\\[[0-9；？:<=>]{0,24}[A-Za-z@~]|\\][^\0\n]{0,200}\0)"
_ENTITY = "&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}))；"
_ENTITIES = {
    "nbsp": " ",
    "ensp": " ",
    "emsp": " ",
    "lt": "<",
    "gt": ">",
    "amp": "&",
    "quot": '"',
    "ldquo": '"',
    "rdquo": '"',
    "middot": "·",
    "mdash": "-",
    "ndash": "-",
    "times": "×",
}
_TAG = "</?([a-zA-Z][a-zA-Z0-9]{0,11})(?:[ /\n][^<>]{0,300})?>"
_NEW_LINE = frozenset(("br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4"))
_STRUCK = r"(?<![0-9])~~(?=\S)[^~\n]{1,200}~~(?![0-9])"
_BOLD = pattern(r"(?<![0-9*])\*\*|\*\*(?![0-9*])|`")  # 138****5678 is a masked phone
_PEOPLE = (
    r"(?=[ \0\ufe0f]*(?:[人名位具](?![员民群们大类工为行质口力])|个(?:人(?!防)|[男女孩老学伤死工])|"
    r"(?:死|伤|重伤|轻伤|失联|被困)(?=[ ，,。；！0-9\n]|$)))"
)
_KEYCAPS = f"((?:[0-9]\0?\u20e3)+)({_PEOPLE})?"
_COUNTED = f"([①-⒛⓪-⓴❶-➓㈠-㈩㊀-㊉])({_PEOPLE})?"
_ROUND = ("①②③④⑤⑥⑦⑧⑨⑩", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽", "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑", "❶❷❸❹❺❻❼❽❾❿", "➀➁➂➃➄➅➆➇➈➉",
"➊➋➌➍➎➏➐➑➒➓", "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩", "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉")  # fmt: skip
_VALUES = {char: "一二三四五六七八九十"[at] for row in _ROUND for at, char in enumerate(row)}
_PICTURE = pattern("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\U000e0000-\U000e01ef]")
_PAUSE = pattern("(?<=[了啊吧呢哦啦呀嘛])[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
"""A face after a particle that ends a sentence stands for the comma."""
_RAISED = pattern("(?<=[mM米])([²³])|[¹²³⁰⁴-⁹]")
_FIGURE_TORN = pattern(r"(?<=[0-9])[OoQlI|]{1,3}(?=[0-9])")
_FIGURES = str.maketrans("OoQlI|", "000111")

_SIGNS = "\u20e3¹²³⁰⁴-⁹①-⒛⓪-⓴\u2600-\u27bf㈠-㈩㊀-㊉\u2b00-\u2bff\U0001f000-\U0001faff\U000e0000-\U000e01ef"
_SIGN = pattern(f"[{_SIGNS}]")
MARKED = pattern(f"[\0 \n&<`~{_SIGNS}*0-9](?:(?<![*0-9])|(?<=\\*)\\*|(?<=[0-9])[OoQlI|]+[0-9])")
"""What a text bears that one of the functions here looks at."""


def _gone(match: Match[str]) -> str:
    return GONE * len(match[0])


def _padded(char: str, match: Match[str]) -> str:
    return char + GONE * (len(match[0]) - 1)


def unmarked(text: str) -> str:
    """Without escapes of a terminal, HTML, Markdown, list marks, pictures, and slips of a scanner inside a figure."""
    if GONE in text:
        text = re.sub(_ESCAPE, _gone, text)
    if "&" in text:
        text = re.sub(_ENTITY, _entity, text)
    if "<" in text:
        text = re.sub(_TAG, _tag, text)
    if "~~" in text:
        text = re.sub(_STRUCK, _gone, text)
    if "*" in text or "`" in text:
        text = _BOLD.sub(_gone, text)
    if text.isascii() or _SIGN.search(text) is None:
        return _FIGURE_TORN.sub(_figure, text)
    text = re.sub(_KEYCAPS, _keycap, text)
    text = re.sub(_COUNTED, _counted, text)
    text = _PAUSE.sub(",", text)
    text = _PICTURE.sub(" ", text)
    text = _RAISED.sub(lambda raised: {"²": "2", "³": "3"}.get(raised[1] or "", GONE), text)
    return _FIGURE_TORN.sub(_figure, text)


def _figure(slip: Match[str]) -> str:
    return slip[0].translate(_FIGURES)


def _entity(match: Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        char = _ENTITIES.get(name.lower(), "")
    else:
        code = int(decimal) if decimal else int(hexadecimal, 16)
        char = TABLE[code] if code < len(TABLE) else " "
    return _padded(char, match) if char else match[0]


def _tag(match: Match[str]) -> str:
    name = match[1].lower()
    return _padded("\n" if name in _NEW_LINE else " " if name in ("td", "th") else GONE, match)


def _keycap(match: Match[str]) -> str:
    """3️⃣人 is a count; 1️⃣ before anything else opens a point of a list."""
    caps = match[1]
    if match[2] is None and caps.count("\u20e3") == 1:
        return _padded("；", match)
    return caps.replace("\u20e3", GONE)


def _counted(match: Match[str]) -> str:
    return "；" if match[2] is None else _VALUES.get(match[1], match[1])


# ------------------------------------------------------------------ lines

_POINT = pattern(r"[ \0]*(?:([0-9]{1,2})(?:[、)]|\.(?![0-9]))|[-*#>·+]+(?=[ \0\w]))")
_ITEM = pattern(
    r"[ \0]*(?:[(\"]?[0-9一二三四五六七八九十]{1,3}[、.)\"]|[-*#>·+；|]|第?[一二三四五六七八九十][是、]|"
    r"(?:19|20)[0-9]{2}[年/-]|[^\n,。；:]{1,8}:)"
)
_CLOSED = frozenset("。；！？:…\"'|")
_OPEN = frozenset(",、(《-~·在于的为及和与共致造约向从由将对把被第至某")
_OPEN_WORDS = ("造成", "已有", "仍有", "还有", "共计", "其中", "位于", "其他", "另有")
_AFTER_FIGURE = frozenset("人名辆台岁年月日时点分秒余多万亿千百十个米级层户间吨")
_TWO = (
    "死亡受伤重伤轻伤失联失踪被困中毒火灾起火着火爆炸事故人员伤者伤亡伤员送医医院救援现场车辆货车客车"
    "轿车道路高速公路发生造成抢救无效遇难身亡疏散转移消防公安民警凌晨上午下午晚上中午时许左右目前已经"
    "坍塌垮塌泄漏溺水派出学生学校工人村民群众"
)
_PAIRS = frozenset(_TWO[at : at + 2] for at in range(0, len(_TWO), 2))
_FIGURE_ASKED = pattern("(?:死亡|受伤|重伤|轻伤|失联|失踪|被困|中毒|时间|地点)[ \0]*$")
_FIGURE_FIRST = pattern("[ \0]*[0-9一二两三四五六七八九十]{1,3}[ \0]*(?:[人名]|$)")
WRAPPED = 30
"""Columns from which lines of one width are taken as one paragraph that was broken to fit."""


def rejoined(text: str) -> str:
    """With the lines together that were broken inside a sentence, and without the marks of a list before its points.

    A line goes on where it ends, or the next begins, as no sentence does, and where several lines fill one width.
    """
    lines = text.split("\n")
    counted = _points(lines)
    widths = [_columns(line) for line in lines]
    full = max(widths)
    filled = full >= WRAPPED and sum(width >= full - 2 for width in widths) > 1
    out: list[str] = []
    for at, line in enumerate(lines):
        if at:
            before = lines[at - 1]
            goes_on = _goes_on(before, line, wrapped=filled and widths[at - 1] >= full - 2)
            out.append(GONE if goes_on else "\n")
        mark = _POINT.match(line) if line else None
        if mark is not None and (mark[1] is None or at in counted):
            line = GONE * mark.end() + line[mark.end() :]
        if line.startswith("|"):
            line = line.replace("|", " ") if line.strip("|-: ") else GONE * len(line)
        out.append(line)
    return "".join(out)


def _points(lines: list[str]) -> set[int]:
    """The lines that count 1, 2, 3 … at their head: 2、3人受伤 under 1、… is a point, not two or three."""
    found: list[int] = []
    for at, line in enumerate(lines):
        mark = _POINT.match(line)
        if mark is not None and mark[1] is not None and int(mark[1]) == len(found) + 1:
            found.append(at)
    return set(found) if len(found) > 1 else set()


def _columns(line: str) -> int:
    shown = line.replace(GONE, "").strip()
    return len(shown.encode("gb18030", "replace"))


def _goes_on(before: str, line: str, *, wrapped: bool) -> bool:
    before, line = before.rstrip(" \0"), line.lstrip(" \0")
    if not before or not line or before[-1] in _CLOSED or _ITEM.match(line):
        return False
    last, first = before[-1], line[0]
    if last in _OPEN or before.endswith(_OPEN_WORDS) or first in ",、)。；" or last + first in _PAIRS:
        return True
    if last.isdecimal() and first in _AFTER_FIGURE and before[-3:-2] != ":":
        return True
    if _FIGURE_ASKED.search(before, max(0, len(before) - 12)) and _FIGURE_FIRST.match(line):
        return True
    return wrapped


# ------------------------------------------------------------------ heads of chat messages

_DATE = r"(?:(20[0-9]{2})[-/.年])?([0-9]{1,2})[-/.月]([0-9]{1,2})日?"
_TIME = r"([0-9]{1,2}):([0-9]{2})(:[0-9]{2})?"
_NAME = r"([^\n0-9,。；！？:、\"()\[\]/ ]{1,16})(?:\([^()\n]{1,20}\))?"
_HEADS = (
    rf"^ {{0,4}}{_NAME} {{1,4}}(?:{_DATE} {{1,4}})?{_TIME} {{0,4}}(:(?= {{0,4}}[^\n ])|:? {{0,4}}$)",
    rf"^ {{0,4}}{_DATE} {{1,4}}{_TIME} {{1,4}}{_NAME} {{0,4}}(:?) {{0,4}}$",
    rf"^ {{0,4}}[\[\"](?:{_DATE} {{1,4}})?{_TIME}[\]\"] {{0,4}}{_NAME} {{0,4}}(:)",
    rf"^ {{0,4}}\[{_NAME} {{1,4}}(?:{_DATE} {{1,4}})?{_TIME}(\] {{0,4}}:?)",
)
_IN_BRACKETS = 3
"""[张三 21:03] 着火了: that form is a head only where another answers it."""
_NO_NAME = (
    "时间|发生|接报|接警|报告|上报|日期|截至|截止|地点|今|昨|前天|明天|早|晚|午|夜|凌晨|时|约|发现|刚才|"
    "[火死伤亡撞塌炸漏翻困毒]|(?:[省市县区乡镇村屯街路道巷桥厂店矿场河湖]|社区|小区|隧道|高速|学校|中学|小学|医院|大厦|公司)$"
)
_TITLED = "(?:队长|主任|所长|局长|值班员|警官|[师总]|站长|书记|镇长|乡长|县长|干事|科长|处长|老师|值班室)$"

Sent = tuple[int | None, int | None, int | None, int, int]
"""When a message says it was sent: (year, month, day, hour, minute), the day None where it has the clock alone."""


class Head:
    """The head of a chat message (张三 2026/3/5 1:23:): where it stands in the note, and its name; when it was sent."""

    __slots__ = ("end", "name", "sent", "start")

    def __init__(self, start: int, end: int, name: tuple[int, int], sent: Sent) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.sent = sent

    def sent_at(self, now: datetime) -> datetime | None:
        """When it was sent, as seen at `now`; None where no such moment lies in the month before."""
        year, month, day, hour, minute = self.sent
        try:
            at = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
            if month is not None and day is not None:
                at = at.replace(year=year or now.year, month=month, day=day)
                if at > now and year is None:
                    at = at.replace(year=now.year - 1)
            elif at > now:
                at -= timedelta(days=1)
        except (ValueError, OverflowError):
            return None
        return at if timedelta(0) <= now - at <= timedelta(days=31) else None


def without_heads(text: str) -> tuple[str, list[Head]]:
    """`text` without the heads of chat messages, and the heads: when it was sent is not when it happened."""
    heads: list[Head] = []
    for form, source in enumerate(_HEADS):
        found = [_head(text, match, form) for match in re.finditer(source, text, re.MULTILINE)]
        if form != _IN_BRACKETS or len(found) > 1:
            heads += [head for head in found if head is not None]
    if not heads:
        return text, heads
    heads.sort(key=lambda head: head.start)
    out: list[str] = []
    end = 0
    for head in heads:
        if head.start >= end:
            out += text[end : head.start], GONE * (head.end - head.start)
            end = head.end
    return "".join([*out, text[end:]]), heads


def _head(text: str, match: Match[str], form: int) -> Head | None:
    if form in (0, _IN_BRACKETS):
        name, year, month, day, hour, minute, second, tail = match.groups()
    elif form == 1:
        year, month, day, hour, minute, second, name, tail = match.groups()
    else:
        year, month, day, hour, minute, second, name, tail = match.groups()
    if re.search(_NO_NAME, name) or int(hour) > 23 or int(minute) > 59:
        return None
    if form == 1 and second is None:
        return None  # 2026-03-05 01:23 张三落水 tells when it happened
    alone = not tail or not text[match.end() : match.end() + 1].strip()
    if form == 0 and month is None:
        followed = text[match.end() : match.end() + 40].strip() != ""
        if not alone or not followed or not (len(name) <= 4 or re.search(_TITLED, name)):
            return None
    said = (int(year) if year else None, int(month) if month else None, int(day) if day else None)
    return Head(
        match.start(),
        match.end(),
        match.span(1 if form in (0, _IN_BRACKETS) else match.re.groups - 1),
        (*said, int(hour), int(minute)),
    )

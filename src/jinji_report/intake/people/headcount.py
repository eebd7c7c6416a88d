"""How many were aboard, below ground or inside when it happened (车上22人, 当班395人); 核载 is none."""

from collections.abc import Sequence

from jinji_report.intake.lexicon import Tails, role
from jinji_report.intake.numerals import Found, after_unit
from jinji_report.intake.patterns import pattern
from jinji_report.intake.people.persons import person_end
from jinji_report.intake.people.told import SAID_AT_MOST, Settled
from jinji_report.intake.scan import Scan
from jinji_report.intake.text import Mask

_WORDS = (
    "车上", "船上", "机上", "艇上", "当班", "入井", "下井", "井下", "实载", "载有", "载着", "载", "乘坐", "搭乘", "乘载",
    "车内", "舱内", "梯笼内", "轿厢内", "馆内", "店内", "屋里", "屋内", "车里", "里面有", "里头有", "现场施工人员",
    "现场作业人员", "作业人员", "施工人员", "里头住了", "住了", "坐了", "拉了", "拉着", "坐着", "乘员", "实乘", "室内",
    "现场有", "场内", "坐的", "车斗里", "车厢里坐",
)  # fmt: skip
_ABOARD = Tails(_WORDS)
_ANY = role(_WORDS)
_FILL = Tails((
    "有", "共", "共有", "一共", "总共", "人员", "工人", "乘客", "共计", "旅客", "乘员", "下井", "入井", "作业", "的",
    "矿工", "职工", "人数", "连司机", "含司机", "为", "了", "着", "坐了", "坐着", "是", "就", "当时", "总人数",
    "司乘人员", "船员", "当时有", "还有", "拉了", "载了", "师生", "游客", "学生",
))  # fmt: skip
_NOT_ABOARD = ("核载", "限载", "准载", "满载", "运载", "装载", "超载", "下载", "记载")
_HARMED = pattern("[^，,。；]{0,5}?[死伤亡困埋失救遇脱升]")
_SOME_OF_THEM = pattern(
    "的?(?:台湾|香港|澳门|港澳|台胞|外籍|外国|[一-龥]{2,3}[籍裔]|老人|小孩|孩子|儿童|孕妇|婴儿|幼儿)"
)
"""车上有3名台湾同胞: who of those aboard, not how many they were."""
_MARKS = pattern("[。；！？\n，,()]")


def headcount(scan: Scan, numbers: Sequence[Found], skipped: Mask) -> Settled | None:
    """The first count of those who were there; None where the note tells none. `numbers` are those of no time."""
    if not scan.hits[_ANY]:
        return None
    note, text = scan.note, scan.text
    for found in numbers:
        low = max(0, found.start - 14)
        if not scan.any(_ANY, low, found.start) or skipped[found.core]:
            continue
        low = max((match.end() for match in _MARKS.finditer(text, low, found.start)), default=low)
        end = found.start
        while end > low and not _ABOARD.before(text, end, low):
            word = _FILL.before(text, end, low)
            if not word:
                break
            end -= len(word)
        aboard = _ABOARD.before(text, end, low)
        if not aboard or text.endswith(_NOT_ABOARD, low, end):
            continue
        unit = person_end(text, found)
        if unit is None or (not unit[1] and text[found.end : found.end + 1] != "个"):
            continue
        if _SOME_OF_THEM.match(text, unit[0]) or _HARMED.match(text, unit[0], unit[0] + 6):
            continue
        start = end - len(aboard)
        start = start if unit[0] - start <= SAID_AT_MOST else found.start
        told, stop = after_unit(text, unit[0])
        said = note.quote(start, stop)[:SAID_AT_MOST]
        return Settled(found.quantity(said, after=told), start, min(stop, start + SAID_AT_MOST))
    return None

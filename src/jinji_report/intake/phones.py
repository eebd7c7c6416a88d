"""The phones that a note gives, each with whether it is the caller's.

Mobiles (masked or half told too), landlines with area code and extension, and short numbers where a
word says that they are a phone. Plates, identity numbers and K-posts are none. A number that stands
behind the commander of the scene, a victim or a relative is that person's.
"""

from jinji_report.intake.lexicon import listed
from jinji_report.intake.patterns import pattern

_RUN = pattern("[0-9][0-9*xX -][0-9*xX -][0-9*xX]")  # most notes hold no number that long
_OPEN = pattern(
    r"(?<![0-9A-Za-z.*+])(?:\+?86-? ?)?"
    r"(1[3-9][0-9](?:[- ]?[0-9*xX]{4}){2}|1[3-9][0-9]\*{1,8}[0-9]{2,4}"
    r"|0[0-9]{2,3}[- ][0-9]{7,8}(?:(?:转|-)[0-9]{1,6})?|400-?[0-9]{3}-?[0-9]{4})"
    r"(?![0-9A-Za-z*])"
)
_CALLED = pattern(
    r"(?:电话|座机|固话|短号|内线|分机|手机|号码|手机号|联系方式|[Tt][Ee][Ll])(?:号码|号)?[是为]?[:.]? ?"
    r"((?:1[3-9][0-9]开头|尾号)?[0-9][0-9*xX-]{2,14}(?:转[0-9]{1,6})?)(?![0-9A-Za-z年月日时点分个次])"
)
_NO_PHONE = frozenset(("110", "119", "120", "122", "12345", "12350", "12369", "12315", "12306"))
_THEIRS = listed(
    """
    现场总指挥 现场指挥长 现场指挥员 现场指挥 现场负责人 现场联系人 现场负责 总指挥 指挥长 带队 死者 伤者 遇难者 受害人
    被害人 嫌疑人 肇事者 肇事司机 家属 亲属 车主 业主 失主 房主 法人 负责人 县长 市长 区长 镇长
    """
)
_CALLERS = listed("报告人 来电人 报警人 联系人 报送人 值班 报告 来电 报警 我 反映人")
_NEAR = 40  # characters before a phone in which its owner is named


class Phone:
    """Where a number stands, and whether it is the caller's."""

    __slots__ = ("end", "of_caller", "start")

    def __init__(self, start: int, end: int, of_caller: bool) -> None:
        self.start = start
        self.end = end
        self.of_caller = of_caller


def phones(text: str) -> list[Phone]:
    """Every phone of `text`, left to right."""
    if _RUN.search(text) is None:
        return []
    spots = {match.start(1): match[1] for match in _OPEN.finditer(text)}
    for match in _CALLED.finditer(text):
        number = match[1].rstrip("-")
        if number not in _NO_PHONE:
            spots.setdefault(match.start(1), number)
    found: list[Phone] = []
    last = 0
    for start in sorted(spots):
        if start >= last:
            end = start + len(spots[start])
            found.append(Phone(start, end, _is_callers(text, max(last, start - _NEAR), start)))
            last = end
    return found


def _is_callers(text: str, begin: int, start: int) -> bool:
    """Of those named before the number in its sentence the last one owns it."""
    begin = max(begin, 1 + max(text.rfind(mark, begin, start) for mark in "。；！？\n"))
    theirs = _last_end(_THEIRS, text, begin, start)
    return theirs < 0 or _last_end(_CALLERS, text, begin, start) > theirs


def _last_end(words: tuple[str, ...], text: str, begin: int, end: int) -> int:
    """Where the last of `words` ends in `begin`..`end`, or -1."""
    return max((at + len(word) for word in words if (at := text.rfind(word, begin, end)) >= 0), default=-1)

"""How the standards want reports worded, with neutral words where a pack says nothing.

A template holds names in braces. It is filled in one pass, so braces or percent signs in a
note are only text.
"""

import re
from collections.abc import Mapping
from typing import Any

from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Stage

_TITLES = {
    Stage.FIRST: "{place}{event}{casualties}",
    Stage.FOLLOW_UP: "{place}{event}{casualties}（续报{number}）",
    Stage.FINAL: "{place}{event}{casualties}（终报）",
    Stage.FEEDBACK: "关于{place}{noun}批示办理情况的报告",
}
_DIGITS = "零一二三四五六七八九"


class Wording:
    """The phrases of one pack.

    `signature`: the first report must be signed (签发) before it goes; where the duty officer may
    report directly (授权直报) it is false, which is also the default. `follow` opens a 续报.
    """

    __slots__ = (
        "actions_unknown",
        "cause_unknown",
        "checking",
        "follow",
        "no_casualties",
        "opening",
        "read_back",
        "signature",
        "titles",
        "unknown",
    )

    def __init__(self, standards: Standards) -> None:
        said: Mapping[str, Any] = standards.wording

        def words(name: str, default: str) -> str:
            return said.get(name) or default

        self.opening = words("opening", "{time}，{place}发生{noun}{casualties}。")
        self.unknown = words("unknown", "不详")
        self.checking = words("checking", "正在核实")
        self.cause_unknown = words("cause_unknown", "原因正在核查")
        self.actions_unknown = words("actions_unknown", "处置情况正在核实")
        self.follow = words("follow", "现将{place}{noun}有关情况续报如下：")
        self.no_casualties = words("no_casualties", "暂无人员伤亡报告")
        self.read_back: tuple[str, ...] = tuple(
            said.get("read_back") or ("请复述时间、地点、伤亡人数", "请告知接报人姓名和接报时间")
        )
        self.signature = bool(said.get("signature"))
        self.titles: Mapping[str, str] = said.get("title") or {}

    def title(self, stage: Stage) -> str:
        """The title template of `stage`."""
        return self.titles.get(stage.value) or _TITLES[stage]


def fill(template: str, slots: Mapping[str, str]) -> str:
    """`template` with its slots filled in one pass; what fills a slot is never read again.

    Doubled braces stand for one; a name that is no slot stays as it is.
    """

    def value(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0][0]
        return slots.get(match[1], match[0])

    return re.sub(r"\{\{|\}\}|\{(\w+)\}", value, template)


def chinese_number(n: int) -> str:
    """1 一, 10 十, 11 十一, 20 二十, 105 一百零五; for 1..999, beyond that Arabic."""
    if not 0 < n < 1000:
        return str(n)
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        words += "零"
    return words + (_DIGITS[ones] if ones else "")


def report_name(stage: Stage, number: int, *, correction: bool = False) -> str:
    """`首报`, `续报二`, `续报二（更正）`, `终报`, `批示反馈`, `批示反馈二`."""
    told = number > 0 if stage == Stage.FOLLOW_UP else number > 1 and stage == Stage.FEEDBACK
    numbered = chinese_number(number) if told else ""
    return f"{stage.value}{numbered}{'（更正）' if correction else ''}"

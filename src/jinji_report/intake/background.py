"""What in the note is not of this incident: its headline, and earlier incidents told beside it."""

from collections.abc import Sequence

from jinji_report.intake.text import STOPS
from jinji_report.intake.times import DATELINE, Told

_BEFORE_NOW = (
    "曾发生",
    "曾经",
    "曾因",
    "此前曾",
    "去年",
    "前年",
    "上次事故",
    "往年",
    "历史上",
    "早年",
    "上一次",
    "以前也",
    "之前也发生",
    "前些年",
    "上回",
    "曾出过",
    "曾在",
)
_HAPPENED = ("发生", "事故", "出过", "起火", "爆炸", "死", "塌", "中毒", "着火", "火灾", "淹")


def headline_end(text: str, told: Sequence[Told]) -> int:
    """Where a headline ends that stands above a line with nothing but a date; 0 where there is none."""
    for one in told:
        if one.role == DATELINE and 0 < one.start < 120 and text[one.start - 1] == "\n":
            return one.start
    return 0


def earlier_incidents(text: str) -> list[tuple[int, int]]:
    """Sentences that tell an earlier incident (该厂2019年曾发生爆炸致3人死亡): nothing in them is of this one."""
    found = []
    for word in _BEFORE_NOW:
        at = text.find(word)
        while at >= 0:
            start = max(text.rfind(mark, 0, at) for mark in STOPS) + 1
            ends = [end for end in (text.find(mark, at) for mark in STOPS) if end >= 0]
            end = min(ends, default=len(text))
            dated = word in ("去年", "前年") and not any(
                w in text[start:end] for w in ("曾", "也发生", "也出", "已经发生", "发生过")
            )
            if (
                (start > 0 or len(text) - end > 6)
                and not dated
                and any(happened in text[at:end] for happened in _HAPPENED)
            ):
                found.append(
                    (max(start, text.rfind("，", start, at) + 1) if word not in ("曾",) else start, end)
                )
            at = text.find(word, max(end, at + 1))
    return found

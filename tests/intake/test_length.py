"""A text four times as long costs four times the work, whatever it is made of.

The work is the interpreter's: the instructions that it goes through, which are the same in every run.
"""

import sys
from types import FrameType
from typing import Any

import pytest

from jinji_report.intake.read import read
from jinji_report.moments import parse_moment
from jinji_report.standards.load import load

COUNTY = load("county")
NOW = parse_moment("2026-03-05T09:30")
MAKES = {
    "dead": "死亡3人",
    "dead, one by one": "张某死亡，",
    "hurt and dead": "伤2人死3人、",
    "dead and hurt": "3死5伤",
    "each word alone": "失踪1个",
    "times": "3月5日8时",
    "numerals": "三十二万",
    "no stops": "某某镇东街",
    "places": "甲县乙镇丙村3组。",
    "latin": "G30K1023+500 ",
    "brackets": "((",
    "commas": "，",
    "corrections": "更正为3人，",
    "speech": "说死了2个",
    "found later": "第3人找到",
    "of them": "3人受伤，其中1人重伤，",
    "calls": "急报：昨晚11点，城关镇东街起火，2人死亡，1人重伤。消防已到场。\n",
}


def instructions(text: str) -> int:
    """How many instructions the interpreter goes through to read `text`."""
    count = 0

    def step(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        frame.f_trace_opcodes = True
        count += event == "opcode"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        read(text, NOW, COUNTY)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("make", MAKES)
def test_a_text_four_times_as_long_takes_no_more_than_four_times_the_work(make: str) -> None:
    unit = MAKES[make]
    long = unit * (4000 // len(unit))
    short = long[: len(long) // 4 // len(unit) * len(unit)]
    read(long, NOW, COUNTY)  # what is worked out once for all texts is not counted
    read(short, NOW, COUNTY)
    assert instructions(long) < 4.3 * instructions(short)

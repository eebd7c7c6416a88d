"""Moments told in a note, past-preferring against `now`, each with what it is the moment of.

A duty desk hears of what has happened: a clock without its day, a day without its month and a
month without its year are the latest that are not in the future. What cannot be settled so
(3点 by day or by night) is taken as the likelier and marked `guessed`; what cannot be at all
(25时, 2月30日) is kept and marked, so that the desk is told.
"""

from datetime import datetime, timedelta

from jinji_report.intake.patterns import pattern
from jinji_report.intake.scan import Scan
from jinji_report.intake.times.expressions import every_expression
from jinji_report.intake.times.feasts import EVENINGS
from jinji_report.intake.times.resolving import Before, resolve
from jinji_report.intake.times.roles import set_role
from jinji_report.intake.times.told import (
    ALARM,
    AS_OF,
    COMING,
    DATELINE,
    DISCOVERED,
    OCCURRED,
    OTHER,
    REPORTED,
    SAID_AS_MOMENTS,
    SETTING,
    SINCE,
    Told,
)

__all__ = [
    "ALARM",
    "COMING",
    "DATELINE",
    "DISCOVERED",
    "OCCURRED",
    "REPORTED",
    "SAID_AS_MOMENTS",
    "SETTING",
    "SINCE",
    "Told",
    "times",
]
_TO = ("至", "到", "-", "~", "至次", "一直到")
_PLANNED = pattern(
    "预计|预报|预警|计划|打算|准备|扬言|声称|声言|可能|有望|将|拟|要|恢复|通车|开工|复课|复工|约定|定于|通知|会|前|召开|再|继续|安排|组织|串联|相约|号召|煽动"
)
_A_DAY = timedelta(days=1)


def times(scan: Scan, now: datetime) -> list[Told]:
    """Every time told in the note, in order, resolved against `now` and against the days told before it."""
    text = scan.text
    found: list[Told] = []
    before = Before()
    for pieces in every_expression(text):
        told = resolve(pieces, now, before)
        if told is None:
            continue
        last = found[-1] if found else None
        if last is not None and _joined(text, last, told, now):
            set_role(scan, last)
            continue
        set_role(scan, told, first=not found)
        if pieces.since:
            told.role = SINCE
        elif pieces.ago is not None and not pieces.ago:
            told.role = AS_OF  # 这会儿
        elif pieces.relative is not None and pieces.relative > 0:
            # 明早8点恢复供电 has not happened
            slip = (
                told.role is OCCURRED
                and told.clock
                and _PLANNED.search(text, *scan.sentence(told.start)) is None
            )
            told.role = COMING if slip else OTHER
        if told.usable:
            before.last = told.at
            if told.role is not DATELINE and (pieces.has_day or before.moment is not None):
                before.moment = told.at
            if pieces.has_day:
                before.evening = pieces.feast in EVENINGS
                before.month = told.at.date()
                before.year = pieces.year or before.year
        found.append(told)
    return found


def _joined(text: str, first: Told, second: Told, now: datetime) -> bool:
    """8日至10日, 14时到15时: one time, from the first moment to the last."""
    if not 0 < second.start - first.end <= 2 or text[first.end : second.start] not in _TO:
        return False
    if (first.until is not None and first.clock) or not (first.usable and second.usable):
        return False
    last = second.until or second.at
    if last < first.at and second.clock and last + _A_DAY <= now:
        last += _A_DAY  # 23时至2时
    if last < first.at:
        return False
    first.until, first.end = last, second.end
    return True

"""Times that cannot be: to come, before the occurrence, in an impossible order, too far apart."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from jinji_report.moments import BEIJING, in_report, spoken_span, whole_minutes
from jinji_report.reports.check.figures import span_of
from jinji_report.reports.check.paper import Paper
from jinji_report.reports.check.remark import LOOK, MUST, Code, Remark
from jinji_report.reports.phrases import moment_words
from jinji_report.vocabulary import Basis, Decision, Stage

FUTURE = Code("B301", MUST, "时间还没有到", "报告里说的事，时间在成文之后。")
BEFORE = Code("B302", MUST, "接报早于事发", "接报时间早于发生时间。")
ORDER = Code("B303", LOOK, "先后不合", "发生、发现、接警、接报的先后不合常理。")
GAP = Code("B304", LOOK, "事发到接报太久", "事发到接报相隔太久，可能迟报，也可能时间听错。")
NO_SUCH = Code("B305", MUST, "没有这个时间", "报告里写了日历和钟表上没有的时间（25时、2月30日）。")
CODES = (FUTURE, BEFORE, ORDER, GAP, NO_SUCH)

_NAMES = {"discovered": "发现", "alarm": "接警", "received": "接报"}
_STATED = re.compile(
    r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:(?P<hour>\d{1,2})[时点](?:(?P<minute>\d{1,2})分)?)?"
)
_TO_COME = re.compile(r"预计|计划|拟|将|定于|力争|限于|截止|到期|之前|以前|前完成|预报|预警")
_SLACK = timedelta(minutes=1)  # a clock that is read at the end of a minute


def find(paper: Paper) -> Iterator[Remark]:
    yield from _stated(paper)
    yield from _in_order(paper)


def _stated(paper: Paper) -> Iterator[Remark]:
    """The times that the text states: none may be impossible, none to come unless it is said to be."""
    future = impossible = False
    for match in _STATED.finditer(paper.body):
        at = _moment(match, paper.now)
        if at is None and not impossible:
            impossible = True
            yield Remark(
                NO_SUCH, f"没有“{match[0]}”这个时间。", "核对月、日、时、分。", match.span(), match[0]
            )
        if at is None or at <= paper.now + _SLACK or future:
            continue
        first, last = paper.sentence(match.start())
        if _TO_COME.search(paper.body, first, last):
            continue
        future = True
        yield Remark(
            FUTURE,
            f"“{match[0]}”在成文时间{in_report(paper.now)}之后。",
            f"核对日期和上午、下午：{paper.mend('时间', '几点几分')}",
            match.span(),
            match[0],
        )
    occurred = paper.facts.occurred
    if occurred is not None and occurred.at > paper.now + _SLACK and not future and not paper.edited:
        yield Remark(
            FUTURE,
            f"发生时间{moment_words(occurred)}在成文时间{in_report(paper.now)}之后。",
            f"核对日期和上午、下午：{paper.mend('时间', '几点几分')}",
            paper.span_of(moment_words(occurred)),
            moment_words(occurred),
        )


def _moment(match: re.Match[str], now: datetime) -> datetime | None:
    """The moment that was stated; without a year that of this year, in January of last year's last months."""
    month, day = int(match["month"]), int(match["day"])
    year = int(match["year"] or now.year)
    if match["year"] is None and month - now.month > 6:
        year -= 1
    hour, minute = int(match["hour"] or 0), int(match["minute"] or 0)
    try:
        at = datetime(year, month, day, tzinfo=BEIJING)
    except ValueError:
        return None
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    return at + timedelta(hours=hour, minutes=minute)


def _in_order(paper: Paper) -> Iterator[Remark]:
    facts = paper.facts
    known = {name: facts.moments[name] for name in _NAMES if name in facts.moments}
    received, occurred = known.get("received"), facts.occurred
    if occurred is not None and occurred.basis != Basis.OCCURRED:
        occurred = None
    when = moment_words(occurred) if occurred is not None else ""
    if occurred is not None and received is not None and received + _SLACK <= occurred.at:
        yield Remark(
            BEFORE,
            f"接报时间{in_report(received)}早于发生时间{when}。",
            f"核对两个时间：{paper.mend('时间', '几点几分')}",
            paper.span_of(when),
            when if paper.span_of(when) else "",
        )
    # A leak may be found, and an alarm may ring, before what it led to: that is for the officer to say.
    steps = [("发生", occurred.at)] if occurred is not None else []
    steps += [(_NAMES[name], at) for name, at in known.items()]
    for (first, earlier), (then, later) in pairwise(steps):
        if earlier >= later + _SLACK and (first, then) != ("发生", "接报"):
            yield Remark(
                ORDER,
                f"{first}时间{in_report(earlier)}晚于{then}时间{in_report(later)}。",
                "核对先后，听错的改过来。",
            )
    most = paper.standards.wording.get("gap_hours")
    if most and received is not None and occurred is not None and _counts_from_the_call(paper):
        gap = received - span_of(occurred)[1]
        if gap > timedelta(hours=most):
            yield Remark(
                GAP,
                f"事发{when}，{spoken_span(whole_minutes(gap))}后才接报。",
                "核对日期；时间无误的，写明为什么这时才报。",
                paper.span_of(when),
                when if paper.span_of(when) else "",
            )


def _counts_from_the_call(paper: Paper) -> bool:
    """A 首报 that must go up, or may have to: the one whose lateness somebody will ask about."""
    verdict = paper.verdict
    return paper.stage == Stage.FIRST and verdict is not None and verdict.decision != Decision.KEEP

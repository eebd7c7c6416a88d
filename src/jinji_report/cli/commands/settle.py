"""jinji decide, close, reopen: the officer's own word on a case."""

from enum import StrEnum
from typing import Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, At, By, CaseName, NoInput, Now, Reason, StandardsName, Yes
from jinji_report.desk import settle as desk
from jinji_report.desk.settle import Settled


class Choice(StrEnum):
    REPORT = "应报"
    NOT = "不报"


def decide(
    case: CaseName,
    decision: Annotated[
        Choice, typer.Argument(metavar="应报|不报", help="值班员的决定。", show_default=False)
    ],
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
    now: Now = None,
    standards: StandardsName = None,
    by: By = None,
    at: At = None,
    reason: Reason = "",
) -> None:
    """决定：记下值班员（或带班领导）自己的决定和理由，系统研判照存。"""
    at_desk = edge.opening(now=now, standards=standards, at=at, by=by, reason=reason)
    agree = edge.agreeing(_words, yes=yes, no_input=no_input, as_json=as_json)
    done = desk.decide(at_desk.store, case, decision.value, at_desk.rules, at_desk.stamp, agree)
    _show(done, at_desk, as_json)


def close(
    case: CaseName,
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
    now: Now = None,
    standards: StandardsName = None,
    by: By = None,
    at: At = None,
    reason: Reason = "",
) -> None:
    """结案：随时可结，缺什么（终报、回执）一并记下。"""
    at_desk = edge.opening(now=now, standards=standards, at=at, by=by, reason=reason)
    agree = edge.agreeing(_words, yes=yes, no_input=no_input, as_json=as_json)
    done = desk.close(at_desk.store, case, at_desk.rules, at_desk.stamp, agree)
    _show(done, at_desk, as_json)


def reopen(
    case: CaseName,
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
    now: Now = None,
    standards: StandardsName = None,
    by: By = None,
    at: At = None,
    reason: Reason = "",
) -> None:
    """重开：已结案卷有新情况时重新在办。"""
    at_desk = edge.opening(now=now, standards=standards, at=at, by=by, reason=reason)
    agree = edge.agreeing(_words, yes=yes, no_input=no_input, as_json=as_json)
    done = desk.reopen(at_desk.store, case, at_desk.rules, at_desk.stamp, agree)
    _show(done, at_desk, as_json)


def _words(done: Settled) -> str:
    """`结案 20260305-01　还缺：终报`."""
    missing = f"　还缺：{'、'.join(done.missing)}" if done.missing else ""
    told = f"　{done.told}" if done.told != done.step else ""
    return f"{done.step} {done.case.number}{told}{missing}"


def _show(done: Settled, at_desk: edge.Opening, as_json: bool) -> None:
    from jinji_report.cli import screen, views

    edge.say_notices(at_desk.store)
    if as_json:
        screen.show_json(done.to_json())
        return
    blocks: list[screen.Block] = [screen.Line(f"已登记{_words(done)}　现为{done.case.status}", "good")]
    blocks += views.limit_table(
        [limit for limit in done.limits if limit.running and limit.ours], at_desk.time.now
    )
    screen.show(blocks)

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
    decision: Annotated[Choice, typer.Argument(metavar="应报|不报", help="值班员的决定。", show_default=False)],
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
    config = edge.settings(standards)
    time = edge.clock(now)
    stamp = edge.stamp(config, time, at=at, by=by, reason=reason)
    store = edge.store(config)
    done = desk.decide(store, case, decision.value, edge.standards_of(config), stamp)
    edge.say_notices(store)
    _show(done, time, as_json)


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
    config = edge.settings(standards)
    time = edge.clock(now)
    stamp = edge.stamp(config, time, at=at, by=by, reason=reason)
    store = edge.store(config)
    done = desk.close(store, case, edge.standards_of(config), stamp)
    edge.say_notices(store)
    _show(done, time, as_json)


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
    config = edge.settings(standards)
    time = edge.clock(now)
    stamp = edge.stamp(config, time, at=at, by=by, reason=reason)
    store = edge.store(config)
    done = desk.reopen(store, case, edge.standards_of(config), stamp)
    edge.say_notices(store)
    _show(done, time, as_json)


def _show(done: Settled, time: edge.Clock, as_json: bool) -> None:
    from jinji_report.cli import screen, views

    if as_json:
        screen.show_json(done.to_json())
        return
    blocks: list[screen.Block] = [
        screen.Line(f"已登记{done.step}：{done.case.number}　{done.told}　现为{done.case.status}", "good")
    ]
    if done.missing:
        blocks.append(screen.Line(f"结案时还缺：{'、'.join(done.missing)}", "due_soon"))
    blocks += views.limit_table([limit for limit in done.limits if limit.running and limit.ours], time.now)
    screen.show(blocks)

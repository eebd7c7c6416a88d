"""jinji consult: units are asked what lay people cannot judge, and their opinion is entered."""

from typing import TYPE_CHECKING, Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import (
    AsJson,
    At,
    By,
    CaseName,
    NoInput,
    Now,
    Reason,
    StandardsName,
    Yes,
)
from jinji_report.errors import Usage

if TYPE_CHECKING:
    from jinji_report.desk.consult import Consulting


def consult(
    case: CaseName,
    unit: Annotated[
        list[str] | None,
        typer.Option("--unit", metavar="单位", help="问谁，可多次；默认研判要会商的。", show_default=False),
    ] = None,
    ask: Annotated[
        list[str] | None,
        typer.Option("--ask", metavar="问题", help="问什么，可多次；研判要问的也问。", show_default=False),
    ] = None,
    opinion: Annotated[
        str, typer.Option("--opinion", metavar="意见", help="登记这个单位的意见。", show_default=False)
    ] = "",
    person: Annotated[
        str, typer.Option("--person", metavar="姓名", help="对方是谁。", show_default=False)
    ] = "",
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
    now: Now = None,
    standards: StandardsName = None,
    by: By = None,
    at: At = None,
    reason: Reason = "",
) -> None:
    """会商：外行判断不了的问专业部门，记下意见，再由值班员决定；时限照走，到点没有意见先报简要情况。"""
    from jinji_report.cli import consulting, screen, views
    from jinji_report.desk import consult as entering

    desk = edge.opening(now=now, standards=standards, at=at, by=by, reason=reason)
    units, told = unit or [], opinion.strip()
    asking = screen.interactive(no_input=no_input, as_json=as_json)
    if asking and not told and not ask:
        units, told = _asked(desk, case, units)
    if told and ask:
        raise Usage("--ask 和 --opinion 不能一起用。", remedy="先问，有了意见再登记。")
    if told and len(units) > 1:
        raise Usage("一次只登记一个单位的意见。", remedy="一个单位一次。")

    def before(done: "Consulting") -> list[screen.Block]:
        return consulting.questions(done)

    agree = edge.agreeing(consulting.words, yes=yes, no_input=no_input, as_json=as_json, blocks=before)
    if told:
        who = units[0] if units else ""
        done = entering.tell_opinion(
            desk.store, case, who, told, desk.rules, desk.stamp, person=person, agree=agree
        )
    else:
        done = entering.ask(
            desk.store, case, units, ask or (), desk.rules, desk.stamp, person=person, agree=agree
        )
    edge.say_notices(desk.store)
    if as_json:
        screen.show_json(done.to_json())
        return
    ours = [limit for limit in done.limits if limit.ours and limit.running]
    screen.show(
        [
            *([] if agree is not None else before(done)),
            screen.Line(f"已登记{consulting.words(done)}", "good"),
            *consulting.next_step(done, desk.time.now),
            *views.limit_table(ours, desk.time.now),
        ]
    )


def _asked(desk: edge.Opening, case: str, units: list[str]) -> tuple[list[str], str]:
    """The opinion of the unit that is waited for; empty where it is to be asked again."""
    from jinji_report.cli import prompts
    from jinji_report.desk.consult import waits_for

    waiting = waits_for(desk.store, case, units, desk.rules)
    if waiting is None:
        return units, ""
    prompts.begin()
    return [waiting], prompts.ask(f"{waiting}的意见（回车 = 还没有，再问一次）：")

"""jinji release: what went to the public, through which unit."""

from typing import Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, At, By, CaseName, NoInput, Now, Reason, StandardsName, Yes
from jinji_report.desk.release import WentOut, outlet_of
from jinji_report.desk.release import release as enter


def release(
    case: CaseName,
    unit: Annotated[
        str, typer.Option("--unit", metavar="单位", help="经哪个单位发布的。", show_default=False)
    ] = "",
    text: Annotated[
        str, typer.Option("--text", metavar="文字", help="发布了什么。", show_default=False)
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
    """对外发布：登记经哪个单位、发布了什么；不经归口单位的，记为不合规矩。"""
    from jinji_report.cli import conduct, screen
    from jinji_report.cli.prompts import ask
    from jinji_report.moments import on_screen, parse_moment

    desk = edge.opening(now=now, standards=standards, at=at, by=by, reason=reason)
    if screen.interactive(no_input=no_input, as_json=as_json):
        outlet = outlet_of(desk.rules, desk.stamp.at.date())
        if not unit.strip():
            unit = ask(f"经哪个单位发布的？{f'（归口：{outlet}）' if outlet else ''}")
        if not text.strip():
            text = ask("发布了什么？")
    agree = edge.agreeing(
        _words,
        yes=yes,
        no_input=no_input,
        as_json=as_json,
        blocks=lambda done: conduct.blocks(done.departing.told),
    )
    done = enter(desk.store, case, unit, text, desk.rules, desk.stamp, agree)
    edge.say_notices(desk.store)
    if as_json:
        screen.show_json(done.to_json())
        return
    moment = on_screen(parse_moment(done.at), beside=desk.time.now)
    told = conduct.blocks(done.departing.told) if agree is None else []
    screen.show([screen.Line(f"已登记{_words(done)}　{moment}", "good"), *told])


def _words(done: WentOut) -> str:
    """`对外发布 20260305-01　区委宣传部`."""
    return f"对外发布 {done.case}　{done.unit}"

"""jinji backflow: somebody knew of the incident before this desk had reported it."""

from typing import TYPE_CHECKING, Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, At, By, CaseName, NoInput, Now, Reason, Yes
from jinji_report.errors import Usage
from jinji_report.vocabulary import KnewFirst

if TYPE_CHECKING:
    from jinji_report.desk.backflow import KnownFirst


def backflow(
    case: CaseName,
    who: Annotated[KnewFirst | None, typer.Option("--who", help="谁先知道。", show_default=False)] = None,
    text: Annotated[
        str,
        typer.Option(
            "--text", metavar="文字", help="从哪里看出来，如 微博已有现场视频。", show_default=False
        ),
    ] = "",
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
    now: Now = None,
    by: By = None,
    at: At = None,
    reason: Reason = "",
) -> None:
    """倒灌：上级、互联网或媒体先知道的，登记谁、几时（--at）、从哪里看出来；同一方只计一次。"""
    from jinji_report.cli import screen, timeline
    from jinji_report.desk.backflow import enter_backflow

    desk = edge.opening(now=now, standards=None, at=at, by=by, reason=reason)
    if screen.interactive(no_input=no_input, as_json=as_json):
        who, text = _asked(who, text)
    if who is None:
        raise Usage("要写明谁先知道。", remedy=f"加上 --who {'、'.join(KnewFirst)} 中的一个。")
    agree = edge.agreeing(_words, yes=yes, no_input=no_input, as_json=as_json)
    done = enter_backflow(desk.store, case, who, text, desk.stamp, agree)
    edge.say_notices(desk.store)
    if as_json:
        screen.show_json(done.to_json())
        return
    screen.show([screen.Line(f"已登记{_words(done)}", "good"), *timeline.backflows(done.case, desk.time.now)])


def _asked(who: KnewFirst | None, text: str) -> tuple[KnewFirst, str]:
    """What was not given, asked for."""
    from jinji_report.cli import prompts, screen

    prompts.begin()
    while who is None:
        line = prompts.ask(f"谁先知道（{'、'.join(KnewFirst)}）：")
        if line in tuple(KnewFirst):
            who = KnewFirst(line)
        else:
            screen.say("请照括号里的写一个。")
    while not text.strip():
        text = prompts.ask("从哪里看出来：")
    return who, text


def _words(done: "KnownFirst") -> str:
    """`倒灌 20260305-01　互联网先知：微博已有现场视频`."""
    return f"倒灌 {done.case.number}　{done.one.who}先知：{done.one.text}"

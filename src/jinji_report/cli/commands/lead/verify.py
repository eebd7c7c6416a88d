"""jinji lead verify: how far a lead was verified, by whom, and what they found."""

from enum import StrEnum
from typing import Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, At, By, CaseName, NoInput, Now, Reason, Yes
from jinji_report.errors import Usage
from jinji_report.vocabulary import LeadState


class Result(StrEnum):
    VERIFYING = LeadState.VERIFYING.value
    TRUE = LeadState.TRUE.value
    PARTLY = LeadState.PARTLY.value
    FALSE = LeadState.FALSE.value
    UNVERIFIABLE = LeadState.UNVERIFIABLE.value


def verify(
    case: CaseName,
    state: Annotated[
        Result | None, typer.Option("--state", help="核实到哪一步。", show_default=False)
    ] = None,
    unit: Annotated[
        str, typer.Option("--unit", metavar="单位", help="由谁核实，如 城关派出所。", show_default=False)
    ] = "",
    text: Annotated[
        str, typer.Option("--text", metavar="文字", help="核实到什么。", show_default=False)
    ] = "",
    person: Annotated[
        str, typer.Option("--person", metavar="姓名", help="谁说的。", show_default=False)
    ] = "",
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
    now: Now = None,
    by: By = None,
    at: At = None,
    reason: Reason = "",
) -> None:
    """核实线索：核实中、属实、部分属实、不实、无法核实，由谁核实，核实到什么。"""
    from jinji_report.cli import screen
    from jinji_report.cli.leads import next_step, step_words
    from jinji_report.desk.lead.verify import verify as enter

    desk = edge.opening(now=now, standards=None, at=at, by=by, reason=reason)
    asking = screen.interactive(no_input=no_input, as_json=as_json)
    if asking:
        state, unit, text = _asked(state, unit, text)
    if state is None:
        raise Usage("要写明核实到哪一步。", remedy=f"加上 --state {'、'.join(Result)} 中的一个。")
    tip = enter(
        desk.store,
        case,
        LeadState(state.value),
        unit,
        text,
        desk.stamp,
        person=person,
        agree=edge.agreeing(step_words, yes=yes, no_input=no_input, as_json=as_json),
    )
    edge.say_notices(desk.store)
    if as_json:
        screen.show_json(tip.to_json())
        return
    screen.show([screen.Line(f"已登记{step_words(tip)}", "good"), *next_step(tip)])


def _asked(state: Result | None, unit: str, text: str) -> tuple[Result, str, str]:
    """What was not given, asked for."""
    from jinji_report.cli import prompts, screen

    prompts.begin()
    while state is None:
        line = prompts.ask(f"核实到哪一步（{'、'.join(Result)}）：")
        if line in tuple(Result):
            state = Result(line)
        else:
            screen.say("请照括号里的写一个。")
    while not unit.strip():
        unit = prompts.ask("哪个单位核实的：")
    while not text.strip() and state != Result.VERIFYING:
        text = prompts.ask("核实到什么：")
    return state, unit, text

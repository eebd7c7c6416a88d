"""jinji request and jinji answer: what the office above asked for, and what was done about it."""

from typing import TYPE_CHECKING, Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, At, By, NoInput, Now, Reason, StandardsName, Yes
from jinji_report.desk.request.answer import Answered
from jinji_report.desk.request.answer import answer as enter_answer
from jinji_report.desk.request.asked import Asked, ask
from jinji_report.errors import Usage
from jinji_report.vocabulary import AnswerStep, Form, RequestKind

if TYPE_CHECKING:
    from jinji_report.cli.screen import Block

KINDS = "、".join(RequestKind)


def request(
    case: Annotated[
        str | None,
        typer.Argument(
            metavar="案卷",
            help="案卷编号：全号、尾号（如 01）或 latest；本单位还不知道的事、抽查值班的，不写。",
            show_default=False,
        ),
    ] = None,
    kind: Annotated[
        RequestKind | None, typer.Option("--kind", help="核报、批示 或 抽查。", show_default=False)
    ] = None,
    office: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="单位",
            help="哪个上级单位：市委办公室、市党委；只写 市 是本条线的那一个。",
            show_default=False,
        ),
    ] = None,
    text: Annotated[
        str, typer.Option("--text", metavar="文字", help="要求的原话；抽查可不写。", show_default=False)
    ] = "",
    person: Annotated[
        str, typer.Option("--person", metavar="姓名", help="谁要求的、谁批示的。", show_default=False)
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
    """上级要求：登记核报、批示、抽查，谁要求、原话、几点几分；时限从要求那一分钟起算。

    不写案卷：核报、批示说的事本单位还不知道的，记作线索和倒灌；抽查值班的单开一卷，答复后自动结案。
    """
    desk = edge.opening(now=now, standards=standards, at=at, by=by, reason=reason)
    asking = _asking(yes=False, no_input=no_input, as_json=as_json)
    if kind is None:
        kind = _asked_kind() if asking else None
    if kind is None:
        raise Usage("要写明是哪一种要求。", remedy=f"加上 --kind，可写：{KINDS}。")
    office = office or (_line("哪个上级单位（如 市委办公室）：") if asking else None)
    if not office:
        raise Usage("要写明是哪个单位要求的。", remedy="加上 --from 单位，如 --from 市委办公室。")
    if asking and not text and kind != RequestKind.SPOT_CHECK:
        text = _line("要求的原话：")
    done = ask(
        desk.store,
        case,
        kind,
        office,
        desk.rules,
        desk.stamp,
        text=text,
        person=person,
        agree=edge.agreeing(_asked_words, yes=yes, no_input=no_input, as_json=as_json),
    )
    _show(done, f"已登记{_asked_words(done)}", desk, as_json)


def answer(
    case: Annotated[
        str,
        typer.Argument(metavar="案卷", help="案卷编号：全号、尾号（如 01）或 latest。", show_default=False),
    ],
    which: Annotated[
        str | None,
        typer.Argument(metavar="要求", help="哪一项：Q1、Q2；只有一项在办的不用写。", show_default=False),
    ] = None,
    step: Annotated[
        AnswerStep | None,
        typer.Option(
            "--step",
            help="办到哪一步：复述、转办、落实、答复、反馈、办结；核报、抽查默认是答复。",
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        Form | None,
        typer.Option(
            "--form",
            help="答复或反馈的方式：电话、书面、信息。默认是最先到期的那一种。",
            show_default=False,
        ),
    ] = None,
    unit: Annotated[
        str, typer.Option("--unit", metavar="单位", help="转给谁办、谁落实的。", show_default=False)
    ] = "",
    person: Annotated[
        str, typer.Option("--person", metavar="姓名", help="对方接话人，或承办人。", show_default=False)
    ] = "",
    text: Annotated[
        str, typer.Option("--text", metavar="文字", help="答复、落实或反馈的内容。", show_default=False)
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
    """办理：登记上级要求办到哪一步；核报电话、书面各答各的，批示转办、落实、反馈、办结。

    批示的反馈同时写成一份批示反馈报告：jinji report 案卷 --stage 批示反馈。
    """
    desk = edge.opening(now=now, standards=standards, at=at, by=by, reason=reason)
    if not text and step in _TOLD and _asking(yes=yes, no_input=no_input, as_json=as_json):
        text = _line(f"{step}的内容（回车 = 不写）：")
    done = enter_answer(
        desk.store,
        case,
        which,
        step,
        desk.rules,
        edge.header(desk.config, desk.rules),
        desk.stamp,
        form=form,
        unit=unit,
        person=person,
        text=text,
        agree=edge.agreeing(
            _answered_words, yes=yes, no_input=no_input, as_json=as_json, blocks=_report_blocks
        ),
    )
    _show(done, f"已登记{_answered_words(done)}", desk, as_json)


_TO_THE_OFFICE = (AnswerStep.READ_BACK, AnswerStep.ANSWERED, AnswerStep.FED_BACK)
_TOLD = (AnswerStep.CARRIED_OUT, AnswerStep.ANSWERED, AnswerStep.FED_BACK)


def _asking(*, yes: bool, no_input: bool, as_json: bool) -> bool:
    from jinji_report.cli.screen import interactive

    return not yes and interactive(no_input=no_input, as_json=as_json)


def _line(question: str) -> str:
    from jinji_report.cli.prompts import ask as ask_line
    from jinji_report.cli.prompts import begin

    begin()
    return ask_line(question)


def _asked_kind() -> RequestKind | None:
    said = _line(f"哪一种要求（{KINDS}）：")
    return next((one for one in RequestKind if one == said), None)


def _asked_words(done: Asked) -> str:
    """`上级要求 20260305-01　Q1 核报　市委办公室 李主任　“…”`."""
    from jinji_report.cli.requests import line_of

    said = f"　“{done.request.text}”" if done.request.text else ""
    kept = f"　单开一卷（{done.case.status}）" if done.opened else ""
    return f"上级要求 {done.case.number}　{line_of(done.request)}{said}{kept}"


def _answered_words(done: Answered) -> str:
    """`办理 20260305-01　Q1 核报　电话答复 → 市委办公室`."""
    one = done.taken
    what = f"{one.form or ''}{one.step}" + (f" {one.unit}" if one.unit else "")
    to = f" → {done.request.office}" if one.step in _TO_THE_OFFICE else ""
    return f"办理 {done.case.number}　{done.request.name} {done.request.kind}　{what}{to}"


def _report_blocks(done: Answered) -> "list[Block]":
    from jinji_report.cli.screen import Heading, Line
    from jinji_report.reports.render import render

    if done.report is None:
        return []
    return [Heading(done.report.name), Line(render(done.report, "text"), whole=True)]


def _alike_blocks(done: Asked) -> "list[Block]":
    """The cases that the request may have been meant for, and how it is put right."""
    from jinji_report.cli.screen import Line

    return [
        Line(
            f"※ 像是 {one.case.number} {one.case.title}（{'；'.join(one.reasons)}）；是同一件的，"
            f"运行 jinji merge {done.case.number} {one.case.number} --reason 同一件事",
            "due_soon",
            hang=3,
        )
        for one in done.alike
    ]


def _show(done: Asked | Answered, words: str, desk: edge.Opening, as_json: bool) -> None:
    from jinji_report.cli import screen, views
    from jinji_report.cli.requests import how_far
    from jinji_report.moments import on_screen

    edge.say_notices(desk.store)
    if as_json:
        screen.show_json(done.to_json())
        return
    now = desk.time.now
    blocks: list[screen.Block] = [screen.Line(f"{words}　{on_screen(desk.stamp.at, beside=now)}", "good")]
    if isinstance(done, Answered):
        state = how_far(done.request, still_open=done.still_open)
        blocks.append(screen.Line(f"{done.request.name}：{state}", indent=2))
        blocks += _report_blocks(done)
    else:
        blocks += _alike_blocks(done)
    own = [one for one in done.limits if one.duty.before.get("request") == done.request.name]
    screen.show([*blocks, *views.limit_table(own, now)])

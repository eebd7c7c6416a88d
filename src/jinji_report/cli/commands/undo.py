"""jinji undo: what was entered last is taken back, or counts again."""

from typing import Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, At, By, NoInput, Now, Reason, StandardsName, Yes
from jinji_report.cli.screen import Block
from jinji_report.desk import undo as desk
from jinji_report.desk.undo import TakenBack


def undo(
    case: Annotated[
        str | None,
        typer.Argument(
            metavar="案卷",
            help="案卷编号：全号、尾号（如 01）或 latest；不写即最后登记的那一件。",
            show_default=False,
        ),
    ] = None,
    entry: Annotated[
        int | None,
        typer.Option(
            "--entry",
            metavar="序号",
            help="撤哪一条（见 jinji log）；和它一次登记的一并撤销。",
            min=1,
            show_default=False,
        ),
    ] = None,
    redo: Annotated[bool, typer.Option("--redo", help="恢复：把最近一次撤销撤掉。")] = False,
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
    now: Now = None,
    standards: StandardsName = None,
    by: By = None,
    at: At = None,
    reason: Reason = "",
) -> None:
    """撤销：案卷上最近一次登记不再算数；原条目不删，撤销也可再撤。

    一次命令登记的几条一并撤销。登记前列出案卷之前、之后的不同；须写 --reason。
    """
    opened = edge.opening(now=now, standards=standards, at=at, by=by, reason=reason)
    agree = edge.agreeing(_words, yes=yes, no_input=no_input, as_json=as_json, blocks=_blocks)
    done = desk.undo(opened.store, case, opened.rules, opened.stamp, seq=entry, redo=redo, agree=agree)
    edge.say_notices(opened.store)
    from jinji_report.cli import screen, views

    if as_json:
        screen.show_json(done.to_json())
        return
    screen.show(
        [
            *([] if agree is not None else _blocks(done)),
            screen.Line(f"已登记{_words(done)}　现为{done.case.status}", "good"),
            *views.limit_table([one for one in done.limits if one.running and one.ours], opened.time.now),
        ]
    )


def _words(done: TakenBack) -> str:
    """`撤销 20260305-01　要素、研判、成文（第 4 至 6 条）`."""
    return f"{'恢复' if done.redo else '撤销'} {'、'.join(done.numbers)}　{desk.entry_list(done.entries)}"


def _blocks(done: TakenBack) -> list[Block]:
    from jinji_report.cli.changes import step_blocks

    return step_blocks(done.case.number, done.changes, done.notes)

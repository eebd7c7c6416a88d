"""jinji log: the entries of the ledger as they are."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, Now, Since, Until

if TYPE_CHECKING:
    from jinji_report.desk.history import Row

ON_SCREEN = 30


def log(
    case: Annotated[
        str | None,
        typer.Argument(
            metavar="案卷",
            help="只看这一件：全号、尾号（如 01）或 latest；不写即整本台账。",
            show_default=False,
        ),
    ] = None,
    newest: Annotated[
        int | None,
        typer.Option(
            "-n",
            "--newest",
            metavar="条数",
            help=f"最近多少条；屏幕默认 {ON_SCREEN}，--json 默认全部。",
            min=1,
            show_default=False,
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    as_json: AsJson = False,
    now: Now = None,
) -> None:
    """台账条目：照原样一条一行，旧的在前，撤销的、演练的、设定时钟的都标出。

    --since、--until 按登记时间。
    """
    from jinji_report.cli import screen, timeline
    from jinji_report.desk.history import Span, told

    time = edge.clock(now)
    store = edge.store(edge.settings())
    span = Span(
        edge.span_moment(since, time.now, "--since") if since else None,
        edge.span_moment(until, time.now, "--until", end=True) if until else None,
    )
    if newest is None and not as_json:
        newest = ON_SCREEN
    found = told(store, case, span, newest)
    if as_json:
        _write_json(found.case, found.earlier, found.rows)
        edge.say_notices(store)
        return
    rows = list(found.rows)
    edge.say_notices(store)
    if not rows:
        screen.say("这段时间没有登记。" if span else "台账里还没有条目。")
        return
    blocks: list[screen.Block] = []
    if found.case is not None:
        blocks.append(screen.Line(f"案卷 {found.case}", "strong"))
    if found.earlier:
        more = f"更早的还有 {found.earlier} 条，用 -n 条数 多看"
        blocks.append(screen.Line(more, "dim"))
    screen.show([*blocks, *timeline.of_ledger(rows, time.now, cases=found.case is None)])


def _write_json(case: str | None, earlier: int, rows: "Iterable[Row]") -> None:
    """One object on one line, an entry written as soon as it is read: a ledger of any size passes through."""
    from jinji_report.cli.screen import json_line
    from jinji_report.desk.history import row_json

    out = sys.stdout
    head = json_line({"schema": "jinji/1", "case": case, "earlier": earlier, "entries": []})
    out.write(head.removesuffix("]}\n"))
    between = ""
    for row in rows:
        out.write(between + json_line(row_json(row)).removesuffix("\n"))
        between = ", "
    out.write("]}\n")

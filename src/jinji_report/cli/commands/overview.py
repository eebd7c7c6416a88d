"""jinji board, next, list: what is due now, and which cases there are."""

import sys
from typing import Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, Now, Since, StandardsName, Until
from jinji_report.errors import EXIT_DUE_SOON, EXIT_NO, EXIT_OVERDUE
from jinji_report.vocabulary import LimitState, Status

ON_SCREEN = 30  # cases that `list` shows at a terminal

StatusOption = Annotated[
    Status | None,
    typer.Option("--status", help="只列这一种：在办、线索、已结、已并、已撤。", show_default=False),
]


def board(
    page: Annotated[
        int | None, typer.Option("--page", help="第几页；--json 不写即全部。", min=1, show_default=False)
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", "-w", help="常开：变了就刷新，将到期、超时响铃并运行 [hooks]。")
    ] = False,
    as_json: AsJson = False,
    now: Now = None,
    standards: StandardsName = None,
) -> None:
    """看板：现在欠谁什么、等谁的，最急的在前。"""
    from jinji_report.cli import screen
    from jinji_report.cli.board import blocks
    from jinji_report.desk.overview import board_now

    if watch:
        from jinji_report.cli.watch import watch_board

        watch_board(page or 1, now, standards, as_json=as_json)
        return
    time = edge.clock(now)
    config = edge.settings(standards)
    rules = edge.standards_of(config)
    store = edge.store(config)
    shown = page if as_json else page or 1
    found = board_now(store, rules, time.now, page=shown, all_others=shown is None)
    edge.say_notices(store)
    if as_json:
        screen.show_json(found.to_json())
    else:
        screen.show(blocks(found))


def next_(as_json: AsJson = False, now: Now = None, standards: StandardsName = None) -> None:
    """下一件：一行，退出码示缓急：0 不急，20 将到期，21 已超时。"""
    from jinji_report.cli import countdown, screen
    from jinji_report.desk.overview import next_now

    time = edge.clock(now)
    config = edge.settings(standards)
    rules = edge.standards_of(config)
    store = edge.store(config)
    first, total = next_now(store, rules, time.now)
    edge.say_notices(store)
    if as_json:
        screen.show_json({"schema": "jinji/1", "next": None if first is None else first.to_json()})
    elif first is None:
        screen.show([screen.Line("没有待报的时限")])
    else:
        more = f"（另有 {total - 1} 项）" if total > 1 else ""
        line = f"{countdown.head(first)} {first.case} {first.label}→{first.office} "
        screen.show([screen.Line(screen.one_line(line, first.title, more), whole=True)])
    if first is not None and first.overdue:
        raise typer.Exit(EXIT_OVERDUE)
    if first is not None and first.state == LimitState.DUE_SOON:
        raise typer.Exit(EXIT_DUE_SOON)


def list_(
    find: Annotated[
        str,
        typer.Option(
            "--find", metavar="词", help="编号、标题、地点、来电内容里有这个词。", show_default=False
        ),
    ] = "",
    status: StatusOption = None,
    since: Since = None,
    until: Until = None,
    newest: Annotated[
        int | None,
        typer.Option(
            "-n",
            "--newest",
            metavar="件数",
            help=f"最近多少件；屏幕默认 {ON_SCREEN}，管道、文件和 --json 默认全部。",
            min=1,
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
    now: Now = None,
    standards: StandardsName = None,
) -> None:
    """案卷列表：新的在后。查不到符合的，退出码为 1。"""
    from jinji_report.cli import countdown, screen
    from jinji_report.desk.overview import find_cases
    from jinji_report.ledger.cases import Wanted

    time = edge.clock(now)
    config = edge.settings(standards)
    rules = edge.standards_of(config)
    store = edge.store(config)
    wanted = Wanted(
        find=find,
        status=status,
        since=edge.span_moment(since, time.now, "--since") if since else None,
        until=edge.span_moment(until, time.now, "--until", end=True) if until else None,
    )
    if newest is None and sys.stdout.isatty() and not as_json:
        newest = ON_SCREEN
    earlier, rows = find_cases(store, wanted, rules, time.now, newest)
    edge.say_notices(store)
    if as_json:
        screen.show_json({"schema": "jinji/1", "earlier": earlier, "cases": rows})
    elif rows:
        blocks: list[screen.Block] = []
        if earlier:
            more = f"更早的还有 {earlier} 件，全看用 jinji list -n {earlier + len(rows)}，或用 --find、--since 等缩小"
            blocks.append(screen.Line(more, "dim"))
        screen.show([*blocks, countdown.case_table(rows)])
    else:
        screen.say("没有符合的案卷。" if find or status or since or until else "台账里还没有案卷。")
    if not rows and (find or status or since or until):
        raise typer.Exit(EXIT_NO)

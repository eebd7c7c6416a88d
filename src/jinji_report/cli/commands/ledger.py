"""jinji ledger verify, head: the log itself."""

from typing import Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson
from jinji_report.errors import EXIT_LEDGER

app = typer.Typer(help="台账：校验和链头。", no_args_is_help=True, add_completion=False)


@app.command(epilog="示例：jinji ledger verify --expect $(jinji ledger head)")
def verify(
    expect: Annotated[
        str | None,
        typer.Option(
            "--expect",
            metavar="链头",
            help="以前记下的链头（64 位十六进制）；其后才有的改动、截断都能发现。",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """校验：逐行核对哈希链、序号和时间；对不上时退出码为 4。"""
    from jinji_report.cli import screen

    result = edge.store(edge.settings()).verify(expect)
    if as_json:
        screen.show_json(
            {
                "schema": "jinji/1",
                "holds": result.holds,
                "entries": result.entries,
                "head": result.head.head,
                "expect_found": result.expect_found,
                "findings": [
                    {"line": f.line, "code": f.code, "problem": f.problem, "is_break": f.is_break}
                    for f in result.findings
                ],
            }
        )
    else:
        blocks: list[screen.Block] = [
            screen.Line(
                f"台账{'完整' if result.holds else '对不上'}：{result.entries} 条，链头 {result.head.head}",
                "good" if result.holds else "overdue",
            )
        ]
        if result.expect_found is False:
            blocks.append(screen.Line("没有找到所给的链头：尾部可能被截去，或链头记错。", "overdue"))
        # What breaks the chain first; that a clock was set is one line, however many entries it touches.
        told = [f for f in result.findings if f.code != "set_clock"]
        blocks += [
            screen.Line(f"第 {f.line} 行{f.problem}", "overdue" if f.is_break else "dim", indent=2)
            for f in sorted(told, key=lambda f: not f.is_break)
        ]
        if result.set_clock:
            blocks.append(
                screen.Line(
                    f"有 {result.set_clock} 条是在人为设定的时钟（--now 或 JINJI_NOW）下登记的。",
                    "dim",
                    indent=2,
                )
            )
        screen.show(blocks)
    if not result.holds:
        raise typer.Exit(EXIT_LEDGER)


@app.command(epilog="示例：jinji ledger head >> 交接班链头.txt")
def head(as_json: AsJson = False) -> None:
    """链头：64 位十六进制，抄在交接班单上，日后可证台账没有被截短。"""
    from jinji_report.cli import screen

    seal = edge.store(edge.settings()).head()
    if as_json:
        screen.show_json({"schema": "jinji/1", "head": seal.head, "entries": seal.seq})
    else:
        screen.show([screen.Line(seal.head)], bare=True)

"""jinji ledger verify: whether the ledger is as it was written."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson
from jinji_report.errors import EXIT_LEDGER

if TYPE_CHECKING:
    from jinji_report.cli.screen import Block
    from jinji_report.ledger.verification import Verification

# What is told as one line, however many entries it touches.
_SUMMED_UP = ("set_clock",)
_SHOWN = 50


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
    fold: Annotated[
        bool,
        typer.Option(
            "--fold/--no-fold", help="逐行核对之后再逐件核对案卷（百万条要多花几倍时间），默认核对。"
        ),
    ] = True,
    as_json: AsJson = False,
) -> None:
    """校验：逐行核对哈希链、序号和时间，再逐件核对案卷；对不上时退出码为 4。"""
    from jinji_report.cli import screen
    from jinji_report.desk.ledger.whole import check

    journal = edge.store(edge.settings())
    with edge.telling(journal, "核对台账"):
        result = check(journal, expect, fold=fold)
    edge.say_notices(journal)
    if as_json:
        screen.show_json(_json(result))
    else:
        screen.show(_blocks(result))
    if not result.holds:
        raise typer.Exit(EXIT_LEDGER)


def _json(result: "Verification") -> dict[str, Any]:
    return {
        "schema": "jinji/1",
        "holds": result.holds,
        "entries": result.entries,
        "head": result.head.head,
        "expect_found": result.expect_found,
        "counts": dict(result.counts),
        "findings": [
            {
                "line": f.line,
                "entry": f.number,
                "file": f.file or None,
                "code": f.code,
                "problem": f.problem,
                "is_break": f.is_break,
            }
            for f in result.findings
        ],
    }


def _blocks(result: "Verification") -> "list[Block]":
    from jinji_report.cli import screen

    words = f"台账{'完整' if result.holds else '对不上'}：{result.entries} 条，链头 {result.head.head}"
    blocks: list[screen.Block] = [screen.Line(words, "good" if result.holds else "overdue")]
    if result.expect_found is False:
        blocks.append(screen.Line("没有找到所给的链头：尾部可能被截去，或链头记错。", "overdue"))
    # What breaks the chain first.
    told = sorted(
        (f for f in result.findings if f.code not in _SUMMED_UP), key=lambda finding: not finding.is_break
    )
    blocks += [
        screen.Line(f"{f.where}{f.problem}", "overdue" if f.is_break else "dim", indent=2)
        for f in told[:_SHOWN]
    ]
    more = sum(count for code, count in result.counts.items() if code not in _SUMMED_UP) - len(told[:_SHOWN])
    if more:
        blocks.append(screen.Line(f"另有 {more} 处，用 --json 看。", "dim", indent=2))
    if result.set_clock:
        words = f"有 {result.set_clock} 条是在人为设定的时钟（--now 或 JINJI_NOW）下登记的。"
        blocks.append(screen.Line(words, "dim", indent=2))
    if result.breaks:
        words = "请暂停写入并保留原文件；要继续用，运行 jinji ledger repair（原文件另存，不删任何内容）。"
        blocks.append(screen.Line(words))
    return blocks

"""jinji ledger backup: the whole ledger in one file, elsewhere."""

from typing import Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, Now
from jinji_report.errors import Usage


def backup(
    target: Annotated[
        str,
        typer.Argument(
            metavar="目标",
            help="文件，或文件夹（文件名即为 ledger-年月日.jsonl）。",
            show_default=False,
        ),
    ],
    as_json: AsJson = False,
    now: Now = None,
) -> None:
    """备份：连同归档，整本写成一个台账文件，写完校验；原有的备份只会被更全的替换。"""
    import os
    from pathlib import Path

    from jinji_report.cli import screen
    from jinji_report.ledger.backup import back_up

    if not target.strip():
        raise Usage(
            "没有写备份到哪里。", remedy="写一个文件名或文件夹，如 jinji ledger backup 台账备份.jsonl。"
        )
    time = edge.clock(now)
    journal = edge.store(edge.settings())
    path = Path(target)
    if os.path.isdir(target) or target.endswith(("/", os.sep)):
        path /= f"{journal.path.stem}-{time.now:%Y%m%d}.jsonl"
    with edge.telling(journal, "备份台账"):
        made = back_up(journal, path, f"{time.now:%Y%m%dT%H%M}")
    edge.say_notices(journal)
    if as_json:
        screen.show_json(
            {
                "schema": "jinji/1",
                "file": str(made.path),
                "entries": made.seal.seq - made.missing,
                "head": made.seal.head,
                "bytes": made.size,
                "missing": made.missing,
                "aside": None if made.aside is None else str(made.aside),
            }
        )
        return
    words = f"已备份并校验：{made.seal.seq - made.missing} 条 → {made.path}，链头 {made.seal.head}"
    blocks: list[screen.Block] = [screen.Line(words, "good")]
    if made.missing:
        words = f"第 1 至 {made.missing} 条已归档到别处，不在这份备份里。"
        blocks.append(screen.Line(words, "overdue", indent=2))
    if made.aside is not None:
        blocks.append(screen.Line(f"那里原有的备份已损坏，另存为 {made.aside}。", "dim", indent=2))
    screen.show(blocks)

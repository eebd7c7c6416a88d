"""jinji doctor: whether this desk can do its duty tonight."""

import os
import sys

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson
from jinji_report.errors import EXIT_NO


def doctor(as_json: AsJson = False) -> None:
    """体检：设置、标准、文件夹、台账、时钟、电话、屏幕；有问题时退出码为 1。"""
    from jinji_report.cli import screen
    from jinji_report.desk.doctor import BAD, NOTE, examine

    found = examine(os.environ, edge.clock(None).now, sys.stdout.encoding or "")
    bad = sum(finding.state == BAD for finding in found)
    if as_json:
        screen.show_json(
            {"schema": "jinji/1", "ok": not bad, "checks": [finding.to_json() for finding in found]}
        )
    else:
        styles = {BAD: "overdue", NOTE: "due_soon"}
        width = max(screen.cells(finding.name) for finding in found)
        blocks: list[screen.Block] = []
        for finding in found:
            name = finding.name + " " * (width - screen.cells(finding.name))
            indent = screen.cells(finding.state) + width + 4
            blocks.append(
                screen.Line(
                    f"{finding.state}  {name}  {finding.text}", styles.get(finding.state, ""), hang=indent
                )
            )
            if finding.remedy:
                blocks.append(screen.Line(f"→ {finding.remedy}", "dim", indent=indent, hang=3))
        notes = sum(finding.state == NOTE for finding in found)
        told = [f"{n} 项{state}" for n, state in ((bad, BAD), (notes, NOTE)) if n]
        blocks.append(screen.Line(f"体检：{'，'.join(told) or '一切正常'}。", "overdue" if bad else "good"))
        screen.show(blocks)
    if bad:
        raise typer.Exit(EXIT_NO)

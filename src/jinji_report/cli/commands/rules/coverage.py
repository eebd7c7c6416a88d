"""jinji rules coverage: what the standards cover, category by category, as Markdown."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from jinji_report.cli import edge
from jinji_report.errors import UnusableInput
from jinji_report.files import cause_of


def coverage(
    packs: Annotated[
        list[str] | None,
        typer.Argument(metavar="标准…", help="标准名或文件，可多个；默认全部自带的。", show_default=False),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="文件", help="写到文件，默认写到标准输出。", show_default=False
        ),
    ] = None,
) -> None:
    """覆盖表（Markdown）：每类事件的等级、报送、敏感因素、责任单位、时限各有多少把握，哪些没有写进来。"""
    from jinji_report.desk.rules.coverage import coverage as told

    text = told(packs or (), edge.settings().cache).encode("utf-8")
    if output is None or output == "-":
        sys.stdout.buffer.write(text)  # always UTF-8: a file is made of this
        sys.stdout.buffer.flush()
        return
    try:
        Path(output).write_bytes(text)
    except (OSError, ValueError) as error:
        why = cause_of(error) if isinstance(error, OSError) else "路径不对"
        raise UnusableInput(f"文件 {output} 写不了（{why}）。", remedy="检查路径和权限。") from error

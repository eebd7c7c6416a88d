"""jinji rules coverage: what the standards cover, category by category, as Markdown."""

from typing import Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import Output


def coverage(
    packs: Annotated[
        list[str] | None,
        typer.Argument(metavar="标准…", help="标准名或文件，可多个；默认全部自带的。", show_default=False),
    ] = None,
    output: Output = None,
) -> None:
    """覆盖表（Markdown）：每类事件的等级、报送、敏感因素、责任单位、时限各有多少把握，哪些没有写进来。"""
    from jinji_report.desk.rules.coverage import coverage as told

    text = told(packs or (), edge.settings().cache)
    edge.write_out(text, output)

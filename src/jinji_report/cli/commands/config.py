"""jinji config: what a run goes by, and where it comes from."""

import os
from typing import Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, Now, StandardsName
from jinji_report.errors import Usage


def config(
    name: Annotated[
        str | None, typer.Argument(metavar="名称", help="只要这一项的值（脚本用）。", show_default=False)
    ] = None,
    as_json: AsJson = False,
    now: Now = None,
    standards: StandardsName = None,
) -> None:
    """设置：每一项的值，从哪里来（命令行选项 > JINJI_* > 设置文件 > 默认），各文件在哪里。"""
    from jinji_report.cli import screen
    from jinji_report.desk.config import items

    found = items(edge.settings(standards), os.environ, now)
    if name is not None:
        chosen = [item for item in found if item.name == name]
        if not chosen:
            raise Usage(
                f"没有“{name[:80]}”这一项设置。", remedy=f"可用：{'、'.join(item.name for item in found)}。"
            )
        if chosen[0].problem is not None:
            raise chosen[0].problem
        found = chosen
    if as_json:
        screen.show_json({"schema": "jinji/1", "settings": [item.to_json() for item in found]})
    elif name is not None:
        screen.show([screen.Line(found[0].value, whole=True)], bare=True)
    else:
        # Each in one piece, however long: a path is there to be copied.
        file = next(item.value for item in found if item.name == "config")
        width = max(len(item.name) for item in found)
        screen.show(
            screen.Line(
                f"{item.name:<{width}}  {item.value or '（空）'}  "
                f"〔{'设置文件' if item.origin == file else item.origin}〕",
                whole=True,
            )
            for item in found
        )

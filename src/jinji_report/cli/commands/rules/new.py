"""jinji rules new: an office's own overlay."""

from typing import Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, Extends, NoInput, Now, OfficeSets, UnitName


def new(
    file: Annotated[str, typer.Argument(metavar="文件", help="写到哪个文件。")] = "standards.toml",
    unit: UnitName = None,
    extends: Extends = "county",
    sets: OfficeSets = None,
    no_input: NoInput = False,
    as_json: AsJson = False,
    now: Now = None,
) -> None:
    """新建本单位的标准文件：问几个问题，其余沿用随程序的标准；已有的文件不动。"""
    from jinji_report.cli import office, screen
    from jinji_report.desk.init import finish, prepare_overlay

    time = edge.clock(now)
    plan = prepare_overlay(file, extends)
    office.answer(plan, unit, sets, asking=screen.interactive(no_input=no_input, as_json=as_json))
    written = finish(plan, time.now.date())
    if as_json:
        screen.show_json(written.to_json())
        return
    screen.show(
        [
            *office.outcome(written),
            screen.Heading("接下来"),
            screen.Line(f"jinji rules check {file}", indent=2, whole=True),
            screen.Line(f'jinji classify --standards {file} "来电内容"', indent=2, whole=True),
            screen.Line(
                '要一直用它：在设置文件里写 standards = "它的路径"（位置见 jinji config）。', indent=2
            ),
        ]
    )

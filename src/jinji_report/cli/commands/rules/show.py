"""jinji rules show: the standards in force, as the desk would read them."""

from typing import Annotated, Any

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, Now, StandardsName
from jinji_report.errors import UnusableInput, Usage


def show(
    pack: Annotated[
        str | None, typer.Argument(metavar="标准", help="标准名或文件，默认按设置。", show_default=False)
    ] = None,
    category: Annotated[
        str | None,
        typer.Option("--category", metavar="类别", help="只看用于这一类事件的。", show_default=False),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="日期", help="看这一天有效的，默认今天。", show_default=False),
    ] = None,
    as_json: AsJson = False,
    now: Now = None,
    standards_name: StandardsName = None,
) -> None:
    """现行标准：报送条款、等级、敏感因素、会商、责任单位、时限，条条有出处。"""
    from jinji_report.cli import screen
    from jinji_report.desk.rules.show import standards_sections

    if pack is not None and standards_name is not None:
        raise Usage("标准写了两处（参数和 --standards）。", remedy="只留一处。")
    time = edge.clock(now)
    config = edge.settings(pack or standards_name)
    standards = edge.standards_of(config)
    if category is not None and category not in standards.categories:
        raise UnusableInput(
            f"没有“{category}”这个类别。", remedy=f"可用类别：{'、'.join(standards.categories)}。"
        )
    day = (edge.moment(on, "--on") if on else time.now).date()
    sections = standards_sections(standards.on(day), category)
    if as_json:
        screen.show_json(
            {
                "schema": "jinji/1",
                "id": standards.id,
                "title": standards.title,
                "digest": standards.digest,
                "on": day.isoformat(),
                "sections": [
                    {"name": name, "heads": list(heads), "rows": [list(row) for row in rows]}
                    for name, heads, rows in sections
                ],
            }
        )
        return
    blocks: list[Any] = [
        screen.Line(f"{standards.title}（{standards.id}）　{day} 有效　{standards.digest[:12]}", "strong")
    ]
    for name, heads, rows in sections:
        if rows:
            blocks += [screen.Heading(name), screen.Table(heads, rows)]
    screen.show(blocks)

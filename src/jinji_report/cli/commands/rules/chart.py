"""jinji rules chart: the reporting flow, drawn with characters or as Mermaid."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, Now, OfCategory, OnDay, PackName, StandardsName
from jinji_report.errors import Usage


class ChartFormat(StrEnum):
    TEXT = "text"
    MERMAID = "mermaid"


def chart(
    pack: PackName = None,
    format: Annotated[
        ChartFormat | None,
        typer.Option("--format", help="text 用字符画；mermaid 出流程图源码。默认 text。", show_default=False),
    ] = None,
    category: OfCategory = None,
    on: OnDay = None,
    as_json: AsJson = False,
    now: Now = None,
    standards_name: StandardsName = None,
) -> None:
    """报送流程图：乡镇、县、市、省、中央各条线谁报给谁、凭什么、多少分钟，以及时限、责任单位、次序和呼叫顺序。"""
    from jinji_report.cli import screen
    from jinji_report.cli.flowtext import flow_blocks
    from jinji_report.desk.rules.book import open_book
    from jinji_report.desk.rules.chart import Chart, mermaid

    if as_json and format is not None:
        raise Usage("--json 和 --format 不能同时用。", remedy="只留一个。")
    time = edge.clock(now)
    day = (edge.moment(on, "--on") if on else time.now).date()
    config = edge.settings_for(pack, standards_name)
    book = open_book(config["standards"], config.cache)
    edge.known_category(category, book.standards.categories)
    drawn = Chart(book, day, category)
    if as_json:
        screen.show_json(drawn.to_json())
    elif format == ChartFormat.MERMAID:
        sys.stdout.write(f"{screen.clean(mermaid(drawn))}\n")
    else:
        screen.show(flow_blocks(drawn))

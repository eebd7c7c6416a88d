"""jinji contacts [FIND]: everybody, or those that a word or a number is of."""

from typing import Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, StandardsName
from jinji_report.errors import EXIT_NO


def find(
    text: Annotated[
        str,
        typer.Argument(
            metavar="查找", help="单位、姓名、职务或号码里的几个字；不写列出全部。", show_default=False
        ),
    ] = "",
    direct: Annotated[bool, typer.Option("--direct", help="只看信息直报点。")] = False,
    as_json: AsJson = False,
    standards: StandardsName = None,
) -> None:
    """查通讯录：按单位、姓名、职务、号码；查不到退出码为 1。"""
    from jinji_report.cli import screen
    from jinji_report.cli.contacts import table
    from jinji_report.desk.contacts.book import find as search
    from jinji_report.desk.contacts.book import listed
    from jinji_report.desk.contacts.file import read_contacts

    config = edge.settings(standards)
    rows = listed(edge.standards_of(config), read_contacts(edge.office_folder(), config.cache))
    found = [
        row for row in (search(rows, text) if text.strip() else rows) if row.contact.direct or not direct
    ]
    if as_json:
        screen.show_json({"schema": "jinji/1", "contacts": [row.to_json() for row in found]})
    elif found:
        screen.show([table(found)])
    else:
        screen.say("通讯录里没有符合的。可用 jinji contacts import 导入。")
    if not found:
        raise typer.Exit(EXIT_NO)

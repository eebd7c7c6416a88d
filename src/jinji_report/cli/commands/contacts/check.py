"""jinji contacts check: who cannot be called."""

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, Now, StandardsName
from jinji_report.errors import EXIT_NO


def check(as_json: AsJson = False, now: Now = None, standards: StandardsName = None) -> None:
    """查电话：报送对象、责任单位、会商单位、叫应名单和直报点里谁没有号码；有就退出码为 1。"""
    from jinji_report.cli import screen
    from jinji_report.desk.contacts.book import lacking
    from jinji_report.desk.contacts.file import read_contacts

    day = edge.clock(now).now.date()
    config = edge.settings(standards)
    own = read_contacts(edge.office_folder(), config.cache)
    found = lacking(edge.standards_of(config), own, day)
    if as_json:
        screen.show_json({"schema": "jinji/1", "lacking": [one.to_json() for one in found]})
    elif not found:
        screen.show([screen.Line("要联系的单位都有电话。", "good")])
    else:
        by_kind: dict[str, list[str]] = {}
        for one in found:
            by_kind.setdefault(one.what, []).append(one.unit)
        blocks: list[screen.Block] = [screen.Line(f"没有电话的 {len(found)} 个：", "due_soon")]
        blocks += [
            screen.Line(f"{what}：{'、'.join(units)}", indent=2, hang=10) for what, units in by_kind.items()
        ]
        blocks.append(screen.Line("补在通讯录里（单位名称要一样）：jinji contacts import 文件", "dim"))
        screen.show(blocks)
    if found:
        raise typer.Exit(EXIT_NO)

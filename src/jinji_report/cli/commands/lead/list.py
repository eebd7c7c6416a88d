"""jinji lead list: the leads that wait to be verified or settled."""

from typing import Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, Now
from jinji_report.errors import EXIT_NO


def list_(
    every: Annotated[bool, typer.Option("--all", help="已转为事件和已了结的也列。")] = False,
    as_json: AsJson = False,
    now: Now = None,
) -> None:
    """线索列表：待核实、核实中和有了结果还没有办的；一条没有时退出码为 1。"""
    from jinji_report.cli import screen
    from jinji_report.cli.leads import listed
    from jinji_report.desk.cases import read_cases
    from jinji_report.desk.lead.verify import leads

    time = edge.clock(now)
    store = edge.store(edge.settings())
    found = leads(read_cases(store), every=every)
    edge.say_notices(store)
    if as_json:
        rows = [
            {
                "case": case.number,
                "status": case.status.value,
                "title": case.title,
                "lead": None if case.chain.lead is None else case.chain.lead.to_json(),
            }
            for case in found
        ]
        screen.show_json({"schema": "jinji/1", "leads": rows})
    elif found:
        screen.show([listed(found, time.now)])
    else:
        screen.say("台账里没有线索。" if every else "没有等着核实的线索。")
    if not found:
        raise typer.Exit(EXIT_NO)
